package render

import (
	"strings"

	"utvandring/engine/width"
)

// Few rows of many columns are read down rather than across: the eight equations
// of a model with what is reported of each.
const turnedRows = 8

// turned is the table on its side, a line per column and the first column above
// the others; nil where it need not be turned, or cannot be shown whole.
func (g *grid) turned(o Options) *grid {
	n := len(g.rows)
	if n < 2 || n > turnedRows || g.split >= 0 || g.cut || o.NoHeader || len(g.header) < 3 {
		return nil
	}
	if o.Screen.MaxRows > 0 && len(g.header)-1 > o.Screen.MaxRows {
		return nil
	}
	if o.fitsLeast(g) {
		return nil
	}
	t := g.turn()
	if t.fits(o.Screen.Width) {
		return t
	}
	g.withFewerDigits(o, func() bool {
		t = g.turn()
		return t.fits(o.Screen.Width)
	})
	if g.digits == 0 {
		return nil
	}
	t.digits = g.digits
	return t
}

// turn puts the table on its side.
func (g *grid) turn() *grid {
	n := len(g.rows)
	t := &grid{split: -1, total: n, header: []string{g.header[0]}, right: []bool{false}}
	for _, cells := range g.rows {
		t.header = append(t.header, strings.TrimRight(cells[0], " "))
		t.right = append(t.right, true)
	}
	for i := 1; i < len(g.header); i++ {
		line := []string{g.header[i]}
		for _, cells := range g.rows {
			line = append(line, strings.TrimRight(cells[i], " "))
		}
		t.rows = append(t.rows, line)
	}
	t.widths = make([]int, n+1)
	for _, line := range append(t.rows, t.header) {
		for i, cell := range line {
			t.widths[i] = max(t.widths[i], width.Of(cell))
		}
	}
	return t
}
