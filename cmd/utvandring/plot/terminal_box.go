package plot

import "math"

// boxRow draws the values of a category on a row: whiskers, box and median, or the
// values themselves where they are few.
func (t *terminal) boxRow(p Panel, category, x, y int, column func(float64) int) {
	t.box(byPlace(p)[float64(category)], func(v float64, c cell) { t.g.set(x+column(v), y, c) }, column, false)
}

// boxColumns draws them upwards, over years.
func (t *terminal) boxColumns(p Panel, x, y, w, h int) {
	for category, pts := range byPlace(p) {
		at := x + int((category+0.5)*float64(w)/float64(len(t.Categories)))
		up := func(v float64) int { return t.row(v, h) }
		t.box(pts, func(v float64, c cell) { t.g.set(at, y+up(v), c) }, up, true)
	}
}

// box puts the parts in turn, those that matter most last; place says which cell a value
// has, so that what is between is filled.
func (t *terminal) box(pts []Point, put func(float64, cell), place func(float64) int, upright bool) {
	whisker, middle := t.either('─', '-'), t.either('┃', '#')
	if upright {
		whisker, middle = t.either('│', '|'), t.either('━', '#')
	}
	if len(pts) < few {
		for _, q := range pts {
			put(q.Y, cell{r: t.glyph(0), color: 1})
		}
		return
	}
	s := fiveNumbers(pts)
	for _, q := range pts {
		put(q.Y, cell{r: t.either('·', '.'), color: 1})
	}
	fill := func(from, to float64, c cell) {
		n := max(1, 2*int(math.Abs(float64(place(to)-place(from)))))
		for k := 0; k <= n; k++ {
			share := float64(k) / float64(n)
			put(from*(1-share)+to*share, c)
		}
	}
	fill(s.low, s.high, cell{r: whisker, faint: true})
	fill(s.q1, s.q3, cell{r: t.either('▒', '='), color: 1})
	put(s.median, cell{r: middle, bold: true})
}
