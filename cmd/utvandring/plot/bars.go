package plot

import (
	"math"

	"utvandring/cmd/utvandring/locale"
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

// bars draws bars from zero, lying or standing: grouped, or on top of each other.
func (l *layout) bars(p Panel, b Box) {
	lying, stacked, n := l.Horizontal(), l.Kind == KindStack, float64(len(l.Series))
	if stacked {
		n = 1
	}
	begin, place := b.X0, (b.X1-b.X0)/float64(len(l.Categories))
	group := place * 0.76
	thick := group / n
	hair, seam := math.Min(0.8, thick*0.1), 0.8
	at := func(along, across float64) Pt { return Pt{across, l.onAxis(b, along)} }
	if lying {
		begin, place = b.Y0, (b.Y1-b.Y0)/float64(len(l.Categories))
		thick = math.Min((place-7)/n, 15)
		if stacked {
			thick = math.Min(place*0.72, 18)
		}
		group, hair, seam = thick*n, 0.8, 1
		at = func(along, across float64) Pt { return Pt{l.onAxis(b, along), across} }
	}
	atLeft, atRight := l.valueRoom()
	ends, label := newEnds(), l.valueLabels()
	for i, q := range p.known() {
		side := begin + (q.X+0.5)*place - group/2
		if !stacked {
			side += float64(i) * thick
		}
		from, to := ends.next(l.Kind, q)
		a, z := at(from, side), at(to, side+thick-hair)
		if lying || from > to {
			l.s.Rect(a.X, a.Y, z.X, z.Y, l.fill(i))
		} else {
			l.s.Rect(a.X, z.Y, z.X, a.Y, l.fill(i))
		}
		tip := q.Y
		switch {
		case stacked && i > 0:
			l.s.Line([]Pt{a, at(from, side+thick-hair)}, rgb(0xFFFFFF), seam, nil)
		case !stacked && q.ranged():
			l.whisker(at(q.Low, side+thick/2), at(q.High, side+thick/2))
			tip = math.Max(tip, q.High)
		}
		text := Text{Y: side + thick/2 + valueSize*0.33, S: label(q.Y), Size: valueSize, Color: ink}
		switch {
		case lying && stacked:
			text.X, text.S, text.Color, text.Align = (a.X+z.X)/2, l.Locale.Number(partLabel(q.Y, l.Y.Max)), on(l.fill(i)), middle
			if TextWidth(text.S, valueSize, false)+6 < z.X-a.X {
				l.s.Text(text)
			}
		case lying && atLeft+atRight > 0:
			if text.X = l.onAxis(b, tip) + 4; q.Y < 0 {
				text.X, text.Align = l.onAxis(b, math.Min(q.Y, orElse(q.Low, q.Y)))-4, right
			}
			l.s.Text(text)
		}
	}
}

// partLabel writes a part of a stack: whole per cents, or two decimals of a fraction.
func partLabel(v, max float64) string {
	if max > 10 {
		return typeset(locale.Decimal(v, 0))
	}
	return locale.Decimal(v, 2)
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
