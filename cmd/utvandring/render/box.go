package render

import (
	"bufio"
	"strings"

	"utvandring/engine/width"
)

// lineSet are the characters a table is drawn with.
type lineSet struct {
	across, down        string
	top, middle, bottom [3]string // left end, crossing, right end
	rowHidden           string    // stands for rows that are left out
}

var boxLines = lineSet{
	across: "─", down: "│", top: [3]string{"┌", "┬", "┐"}, middle: [3]string{"├", "┼", "┤"}, bottom: [3]string{"└", "┴", "┘"}, rowHidden: "·",
}

var asciiLines = lineSet{
	across: "-", down: "|", top: [3]string{"+", "+", "+"}, middle: [3]string{"+", "+", "+"}, bottom: [3]string{"+", "+", "+"}, rowHidden: ".",
}

// draw writes the table, and tells how many rows it has written before it was stopped.
func (g *grid) draw(out *bufio.Writer, o Options, lines lineSet) (drawn int) {
	rule := func(ends [3]string) {
		for i, w := range g.widths {
			out.WriteString(ends[min(i, 1)])
			out.WriteString(strings.Repeat(lines.across, w+2))
		}
		out.WriteString(ends[2] + "\n")
	}
	row := func(cells []string, style func(string) string) {
		for i, w := range g.widths {
			out.WriteString(lines.down + " ")
			cell := width.Cut(cells[i], w)
			space := w - width.Of(cell)
			if g.right[i] {
				pad(out, space)
			}
			out.WriteString(style(cell))
			if !g.right[i] {
				pad(out, space)
			}
			out.WriteByte(' ')
		}
		out.WriteString(lines.down + "\n")
	}
	plain := func(s string) string { return s }
	bold, null, faint := plain, plain, plain
	if o.Screen != nil && o.Screen.Color {
		bold = func(s string) string { return "\x1b[1m" + s + "\x1b[0m" }
		faint = func(s string) string { return dim(s, true) }
		null = func(s string) string {
			if s == *o.Null {
				return dim(s, true)
			}
			return s
		}
	}
	rule(lines.top)
	if !o.NoHeader {
		row(g.header, bold)
		if g.kinds != nil {
			row(g.kinds, faint)
		}
		rule(lines.middle)
	}
	for i, cells := range g.rows {
		if drawn = i; o.stopped() {
			rule(lines.bottom)
			return drawn
		}
		if i == g.split {
			g.drawHidden(row, lines, plain)
		}
		row(cells, null)
	}
	if g.split == len(g.rows) && g.split > 0 {
		g.drawHidden(row, lines, plain)
	}
	rule(lines.bottom)
	return len(g.rows)
}

func (o *Options) stopped() bool { return o.Stopped != nil && o.Stopped() }

// stoppedAt asks so at every thousandth of many rows.
func (o *Options) stoppedAt(row int) bool { return row%1000 == 0 && o.stopped() }

// drawHidden stands for the rows that are left out.
func (g *grid) drawHidden(row func([]string, func(string) string), lines lineSet, style func(string) string) {
	cells := make([]string, len(g.widths))
	for i := range cells {
		cells[i] = lines.rowHidden
	}
	row(cells, style)
}
