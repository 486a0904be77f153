package simulate

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// Variance, mean and correlation of draws with a common factor against the reference case
// residuals_carried: F = [A, λφ; 0, φ], exactly (its run.R, part d). Tolerances are four
// standard errors of the simulation.
func TestFactorDrawsAsTheory(t *testing.T) {
	system, panel, coefficients := carriedSystem(t)
	want := carriedExpected(t)
	first, last := int64(2013), int64(2020)
	p := bound(t, system, panel, coefficients, Options{First: first, Last: last})
	loadings := func(state, variance float64) (rows []FactorLoading) {
		for i, name := range []string{"emi_1", "emi_2"} {
			rows = append(rows, FactorLoading{"m", name, "f", []float64{0.15, 0.2}[i], []float64{0.02, 0.015}[i], 0.6, state, variance})
		}
		return rows
	}
	factors, own, err := p.NewFactors(loadings(-0.8, 0.25))
	if err != nil {
		t.Fatal(err)
	}
	source := normalOf(t, p, own)
	const n = 40000
	both := make([][2]float64, n)
	compared := 0
	s := stochastic(t, []*Problem{p}, Stochastic{Replications: n, Seed: 5, Residuals: source, Factors: factors,
		Each: func(_, i, k int, replications []int, values []float64) {
			if k == 7 {
				for l, r := range replications {
					both[r][i] = values[l]
				}
			}
		}})
	for i, name := range []string{"emi_1", "emi_2"} {
		for k, d := range s[0].Level[i] {
			year := fmt.Sprint(2013 + k)
			sd := want[[3]string{"sd.factor_and_idiosyncratic", name, year}]
			near(t, "sd "+name+year, d.SD, sd, 4*sd/math.Sqrt(2*n))
			mean := want[[3]string{"path.none", name, year}] + want[[3]string{"mean_shift.factor", name, year}]
			near(t, "mean "+name+year, d.Mean, mean, 4*sd/math.Sqrt(n))
			compared++
		}
	}
	if compared != 16 {
		t.Errorf("%d compared", compared)
	}
	var sum [2]float64
	for _, x := range both {
		sum[0], sum[1] = sum[0]+x[0]/n, sum[1]+x[1]/n
	}
	var xx, xy, yy float64
	for _, x := range both {
		a, b := x[0]-sum[0], x[1]-sum[1]
		xx, xy, yy = xx+a*a, xy+a*b, yy+b*b
	}
	near(t, "correlation", xy/math.Sqrt(xx*yy), want[[3]string{"corr_12.factor_and_idiosyncratic", "emi_1,emi_2", "2020"}], 4/math.Sqrt(n))
}

func TestFactorsRefused(t *testing.T) {
	system, panel, coefficients := carriedSystem(t)
	first, last := int64(2013), int64(2014)
	p := bound(t, system, panel, coefficients, Options{First: first, Last: last})
	good := FactorLoading{"m", "emi_1", "1", 0.1, 0.02, 0.5, 0, 1}
	change := func(f func(*FactorLoading)) FactorLoading { l := good; f(&l); return l }
	for _, c := range []struct {
		rows []FactorLoading
		want string
	}{
		{[]FactorLoading{change(func(l *FactorLoading) { l.Equation = "emi_9" })}, `there is a loading of equation "emi_9", which is not simulated`},
		{[]FactorLoading{change(func(l *FactorLoading) { l.Phi = 1 })}, "phi is 1, not between -1 and 1"},
		{[]FactorLoading{change(func(l *FactorLoading) { l.Variance = -1 })}, "the variance is negative"},
		{[]FactorLoading{change(func(l *FactorLoading) { l.StateVariance = -1 })}, "state_variance is negative"},
		{[]FactorLoading{change(func(l *FactorLoading) { l.Loading = math.NaN() })}, "has no loading"},
		{[]FactorLoading{good, good}, "is there twice"},
		{[]FactorLoading{good, change(func(l *FactorLoading) { l.Equation, l.Phi = "emi_2", 0.4 })}, "have different phi"},
		{[]FactorLoading{good, change(func(l *FactorLoading) { l.Factor, l.Variance = "2", 1 })}, "have different variances"},
		{[]FactorLoading{change(func(l *FactorLoading) { l.Model = "other" })}, "no row of an equation that is simulated"},
	} {
		if _, _, err := p.NewFactors(c.rows); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c.rows, err)
		}
	}
}
