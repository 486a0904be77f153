package sur

import "math"

// diagonality is Breusch and Pagan's (1980) test that the residual covariance is
// diagonal, so that nothing is gained over least squares: T Σ_{i<j} r_ij²,
// χ²(M(M−1)/2). NaN with one equation.
func (f *Fit) diagonality() (statistic float64, df int, p float64) {
	m := len(f.Residuals)
	if m < 2 {
		return math.NaN(), 0, math.NaN()
	}
	sum, c := 0.0, f.ResidualCovarianceT
	for i := range m {
		for j := range i {
			sum += c[i][j] * c[i][j] / (c[i][i] * c[j][j])
		}
	}
	statistic, df = float64(len(f.Years))*sum, m*(m-1)/2
	return statistic, df, chiSquared(statistic, df)
}
