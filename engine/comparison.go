package engine

import (
	"strings"

	"utvandring/udf/sqltext"
)

// comparison is two operands that a statement compares, as they are written.
type comparison struct {
	left, right operand
	// ordered: by which is larger, not only by whether they are the same.
	ordered bool
}

// operand is the tokens of one side.
type operand []sqltext.Token

// text is the operand as it stands in the statement.
func (o operand) text(statement string) string { return statement[o[0].At:o[len(o)-1].End()] }

// bare is the operand without parentheses around it.
func (o operand) bare() operand {
	for len(o) > 2 && o[0].Is("(") && closing(o, 0) == len(o)-1 {
		o = o[1 : len(o)-1]
	}
	return o
}

// literal is the text of a string, where the operand is nothing else.
func (o operand) literal() (text string, ok bool) {
	o = o.bare()
	if len(o) != 1 {
		return "", false
	}
	return o[0].Literal()
}

// column is the name of a column, without that of its table, where the operand is
// nothing else; "" where it is.
func (o operand) column() string {
	o = o.bare()
	for i, t := range o {
		if i%2 == 0 && t.Ident() == "" || i%2 == 1 && !t.Is(".") {
			return ""
		}
	}
	if len(o)%2 == 0 {
		return ""
	}
	return o[len(o)-1].Ident()
}

// comparisons finds what a statement compares: by operators, BETWEEN, IN, CASE … WHEN,
// IS DISTINCT FROM, greatest and least. What it cannot make out is left out.
func comparisons(statement string) []comparison {
	if len(statement) > 100_000 && sqltext.FirstWord(statement) == "INSERT" {
		return nil // data, not worth the reading
	}
	code := operand(sqltext.Code(statement))
	var found []comparison
	compare := func(left, right operand, ordered bool) {
		if len(left) > 0 && len(right) > 0 {
			found = append(found, comparison{left, right, ordered})
		}
	}
	for i, t := range code {
		word := ""
		if t.Kind == sqltext.Name || t.Kind == sqltext.Symbol {
			word = strings.ToUpper(t.Text)
		}
		switch word {
		case "<", "<=", ">", ">=":
			compare(code.before(i), code.after(i+1), true)
		case "=", "==", "<>", "!=":
			if !code.assigns(i) {
				compare(code.before(i), code.after(i+1), false)
			}
		case "DISTINCT":
			if i+1 < len(code) && code[i+1].Is("FROM") {
				left := i - 1
				if left > 0 && code[left].Is("NOT") {
					left--
				}
				if left > 0 && code[left].Is("IS") {
					compare(code.before(left), code.after(i+2), false)
				}
			}
		case "BETWEEN":
			left, first := code.before(code.withoutNot(i)), code.after(i+1)
			compare(left, first, true)
			if and := i + 1 + len(first); len(first) > 0 && and < len(code) && code[and].Is("AND") {
				compare(left, code.after(and+1), true)
			}
		case "IN":
			for _, element := range code.elements(i + 1) {
				compare(code.before(code.withoutNot(i)), element, false)
			}
		case "GREATEST", "LEAST":
			elements := code.elements(i + 1)
			for j := range elements {
				for k := range j {
					compare(elements[k], elements[j], true)
				}
			}
		case "CASE":
			subject := code.after(i + 1)
			for _, when := range code.whens(i) {
				compare(subject, code.after(when+1), false)
			}
		}
	}
	return found
}

// withoutNot is the place of the NOT before a place, or the place itself.
func (code operand) withoutNot(i int) int {
	if i > 0 && code[i-1].Is("NOT") {
		return i - 1
	}
	return i
}

