package sur

import (
	"context"
	"math"
	"math/cmplx"
	"math/rand/v2"
)

// decide computes all complex solutions of the equations that cancelled residuals
// satisfy, where these are no more unknowns than rows, and looks whether a real
// one cancels them: then it gives c, for all equations of the system. Otherwise
// none says whether it is certain that there is none.
func (w *search) decide(ctx context.Context, rng *rand.Rand, work float64) (c []float64, none bool) {
	b := w.bilinear(rng)
	if b == nil || b.work() > work {
		return nil, false
	}
	doubt := false
	all := b.solve(ctx, rng, func(z zero) bool {
		if !z.is(z.conjugate(), b.m) {
			return true
		}
		combination := w.combination(b, z)
		left := w.v.leftOver(combination)
		if left <= vanished {
			c = combination
		}
		doubt = doubt || left < 1e-6
		return c == nil
	})
	return c, all && !doubt
}

// combination is the c of a real solution, for all equations of the system and
// in the units of the data.
func (w *search) combination(b *bilinear, z zero) []float64 {
	largest := z.x[0] // which is real up to the factor that the others have too
	for _, x := range z.x[:b.m] {
		if cmplx.Abs(x) > cmplx.Abs(largest) {
			largest = x
		}
	}
	out := make([]float64, w.v.m)
	for a, i := range w.set {
		if x := real(z.x[a] / largest); math.Abs(x) > 1e-12 {
			out[i] = x * b.scale[a] / w.size[i]
		}
	}
	unit(out)
	return out
}

// parametersAt are those with which the combination c of all equations cancels,
// nil where rounding hides them.
func (w *search) parametersAt(ctx context.Context, c []float64) []float64 {
	part, u := make([]float64, len(w.set)), make([]float64, w.k)
	for a, i := range w.set {
		part[a] = c[i] * w.size[i]
	}
	unit(part)
	if !w.descend(ctx, part, u) {
		return nil
	}
	return u
}

// work of solve is paths times elimination: a million takes about a quarter of a
// second.
func (b *bilinear) work() float64 {
	return float64(binomial(b.n, b.m-1)) * math.Pow(float64(b.m+b.k), 3)
}

const (
	workOnce   = 2e6 // for one decision
	workRepeat = 1e4 // for one of many
)

// solve finds the solutions with finite parameters and gives them to each, of
// two conjugate ones only one, until that says no. It reports whether these are
// all there are, which follows from their number: a path that got lost is found
// out. Then it tries again with smaller steps and other starts.
func (b *bilinear) solve(ctx context.Context, rng *rand.Rand, each func(zero) bool) bool {
	expected := b.solutions()
	var zeros []zero
	known := func(z zero) bool {
		for _, old := range zeros {
			if old.is(z.x, b.m) {
				return true
			}
		}
		return false
	}
	for _, error := range []float64{1e-2, 1e-4, 1e-6} {
		h, before := newHomotopy(b, rng, error), len(zeros)
		first := make([]bool, b.n)
		for t := range b.m - 1 {
			first[t] = true
		}
		for more := true; more; more = nextChoice(first) {
			if len(zeros) == expected {
				return true
			}
			x := h.begin(first, rng)
			if h.follow(ctx, x) {
				z, ok := h.certify(x)
				if ok && cmplx.Abs(x[b.m]) > infinite && !known(z) {
					zeros = append(zeros, z)
					if y := z.conjugate(); !z.is(y, b.m) {
						zeros = append(zeros, zero{y, z.gamma})
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
