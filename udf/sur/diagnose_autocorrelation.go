package sur

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
	"utvandring/udf/equation"
)

// CheckLags refuses an order of the Breusch–Godfrey test for which no equation has
// years enough. Not 1, which nobody need have asked for: there it is NaN.
func (f *Fit) CheckLags(lags int) error {
	least := len(f.Model.all)
	for i := range f.system.equations {
		least = min(least, f.solver.coefficients(i))
	}
	if highest := max(len(f.Years)-least-1, 1); lags > highest {
		return fmt.Errorf("lags must be at most %d, as the Breusch–Godfrey test needs more %s (%d, %s) than coefficients (%d) and lags together, and is %d",
			highest, f.system.panel.Units(), len(f.Years), f.system.period(), least, lags)
	}
	return nil
}

// breuschGodfrey is the test of Breusch (1978) and Godfrey (1978) that the errors
// of equation i are not autocorrelated up to an order. The residuals of systems and
// of equations that share parameters are not orthogonal to the regressors, so these
// are taken out of them first: otherwise what the regressors explain would count as
// autocorrelation. With SSR₀ what the regressors leave of the residuals and SSR₁
// what they and the lagged residuals leave (0 where there is none before the
// sample),
//
//	χ² = T (SSR₀ − SSR₁)/SSR₀,  F = ((SSR₀ − SSR₁)/lags) / (SSR₁/(T − k_i − lags))
//
// NaN where the years are too few, or none of them has another so many before it.
func (f *Fit) breuschGodfrey(i, lags int) (statistic, p, chi2, chi2P float64) {
	e, x := f.Residuals[i], f.regressors(i)
	rest := len(e) - f.solver.coefficients(i) - lags
	if lags < 1 || rest < 1 || !f.hasPairs(lags) {
		return math.NaN(), math.NaN(), math.NaN(), math.NaN()
	}
	r := residualOf(e, x)
	without := floats.Dot(r, r)
	for lag := 1; lag <= lags; lag++ {
		x = append(x, f.lagged(e, lag))
	}
	r = residualOf(e, x)
	with := floats.Dot(r, r)
	chi2 = float64(len(e)) * (without - with) / without
	statistic = (without - with) / float64(lags) / (with / float64(rest))
	return statistic, fDistributed(statistic, float64(lags), float64(rest)), chi2, chiSquared(chi2, lags)
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
		for _, c := range equation.ColumnsOf(f.Model.Equations[i].Right) {
			d.HasLag = d.HasLag || c.Lag > 0 && equation.Key(c.Name) == equation.Key(left.Name)
		}
	}
	if !d.HasLag {
		return
	}
	// What Durbin's n is without gaps: one more than the changes that are summed.
	n := float64(f.pairs(1) + 1)
	if coefficient >= 0 && f.hasPairs(1) {
		p := q.parameter[coefficient]
		if v := n * f.classical[p*f.K+p]; v < 1 {
			d.DurbinH = (1 - d.DurbinWatson*float64(d.N)/n/2) * math.Sqrt(n/(1-v))
			d.DurbinHP = PValue(d.DurbinH, math.Inf(1))
		}
	}
	// The first residual has none before it, so it is left out.
	e, z := f.Residuals[i], f.regressors(i)
	var now []float64
	x := make([][]float64, 1+len(z))
	for t := range e {
		if s := f.earlier(t, 1); s >= 0 {
			now, x[0] = append(now, e[t]), append(x[0], e[s])
			for j := range z {
				x[1+j] = append(x[1+j], z[j][t])
			}
		}
	}
	if df := len(now) - d.K - 1; df > 0 {
		d.Alternative = firstT(now, x, df)
		d.AlternativeP = PValue(d.Alternative, math.Inf(1))
	}
}

// earlier is the row of the year that is lag years before that of row t, -1 where
// it is not in the sample.
func (f *Fit) earlier(t, lag int) int {
	s, found := slices.BinarySearch(f.Years[:t+1], f.Years[t]-int64(lag))
	if !found {
		return -1
	}
	return s
}

// pairs is the number of years with one so many years before it in the sample.
func (f *Fit) pairs(lag int) (n int) {
	for t := range f.Years {
		if f.earlier(t, lag) >= 0 {
			n++
		}
	}
	return n
}

// hasPairs says whether the sample has years of every distance up to lags. Of years
// five apart nothing is known of how one is correlated with the next.
func (f *Fit) hasPairs(lags int) bool {
	for lag := 1; lag <= lags; lag++ {
		if f.pairs(lag) == 0 {
			return false
		}
	}
	return true
}

// lagged puts 0 where there is nothing so many years before in the sample.
func (f *Fit) lagged(x []float64, lag int) []float64 {
	out := make([]float64, len(x))
	for t := range x {
		if s := f.earlier(t, lag); s >= 0 {
			out[t] = x[s]
		}
	}
	return out
}

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
	e := dense.ColumnsOf(n, f.Residuals)
	for i := range v.m {
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
