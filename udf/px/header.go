package px

import (
	"bytes"
	"io"
	"strings"

	"utvandring/udf/cube"
)

// record is a keyword with what it is about and what it says, undecoded until the code
// page is known.
type record struct {
	line     int
	keyword  string // in capitals
	language string // as in TITLE[en]
	about    []string
	values   []value
	fault    string // why the values could not be read; "" where they could
}

// value is one of the values of a keyword.
type value struct {
	kind valueKind
	text string
}

type valueKind byte

const (
	quoted valueKind = iota
	word             // YES, 2, - and :
	tlist            // what is in the parentheses of TLIST(…)
)

// name is the keyword as messages show it: VALUES("region").
func (r *record) name() string {
	if len(r.about) == 0 {
		return r.keyword
	}
	return r.keyword + `("` + r.about[0] + `")`
}

// texts are the values as texts.
func (r *record) texts() []string {
	texts := make([]string, len(r.values))
	for i, v := range r.values {
		texts[i] = v.text
	}
	return texts
}

// first is the first value, "" where there is none.
func (r *record) first() string {
	if r == nil || len(r.values) == 0 {
		return ""
	}
	return r.values[0].text
}

// mostFaults is how much else than keywords there may be: of a file that is none of ours
// not all is read.
const mostFaults = 1000

// mostHeader is how many bytes may come before DATA. Tests have less time.
var mostHeader = 64 << 20

// scanner reads a file byte by byte and counts lines.
type scanner struct {
	from    io.Reader
	buf     []byte
	at, end int
	line    int
	read    int // bytes
	err     error
}

func newScanner(from io.Reader) *scanner {
	return &scanner{from: from, buf: make([]byte, 1<<16), line: 1}
}

// fill makes sure that there are at least n bytes in the buffer, as far as the file has
// them. n is at most half of the buffer.
func (s *scanner) fill(n int) {
	if s.end-s.at >= n || s.err != nil {
		return
	}
	s.end = copy(s.buf, s.buf[s.at:s.end])
	s.at = 0
	for s.end < n && s.err == nil {
		var got int
		got, s.err = s.from.Read(s.buf[s.end:])
		s.end += got
	}
}

// peek gives the next byte of the header; ok is false at the end, or where it is too long.
func (s *scanner) peek() (c byte, ok bool) {
	if s.at == s.end {
		s.fill(1)
	}
	if s.at == s.end || s.read >= mostHeader {
		return 0, false
	}
	return s.buf[s.at], true
}

// next goes past the byte that peek gave.
func (s *scanner) next() {
	if s.buf[s.at] == '\n' {
		s.line++
	}
	s.at++
	s.read++
}

// space goes past white space, and what else there is of others.
func (s *scanner) space(others string) {
	for {
		c, ok := s.peek()
		if !ok || !isSpace(c) && strings.IndexByte(others, c) < 0 {
			return
		}
		s.next()
	}
}

// A file of DOS may end with the character 26.
func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' || c == 26 }

// until reads up to a byte and goes past it; ok is false where it does not come.
func (s *scanner) until(stop byte) (text string, ok bool) {
	var b []byte
	for {
		c, ok := s.peek()
		if !ok {
			return string(b), false
		}
		if s.next(); c == stop {
			return string(b), true
		}
		b = append(b, c)
	}
}

// header reads everything before the data. missing is true where DATA does not come.
func (s *scanner) header() (records []record, warnings []*cube.Fault, missing bool, err error) {
	for {
		s.space(";")
		c, ok := s.peek()
		switch {
		case s.read >= mostHeader:
			return nil, nil, false, cube.Faultf(s.line, "DATA", "does not come in the first %d MB: this is no PX file", mostHeader>>20)
		case !ok:
			return records, warnings, true, s.failed()
		case c == 0:
			return nil, nil, false, cube.Faultf(s.line, "", "a NUL byte: this is no PX file")
		case len(warnings) >= mostFaults:
			return nil, nil, false, cube.Faultf(s.line, "", "%d times something else than a keyword: this is no PX file", mostFaults)
		}
		r := record{line: s.line}
		if shown, ok := s.keyword(&r); !ok {
			warnings = append(warnings, cube.Faultf(r.line, shown, "not a keyword"))
			s.until(';')
			continue
		}
		if r.keyword == "DATA" {
			return records, warnings, false, nil
		}
		s.values(&r)
		records = append(records, r)
	}
}

