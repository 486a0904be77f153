package sur

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat/distuv"

	"utvandring/udf/equation"
)

// Diagnosis is what is reported of one equation. Statistics that are not
// defined are NaN. P-values are of the chi-squared distribution unless said
// otherwise.
type Diagnosis struct {
	Equation, Left string
	N, K           int // years, coefficients (shared ones count in each equation)

	// R2 = 1 − e'e/Σ(y−ȳ)², may be negative; AdjustedR2 = 1 − (1−R2)(n−1)/(n−k).
	// RMSE is sqrt(e'e/divisor): the diagonal of the residual covariance.
	R2, AdjustedR2, RMSE, SSR, MeanLeft float64

	// DurbinWatson = Σ(e_t − e_t−1)²/Σe_t², biased towards 2 where the left side
	// lagged is a regressor (HasLag). Then Durbin's (1970) h = (1 − DW/2)
	// sqrt(n/(1 − n Var b)), normal, b the coefficient of the left side lagged
	// once; undefined where n Var b ≥ 1. Alternative is his test for that case:
	// t of e_t−1 in the regression of e_t on it and the regressors, normal.
	DurbinWatson      float64
	HasLag            bool
	DurbinH, DurbinHP float64
	Alternative       float64
	AlternativeP      float64
	LMHet, LMHetP     float64 // n R² of e² on 1 and fitted², χ²(1): as TSP prints
	LMHetFitted       float64 // the same on 1 and fitted
	LMHetFittedP      float64
	BreuschGodfrey    float64 // n R² of e on the regressors and its own lags, χ²(lags)
	BreuschGodfreyP   float64
	JarqueBera        float64 // n/6 (skewness² + excess kurtosis²/4), χ²(2)
	JarqueBeraP       float64
}

// Diagnose examines the residuals of each equation; lags is the order of the
// Breusch–Godfrey test.
func (f *Fit) Diagnose(lags int) []Diagnosis {
	out := make([]Diagnosis, len(f.system.equations))
	for i := range out {
		out[i] = f.diagnose(i, lags)
	}
	return out
}

// CheckLags refuses an order of the Breusch–Godfrey test for which no equation has
// years enough. Not 1, which nobody need have asked for: there it is NaN.
func (f *Fit) CheckLags(lags int) error {
	least := len(f.Model.all)
	for _, q := range f.system.equations {
		least = min(least, len(q.column))
	}
	if highest := max(len(f.Years)-least-1, 1); lags > highest {
		return fmt.Errorf("lags must be at most %d, as the Breusch–Godfrey test needs more years (%d, %s) than coefficients (%d) and lags together, and is %d",
			highest, len(f.Years), f.system.period(), least, lags)
	}
	return nil
}

func (f *Fit) diagnose(i, lags int) Diagnosis {
	e, y, fitted := f.Residuals[i], f.Actual[i], f.Fitted(i)
	q := &f.system.equations[i]
	n, k := len(e), len(q.column)
	d := Diagnosis{Equation: f.Model.Equations[i].Name, Left: equation.String(q.linear.Left), N: n, K: k}
	d.SSR = floats.Dot(e, e)
	d.MeanLeft = mean(y)
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

	changes := 0.0
	for t := 1; t < n; t++ {
		changes += (e[t] - e[t-1]) * (e[t] - e[t-1])
	}
	d.DurbinWatson = changes / d.SSR
	f.durbin(i, &d)

	squared, fitted2 := make([]float64, n), make([]float64, n)
	for t := range e {
		squared[t], fitted2[t] = e[t]*e[t], fitted[t]*fitted[t]
	}
	d.LMHet, d.LMHetP = heteroskedasticity(squared, fitted2)
	d.LMHetFitted, d.LMHetFittedP = heteroskedasticity(squared, fitted)

	d.BreuschGodfrey, d.BreuschGodfreyP = math.NaN(), math.NaN()
	if lags > 0 && n > k+lags {
		x := append([][]float64(nil), f.regressors(i)...)
		for lag := 1; lag <= lags; lag++ {
			x = append(x, lagged(e, lag))
		}
		// Not centred: without a constant the mean of e is not 0.
		d.BreuschGodfrey = float64(n) * explained(e, x)
		d.BreuschGodfreyP = chiSquared(d.BreuschGodfrey, lags)
	}
	skewness, kurtosis := moments(e)
	d.JarqueBera = float64(n) / 6 * (skewness*skewness + kurtosis*kurtosis/4)
	d.JarqueBeraP = chiSquared(d.JarqueBera, 2)
	return d
}

// heteroskedasticity is T R² of squared residuals on a constant and x, with its
// p-value; NaN where x is a constant itself, as for an equation without regressors.
func heteroskedasticity(squared, x []float64) (statistic, p float64) {
	if floats.Max(x)-floats.Min(x) <= 1e-11*floats.Norm(x, math.Inf(1)) {
		return math.NaN(), math.NaN()
	}
	statistic = float64(len(x)) * rSquared(squared, [][]float64{ones(len(x)), x})
	return statistic, chiSquared(statistic, 1)
}

