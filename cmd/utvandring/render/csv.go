package render

import (
	"bufio"
	"bytes"

	"utvandring/engine"
)

// writeCSV writes RFC 4180 with line feeds. An empty text is "" in quotes, so
// that it can be told from NULL, which is nothing.
func writeCSV(out *bufio.Writer, r *engine.Result, o Options) {
	separator := []byte(*o.Separator)
	if !o.NoHeader {
		for i, c := range r.Columns {
			if i > 0 {
				out.Write(separator)
			}
			writeField(out, []byte(c.Name), separator, false)
		}
		out.WriteByte('\n')
	}
	var field []byte
	for row := range r.Rows() {
		for i := range r.Columns {
			if i > 0 {
				out.Write(separator)
			}
			if row.Null(i) {
				out.WriteString(*o.Null)
				continue
			}
			field = row.AppendText(field[:0], i)
			writeField(out, field, separator, string(field) == *o.Null)
		}
		out.WriteByte('\n')
	}
}

func writeField(out *bufio.Writer, field, separator []byte, quote bool) {
	if !quote && !needsQuotes(field, separator) {
		out.Write(field)
		return
	}
	out.WriteByte('"')
	for {
		i := bytes.IndexByte(field, '"')
		if i < 0 {
			break
		}
		out.Write(field[:i+1])
		out.WriteByte('"')
		field = field[i+1:]
	}
	out.Write(field)
	out.WriteByte('"')
}

func needsQuotes(field, separator []byte) bool {
	for _, c := range field {
		if c == '"' || c == '\n' || c == '\r' {
			return true
		}
	}
	if len(separator) == 1 {
		return bytes.IndexByte(field, separator[0]) >= 0
	}
	return len(separator) > 0 && bytes.Contains(field, separator)
}

// writeList writes values as they are.
func writeList(out *bufio.Writer, r *engine.Result, o Options) {
	if !o.NoHeader {
		for i, c := range r.Columns {
			if i > 0 {
				out.WriteString(*o.Separator)
			}
			out.WriteString(c.Name)
		}
		out.WriteByte('\n')
	}
	var field []byte
	for row := range r.Rows() {
		for i := range r.Columns {
			if i > 0 {
				out.WriteString(*o.Separator)
			}
			field = o.appendText(field[:0], row, i)
			out.Write(field)
		}
		out.WriteByte('\n')
	}
}
