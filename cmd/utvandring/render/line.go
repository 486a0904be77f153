package render

import (
	"bufio"
	"strings"

	"utvandring/engine"
	"utvandring/engine/width"
)

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