// durbin fills in what replaces Durbin–Watson where the left side lagged is a
// regressor.
func (f *Fit) durbin(i int, d *Diagnosis) {
	d.DurbinH, d.DurbinHP, d.Alternative, d.AlternativeP = math.NaN(), math.NaN(), math.NaN(), math.NaN()
	q := &f.system.equations[i]
	left, isColumn := q.linear.Left.(*equation.Column)
	own := equation.Key(equation.String(equation.Lagged(q.linear.Left, 1)))
	coefficient := -1
	for j, c := range q.column {
		if equation.Key(f.system.columns[c].text) == own {
			d.HasLag, coefficient = true, j
		}
	}
	if isColumn {
		equation.Walk(f.Model.Equations[i].Right, func(n equation.Node) {
			if c, ok := n.(*equation.Column); ok && c.Lag > 0 && equation.Key(c.Name) == equation.Key(left.Name) {
				d.HasLag = true
			}
		})
	}
	if !d.HasLag {
		return
	}
	n := float64(d.N)
	if coefficient >= 0 {
		p := f.index(f.Model.free[q.parameter[coefficient]])
		if v := n * f.Covariance[p*len(f.Parameters)+p]; v < 1 {
			d.DurbinH = (1 - d.DurbinWatson/2) * math.Sqrt(n/(1-v))
			d.DurbinHP = math.Erfc(math.Abs(d.DurbinH) / math.Sqrt2)
		}
	}
	// The first residual has none before it, so it is left out.
	e := f.Residuals[i]
	x := [][]float64{e[:len(e)-1]}
	for _, z := range f.regressors(i) {
		x = append(x, z[1:])
	}
	if len(e)-1 > len(x) {
		d.Alternative = firstT(e[1:], x)
		d.AlternativeP = math.Erfc(math.Abs(d.Alternative) / math.Sqrt2)
	}
}

func (f *Fit) index(parameter string) int {
	for i, p := range f.Parameters {
		if equation.Key(p.Name) == equation.Key(parameter) {
			return i
		}
	}
	return -1
}

func (f *Fit) regressors(i int) [][]float64 {
	var x [][]float64
	for _, c := range f.system.equations[i].column {
		x = append(x, f.system.data[c])
	}
	return x
}

func ones(n int) []float64 {
	one := make([]float64, n)
	for t := range one {
		one[t] = 1
	}
	return one
}

// lagged puts 0 where there is nothing before the sample.
func lagged(x []float64, lag int) []float64 {
	out := make([]float64, len(x))
	copy(out[min(lag, len(x)):], x)
	return out
}

// residualOf is what the columns x leave of y; columns that depend on others
// add nothing.
func residualOf(y []float64, x [][]float64) []float64 {
	r := append([]float64(nil), y...)
	var basis [][]float64
	for _, col := range x {
		q := append([]float64(nil), col...)
		before := floats.Norm(q, 2)
		for range 2 {
			for _, b := range basis {
				floats.AddScaled(q, -floats.Dot(q, b), b)
			}
		}
		norm := floats.Norm(q, 2)
		if norm <= 1e-11*before || norm == 0 {
			continue
		}
		floats.Scale(1/norm, q)
		basis = append(basis, q)
	}
	for range 2 {
		for _, b := range basis {
			floats.AddScaled(r, -floats.Dot(r, b), b)
		}
	}
	return r
}

// explained is 1 − e'e/y'y of y on x.
func explained(y []float64, x [][]float64) float64 {
	e := residualOf(y, x)
	return 1 - floats.Dot(e, e)/floats.Dot(y, y)
}

// rSquared is the centred one; x has the constant first.
func rSquared(y []float64, x [][]float64) float64 {
	return explained(residualOf(y, x[:1]), x)
}

// firstT is the t-value of the first column of x in the regression of y on x.
func firstT(y []float64, x [][]float64) float64 {
	z := residualOf(x[0], x[1:])
	r := residualOf(y, x[1:])
	zz := floats.Dot(z, z)
	b := floats.Dot(z, r) / zz
	floats.AddScaled(r, -b, z)
	return b / math.Sqrt(floats.Dot(r, r)/float64(len(y)-len(x))/zz)
}

// moments are skewness and excess kurtosis with divisor n.
func moments(e []float64) (skewness, kurtosis float64) {
	n := float64(len(e))
	centre := mean(e)
	var m2, m3, m4 float64
	for _, v := range e {
		d := v - centre
		m2 += d * d / n
		m3 += d * d * d / n
		m4 += d * d * d * d / n
	}
	return m3 / math.Pow(m2, 1.5), m4/(m2*m2) - 3
}

// chiSquared is the upper tail.
func chiSquared(x float64, df int) float64 {
	if math.IsNaN(x) || df <= 0 {
		return math.NaN()
	}
	return distuv.ChiSquared{K: float64(df)}.Survival(max(x, 0))
}
