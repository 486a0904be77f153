package engine

import (
	"slices"
	"strings"

	"utvandring/udf/sqltext"
)

// equality is two operands of a statement that are the same or not; with like, the word,
// the second is a pattern for the first.
type equality struct {
	left, right operand
	like        string
}

// equalities finds what a statement compares for being the same: value by value in rows,
// in lists and in queries of constants.
func equalities(statement string) (found []equality) {
	code := operand(sqltext.Code(statement))
	var compare func(left, right operand)
	compare = func(left, right operand) {
		if len(left) == 0 || len(right) == 0 {
			return
		}
		switch {
		case left.row() && right.row():
			a, b := left.elements(0), right.elements(0)
			for i := range min(len(a), len(b)) {
				compare(a[i], b[i])
			}
		case right.quantified():
			for _, o := range right[1:].constants() {
				compare(left, o)
			}
		default:
			found = append(found, equality{left: left, right: right})
		}
	}
	for _, c := range comparisons(statement) {
		if !c.ordered {
			compare(c.left, c.right)
		}
	}
	for i, t := range code {
		switch {
		case i+1 == len(code):
		case t.Is("LIKE"), t.Is("ILIKE"), t.Is("GLOB"):
			if left, right := code.before(code.withoutNot(i)), code.after(i+1); len(left) > 0 && len(right) > 0 {
				found = append(found, equality{left, right, strings.ToUpper(t.Text)})
			}
		case t.Is("IN"):
			if end := closing(code, i+1); end > 0 && code.elements(i+1) == nil {
				for _, o := range code[i+1 : end+1].constants() {
					compare(code.before(code.withoutNot(i)), o)
				}
			}
		case containing[strings.ToLower(t.Ident())] && code[i+1].Is("("):
			if given := sqltext.Items(code[i+2:]); len(given) == 2 && len(given[0]) > 0 && given[0][0].Is("[") && len(given[1]) > 0 {
				for _, o := range operand(given[0]).constants() {
					compare(given[1], o)
				}
			}
		}
	}
	return found
}

// containing are the functions of a list and a value that may be in it.
var containing = wordSet("list_contains list_has array_contains array_has contains")

// constants are the values of a list or a query that has nothing else: ['a', 'b'],
// (SELECT 'a' UNION ALL VALUES ('b')).
func (o operand) constants() (values []operand) {
	for i, t := range o {
		switch {
		case t.Kind == sqltext.String, t.Kind == sqltext.Number:
			values = append(values, o[i:i+1])
		case !slices.ContainsFunc(constantWords, t.Is):
			return nil
		}
	}
	return values
}

var constantWords = strings.Fields("SELECT VALUES UNION ALL unnest ( ) [ ] ,")
