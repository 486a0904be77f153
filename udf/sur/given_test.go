package sur

import (
	"context"
	"math"
	"testing"

	"utvandring/udf/equation"
)

// With every parameter given, residuals and what follows from them are those of
// the given parameters: the likelihood is computed here from its formula, and the
// likelihood ratio of a hypothesis about all parameters from it.
func TestEveryParameterGiven(t *testing.T) {
	year := []int64{1, 2, 3, 4, 5, 6}
	y, x := []float64{1, 3, 2, 5, 4, 7}, []float64{1, 2, 3, 4, 5, 6}
	panel, err := equation.NewPanel(year, []string{"y", "x"}, [][]float64{y, x}, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := model(t, "y = $a + $b*x")
	given, err := ParseRestrictions("a = 0.5, b = 1")
	if err != nil {
		t.Fatal(err)
	}
	ss := 0.0
	for i := range y {
		e := y[i] - 0.5 - x[i]
		ss += e * e
	}
	l := func(ss float64) float64 { return -3 * (math.Log(2*math.Pi*ss/6) + 1) }
	for _, o := range []Options{{}, {Method: "sur"}, {Method: "ols"}, {StdErrors: "robust"}, {StdErrors: "hac"}, {StdErrors: "small_sample"}, {Divisor: "T-k"}} {
		o.Restrictions = given
		f, err := Estimate(context.Background(), m, panel, o)
		if err != nil {
			t.Fatal(o, err)
		}
		if math.Abs(f.LogLikelihood-l(ss)) > 1e-12 || math.Abs(f.ResidualCovariance[0][0]-ss/6) > 1e-12 {
			t.Error(o, f.LogLikelihood, l(ss), f.ResidualCovariance)
		}
		if p := f.Parameters; len(p) != 2 || p[0].Estimate != 0.5 || p[1].Estimate != 1 || !math.IsNaN(p[1].StdError) {
			t.Error(o, p)
		}
		if s := f.Summary(); s.K != 0 || !math.IsNaN(s.Condition) || math.Abs(s.AIC-(2-2*l(ss))) > 1e-12 {
			t.Error(o, s)
		}
	}
	half, err := ParseRestrictions("a + b = 1, a = 0.3")
	if err != nil {
		t.Fatal(err)
	}
	f, err := Estimate(context.Background(), model(t, "y = $a + $b*x + $c*x^2"), panel, Options{Restrictions: half})
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Bootstrap(context.Background(), BootstrapOptions{Replications: 50, Seed: 1, Method: "residual", Level: 0.9})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range b.Parameters {
		if given := i < 2; given != math.IsNaN(p.StdDev) || given != math.IsNaN(p.Lower) || given != (p.Bias == 0) {
			t.Error(p)
		}
	}
	free, err := Estimate(context.Background(), m, panel, Options{})
	if err != nil {
		t.Fatal(err)
	}
	h, err := free.Test(context.Background(), panel, given)
	if err != nil {
		t.Fatal(err)
	}
	if want := 2 * (free.LogLikelihood - l(ss)); h.DF != 2 || math.Abs(h.LR-want) > 1e-12 {
		t.Error(h, want)
	}
}

// The test of heteroskedasticity regresses on the fitted values: there is none
// where they are constant.
func TestNoHeteroskedasticityTestOfAConstant(t *testing.T) {
	panel, err := equation.NewPanel([]int64{1, 2, 3, 4, 5}, []string{"y"}, [][]float64{{0.1, 0.3, 0.2, 0.5, 0.4}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Estimate(context.Background(), model(t, "y = $a"), panel, Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := f.Diagnose(1)[0]
	if !math.IsNaN(d.LMHet) || !math.IsNaN(d.LMHetP) || !math.IsNaN(d.LMHetFitted) {
		t.Error(d.LMHet, d.LMHetP, d.LMHetFitted)
	}
}
