package simulate

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"utvandring/udf/equation"
	"utvandring/udf/factor"
	"utvandring/udf/long"
	"utvandring/udf/sur"
)

// How often a band of 95 per cent that is drawn from an estimate with one common factor misses,
// of 100: what comes in the year after the sample, and in the fifth, of one of six equations
// with lagged left sides, and of the sum of the six. The factor, which makes half of the
// residual variance, has an autoregression of 0.6. "independent" has shocks as large without
// loadings. Simulated by
//
//	SIZE=1000 go test -run TestFactorBandsCover -v ./udf/simulate
//
// which prints them; the help of simulate_stochastic has them in words.
var factorBandsMiss = map[string][2]float64{
	"100 years, both":                        {6.2, 6.7},
	"100 years, both, independent":           {6.7, 8.9},
	"100 years, both, independent, sum":      {29.6, 35.6},
	"100 years, both, sum":                   {5.7, 8.3},
	"100 years, residuals":                   {6.7, 7.6},
	"100 years, residuals, independent":      {7.1, 9.5},
	"100 years, residuals, independent, sum": {32.5, 41.6},
	"100 years, residuals, sum":              {6.5, 8.5},
	"22 years, both":                         {8.0, 10.2},
	"22 years, both, independent":            {7.8, 11.0},
	"22 years, both, independent, sum":       {24.4, 29.3},
	"22 years, both, sum":                    {6.5, 11.9},
	"22 years, residuals":                    {10.9, 13.4},
	"22 years, residuals, independent":       {10.1, 14.8},
	"22 years, residuals, independent, sum":  {35.9, 42.4},
	"22 years, residuals, sum":               {10.0, 15.2},
}

// factorForecast draws a sample of some years, estimates, and counts which bands miss the year
// after it and the fifth.
func factorForecast(seed, years int, count func(what string, first, fifth bool)) error {
	const m, ahead, burn = 6, 5, 30
	rng := rand.New(rand.NewPCG(uint64(seed), uint64(years)))
	n := burn + 1 + years + ahead
	var names, texts, equations []string
	var y, data [][]float64
	for i := range m {
		y = append(y, make([]float64, n))
		names = append(names, fmt.Sprint("y", i))
		texts = append(texts, fmt.Sprintf("y%[1]d = $a%[1]d + $b%[1]d*lag(y%[1]d) + $c%[1]d*x%[1]d", i))
		equations = append(equations, strconv.Itoa(i+1))
	}
	sum := "s = y0"
	for i := range m {
		x := make([]float64, n)
		for t := range x {
			x[t] = 2 + 0.5*rng.NormFloat64()
		}
		names, data = append(names, fmt.Sprint("x", i)), append(data, x[burn:])
		if i > 0 {
			sum += fmt.Sprint(" + y", i)
		}
	}
	f := 0.0
	for t := 1; t < n; t++ {
		f = 0.6*f + 0.8*rng.NormFloat64()
		for i := range y {
			x := 2.0
			if t >= burn {
				x = data[i][t-burn]
			}
			y[i][t] = 1.2 + 0.1*float64(i)*y[i][t-1] + 0.3*x + 0.2*math.Sqrt(0.5)*(f+rng.NormFloat64())
		}
	}
	year := make([]int64, n-burn)
	for t := range year {
		year[t] = int64(1990 + t)
	}
	null := make([][]bool, 2*m)
	var all [][]float64
	for i := range y {
		known := slices.Clone(y[i][burn:])
		null[i] = make([]bool, len(year))
		for t := years + 1; t < len(year); t++ {
			known[t], null[i][t] = math.NaN(), true
		}
		all = append(all, known)
	}
	panel, err := equation.NewPanel(year, names, append(all, data...), null)
	if err != nil {
		return err
	}
	model, err := sur.NewModel(equations, texts)
	if err != nil {
		return err
	}
	design, err := sur.NewDesign(model, panel, sur.Options{})
	if err != nil {
		return err
	}
	fit, err := factor.Estimate(context.Background(), &design.Problem, factor.Options{Factors: 1, AR: true})
	if err != nil || !fit.Converged {
		return err
	}
	var coefficients []Coefficient
	var covariance []Covariance
	size := int(math.Sqrt(float64(len(fit.Covariance))))
	for i, p := range model.Parameters() {
		coefficients = append(coefficients, Coefficient{"m", p, fit.B[i]})
		for j, q := range model.Parameters() {
			covariance = append(covariance, Covariance{"m", p, q, fit.Covariance[i*size+j]})
		}
	}
	system, err := New(formulas(append(texts, sum)...))
	if err != nil {
		return err
	}
	p, err := system.Bind(panel, coefficients, Options{First: year[years+1]})
	if err != nil {
		return err
	}
	parameters, err := p.Parameters(covariance)
	if err != nil {
		return fmt.Errorf("seed %d: %w", seed, err)
	}
	last := fit.Path[len(fit.Path)-1][0]
	for _, common := range []bool{true, false} {
		var rows []FactorLoading
		for i, e := range equations {
			l := FactorLoading{"m", e, "1", fit.Loading[i][0], fit.Variance[i], fit.Phi[0], last, fit.Last[0]}
			if !common {
				l.Variance += l.Loading * l.Loading
				l.Loading = 0
			}
			rows = append(rows, l)
		}
		factors, own, err := p.NewFactors(rows)
		if err != nil {
			return err
		}
		source, err := p.NormalResiduals(own)
		if err != nil {
			return err
		}
		for what, o := range map[string]Stochastic{"residuals": {}, "both": {Parameters: parameters}} {
			if !common {
				what += ", independent"
			}
			o.Residuals, o.Factors = source, factors
			o.Replications, o.Seed, o.Probabilities = 400, int64(seed), []float64{0.025, 0.975}
			s, err := RunStochastic(context.Background(), []*Problem{p}, o)
			if err != nil {
				return err
			}
			outside := func(i, h int, x float64) bool {
				q := s[0].Level[i][h-1].Quantiles
				return x < q[0] || x > q[1]
			}
			var total [2]float64
			for i := range y {
				first, fifth := y[i][burn+years+1], y[i][burn+years+ahead]
				total[0], total[1] = total[0]+first, total[1]+fifth
				count(fmt.Sprint(years, " years, ", what), outside(i, 1, first), outside(i, ahead, fifth))
			}
			count(fmt.Sprint(years, " years, ", what, ", sum"), outside(m, 1, total[0]), outside(m, ahead, total[1]))
		}
	}
	return nil
}

func TestFactorBandsCover(t *testing.T) {
	bandsCover(t, long.Runs(40, 6), []int{22, 100}, factorForecast, factorBandsMiss)
}
