package sur

import (
	"context"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// One equation by least squares: White's and Newey and West's covariances
// written out with matrices, as in any textbook.
func TestRobustByHand(t *testing.T) {
	p := random(t, 11, 40, "y", "x")
	m := model(t, "y = $a + $b*x")
	n := 40
	z := mat.NewDense(n, 2, nil)
	for r := range n {
		z.Set(r, 0, 1)
		z.Set(r, 1, p.Data[1][r])
	}
	var zz, inverse, b mat.Dense
	zz.Mul(z.T(), z)
	if err := inverse.Inverse(&zz); err != nil {
		t.Fatal(err)
	}
	b.Product(&inverse, z.T(), mat.NewVecDense(n, p.Data[0]))
	e := make([]float64, n)
	for r := range e {
		e[r] = p.Data[0][r] - b.At(0, 0) - b.At(1, 0)*p.Data[1][r]
	}
	byHand := func(lags int) float64 {
		meat := mat.NewDense(2, 2, nil)
		for r := range n {
			for q := range n {
				w := 1 - math.Abs(float64(r-q))/float64(lags+1)
				if w <= 0 {
					continue
				}
				for i := range 2 {
					for j := range 2 {
						meat.Set(i, j, meat.At(i, j)+w*e[r]*e[q]*z.At(r, i)*z.At(q, j))
					}
				}
			}
		}
		var v mat.Dense
		v.Product(&inverse, meat, &inverse)
		return math.Sqrt(v.At(1, 1))
	}
	three := int64(3)
	for _, c := range []struct {
		o    Options
		want float64
	}{
		{Options{StdErrors: "robust"}, byHand(0)},
		{Options{StdErrors: "robust", Method: "ols"}, byHand(0)},
		{Options{StdErrors: "hac"}, byHand(3)}, // 4 (40/100)^(2/9) = 3.26
		{Options{StdErrors: "HAC", Bandwidth: &three, Method: "ols"}, byHand(3)},
	} {
		f, err := Estimate(context.Background(), m, p, c.o)
		if err != nil {
			t.Fatal(err)
		}
		near(t, c.o.StdErrors+c.o.Method, f.Parameters[1].StdError, c.want, 1e-11)
	}
}

// The likelihood-ratio test of the shared slopes of grunfeld5_restricted: both
// log-likelihoods are gold. The Wald test against its formula on the gold
// estimates of one restriction: ((b1 − b2)/se)².
func TestHypotheses(t *testing.T) {
	_, m, p := readReference(t, "grunfeld5")
	f, err := Estimate(context.Background(), m, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ParseRestrictions("b1 = b2, b2 = b3, b3 = b4, $b4 = $b5, c1 = c2, c2 = c3, c3 - c4 = 0, 2*c4 = 2*c5")
	if err != nil {
		t.Fatal(err)
	}
	h, err := f.Test(context.Background(), p, list)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "LR", h.LR, 2*(-459.0922249185592947118574+490.7529981648883136529711), 1e-10)
	if h.DF != 8 {
		t.Errorf("%d restrictions", h.DF)
	}
	one, _ := ParseRestrictions("b1 = b2 + 0.01")
	if h, err = f.Test(context.Background(), p, one); err != nil {
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
	restricted, err := Estimate(context.Background(), m, p, Options{Restrictions: given})
	if err != nil {
		t.Fatal(err)
	}
	last, _ := ParseRestrictions("c4 = c5")
	if h, err = restricted.Test(context.Background(), p, last); err != nil {
		t.Fatal(err)
	}
	near(t, "restricted log-likelihood", h.RestrictedLogLike, -490.7529981648883136529711, 1e-11)
	for _, bad := range []string{"b1 = b9", "b1 = b1", "b1 = b2, b2 = b1", "b1 = 1, b1 = 2", "b1*b2 = 1", "b1", "lag(b1) = 2", ""} {
		list, err := ParseRestrictions(bad)
		if err == nil {
			_, err = f.Test(context.Background(), p, list)
		}
		if err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

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
		list, err := ParseRestrictions(text)
		if err != nil {
			t.Fatal(err)
		}
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
	list, err := ParseRestrictions("b1 = b2, b2 = b3, b3 = b4, b4 = b5, c1 = c2, c2 = c3, c3 = c4, c4 = c5")
	if err != nil {
		t.Fatal(err)
	}
	f, err := Estimate(context.Background(), m, p, Options{Restrictions: list})
	if err != nil {
		t.Fatal(err)
	}
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
	list, err := ParseRestrictions("c = 0.25, e = b - 0.5")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Estimate(context.Background(), free, p, Options{Restrictions: list})
	if err != nil {
		t.Fatal(err)
	}
	byHand := model(t, "y - 0.25*w = $a + $b*x", "z + 0.5*x = $d + $b*(w + x)")
	want, err := Estimate(context.Background(), byHand, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	inFormula, err := Estimate(context.Background(), model(t, "y = $a + $b*x + 0.25*w", "z = $d + $b*w + ($b - 0.5)*x"), p, Options{})
	if err != nil {
		t.Fatal(err)
	}
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

// Tests of single residual series against their definitions on other series
// than the reference cases: Breusch–Godfrey and Jarque–Bera by regression and
// moments written out.
func TestResidualTests(t *testing.T) {
	p := random(t, 13, 60, "y", "x")
	for r := 1; r < 60; r++ {
		p.Data[0][r] += 0.6*p.Data[0][r-1] + p.Data[1][r]
	}
	f, err := Estimate(context.Background(), model(t, "y = $a + $b*x + $c*lag(y)"), p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := f.Diagnose(2)[0]
	e := f.Residuals[0]
	n := len(e)
	z := mat.NewDense(n, 5, nil)
	for r := range n {
		z.SetRow(r, []float64{1, p.Data[1][r+1], p.Data[0][r], 0, 0})
		if r > 0 {
			z.Set(r, 3, e[r-1])
		}
		if r > 1 {
			z.Set(r, 4, e[r-2])
		}
	}
	var b, fitted mat.Dense
	if err := b.Solve(z, mat.NewDense(n, 1, append([]float64(nil), e...))); err != nil {
		t.Fatal(err)
	}
	fitted.Mul(z, &b)
	var ff, ee, e3, e4 float64
	for r, v := range e {
		ff += fitted.At(r, 0) * fitted.At(r, 0)
		ee += v * v
		e3 += v * v * v
		e4 += v * v * v * v
	}
	near(t, "Breusch–Godfrey", d.BreuschGodfrey, float64(n)*ff/ee, 1e-9)
	s := e3 / float64(n) / math.Pow(ee/float64(n), 1.5)
	k := e4 / float64(n) / (ee / float64(n)) / (ee / float64(n))
	near(t, "Jarque–Bera", d.JarqueBera, float64(n)/6*(s*s+(k-3)*(k-3)/4), 1e-9)
	if !d.HasLag {
		t.Fatal("the lagged left side was not seen")
	}
	v := f.Parameters[2].StdError
	near(t, "h", d.DurbinH, (1-d.DurbinWatson/2)*math.Sqrt(float64(n)/(1-float64(n)*v*v)), 1e-12)
	// Durbin's alternative: t of the lagged residual in the regression without the
	// first year.
	z2 := mat.NewDense(n-1, 4, nil)
	for r := 1; r < n; r++ {
		z2.SetRow(r-1, []float64{e[r-1], 1, p.Data[1][r+1], p.Data[0][r]})
	}
	y2 := mat.NewDense(n-1, 1, append([]float64(nil), e[1:]...))
	var b2, zz, inv, fit2 mat.Dense
	if err := b2.Solve(z2, y2); err != nil {
		t.Fatal(err)
	}
	fit2.Mul(z2, &b2)
	rss := 0.0
	for r := range n - 1 {
		rss += math.Pow(y2.At(r, 0)-fit2.At(r, 0), 2)
	}
	zz.Mul(z2.T(), z2)
	if err := inv.Inverse(&zz); err != nil {
		t.Fatal(err)
	}
	near(t, "alternative", d.Alternative, b2.At(0, 0)/math.Sqrt(rss/float64(n-1-4)*inv.At(0, 0)), 1e-8)
}

// p-values: 1.96 is the 97.5 per cent point of the normal distribution, 2.0484
// that of Student's t with 28 degrees of freedom (any table).
func TestDistributions(t *testing.T) {
	p := random(t, 14, 30, "y", "x")
	m := model(t, "y = $a + $b*x")
	normal, err := Estimate(context.Background(), m, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	student, err := Estimate(context.Background(), m, p, Options{Distribution: "t"})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "normal", pValue(-1.959963985, normal.Parameters[1].DF), 0.05, 1e-8)
	near(t, "t(28)", pValue(2.048407142, student.Parameters[1].DF), 0.05, 1e-8)
	low, high := student.Parameters[1].Interval(0.95)
	near(t, "interval", (high-low)/2, 2.048407142*student.Parameters[1].StdError, 1e-8)
}

// Small-sample standard errors: what they rest on (Telser 1964) holds, equations
// with as many coefficients each have them larger by one factor, and a single
// equation has those of every textbook.
func TestSmallSample(t *testing.T) {
	p := random(t, 21, 20, "y", "z", "x", "w", "u")
	small := Options{StdErrors: "small_sample"}
	m := model(t, "y = $a + $b*x + $c*u", "z = $d + $e*w + $f*x")
	classical, err := Estimate(context.Background(), m, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := Estimate(context.Background(), m, p, small)
	if err != nil {
		t.Fatal(err)
	}
	column := func(name string) []float64 { i, _ := p.Column(name); return p.Data[i] }
	telser := mat.NewDense(20, 4, nil)
	telser.SetCol(0, ones(20))
	telser.SetCol(1, column("x"))
	telser.SetCol(2, column("u"))
	telser.SetCol(3, f.Residuals[1])
	var b mat.Dense
	if err := b.Solve(telser, mat.NewDense(20, 1, append([]float64(nil), column("y")...))); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		near(t, "Telser "+f.Parameters[i].Name, f.Parameters[i].Estimate, b.At(i, 0), 1e-9)
	}
	for i, q := range f.Parameters {
		near(t, "estimate", q.Estimate, classical.Parameters[i].Estimate, 1e-14)
		near(t, "std error", q.StdError, classical.Parameters[i].StdError*math.Sqrt(20.0/(20-3-1)), 1e-9)
		if q.DF != 16 {
			t.Errorf("%g degrees of freedom", q.DF)
		}
	}
	near(t, "residual covariance", f.ResidualCovariance[0][1], classical.ResidualCovariance[0][1], 1e-14)

	one := model(t, "y = $a + $b*x")
	for _, method := range []string{"isur", "sur", "ols"} {
		small.Method = method
		f, err := Estimate(context.Background(), one, p, small)
		if err != nil {
			t.Fatal(err)
		}
		x := column("x")
		mean, spread := 0.0, 0.0
		for _, v := range x {
			mean += v / 20
		}
		for _, v := range x {
			spread += (v - mean) * (v - mean)
		}
		near(t, method, f.Parameters[1].StdError, math.Sqrt(floats.Dot(f.Residuals[0], f.Residuals[0])/18/spread), 1e-9)
		if f.Parameters[1].DF != 18 {
			t.Errorf("%s: %g degrees of freedom", method, f.Parameters[1].DF)
		}
	}

	// Shared by equations with 17 and 16 degrees of freedom; and none left.
	shared, err := Estimate(context.Background(), model(t, "y = $a + $b*x", "z = $c + $b*x + $e*w"), p, Options{StdErrors: "small_sample"})
	if err != nil || shared.Parameters[1].DF != 16.5 {
		t.Errorf("%v, %v", shared.Parameters, err)
	}
	first := p.Year[15]
	if _, err := Estimate(context.Background(), model(t, "y = $a + $b*x + $c*u + $d*w", "z = $e + $f*x"), p, Options{First: &first, StdErrors: "small_sample"}); err == nil || !strings.Contains(err.Error(), "small_sample") {
		t.Errorf("%v", err)
	}
}
