package sur

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

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
	key := equation.Key(name)
	return slices.IndexFunc(list, func(p string) bool { return equation.Key(p) == key })
}

// PValue is that of a t-value, two-sided, with df degrees of freedom; infinite df is the
// normal distribution. NaN of NaN.
func PValue(t, df float64) float64 {
	if math.IsNaN(t) {
		return t
	}
	if math.IsInf(df, 1) {
		return math.Erfc(math.Abs(t) / math.Sqrt2)
	}
	return 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.CDF(-math.Abs(t))
}

// chiSquared is the upper tail at x; NaN without degrees of freedom.
func chiSquared(x float64, df int) float64 {
	if math.IsNaN(x) || df <= 0 {
		return math.NaN()
	}
	return distuv.ChiSquared{K: float64(df)}.Survival(max(x, 0))
}

// fDistributed is the upper tail of F(df, df2), of χ²(df)/df where df2 is infinite.
// By the incomplete beta function, as 1 − CDF would have no digits far out.
func fDistributed(x, df, df2 float64) float64 {
	if math.IsInf(df2, 1) {
		return chiSquared(x*df, int(df))
	}
	return mathext.RegIncBeta(df2/2, df/2, df2/(df2+df*max(x, 0)))
}

// twoSided is the quantile of an interval: normal where df is infinite, else t's.
func twoSided(level, df float64) float64 {
	if math.IsInf(df, 1) || math.IsNaN(df) {
		return distuv.UnitNormal.Quantile((1 + level) / 2)
	}
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile((1 + level) / 2)
}
