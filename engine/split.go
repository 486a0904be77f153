package engine

import "bytes"

// Piece is a stretch of a script: a statement, a dot-command, or what stands
// between them. The Raw of all pieces, joined, is the script.
type Piece struct {
	// Raw is the piece as it was written, with the space before it and the
	// semicolon or line end after it.
	Raw string
	// Text is what to run: from the first word to before the semicolon. It is
	// empty where there is only space and comments.
	Text string
	// Line is where Text begins, 1 for the first line of the script.
	Line int
	// Command is true for a dot-command, whose Text begins with the dot.
	Command bool
}

// Splitter cuts a script into statements as it arrives line by line. It knows
// strings ('it”s', e'…\'…'), quoted identifiers, $tag$ strings, line comments
// and nested block comments; a semicolon in one of these ends nothing. A dot
// where a statement could begin starts a dot-command, which ends with its line.
type Splitter struct {
	text  []byte // fed and not yet given out
	next  int    // what of text the lexer has seen
	start int    // where Text begins, -1 before its first character
	end   int    // after the last character that is neither space nor comment
	line  int    // line of text[next], from 0
	begun int    // line of text[start]
	state lexState
}

// lexState is what the lexer is inside of at the end of a line.
type lexState struct {
	inside byte   // 0, or one of ' e " $ * (block comment) . (dot-command)
	tag    []byte // of a $tag$ string
	depth  int    // of nested block comments
}

// Split cuts a whole script.
func Split(script string) []Piece {
	s := NewSplitter()
	s.Feed(script)
	var pieces []Piece
	for {
		piece, ok := s.Next()
		if !ok {
			break
		}
		pieces = append(pieces, piece)
	}
	if rest := s.Rest(); rest.Raw != "" {
		pieces = append(pieces, rest)
	}
	return pieces
}

// NewSplitter starts a script.
func NewSplitter() *Splitter { return &Splitter{start: -1} }

// Feed adds to the script: whole lines, or at its end whatever is left.
func (s *Splitter) Feed(lines string) { s.text = append(s.text, lines...) }

// Next gives the next complete piece, or false when the script so far ends
// within one.
func (s *Splitter) Next() (Piece, bool) {
	for s.next < len(s.text) {
		if s.step() {
			return s.take(), true
		}
	}
	return Piece{}, false
}

// Rest gives what is left when the script has ended: a statement without a
// semicolon, an unclosed string, or only space.
func (s *Splitter) Rest() Piece {
	s.next = len(s.text)
	return s.take()
}

// Pending reports whether the script so far ends within a statement.
func (s *Splitter) Pending() bool { return s.start >= 0 || s.state.inside != 0 }

// Inside tells what the script so far ends within, for a prompt: one of ' " $
// and * (a block comment), or 0.
func (s *Splitter) Inside() byte {
	if s.state.inside == 'e' {
		return '\''
	}
	return s.state.inside
}

func (s *Splitter) take() Piece {
	piece := Piece{Raw: string(s.text[:s.next]), Line: s.line + 1}
	if s.start >= 0 {
		text := s.text[s.start:s.end]
		if piece.Command = text[0] == '.'; piece.Command {
			text = bytes.TrimRight(text, " \t\r")
		}
		piece.Text, piece.Line = string(text), s.begun+1
	}
	*s = Splitter{text: s.text[s.next:], start: -1, line: s.line}
	return piece
}

// step reads one token, or the part of it that is there, and reports whether it
// ends a piece.
func (s *Splitter) step() (ended bool) {
	at := s.text[s.next:]
	switch s.state.inside {
	case 0:
		return s.outside(at)
	case '.':
		if i := bytes.IndexByte(at, '\n'); i >= 0 {
			s.cover(i)
			s.skip(1)
			return true
		}
		s.cover(len(at))
	case '\'', '"':
		if i := bytes.IndexByte(at, s.state.inside); i >= 0 {
			// A doubled quote ends one string and begins another: the same to us.
			s.cover(i + 1)
			s.state.inside = 0
		} else {
			s.cover(len(at))
		}
	case 'e':
		i := bytes.IndexAny(at, `\'`)
		switch {
		case i < 0:
			s.cover(len(at))
		case at[i] == '\\':
			s.cover(min(i+2, len(at)))
		default:
			s.cover(i + 1)
			s.state.inside = 0
		}
	case '$':
		if i := bytes.Index(at, s.state.tag); i >= 0 {
			s.cover(i + len(s.state.tag))
			s.state.inside = 0
		} else {
			s.cover(len(at))
		}
	case '*':
		i := bytes.IndexAny(at, "*/")
		switch {
		case i < 0:
			s.skip(len(at))
		case hasPrefix(at[i:], "*/"):
			s.skip(i + 2)
			if s.state.depth--; s.state.depth == 0 {
				s.state.inside = 0
			}
		case hasPrefix(at[i:], "/*"):
			s.skip(i + 2)
			s.state.depth++
		default:
			s.skip(i + 1)
		}
	}
	return false
}

// outside reads a token that is within nothing.
func (s *Splitter) outside(at []byte) (ended bool) {
	c := at[0]
	switch {
	case c == ';':
		s.skip(1)
		return true
	case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v':
		s.skip(1)
	case hasPrefix(at, "--"):
		if i := bytes.IndexByte(at, '\n'); i >= 0 {
			s.skip(i)
		} else {
			s.skip(len(at))
		}
	case hasPrefix(at, "/*"):
		s.skip(2)
		s.state = lexState{inside: '*', depth: 1}
	case c == '.' && s.start < 0:
		s.state.inside = '.'
		s.cover(1)
	case c == '\'' || c == '"':
		s.state.inside = c
		s.cover(1)
	case c == '$':
		tag := bytes.Clone(dollarTag(at))
		s.cover(max(1, len(tag)))
		if tag != nil {
			s.state = lexState{inside: '$', tag: tag}
		}
	case wordByte(c):
		n := 1
		for n < len(at) && (wordByte(at[n]) || at[n] == '$') {
			n++
		}
		if n == 1 && (c == 'e' || c == 'E') && len(at) > 1 && at[1] == '\'' {
			n = 2
			s.state.inside = 'e'
		}
		s.cover(n)
	default:
		s.cover(1)
	}
	return false
}

// cover moves over n bytes of the statement's own text.
func (s *Splitter) cover(n int) {
	if s.start < 0 {
		s.start, s.begun = s.next, s.line
	}
	s.skip(n)
	s.end = s.next
}

// skip moves over n bytes of anything.
func (s *Splitter) skip(n int) {
	s.line += bytes.Count(s.text[s.next:s.next+n], newline)
	s.next += n
}

// dollarTag gives the $tag$ that s begins with, or nil.
func dollarTag(s []byte) []byte {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '$':
			return s[:i+1]
		case !wordByte(s[i]) || i == 1 && s[i] >= '0' && s[i] <= '9':
			return nil
		}
	}
	return nil
}

func hasPrefix(s []byte, prefix string) bool {
	return len(s) >= len(prefix) && string(s[:len(prefix)]) == prefix
}

var newline = []byte("\n")

func wordByte(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}
