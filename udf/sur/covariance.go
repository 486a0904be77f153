package sur

import "math"

// covariance is a kind of covariance of the estimates, and of what follows from it:
// the option std_errors. One more is a type in a file covariance_*.go and a place in
// covariances.
type covariance interface {
	// name is the value of Options.StdErrors.
	name() string
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

// covariances in the order of messages; the first is the default.
var covariances = append([]covariance{classical{}, smallSample{}}, sandwiches...)

// covarianceNames are those of covariances.
func covarianceNames() (list []string) {
	for _, c := range covariances {
		list = append(list, c.name())
	}
	return list
}

// asymptotic is what covariances for long series have in common.
type asymptotic struct{}

func (asymptotic) check(*system, *solver) error { return nil }
func (asymptotic) distribution() string         { return "normal" }

// freedom is M·T − K.
func (asymptotic) freedom(f *Fit, _ int) float64 { return float64(f.solver.t*f.solver.m - f.K) }

// degreesOfFreedom of the t of a parameter.
func (f *Fit) degreesOfFreedom(parameter int) float64 {
	if f.system.options.Distribution == "normal" {
		return math.Inf(1)
	}
	return f.system.options.covariance.freedom(f, parameter)
}
