package sur

import (
	"context"
	"fmt"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"strings"
)

// boundedness of a likelihood that was not found to be infinite.
type boundedness struct {
	proven bool
	// open are sets of equations with unknowns enough for their rows: what holds
	// for these data may not hold for others.
	open [][]int
}

// hidden looks for parameters that make the likelihood infinite although the
// iterations have ended elsewhere. Of the solver only the residuals are computed.
func (s *system) hidden(ctx context.Context, v *solver, suspects []int, out outcome) (boundedness, error) {
	result := boundedness{proven: len(suspects) <= fewSuspects}
	rng := rand.New(rand.NewPCG(22, 4))
	for n, set := range subsets(suspects) {
		if n > 0 {
			if rest, _ := v.suspects(set); len(rest) != len(set) {
				continue
			}
		}
		w := newSearch(v, set)
		if w == nil {
			return boundedness{}, nil
		}
		possible := w.possible(rng)
		c, none := w.decide(ctx, rng, workOnce)
		var u []float64
		switch {
		case c != nil:
			u = w.parametersAt(ctx, c)
		case possible && !none:
			result.proven = false
			if c, u = w.run(ctx, rng, 6000); c != nil {
				c = w.whole(c)
			}
		}
		if c != nil {
			ended := "end on a local maximum"
			if !out.converged {
				ended = "have not ended"
			}
			return boundedness{}, s.unboundedBy(v, c, fmt.Sprintf("after %s the iterations %s, but the likelihood is infinite elsewhere%s", count(out.iterations, "step"), ended, w.where(s, u)))
		}
		if err := ctx.Err(); err != nil {
			return boundedness{}, err
		}
		if possible {
			result.open = append(result.open, set)
		}
		if n == 0 && none {
			result.proven = true
		}
		if n == 0 && (none || possible) {
			break // what smaller sets can do, this one can
		}
	}
	return result, nil
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

// unboundedAgain reports whether the likelihood is infinite for other data of a
// system whose boundedness is b. It may miss that where decide is not cheap.
func (b boundedness) unboundedAgain(ctx context.Context, v *solver) bool {
	for _, set := range b.open {
		w := newSearch(v, set)
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

// where says at which values of the shared parameters the residuals cancel: with
// these restricted to them, the rest is linear.
func (w *search) where(s *system, u []float64) string {
	if u == nil {
		return ""
	}
	x := append([]float64(nil), u...)
	w.basis.upperSolve(x)
	in := make([]map[int]bool, w.k)
	for n, k := range w.v.parameter {
		if in[k] == nil {
			in[k] = map[int]bool{}
		}
		in[k][w.v.equation[n]] = true
	}
	var list []string
	for k := range w.k {
		if len(in[k]) > 1 {
			list = append(list, fmt.Sprintf("$%s = %.6g", s.model.free[k], w.v.origin[k]+w.v.b[k]+x[w.v.place[k]]))
		}
	}
	if len(list) == 0 || len(list) > 6 {
		return ""
	}
	return ", at " + strings.Join(list, ", ")
}
