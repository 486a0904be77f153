package sur

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat/distuv"

	"utvandring/udf/equation"
)

// Options say how to estimate; the zero value is iterated SUR with divisor T,
// classical standard errors and the normal distribution.
type Options struct {
	First, Last *int64 // sample; nil: as many years as have all that is needed

	// Method is "isur" (default: iterated to the maximum of the likelihood),
	// "sur" (one step from least squares) or "ols" (pooled least squares).
	Method string
	// MethodName is what the caller calls Method, for messages; default "method".
	MethodName string
	// Divisor of the residual covariance: "T" (default), or "T-k" for
	// sqrt((T-k_i)(T-k_j)), also called "geomean", k_i the number of
	// coefficients of equation i.
	Divisor string
	// Tolerance is the distance to the maximum, in standard errors, that counts
	// as converged; default 1e-10.
	Tolerance float64
	// MaxIterations, default 10000.
	MaxIterations int
	// StdErrors is "classical" (default), "small_sample" (see small.go), "robust"
	// (White: heteroskedasticity of unknown form) or "hac" (Newey–West:
	// autocorrelation too).
	StdErrors string
	// Bandwidth is the number of lags of "hac"; nil: the whole part of
	// 4(T/100)^(2/9).
	Bandwidth *int64
	// Distribution of t: "normal" (the asymptotic one; default) or "t" (default
	// with "small_sample"); see Parameter.DF.
	Distribution string
	// Restrictions are linear restrictions between parameters; b = 0.7 fixes one.
	Restrictions []Restriction
	// Unconverged asks for the last step, marked as such, where the iterations
	// do not converge, instead of an error.
	Unconverged bool
}

// Parameter is one estimate.
type Parameter struct {
	Name      string
	Estimate  float64
	StdError  float64 // NaN for a parameter fixed by a restriction
	T, P      float64
	DF        float64  // of "t": M·T−K, or those of small.go; infinite with "normal"
	Equations []string // that it stands in
}

// Fit is an estimated system. Slices by equation follow Model.Equations.
type Fit struct {
	Model      *Model
	Years      []int64
	Parameters []Parameter
	// Covariance of the parameters, K×K row by row.
	Covariance []float64
	// Actual (the left sides) and Residuals, by equation and year. Actual may be
	// slices of the panel.
	Actual, Residuals [][]float64
	// ResidualCovariance has the divisor asked for, ResidualCovarianceT always T.
	ResidualCovariance, ResidualCovarianceT [][]float64
	LogLikelihood                           float64
	Iterations                              int
	Converged                               bool
	K                                       int // estimated parameters

	options Options
	system  *system
	solver  *solver
	b       []float64
	bounded boundedness
}

func (o *Options) fill() error {
	choose := func(what string, value *string, allowed ...string) error {
		if *value == "" {
			*value = allowed[0]
		}
		for _, a := range allowed {
			if equation.Key(*value) == equation.Key(a) {
				*value = a
				return nil
			}
		}
		return fmt.Errorf("%s %q is unknown: choose among %s", what, *value, quoteAll(allowed))
	}
	if o.MethodName == "" {
		o.MethodName = "method"
	}
	if err := choose(o.MethodName, &o.Method, "isur", "sur", "ols"); err != nil {
		return err
	}
	if err := choose("divisor", &o.Divisor, "T", "T-k", "geomean"); err != nil {
		return err
	}
	if o.Divisor == "geomean" {
		o.Divisor = "T-k"
	}
	if err := choose("std_errors", &o.StdErrors, "classical", "small_sample", "robust", "hac"); err != nil {
		return err
	}
	if o.Distribution == "" && o.StdErrors == "small_sample" {
		o.Distribution = "t"
	}
	if err := choose("distribution", &o.Distribution, "normal", "t"); err != nil {
		return err
	}
	if o.Bandwidth != nil && o.StdErrors != "hac" {
		return fmt.Errorf("bandwidth goes with std_errors := 'hac', not '%s'", o.StdErrors)
	}
	if o.Bandwidth != nil && *o.Bandwidth < 0 {
		return fmt.Errorf("bandwidth must not be negative, and is %d", *o.Bandwidth)
	}
	if o.Tolerance == 0 {
		o.Tolerance = 1e-10
	}
	if !(o.Tolerance > 0 && o.Tolerance < 1) {
		return fmt.Errorf("tolerance must lie between 0 and 1, not %g", o.Tolerance)
	}
	if o.MaxIterations == 0 {
		o.MaxIterations = 10_000
	}
	if o.MaxIterations < 0 {
		return fmt.Errorf("max_iterations must be at least 1, not %d", o.MaxIterations)
	}
	return nil
}

