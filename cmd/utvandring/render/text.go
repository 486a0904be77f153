package render

import (
	"bufio"
	"math"
	"strconv"
	"strings"

	"utvandring/engine"
	"utvandring/engine/width"
)

// screenText is a value as one line of text. Control characters, which would
// break the table or command the terminal, are shown as escapes.
func (o *Options) screenText(row engine.Row, column int, t *engine.Type, s *speech) string {
	return width.Visible(o.said(row, column, t, s))
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

// writeLine writes "name = value" with the names aligned, and an empty line
// between rows.
func writeLine(out *bufio.Writer, r *engine.Result, o Options) {
	widest, say := 0, o.speech(r, false)
	for _, c := range r.Columns {
		widest = max(widest, width.Of(say.head(c.Name)))
	}
	first := true
	for row := range r.Rows() {
		if !first {
			out.WriteByte('\n')
		}
		first = false
		for i, c := range r.Columns {
			if !o.NoHeader {
				name := say.head(c.Name)
				out.WriteString(strings.Repeat(" ", widest-width.Of(name)) + name + " = ")
			}
			out.WriteString(o.screenText(row, i, c.Type, say) + "\n")
		}
	}
}
