package plot

import (
	"cmp"
	"image/color"
	"math"
	"slices"
)

// place maps a point into a panel.
func (l *layout) place(b Box, x, y float64) Pt {
	return Pt{b.X0 + l.X.at(x)*(b.X1-b.X0), l.onAxis(b, y)}
}

// placed maps the values of points.
func (l *layout) placed(b Box, pts []Point) (path []Pt) {
	for _, q := range pts {
		path = append(path, l.place(b, q.X, q.Y))
	}
	return path
}

// lines draws intervals as bands, lines broken where a value is missing, marks
// that tell them apart in print, and the names at their ends.
func (l *layout) lines(p Panel, b Box) {
	for i, pts := range p.Points {
		if l.Kind != KindFan {
			l.band(l.path(pts), b, l.hue(i))
		}
	}
	for i, pts := range p.Points {
		for _, run := range runs(pts) {
			path := l.placed(b, l.path(run))
			if len(path) == 1 {
				l.s.Mark(i, path[0].X, path[0].Y, 3, l.hue(i))
				continue
			}
			l.s.Line(path, l.hue(i), 2, dashes[i%len(dashes)])
		}
	}
	if len(l.Series) > 1 {
		for i, pts := range p.Points {
			l.marks(i, pts, b)
		}
	}
	if l.direct {
		l.endNames(p, b)
	}
}

// marks stand on the line about every 36 pixels, each series at its own
// places, so that they do not hide each other.
func (l *layout) marks(series int, pts []Point, b Box) {
	have := l.placed(b, valued(pts))
	if len(have) == 0 {
		return
	}
	apart := 36.0
	if len(l.Panels) > 1 {
		apart = 45
	}
	every := 1
	if len(have) > 1 {
		every = max(1, int(math.Round(apart/math.Max((have[len(have)-1].X-have[0].X)/float64(len(have)-1), 1e-9))))
	}
	for k := series % every; k < len(have); k += every {
		l.s.Mark(series, have[k].X, have[k].Y, 3, l.hue(series))
	}
}

// valued are the points that have a value.
func valued(pts []Point) []Point {
	return slices.DeleteFunc(slices.Clone(pts), func(q Point) bool { return math.IsNaN(q.Y) })
}

// runs parts a line where values are missing.
func runs(pts []Point) (out [][]Point) {
	for i, q := range pts {
		if math.IsNaN(q.Y) {
			continue
		}
		if i == 0 || math.IsNaN(pts[i-1].Y) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], q)
	}
	return out
}

// band fills between Low and High.
func (l *layout) band(pts []Point, b Box, c color.NRGBA) {
	var upper, lower []Pt
	flush := func() {
		if len(upper) > 1 {
			l.s.between(upper, lower, faint(c, 46))
		}
		upper, lower = nil, nil
	}
	for _, q := range pts {
		if !q.ranged() {
			flush()
			continue
		}
		upper = append(upper, l.place(b, q.X, q.High))
		lower = append(lower, l.place(b, q.X, q.Low))
	}
	flush()
}

// endNames writes each series' name at the end of its line, pushed apart where
// lines end close together, with a thin leader to where it belongs.
func (l *layout) endNames(p Panel, b Box) {
	type end struct {
		series int
		tip    Pt
	}
	var ends []end
	for i, pts := range p.Points {
		if have := l.placed(b, valued(pts)); len(have) > 0 {
			ends = append(ends, end{i, have[len(have)-1]})
		}
	}
	slices.SortStableFunc(ends, func(a, b end) int { return cmp.Compare(a.tip.Y, b.tip.Y) })
	ys := make([]float64, len(ends))
	for i, e := range ends {
		ys[i] = e.tip.Y
	}
	spread(ys, textSize*1.15, b.Y0, b.Y1)
	for i, e := range ends {
		c := l.hue(e.series)
		if math.Abs(ys[i]-e.tip.Y) > 3 || e.tip.X < b.X1-1 {
			l.s.Line([]Pt{{e.tip.X + 3, e.tip.Y}, {b.X1 + 9, ys[i]}}, c, 0.8, nil)
		}
		l.s.Text(Text{X: b.X1 + 11, Y: ys[i] + textSize*0.34, S: l.Series[e.series], Size: textSize, Bold: true, Color: deep(c)})
	}
}