// sandwich reports whether the standard errors do without the model's own
// covariance of the residuals.
func (o *Options) sandwich() bool { return o.StdErrors == "robust" || o.StdErrors == "hac" }

func quoteAll(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = "'" + s + "'"
	}
	return names(quoted)
}

// Estimate fits the model to the panel.
func Estimate(ctx context.Context, m *Model, panel *equation.Panel, o Options) (*Fit, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	if len(o.Restrictions) > 0 {
		var err error
		if m, err = m.Restrict(o.Restrictions); err != nil {
			return nil, err
		}
	}
	s, err := newSystem(m, panel, o.First, o.Last)
	if err != nil {
		return nil, err
	}
	s.options = o
	v := newSolver(s)
	if err := s.collinear(v, o.Method); err != nil {
		return nil, err
	}
	if err := v.setDivisor(s, o.Divisor); err != nil {
		return nil, err
	}
	if err := s.enoughYears(v, o); err != nil {
		return nil, err
	}
	f := &Fit{Model: m, options: o, system: s, solver: v, Converged: true, K: len(m.free)}
	f.Actual = s.actual
	f.Years = append(f.Years, panel.Year[s.first:s.first+s.n]...)
	if err := f.solve(ctx); err != nil {
		return nil, err
	}
	f.finish()
	return f, nil
}

// setDivisor turns the divisor into scales; see solver.scale.
func (v *solver) setDivisor(s *system, divisor string) error {
	if divisor == "T" {
		return nil
	}
	for i := range v.scale {
		k := v.start[i+1] - v.start[i]
		if k >= v.t {
			return s.model.Equations[i].errorf("divisor T-k needs more years (%d) than coefficients (%d)", v.t, k)
		}
		v.scale[i] = math.Sqrt(float64(v.t) / float64(v.t-k))
		v.symmetry = false
	}
	return nil
}

// solve leaves the estimates in solver.b and the weights they were made with in
// the solver.
func (f *Fit) solve(ctx context.Context) error {
	v, s := f.solver, f.system
	if v.k == 0 { // every parameter is given: only the residuals are to be known
		v.residuals()
		return nil
	}
	v.leastSquares()
	if err := s.exactFit(v, f.options.Method); err != nil {
		return err
	}
	if f.options.Method == "ols" {
		return nil
	}
	if v.m >= v.t {
		return fmt.Errorf("the residual covariance of %d equations cannot be estimated from %d years (%s): use fewer equations at a time, more years, or %s := 'ols'",
			v.m, v.t, s.period(), s.options.MethodName)
	}
	v.rebase()
	if f.options.Method == "sur" {
		v.residuals()
		if !v.weights() {
			return s.unbounded(v, "")
		}
		if !v.generalised() {
			return errNearlyCollinear
		}
		f.Iterations = 1
		return nil
	}
	suspects, err := s.surelyUnbounded(v)
	if err != nil {
		return err
	}
	out, err := v.iterate(ctx, f.options.Tolerance, f.options.MaxIterations)
	f.Iterations, f.Converged = out.iterations, out.converged
	switch {
	case err != nil:
		return err
	case out.collinear:
		return errNearlyCollinear
	case out.singular:
		return s.unbounded(v, "after "+count(out.iterations, "step")+" the residual covariance is singular and the likelihood still rises")
	case len(suspects) > 0:
		if f.bounded, err = s.hidden(ctx, v, suspects, out); err != nil {
			return err
		}
	default:
		f.bounded.proven = true
	}
	if !out.converged && !f.options.Unconverged {
		return s.notConverged(v, out)
	}
	v.residuals() // of the last step, which the weights do not know yet
	v.weights()
	return nil
}

// errNearlyCollinear: neither unbounded nor exactly collinear, but beyond what
// sixteen digits can tell.
var errNearlyCollinear = errors.New("the regressors are so nearly collinear that rounding decides on the estimates (measure them from their means, or leave one out)")

// generalised is one step of generalised least squares with the current
// weights, repeated on what is left until only rounding is; false where the
// regressors are too nearly collinear for that.
func (v *solver) generalised() bool {
	for last := math.Inf(1); ; {
		v.gradient()
		if !v.leastSquaresStep() {
			return false
		}
		length := v.length(v.step)
		if length <= 1e-14 || length >= last/2 && length <= 1e-10 {
			return true
		}
		if !(length < last/2) { // or not a number
			return false
		}
		last = length
		floats.Add(v.b, v.step)
		v.rebase()
	}
}

