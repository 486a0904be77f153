package sur

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/reference"
)

// system4 is the system of the reference cases robust_systems and diagonality_serial:
// the first equations of it, with shared parameters or without.
func system4(t *testing.T, shared bool, equations ...int) *Model {
	var formulas []string
	for _, i := range equations {
		own := fmt.Sprint(i)
		c, g := own, own
		if shared {
			c, g = "", ""
		}
		formulas = append(formulas, strings.NewReplacer("#", own, "$c", "$c"+c, "$g", "$g"+g).
			Replace("emi_# = $a# + $b#*lag(emi_#) + $c*an_# + $e#*ln(lag(relinnt)) + $g*lag(led)"))
	}
	return model(t, formulas...)
}

// Standard errors and covariances of every kind for OLS, SUR and iterated SUR, with
// shared parameters and without; for one equation those of R's sandwich.
func TestReferenceRobust(t *testing.T) {
	const dir = "../../testdata/reference/robust_systems/"
	want := reference.ReadExpected(t, dir+"expected.csv")
	panel := reference.ReadPanel(t, dir+"system4.csv")
	two := []int64{1, 2, 3, 4}
	check := func(item string, m *Model, o Options, factor float64) {
		t.Helper()
		f := estimate(t, m, panel, o)
		for _, p := range f.Parameters {
			near(t, item+" "+p.Name, p.StdError*factor, want.Of(item, p.Name, ""), 1e-8)
		}
	}
	for _, c := range []struct {
		name, method string
		m            *Model
	}{
		{"shared.ols", "ols", system4(t, true, 1, 2, 3, 4)}, {"shared.sur", "sur", system4(t, true, 1, 2, 3, 4)},
		{"shared.isur", "isur", system4(t, true, 1, 2, 3, 4)},
		{"unshared.ols", "ols", system4(t, false, 1, 2, 3, 4)}, {"unshared.isur", "isur", system4(t, false, 1, 2)},
	} {
		check(c.name+".se.classical", c.m, Options{Method: c.method}, 1)
		for _, kind := range []string{"HC0", "HC1", "HC2", "HC3"} {
			check(c.name+".se."+kind, c.m, Options{Method: c.method, StdErrors: kind}, 1)
		}
		m, years := float64(len(c.m.Equations)), 22.0
		spare := m - 1
		if c.method == "ols" {
			spare = 0
		}
		check(c.name+".se.HC3", c.m, Options{Method: c.method, StdErrors: "robust"}, math.Sqrt((years-5-spare)/years))
		for lags := range 3 {
			check(fmt.Sprint(c.name, ".se.HAC", lags+1), c.m, Options{Method: c.method, StdErrors: "hac", Bandwidth: &two[lags]}, 1)
		}
		for _, kind := range []string{"HC1", "HC3"} {
			f := estimate(t, c.m, panel, Options{Method: c.method, StdErrors: kind})
			for i, p := range f.Parameters {
				for j, q := range f.Parameters[:i+1] {
					cell := want.Of(c.name+".cov."+kind, p.Name, q.Name)
					if gap := math.Abs(f.Covariance[i*len(f.Parameters)+j] - cell); gap > 1e-8*p.StdError*q.StdError {
						t.Errorf("%s covariance of %s and %s is %g off", kind, p.Name, q.Name, gap)
					}
				}
			}
		}
	}
	for i := 1; i <= 2; i++ {
		m := system4(t, false, i)
		for _, method := range Methods {
			for _, kind := range []string{"HC0", "HC1", "HC2", "HC3"} {
				check(fmt.Sprintf("single%d.vcovHC.%s", i, kind), m, Options{Method: method, StdErrors: kind}, 1)
			}
			for lags := range two {
				check(fmt.Sprintf("single%d.NeweyWest.%d", i, lags+1), m, Options{Method: method, StdErrors: "hac", Bandwidth: &two[lags]}, 1)
			}
		}
	}
	t.Logf("%d numbers of %s are of estimators that are not offered", want.Unread(), dir)
}

