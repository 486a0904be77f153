package sur

import (
	"math"

	"utvandring/udf/dense"
)

// jarqueBera is n/6 (skewness² + excess kurtosis²/4), with its p-value.
func jarqueBera(e []float64) (statistic, p float64) {
	skewness, kurtosis := moments(e)
	statistic = float64(len(e)) / 6 * (skewness*skewness + kurtosis*kurtosis/4)
	return statistic, chiSquared(statistic, 2)
}

// moments are skewness and excess kurtosis with divisor n.
func moments(e []float64) (skewness, kurtosis float64) {
	n := float64(len(e))
	centre := dense.Mean(e)
	var m2, m3, m4 float64
	for _, v := range e {
		d := v - centre
		m2 += d * d / n
		m3 += d * d * d / n
		m4 += d * d * d * d / n
	}
	return m3 / math.Pow(m2, 1.5), m4/(m2*m2) - 3
}
