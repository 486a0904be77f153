package plot

import (
	"math"
	"slices"
)

// spreadOf are Tukey's five numbers of some values: quartiles as quantile_cont has them
// (R's type 7), and the farthest values within 1.5 times their distance.
type spreadOf struct{ low, q1, median, q3, high float64 }

func fiveNumbers(pts []Point) spreadOf {
	v := make([]float64, len(pts))
	for i, q := range pts {
		v[i] = q.Y
	}
	slices.Sort(v)
	quantile := func(p float64) float64 {
		at := p * float64(len(v)-1)
		k := min(int(at), len(v)-1)
		next := v[min(k+1, len(v)-1)]
		// Not v[k] + share * (next - v[k]), whose difference may be infinite.
		share := at - float64(k)
		return v[k]*(1-share) + next*share
	}
	s := spreadOf{q1: quantile(0.25), median: quantile(0.5), q3: quantile(0.75)}
	reach := 1.5 * (s.q3 - s.q1)
	s.low, s.high = s.q1, s.q3
	for _, x := range v {
		if x >= s.q1-reach {
			s.low = math.Min(s.low, x)
		}
		if x <= s.q3+reach {
			s.high = math.Max(s.high, x)
		}
	}
	return s
}

// few values are shown themselves: a box of them would hide how few they are.
const few = 5

// byPlace gathers the values of a panel by their category.
func byPlace(p Panel) map[float64][]Point {
	out := map[float64][]Point{}
	for _, q := range p.known() {
		out[q.X] = append(out[q.X], q)
	}
	return out
}

// boxes draws the values of each category as dots and, where they are not few, the box
// of their quartiles, the line of their median and whiskers. Those beyond have their names.
func (l *layout) boxes(p Panel, b Box) {
	length, n := b.X1-b.X0, float64(len(l.Categories))
	if l.Horizontal() {
		length = b.Y1 - b.Y0
	}
	at := func(x, y float64) Pt {
		if l.Horizontal() {
			return Pt{l.onAxis(b, y), b.Y0 + (x+0.5)*length/n}
		}
		return Pt{b.X0 + (x+0.5)*length/n, l.onAxis(b, y)}
	}
	across := length / n
	half := math.Min(0.32*across, 9) / across
	c := l.hue(0)
	groups := byPlace(p)
	var taken []Box // by boxes, whiskers and dots, which no name stands upon
	box := func(x, from, to, half float64) Box { return around([]Pt{at(x-half, from), at(x+half, to)}) }
	var beyond []Point
	for k := range l.Categories {
		x, pts := float64(k), groups[float64(k)]
		s := spreadOf{low: math.Inf(-1), high: math.Inf(1)}
		if len(pts) >= few {
			s = fiveNumbers(pts)
			q := box(x, s.q1, s.q3, half)
			l.s.Rect(q.X0, q.Y0, q.X1, q.Y1, pair[0])
			l.s.Line([]Pt{at(x, s.low), at(x, s.q1)}, c, 1.2, nil)
			l.s.Line([]Pt{at(x, s.q3), at(x, s.high)}, c, 1.2, nil)
			taken = append(taken, q, box(x, s.low, s.high, 2/across))
		}
		for _, q := range pts {
			dot := at(x, q.Y)
			l.s.Mark(disc, dot.X, dot.Y, 2, faint(c, 150))
			if q.Y < s.low || q.Y > s.high {
				taken = append(taken, Box{dot.X - 2, dot.Y - 2, dot.X + 2, dot.Y + 2})
				beyond = append(beyond, q)
			}
		}
		if len(pts) >= few {
			l.s.Line([]Pt{at(x-half, s.median), at(x+half, s.median)}, ink, 2.2, nil)
		}
	}
	for _, q := range beyond {
		if q.Label != "" {
			l.beside(q, b, at(q.X, q.Y), 0, &taken)
		}
	}
}

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
