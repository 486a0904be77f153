package sur

import (
	"math"

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
