package main

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"utvandring/cmd/utvandring/plot"
	"utvandring/cmd/utvandring/prompt"
	"utvandring/cmd/utvandring/render"
	"utvandring/cmd/utvandring/scope"
	"utvandring/engine"
)

// commandCandidates completes a dot-command or its argument.
func (s *session) commandCandidates(before, statement string) prompt.Candidates {
	typed := statement
	var words []string
	if name, argument, hasArgument := strings.Cut(statement, " "); hasArgument {
		typed = strings.TrimLeft(argument, " ")
		if c, err := findCommand(name); err == nil {
			if c.most > 1 { // the last of several
				typed = typed[strings.LastIndexByte(typed, ' ')+1:]
			}
			words = s.argumentWords(c, typed, argument)
		}
	} else {
		words = namesOf(commandTable(), command.dotted)
	}
	return prompt.Candidates{From: utf8.RuneCountInString(before) - utf8.RuneCountInString(typed), Words: ranked(typed, words)}
}

// argumentWords are what an argument of a command may be; argument is all that is
// written behind the command, and typed the last word of it.
func (s *session) argumentWords(c *command, typed, argument string) []string {
	switch c.name {
	case "mode":
		return namesOf(render.Modes, func(m render.Mode) string { return m.Name })
	case "help", "schema", "functions", "tables":
		words := s.column("SELECT table_name FROM information_schema.tables WHERE NOT starts_with(table_name, '_')")
		words = slices.Concat(words, s.db.FrequencyViews(typed), namesOf(engine.Entries(), entryName))
		if c.name == "help" {
			words = slices.Concat(words, topicNames(), namesOf(commandTable(), command.dotted))
		}
		return words
	case "plot":
		return s.plotWords(typed, argument)
	}
	// Small letters in the help stand for themselves: on | off, -readonly.
	words := strings.FieldsFunc(c.args, func(r rune) bool { return r != '-' && !unicode.IsLetter(r) })
	words = slices.DeleteFunc(words, func(w string) bool { return w != strings.ToLower(w) })
	if c.file || c.name == "safe" {
		words = append(words, filesBeginning(typed)...)
	}
	return words
}

// plotWords are views, the options and their values, and files.
func (s *session) plotWords(typed, argument string) []string {
	c := &completion{s: s, typed: typed, read: map[string][]column{}}
	if key, value, ok := strings.Cut(typed, "="); ok {
		head := key + "="
		values := plot.Allowed(key)
		switch key {
		case "y": // several may be given
			if i := strings.LastIndexByte(value, ','); i >= 0 {
				head += value[:i+1]
			}
			fallthrough
		case "x", "color", "colour", "facet", "low", "high":
			values = s.plotColumns(c, argument)
		}
		if key == "color" || key == "colour" || key == "facet" {
			values = append(values, "none")
		}
		return namesOf(values, func(v string) string { return head + v })
	}
	var words []string
	if fields := strings.Fields(strings.TrimSuffix(argument, typed)); !slices.ContainsFunc(fields, func(f string) bool { return !strings.ContainsAny(f, "=.") }) {
		words = slices.DeleteFunc(append(c.ownTables(), c.shippedTables()...), func(name string) bool { return strings.HasSuffix(name, "(") })
	}
	for _, o := range plot.Options() {
		if o != "colour" {
			words = append(words, o+"=")
		}
	}
	if typed != "" {
		words = append(words, filesBeginning(typed)...)
	}
	return words
}

// plotColumns are the columns of the view that is named, or of the last result.
func (s *session) plotColumns(c *completion, argument string) []string {
	for field := range strings.FieldsSeq(argument) {
		if !strings.ContainsAny(field, "=.") {
			return namesOf(c.columns(scope.Relation{Source: asName(field)}), columnName)
		}
	}
	if s.last == nil {
		return nil
	}
	return namesOf(s.last.Columns, func(c engine.Column) string { return c.Name })
}
