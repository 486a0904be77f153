package render

import (
	"bufio"
	"html"
	"strings"

	"utvandring/engine"
)

func writeMarkdown(out *bufio.Writer, r *engine.Result, o Options) {
	escape := strings.NewReplacer("|", `\|`, "\r\n", "<br>", "\n", "<br>", `\`, `\\`)
	out.WriteByte('|')
	for _, c := range r.Columns {
		// A Markdown table cannot do without the line, only without the names.
		if out.WriteByte(' '); !o.NoHeader {
			escape.WriteString(out, c.Name)
		}
		out.WriteString(" |")
	}
	out.WriteString("\n|")
	for _, c := range r.Columns {
		if c.Type.Numeric() {
			out.WriteString("---:|")
		} else {
			out.WriteString("---|")
		}
	}
	out.WriteByte('\n')
	var field []byte
	for row := range r.Rows() {
		out.WriteByte('|')
		for i := range r.Columns {
			out.WriteByte(' ')
			field = o.appendText(field[:0], row, i)
			escape.WriteString(out, string(field))
			out.WriteString(" |")
		}
		out.WriteByte('\n')
	}
}

func writeLatex(out *bufio.Writer, r *engine.Result, o Options) {
	escape := strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`,
		"<", `\textless{}`, ">", `\textgreater{}`, "|", `\textbar{}`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "\n", `\newline `)
	out.WriteString("\\begin{tabular}{")
	for _, c := range r.Columns {
		out.WriteByte(map[bool]byte{true: 'r', false: 'l'}[c.Type.Numeric()])
	}
	out.WriteString("}\n\\hline\n")
	between := func(i int) {
		if i > 0 {
			out.WriteString(" & ")
		}
	}
	if !o.NoHeader {
		for i, c := range r.Columns {
			between(i)
			escape.WriteString(out, c.Name)
		}
		out.WriteString(" \\\\\n\\hline\n")
	}
	var field []byte
	for row := range r.Rows() {
		for i := range r.Columns {
			between(i)
			field = o.appendText(field[:0], row, i)
			escape.WriteString(out, string(field))
		}
		out.WriteString(" \\\\\n")
	}
	out.WriteString("\\hline\n\\end{tabular}\n")
}

func writeHTML(out *bufio.Writer, r *engine.Result, o Options) {
	out.WriteString("<table>\n")
	if !o.NoHeader {
		out.WriteString("<thead><tr>")
		for _, c := range r.Columns {
			out.WriteString("<th>" + html.EscapeString(c.Name) + "</th>")
		}
		out.WriteString("</tr></thead>\n")
	}
	out.WriteString("<tbody>\n")
	var field []byte
	for row := range r.Rows() {
		out.WriteString("<tr>")
		for i, c := range r.Columns {
			out.WriteString(map[bool]string{true: `<td align="right">`, false: "<td>"}[c.Type.Numeric()])
			field = o.appendText(field[:0], row, i)
			out.WriteString(html.EscapeString(string(field)) + "</td>")
		}
		out.WriteString("</tr>\n")
	}
	out.WriteString("</tbody>\n</table>\n")
}