// failed is the error of the file itself, if it had one.
func (s *scanner) failed() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// keyword reads NAME[language]("about", …)=, or else gives the beginning of what is there.
func (s *scanner) keyword(r *record) (shown string, ok bool) {
	s.fill(64)
	begin := s.buf[s.at:min(s.end, s.at+30)]
	if i := bytes.IndexAny(begin, "\r\n"); i >= 0 {
		begin = begin[:i]
	}
	shown = string(begin)
	var name []byte
	for {
		c, ok := s.peek()
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !ok || !letter && (len(name) == 0 || c != '-' && (c < '0' || c > '9')) || len(name) > 100 {
			break
		}
		name = append(name, c)
		s.next()
	}
	r.keyword = strings.ToUpper(string(name))
	if s.space(""); len(name) == 0 {
		return shown, false
	}
	if c, _ := s.peek(); c == '[' {
		s.next()
		if r.language, ok = s.until(']'); !ok || len(r.language) > 100 {
			return shown, false
		}
		r.language = strings.TrimSpace(r.language)
		s.space("")
	}
	if c, _ := s.peek(); c == '(' {
		s.next()
		for {
			s.space(",")
			c, _ := s.peek()
			if c == ')' {
				s.next()
				break
			}
			if c != '"' {
				return shown, false
			}
			s.next()
			text, ok := s.until('"')
			if !ok {
				return shown, false
			}
			r.about = append(r.about, text)
		}
		s.space("")
	}
	if c, ok := s.peek(); !ok || c != '=' {
		return shown, false
	}
	s.next()
	return "", true
}

// values reads what stands between = and the semicolon.
func (s *scanner) values(r *record) {
	fresh, any := true, false // a value may begin; there was one, or a comma
	for {
		s.space("")
		c, ok := s.peek()
		switch {
		case !ok:
			r.fault = "no semicolon before the end of the file"
			return
		case c == ';':
			if fresh && len(r.values) > 0 && r.keyword == "CODES" {
				r.values = append(r.values, value{})
			}
			s.next()
			return
		case c == ',':
			if fresh && any && r.keyword == "CODES" {
				r.values = append(r.values, value{})
			}
			fresh, any = true, true
			s.next()
		case c == ':' || c == '-' && len(r.values) > 0 && !fresh: // of HIERARCHIES and of ranges
			r.values = append(r.values, value{word, string(c)})
			fresh, any = true, true
			s.next()
		case c == '"':
			s.next()
			text, ok := s.until('"')
			if !ok {
				r.fault = "quote never closed"
				return
			}
			s.space("")
			if c, ok := s.peek(); ok && strings.IndexByte(`,;"-):`, c) < 0 {
				r.fault = "quotation mark inside a value"
				s.lineEnd()
				return
			}
			if n := len(r.values) - 1; fresh || n < 0 {
				r.values = append(r.values, value{quoted, text})
			} else {
				r.values[n].text += text // a long text goes on
			}
			fresh, any = false, true
		default:
			r.values = append(r.values, s.word())
			fresh, any = false, true
		}
	}
}

// word reads a value without quotes.
func (s *scanner) word() value {
	var b []byte
	for {
		c, ok := s.peek()
		if !ok || strings.IndexByte(`,;"`, c) >= 0 {
			break
		}
		s.next()
		if c == '(' && strings.EqualFold(strings.TrimSpace(string(b)), "TLIST") {
			if text, ok := s.until(')'); ok {
				return value{tlist, text}
			}
			break
		}
		b = append(b, c)
	}
	return value{word, strings.TrimSpace(string(b))}
}

// lineEnd goes past the first semicolon that ends a line: there the next keyword begins.
func (s *scanner) lineEnd() {
	ends := false
	for {
		c, ok := s.peek()
		if !ok {
			return
		}
		s.next()
		switch {
		case c == ';':
			ends = true
		case c == '\n' && ends:
			return
		case c != ' ' && c != '\t' && c != '\r':
			ends = false
		}
	}
}
