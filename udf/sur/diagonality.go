package sur

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Diagonality tests that the residual covariance is diagonal, so that nothing is
// gained over least squares of each equation, with M(M−1)/2 degrees of freedom.
// R are the correlations of the residuals under that hypothesis: of least squares,
// where equations share parameters of weighted least squares, repeated to the
// maximum. With few years the tests differ: see sur_system for how often each
// rejects what is true. NaN with one equation.
type Diagonality struct {
	DF int
	// LM = T Σ_{i<j} r_ij² is that of Breusch and Pagan (1980).
	LM, LMP float64
	// LR = 2 (l − l₀), l₀ the maximum of the likelihood under the hypothesis; NaN
	// unless the method is "isur" with divisor T, others do not maximise it.
	LR, LRP float64
	// Corrected = −(T − k̄ − (2M+5)/6) ln|R|, Box's (1949) correction, k̄ the mean of
	// the numbers of coefficients.
	Corrected, CorrectedP float64
}

// Diagonality tests it.
func (f *Fit) Diagonality(ctx context.Context) Diagonality {
	nan := math.NaN()
	d := Diagonality{0, nan, nan, nan, nan, nan, nan}
	m, t := f.solver.m, float64(f.solver.t)
	if m < 2 {
		return d
	}
	d.DF = m * (m - 1) / 2
	v := f.diagonal(ctx)
	if v == nil {
		return d
	}
	r := mat.NewSymDense(m, nil)
	sum := 0.0
	for i := range m {
		r.SetSym(i, i, 1)
		for j := range i {
			c := v.sigma[i*m+j] / math.Sqrt(v.sigma[i*m+i]*v.sigma[j*m+j])
			r.SetSym(i, j, c)
			sum += c * c
		}
	}
	d.LM = t * sum
	d.LMP = chiSquared(d.LM, d.DF)
	if o := f.system.options; o.Method == "isur" && o.Divisor == "T" && f.Converged {
		d.LR = max(2*(f.LogLikelihood-v.diagonalLikelihood()), 0)
		d.LRP = chiSquared(d.LR, d.DF)
	}
	var root mat.Cholesky
	if years := t - v.meanCoefficients() - float64(2*m+5)/6; years > 0 && root.Factorize(r) {
		d.Corrected = -years * root.LogDet()
		d.CorrectedP = chiSquared(d.Corrected, d.DF)
	}
	return d
}

// diagonalLikelihood is the log-likelihood of the residuals with a diagonal covariance.
func (v *solver) diagonalLikelihood() float64 {
	t := float64(v.t)
	l := -t * float64(v.m) / 2 * (1 + math.Log(2*math.Pi))
	for i := range v.m {
		l -= t / 2 * math.Log(v.sigma[i*v.m+i])
	}
	return l
}

// diagonal is a solver at the maximum of the likelihood under a diagonal residual
// covariance: weighted least squares with each equation's own residual variance,
// repeated until that does not change, or least squares where that is the same. nil
// where there is none, as a variance goes to 0.
func (f *Fit) diagonal(ctx context.Context) *solver {
	v := f.solver.sibling()
	for i := range v.scale { // the likelihood has divisor T
		v.scale[i] = 1
	}
	v.symmetry = true
	v.read(f.system.data, f.system.constant)
	v.leastSquares()
	if shared := slices.ContainsFunc(v.uses, func(n int) bool { return n > 1 }); v.k == 0 || !shared {
		v.residuals()
		return v
	}
	covariance := make([]float64, v.m*v.m)
	v.rebase()
	last := math.Inf(1)
	for range f.system.options.MaxIterations {
		if ctx.Err() != nil {
			return nil
		}
		copy(covariance, v.sigma)
		for i := range v.m {
			for j := range v.m {
				if i != j {
					v.sigma[i*v.m+j] = 0
				}
			}
		}
		if !v.weights() {
			return nil
		}
		v.gradient()
		if !v.leastSquaresStep() {
			return nil
		}
		length := v.length(v.step)
		if length <= 1e-13 || length <= 1e-9 && length >= last/2 {
			copy(v.sigma, covariance)
			return v
		}
		if math.IsNaN(length) {
			return nil
		}
		last = length
		floats.Add(v.b, v.step)
		v.residuals()
		for i := range v.m {
			if floats.Norm(v.e.Col(i), 2) <= 1e-12*floats.Norm(v.r.Col(v.left[i])[:v.height], 2) {
				return nil
			}
		}
	}
	return nil
}
