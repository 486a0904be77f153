// Package scope reads from an SQL statement, as far as it is written, what may stand at
// the cursor: an operand, a table or a word of the grammar, and which relations have
// columns there. It knows no database: what the columns are is asked of DuckDB.
package scope

import (
	"slices"
	"strings"

	"utvandring/udf/sqltext"
)

// Place is what is known of the place of the cursor.
type Place struct {
	Expects Expects
	// Relations are those of the query around the cursor, and then of the queries
	// around that one.
	Relations []Relation
	With      []CTE
	// Names are those that the query gives its columns: … AS name.
	Names []string
	// Shared: only columns that all relations have: JOIN … USING (
	Shared bool
}

// Expects is what may come next.
type Expects int

const (
	Operand Expects = iota // a column, a function, a literal
	Table                  // what can be read from
	Word                   // an operand or a table is complete: a keyword goes on
)

// Relation is what a FROM clause reads, or a statement changes.
type Relation struct {
	Name    string   // what its columns may be qualified with
	Source  string   // as it may stand behind FROM
	Columns []string // the names that t(a, b) gives its first columns
}

// CTE is a query of a WITH clause, which may be read by its name.
type CTE struct {
	Name string
	Text string // name(columns) AS (…)
}

// Clause is a WITH clause that makes what is in With known, or "".
func (p Place) Clause() string {
	if len(p.With) == 0 {
		return ""
	}
	var texts []string
	for _, c := range p.With {
		texts = append(texts, c.Text)
	}
	// RECURSIVE does no harm where nothing is.
	return "WITH RECURSIVE " + strings.Join(texts, ", ") + " "
}

// At reads the statement around the byte at, where nothing or a part of a word is
// written that is to be left out of account.
func At(statement string, at int) Place {
	r := reader{text: statement, code: sqltext.Code(statement)}
	for r.cursor < len(r.code) && r.code[r.cursor].At < at {
		r.cursor++
	}
	r.match()
	r.place.Expects = r.operandOrWord()
	for level, open := range slices.Backward(r.open) {
		if !r.level(open, r.close[open], level == len(r.open)-1) {
			return r.place
		}
	}
	r.level(-1, len(r.code), len(r.open) == 0)
	return r.place
}

type reader struct {
	text   string
	code   []sqltext.Token
	cursor int         // the first token behind the cursor
	close  map[int]int // of every bracket the one that closes it, or the end
	open   []int       // brackets that are open at the cursor
	skip   int         // behind the WITH clause of the level, whose tokens are none of its own
	place  Place
}

func (r *reader) match() {
	r.close = map[int]int{}
	var open []int
	for i, t := range r.code {
		if i == r.cursor {
			r.open = slices.Clone(open)
		}
		switch nests := t.Nests(); {
		case nests > 0:
			open = append(open, i)
			r.close[i] = len(r.code)
		case nests < 0 && len(open) > 0:
			r.close[open[len(open)-1]] = i
			open = open[:len(open)-1]
		}
	}
	if r.cursor == len(r.code) {
		r.open = open
	}
}

func (r *reader) at(i int) sqltext.Token {
	if i < 0 || i >= len(r.code) {
		return sqltext.Token{Kind: sqltext.Space}
	}
	return r.code[i]
}

func (r *reader) is(i int, words ...string) bool {
	return slices.ContainsFunc(words, r.at(i).Is)
}

// next is the token behind i, over what is in brackets.
func (r *reader) next(i int) int {
	if end, ok := r.close[i]; ok {
		return end + 1
	}
	return i + 1
}

// Words behind which an operand comes.
var operators = strings.Fields(`SELECT DISTINCT ALL WHERE BY ON AND OR NOT IN LIKE ILIKE SIMILAR BETWEEN IS CASE WHEN THEN ELSE HAVING
	QUALIFY SET RETURNING LIMIT OFFSET VALUES ANY EXCLUDE REPLACE RENAME COLUMN USING CALL EXECUTE FILTER OVER GLOB ESCAPE FROM`)

