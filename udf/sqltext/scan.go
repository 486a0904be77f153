package sqltext

import (
	"bytes"
	"strings"
)

// scanner is the lexer. Between calls it remembers what the text so far ends
// within, so that a script can be read line by line.
type scanner struct {
	inside byte   // 0, or what is not closed: ' " e (e'…') $ (dollar quotes) * (block comment)
	kind   Kind   // of what is not closed
	tag    []byte // of a $tag$ string
	depth  int    // of nested block comments

	// Texts that only line ends and line comments part are one text to DuckDB, so
	// that what follows an e'…' knows backslashes too.
	escaped, lineEnd bool
}

// next gives the token at the beginning of text, which is not empty, or what there
// is of it: then s.inside is not 0, and the next call goes on with it.
func (s *scanner) next(text []byte) (Kind, int) {
	if s.inside != 0 {
		return s.kind, s.close(text, 0)
	}
	kind, n := s.token(text)
	switch {
	case s.inside != 0:
		s.kind = kind
		n = s.close(text, n)
	case kind == Space:
		s.lineEnd = s.lineEnd || bytes.ContainsAny(text[:n], "\r\n")
	case kind != Comment:
		s.escaped = false
	}
	return kind, n
}

// token reads what needs no closing; of the rest only what opens it.
func (s *scanner) token(text []byte) (Kind, int) {
	c := text[0]
	switch {
	case spaceAt(text) > 0:
		n := 0
		for n < len(text) && spaceAt(text[n:]) > 0 {
			n += spaceAt(text[n:])
			if text[n-1] == '\n' {
				break
			}
		}
		return Space, n
	case hasPrefix(text, "--"):
		if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
			return Comment, i
		}
		return Comment, len(text)
	case hasPrefix(text, "/*"):
		s.inside, s.depth, s.escaped = '*', 1, false
		return Comment, 2
	case c == '"':
		s.inside, s.escaped = '"', false
		return QuotedName, 1
	case c == '\'':
		s.inside = '\''
		if s.escaped && s.lineEnd {
			s.inside = 'e'
		}
		return String, 1
	case c == '$':
		if tag := dollarTag(text); tag != nil {
			s.inside, s.tag, s.escaped = '$', bytes.Clone(tag), false
			return String, len(tag)
		}
		if n := digitsLength(text[1:]); n > 0 {
			return Parameter, 1 + n
		}
		return parameter(1 + nameLength(text[1:]))
	case c == '#':
		return parameter(1 + digitsLength(text[1:]))
	case c == '?':
		return Parameter, 1
	case digit(c) || c == '.' && len(text) > 1 && digit(text[1]):
		return Number, numberLength(text)
	case nameByte(c):
		n := nameLength(text)
		if n == 1 && len(text) > 1 && text[1] == '\'' && strings.IndexByte("eEbBxXnN", c) >= 0 {
			s.inside = '\''
			if c == 'e' || c == 'E' {
				s.inside = 'e'
			}
			return String, 2
		}
		return Name, n
	}
	return Symbol, symbolLength(text)
}

// parameter is one of n bytes, or its first character alone a symbol.
func parameter(n int) (Kind, int) {
	if n == 1 {
		return Symbol, n
	}
	return Parameter, n
}

// close gives the end of what is open, seen from a place in it, and len(text)
// where it is not in text.
func (s *scanner) close(text []byte, at int) int {
	for at < len(text) {
		rest := text[at:]
		var i int
		switch s.inside {
		case '$':
			if i = bytes.Index(rest, s.tag); i >= 0 {
				s.inside = 0
				return at + i + len(s.tag)
			}
		case '*':
			if i = bytes.IndexAny(rest, "*/"); i >= 0 {
				switch {
				case hasPrefix(rest[i:], "*/"):
					i++
					s.depth--
				case hasPrefix(rest[i:], "/*"):
					i++
					s.depth++
				}
				if s.depth == 0 {
					s.inside = 0
					return at + i + 1
				}
			}
		case 'e':
			if i = bytes.IndexAny(rest, `\'`); i >= 0 && (rest[i] == '\\' || hasPrefix(rest[i:], "''")) {
				i++
			} else if i >= 0 {
				s.inside, s.escaped, s.lineEnd = 0, true, false
				return at + i + 1
			}
		default:
			if i = bytes.IndexByte(rest, s.inside); i >= 0 {
				if i+1 == len(rest) || rest[i+1] != s.inside {
					s.inside, s.escaped = 0, false
					return at + i + 1
				}
				i++
			}
		}
		if i < 0 {
			break
		}
		at += i + 1
	}
	return len(text)
}

