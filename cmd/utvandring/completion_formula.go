package main

import (
	"regexp"
	"strings"

	"utvandring/cmd/utvandring/prompt"
	"utvandring/udf/equation"
)

var (
	intoEquation = regexp.MustCompile(`(?i)^\s*INSERT\s+INTO\s+equation\b`)
	// firstArgument is a call up to a text that is its first argument, or in the
	// list that is.
	firstArgument = regexp.MustCompile(`\(\s*\[?\s*(?:'[^']*'\s*,\s*)*$`)
)

// formulaCandidates completes the word that a formula ends with: the name of a
// column of the panel or of a function, or after $ of a parameter that the
// statement already has.
func (s *session) formulaCandidates(c prompt.Candidates, statement, after string) prompt.Candidates {
	word := lastWord(statement)
	begins := func(name string) bool {
		return len(name) >= len(word) && strings.EqualFold(name[:len(word)], word)
	}
	if strings.HasSuffix(strings.TrimSuffix(statement, word), "$") {
		rest, _, _ := strings.Cut(after, ";")
		for _, text := range []string{strings.TrimSuffix(statement, word), rest} {
			for _, m := range parameterIn.FindAllStringSubmatch(text, -1) {
				if begins(m[1]) {
					c.Words = append(c.Words, m[1])
				}
			}
		}
		c.Words = unique(c.Words)
		return c
	}
	for _, column := range s.panelColumns(after) {
		if plainName.MatchString(column) && begins(column) {
			c.Words = append(c.Words, column)
		}
	}
	for _, function := range equation.Functions() {
		if begins(function) {
			c.Words = append(c.Words, function+"(")
		}
	}
	c.Words = unique(c.Words)
	return c
}

var (
	parameterIn = regexp.MustCompile(`\$([\pL_][\pL\d_]*)`)
	plainName   = regexp.MustCompile(`^[\pL_][\pL\d_]*$`)

	// panelAfter is the argument that follows the formulas, where it is a name.
	panelAfter = regexp.MustCompile(`^[^']*'(?:\s*,\s*'[^']*')*\s*\]?\s*,\s*(?:[\w]+\.)*("[^"]+"|[\pL_][\pL\d_]*)\s*[,)]`)
)

// panelColumns are the columns of the panel that the statement goes on to name
// behind the cursor, else those of panel_1.
func (s *session) panelColumns(after string) []string {
	panel := "panel_1"
	if m := panelAfter.FindStringSubmatch(after); m != nil {
		panel = strings.Trim(m[1], `"`)
	}
	rows, _ := s.texts("SELECT column_name FROM duckdb_columns() WHERE lower(table_name) = lower(" + quoteText(panel) + ")")
	var names []string
	for _, row := range rows {
		names = append(names, row[0])
	}
	return names
}