// spread moves sorted positions at least apart from each other and into
// lo to hi where there is room, each as little as it can.
func spread(ys []float64, apart, lo, hi float64) {
	type block struct {
		from, to int // ys[from:to] stand apart from each other without slack
		mean     float64
	}
	top := func(b block) float64 {
		half := float64(b.to-b.from-1) / 2 * apart
		return math.Max(lo, math.Min(hi-2*half, b.mean-half))
	}
	var blocks []block
	for i, y := range ys {
		blocks = append(blocks, block{i, i + 1, y})
		for len(blocks) > 1 {
			a, b := blocks[len(blocks)-2], blocks[len(blocks)-1]
			if top(b)-(top(a)+float64(a.to-a.from-1)*apart) >= apart-1e-9 {
				break
			}
			na, nb := float64(a.to-a.from), float64(b.to-b.from)
			blocks = append(blocks[:len(blocks)-2], block{a.from, b.to, (a.mean*na + b.mean*nb) / (na + nb)})
		}
	}
	for _, b := range blocks {
		for k := b.from; k < b.to; k++ {
			ys[k] = top(b) + float64(k-b.from)*apart
		}
	}
}

// areas stacks the series from the first one up.
func (l *layout) areas(p Panel, b Box) {
	ends := newEnds()
	for i, pts := range p.Points {
		for _, run := range runs(pts) {
			var upper, lower []Pt
			for _, q := range run {
				from, to := ends.next(KindArea, q)
				lower = append(lower, l.place(b, q.X, from))
				upper = append(upper, l.place(b, q.X, to))
			}
			if len(run) == 1 { // between missing values
				l.s.Line([]Pt{upper[0], lower[0]}, l.fill(i), 2, nil)
				continue
			}
			l.s.between(upper, lower, l.fill(i))
			l.s.Line(upper, rgb(0xFFFFFF), 1, nil)
		}
	}
}

// points draws marks only, with whiskers where there are intervals: over x, or on the rows
// of categories, where the series stand a little apart.
func (l *layout) points(p Panel, b Box) {
	at, line, r := func(_ int, x, y float64) Pt { return l.place(b, x, y) }, 1.0, 3.0
	if l.Horizontal() {
		row, n, apart := (b.Y1-b.Y0)/float64(len(l.Categories)), float64(len(l.Series)), 5.0
		if l.Kind == KindCoefficient {
			apart = 9
		}
		at, line, r = func(i int, x, y float64) Pt {
			return Pt{l.onAxis(b, y), b.Y0 + (x+0.5)*row + (float64(i)-(n-1)/2)*math.Min(apart, row/(n+1))}
		}, 1.4, 3.6
	}
	for i, pts := range p.Points {
		for _, q := range pts {
			if q.ranged() {
				l.s.Line([]Pt{at(i, q.X, q.Low), at(i, q.X, q.High)}, l.hue(i), line, nil)
			}
			if !math.IsNaN(q.Y) {
				mark := at(i, q.X, q.Y)
				l.s.Mark(i, mark.X, mark.Y, r, l.hue(i))
			}
		}
	}
}

// path is what a line goes through: in steps, it keeps its value until the next row. A
// share that survives changes when somebody leaves, and not before.
func (c *Chart) path(pts []Point) []Point {
	if c.Kind != KindStep {
		return pts
	}
	var out []Point
	for i, q := range pts {
		if i > 0 {
			corner := pts[i-1]
			corner.X = q.X
			out = append(out, corner)
		}
		out = append(out, q)
	}
	return out
}

// fan fills between the quantiles, the narrow ones upon the wide and so darker, each
// as far as it is known.
func (l *layout) fan(p Panel, b Box) {
	for i, pts := range p.Points {
		if len(pts) == 0 {
			continue
		}
		wide := 0
		for _, q := range pts {
			wide = max(wide, len(q.Bands))
		}
		for k := range wide {
			ends := make([]Point, len(pts))
			for j, q := range pts {
				ends[j] = noValue(q.X)
				if k < len(q.Bands) {
					ends[j].Low, ends[j].High = q.Bands[k][0], q.Bands[k][1]
				}
			}
			l.band(ends, b, l.hue(i))
		}
	}
}
