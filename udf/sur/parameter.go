package sur

import (
	"math"
	"slices"

	"utvandring/udf/equation"
)

// Parameter is one estimate.
type Parameter struct {
	Name      string
	Estimate  float64
	StdError  float64 // NaN for a parameter fixed by a restriction
	T, P      float64
	DF        float64  // of "t": see covariance.freedom; infinite with "normal"
	Equations []string // that it stands in
}

// listParameters writes the estimates down in the order of the model, those
// that a restriction solved for included.
func (f *Fit) listParameters() {
	m, o := f.Model, f.system.options
	f.Covariance, f.Parameters = m.covariance(f.Covariance), nil
	for i, estimate := range m.estimates(f.b) {
		p := Parameter{Name: m.all[i], Estimate: estimate, StdError: positiveRoot(f.Covariance[i*len(m.all)+i]), DF: math.Inf(1), Equations: m.where[i]}
		if o.Distribution == "t" {
			p.DF = o.covariance.freedom(f, i)
		}
		p.T = p.Estimate / p.StdError
		p.P = PValue(p.T, p.DF)
		f.Parameters = append(f.Parameters, p)
	}
}

// Interval is the confidence interval of p at a level such as 0.95, by the normal
// distribution or that of t as DF says; NaN for a fixed parameter.
func (p *Parameter) Interval(level float64) (low, high float64) {
	c := twoSided(level, p.DF)
	return p.Estimate - c*p.StdError, p.Estimate + c*p.StdError
}

// positiveRoot is the standard deviation of a variance; NaN of 0, which what is fixed has,
// and of less.
func positiveRoot(variance float64) float64 {
	if variance > 0 {
		return math.Sqrt(variance)
	}
	return math.NaN()
}

// indexOf is the place of a name in a list, -1 where it is not there.
func indexOf(list []string, name string) int {
	return slices.IndexFunc(list, func(p string) bool { return equation.Key(p) == equation.Key(name) })
}
