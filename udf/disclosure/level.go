package disclosure

import (
	"math/rand/v2"
	"slices"
)

// level moves persons in a large table so that the groups of few dimensions become what
// they are in truth: first the whole, then those of one dimension, of two, of three. Between
// the corners of a box of k sides persons move without a change in any group of fewer
// dimensions, and of those of k only in the ones by just these.
func level(t *Table, counts []int, threshold int, margins []Margin, b *boxes) {
	random := rand.New(rand.NewPCG(1, 3))
	for size, from := 0, 0; from < len(margins); size++ {
		to := from
		for to < len(margins) && len(margins[to].Dims) <= size {
			to++
		}
		a := newSearch(t, margins[:to], counts)
		a.fits = func(n int) bool { return n == 0 || n >= threshold }
		a.price = func(_ int, _, change int32) float64 {
			if change == 0 {
				return 0
			}
			return float64(1 + max(change, -change))
		}
		for better := true; better && !t.stopped(0, 1); {
			better = false
			for m := from; m < to; m++ {
				moved := a.levelMargin(b, m, threshold, random)
				better = better || moved > len(t.Counts)/1000
			}
		}
		from = to
	}
}

// levelMargin goes once through the cells whose group in a margin is off.
func (a *search) levelMargin(b *boxes, m, threshold int, random *rand.Rand) (moved int) {
	margin := &a.margins[m]
	sides := uint(0)
	for i, side := range b.sides {
		if slices.ContainsFunc(side.dims, func(d int) bool { return slices.Contains(margin.Dims, d) }) {
			sides |= 1 << i
		}
	}
	n := len(a.t.Counts)
	var kept []corner
	for row := range n {
		if a.t.stopped(row, 256) {
			break
		}
		off := a.change[m][margin.Group[row]]
		if off == 0 {
			continue
		}
		by := 1
		if off > 0 {
			by = -1
		}
		if c := a.counts[row]; c == 0 || c == threshold && by < 0 {
			by *= threshold
		}
		if !a.fits(a.counts[row]+by) || a.counts[row]+by < 0 {
			continue
		}
		others, all := a.across(b, m, row, sides, random)
		if !all {
			continue
		}
		corners := b.box(row, sides, others...)
		if corners == nil || !a.fit(corners, by) {
			continue
		}
		kept = append(kept[:0], corners...)
		if cost := a.move(kept, by); cost >= 0 {
			a.move(kept, -by)
			continue
		}
		moved++
	}
	return moved
}

// across finds for each side a cell that is another there only, and whose group is off the
// other way.
func (a *search) across(b *boxes, m, row int, sides uint, random *rand.Rand) (others []int, all bool) {
	margin := &a.margins[m]
	off := a.change[m][margin.Group[row]]
	others = make([]int, len(b.sides))
	for side := range others {
		if sides>>side&1 == 0 {
			continue
		}
		found := false
		for range 12 {
			x := random.IntN(len(a.t.Counts))
			corners := b.box(row, 1<<side, x)
			if corners == nil {
				continue
			}
			at := corners[0].row
			if change := a.change[m][margin.Group[at]]; change != 0 && change > 0 != (off > 0) {
				others[side], found = x, true
				break
			}
		}
		if !found {
			return nil, false
		}
	}
	return others, true
}
