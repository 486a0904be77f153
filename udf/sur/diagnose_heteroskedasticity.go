package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// heteroskedasticity is T R² of the squared residuals e on a constant and x, with
// its p-value; NaN where x is a constant itself, as for an equation without
// regressors.
func heteroskedasticity(e, x []float64) (statistic, p float64) {
	if floats.Max(x)-floats.Min(x) <= 1e-11*floats.Norm(x, math.Inf(1)) {
		return math.NaN(), math.NaN()
	}
	statistic = float64(len(x)) * rSquared(squares(e), [][]float64{ones(len(x)), x})
	return statistic, chiSquared(statistic, 1)
}

func squares(x []float64) []float64 { return floats.MulTo(make([]float64, len(x)), x, x) }
