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
	// weight is what it costs that a group differs, and wanted, where not nil, what it
	// brings that a group has become another count.
	weight func(m int, g int32) float64
	wanted func(m int, g, change int32) float64
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
// margins as can be found differ from the true ones: the rounded table, from which
// persons are then moved.
func alternative(t *Table, threshold int, margins []Margin, b *boxes) []int {
	a := newSearch(t, margins, Round(t, threshold))
	a.fits = func(n int) bool { return n == 0 || n >= threshold }
	a.weight = func(m int, _ int32) float64 {
		if m == 0 {
			return 100
		}
		return 1
	}
	a.run(b, threshold, 3)
	return a.counts
}

// run goes on for some seconds at most.
func (a *search) run(b *boxes, most int, seed uint64) {
	random := rand.New(rand.NewPCG(1, seed))
	n := len(a.t.Counts)
	steps := max(min(max(4000*n, 200_000), 40_000_000/(1+len(a.margins))), n)
	var kept []corner
	for step := range steps {
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
		corners := b.box(row, other, sides)
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
			switch {
			case before == 0:
				cost += a.weight(m, g)
			case after == 0:
				cost -= a.weight(m, g)
			}
			if a.wanted != nil {
				cost -= a.wanted(m, g, after) - a.wanted(m, g, before)
			}
		}
	}
	return cost
}
