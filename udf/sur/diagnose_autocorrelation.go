package sur

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/equation"
)

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

// durbinWatson is Σ(e_t − e_t−1)²/Σe_t².
func durbinWatson(e []float64) float64 {
	changes := 0.0
	for t := 1; t < len(e); t++ {
		changes += (e[t] - e[t-1]) * (e[t] - e[t-1])
	}
	return changes / floats.Dot(e, e)
}

// breuschGodfrey is T R² of the residuals of equation i on its regressors and as
// many lags of the residuals, with its p-value; NaN where the years are too few.
// Not centred: without a constant the mean of the residuals is not 0.
func (f *Fit) breuschGodfrey(i, lags int) (statistic, p float64) {
	e, x := f.Residuals[i], f.regressors(i)
	if lags < 1 || len(e) <= len(x)+lags {
		return math.NaN(), math.NaN()
	}
	for lag := 1; lag <= lags; lag++ {
		x = append(x, lagged(e, lag))
	}
	statistic = float64(len(e)) * explained(e, x)
	return statistic, chiSquared(statistic, lags)
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

// lagged puts 0 where there is nothing before the sample.
func lagged(x []float64, lag int) []float64 {
	out := make([]float64, len(x))
	copy(out[min(lag, len(x)):], x)
	return out
}
