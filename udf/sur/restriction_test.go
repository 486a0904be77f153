package sur

import (
	"context"
	"math"
	"strings"
	"testing"
)

// A mistake in a restriction is found by its place in the whole text.
func TestRestrictionFaults(t *testing.T) {
	for text, want := range map[string]string{
		"b_1 = b_2, a > 0":      `restriction "a > 0": expected "=" after the left side, found ">", at character 14: > 0`,
		" é = 1,\n b_1*b_2 = 1": `restriction "b_1*b_2 = 1": the restriction is not linear in parameter $b_2, at character 13: *b_2 = 1`,
		"a = 0, b_1":            `restriction "b_1": expected "=" after the left side, found the end of the restriction, at the end of the restriction`,
		"a, b_1 = 0":            `restriction "a": expected "=" after the left side, found the end of the restriction, at character 2: , b_1 = 0`,
		"a = 0, 1 = 1":          `restriction "1 = 1" names no parameter`,
		"a + 1 = a":             `restriction "a + 1 = a" says nothing: its parameters cancel`,
		"a = 1/0":               `restriction "a = 1/0": 1/0 is not a number`,
		"a = lag(b)":            `restriction "a = lag(b)": lag(b) is not a number`,
		"a = 0,5":               `restriction "5" in "a = 0,5" is only a number (commas separate restrictions; a decimal takes a point, as in 0.5)`,
	} {
		if _, err := ParseRestrictions(text); err == nil || err.Error() != want {
			t.Errorf("%q: %v\nwant %s", text, err, want)
		}
	}
}

func TestRestrictionSuggests(t *testing.T) {
	m := model(t, "y = $a + $b_1*x + $b_2*z")
	for text, want := range map[string]string{
		"b_1 = b_3":       "parameter b_3 is used nowhere in the model (did you mean b_2?)",
		"b_1 - B_2 = b_3": "parameter b_3 is used nowhere in the model (its parameters are a, b_1 and b_2)",
	} {
		list := restrictions(t, text)
		if _, err := m.Restrict(list); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// Restrictions by text give what shared names in the formulas give, and report
// the parameters that they solve for.
func TestRestrictionsAreSharedNames(t *testing.T) {
	c, _, p := readReference(t, "grunfeld5_restricted")
	_, m, _ := readReference(t, "grunfeld5")
	list := restrictions(t, "b1 = b2, b2 = b3, b3 = b4, b4 = b5, c1 = c2, c2 = c3, c3 = c4, c4 = c5")
	f := estimate(t, m, p, Options{Restrictions: list})
	if len(f.Parameters) != 15 || f.K != 7 {
		t.Fatalf("%d parameters, %d free", len(f.Parameters), f.K)
	}
	for _, want := range c.Gold.Parameters {
		for _, got := range f.Parameters {
			if got.Name == want.Name || len(want.Name) == 1 && got.Name[:1] == want.Name {
				near(t, got.Name, got.Estimate, want.Estimate, 1e-9)
				near(t, "standard error of "+got.Name, got.StdError, want.StdError, 1e-9)
			}
		}
	}
}

// Calibrated parameters and affine restrictions, against the same written into
// the formulas by hand.
func TestFixedAndAffine(t *testing.T) {
	p := random(t, 12, 25, "y", "z", "x", "w")
	free := model(t, "y = $a + $b*x + $c*w", "z = $d + $b*w + $e*x")
	list := restrictions(t, "c = 0.25, e = b - 0.5")
	got := estimate(t, free, p, Options{Restrictions: list})
	byHand := model(t, "y - 0.25*w = $a + $b*x", "z + 0.5*x = $d + $b*(w + x)")
	want := estimate(t, byHand, p, Options{})
	inFormula := estimate(t, model(t, "y = $a + $b*x + 0.25*w", "z = $d + $b*w + ($b - 0.5)*x"), p, Options{})
	at := map[string]Parameter{}
	for _, q := range want.Parameters {
		at[q.Name] = q
	}
	for _, name := range []string{"a", "b", "d"} {
		near(t, name, got.Parameters[got.index(name)].Estimate, at[name].Estimate, 1e-10)
		near(t, name, got.Parameters[got.index(name)].StdError, at[name].StdError, 1e-10)
		near(t, name, inFormula.Parameters[inFormula.index(name)].Estimate, at[name].Estimate, 1e-10)
	}
	if c := got.Parameters[got.index("c")]; c.Estimate != 0.25 || !math.IsNaN(c.StdError) {
		t.Errorf("fixed parameter: %+v", c)
	}
	e, b := got.Parameters[got.index("e")], at["b"]
	near(t, "e", e.Estimate, b.Estimate-0.5, 1e-10)
	near(t, "se of e", e.StdError, b.StdError, 1e-10)
	near(t, "loglik", inFormula.LogLikelihood, want.LogLikelihood, 1e-12)
	// The left side that is reported is the one in the formula, without offset.
	if got.Actual[0][3] != p.Data[0][3] {
		t.Error("actual is not the left side")
	}
}

// What rounding leaves of a weight is none: two restrictions that fix c do so, and
// the equation that only c stands in beside a constant has one coefficient less. A
// restriction may be written in any unit.
func TestRestrictionsLeaveNoResidue(t *testing.T) {
	m := model(t, "y1 = $a*x1 + $b*x2 + $e", "y2 = $c*x3 + $d")
	restrict := func(text string) (*Model, error) {
		list := restrictions(t, text)
		return m.Restrict(list)
	}
	// By hand: 0.42 times the first is 0.1512 a + 0.2226 b + 0.2226 c = 0.3192; the
	// second less that is 0.1274 c = 0.2508.
	r, err := restrict("0.36*a + 0.53*b + 0.53*c = 0.76, 0.1512*a + 0.2226*b + 0.35*c = 0.57")
	if err != nil {
		t.Fatal(err)
	}
	c := r.full[indexOf(r.all, "c")]
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

// With every parameter given, residuals and what follows from them are those of
// the given parameters: the likelihood is computed here from its formula, and the
// likelihood ratio of a hypothesis about all parameters from it.
func TestEveryParameterGiven(t *testing.T) {
	year := []int64{1, 2, 3, 4, 5, 6}
	y, x := []float64{1, 3, 2, 5, 4, 7}, []float64{1, 2, 3, 4, 5, 6}
	panel := newPanel(t, year, []string{"y", "x"}, [][]float64{y, x})
	m := model(t, "y = $a + $b*x")
	given := restrictions(t, "a = 0.5, b = 1")
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
	half := restrictions(t, "a + b = 1, a = 0.3")
	f := estimate(t, model(t, "y = $a + $b*x + $c*x^2"), panel, Options{Restrictions: half})
	b := bootstrapped(t, f, BootstrapOptions{Replications: 50, Seed: 1, Method: "residual", Level: 0.9})
	for i, p := range b.Parameters {
		if given := i < 2; given != math.IsNaN(p.StdDev) || given != math.IsNaN(p.Lower) || given != (p.Bias == 0) {
			t.Error(p)
		}
	}
	free := estimate(t, m, panel, Options{})
	h, err := free.Test(context.Background(), given)
	if err != nil {
		t.Fatal(err)
	}
	if want := 2 * (free.LogLikelihood - l(ss)); h.DF != 2 || math.Abs(h.LR-want) > 1e-12 {
		t.Error(h, want)
	}
}
