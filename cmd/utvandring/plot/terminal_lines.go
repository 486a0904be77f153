package plot

import (
	"cmp"
	"math"
	"slices"
)

// curves draws lines: Braille dots, or characters where there is no Unicode.
// Marks on the lines and names at their ends tell them apart without colour.
func (t *terminal) curves(p Panel, x, y, w, h int) {
	fine, high := 2, 4
	if !t.Unicode {
		fine, high = 1, 1
	}
	at := func(q Point, v float64) (int, int) {
		return x*fine + int(math.Round(t.X.at(q.X)*float64(w*fine-1))), y*high + int(math.Round((1-t.Y.at(v))*float64(h*high-1)))
	}
	put := func(series int) func(int, int) {
		return func(px, py int) {
			if t.Unicode {
				t.g.dot(px, py, series+1)
			} else {
				t.g.set(px, py, cell{r: '.', color: series + 1})
			}
		}
	}
	path := func(pts []Point, value func(Point) float64, every, series int) {
		for k, q := range pts {
			if math.IsNaN(value(q)) {
				continue
			}
			x1, y1 := at(q, value(q))
			if k == 0 || math.IsNaN(value(pts[k-1])) {
				put(series)(x1, y1)
				continue
			}
			x0, y0 := at(pts[k-1], value(pts[k-1]))
			t.g.stroke(x0, y0, x1, y1, every, put(series))
		}
	}
	if len(t.Series) == 1 { // the bands of several would be a swarm of dots
		path(t.path(p.Points[0]), func(q Point) float64 { return q.Low }, 3, 0)
		path(t.path(p.Points[0]), func(q Point) float64 { return q.High }, 3, 0)
	}
	for i, pts := range p.Points {
		for _, run := range runs(pts) {
			path(t.path(run), func(q Point) float64 { return q.Y }, 1, i)
		}
	}
	for i, pts := range p.Points {
		t.curveMarks(i, pts, w, func(q Point) (int, int) {
			a, b := at(q, q.Y)
			return a / fine, b / high
		})
	}
	if t.drawEnd {
		t.lineNames(p, x+w, y, h)
	}
}

// curveMarks puts a series' mark on its line about every ten columns. One
// line alone needs none, but for points that no line joins.
func (t *terminal) curveMarks(series int, pts []Point, w int, at func(Point) (int, int)) {
	if len(t.Series) == 1 && t.Unicode {
		return
	}
	have := valued(pts)
	every := 1
	if t.Unicode && len(have) > 1 {
		every = max(1, int(math.Round(10*float64(len(have))/float64(w))))
	}
	for k := (series * every / max(1, len(t.Series))) % every; k < len(have); k += every {
		cx, cy := at(have[k])
		t.g.set(cx, cy, cell{r: t.glyph(series), color: series + 1})
	}
}

// lineNames writes each line's name beside its end, one to a row.
func (t *terminal) lineNames(p Panel, x, y, h int) {
	type end struct {
		series int
		at     float64
	}
	var ends []end
	for i, pts := range p.Points {
		if have := valued(pts); len(have) > 0 {
			ends = append(ends, end{i, (1 - t.Y.at(have[len(have)-1].Y)) * float64(h-1)})
		}
	}
	slices.SortStableFunc(ends, func(a, b end) int { return cmp.Compare(a.at, b.at) })
	ys := make([]float64, len(ends))
	for i, e := range ends {
		ys[i] = math.Round(e.at)
	}
	spread(ys, 1, 0, float64(h-1))
	last := -1
	for i, e := range ends {
		// Blocks are spread about their mean, which may lie between two rows.
		k := max(int(math.Round(ys[i])), last+1)
		last = k
		t.g.set(x+1, y+k, cell{r: t.glyph(e.series), color: e.series + 1})
		t.g.text(x+3, y+k, t.Series[e.series], cell{color: e.series + 1})
	}
}

// scatter draws marks only.
func (t *terminal) scatter(p Panel, x, y, w, h int) {
	for i, q := range p.known() {
		t.g.set(x+int(math.Round(t.X.at(q.X)*float64(w-1))), y+t.row(q.Y, h), cell{r: t.glyph(i), color: i + 1})
	}
	for i, pts := range p.Points {
		for _, q := range inYears(pts) {
			// Right of its mark, where nothing stands.
			px, py, n := x+int(math.Round(t.X.at(q.X)*float64(w-1)))+1, y+t.row(q.Y, h), t.g.width(q.Label)
			free := n > 0 && px+n < x+w
			for k := -1; free && k <= n; k++ {
				free = k < 0 || t.g.at(px+k, py).r == ' '
			}
			if free {
				t.g.text(px, py, q.Label, cell{color: i + 1, faint: true})
			}
		}
	}
}

// eighths fill a character from below.
var eighths = []rune(" ▁▂▃▄▅▆▇█")

// fillColumns draws standing bars, stacks and areas column by column. A year
// has place columns, the last of which is left free where there is room.
func (t *terminal) fillColumns(p Panel, x, y, w, h int) {
	place := 0
	if t.Categories != nil {
		place = max(1, w/len(t.Categories))
	}
	for col := range w {
		if t.Kind == KindBar {
			width := max(1, (place-1)/len(t.Series))
			if series := col % place / width; series < len(t.Series) {
				if v, ok := valueAt(p.Points[series], float64(col/place)); ok {
					t.column(x+col, y, h, 0, v, series, len(t.Series) == 1 || t.Color)
				}
			}
			continue
		}
		if place > 2 && col%place == place-1 {
			continue
		}
		ends := newEnds()
		for series, pts := range p.Points {
			var v float64
			var ok bool
			if place > 0 {
				v, ok = valueAt(pts, float64(col/place))
			} else {
				v, ok = between(pts, t.X.Min+(float64(col)+0.5)/float64(w)*(t.X.Max-t.X.Min))
			}
			if ok {
				from, to := ends.next(t.Kind, Point{Y: v})
				t.column(x+col, y, h, from, to, series, false)
			}
		}
	}
}

// column fills one column of characters from one value to another.
func (t *terminal) column(x, y, h int, from, to float64, series int, fine bool) {
	if from > to {
		from, to = to, from
	}
	for k := range h {
		lo := t.Y.Min + (t.Y.Max-t.Y.Min)*float64(h-1-k)/float64(h)
		hi := t.Y.Min + (t.Y.Max-t.Y.Min)*float64(h-k)/float64(h)
		covered := (math.Min(hi, to) - math.Max(lo, from)) / (hi - lo)
		switch {
		case fine && t.Unicode && from <= lo && covered > 0:
			t.g.set(x, y+k, cell{r: eighths[min(8, int(math.Round(covered*8)))], color: series + 1})
		case covered >= 0.5:
			t.g.set(x, y+k, cell{r: t.fillRune(series), color: series + 1})
		}
	}
}

func valueAt(pts []Point, x float64) (float64, bool) {
	for _, q := range pts {
		if q.X == x && !math.IsNaN(q.Y) {
			return q.Y, true
		}
	}
	return 0, false
}

// between reads a line at x.
func between(pts []Point, x float64) (float64, bool) {
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		if a.X <= x && x <= b.X && b.X > a.X && !math.IsNaN(a.Y) && !math.IsNaN(b.Y) {
			return a.Y + (b.Y-a.Y)*(x-a.X)/(b.X-a.X), true
		}
	}
	return 0, false
}
