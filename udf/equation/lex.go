package equation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"utvandring/udf/sqltext"
)

type kind uint8

const (
	tokEnd kind = iota
	tokNumber
	tokName   // identifier, keyword or function name
	tokQuoted // "identifier"
	tokParameter
	tokSymbol
)

// typeset are characters of printed formulas, which come along when one is
// copied, and what they are called here.
var typeset = map[rune]string{
	'−': "-", '–': "-", '×': "*", '·': "*", '⋅': "*", '÷': "/", '²': "^2", '³': "^3", '≤': "<=", '≥': ">=", '≠': "<>",
}

type token struct {
	kind  kind
	text  string  // name without quotes or $, or the symbol
	value float64 // of a number
	pos   int
}

// describe is how a message calls the token.
func (t token) describe() string {
	switch t.kind {
	case tokEnd:
		return "the end of the formula"
	case tokParameter:
		return "$" + t.text
	case tokNumber:
		return strconv.FormatFloat(t.value, 'g', -1, 64)
	}
	return strconv.Quote(t.text)
}

// symbols, longest first.
var symbols = []string{"<>", "!=", "<=", ">=", "==", "**", "+", "-", "*", "/", "^", "(", ")", ",", "=", "<", ">"}

func nameStart(r rune) bool { return r == '_' || unicode.IsLetter(r) }
func namePart(r rune) bool  { return nameStart(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// name reads an identifier at the start of s.
func name(s string) string {
	for i, r := range s {
		if i == 0 && !nameStart(r) || i > 0 && !namePart(r) {
			return s[:i]
		}
	}
	return s
}

// plainName reports whether all of s is one identifier.
func plainName(s string) bool { return s != "" && name(s) == s }

// lex splits a formula into tokens; the last one is tokEnd.
func lex(text string) []token {
	fail := func(pos int, format string, args ...any) *Error {
		return &Error{text, pos, fmt.Sprintf(format, args...)}
	}
	var tokens []token
	for i := 0; ; {
		for i < len(text) && strings.IndexByte(" \t\r\n\f\v", text[i]) >= 0 {
			i++
		}
		if i == len(text) {
			return append(tokens, token{kind: tokEnd, pos: i})
		}
		rest := text[i:]
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case r == utf8.RuneError && size <= 1:
			panic(fail(i, "the formula is not valid UTF-8"))
		case r >= '0' && r <= '9' || r == '.' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
			n := numberLength(rest)
			if next, _ := utf8.DecodeRuneInString(rest[n:]); n < len(rest) && (namePart(next) || next == '.') {
				panic(fail(i, "a number runs into %q (write * for a product)", string(next)))
			}
			value, err := strconv.ParseFloat(rest[:n], 64)
			if err != nil {
				panic(fail(i, "the number %s is out of range", rest[:n]))
			}
			tokens = append(tokens, token{tokNumber, rest[:n], value, i})
			i += n
		case nameStart(r):
			n := name(rest)
			tokens = append(tokens, token{tokName, n, 0, i})
			i += len(n)
		case r == '$':
			n := name(rest[1:])
			if n == "" {
				panic(fail(i, "$ must be followed by the name of a parameter, as in $a1"))
			}
			tokens = append(tokens, token{tokParameter, n, 0, i})
			i += 1 + len(n)
		case r == '"':
			quoted := sqltext.First(rest)
			if quoted.Open {
				panic(fail(i, "the quoted name has no closing \""))
			}
			if quoted.Ident() == "" {
				panic(fail(i, "the quoted name is empty"))
			}
			tokens = append(tokens, token{tokQuoted, quoted.Ident(), 0, i})
			i += len(quoted.Text)
		case r == '\'':
			panic(fail(i, "text has no place in a formula (a column name with odd characters takes double quotes)"))
		case strings.HasPrefix(rest, "--"):
			panic(fail(i, "-- starts a comment in SQL; write - (-x), or + for a sum"))
		case strings.HasPrefix(rest, "//"):
			panic(fail(i, "// (whole-number division) is not supported; write floor(x/y)"))
		default:
			at := slices.IndexFunc(symbols, func(s string) bool { return strings.HasPrefix(rest, s) })
			switch plain, ok := typeset[r]; {
			case at >= 0:
			case ok:
				panic(fail(i, "unexpected %q (write %s)", string(r), plain))
			case r == '.' && len(tokens) > 0 && tokens[len(tokens)-1].kind == tokName && name(rest[1:]) != "":
				panic(fail(i, "unexpected %q: %s", string(r), dotted(tokens[len(tokens)-1].text, name(rest[1:]))))
			case r == '~':
				panic(fail(i, "unexpected %q: a formula is written y = $a + $b*x", string(r)))
			default:
				panic(fail(i, "unexpected %q", string(r)))
			}
			tokens = append(tokens, token{tokSymbol, symbols[at], 0, i})
			i += len(symbols[at])
		}
	}
}

// numberLength is the length of the number at the start of s: 12, 1.5, .5, 1e-3.
func numberLength(s string) int {
	digits := func(i int) int {
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		return i
	}
	i := digits(0)
	if i < len(s) && s[i] == '.' {
		i = digits(i + 1)
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		j := i + 1
		if j < len(s) && (s[j] == '+' || s[j] == '-') {
			j++
		}
		if end := digits(j); end > j {
			return end
		}
	}
	return i
}
