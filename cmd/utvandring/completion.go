package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"utvandring/cmd/utvandring/prompt"
	"utvandring/cmd/utvandring/render"
	"utvandring/engine"
	"utvandring/udf/natural"
	"utvandring/udf/sqltext"
)

// At most so many candidates: more nobody reads.
const mostCandidates = 200

// candidates completes the word that before ends with: dot-commands and their
// arguments, named arguments of macros, and what DuckDB itself suggests.
func (s *session) candidates(before, after string) prompt.Candidates {
	statement := before
	if pieces := sqltext.Split(before); len(pieces) > 0 {
		statement = strings.TrimLeft(pieces[len(pieces)-1].Raw, " \n")
	}
	word := lastWord(before)
	c := prompt.Candidates{From: utf8.RuneCountInString(before) - utf8.RuneCountInString(word)}
	if strings.HasPrefix(statement, ".") {
		return s.commandCandidates(before, statement)
	}
	if tokens := sqltext.Lex(statement); len(tokens) > 0 {
		if t := tokens[len(tokens)-1]; t.Open && t.Text[0] == '\'' {
			return s.textCandidates(c, before, statement[:t.At], t.Text[1:], after)
		}
	}
	c.Words = namedArguments(findOpenCall(statement), word)
	c.Words = append(c.Words, s.suggestions(statement, word)...)
	c.Words = append(c.Words, s.db.FrequencyViews(word)...)
	c.Words = unique(c.Words)
	return c
}

// textCandidates completes what is typed in quotes behind a statement, as an
// argument of one of our macros: one of the words that a named argument may be, a
// formula, and else, most often, the name of a model. word is the completion of its
// last word.
func (s *session) textCandidates(word prompt.Candidates, before, statement, typed, after string) prompt.Candidates {
	c := prompt.Candidates{From: utf8.RuneCountInString(before) - utf8.RuneCountInString(typed)}
	if intoEquation.MatchString(statement) && strings.Contains(typed, "=") {
		return s.formulaCandidates(word, statement, typed, after)
	}
	call := findOpenCall(statement)
	e, ok := engine.Lookup(call.name)
	if !ok {
		return c
	}
	if argument := call.argument(); argument != "" {
		for _, value := range valuesOf(call.name, argument) {
			if strings.HasPrefix(value, typed) {
				c.Words = append(c.Words, value)
			}
		}
		return c
	}
	formula := strings.Contains(e.Signature, "(formulas") || strings.Contains(e.Signature, "(model") && strings.Contains(typed, "=")
	if formula && call.first() {
		return s.formulaCandidates(word, statement, typed, after)
	}
	if !strings.Contains(e.Signature, "model") {
		return c
	}
	rows, _ := s.texts("SELECT model FROM model WHERE starts_with(model, " + sqltext.QuoteText(typed) + ") ORDER BY model")
	for _, row := range rows {
		c.Words = append(c.Words, row[0])
	}
	return c
}

// lastWord is the name that text ends with, or "".
func lastWord(text string) string {
	i := len(text)
	for i > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if r != '_' && r < 0x80 && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
			break
		}
		i -= size
	}
	return text[i:]
}

// suggestions are DuckDB's own for the end of a statement. A running statement
// may hold the database, hence the time limit.
func (s *session) suggestions(statement, word string) []string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	r, err := s.db.Query(ctx, "SELECT suggestion, suggestion_type FROM sql_auto_complete("+sqltext.QuoteText(statement)+")")
	if err != nil {
		return nil
	}
	defer r.Close()
	var words []string
	for row := range r.Rows() {
		suggestion, kind := strings.TrimSpace(row.Text(0)), row.Text(1)
		switch {
		case strings.HasPrefix(suggestion, "_") && !strings.HasPrefix(word, "_"):
			continue // our own private functions
		case len(suggestion) < len(word) || !strings.EqualFold(suggestion[:len(word)], word):
			continue
		case word == "" && kind == "keyword":
			continue // nearly all keywords there are
		case kind == "keyword" && word != "" && word == strings.ToLower(word):
			suggestion = strings.ToLower(suggestion)
		}
		words = append(words, suggestion)
	}
	return words
}

// namedArguments are the optional arguments of one of our macros that begin with
// the word and have not been given yet: "first_year := ".
func namedArguments(call openCall, word string) []string {
	e, _ := engine.Lookup(call.name)
	var words []string
	for _, argument := range e.Optional() {
		if strings.HasPrefix(argument, strings.ToLower(word)) && !call.gives(argument) {
			words = append(words, argument+" := ")
		}
	}
	return words
}

// commandCandidates completes a dot-command or its argument.
func (s *session) commandCandidates(before, statement string) prompt.Candidates {
	var words []string
	typed := statement
	if name, argument, hasArgument := strings.Cut(statement, " "); hasArgument {
		typed = strings.TrimLeft(argument, " ")
		words = s.argumentWords(name, typed)
	} else {
		for _, c := range commandTable() {
			words = append(words, "."+c.name)
		}
	}
	words = slices.DeleteFunc(words, func(w string) bool { return !strings.HasPrefix(w, typed) })
	return prompt.Candidates{From: utf8.RuneCountInString(before) - utf8.RuneCountInString(typed), Words: unique(words)}
}

func (s *session) argumentWords(name, typed string) []string {
	c, err := findCommand(name)
	if err != nil {
		return nil
	}
	var words []string
	switch c.name {
	case "mode":
		for _, m := range render.Modes {
			words = append(words, m.Name)
		}
	case "help", "schema", "functions", "tables":
		for _, e := range engine.Entries() {
			words = append(words, e.Name)
		}
		if c.name == "help" {
			for topic := range topics {
				words = append(words, topic)
			}
			for _, c := range commandTable() {
				words = append(words, "."+c.name)
			}
		}
	case "read", "open", "load", "output", "once", "report":
		return filesBeginning(typed)
	case "timer", "echo", "bail", "headers":
		words = []string{"on", "off"}
	case "notes":
		words = engine.NoteModes
	}
	return words
}

func filesBeginning(typed string) []string {
	matches, _ := filepath.Glob(strings.NewReplacer("*", `\*`, "?", `\?`, "[", `\[`).Replace(typed) + "*")
	for i, m := range matches {
		if info, err := os.Stat(m); err == nil && info.IsDir() {
			matches[i] = m + "/"
		}
	}
	return matches
}

func unique(words []string) []string {
	slices.SortFunc(words, func(a, b string) int {
		// Named arguments first: they fit nowhere else.
		if x, y := strings.HasSuffix(a, ":= "), strings.HasSuffix(b, ":= "); x != y {
			if x {
				return -1
			}
			return 1
		}
		return natural.Compare(a, b)
	})
	words = slices.Compact(words)
	return words[:min(len(words), mostCandidates)]
}
