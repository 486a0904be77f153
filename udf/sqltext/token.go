package sqltext

import (
	"iter"
	"slices"
	"strings"
)

// Kind is what a token is.
type Kind uint8

const (
	Space      Kind = iota // within one line, with its end
	Comment                // -- to the end of the line, or /* … /* … */ … */
	Name                   // a keyword or a name without quotes
	QuotedName             // "a ""b"""
	String                 // 'it''s', e'\'', x'41', $tag$…$tag$
	Number                 // 12, 1_000, .5, 1.5e-3; a sign is a symbol
	Parameter              // $name, $1, ?, and #1, a column by its place
	Symbol                 // an operator such as <= or ::, a parenthesis, a comma …
)

// Token is a stretch of SQL.
type Token struct {
	Kind Kind
	Text string // as it is written
	At   int    // where it begins, in bytes
	Open bool   // the SQL ends within it: its quote or comment is not closed
}

// End is where the token ends, in bytes.
func (t Token) End() int { return t.At + len(t.Text) }

// Is reports whether the token is this keyword, in any case, or this symbol. A
// name in quotes is no keyword.
func (t Token) Is(word string) bool {
	return (t.Kind == Name || t.Kind == Symbol) && strings.EqualFold(t.Text, word)
}

// Ident is the name that a Name or QuotedName stands for, without its quotes; ""
// for other tokens.
func (t Token) Ident() string {
	switch t.Kind {
	case Name:
		return t.Text
	case QuotedName:
		return unquote(t.Text, `"`)
	}
	return ""
}

// Literal is the text that a String in plain quotes stands for; false for those with
// a letter before them, for $$…$$, and for other tokens.
func (t Token) Literal() (text string, ok bool) {
	if t.Kind != String || t.Text[0] != '\'' {
		return "", false
	}
	return unquote(t.Text, "'"), true
}

// unquote drops quotes and undoubles those inside. The last one may be missing.
func unquote(s, quote string) string {
	s = strings.TrimPrefix(s, quote)
	doubled := strings.ReplaceAll(s, quote+quote, "")
	if strings.HasSuffix(doubled, quote) {
		s = s[:len(s)-1]
	}
	return strings.ReplaceAll(s, quote+quote, quote)
}

// each lexes SQL as far as its tokens are wanted.
func each(sql string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		var s scanner
		text := []byte(sql)
		for at := 0; at < len(text); {
			kind, n := s.next(text[at:])
			if !yield(Token{kind, sql[at : at+n], at, s.inside != 0}) {
				return
			}
			at += n
		}
	}
}

// Lex cuts SQL into tokens. Their texts joined are the SQL, whatever it is.
func Lex(sql string) []Token { return slices.Collect(each(sql)) }

// First is the token that SQL begins with.
func First(sql string) (first Token) {
	for first = range each(sql) {
		break
	}
	return first
}

func (t Token) means() bool { return t.Kind != Space && t.Kind != Comment }

// Code gives the tokens that mean something: without space and comments.
func Code(sql string) (code []Token) {
	for t := range each(sql) {
		if t.means() {
			code = append(code, t)
		}
	}
	return code
}

// FirstWord is the token that a statement begins with, in capitals: SELECT.
func FirstWord(statement string) string {
	for t := range each(statement) {
		if t.means() {
			return strings.ToUpper(t.Text)
		}
	}
	return ""
}

// QuoteName writes a name as an identifier of SQL.
func QuoteName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// QuoteText writes a text as a literal of SQL.
func QuoteText(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// QuoteAll quotes all of a list by one of these.
func QuoteAll(list []string, quote func(string) string) []string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = quote(s)
	}
	return quoted
}
