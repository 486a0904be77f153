package sur

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
	"utvandring/udf/equation"
)

// Diagnosis is what is reported of one equation; how statistics of autocorrelation are
// computed stands in diagnose_autocorrelation.go and diagnose_durbin_watson.go. Those that are not defined
// are NaN. P-values are of the chi-squared distribution unless said
// otherwise.
type Diagnosis struct {
	Equation, Left string
	N, K           int // years, coefficients: see solver.coefficients

	// R2 = 1 − e'e/Σ(y−ȳ)², may be negative; AdjustedR2 = 1 − (1−R2)(n−1)/(n−k).
	// RMSE is sqrt(e'e/divisor): the diagonal of the residual covariance.
	R2, AdjustedR2, RMSE, SSR, MeanLeft float64

	// DurbinWatson = Σ(e_t − e_t−1)²/Σe_t², biased towards 2 where the left side
	// lagged is a regressor (HasLag). Then Durbin's (1970) h = (1 − DW/2)
	// sqrt(n/(1 − n Var b)), normal, b the coefficient of the left side lagged
	// once; undefined where n Var b ≥ 1. With gaps n is one more than the years
	// whose year before is there, and DW is multiplied by the years over that. Alternative is his test for that case:
	// t of e_t−1 in the regression of e_t on it and the regressors, normal.
	DurbinWatson      float64
	DurbinWatsonP     float64 // of positive autocorrelation: see durbinWatsonP
	HasLag            bool
	DurbinH, DurbinHP float64
	Alternative       float64
	AlternativeP      float64
	LMHet, LMHetP     float64 // n R² of e² on 1 and fitted², χ²(1): as TSP prints
	LMHetFitted       float64 // the same on 1 and fitted
	LMHetFittedP      float64
	BreuschGodfrey    float64 // F(lags, n − k − lags): see breuschGodfrey
	BreuschGodfreyP   float64
	BreuschGodfreyChi2,
	BreuschGodfreyChi2P float64
	JarqueBera  float64 // n/6 (skewness² + excess kurtosis²/4), χ²(2)
	JarqueBeraP float64
}

// Diagnose examines the residuals of each equation, in the order of
// Model.Equations; lags ≥ 1 is the order of the Breusch–Godfrey test, which is NaN
// where there are too few years for it (see CheckLags).
func (f *Fit) Diagnose(lags int) []Diagnosis {
	out := make([]Diagnosis, len(f.system.equations))
	for i := range out {
		out[i] = f.diagnose(i, lags)
	}
	return out
}

func (f *Fit) diagnose(i, lags int) Diagnosis {
	e, y, fitted := f.Residuals[i], f.Actual[i], f.Fitted(i)
	q := &f.system.equations[i]
	n, k := len(e), f.solver.coefficients(i)
	d := Diagnosis{Equation: f.Model.Equations[i].Name, Left: equation.String(q.linear.Left), N: n, K: k}
	d.SSR = floats.Dot(e, e)
	d.MeanLeft = dense.Mean(y)
	total := 0.0
	for _, v := range y {
		total += (v - d.MeanLeft) * (v - d.MeanLeft)
	}
	d.R2 = 1 - d.SSR/total
	d.AdjustedR2 = math.NaN()
	if n > k {
		d.AdjustedR2 = 1 - (1-d.R2)*float64(n-1)/float64(n-k)
	}
	d.RMSE = math.Sqrt(f.ResidualCovariance[i][i])

	d.DurbinWatson = f.durbinWatson(e)
	d.DurbinWatsonP = f.durbinWatsonP(i, d.DurbinWatson)
	f.durbin(i, &d)
	d.BreuschGodfrey, d.BreuschGodfreyP, d.BreuschGodfreyChi2, d.BreuschGodfreyChi2P = f.breuschGodfrey(i, lags)
	d.LMHet, d.LMHetP = heteroskedasticity(e, squares(fitted))
	d.LMHetFitted, d.LMHetFittedP = heteroskedasticity(e, fitted)
	d.JarqueBera, d.JarqueBeraP = jarqueBera(e)
	return d
}

// regressors of equation i.
func (f *Fit) regressors(i int) [][]float64 {
	var x [][]float64
	for _, c := range f.system.equations[i].column {
		x = append(x, f.system.data[c])
	}
	return x
}

// residualOf is what the columns x leave of y; columns that depend on others
// add nothing.
func residualOf(y []float64, x [][]float64) []float64 {
	r := slices.Clone(y)
	dense.Basis(len(y), x, collinearity).Project(r)
	return r
}

// firstT is the t-value of the first column of x in the regression of y on x, which
// leaves df degrees of freedom.
func firstT(y []float64, x [][]float64, df int) float64 {
	z := residualOf(x[0], x[1:])
	r := residualOf(y, x[1:])
	zz := floats.Dot(z, z)
	b := floats.Dot(z, r) / zz
	floats.AddScaled(r, -b, z)
	return b / math.Sqrt(floats.Dot(r, r)/float64(df)/zz)
}

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
