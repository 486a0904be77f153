package render

import (
	"bufio"
	"bytes"
	"strings"

	"utvandring/cmd/utvandring/locale"
	"utvandring/engine"
)

// appendNumber appends a value, a number with the user's decimal sign and thousands.
func (o *Options) appendNumber(b []byte, r *engine.Result, row engine.Row, column int) []byte {
	b = row.AppendText(b, column)
	if o.Decimal == "" && o.Thousands == "" || !r.Columns[column].Type.Numeric() {
		return b
	}
	text := string(b)
	if o.Thousands != "" {
		text = locale.Thousands(text, o.Thousands)
	}
	if o.Decimal != "" {
		// The thousands may be parted by points.
		if i := strings.LastIndexByte(text, '.'); i >= 0 && bytes.IndexByte(b, '.') >= 0 {
			text = text[:i] + o.Decimal + text[i+1:]
		}
	}
	return append(b[:0], text...)
}

// writeCSV writes RFC 4180 with line feeds. An empty text is "" in quotes, so
// that it can be told from NULL, which is nothing.
func writeCSV(out *bufio.Writer, r *engine.Result, o Options) { writeFields(out, r, o, true) }

// writeList writes values as they are.
func writeList(out *bufio.Writer, r *engine.Result, o Options) { writeFields(out, r, o, false) }

// writeFields writes a line for each row, with quotes around what needs them or without.
func writeFields(out *bufio.Writer, r *engine.Result, o Options, quotes bool) {
	separator := []byte(*o.Separator)
	if !o.NoHeader {
		for i, c := range r.Columns {
			if i > 0 {
				out.Write(separator)
			}
			if quotes {
				writeField(out, []byte(c.Name), separator, false)
			} else {
				out.WriteString(c.Name)
			}
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
			if field = o.appendNumber(field[:0], r, row, i); quotes {
				writeField(out, field, separator, string(field) == *o.Null)
			} else {
				out.Write(field)
			}
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
	for part := range bytes.SplitAfterSeq(field, []byte{'"'}) {
		if out.Write(part); bytes.HasSuffix(part, []byte{'"'}) {
			out.WriteByte('"')
		}
	}
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
