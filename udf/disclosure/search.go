package disclosure

import (
	"math"
	"math/rand/v2"
)

// search looks for a table in which persons stand otherwise: it moves them between the
// corners of boxes.
type search struct {
	t       *Table
	margins []Margin
	counts  []int
	change  [][]int32 // of the groups, from the truth
	// fits says whether a cell may have a count.
	fits func(n int) bool
	// price is what it costs that a group differs by so many.
	price func(m int, g, change int32) float64
}

func newSearch(t *Table, margins []Margin, counts []int) *search {
	a := &search{t: t, margins: margins, counts: counts, change: make([][]int32, len(margins))}
	for m := range margins {
		a.change[m] = make([]int32, margins[m].Groups)
		for row, g := range margins[m].Group {
			a.change[m][g] += int32(a.counts[row] - t.Counts[row])
		}
	}
	return a
}

// alternative is a table without counts from 1 to threshold-1 in which as few groups of the
// margins as can be found differ from the true ones, in large tables as few of those of
// few dimensions: the rounded table, from which persons are then moved.
func alternative(t *Table, threshold int, margins []Margin, b *boxes) []int {
	a := newSearch(t, margins, Round(t, threshold))
	a.fits = func(n int) bool { return n == 0 || n >= threshold }
	if len(t.Counts) > largeTable {
		level(t, a.counts, threshold, margins, b)
		return a.counts
	}
	a.price = func(m int, _, change int32) float64 {
		switch {
		case change == 0:
			return 0
		case m == 0:
			return 100
		}
		return 1
	}
	a.run(b, threshold, 3)
	return a.counts
}

// largeTable is how many cells a table has in which the groups of few dimensions are kept
// before others: those of many are mostly hidden anyway, and people publish the former.
const largeTable = 3000

// run goes on for some seconds at most.
func (a *search) run(b *boxes, most int, seed uint64) {
	random := rand.New(rand.NewPCG(1, seed))
	n := len(a.t.Counts)
	steps := max(min(max(4000*n, 200_000), 40_000_000/(1+len(a.margins))), n)
	var kept []corner
	for step := range steps {
		if a.t.stopped(step, 4096) {
			return
		}
		row, other := random.IntN(n), random.IntN(n)
		if n > 10000 { // near ones, which more often have cells for corners
			other = min(n-1, max(0, row+random.IntN(2001)-1000))
		}
		sides := b.differ(row, other) & uint(random.Uint64()|random.Uint64())
		by := 1
		if random.IntN(3) == 0 {
			by += random.IntN(most)
		}
		if random.IntN(2) == 0 {
			by = -by
		}
		corners := b.box(row, sides, other)
		if corners == nil || !a.fit(corners, by) {
			continue
		}
		kept = append(kept[:0], corners...)
		cost := a.move(kept, by)
		heat := 3 * math.Pow(0.01, float64(step)/float64(steps))
		if cost > 0 && random.Float64() >= math.Exp(-cost/heat) {
			a.move(kept, -by)
		}
	}
}

func (a *search) fit(corners []corner, by int) bool {
	for _, c := range corners {
		if n := a.counts[c.row] + c.sign*by; n < 0 || !a.fits(n) {
			return false
		}
	}
	return true
}

// move moves persons and gives what that costs.
func (a *search) move(corners []corner, by int) (cost float64) {
	for _, c := range corners {
		a.counts[c.row] += c.sign * by
		for m := range a.margins {
			g := a.margins[m].Group[c.row]
			before := a.change[m][g]
			after := before + int32(c.sign*by)
			a.change[m][g] = after
			cost += a.price(m, g, after) - a.price(m, g, before)
		}
	}
	return cost
}
