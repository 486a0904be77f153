package sqltext

import (
	"bytes"
	"strings"
)

// Piece is a stretch of a script: a statement, a dot-command, or what stands
// between them. The Raw of all pieces, joined, is the script.
type Piece struct {
	// Raw is the piece as it was written, with the space before it and the
	// semicolon or line end after it.
	Raw string
	// Text is what to run: from the first word to before the semicolon. It is
	// empty where there is only space and comments.
	Text string
	// At is where Text begins in Raw, in bytes.
	At int
	// Line is where Text begins, 1 for the first line of the script.
	Line int
	// Command is true for a dot-command, whose Text begins with the dot.
	Command bool
}

// Splitter cuts a script into statements as it arrives line by line. A semicolon
// in quotes or a comment ends nothing. A dot where a statement could begin starts
// a dot-command, which ends with its line.
type Splitter struct {
	text  []byte // fed and not yet given out
	next  int    // what of text the scanner has seen
	start int    // where Text begins, -1 before its first character
	end   int    // after the last character that is neither space nor comment
	line  int    // line of text[next], from 0
	begun int    // line of text[start]
	scan  scanner
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
// semicolon, an unclosed string, or only space. A comment that is not closed is in its
// Text, to be refused: nobody knows what of the script was meant to be one.
func (s *Splitter) Rest() Piece {
	s.skip(len(s.text) - s.next)
	if s.scan.inside == '*' {
		if s.start < 0 {
			for s.start = 0; spaceAt(s.text[s.start:]) > 0; s.start += spaceAt(s.text[s.start:]) {
			}
			s.begun = s.line - lineEnds(s.text, s.start, len(s.text))
		}
		s.end = len(s.text)
	}
	return s.take()
}

// Pending reports whether the script so far ends within a statement.
func (s *Splitter) Pending() bool { return s.start >= 0 || s.scan.inside != 0 }

func (s *Splitter) take() Piece {
	piece := Piece{Raw: string(s.text[:s.next]), Line: s.line + 1}
	if s.start >= 0 {
		text := s.text[s.start:s.end]
		if piece.Command = text[0] == '.'; piece.Command {
			text = bytes.TrimRight(text, " \t\r")
		}
		piece.Text, piece.At, piece.Line = string(text), s.start, s.begun+1
	}
	*s = Splitter{text: s.text[s.next:], start: -1, line: s.line}
	return piece
}

// step reads one token, or the part of it that is there, and reports whether it
// ends a piece.
func (s *Splitter) step() (ended bool) {
	at := s.text[s.next:]
	if s.scan.inside == 0 && (s.start < 0 && at[0] == '.' || s.start >= 0 && s.text[s.start] == '.') {
		i := bytes.IndexAny(at, "\r\n")
		if i < 0 {
			s.cover(len(at))
			return false
		}
		s.cover(i)
		if hasPrefix(at[i:], "\r\n") {
			s.skip(1)
		}
		s.skip(1)
		return true
	}
	switch kind, n := s.scan.next(at); {
	case kind == Space || kind == Comment:
		s.skip(n)
	case kind == Symbol && at[0] == ';':
		s.skip(1)
		return true
	default:
		s.cover(n)
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
	s.line += lineEnds(s.text, s.next, s.next+n)
	s.next += n
}

// lineEnds counts the ends of lines in a part of a text: \n, \r\n, or \r as DuckDB has it.
func lineEnds(text []byte, from, to int) int {
	n := bytes.Count(text[from:to], []byte("\n"))
	for ; from < to; from++ {
		i := bytes.IndexByte(text[from:to], '\r')
		if i < 0 {
			break
		}
		if from += i; from+1 == len(text) || text[from+1] != '\n' {
			n++
		}
	}
	return n
}

// Line is the line of a text in which a byte stands, from 1, and where that begins.
func Line(text string, at int) (line, begin int) {
	return lineEnds([]byte(text), 0, at) + 1, strings.LastIndexAny(text[:at], "\r\n") + 1
}