// Diagonality: gretl for least squares and the likelihood ratio, weighted least squares
// for shared parameters. Breusch–Godfrey and the p of Durbin–Watson: lmtest for least
// squares. Portmanteau: by
// traces and by Kronecker products, and statsmodels for a vector autoregression.
func TestReferenceDiagonalitySerial(t *testing.T) {
	const dir = "../../testdata/reference/diagonality_serial/"
	want := reference.ReadExpected(t, dir+"expected.csv")
	panel := reference.ReadPanel(t, dir+"system4.csv")
	for _, c := range []struct {
		name string
		m    *Model
	}{{"shared", system4(t, true, 1, 2, 3, 4)}, {"unshared", system4(t, false, 1, 2, 3, 4)}, {"pair", system4(t, false, 1, 2)}} {
		for _, method := range []string{"isur", "ols"} {
			f := estimate(t, c.m, panel, Options{Method: method})
			d := f.Diagonality(context.Background())
			three := func(item string, statistic, p float64) {
				t.Helper()
				near(t, c.name+item, statistic, want.Of(c.name+item, "chi2", ""), 1e-7)
				near(t, c.name+item+" p", p, want.Of(c.name+item, "p", ""), 1e-7)
				near(t, c.name+item+" df", float64(d.DF), want.Of(c.name+item, "df", ""), 0)
			}
			three(".lm_diagonal_ml", d.LM, d.LMP)
			three(".lr_box", d.Corrected, d.CorrectedP)
			if method == "isur" {
				three(".lr", d.LR, d.LRP)
				near(t, "log-likelihood", f.LogLikelihood, want.Of(c.name+".loglik_isur", "", ""), 1e-9)
			} else if !math.IsNaN(d.LR) {
				t.Errorf("%s: least squares has a likelihood ratio of %g", c.name, d.LR)
			}
			v := f.diagonal(context.Background())
			for k, b := range v.estimates() {
				near(t, "weighted least squares", b, want.Of(c.name+".estimate_diagonal_ml", c.m.free[k], ""), 1e-7)
			}
			name := c.name + "." + method
			for lags := 1; lags <= 2; lags++ {
				for i, e := range f.Diagnose(lags) {
					left := c.m.Lefts()[i]
					item := fmt.Sprint(name, ".bg", lags)
					near(t, item, e.BreuschGodfrey, want.Of(item, "F", left), 1e-7)
					near(t, item, e.BreuschGodfreyP, want.Of(item, "F_p", left), 1e-7)
					near(t, item, e.BreuschGodfreyChi2, want.Of(item, "chi2", left), 1e-7)
					near(t, item, e.BreuschGodfreyChi2P, want.Of(item, "p", left), 1e-7)
				}
			}
			if name == "unshared.ols" || name == "pair.ols" {
				for i, e := range f.Diagnose(1) {
					near(t, "Durbin–Watson", e.DurbinWatson, want.Of(name+".dw", "d", c.m.Lefts()[i]), 1e-10)
					near(t, "Durbin–Watson p", e.DurbinWatsonP, want.Of(name+".dw", "p", c.m.Lefts()[i]), 1e-8)
				}
			}
			for _, lags := range []int{1, 2, 4} {
				item := fmt.Sprint(name, ".portmanteau", lags)
				q, df, p := f.Portmanteau(lags)
				near(t, item, q, want.Of(item, "hosking", ""), 1e-7)
				near(t, item, float64(df), want.Of(item, "df", ""), 0)
				near(t, item, p, want.Of(item, "p_hosking", ""), 1e-7)
			}
		}
	}
	var formulas []string
	for i := 1; i <= 4; i++ {
		formulas = append(formulas, strings.ReplaceAll("emi_# = $a# + $b#*lag(emi_1) + $c#*lag(emi_2) + $d#*lag(emi_3) + $e#*lag(emi_4)", "#", fmt.Sprint(i)))
	}
	for _, divisor := range Divisors { // of which nothing depends
		f := estimate(t, model(t, formulas...), panel, Options{Method: "ols", Divisor: divisor})
		for _, lags := range []int{2, 4, 6} {
			q, _, _ := f.Portmanteau(lags)
			near(t, "vector autoregression", q, want.Of(fmt.Sprint("var1.portmanteau", lags), "hosking", ""), 1e-7)
		}
	}
}

