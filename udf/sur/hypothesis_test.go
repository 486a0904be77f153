package sur

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"utvandring/udf/equation"
)

// A test does not depend on the units of the data, nor on how large a
// restriction is written.
func TestWaldOfAnyUnits(t *testing.T) {
	wald := func(unit float64, text string) float64 {
		p := random(t, 3, 20, "y", "z", "x", "w")
		for r := range p.Year {
			p.Data[2][r] *= unit
			p.Data[3][r] /= unit
		}
		f := estimate(t, model(t, "y = $a + $b*x", "z = $c + $d*w"), p, Options{})
		list := restrictions(t, text)
		h, err := f.Test(context.Background(), list)
		if err != nil {
			t.Fatalf("%s in units of %g: %v", text, unit, err)
		}
		return h.Wald
	}
	want := wald(1, "b = 0, d = 0")
	for _, unit := range []float64{1e-12, 1, 1e30} {
		for _, text := range []string{"b = 0, d = 0", "1e300*b = 0, 1e-300*d = 0", "d = 0, b = 0"} {
			near(t, text, wald(unit, text), want, 1e-9)
		}
	}
}

// With the distribution of t the Wald test is an F test, whose df2 is that of t:
// W/q on F(q, df2), and for one restriction on one parameter the p-value of its t.
func TestWaldIsFWithT(t *testing.T) {
	p := random(t, 3, 12, "y", "z", "x", "w")
	m := model(t, "y = $a + $b*x", "z = $c + $b*x + $d*w")
	for _, c := range []struct {
		o       Options
		text    string
		df, df2 float64
	}{
		{Options{Distribution: "t"}, "b = 0, d = 0.3", 2, 2*12 - 4},
		{Options{StdErrors: "hac"}, "c = d", 1, 12 - 2.5}, // T less the mean number of coefficients
		{Options{StdErrors: "robust"}, "b = 0, c = d", 2, 12 - 2.5},
		{Options{Distribution: "t", Method: "ols"}, "a = 0, b = 0, c = 0, d = 0", 4, 2*12 - 4},
		{Options{StdErrors: "small_sample"}, "d = 0", 1, 12 - 3 - 1},
		{Options{StdErrors: "small_sample"}, "-3*b = 0.6", 1, 9 - 0.5}, // of equations with 9 and 8
		{Options{StdErrors: "small_sample"}, "a = 1, a = d", 2, (9 + 8) / 2.},
		{Options{StdErrors: "small_sample", Method: "ols"}, "a = d", 1, (10 + 9) / 2.},
	} {
		f := estimate(t, m, p, c.o)
		h := hypothesis(t, f, p, c.text)
		if float64(h.DF) != c.df || h.WaldDF2 != c.df2 {
			t.Errorf("%s: F(%d, %g), want F(%g, %g)", c.text, h.DF, h.WaldDF2, c.df, c.df2)
		}
		near(t, c.text, h.WaldP, distuv.F{D1: c.df, D2: c.df2}.Survival(h.Wald/c.df), 1e-9)
		if h.LR == h.LR {
			near(t, "likelihood ratio", h.LRP, distuv.ChiSquared{K: c.df}.Survival(h.LR), 1e-12)
		}
		for _, q := range f.Parameters {
			near(t, q.Name, hypothesis(t, f, p, q.Name+" = 0").WaldP, q.P, 1e-10)
		}
	}
	// A fixed parameter has no t and does not count; normal is asked for.
	fixed, _ := ParseRestrictions("a = 0.25")
	f := estimate(t, m, p, Options{StdErrors: "small_sample", Restrictions: fixed})
	if h := hypothesis(t, f, p, "a + d = 1"); h.WaldDF2 != 8 {
		t.Errorf("df2 %g beside a fixed parameter", h.WaldDF2)
	}
	f = estimate(t, m, p, Options{StdErrors: "small_sample", Distribution: "normal"})
	h := hypothesis(t, f, p, "a = d, b = 0")
	near(t, "normal", h.WaldP, distuv.ChiSquared{K: 2}.Survival(h.Wald), 1e-12)
	// Far out, where 1 − CDF is 0 or rounding: F(2, n) has the tail (1 + 2F/n)^(−n/2).
	near(t, "tail", fDistributed(1e5, 2, 20), math.Pow(1+2e5/20, -10), 1e-10)
}