// Fitted is the left side of an equation less its residuals.
func (f *Fit) Fitted(i int) []float64 {
	fitted := make([]float64, len(f.Years))
	for t := range fitted {
		fitted[t] = f.Actual[i][t] - f.Residuals[i][t]
	}
	return fitted
}

// finish fills in everything that follows from the estimates.
func (f *Fit) finish() {
	s, v := f.system, f.solver
	f.b = append(f.b[:0], v.b...)
	floats.Add(f.b, v.origin)
	for _, e := range s.equations {
		residual := append([]float64(nil), s.data[e.left]...)
		for _, b := range [][]float64{v.origin, v.b} { // one after the other: see rebase
			for j, c := range e.column {
				floats.AddScaled(residual, -b[e.parameter[j]], s.data[c])
			}
		}
		f.Residuals = append(f.Residuals, residual)
	}
	if f.K > 0 { // with the weights of the estimates, before those of the residuals
		f.Covariance = f.covariance()
	}
	m := v.m
	f.ResidualCovariance, f.ResidualCovarianceT = make([][]float64, m), make([][]float64, m)
	v.residuals()
	for i := range m {
		f.ResidualCovarianceT[i] = append([]float64(nil), v.sigma[i*m:(i+1)*m]...)
		f.ResidualCovariance[i] = make([]float64, m)
		for j := range m {
			f.ResidualCovariance[i][j] = v.sigma[i*m+j] * v.scale[i] * v.scale[j]
		}
	}
	f.LogLikelihood = math.NaN()
	if v.weights() {
		f.LogLikelihood = v.logLikelihood()
	}
	f.listParameters()
}

// covariance of the estimates, of the kind that was asked for.
func (f *Fit) covariance() []float64 {
	switch {
	case f.options.StdErrors == "small_sample":
		return f.smallSampleCovariance()
	case f.options.sandwich():
		return f.sandwich()
	case f.options.Method == "ols":
		return f.solver.leastSquaresCovariance()
	}
	return f.solver.covariance()
}

// listParameters writes the estimates down in the order of the model, those
// that a restriction solved for included.
func (f *Fit) listParameters() {
	m := f.Model
	full := m.combinations()
	if len(m.solved) > 0 {
		f.Covariance = expand(full, f.Covariance, f.K)
	}
	n := len(m.all)
	f.Parameters = make([]Parameter, n)
	for i := range f.Parameters {
		p := &f.Parameters[i]
		p.Name, p.Equations = m.all[i], m.where[i]
		if full == nil {
			p.Estimate = f.b[i]
		} else {
			p.Estimate = full[i].constant + floats.Dot(full[i].weight, f.b)
		}
		p.StdError = math.Sqrt(f.Covariance[i*n+i])
		if !(p.StdError > 0) {
			p.StdError = math.NaN()
		}
		p.T = p.Estimate / p.StdError
		p.DF = f.degreesOfFreedom(i)
		p.P = pValue(p.T, p.DF)
	}
}

// expand gives the covariance of combinations of the free parameters.
func expand(full []combination, v []float64, k int) []float64 {
	n := len(full)
	out := make([]float64, n*n)
	for i := range full {
		for j := range full {
			for a, x := range full[i].weight {
				for b, y := range full[j].weight {
					if x != 0 && y != 0 {
						out[i*n+j] += x * y * v[a*k+b]
					}
				}
			}
		}
	}
	return out
}

// degreesOfFreedom of the t of parameter i.
func (f *Fit) degreesOfFreedom(i int) float64 {
	switch {
	case f.options.Distribution == "normal":
		return math.Inf(1)
	case f.options.StdErrors == "small_sample":
		return f.smallSampleDF(i)
	}
	return float64(f.solver.t*f.solver.m - f.K)
}

// pValue is two-sided; infinite df is the normal distribution.
func pValue(t, df float64) float64 {
	if math.IsNaN(t) {
		return t
	}
	if math.IsInf(df, 1) {
		return math.Erfc(math.Abs(t) / math.Sqrt2)
	}
	return 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.CDF(-math.Abs(t))
}

// Interval is the confidence interval of p at a level such as 0.95.
func (p *Parameter) Interval(level float64) (low, high float64) {
	quantile := distuv.UnitNormal.Quantile((1 + level) / 2)
	if !math.IsInf(p.DF, 1) {
		quantile = distuv.StudentsT{Mu: 0, Sigma: 1, Nu: p.DF}.Quantile((1 + level) / 2)
	}
	return p.Estimate - quantile*p.StdError, p.Estimate + quantile*p.StdError
}
