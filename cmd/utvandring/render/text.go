package render

import (
	"bufio"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"utvandring/engine"
)

// screenText is a value as one line of text. Control characters, which would
// break the table or command the terminal, are shown as escapes; of a float no
// more than the wanted digits are.
func (o *Options) screenText(row engine.Row, column int, t *engine.Type) string {
	switch {
	case row.Null(column):
		return *o.Null
	case o.Digits > 0 && t.Floating():
		return significant(row.Float(column), o.Digits)
	}
	return oneLine(row.Text(column))
}

// significant rounds to a number of significant digits, but never a digit before
// the point away: 1234567.8 to 3 digits is 1234568.
func significant(x float64, digits int) string {
	size := math.Abs(x)
	switch {
	case math.IsNaN(x):
		return "nan"
	case math.IsInf(x, 0):
		return strings.TrimPrefix(strings.ToLower(strconv.FormatFloat(x, 'g', -1, 64)), "+")
	case size == 0:
		return "0.0"
	case size >= 1e16:
		return strconv.FormatFloat(x, 'e', digits-1, 64)
	case x == math.Trunc(x):
		return strconv.FormatFloat(x, 'f', 1, 64)
	case size >= math.Pow10(digits):
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return strconv.FormatFloat(x, 'g', digits, 64)
}

// oneLine shows control characters as escapes.
func oneLine(s string) string {
	clean := func(r rune) bool {
		return unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Bidi_Control, r)
	}
	if strings.IndexFunc(s, clean) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r != utf8.RuneError && clean(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func pad(out *bufio.Writer, n int) {
	for range n {
		out.WriteByte(' ')
	}
}
