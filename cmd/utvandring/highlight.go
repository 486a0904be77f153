package main

import (
	"strings"

	"utvandring/cmd/utvandring/prompt"
	"utvandring/udf/sqltext"
)

// highlighter colours SQL as it is typed: DuckDB's keywords, strings, numbers,
// comments and dot-commands.
func (s *session) highlighter() func([]rune) []prompt.Style {
	keywords := map[string]bool{}
	rows, _ := s.texts("SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category IN ('reserved', 'type_function')")
	for _, row := range rows {
		keywords[row[0]] = true
	}
	// Not reserved, but what statements begin with and are made of.
	for _, word := range strings.Fields("insert into update delete set values create or replace table view macro temp drop alter copy over " +
		"partition begin commit rollback by exclude attach detach use explain call export import range rows between if exists") {
		keywords[word] = true
	}
	return func(text []rune) []prompt.Style { return highlight(text, keywords) }
}

// highlight gives each character its style.
func highlight(text []rune, keywords map[string]bool) []prompt.Style {
	styles := make([]prompt.Style, 0, len(text))
	add := func(text string, style prompt.Style) {
		for range text {
			styles = append(styles, style)
		}
	}
	for _, piece := range sqltext.Split(string(text)) {
		sql, command := piece.Raw, ""
		if piece.Command {
			sql, command = piece.Raw[:piece.At], piece.Raw[piece.At:]
		}
		for _, t := range sqltext.Lex(sql) {
			style := tokenStyles[t.Kind]
			if t.Kind == sqltext.Name && keywords[strings.ToLower(t.Text)] {
				style = prompt.Keyword
			}
			add(t.Text, style)
		}
		end := strings.IndexAny(command, " \t\r\n")
		if end < 0 {
			end = len(command)
		}
		add(command[:end], prompt.Command)
		add(command[end:], prompt.Plain)
	}
	return styles
}

var tokenStyles = map[sqltext.Kind]prompt.Style{sqltext.Comment: prompt.Comment, sqltext.String: prompt.Text, sqltext.Number: prompt.Number}
