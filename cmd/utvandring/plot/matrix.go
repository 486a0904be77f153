package plot

import (
	"math"
	"slices"
	"strconv"

	"utvandring/cmd/utvandring/locale"
)

// matrix draws a dot for each pair, its area as large as the correlation is far from
// zero, of one colour for those above and another, with a ring, for those below.
func (l *layout) matrix(p Panel, b Box) {
	rows, cols := float64(len(l.Categories)), float64(len(l.Series))
	w, h := (b.X1-b.X0)/cols, (b.Y1-b.Y0)/rows
	for k := range l.Series {
		x := b.X0 + float64(k)*w
		l.s.Line([]Pt{{x, b.Y0}, {x, b.Y1}}, rule, 1, nil)
	}
	for k := range l.Categories {
		y := b.Y0 + float64(k)*h
		l.s.Line([]Pt{{b.X0, y}, {b.X1, y}}, rule, 1, nil)
	}
	most := math.Min(w, h)*0.5 - 1.5
	for k, q := range p.known() {
		x, y := b.X0+(float64(k)+0.5)*w, b.Y0+(q.X+0.5)*h
		r := most * math.Sqrt(math.Min(math.Abs(q.Y), 1))
		if q.Y < 0 {
			l.s.Mark(disc, x, y, r, hues[1])
			l.s.Mark(disc, x, y, math.Max(r-1.8, 0), faint(rgb(0xFFFFFF), 150))
		} else {
			l.s.Mark(disc, x, y, r, hues[0])
		}
	}
	// Under the columns their numbers; what they are stands left of the rows.
	for k := 0; k < len(l.Series); k += int(math.Max(1, math.Ceil(22/w))) {
		l.s.Text(Text{X: b.X0 + (float64(k)+0.5)*w, Y: b.Y1 + textSize*1.3, S: strconv.Itoa(l.rowOf(k) + 1), Size: textSize, Color: soft, Align: middle})
	}
}

// rowOf is which row a column is, or itself where it is none.
func (c *Chart) rowOf(column int) int {
	if row := slices.Index(c.Categories, c.Series[column]); row >= 0 {
		return row
	}
	return column
}

// numberRows puts numbers before the names of a matrix, which its columns are called by.
func (c *Chart) numberRows() {
	for i, n := range c.Categories {
		for k, s := range c.Series {
			if s == n {
				c.Series[k] = strconv.Itoa(i+1) + " " + n
			}
		}
		c.Categories[i] = strconv.Itoa(i+1) + " " + n
	}
}

// matrixCell is how many columns a correlation has on a screen: two decimals, or one
// digit of tenths where those have no room.
func (t *terminal) matrixCell(w int) int {
	if t.Whole || 6*len(t.Series) <= w {
		return 6
	}
	return 3
}

// matrixRow writes the correlations of a row on a screen.
func (t *terminal) matrixRow(p Panel, category, x, y, w int) {
	each := t.matrixCell(w)
	for k, pts := range p.Points {
		if v, ok := valueAt(pts, float64(category)); ok {
			s := locale.Decimal(v, 2)
			if each == 3 {
				s = locale.Decimal(v*10, 0)
			}
			mark := cell{color: 1, bold: math.Abs(v) >= 0.5}
			if v < 0 {
				mark.color = 2
			}
			t.g.textRight(x+each*(k+1), y, t.Locale.Number(locale.Minus(s)), mark)
		}
	}
}

// matrixColumns writes the numbers of the columns below.
func (t *terminal) matrixColumns(x, y, w int) {
	each := t.matrixCell(w)
	for k := range t.Series {
		t.g.textRight(x+each*(k+1), y, strconv.Itoa(t.rowOf(k)+1), cell{faint: true})
	}
}
