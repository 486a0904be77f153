package sur

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"utvandring/udf/dense"
	"utvandring/udf/equation"
	"utvandring/udf/normal"
	"utvandring/udf/parallel"
	"utvandring/udf/quantile"
)

// BootstrapOptions say how to draw; the zero value is not usable.
type BootstrapOptions struct {
	Replications int
	Seed         int64
	// Method is "residual": the centred residuals of whole years are drawn with
	// replacement, so that the correlation between equations stays; "wild": the
	// residuals of a year keep their place and are multiplied by +1 or -1, all
	// equations by the same, which keeps heteroskedasticity; "parametric": normal
	// with the estimated covariance. Left sides that are regressors are rebuilt; those
	// of years that are left out of the sample stay as they are observed.
	// Residuals are scaled by sqrt(T/(T-k_i)), as fitting has shrunk them: without
	// it intervals from some 20 years are far too narrow.
	Method string
	Level  float64 // of the intervals, such as 0.95
}

// Bootstrap is the distribution of the estimates over replications.
type Bootstrap struct {
	Parameters []BootstrapParameter
	// Failed counts replications without an estimate: the iterations did not
	// converge, or the likelihood was unbounded. They are left out.
	Succeeded, Failed int
	// Draws are the estimates of the successful replications, P × Succeeded, and
	// Replication their numbers, from 1.
	Draws       [][]float64
	Replication []int
}

// BootstrapParameter sets the bootstrap beside the estimate.
type BootstrapParameter struct {
	Parameter
	// Of the successful replications: Bias = Mean − Estimate, StdDev with divisor
	// n − 1, NaN of one.
	Mean, Bias, StdDev float64
	// Lower and Upper are percentiles (at p(n+1), see package quantile); BCLower and
	// BCUpper the bias-corrected ones (Efron 1981), NaN where all replications lie on
	// one side of the estimate. All are NaN for a parameter that is fixed.
	Lower, Upper, BCLower, BCUpper float64
}

// Bootstrap estimates anew from drawn residuals, by the method of the fit and to a
// tolerance of 1e-8 standard errors. The result depends on the seed only, not on the
// number of threads: every replication has its own stream. It is an error where the
// options make no sense, a left side that is a regressor cannot be rebuilt, or no
// replication has an estimate; when ctx is cancelled it is that of ctx.
func (f *Fit) Bootstrap(ctx context.Context, o BootstrapOptions) (*Bootstrap, error) {
	switch {
	case o.Replications < 1 || o.Replications > 10_000_000:
		return nil, fmt.Errorf("replications must lie between 1 and 10000000, not %d", o.Replications)
	case !(o.Level > 0 && o.Level < 1):
		return nil, fmt.Errorf("level must lie between 0 and 1, such as 0.95, not %g", o.Level)
	case f.K == 0:
		return nil, fmt.Errorf("the restrictions give every parameter: there is no estimate to vary")
	}
	draw, err := f.drawer(o.Method)
	if err != nil {
		return nil, err
	}
	d, err := newDynamics(f)
	if err != nil {
		return nil, err
	}
	estimates := make([][]float64, o.Replications) // nil: failed
	if err := parallel.For(ctx, o.Replications, func() func(int) error {
		r := newReplicator(f, d)
		return func(i int) error {
			draw(rand.New(rand.NewPCG(uint64(o.Seed), uint64(i))), r.residuals)
			estimates[i] = r.estimate(ctx)
			return nil
		}
	}); err != nil {
		return nil, err
	}
	return f.collect(estimates, o.Level)
}

// drawer fills a matrix of residuals, a column per equation.
func (f *Fit) drawer(method string) (func(rng *rand.Rand, to dense.Columns), error) {
	s := f.system
	m := len(s.equations)
	centred := dense.NewColumns(s.n, m)
	scale := make([]float64, m)
	for i, e := range f.Residuals {
		scale[i] = math.Sqrt(float64(s.n) / float64(max(s.n-f.solver.coefficients(i), 1)))
		mean := 0.0
		for _, x := range e {
			mean += x / float64(s.n)
		}
		for t, x := range e {
			centred.Col(i)[t] = (x - mean) * scale[i]
		}
	}
	var draw func(rng *rand.Rand, t int, e []float64) // the residuals of year t
	switch equation.Key(method) {
	case "residual":
		draw = func(rng *rand.Rand, _ int, e []float64) {
			from := rng.IntN(s.n)
			for i := range e {
				e[i] = centred.Col(i)[from]
			}
		}
	case "wild":
		draw = func(rng *rand.Rand, t int, e []float64) {
			sign := 1.0
			if rng.Uint64()&1 == 0 {
				sign = -1
			}
			for i := range e {
				e[i] = sign * f.Residuals[i][t] * scale[i]
			}
		}
	case "parametric":
		v := make([]float64, m*m)
		for i := range m {
			for j := range m {
				v[i*m+j] = f.ResidualCovarianceT[i][j] * scale[i] * scale[j]
			}
		}
		distribution, err := normal.New("the residual covariance", m, v)
		if err != nil {
			return nil, err
		}
		draw = func(rng *rand.Rand, _ int, e []float64) { distribution.Draw(rng, make([]float64, m), e) }
	default:
		return nil, fmt.Errorf("method %q is unknown: choose among %s", method, quoteAll(BootstrapMethods))
	}
	return func(rng *rand.Rand, to dense.Columns) {
		e := make([]float64, m)
		for t := range s.n {
			draw(rng, t, e)
			for i, x := range e {
				to.Col(i)[t] = x
			}
		}
	}, nil
}

