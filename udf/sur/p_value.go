package sur

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

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
