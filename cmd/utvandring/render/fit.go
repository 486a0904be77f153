package render

import (
	"math"
	"slices"
	"strings"

	"utvandring/engine/width"
)

// Columns are shortened down to these before columns are left out: texts, and
// the names above numbers. A number itself is never shortened.
const (
	leastText = 12
	leastName = 8
)

// The fewest digits that numbers are shown with before columns are left out.
const leastDigits = 3

// shrink shows numbers with fewer digits where that keeps columns on the screen, with as
// many as fit.
func (g *grid) shrink(o Options) {
	if !o.fitsLeast(g) {
		g.withFewerDigits(o, func() bool { return o.fitsLeast(g) })
	}
}

// withFewerDigits shows numbers with fewer digits, one after another, until it is enough;
// with all where it never is.
func (g *grid) withFewerDigits(o Options, enough func() bool) {
	if len(g.values) == 0 {
		return
	}
	whole := make([][]string, len(g.rows))
	for i := range g.rows {
		whole[i] = slices.Clone(g.rows[i])
	}
	for digits := o.Digits - 1; digits >= leastDigits; digits-- {
		for column, values := range g.values {
			for i, x := range values {
				if o.stoppedAt(i) {
					return
				}
				if !math.IsNaN(x) { // NULL, or nan
					g.rows[i][column] = o.Locale.Number(significant(x, digits))
				}
			}
			g.alignPoints(column, o)
		}
		g.measure(o)
		if g.digits = digits; enough() {
			return
		}
	}
	// Columns are left out in any case: then the others have all their digits.
	g.rows, g.digits = whole, 0
	g.measure(o)
}

// fitsLeast reports whether the grid fits with what can be shortened shortened.
func (o *Options) fitsLeast(g *grid) bool {
	return totalWidth(g.leastWidths()) <= o.Screen.Width
}

// fit makes the grid no wider than the screen.
func (g *grid) fit(screen int) {
	names := g.header
	g.narrow(screen)
	g.header = slices.Clone(g.header)
	for i, name := range g.header {
		g.header[i] = cutName(name, g.widths[i], names)
	}
	for i, kind := range g.kinds {
		g.kinds[i] = width.Cut(kind, g.widths[i])
	}
}

// cutName shortens the name of a column: in the middle where its beginning would
// stand for another of the names too (published_estimate, published_t_value).
func cutName(name string, columns int, names []string) string {
	short := width.Cut(name, columns)
	if slices.ContainsFunc(names, func(other string) bool { return other != name && width.Cut(other, columns) == short }) {
		return width.CutMiddle(name, columns)
	}
	return short
}

// narrow shortens long texts, then the names of columns, then leaves columns in
// the middle out.
func (g *grid) narrow(screen int) {
	if g.fits(screen) {
		return
	}
	natural := slices.Clone(g.widths)
	least := g.leastWidths()
	// The largest width to shorten texts to that is enough.
	for limit := slices.Max(natural); limit >= leastText; limit-- {
		for i, w := range natural {
			if !g.right[i] {
				g.widths[i] = min(w, limit)
			}
		}
		if g.fits(screen) {
			return
		}
	}
	copy(g.widths, least)
	left, right := g.leaveOut(screen)
	if g.hidden > 0 {
		natural = replaceMiddle(natural, left, right, 1)
	}
	g.widen(screen, natural)
}

// leastWidths is how narrow each column may become.
func (g *grid) leastWidths() []int {
	least := slices.Clone(g.widths)
	for i, w := range g.widths {
		if !g.right[i] {
			least[i] = min(w, leastText)
			continue
		}
		widest := min(w, leastName)
		for _, cells := range g.rows {
			widest = max(widest, width.Of(cells[i]))
		}
		least[i] = widest
	}
	return least
}

// totalWidth counts the borders too: two spaces and a line a column, and the last line.
func totalWidth(widths []int) int {
	n := 1
	for _, w := range widths {
		n += w + 3
	}
	return n
}

func (g *grid) fits(screen int) bool { return totalWidth(g.widths) <= screen }

// leaveOut keeps as many columns as fit from the left and from the right, more
// from the left, with a narrow one between them for the others.
func (g *grid) leaveOut(screen int) (left, right int) {
	n := len(g.widths)
	if g.fits(screen) {
		return n, 0
	}
	room := screen - 1 - (1 + 3)
	for left+right < n {
		next := left
		if right < left-1 {
			next = n - 1 - right
		}
		if room -= g.widths[next] + 3; room < 0 {
			break
		}
		if next == left {
			left++
		} else {
			right++
		}
	}
	left = max(left, 1)
	if g.hidden = max(n-left-right, 0); g.hidden == 0 {
		return n, 0
	}
	g.header = replaceMiddle(g.header, left, right, "…")
	if g.kinds != nil {
		g.kinds = replaceMiddle(g.kinds, left, right, "")
	}
	g.right = replaceMiddle(g.right, left, right, false)
	g.widths = replaceMiddle(g.widths, left, right, 1)
	for i := range g.rows {
		g.rows[i] = replaceMiddle(g.rows[i], left, right, "…")
	}
	return left, right
}

// widen gives the room that is left to the columns that were shortened.
func (g *grid) widen(screen int, natural []int) {
	for room := screen - totalWidth(g.widths); room > 0; {
		before := room
		for i := range g.widths {
			if g.widths[i] < natural[i] && room > 0 {
				g.widths[i]++
				room--
			}
		}
		if room == before {
			return
		}
	}
}

func replaceMiddle[T any](s []T, left, right int, middle T) []T {
	return slices.Concat(s[:left], []T{middle}, s[len(s)-right:])
}

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
