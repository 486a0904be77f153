package px

import (
	"bytes"
	"math"

	"golang.org/x/text/encoding"

	"utvandring/udf/cube"
)

// cells reads what follows DATA=.
type cells struct {
	*scanner
	encoding encoding.Encoding
	begin    int  // line of DATA
	want     int  // how many there are to be
	given    int  // read so far
	open     bool // the last that was read is no semicolon
	keyed    *keyed
}

func (t *Table) openCells(s *scanner) error {
	c := &t.cells
	c.scanner, c.begin, c.open = s, s.line, true
	var ok bool
	if c.want, ok = cube.Size(t.Dimensions, math.MaxInt32); !ok {
		return cube.Faultf(s.line, "DATA", "the dimensions make more than %d cells", math.MaxInt32)
	}
	return t.openKeyed()
}

// Read is part of cube.Cells.
func (t *Table) Read(value []float64, status []string) (n int, err error) {
	c := &t.cells
	if c.keyed != nil {
		return t.readKeyed(value, status)
	}
	for n < len(value) {
		token, quoted, ok, err := c.token()
		if err != nil {
			return 0, err
		}
		if !ok {
			break
		}
		if c.given++; c.given > c.want {
			continue // to tell how many there are
		}
		if value[n], status[n], ok = cell(token, quoted); !ok {
			return 0, c.notNumber(token)
		}
		n++
	}
	if n == len(value) && n > 0 {
		return n, nil
	}
	if c.given != c.want {
		return 0, cube.Faultf(c.begin, "DATA", "%d values, %d expected", c.given, c.want)
	}
	t.ended()
	return n, nil
}

// ended warns, once, of data without a semicolon.
func (t *Table) ended() {
	if c := &t.cells; c.open {
		t.Warnings = append(t.Warnings, cube.Faultf(c.line, "DATA", "no closing semicolon"))
		c.open = false
	}
}

func (c *cells) notNumber(token []byte) error {
	shown := []rune(decoded(string(token), c.encoding))
	if len(shown) > 20 {
		shown = append(shown[:19], '…')
	}
	return cube.Faultf(c.line, "DATA", "not a number: %s", string(shown))
}

// mostToken is how long a number or a key may be.
const mostToken = 1 << 14

var delimiter = [256]bool{' ': true, '\t': true, '\n': true, '\v': true, '\f': true, '\r': true, ',': true, ';': true, 26: true}

// token gives the next number, mark or key, in the buffer until the next call; ok is
// false after the last.
func (c *cells) token() (token []byte, quoted, ok bool, err error) {
	for {
		if c.at == c.end {
			if c.fill(1); c.at == c.end {
				return nil, false, false, c.failed()
			}
		}
		b := c.buf[c.at]
		if !delimiter[b] {
			break
		}
		if b == '\n' {
			c.line++
		} else if b == ';' {
			c.open = false
		}
		c.at++
	}
	c.open = true
	if c.end-c.at <= mostToken {
		c.fill(mostToken + 1)
	}
	rest := c.buf[c.at:min(c.end, c.at+mostToken)]
	if rest[0] == '"' {
		end := bytes.IndexByte(rest[1:], '"')
		if end < 0 {
			return nil, false, false, cube.Faultf(c.line, "DATA", "quote never closed")
		}
		token = rest[1 : end+1]
		c.at += end + 2
		return token, true, true, nil
	}
	for i, b := range rest {
		if delimiter[b] || b == '"' {
			c.at += i
			return rest[:i], false, true, nil
		}
	}
	if len(rest) == mostToken {
		return nil, false, false, c.notNumber(rest)
	}
	c.at += len(rest)
	return rest, false, true, nil
}

// cell reads a number or a mark. A - is 0 and says so; dots, a colon and an empty text in
// quotes are a number that is not there.
func cell(token []byte, quoted bool) (value float64, status string, ok bool) {
	if value, ok = cube.Number(token); ok {
		return value, "", true
	}
	switch text := string(token); text {
	case "-":
		return 0, "-", true
	case ".", "..", "...", "....", ".....", "......", ".......", ":":
		return math.NaN(), text, true
	case "":
		return math.NaN(), "", quoted
	}
	return 0, "", false
}
