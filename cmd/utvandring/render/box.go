package render

import (
	"bufio"
	"slices"
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
			space := strings.Repeat(" ", max(w-width.Of(cell), 0))
			if cell = style(cell); g.right[i] {
				cell = space + cell
			} else {
				cell += space
			}
			out.WriteString(cell + " ")
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
	hidden := func() { row(slices.Repeat([]string{lines.rowHidden}, len(g.widths)), plain) }
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
			hidden()
		}
		row(cells, null)
	}
	if g.split == len(g.rows) && g.split > 0 {
		hidden()
	}
	rule(lines.bottom)
	return len(g.rows)
}

func (o *Options) stopped() bool { return o.Stopped != nil && o.Stopped() }

// stoppedAt asks so at every thousandth of many rows.
func (o *Options) stoppedAt(row int) bool { return row%1000 == 0 && o.stopped() }
