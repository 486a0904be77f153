package main

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"utvandring/cmd/utvandring/prompt"
	"utvandring/cmd/utvandring/scope"
	"utvandring/udf/natural"
	"utvandring/udf/sqltext"
)

// At most so many candidates: more nobody reads.
const mostCandidates = 200

// completion is one Tab: what stands around the cursor, and what is read of it.
type completion struct {
	s     *session
	head  string // the statement up to what is completed, and to the quote before it
	typed string // what is completed, without its quote
	after string // what follows the cursor, of this statement
	place scope.Place
	read  map[string][]column // columns of relations that were described
}

// candidates completes what before ends with: a dot-command or its arguments, what is
// typed in quotes, or a name. after is what follows the cursor.
func (s *session) candidates(before, after string) prompt.Candidates {
	statement := before
	if pieces := sqltext.Split(before); len(pieces) > 0 {
		statement = strings.TrimLeft(pieces[len(pieces)-1].Raw, " \n")
	}
	if strings.HasPrefix(statement, ".") {
		return s.commandCandidates(before, statement)
	}
	c := &completion{s: s, typed: lastWord(statement), after: after, read: map[string][]column{}}
	c.head = strings.TrimSuffix(statement, c.typed)
	quote := ""
	if tokens := sqltext.Lex(statement); len(tokens) > 0 {
		switch t := tokens[len(tokens)-1]; {
		case t.Kind == sqltext.Comment && (t.Open || strings.HasPrefix(t.Text, "--") && !strings.HasSuffix(t.Text, "\n")):
			return prompt.Candidates{}
		case t.Open && (t.Text[0] == '\'' || t.Text[0] == '"'):
			quote, c.head, c.typed = t.Text[:1], statement[:t.At], t.Text[1:]
			// The rest of what is in quotes, where it is closed.
			if i := strings.IndexAny(after, quote+" ,()\n"); i >= 0 && after[i:i+1] == quote {
				c.after = after[i+1:]
			}
		case t.Open:
			return prompt.Candidates{}
		}
	}
	if quote == "" {
		c.after = strings.TrimLeftFunc(after, func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) })
	}
	if pieces := sqltext.Split(c.head + " " + c.after); len(pieces) > 0 {
		c.place = scope.At(pieces[0].Raw, len(c.head))
	}
	switch quote {
	case "'":
		return c.inText(before, after)
	case `"`:
		words := c.columnWords()
		for i, w := range words {
			words[i] = sqltext.QuoteName(strings.Trim(w, `"`))
		}
		return prompt.Candidates{From: utf8.RuneCountInString(before) - utf8.RuneCountInString(c.typed) - 1, Words: ranked(c.typed, words)}
	}
	return prompt.Candidates{From: utf8.RuneCountInString(before) - utf8.RuneCountInString(c.typed), Words: c.names()}
}

// lastWord is the name that text ends with, or "".
func lastWord(text string) string {
	before := strings.TrimRightFunc(text, func(r rune) bool { return r == '_' || r >= 0x80 || unicode.IsLetter(r) || unicode.IsDigit(r) })
	return text[len(before):]
}

// ranked gives what begins with the word, without case, of one group after another:
// in each what is put together of fewest words comes first.
func ranked(word string, groups ...[]string) []string {
	var out []string
	seen := map[string]bool{}
	for _, group := range groups {
		var fit []string
		for _, w := range group {
			if begins(w, word) && !seen[strings.ToLower(w)] {
				seen[strings.ToLower(w)] = true
				fit = append(fit, w)
			}
		}
		slices.SortStableFunc(fit, func(a, b string) int {
			return cmp.Or(cmp.Compare(strings.Count(a, "_"), strings.Count(b, "_")), natural.Compare(a, b))
		})
		out = append(out, fit...)
	}
	return out[:min(len(out), mostCandidates)]
}

// inOrder gives what begins with the word as it comes.
func inOrder(word string, words []string) []string {
	var out []string
	for _, w := range words {
		if begins(w, word) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out[:min(len(out), mostCandidates)]
}

// begins compares without case, and without the quote that a name may need.
func begins(candidate, word string) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimPrefix(candidate, `"`)), strings.ToLower(word))
}