// ends are the words that no operand has in it, other than in parentheses.
var ends = wordSet(`AND OR NOT WHERE ON HAVING QUALIFY SELECT FROM WHEN THEN ELSE CASE END BETWEEN IN LIKE ILIKE SIMILAR GLOB
	IS ISNULL NOTNULL AS BY ORDER GROUP LIMIT OFFSET UNION INTERSECT EXCEPT JOIN LEFT RIGHT INNER FULL CROSS ASOF SEMI ANTI
	POSITIONAL NATURAL USING WINDOW RETURNING SET VALUES DO ASC DESC NULLS WITH DISTINCT ESCAPE COLLATE OVER FILTER SYMMETRIC
	IF FOR = == <> != < <= > >= , ; : := => -> ( [ { ) ] }`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

func ending(t sqltext.Token) bool {
	return (t.Kind == sqltext.Name || t.Kind == sqltext.Symbol) && ends[strings.ToUpper(t.Text)]
}

// goesOn reports whether an operand goes on over the word at a place, which otherwise
// ends one: left(a, 1), if(a, b, c), max(a) OVER (…).
func (code operand) goesOn(at int) bool {
	t := code[at]
	return (t.Is("LEFT") || t.Is("RIGHT") || t.Is("IF") || t.Is("OVER") || t.Is("FILTER")) && at+1 < len(code) && code[at+1].Is("(")
}

// after is the operand that begins at a place.
func (code operand) after(from int) operand {
	end := from
	for end < len(code) {
		t := code[end]
		opens := t.Nests() > 0
		value := opens || t.Kind != sqltext.Symbol
		switch {
		case code.goesOn(end):
		case end > from && value && valueBefore(code[end-1]):
			// Two values beside each other: a call, an element of a list, or the end.
			if !(t.Is("(") && code[end-1].Ident() != "") && !t.Is("[") {
				if t.Kind == sqltext.String || code[end-1].Is("INTERVAL") {
					return nil // DATE '2013-01-01', INTERVAL 2 YEARS
				}
				return code[from:end]
			}
		case t.Is("CASE") && end == from:
		case ending(t) && !opens:
			return code[from:end]
		}
		if opens || t.Is("CASE") {
			close := closing(code, end)
			if close < 0 {
				return nil
			}
			end = close
		}
		end++
	}
	return code[from:end]
}

// before is the operand that ends before a place.
func (code operand) before(to int) operand {
	// The comparison is looked for from the nearest place where an operand may
	// begin, over whatever is in parentheses.
	from := to
	for from > 0 {
		t := code[from-1]
		closes := t.Nests() < 0 || t.Is("END")
		if from < to && valueBefore(t) && !code.goesOn(from) && (code[from].Kind != sqltext.Symbol || code[from].Is("{") ||
			code[from].Is("(") && t.Ident() == "") {
			return nil // two values beside each other: DATE '2013-01-01', or words we do not know
		}
		if ending(t) && !closes && !code.goesOn(from-1) {
			break
		}
		from--
		if closes {
			if from = opening(code, from); from < 0 {
				return nil
			}
		}
	}
	return code[from:to]
}

// valueBefore reports whether a value may end with the token.
func valueBefore(t sqltext.Token) bool {
	switch t.Kind {
	case sqltext.Symbol:
		return t.Nests() < 0
	case sqltext.Name:
		return !ending(t) || t.Is("END")
	}
	return true
}

// elements are the operands in the parentheses that open at a place; none where a
// query stands there.
func (code operand) elements(open int) []operand {
	if open >= len(code) || !code[open].Is("(") || open+1 < len(code) && (code[open+1].Is("SELECT") || code[open+1].Is("FROM") || code[open+1].Is("WITH")) {
		return nil
	}
	close := closing(code, open)
	var elements []operand
	for from := open + 1; from < close; {
		o := code.after(from)
		end := from + len(o)
		if len(o) == 0 || end != close && !code[end].Is(",") {
			return nil
		}
		elements = append(elements, o)
		from = end + 1
	}
	return elements
}

// whens are the places of the WHENs of a CASE.
func (code operand) whens(at int) []int {
	var whens []int
	for i := at + 1; i < len(code) && !code[i].Is("END"); i++ {
		switch {
		case code[i].Is("WHEN"):
			whens = append(whens, i)
		case code[i].Is("CASE"), code[i].Nests() > 0:
			if i = closing(code, i); i < 0 {
				return nil
			}
		}
	}
	return whens
}

// assigns reports whether the = at a place assigns: UPDATE t SET a = 1.
func (code operand) assigns(at int) bool {
	for i := at - 1; i >= 0; i-- {
		switch t := code[i]; {
		case t.Is("SET"):
			return true
		case t.Nests() < 0, t.Is("END"):
			if i = opening(code, i); i < 0 {
				return false
			}
		case ending(t) && !t.Is(",") && !t.Is("="):
			return false
		}
	}
	return false
}

// closing is the place where what opens at a place is closed, a parenthesis or a
// CASE, and opening the other way round; -1 where there is none.
func closing(code operand, at int) int { return match(code, at, 1) }
func opening(code operand, at int) int { return match(code, at, -1) }

func match(code operand, at, step int) int {
	depth := 0
	for i := at; i >= 0 && i < len(code); i += step {
		switch t := code[i]; {
		case t.Is("CASE"):
			depth++
		case t.Is("END"):
			depth--
		default:
			depth += t.Nests()
		}
		if depth == 0 {
			return i
		}
	}
	return -1
}
