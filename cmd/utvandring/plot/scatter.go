package plot

import (
	"slices"

	"utvandring/udf/natural"
)

// scatter draws a measure against another: marks, in the order of their years joined by
// a hair line, and the labels for which there is room beside their mark.
func (l *layout) scatter(p Panel, b Box) {
	var taken []Box
	const r = 3.6
	for _, q := range p.known() {
		at := l.place(b, q.X, q.Y)
		taken = append(taken, Box{at.X - r, at.Y - r, at.X + r, at.Y + r})
	}
	for i, pts := range p.Points {
		if l.joined {
			if path := l.placed(b, inYears(pts)); len(path) > 1 {
				l.s.Line(path, faint(l.hue(i), 110), 1, nil)
			}
		}
		for _, at := range l.placed(b, valued(pts)) {
			l.s.Mark(i, at.X, at.Y, r, l.hue(i))
		}
	}
	for i, pts := range p.Points {
		years := inYears(pts)
		for k := range years {
			// The ends first, then every other: those between may have no room.
			q := years[(k+len(years)-1)%len(years)]
			if q.Label != "" {
				l.beside(q, b, l.place(b, q.X, q.Y), i, &taken)
			}
		}
	}
}

// beside writes the label of a point where it is upon nothing, or not at all.
func (l *layout) beside(q Point, b Box, at Pt, series int, taken *[]Box) {
	const gap = 6.0
	for _, place := range []struct {
		x, y  float64
		align int
	}{{gap, 3.5, left}, {-gap, 3.5, right}, {0, -gap, middle}, {0, gap + 8, middle}, {gap, -gap + 2, left}, {-gap, -gap + 2, right}, {gap, gap + 5, left}, {-gap, gap + 5, right}} {
		text := Text{X: at.X + place.x, Y: at.Y + place.y, S: q.Label, Size: valueSize, Color: deep(l.hue(series)), Align: place.align}
		box := text.Box()
		free := box.X0 >= b.X0 && box.X1 <= b.X1 && box.Y0 >= b.Y0 && box.Y1 <= b.Y1
		for _, other := range *taken {
			free = free && !box.Overlaps(other)
		}
		if free {
			*taken = append(*taken, l.s.Text(text))
			return
		}
	}
}

// inYears are points in the order of their labels, where those are numbers.
func inYears(pts []Point) []Point {
	out := valued(pts)
	slices.SortStableFunc(out, func(a, b Point) int { return natural.Compare(a.Label, b.Label) })
	return out
}
