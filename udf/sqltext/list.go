package sqltext

import "strings"

// Nests is 1 where the token opens a bracket of any kind, -1 where it closes one, else 0.
func (t Token) Nests() int {
	switch {
	case t.Kind != Symbol:
	case strings.Contains("([{", t.Text):
		return 1
	case strings.Contains(")]}", t.Text):
		return -1
	}
	return 0
}

// Items are what stands between the commas of a list, of which there is at least one,
// though it be empty. The list ends with the tokens, or where a bracket is closed that it
// does not open.
func Items(list []Token) (items [][]Token) {
	depth, from, end := 0, 0, len(list)
	for i, t := range list {
		if depth += t.Nests(); depth < 0 {
			end = i
			break
		}
		if depth == 0 && t.Is(",") {
			items = append(items, list[from:i])
			from = i + 1
		}
	}
	return append(items, list[from:end])
}

// Bracketed is SQL up to where the first bracket in it is closed. The rest is not lexed.
func Bracketed(sql string) string {
	depth := 0
	for t := range each(sql) {
		nests := t.Nests()
		if depth += nests; depth == 0 && nests != 0 {
			return sql[:t.End()]
		}
	}
	return sql
}
