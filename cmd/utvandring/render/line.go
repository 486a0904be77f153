package render

import (
	"bufio"

	"utvandring/engine"
	"utvandring/engine/width"
)

// writeLine writes "name = value" with the names aligned, and an empty line
// between rows.
func writeLine(out *bufio.Writer, r *engine.Result, o Options) {
	widest := 0
	for _, c := range r.Columns {
		widest = max(widest, width.Of(c.Name))
	}
	first := true
	for row := range r.Rows() {
		if !first {
			out.WriteByte('\n')
		}
		first = false
		for i, c := range r.Columns {
			if !o.NoHeader {
				pad(out, widest-width.Of(c.Name))
				out.WriteString(c.Name)
				out.WriteString(" = ")
			}
			out.WriteString(o.screenText(row, i, c.Type))
			out.WriteByte('\n')
		}
	}
}