// spaceAt is the length of the space that text begins with, 0 where there is none.
// DuckDB takes some characters of Unicode for a space, as they come along when text
// is copied from a page.
func spaceAt(text []byte) int {
	switch text[0] {
	case ' ', '\t', '\n', '\r', '\f':
		return 1
	case 0xC2:
		if hasPrefix(text, "\u00a0") {
			return 2
		}
	case 0xE2, 0xE3, 0xEF:
		if len(text) < 3 {
			return 0
		}
		switch r := rune(text[0]&0xF)<<12 | rune(text[1]&0x3F)<<6 | rune(text[2]&0x3F); {
		case text[1]&0xC0 != 0x80 || text[2]&0xC0 != 0x80: // not UTF-8
		case r >= 0x2000 && r <= 0x200B, r == 0x202F, r == 0x205F, r == 0x2060, r == 0x3000, r == 0xFEFF:
			return 3
		}
	}
	return 0
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// nameByte reports whether a name may begin with c.
func nameByte(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func nameLength(text []byte) int {
	n := 0
	for n < len(text) && (nameByte(text[n]) || n > 0 && (digit(text[n]) || text[n] == '$')) && spaceAt(text[n:]) == 0 {
		n++
	}
	return n
}

// digitsLength is the length of 1_000 at the beginning of text.
func digitsLength(text []byte) int {
	n := 0
	for n < len(text) && (digit(text[n]) || n > 0 && text[n] == '_' && n+1 < len(text) && digit(text[n+1])) {
		n++
	}
	return n
}

// numberLength reads 12, 12., 12.5, .5 and each with an exponent. Of 1..2 the
// dots are no decimal point.
func numberLength(text []byte) int {
	n := digitsLength(text)
	if n < len(text) && text[n] == '.' && !hasPrefix(text[n:], "..") {
		n++
		n += digitsLength(text[n:])
	}
	if n < len(text) && (text[n] == 'e' || text[n] == 'E') {
		sign := 1
		if n+1 < len(text) && (text[n+1] == '+' || text[n+1] == '-') {
			sign = 2
		}
		if n+sign <= len(text) {
			if digits := digitsLength(text[n+sign:]); digits > 0 {
				n += sign + digits
			}
		}
	}
	return n
}

const (
	operators       = "~!@^&|`+-*/%<>="
	unusual         = "~!@^&|`%" // with one of these, an operator may end in + or -
	longestOperator = 63
)

// symbolLength is the length of an operator, which ends before a comment and, as
// in a=-1, before a sign; or of another character.
func symbolLength(text []byte) int {
	if hasPrefix(text, "::") || hasPrefix(text, ":=") {
		return 2
	}
	text = text[:min(len(text), longestOperator)]
	n, beforeSigns := 0, 1
	for n < len(text) && strings.IndexByte(operators, text[n]) >= 0 && !hasPrefix(text[n:], "--") && !hasPrefix(text[n:], "/*") {
		n++
		if text[n-1] != '+' && text[n-1] != '-' {
			beforeSigns = n
		}
	}
	if !bytes.ContainsAny(text[:n], unusual) {
		n = beforeSigns
	}
	return max(n, 1)
}

// dollarTag gives the $tag$ that text begins with, or nil.
func dollarTag(text []byte) []byte {
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '$':
			return text[:i+1]
		case !nameByte(c) && !(digit(c) && i > 1) || spaceAt(text[i:]) > 0:
			return nil
		}
	}
	return nil
}

func hasPrefix(text []byte, prefix string) bool {
	return len(text) >= len(prefix) && string(text[:len(prefix)]) == prefix
}
