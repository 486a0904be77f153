package sur

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// The likelihood of a small system may have several maxima (Drton and Richardson
// 2004). Iterated SUR is the one that is reached from least squares, whatever
// others there are. In pure noise 13 of 600 systems of three equations and eight
// years had a higher one; of four equations with shared slopes and twelve years one
// in eight; of four equations and 22 years none.

const (
	scarce    = 10 // degrees of freedom in an equation, below which others are looked for
	mostLooks = 8  // starts at most
	favour    = 30 // times that a combination of residuals weighs more than others, at a start
)

// higherMaximum looks for a higher maximum of the likelihood than the estimates
// are at, from starts that favour one combination of the residuals each, and gives
// its log-likelihood, or NaN.
func (f *Fit) higherMaximum(ctx context.Context) float64 {
	o := &f.system.options
	if o.Method != "isur" || o.Divisor != "T" || f.K == 0 || f.solver.m < 2 || slices.Min(f.solver.freedom(o)) >= scarce {
		return math.NaN()
	}
	v := f.solver.sibling()
	v.read(f.system.data, f.system.constant)
	highest := f.LogLikelihood + 1e-6*(1+math.Abs(f.LogLikelihood))
	found := math.NaN()
	for signs := range min(1<<(v.m-1), mostLooks) {
		if l, ok := v.maximumFrom(ctx, signs); ok && l > highest {
			highest, found = l, l
		}
	}
	return found
}

// maximumFrom iterates from where the residuals of least squares, measured in
// their own size and added with signs, are smallest.
func (v *solver) maximumFrom(ctx context.Context, signs int) (logLikelihood float64, ok bool) {
	v.leastSquares()
	v.rebase()
	size := make([]float64, v.m)
	for i := range size {
		size[i] = math.Sqrt(v.sigma[i*v.m+i])
		if signs>>i&1 == 1 {
			size[i] = -size[i]
		}
	}
	for i := range v.m {
		for j := range v.m {
			v.sigma[i*v.m+j] = -size[i] * size[j] * (1 - 1.0/favour) / float64(v.m)
			if i == j {
				v.sigma[i*v.m+i] += size[i] * size[i]
			}
		}
	}
	if !v.weights() {
		return 0, false
	}
	v.gradient()
	if !v.leastSquaresStep() {
		return 0, false
	}
	floats.Add(v.b, v.step)
	out, err := v.iterate(ctx, 1e-6, 300)
	if err != nil || !out.converged {
		return 0, false
	}
	v.residuals()
	if !v.weights() {
		return 0, false
	}
	return v.logLikelihood(), true
}
