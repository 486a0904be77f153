package sur

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// CheckPortmanteau refuses an order for which there are not years enough. Not 4,
// which nobody need have asked for: there it is NaN.
func (f *Fit) CheckPortmanteau(lags int) error {
	if highest := max(len(f.Years)-1, 4); lags > highest {
		return fmt.Errorf("lags must be at most %d, as the portmanteau test needs more %s (%d, %s) than lags, and is %d",
			highest, f.system.panel.Units(), len(f.Years), f.system.period(), lags)
	}
	return nil
}

// Portmanteau is Hosking's (1980) test that the errors of the system are not
// autocorrelated, neither with their own past nor with that of other equations:
//
//	T² Σ_{j=1}^{lags} tr(C_j'C₀⁻¹C_j C₀⁻¹)/(T − j),  C_j = Σ_t e_t e_t−j'/T
//
// with the products that are there in the place of T − j where years are missing:
// χ²(M² lags); residuals not centred. The degrees of freedom are those of errors
// that are known: with lagged left sides there are no exact ones, and these keep
// the test from rejecting too often. NaN where the years are too few, none of them
// has another so many before it, or the residual covariance is singular.
func (f *Fit) Portmanteau(lags int) (statistic float64, df int, p float64) {
	n, v := len(f.Years), f.solver
	df = v.m * v.m * lags
	if lags < 1 || lags >= n || !f.hasPairs(lags) || math.IsNaN(f.LogLikelihood) {
		return math.NaN(), df, math.NaN()
	}
	// In coordinates in which C₀ is I the traces are sums of squares.
	e := dense.NewColumns(n, v.m)
	for i := range v.m {
		copy(e.Col(i), f.Residuals[i])
		floats.Scale(v.scale[i], e.Col(i)) // which decorrelate takes off
	}
	v.decorrelate(e)
	past := make([]float64, n)
	for lag := 1; lag <= lags; lag++ {
		sum := 0.0
		for j := range v.m {
			copy(past, f.lagged(e.Col(j), lag))
			for i := range v.m {
				c := floats.Dot(e.Col(i), past)
				sum += c * c
			}
		}
		statistic += sum / float64(f.pairs(lag))
	}
	return statistic, df, chiSquared(statistic, df)
}
