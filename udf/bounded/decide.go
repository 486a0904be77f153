package bounded

import (
	"context"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// Verdict on a likelihood. The zero value is Open.
type Verdict int

const (
	Open      Verdict = iota // a search has found no point where it is infinite
	Bounded                  // there is none
	Unbounded                // there is one
)

func (v Verdict) String() string { return [...]string{"open", "bounded", "unbounded"}[v] }

// Answer to whether a likelihood is bounded.
type Answer struct {
	Verdict Verdict
	// Combination is c, by equation, with Σ c_i e_i = 0, where Unbounded.
	Combination []float64
	// Parameters at which it is, where Unbounded; nil where rounding hides them, and
	// from Linear. They need not be the only ones: see LeftOver.
	Parameters []float64
	// Sets of equations whose residuals could cancel, but for these data they do not,
	// or were not found to: what holds here may not hold for other data.
	Sets [][]int
}

// Nonlinear goes on where Linear has left open whether the residuals of the
// equations suspects cancel. start are parameters at which the residuals have a typical
// size, all of them not 0, such as estimates. It takes a few seconds at most, and the
// error is ctx's.
func (s *System) Nonlinear(ctx context.Context, start []float64, suspects []int) (Answer, error) {
	result := Answer{Verdict: Bounded}
	if len(suspects) > fewSuspects {
		result.Verdict = Open
	}
	rng := rand.New(rand.NewPCG(22, 4))
	for n, set := range subsets(suspects) {
		if n > 0 {
			if rest, _ := s.suspects(set); len(rest) != len(set) {
				continue
			}
		}
		w := newSearch(s, start, set)
		if w == nil {
			return Answer{}, nil
		}
		possible := w.possible(rng)
		c, none := w.decide(ctx, rng, workOnce)
		var u []float64
		switch {
		case c != nil:
			u = w.parametersAt(ctx, c)
		case possible && !none:
			result.Verdict = Open
			if c, u = w.run(ctx, rng, 6000); c != nil {
				c = w.whole(c)
			}
		}
		if c != nil {
			return Answer{Verdict: Unbounded, Combination: c, Parameters: w.parameters(u)}, nil
		}
		if err := ctx.Err(); err != nil {
			return Answer{}, err
		}
		if possible {
			result.Sets = append(result.Sets, set)
		}
		if n == 0 && none {
			result.Verdict = Bounded
		}
		if n == 0 && (none || possible) {
			break // what smaller sets can do, this one can
		}
	}
	return result, nil
}

// Again reports whether the likelihood of s is unbounded, where another system of
// the same equations, with other left sides, has the answer sets. It is for many
// systems, spends little on each, and may miss a point where following all paths
// is not cheap.
func (s *System) Again(ctx context.Context, start []float64, sets [][]int) bool {
	for _, set := range sets {
		w := newSearch(s, start, set)
		if w == nil {
			continue
		}
		rng := rand.New(rand.NewPCG(22, 4))
		c, none := w.decide(ctx, rng, workRepeat)
		if c == nil && !none {
			c, _ = w.run(ctx, rng, 200)
		}
		if c != nil {
			return true
		}
	}
	return false
}

// fewSuspects is how many there may be for every subset to be asked of.
const fewSuspects = 6

// subsets are the whole, and where there are few in it all others, in case the
// whole is not possible.
func subsets(suspects []int) [][]int {
	sets := [][]int{suspects}
	if len(suspects) > fewSuspects {
		return sets
	}
	for mask := 1; mask < 1<<len(suspects)-1; mask++ {
		var set []int
		for a, i := range suspects {
			if mask>>a&1 == 1 {
				set = append(set, i)
			}
		}
		sets = append(sets, set)
	}
	return sets
}

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
		if !z.real(b.m) {
			return true
		}
		combination := w.combination(b, z)
		left := w.s.LeftOver(combination)
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
	out := make([]float64, len(w.s.Left))
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

// parameters are those at u.
func (w *search) parameters(u []float64) []float64 {
	if u == nil {
		return nil
	}
	x := slices.Clone(u)
	blas64.Trsv(blas.NoTrans, w.basis, blas64.Vector{N: w.k, Inc: 1, Data: x})
	out := slices.Clone(w.start)
	for k := range out {
		out[k] += x[w.place[k]]
	}
	return out
}