// operandOrWord tells from the token before the cursor whether an operand comes next.
func (r *reader) operandOrWord() Expects {
	before := r.at(r.cursor - 1)
	switch before.Kind {
	case sqltext.String, sqltext.Number, sqltext.Parameter, sqltext.QuotedName:
		return Word
	case sqltext.Name:
		if slices.ContainsFunc(operators, before.Is) {
			return Operand
		}
		return Word
	case sqltext.Symbol:
		if before.Is(")") || before.Is("]") || before.Is("}") || before.Is(";") {
			return Word
		}
		if before.Is("*") && (r.is(r.cursor-2, "SELECT", "DISTINCT", ",", "(", ".") || r.cursor == 1) {
			return Word
		}
		return Operand
	}
	return Word // nothing is written yet
}

// level reads what stands in one pair of brackets, or outside all, and reports whether
// what is around it counts too.
func (r *reader) level(open, end int, innermost bool) bool {
	begin := open + 1
	switch {
	case open >= 0 && r.is(open-1, "extract", "substring", "trim", "overlay", "position"):
		return true // extract(year FROM …)
	case open >= 0 && r.is(open, "(") && innermost && r.is(open-1, "USING"):
		r.place.Shared = true
	case open >= 0 && r.is(open, "(") && r.is(open-1, "FROM", "JOIN", ",") && !r.isQuery(begin) && r.inFrom(open):
		// FROM (a JOIN b ON …): what is around it has these relations too.
		relations := r.place.Relations
		r.clauses(begin, end, innermost, "FROM")
		r.place.Relations = relations
		return true
	case open >= 0 && (!r.is(open, "(") || !r.isQuery(begin)):
		return true
	}
	body, behind := r.with(begin, end)
	r.skip = behind
	for i := begin; i < end; i = r.next(i) {
		if r.is(i, "UNION", "EXCEPT", "INTERSECT") {
			if i >= r.cursor {
				end = i
				break
			}
			begin = i + 1
		}
	}
	if !body {
		r.clauses(begin, end, innermost, "")
	}
	// A query of a WITH clause sees nothing of what is around it but the queries before.
	return !r.isBody(open)
}

// inFrom reports whether the bracket stands where a table may.
func (r *reader) inFrom(open int) bool {
	if !r.is(open-1, ",") {
		return true
	}
	inner := reader{text: r.text, code: r.code[:open], cursor: open}
	inner.match()
	begin := 0
	if n := len(inner.open); n > 0 {
		begin = inner.open[n-1] + 1
	}
	inner.clauses(begin, open, true, "")
	return inner.place.Expects == Table
}

// isQuery reports whether a query begins at i, where the cursor may be.
func (r *reader) isQuery(i int) bool {
	for r.is(i, "(") {
		i++
	}
	return r.is(i, "SELECT", "FROM", "WITH", "VALUES", "TABLE", "PIVOT", "UNPIVOT", "DESCRIBE", "SUMMARIZE", "SHOW", "INSERT", "UPDATE", "DELETE")
}

// isBody recognises the bracket of name AS (…) in a WITH clause.
func (r *reader) isBody(open int) bool {
	i := open - 1
	if r.is(i, "MATERIALIZED") {
		i--
		if r.is(i, "NOT") {
			i--
		}
	}
	if !r.is(i, "AS") {
		return false
	}
	for i--; i >= 0 && !r.is(i, "WITH", "SELECT", "FROM", ";"); i-- {
	}
	return r.is(i, "WITH")
}

// with reads a WITH clause of the level; body reports whether the cursor is in one of its
// queries.
func (r *reader) with(begin, end int) (body bool, behind int) {
	i := begin
	for i < end && !r.is(i, "WITH") {
		i = r.next(i)
	}
	if i++; r.is(i, "RECURSIVE") {
		i++
	}
	var list []CTE
	for i < end && r.at(i).Ident() != "" {
		name, from := r.at(i).Ident(), i
		for i < end && !r.is(i, "AS") && !r.is(i, ",") {
			i = r.next(i)
		}
		for i++; r.is(i, "NOT", "MATERIALIZED"); i++ {
		}
		close, ok := r.close[i]
		if !ok || !r.is(i, "(") {
			break
		}
		if i < r.cursor && r.cursor <= close {
			body = true
			break
		}
		if r.cursor <= from {
			break
		}
		list = append(list, CTE{name, r.between(from, close)})
		if i = close + 1; !r.is(i, ",") {
			break
		}
		i++
	}
	r.place.With = append(list, r.place.With...) // those of the queries around come first
	return body, i
}

// between is the text from one token to another, which is part of it.
func (r *reader) between(from, to int) string {
	return r.text[r.code[from].At:r.code[min(to, len(r.code)-1)].End()]
}