// What follows from restrictions, or contradicts them, is told from what follows
// among the hypotheses.
func TestHypothesesBesideRestrictions(t *testing.T) {
	p := random(t, 3, 20, "y", "x", "w")
	given, _ := ParseRestrictions("b = 0.5")
	f := estimate(t, model(t, "y = $a + $b*x + $c*w"), p, Options{Restrictions: given})
	for text, want := range map[string]string{
		"b = 0.5":            `hypothesis "b = 0.5" follows from the argument restrictions, so there is nothing to test in it: leave it out`,
		"c = b, 2*c = 1":     `hypothesis "2*c = 1" follows from the argument restrictions and the hypotheses before it, so there is nothing to test in it: leave it out`,
		"b = 1":              `hypothesis "b = 1" contradicts the argument restrictions, so it cannot be tested (test it without restrictions)`,
		"c = 0, 2*c = 0":     `restriction "2*c = 0" follows from those before it: leave it out`,
		"c = 0, c = 1":       `restriction "c = 1" contradicts those before it`,
		"c = 0, b = 0.5 + c": `hypothesis "b = 0.5 + c" follows from the argument restrictions and the hypotheses before it, so there is nothing to test in it: leave it out`,
	} {
		list := restrictions(t, text)
		if _, err := f.Test(context.Background(), list); err == nil || err.Error() != want {
			t.Errorf("%s: %v\nwant %s", text, err, want)
		}
	}
}

func hypothesis(t *testing.T, f *Fit, p *equation.Panel, text string) *Hypothesis {
	t.Helper()
	list := restrictions(t, text)
	h, err := f.Test(context.Background(), list)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return h
}

// The likelihood-ratio test of the shared slopes of grunfeld5_restricted: both
// log-likelihoods are gold. The Wald test against its formula on the gold
// estimates of one restriction: ((b1 − b2)/se)².
func TestHypotheses(t *testing.T) {
	_, m, p := readReference(t, "grunfeld5")
	f := estimate(t, m, p, Options{})
	list := restrictions(t, "b1 = b2, b2 = b3, b3 = b4, $b4 = $b5, c1 = c2, c2 = c3, c3 - c4 = 0, 2*c4 = 2*c5")
	h, err := f.Test(context.Background(), list)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "LR", h.LR, 2*(-459.0922249185592947118574+490.7529981648883136529711), 1e-10)
	if h.DF != 8 {
		t.Errorf("%d restrictions", h.DF)
	}
	one, _ := ParseRestrictions("b1 = b2 + 0.01")
	if h, err = f.Test(context.Background(), one); err != nil {
		t.Fatal(err)
	}
	b1, b2 := f.index("b1"), f.index("b2")
	n := len(f.Parameters)
	v := f.Covariance[b1*n+b1] + f.Covariance[b2*n+b2] - 2*f.Covariance[b1*n+b2]
	gap := f.Parameters[b1].Estimate - f.Parameters[b2].Estimate - 0.01
	near(t, "Wald", h.Wald, gap*gap/v, 1e-11)
	// Of a model that is restricted already: seven of the eight equalities given, the
	// eighth tested. Log-likelihoods as above.
	given, _ := ParseRestrictions("b1 = b2, b2 = b3, b3 = b4, b4 = b5, c1 = c2, c2 = c3, c3 = c4")
	restricted := estimate(t, m, p, Options{Restrictions: given})
	last, _ := ParseRestrictions("c4 = c5")
	if h, err = restricted.Test(context.Background(), last); err != nil {
		t.Fatal(err)
	}
	near(t, "restricted log-likelihood", h.RestrictedLogLike, -490.7529981648883136529711, 1e-11)
	for _, bad := range []string{"b1 = b9", "b1 = b1", "b1 = b2, b2 = b1", "b1 = 1, b1 = 2", "b1*b2 = 1", "b1", "lag(b1) = 2", ""} {
		list, err := ParseRestrictions(bad)
		if err == nil {
			_, err = f.Test(context.Background(), list)
		}
		if err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}
