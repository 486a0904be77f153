package sur

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/bounded"
	"utvandring/udf/equation"
)

// Fit is an estimated system of M equations, those of Model.Equations, over T years.
// P parameters are listed, those that restrictions fix or tie among them; K are free.
type Fit struct {
	Model      *Model
	Years      []int64
	Parameters []Parameter
	// Covariance of the parameters, P×P row after row, in the units of the
	// parameters' products, of the kind that Options.StdErrors names; 0 for a
	// parameter that is fixed.
	Covariance []float64
	// Actual (the left sides) and Residuals, M×T, in the units of the left sides.
	// Actual may be slices of the panel.
	Actual, Residuals [][]float64
	// ResidualCovariance, M×M and not centred, has the divisor asked for,
	// ResidualCovarianceT always T.
	ResidualCovariance, ResidualCovarianceT [][]float64
	// LogLikelihood is Gaussian, with divisor T whatever was asked for; NaN where
	// the residuals are collinear.
	LogLikelihood float64
	Iterations    int
	Converged     bool
	K             int // estimated parameters
	// LeftOut are the years that the standard errors do without, as some parameter is
	// determined by one of them alone ("hc2", "hc3", "robust").
	LeftOut []int64

	system *system
	solver *solver
	b      []float64
	// classical covariance of the free parameters, K×K row after row, whatever StdErrors is
	classical []float64
	bounded   bounded.Answer
	higher    float64 // see Summary
}

// Estimate fits the model to the panel: M equations, K free parameters, T years.
// It needs T·M > K and, of every equation, fewer parameters of its own than years;
// no value in the sample may be NULL, NaN or infinite. Errors name the equation
// (EquationError), the year and the remedy; a YearError blames Options.First or Last,
// ErrUnbounded says that there is no maximum. A fit that has not converged is an
// error unless Options.Unconverged. Neither model nor panel is changed, but the fit
// may share the panel's slices.
func Estimate(ctx context.Context, m *Model, panel *equation.Panel, o Options) (*Fit, error) {
	f, err := prepare(m, panel, o)
	if err != nil {
		return nil, err
	}
	if err := f.solver.setDivisor(f.system); err != nil {
		return nil, err
	}
	if err := f.system.options.covariance.check(f.system, f.solver); err != nil {
		return nil, err
	}
	if err := f.solve(ctx, false); err != nil {
		return nil, err
	}
	f.finish()
	f.higher = math.NaN()
	if o.OtherMaxima {
		f.higher = f.higherMaximum(ctx)
	}
	return f, ctx.Err()
}

// prepare fills the options, applies the restrictions, chooses the sample and refuses
// collinear regressors: what every look at a model's data begins with.
func prepare(m *Model, panel *equation.Panel, o Options) (*Fit, error) {
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
	f := newFit(s)
	return f, s.collinear(f.solver)
}

// newFit has the data, and no estimates yet.
func newFit(s *system) *Fit {
	f := &Fit{Model: s.model, system: s, solver: newSolver(s), Converged: true, K: len(s.model.free), Actual: s.actual, Years: make([]int64, s.n)}
	for t := range f.Years {
		f.Years[t] = s.panel.Year[s.rows[t]]
	}
	return f
}

// Say is a year of the sample, or another period, as the user writes it.
func (f *Fit) Say(year int64) string { return f.system.panel.Say(year) }

// Skipped says which years inside the sample are left out, and why: "2003 (equation 1
// needs lag(y), and y is NULL in 2002)".
func (f *Fit) Skipped() []string { return f.system.skipped }

// setDivisor turns the divisor into scales; see solver.scale.
func (v *solver) setDivisor(s *system) error {
	if s.options.Divisor == "T" {
		return nil
	}
	for i := range v.scale {
		k := v.coefficients(i)
		if k >= v.t {
			return s.model.Equations[i].errorf("divisor T-k needs more %s (%d) than coefficients (%d)", s.panel.Units(), v.t, k)
		}
		v.scale[i] = math.Sqrt(float64(v.t) / float64(v.t-k))
		v.symmetry = false
	}
	return nil
}

