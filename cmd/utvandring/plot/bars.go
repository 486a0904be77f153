package plot

import (
	"math"

	"utvandring/cmd/utvandring/number"
)

const valueSize = 10.5

// rowHeight is the height of one category of lying bars.
func (l *layout) rowHeight() float64 {
	n := len(l.Series)
	switch {
	case l.Kind == KindCorrelation && n <= 12:
		return 32
	case l.Kind == KindStack || l.Kind == KindPoint || l.Kind == KindCorrelation || n == 1:
		return 21
	case n == 2:
		return 28
	}
	return float64(n)*10 + 9
}

// valued reports whether bars carry their values: where there are few beside
// each other, and room.
func (l *layout) valued() bool {
	left, right := l.valueRoom()
	return left+right > 0
}

// valueRoom is the width of the widest values at the ends of bars to the left and to the right,
// 0 where they carry none.
func (l *layout) valueRoom() (left, right float64) {
	if l.Kind != KindBar || len(l.Series) > 2 || len(l.Panels) > 2 {
		return 0, 0
	}
	label := l.valueLabels()
	for q := range l.all() {
		room := &right
		if q.Y < 0 {
			room = &left
		}
		*room = math.Max(*room, TextWidth(label(q.Y), valueSize, false)+6)
	}
	if left > 0 && left+right > 0.3*l.w {
		return 0, 0
	}
	return left, right
}

// lyingBars draws horizontal bars: grouped, or on top of each other.
func (l *layout) lyingBars(p Panel, b Box) {
	row := (b.Y1 - b.Y0) / float64(len(l.Categories))
	x := func(v float64) float64 { return b.X0 + l.Y.at(v)*(b.X1-b.X0) }
	bar := math.Min(row*0.72, 18)
	if l.Kind != KindStack {
		bar = math.Min((row-7)/float64(len(l.Series)), 15)
	}
	ends, label, valued := newEnds(), l.valueLabels(), l.valued()
	for i, pts := range p.Points {
		for _, q := range pts {
			if math.IsNaN(q.Y) {
				continue
			}
			mid := b.Y0 + (q.X+0.5)*row
			from, to := ends.next(l.Kind, q)
			y0 := mid - bar/2
			if l.Kind != KindStack {
				y0 = mid - bar*float64(len(l.Series))/2 + float64(i)*bar
			}
			l.s.Rect(x(from), y0, x(to), y0+bar-0.8, l.fill(i))
			tip := q.Y
			if !math.IsNaN(q.Low) && !math.IsNaN(q.High) && l.Kind == KindBar {
				l.whisker(Pt{x(q.Low), y0 + bar/2}, Pt{x(q.High), y0 + bar/2})
				tip = math.Max(tip, q.High)
			}
			if l.Kind == KindStack {
				if i > 0 {
					l.s.Line([]Pt{{x(from), y0}, {x(from), y0 + bar - 0.8}}, rgb(0xFFFFFF), 1, nil)
				}
				if s := l.Locale.Number(partLabel(q.Y, l.Y.Max)); TextWidth(s, valueSize, false)+6 < x(to)-x(from) {
					l.s.Text(Text{X: (x(from) + x(to)) / 2, Y: y0 + bar/2 + valueSize*0.33, S: s, Size: valueSize, Color: on(l.fill(i)), Align: middle})
				}
			} else if valued {
				at, align := x(tip)+4, left
				if q.Y < 0 {
					at, align = x(math.Min(q.Y, orElse(q.Low, q.Y)))-4, right
				}
				l.s.Text(Text{X: at, Y: y0 + bar/2 + valueSize*0.33, S: label(q.Y), Size: valueSize, Color: ink, Align: align})
			}
		}
	}
}

// partLabel writes a part of a stack: whole per cents, or two decimals of a fraction.
func partLabel(v, max float64) string {
	if max > 10 {
		return typeset(number.Decimal(v, 0))
	}
	return number.Decimal(v, 2)
}

func orElse(v, other float64) float64 {
	if math.IsNaN(v) {
		return other
	}
	return v
}

// ends remembers how far each place is filled, up and down from zero.
type ends struct{ up, down map[float64]float64 }

func newEnds() ends { return ends{map[float64]float64{}, map[float64]float64{}} }

// next gives where a point begins and ends: bars of a stack add up on their side of
// zero, areas to one sum, and all else begins at zero.
func (e ends) next(kind string, q Point) (from, to float64) {
	side := e.up
	switch {
	case kind != KindStack && kind != KindArea:
		return 0, q.Y
	case kind == KindStack && q.Y < 0:
		side = e.down
	}
	from = side[q.X]
	side[q.X] += q.Y
	return from, side[q.X]
}

// whisker draws an interval with short ends across it.
func (l *layout) whisker(a, z Pt) {
	l.s.Line([]Pt{a, z}, ink, 1, nil)
	for _, p := range []Pt{a, z} {
		if a.Y == z.Y {
			l.s.Line([]Pt{{p.X, p.Y - 3}, {p.X, p.Y + 3}}, ink, 1, nil)
		} else {
			l.s.Line([]Pt{{p.X - 3, p.Y}, {p.X + 3, p.Y}}, ink, 1, nil)
		}
	}
}

// standingBars draws bars over years or other x, grouped or stacked.
func (l *layout) standingBars(p Panel, b Box) {
	place := (b.X1 - b.X0) / float64(len(l.Categories))
	group := place * 0.76
	width := group
	if l.Kind != KindStack {
		width = group / float64(len(l.Series))
	}
	y := func(v float64) float64 { return b.Y1 - l.Y.at(v)*(b.Y1-b.Y0) }
	ends := newEnds()
	for i, pts := range p.Points {
		for _, q := range pts {
			if math.IsNaN(q.Y) {
				continue
			}
			x0 := b.X0 + (q.X+0.5)*place - group/2
			if l.Kind != KindStack {
				x0 += float64(i) * width
			}
			from, to := ends.next(l.Kind, q)
			hair := math.Min(0.8, width*0.1)
			l.s.Rect(x0, y(math.Max(from, to)), x0+width-hair, y(math.Min(from, to)), l.fill(i))
			if l.Kind == KindStack && i > 0 {
				l.s.Line([]Pt{{x0, y(from)}, {x0 + width - hair, y(from)}}, rgb(0xFFFFFF), 0.8, nil)
			}
			if !math.IsNaN(q.Low) && !math.IsNaN(q.High) && l.Kind == KindBar {
				l.whisker(Pt{x0 + width/2, y(q.Low)}, Pt{x0 + width/2, y(q.High)})
			}
		}
	}
}

// dots draws a value per category as a mark on a row, with its interval.
func (l *layout) dots(p Panel, b Box) {
	row := (b.Y1 - b.Y0) / float64(len(l.Categories))
	x := func(v float64) float64 { return b.X0 + l.Y.at(v)*(b.X1-b.X0) }
	for i, pts := range p.Points {
		for _, q := range pts {
			apart := 5.0
			if l.Kind == KindCoefficient {
				apart = 9
			}
			mid := b.Y0 + (q.X+0.5)*row + (float64(i)-float64(len(l.Series)-1)/2)*math.Min(apart, row/float64(len(l.Series)+1))
			if !math.IsNaN(q.Low) && !math.IsNaN(q.High) {
				l.s.Line([]Pt{{x(q.Low), mid}, {x(q.High), mid}}, l.hue(i), 1.4, nil)
			}
			if !math.IsNaN(q.Y) {
				l.s.Mark(i, x(q.Y), mid, 3.6, l.hue(i))
			}
		}
	}
}
