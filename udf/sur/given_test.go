package sur

import (
	"context"
	"math"
	"strings"
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

// What rounding leaves of a weight is none: two restrictions that fix c do so, and
// the equation that only c stands in beside a constant has one coefficient less. A
// restriction may be written in any unit.
func TestRestrictionsLeaveNoResidue(t *testing.T) {
	m := model(t, "y1 = $a*x1 + $b*x2 + $e", "y2 = $c*x3 + $d")
	restrict := func(text string) (*Model, error) {
		list, err := ParseRestrictions(text)
		if err != nil {
			t.Fatal(err)
		}
		return m.Restrict(list)
	}
	// By hand: 0.42 times the first is 0.1512 a + 0.2226 b + 0.2226 c = 0.3192; the
	// second less that is 0.1274 c = 0.2508.
	r, err := restrict("0.36*a + 0.53*b + 0.53*c = 0.76, 0.1512*a + 0.2226*b + 0.35*c = 0.57")
	if err != nil {
		t.Fatal(err)
	}
	c := r.solved["c"]
	if math.Abs(c.constant-0.2508/0.1274) > 1e-12 {
		t.Error(c.constant)
	}
	for k, w := range c.weight {
		if w != 0 {
			t.Errorf("c follows from %s with weight %g", r.free[k], w)
		}
	}
	if _, err := restrict("0.00000000001*a = 0.00000000002*b"); err != nil {
		t.Error(err)
	}
	if _, err := restrict("a = 1e-11, a = 2e-11"); err == nil || !strings.Contains(err.Error(), "contradicts") {
		t.Error(err)
	}
	if _, err := restrict("a + b = 0.3, 0.1*a + 0.1*b = 0.03"); err == nil || !strings.Contains(err.Error(), "follows from") {
		t.Error(err)
	}
}