// A year with a dummy of its own in every equation: standard errors that reweigh by
// leverage do without it, as if it were not in the sample, and say so; that of the dummy
// is not known.
func TestYearWithADummy(t *testing.T) {
	p := random(t, 4, 24, "y", "z", "x", "w", "dummy")
	clear(p.Data[4])
	p.Data[4][23] = 1
	without := p.Year[22]
	for _, method := range Methods {
		for _, kind := range []string{"hc2", "hc3", "robust"} {
			f := estimate(t, model(t, "y = $a + $b*x + $d*dummy", "z = $c + $b*w + $e*dummy"), p, Options{Method: method, StdErrors: kind})
			if len(f.LeftOut) != 1 || f.LeftOut[0] != p.Year[23] {
				t.Errorf("%s: left out %v", kind, f.LeftOut)
			}
			if method == "isur" || kind == "robust" { // divisors T or factors differ
				continue
			}
			g := estimate(t, model(t, "y = $a + $b*x", "z = $c + $b*w"), p, Options{Method: method, StdErrors: kind, Last: &without})
			for _, q := range g.Parameters {
				got := f.Parameters[f.index(q.Name)]
				near(t, method+" "+kind+" "+q.Name, got.Estimate, q.Estimate, 1e-9)
				near(t, method+" "+kind+" standard error of "+q.Name, got.StdError, q.StdError, 1e-9)
			}
			for _, name := range []string{"d", "e"} {
				if q := f.Parameters[f.index(name)]; !math.IsNaN(q.StdError) || !math.IsNaN(q.P) {
					t.Errorf("the dummy %s has a standard error of %g", name, q.StdError)
				}
			}
		}
	}
	f := estimate(t, model(t, "y = $a + $b*x + $d*dummy", "z = $c + $b*w + $e*dummy"), p, Options{StdErrors: "hc1"})
	if len(f.LeftOut) != 0 || math.IsNaN(f.Parameters[2].StdError) {
		t.Errorf("hc1 leaves out %v", f.LeftOut)
	}
}

// In one equation the sum of two parameters that are free elsewhere is one coefficient.
func TestCoefficientsAreARank(t *testing.T) {
	p := random(t, 8, 30, "y", "z", "x", "w", "u")
	f := estimate(t, model(t, "y = $a + $b*x + $c*w", "z = $d + ($b + $c)*u"), p, Options{StdErrors: "small_sample"})
	d := f.Diagnose(1)
	if d[0].K != 3 || d[1].K != 2 {
		t.Errorf("%d and %d coefficients", d[0].K, d[1].K)
	}
	// As written in one parameter more, with a restriction across the equations.
	same := estimate(t, model(t, "y = $a + $b*x + $c*w", "z = $d + $e*u"), p, Options{StdErrors: "small_sample", Restrictions: restrictions(t, "e = b + c")})
	for _, q := range f.Parameters {
		o := same.Parameters[same.index(q.Name)]
		near(t, q.Name, o.Estimate, q.Estimate, 1e-9)
		near(t, "standard error of "+q.Name, o.StdError, q.StdError, 1e-9)
		near(t, "degrees of freedom of "+q.Name, o.DF, q.DF, 0)
	}
	if k := same.Diagnose(1); k[1].K != 2 {
		t.Errorf("%d coefficients", k[1].K)
	}
	if f.Parameters[0].DF != 30-3-1 || f.Parameters[3].DF != 30-2-1 || f.Parameters[1].DF != 30-2.5-1 {
		t.Error(f.Parameters)
	}
	geomean := estimate(t, model(t, "y = $a + $b*x + $c*w", "z = $d + ($b + $c)*u"), p, Options{Method: "sur", Divisor: "geomean"})
	near(t, "variance", geomean.ResidualCovariance[1][1], floats.Dot(geomean.Residuals[1], geomean.Residuals[1])/28, 1e-12)
}
