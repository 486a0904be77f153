package render

import (
	"bufio"
	"html"
	"strings"

	"utvandring/engine"
	"utvandring/udf/later"
)

// atRight reports for each column whether it stands to the right: numbers, and texts that
// are numbers as papers print them, with stars, or another below in parentheses.
func (o *Options) atRight(r *engine.Result) []bool {
	right, printed := make([]bool, len(r.Columns)), make([]bool, len(r.Columns))
	for i, c := range r.Columns {
		right[i] = c.Type.Numeric()
		printed[i] = !right[i]
	}
	n := 0
	for row := range r.Rows() {
		if n++; n > lookedAt {
			break
		}
		for i := range r.Columns {
			text := *o.Null
			if !row.Null(i) {
				text = row.Text(i)
			}
			right[i] = right[i] || printed[i] && starred.MatchString(text)
			printed[i] = printed[i] && (text == "" || figure.MatchString(text))
		}
	}
	paper := isPaper(r)
	for i, c := range r.Columns {
		right[i] = c.Type.Numeric() || (right[i] || paper && i > 1) && printed[i]
	}
	return right
}

// lookedAt is how many rows tell what a column of text holds.
const lookedAt = 200

var (
	figure  = later.Compile(`^\(?-?\d[\d.,e–-]*\)?\**$`)
	starred = later.Compile(`^\(.*\)$|\*$`)
)

func writeMarkdown(out *bufio.Writer, r *engine.Result, o Options) {
	right, say := o.atRight(r), o.speech(r, true)
	escape := strings.NewReplacer("|", `\|`, "\r\n", "<br>", "\n", "<br>", `\`, `\\`)
	out.WriteByte('|')
	for _, c := range r.Columns {
		// A Markdown table cannot do without the line, only without the names.
		if out.WriteByte(' '); !o.NoHeader {
			escape.WriteString(out, say.head(c.Name))
		}
		out.WriteString(" |")
	}
	out.WriteString("\n|")
	for i := range r.Columns {
		if right[i] {
			out.WriteString("---:|")
		} else {
			out.WriteString("---|")
		}
	}
	out.WriteByte('\n')
	for row := range r.Rows() {
		out.WriteByte('|')
		for i, c := range r.Columns {
			out.WriteByte(' ')
			escape.WriteString(out, o.said(row, i, c.Type, say))
			out.WriteString(" |")
		}
		out.WriteByte('\n')
	}
}

func writeLatex(out *bufio.Writer, r *engine.Result, o Options) {
	escape := strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`,
		"<", `\textless{}`, ">", `\textgreater{}`, "|", `\textbar{}`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "\n", `\newline `)
	for _, rule := range []string{"toprule", "midrule", "bottomrule"} {
		out.WriteString("\\providecommand{\\" + rule + "}{\\hline}") // without the package booktabs
	}
	out.WriteString("\n\\begin{tabular}{")
	right, say := o.atRight(r), o.speech(r, true)
	for i := range right {
		out.WriteByte(map[bool]byte{true: 'r', false: 'l'}[right[i]])
	}
	out.WriteString("}\n\\toprule\n")
	between := func(i int) {
		if i > 0 {
			out.WriteString(" & ")
		}
	}
	if !o.NoHeader {
		for i, c := range r.Columns {
			between(i)
			escape.WriteString(out, say.head(c.Name))
		}
		out.WriteString(" \\\\\n\\midrule\n")
	}
	var fields []string
	for row := range r.Rows() {
		fields = fields[:0]
		for i, c := range r.Columns {
			fields = append(fields, o.said(row, i, c.Type, say))
		}
		if strings.Join(fields, "") == "" { // parts what is above from what is below
			out.WriteString("\\midrule\n")
			continue
		}
		if first := fields[0]; len(first) > 0 && (first[0] == '*' || first[0] == '[') {
			out.WriteString("{}") // or \\ above would take it as an argument
		}
		for i, field := range fields {
			between(i)
			escape.WriteString(out, field)
		}
		out.WriteString(" \\\\\n")
	}
	out.WriteString("\\bottomrule\n\\end{tabular}\n")
}

func writeHTML(out *bufio.Writer, r *engine.Result, o Options) {
	right, say := o.atRight(r), o.speech(r, true)
	out.WriteString("<table>\n")
	if !o.NoHeader {
		out.WriteString("<thead><tr>")
		for _, c := range r.Columns {
			out.WriteString("<th>" + html.EscapeString(say.head(c.Name)) + "</th>")
		}
		out.WriteString("</tr></thead>\n")
	}
	out.WriteString("<tbody>\n")
	for row := range r.Rows() {
		out.WriteString("<tr>")
		for i, c := range r.Columns {
			out.WriteString(map[bool]string{true: `<td align="right">`, false: "<td>"}[right[i]])
			out.WriteString(html.EscapeString(o.said(row, i, c.Type, say)) + "</td>")
		}
		out.WriteString("</tr>\n")
	}
	out.WriteString("</tbody>\n</table>\n")
}