// replicator is the work space of one thread.
type replicator struct {
	f         *Fit
	d         *dynamics
	residuals dense.Columns
	data      [][]float64
	paths     [][]float64
	machine   *equation.Machine
	solver    *solver
}

func newReplicator(f *Fit, d *dynamics) *replicator {
	s := f.system
	r := &replicator{f: f, d: d, residuals: dense.NewColumns(s.n, len(s.equations))}
	r.data = append(r.data, s.data...) // what is not rebuilt is shared
	for c := range r.data {
		if c >= s.regressors || d.dynamic[c] {
			r.data[c] = make([]float64, s.n)
		}
	}
	if d.any {
		r.machine = d.code.NewMachine(1)
	}
	for range d.actual {
		r.paths = append(r.paths, make([]float64, s.end()))
	}
	r.solver = f.solver.sibling()
	return r
}

// explodes rebuilds the data from the residuals drawn, and tells whether they are too large
// to be worked with.
func (r *replicator) explodes() bool {
	r.d.rebuild(r.data, r.residuals, r.paths, r.machine)
	return slices.ContainsFunc(r.data, func(x []float64) bool { return slices.ContainsFunc(x, func(v float64) bool { return !finite(v) }) })
}

// estimate is one replication: nil when it has no estimate.
func (r *replicator) estimate(ctx context.Context) []float64 {
	s, v := r.f.system, r.solver
	if r.explodes() {
		return nil
	}
	v.read(r.data, s.constant)
	if v.weakest < collinearity {
		return nil
	}
	v.leastSquares()
	switch r.f.system.options.Method {
	case "sur":
		v.residuals()
		if !v.weights() || !v.generalised() {
			return nil
		}
	case "isur":
		v.rebase()
		out, err := v.iterate(ctx, math.Max(r.f.system.options.Tolerance, 1e-8), r.f.system.options.MaxIterations)
		if err != nil || !out.converged || r.f.unboundedAgain(ctx, v) {
			return nil
		}
	}
	v.restore()
	return slices.Clone(v.b)
}

// collect turns the replications into intervals.
func (f *Fit) collect(estimates [][]float64, level float64) (*Bootstrap, error) {
	b := &Bootstrap{}
	b.Draws = make([][]float64, len(f.Parameters))
	for i, e := range estimates {
		if e == nil {
			b.Failed++
			continue
		}
		b.Succeeded++
		b.Replication = append(b.Replication, i+1)
		for k, x := range f.Model.estimates(e) {
			b.Draws[k] = append(b.Draws[k], x)
		}
	}
	if b.Succeeded == 0 {
		return nil, fmt.Errorf("none of the %d replications has an estimate (the iterations do not converge on drawn data)", len(estimates))
	}
	for k, p := range f.Parameters {
		b.Parameters = append(b.Parameters, summarise(p, b.Draws[k], level))
	}
	return b, nil
}

func summarise(p Parameter, draws []float64, level float64) BootstrapParameter {
	q := BootstrapParameter{Parameter: p, StdDev: math.NaN(), BCLower: math.NaN(), BCUpper: math.NaN()}
	if math.IsNaN(p.StdError) { // given, not estimated: the draws have it up to rounding
		q.Mean, q.Lower, q.Upper = p.Estimate, math.NaN(), math.NaN()
		return q
	}
	sorted := slices.Clone(draws)
	slices.Sort(sorted)
	n := float64(len(sorted))
	below := 0.0
	for _, x := range sorted {
		q.Mean += x / n
		switch {
		case x < p.Estimate:
			below++
		case x == p.Estimate:
			below += 0.5
		}
	}
	q.Bias = q.Mean - p.Estimate
	if n > 1 {
		sum := 0.0
		for _, x := range sorted {
			sum += (x - q.Mean) * (x - q.Mean)
		}
		q.StdDev = math.Sqrt(sum / (n - 1))
	}
	tail := (1 - level) / 2
	q.Lower, q.Upper = quantile.Sorted(sorted, tail), quantile.Sorted(sorted, 1-tail)
	if below > 0 && below < n {
		unit := distuv.UnitNormal
		z0, z := unit.Quantile(below/n), unit.Quantile(1-tail)
		q.BCLower, q.BCUpper = quantile.Sorted(sorted, unit.CDF(2*z0-z)), quantile.Sorted(sorted, unit.CDF(2*z0+z))
	}
	return q
}
