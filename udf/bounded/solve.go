package bounded

import (
	"context"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"

	"utvandring/udf/dense"
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

// solutions is how many complex solutions with finite parameters the equations
// have at most, multiplicities counted: as many as that many distinct regular
// ones are all there are. Without structure it is binomial(n, m−1).
//
// The products c_a σ_k, as far as the data know them, run through a projective
// variety of dimension n; its degree is that number, by Bézout's theorem. With
// L_k the linear forms in c that parameter k is multiplied by, the degree is the
// number of f ≥ 0 with Σ f_k = m−1 and, for every set K of parameters,
// Σ_{k in K} f_k < dim Σ_{k in K} L_k (Li 2018, Images of rational maps of
// projective spaces; hypertrees, where every L_k is spanned by some of the c_a).
// The residuals themselves must depend on all of c, L_0 being all forms, for a
// solution that they do not know would not be seen in the products. It is −1
// where they do not, and where there are too many sets to count.
func (b *bilinear) solutions() int {
	if b.k == 1 {
		return 1 // linear
	}
	if b.span[0].N < b.m {
		return -1
	}
	var narrow []dense.Columns // with a condition of their own; the others have only the sum
	wide := 0
	for _, l := range b.span { // the first is wide
		if l.N < b.m {
			narrow = append(narrow, l)
		} else {
			wide++
		}
	}
	if len(narrow) > 10 {
		return -1
	}
	limit := make([]int, 1<<len(narrow))
	for set := range limit {
		all := dense.NewColumns(b.m, 0)
		for k, l := range narrow {
			if set>>k&1 == 1 {
				all.Data = append(all.Data, l.Data[:l.N*b.m]...)
				all.N += l.N
			}
		}
		limit[set] = all.Orthonormal(1e-10).N - 1
	}
	count := 0
	f := make([]int, len(narrow))
	var choose func(k, rest int)
	choose = func(k, rest int) {
		if k == len(f) {
			for set := 1; set < len(limit); set++ {
				sum := 0
				for k, x := range f {
					if set>>k&1 == 1 {
						sum += x
					}
				}
				if sum > limit[set] {
					return
				}
			}
			count += binomial(rest+wide-1, rest)
			return
		}
		for f[k] = 0; f[k] <= min(rest, limit[1<<k]); f[k]++ {
			choose(k+1, rest-f[k])
		}
	}
	choose(0, b.m-1)
	return count
}

// binomial is at most many.
func binomial(n, k int) int {
	x := 1
	for i := 1; i <= k && x < many; i++ {
		x = x * (n - k + i) / i
	}
	return min(x, many)
}

const many = 1 << 30
