package plot

import (
	"math"
)

// row gives the line of a value in a panel of height h.
func (t *terminal) row(v float64, h int) int {
	return int(math.Round((1-t.Y.at(v))*float64(4*h-1))) / 4
}

// valueAxis writes the values that have a line of their own, left of the first panel.
func (t *terminal) valueAxis(x, y, h int, labels bool) {
	if !labels {
		return
	}
	for k := range h {
		t.g.set(x-1, y+k, cell{r: t.either('│', '|'), faint: true})
	}
	for i, name := range t.ticks(t.Y, false) {
		k := t.row(t.Y.Ticks[i], h)
		t.g.textRight(x-1, y+k, name, cell{})
		t.g.set(x-1, y+k, cell{r: t.either('┤', '+'), faint: true})
	}
}

// axisBelow draws the x axis; in small panels it has only its labels.
func (t *terminal) axisBelow(x, y, w int, line bool) {
	if line {
		t.g.set(x-1, y, cell{r: t.either('└', '+'), faint: true})
		for k := range w {
			t.g.set(x+k, y, cell{r: t.either('─', '-'), faint: true})
		}
		y++
	}
	measure := func(s string) float64 {
		n := t.g.width(s)
		return float64(n + max(2, n/2)) // the first and last may be moved inwards by half
	}
	type tick struct {
		at   float64
		name string
	}
	var ticks []tick
	if t.Categories != nil {
		for i, n := range t.Categories {
			ticks = append(ticks, tick{(float64(i) + 0.5) / float64(len(t.Categories)), t.g.fit(n, max(4, w/3))})
		}
	} else {
		s := t.xTicks(float64(w), measure)
		for i, n := range t.ticks(s, t.XLabel == "") {
			ticks = append(ticks, tick{s.at(s.Ticks[i]), n})
		}
		if len(ticks) < 3 && t.X.Max > t.X.Min && s.Names == nil {
			ends := Scale{Ticks: []float64{t.X.Min, t.X.Max}}
			names := t.ticks(ends, t.XLabel == "")
			ticks = []tick{{0, names[0]}, {1, names[1]}}
		}
	}
	place := func(k tick) int {
		n := t.g.width(k.name)
		left := x + int(math.Round(k.at*float64(w-1))) - n/2
		if t.right > 2 || len(t.Panels) == 1 {
			return max(x-1, min(left, t.Width-n))
		}
		return max(x, min(left, x+w-n))
	}
	free, last := x-1, math.MaxInt
	if t.overTime { // the last year before others
		last = place(ticks[len(ticks)-1])
	}
	for i, k := range ticks {
		n := t.g.width(k.name)
		if left := place(k); left >= free && (i == len(ticks)-1 || left+n < last) {
			t.g.text(left, y, k.name, cell{})
			free = left + n + 1
		}
	}
}
