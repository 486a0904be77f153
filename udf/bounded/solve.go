package bounded

import (
	"context"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"
)

// work of solve is paths times elimination: a million takes about a quarter of a
// second.
func (b *bilinear) work() float64 {
	return float64(binomial(b.n, b.m-1)) * math.Pow(float64(b.m+b.k), 3)
}

const (
	workOnce   = 1.2e6 // for one decision
	workRepeat = 3e4   // for one of many
)

// solve finds the solutions with finite parameters and gives them to each, of
// two conjugate ones only one, until that says no. It reports whether these are
// all there are, which follows from their number: a path that got lost is found
// out. Then it tries again with smaller steps and other starts.
func (b *bilinear) solve(ctx context.Context, rng *rand.Rand, each func(zero) bool) bool {
	expected := b.solutions()
	var zeros []zero
	known := func(z zero) bool {
		return slices.ContainsFunc(zeros, func(old zero) bool { return old.is(z.x, b.m) })
	}
	for _, accuracy := range []float64{1e-2, 1e-4, 1e-6} {
		h, before := newHomotopy(b, rng, accuracy), len(zeros)
		first := make([]bool, b.n)
		for t := range b.m - 1 {
			first[t] = true
		}
		for more := true; more && len(zeros) != expected; more = nextChoice(first) {
			x := h.begin(first, rng)
			if h.follow(ctx, x) {
				z, ok := h.certify(x)
				if ok && cmplx.Abs(x[b.m]) > infinite && !known(z) {
					zeros = append(zeros, z)
					if !z.real(b.m) {
						zeros = append(zeros, zero{z.conjugate(), z.gamma})
					}
					if !each(z) {
						return false
					}
				}
			}
			if ctx.Err() != nil {
				return false
			}
		}
		if len(zeros) == expected {
			return true
		}
		if len(zeros) == before { // the data are special: there may be no more
			return false
		}
	}
	return false
}

// nextChoice goes on to the next choice of as many; false after the last.
func nextChoice(chosen []bool) bool {
	before := 0 // chosen ones before the first that can move up
	for i := 0; i+1 < len(chosen); i++ {
		if !chosen[i] {
			continue
		}
		if chosen[i+1] {
			before++
			continue
		}
		chosen[i], chosen[i+1] = false, true
		for j := range i {
			chosen[j] = j < before
		}
		return true
	}
	return false
}
