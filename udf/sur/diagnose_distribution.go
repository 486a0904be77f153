package sur

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// heteroskedasticity is T R² of the squared residuals e on a constant and x, with
// its p-value; NaN where x is a constant itself, as for an equation without
// regressors.
func heteroskedasticity(e, x []float64) (statistic, p float64) {
	if floats.Max(x)-floats.Min(x) <= 1e-11*floats.Norm(x, math.Inf(1)) {
		return math.NaN(), math.NaN()
	}
	constant := slices.Repeat([]float64{1}, len(x))
	y := residualOf(squares(e), [][]float64{constant})
	left := residualOf(y, [][]float64{constant, x})
	statistic = float64(len(x)) * (1 - floats.Dot(left, left)/floats.Dot(y, y))
	return statistic, chiSquared(statistic, 1)
}

func squares(x []float64) []float64 { return floats.MulTo(make([]float64, len(x)), x, x) }

// jarqueBera is n/6 (skewness² + excess kurtosis²/4), moments with divisor n, with its
// p-value.
func jarqueBera(e []float64) (statistic, p float64) {
	n := float64(len(e))
	centre := dense.Mean(e)
	var m2, m3, m4 float64
	for _, v := range e {
		d := v - centre
		m2 += d * d / n
		m3 += d * d * d / n
		m4 += d * d * d * d / n
	}
	skewness, kurtosis := m3/math.Pow(m2, 1.5), m4/(m2*m2)-3
	statistic = n / 6 * (skewness*skewness + kurtosis*kurtosis/4)
	return statistic, chiSquared(statistic, 2)
}