// solve leaves the estimates in solver.b and the weights they were made with in
// the solver; the likelihood may be known to be bounded.
func (f *Fit) solve(ctx context.Context, isBounded bool) error {
	v, s := f.solver, f.system
	if v.k == 0 { // every parameter is given: only the residuals are to be known
		v.residuals()
		return nil
	}
	v.leastSquares()
	if err := s.exactFit(v); err != nil {
		return err
	}
	if f.system.options.Method == "ols" {
		return nil
	}
	if v.m >= v.t {
		return fmt.Errorf("the residual covariance of %d equations cannot be estimated from %d %s (%s): use fewer equations at a time, more %[3]s, or %[5]s := 'ols'",
			v.m, v.t, s.panel.Units(), s.period(), s.options.MethodName)
	}
	v.rebase()
	if f.system.options.Method == "sur" {
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
	bound := bounded.Answer{Verdict: bounded.Bounded}
	if !isBounded {
		var err error
		if bound, err = s.linear(v); err != nil {
			return err
		}
	}
	out, err := v.iterate(ctx, f.system.options.Tolerance, f.system.options.MaxIterations)
	f.Iterations, f.Converged = out.iterations, out.converged
	switch {
	case err != nil:
		return err
	case out.collinear:
		return errNearlyCollinear
	case out.singular:
		return s.unbounded(v, "after "+count(out.iterations, "step")+" the residual covariance is singular and the likelihood still rises")
	}
	if f.bounded, err = s.beyond(ctx, v, bound, out); err != nil {
		return err
	}
	if !out.converged && !f.system.options.Unconverged {
		return s.notConverged(v, out)
	}
	v.residuals() // of the last step, which the weights do not know yet
	if !v.weights() {
		return s.unbounded(v, "after "+count(out.iterations, "step")+" the residual covariance is singular")
	}
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
		floats.Add(v.b, v.step)
		if math.IsInf(last, 1) {
			v.rebaseAfresh()
		} else {
			v.rebase()
		}
		last = length
	}
}

// Fitted is the left side of an equation less its residuals.
func (f *Fit) Fitted(i int) []float64 {
	return floats.SubTo(make([]float64, len(f.Years)), f.Actual[i], f.Residuals[i])
}

// finish fills in everything that follows from the estimates.
func (f *Fit) finish() {
	s, v := f.system, f.solver
	f.b = v.estimates()
	m := v.m
	f.Residuals = matrix(m, s.n)
	for i, e := range s.equations {
		residual := f.Residuals[i]
		copy(residual, s.data[e.left])
		for _, b := range [][]float64{v.origin, v.b} { // one after the other: see rebase
			for j, c := range e.column {
				floats.AddScaled(residual, -b[e.parameter[j]], s.data[c])
			}
		}
	}
	if f.K > 0 { // with the weights of the estimates, before those of the residuals
		f.classical = classical{}.of(f)
		f.Covariance = f.classical
		if c := f.system.options.covariance; c != (classical{}) {
			f.Covariance = c.of(f)
		}
	}
	regular := true
	if f.system.options.Method != "isur" || f.K == 0 { // there they are the same, and up to date
		v.residuals()
		regular = v.weights()
	}
	f.ResidualCovariance, f.ResidualCovarianceT = matrix(m, m), matrix(m, m)
	for i := range m {
		copy(f.ResidualCovarianceT[i], v.sigma[i*m:(i+1)*m])
		for j := range m {
			f.ResidualCovariance[i][j] = v.sigma[i*m+j] * v.scale[i] * v.scale[j]
		}
	}
	f.LogLikelihood = math.NaN()
	if regular {
		f.LogLikelihood = v.logLikelihood()
	}
	f.listParameters()
}

// matrix is one of rows × columns, in one piece.
func matrix(rows, columns int) [][]float64 {
	data := make([]float64, rows*columns)
	out := make([][]float64, rows)
	for i := range out {
		out[i], data = data[:columns:columns], data[columns:]
	}
	return out
}
