package main

import (
	"strings"
	"unicode"

	"utvandring/cmd/utvandring/prompt"
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

func highlight(text []rune, keywords map[string]bool) []prompt.Style {
	styles := make([]prompt.Style, len(text))
	fill := func(from, to int, style prompt.Style) {
		for i := from; i < min(to, len(text)); i++ {
			styles[i] = style
		}
	}
	fresh := true // nothing of the statement yet
	for i := 0; i < len(text); {
		from := i
		r := text[i]
		style := prompt.Plain
		switch {
		case unicode.IsSpace(r):
			i++
			continue
		case r == ';':
			i++
			fresh = true
			continue
		case r == '-' && i+1 < len(text) && text[i+1] == '-':
			i = until(text, i, '\n')
			style = prompt.Comment
		case r == '/' && i+1 < len(text) && text[i+1] == '*':
			i = endOfComment(text, i)
			style = prompt.Comment
		case r == '.' && fresh:
			i = until(text, i, '\n')
			fill(from, from+len(commandWord(text[from:i])), prompt.Command)
			continue
		case r == '\'':
			i = until(text, i+1, '\'') + 1
			style = prompt.Text
		case r == '"':
			i = until(text, i+1, '"') + 1
		case unicode.IsDigit(r):
			for i < len(text) && (unicode.IsDigit(text[i]) || text[i] == '.' || text[i] == '_' || text[i] == 'e') {
				i++
			}
			style = prompt.Number
		case r == '_' || unicode.IsLetter(r):
			for i < len(text) && (text[i] == '_' || unicode.IsLetter(text[i]) || unicode.IsDigit(text[i])) {
				i++
			}
			if keywords[strings.ToLower(string(text[from:i]))] {
				style = prompt.Keyword
			}
		default:
			i++
		}
		fill(from, i, style)
		if style != prompt.Comment {
			fresh = false
		}
	}
	return styles
}

func commandWord(line []rune) []rune {
	for i, r := range line {
		if unicode.IsSpace(r) {
			return line[:i]
		}
	}
	return line
}

// until gives the index of a character, from i on, or the end.
func until(text []rune, i int, r rune) int {
	for i < len(text) && text[i] != r {
		i++
	}
	return min(i, len(text))
}

func endOfComment(text []rune, i int) int {
	depth := 0
	for ; i+1 < len(text); i++ {
		switch string(text[i : i+2]) {
		case "/*":
			depth++
			i++
		case "*/":
			i++
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}
