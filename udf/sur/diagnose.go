package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
	"utvandring/udf/equation"
)

// Diagnosis is what is reported of one equation; how each statistic is computed
// stands in the file diagnose_*.go of what it is about. Those that are not defined
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
