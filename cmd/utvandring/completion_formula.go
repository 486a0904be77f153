package main

import (
	"cmp"
	"slices"
	"strings"

	"utvandring/cmd/utvandring/prompt"
	"utvandring/udf/equation"
	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

var intoEquation = later.Compile(`(?i)^\s*INSERT\s+INTO\s+equation\b`)

// formulaCandidates completes the word that a formula ends with: the name of a
// column of the panel or of a function, or after $ of a parameter that the
// statement already has.
func (s *session) formulaCandidates(c prompt.Candidates, statement, typed, after string) prompt.Candidates {
	word := lastWord(typed)
	head := statement + "'" + strings.TrimSuffix(typed, word)
	var names []string
	if strings.HasSuffix(head, "$") {
		rest, _, _ := strings.Cut(after, ";")
		names = namesOf(parameterIn.FindAllStringSubmatch(head+" "+rest, -1), func(m []string) string { return m[1] })
	} else {
		names = slices.DeleteFunc(s.panelColumns(after), func(column string) bool { return !plainName.MatchString(column) })
		names = append(names, namesOf(equation.Functions(), func(function string) string { return function + "(" })...)
	}
	c.Words = ranked(word, names)
	return c
}

var parameterIn = later.Compile(`\$([\pL_][\pL\d_]*)`)

// panelColumns are the columns of the panel that the statement goes on to name
// behind the cursor, else those of panel_1.
func (s *session) panelColumns(after string) []string {
	rows, _ := s.texts("SELECT column_name FROM duckdb_columns() WHERE lower(table_name) = lower(" + sqltext.QuoteText(panelAfter(after)) + ")")
	return firstColumn(rows)
}

// panelAfter is the argument that follows the formulas, where it is a name. The
// cursor stands in one of them.
func panelAfter(after string) string {
	code := sqltext.Code("'" + after)
	i, panel := 0, ""
	for i < len(code) && (code[i].Kind == sqltext.String || code[i].Is(",") || code[i].Is("]")) {
		i++
	}
	for ; i < len(code) && (code[i].Ident() != "" || code[i].Is(".")); i++ {
		panel = cmp.Or(code[i].Ident(), panel)
	}
	if panel == "" || i == len(code) || !code[i].Is(",") && !code[i].Is(")") {
		return "panel_1"
	}
	return panel
}
