package sur

import (
	"math"
	"slices"
)

// covariance is a kind of covariance of the estimates, and of what follows from it:
// the option std_errors. One more is a type in a file covariance_*.go and a place in
// StdErrors and covarianceOf.
type covariance interface {
	// check refuses samples that it cannot be computed from.
	check(s *system, v *solver) error
	// of gives it for the free parameters, K×K row by row. The residuals of f are
	// there, and the solver has the weights that the estimates were made with.
	of(f *Fit) []float64
	// distribution of t unless Options has one: "normal" or "t".
	distribution() string
	// freedom is the degrees of freedom of t of a parameter, by its number in the model.
	freedom(f *Fit, parameter int) float64
}

// covarianceOf is the kind that Options.StdErrors names.
func covarianceOf(stdErrors string) covariance {
	switch stdErrors {
	case "classical":
		return classical{}
	case "small_sample":
		return smallSample{}
	}
	return sandwich(stdErrors)
}

// classical takes the residuals of different years for independent and of one
// variance.
type classical struct{}

func (classical) check(*system, *solver) error  { return nil }
func (classical) distribution() string          { return "normal" }
func (classical) freedom(f *Fit, _ int) float64 { return float64(f.solver.t*f.solver.m - f.K) } // M·T − K

func (classical) of(f *Fit) []float64 {
	if f.system.options.Method == "ols" {
		return f.solver.leastSquaresCovariance()
	}
	return f.solver.covariance()
}

// smallSample is for samples of some twenty years. Standard errors of maximum
// likelihood are too small there for two reasons: residuals are shrunk by fitting,
// and the residual covariance is taken for known although estimated. Telser (1964)
// shows how much: the estimate of equation i is least squares of its left side on
// its regressors and the residuals of the other M−1 equations, a regression that
// has T − k_i − (M−1) degrees of freedom. So the estimates stay those of maximum
// likelihood, the residual covariance in their covariance is divided by
// sqrt((T−k_i−M+1)(T−k_j−M+1)), and t has T−k_i−M+1 degrees of freedom, the
// average over the equations of a shared parameter. Least squares does not look at
// the other equations: there it is T − k_i.
type smallSample struct{}

func (smallSample) distribution() string { return "t" }

// check refuses equations that have no degree of freedom left.
func (smallSample) check(s *system, v *solver) error {
	for i, df := range v.freedom(&s.options) {
		if df < 1 {
			return s.model.Equations[i].errorf("std_errors 'small_sample' needs more %s (%d) than coefficients (%d) and other equations (%d) together",
				s.panel.Units(), v.t, v.coefficients(i), v.m-1)
		}
	}
	return nil
}

func (smallSample) of(f *Fit) []float64 {
	v := f.solver
	scale := slices.Clone(v.scale)
	defer func() { copy(v.scale, scale) }()
	for i, df := range v.freedom(&f.system.options) {
		v.scale[i] = math.Sqrt(float64(v.t) / float64(df))
	}
	if f.system.options.Method == "ols" {
		return v.leastSquaresCovariance()
	}
	return around(v.half(), nil, v.k)
}

// freedom is the average over the equations of a shared parameter: those that have a
// free parameter that this one depends on. NaN for a fixed one.
func (smallSample) freedom(f *Fit, parameter int) float64 {
	depends := func(free int) bool { return free == parameter }
	if full := f.Model.full; full != nil {
		depends = func(free int) bool { return full[parameter].weight[free] != 0 }
	}
	v := f.solver
	sum, n := 0.0, 0.0
	for i, df := range v.freedom(&f.system.options) {
		if slices.ContainsFunc(v.parameter[v.start[i]:v.start[i+1]], depends) {
			sum, n = sum+float64(df), n+1
		}
	}
	return sum / n
}

// freedom is T − k_i − M + 1, or T − k_i, by equation.
func (v *solver) freedom(o *Options) []int {
	df := make([]int, v.m)
	for i := range df {
		df[i] = v.t - v.coefficients(i) - o.spareEquations(v.m)
	}
	return df
}
