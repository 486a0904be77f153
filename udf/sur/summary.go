package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/bounded"
	"utvandring/udf/dense"
)

// Summary is what is reported of the whole system.
type Summary struct {
	Method, Divisor string
	// Bandwidth is NaN unless the standard errors are "hac".
	StdErrors, Distribution string
	Bandwidth               float64
	Equations, Years, K     int
	First, Last             int64
	LogLikelihood           float64
	// AIC = −2 l + 2 q and BIC = −2 l + q ln T, q the parameters and the
	// M(M+1)/2 elements of the residual covariance.
	AIC, BIC   float64
	Iterations int
	Converged  bool
	// Bounded is "proven" where the likelihood is certain to be bounded, "not
	// proven" where only a search has found no point where it is infinite (see
	// package bounded), and "" where it is not maximised. The maximum of a
	// bounded likelihood need not be the only one.
	Bounded   string
	Condition float64 // of the regressors of the whole system; see solver.condition
	// ResidualCondition is that of the correlations of the residuals; see
	// solver.residualSpectrum.
	ResidualCondition float64
	// R2 is McElroy's (1977) of the whole system:
	//
	//	1 − Σ_ij w_ij e_i'e_j / Σ_ij w_ij (y_i − ȳ_i)'(y_j − ȳ_j)
	//
	// with w the inverse of the residual covariance and y the left sides as the
	// formulas have them. 1 − e'e/Σ(y − ȳ)² with one equation; may be negative.
	// Determinant is that of the residual covariance. Both take the divisor asked
	// for, as systemfit does, and are NaN where the residuals are collinear.
	R2, Determinant float64
	// HigherLogLikelihood is that of a higher maximum than the estimates are at. It
	// is looked for with Options.OtherMaxima, from up to eight starts, where an
	// equation has fewer than ten degrees of freedom, T − k_i − M + 1; NaN where
	// none was found, which does not say that there is none.
	HigherLogLikelihood float64
}

// Summary of the fit.
func (f *Fit) Summary() Summary {
	m, t := len(f.Residuals), len(f.Years)
	s := Summary{
		Method: f.system.options.Method, Divisor: f.system.options.Divisor,
		StdErrors: f.system.options.StdErrors, Distribution: f.system.options.Distribution, Bandwidth: math.NaN(),
		Equations: m, Years: t, K: f.K, First: f.Years[0], Last: f.Years[t-1], LogLikelihood: f.LogLikelihood,
		Iterations: f.Iterations, Converged: f.Converged, Condition: f.solver.condition(), HigherLogLikelihood: f.higher,
		ResidualCondition: f.solver.residualCondition(), R2: f.systemR2(), Determinant: f.determinant(),
	}
	if f.system.options.Method == "isur" && f.K > 0 {
		s.Bounded = "not proven"
		if f.bounded.Verdict == bounded.Bounded {
			s.Bounded = "proven"
		}
	}
	q := float64(f.K + m*(m+1)/2)
	s.AIC = -2*f.LogLikelihood + 2*q
	s.BIC = -2*f.LogLikelihood + q*math.Log(float64(t))
	if s.StdErrors == "hac" {
		s.Bandwidth = float64(f.bandwidth())
	}
	return s
}

// systemR2 takes both sums as squares of what the residual covariance makes
// uncorrelated, as large products of w would cancel where the equations are
// strongly correlated.
func (f *Fit) systemR2() float64 {
	if math.IsNaN(f.LogLikelihood) { // the solver has no factor of the covariance
		return math.NaN()
	}
	squares := func(x dense.Columns) float64 {
		f.solver.decorrelate(x)
		return floats.Dot(x.Data, x.Data)
	}
	left := dense.ColumnsOf(len(f.Years), f.Actual)
	for i := range left.N {
		floats.AddConst(-dense.Mean(left.Col(i)), left.Col(i))
	}
	return 1 - squares(dense.ColumnsOf(len(f.Years), f.Residuals))/squares(left)
}

// determinant of ResidualCovariance.
func (f *Fit) determinant() float64 {
	if math.IsNaN(f.LogLikelihood) {
		return math.NaN()
	}
	v := f.solver
	root := 1.0
	for i := range v.m {
		root *= v.root[i*v.m+i] * v.scale[i]
	}
	return root * root
}

// ResidualCorrelation is that of two equations' residuals, not centred.
func (f *Fit) ResidualCorrelation(i, j int) float64 {
	c := f.ResidualCovarianceT
	if i == j {
		return 1
	}
	return c[i][j] / math.Sqrt(c[i][i]*c[j][j])
}
