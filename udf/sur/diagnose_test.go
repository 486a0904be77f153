package sur

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Tests of single residual series against their definitions on other series
// than the reference cases: Breusch–Godfrey and Jarque–Bera by regression and
// moments written out.
func TestResidualTests(t *testing.T) {
	p := random(t, 13, 60, "y", "x")
	for r := 1; r < 60; r++ {
		p.Data[0][r] += 0.6*p.Data[0][r-1] + p.Data[1][r]
	}
	f := estimate(t, model(t, "y = $a + $b*x + $c*lag(y)"), p, Options{})
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
	// The residuals of one equation are orthogonal to its regressors, so R² needs no
	// other regression.
	near(t, "Breusch–Godfrey χ²", d.BreuschGodfreyChi2, float64(n)*ff/ee, 1e-9)
	near(t, "Breusch–Godfrey F", d.BreuschGodfrey, ff/2/((ee-ff)/float64(n-3-2)), 1e-9)
	s := e3 / float64(n) / math.Pow(ee/float64(n), 1.5)
	k := e4 / float64(n) / (ee / float64(n)) / (ee / float64(n))
	near(t, "Jarque–Bera", d.JarqueBera, float64(n)/6*(s*s+(k-3)*(k-3)/4), 1e-9)
	if !d.HasLag {
		t.Fatal("the lagged left side was not seen")
	}
	v := f.Parameters[2].StdError
	near(t, "h", d.DurbinH, (1-d.DurbinWatson/2)*math.Sqrt(float64(n)/(1-float64(n)*v*v)), 1e-12)
	// The variance of h is the classical one, also where another is reported.
	for _, kind := range StdErrors {
		if other := estimate(t, f.Model, p, Options{Method: f.system.options.Method, StdErrors: kind}).Diagnose(1)[0]; other.DurbinH != d.DurbinH {
			t.Errorf("h with std_errors %s is %g, want %g", kind, other.DurbinH, d.DurbinH)
		}
	}
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

// The test of heteroskedasticity regresses on the fitted values: there is none
// where they are constant.
func TestNoHeteroskedasticityTestOfAConstant(t *testing.T) {
	panel := newPanel(t, []int64{1, 2, 3, 4, 5}, []string{"y"}, [][]float64{{0.1, 0.3, 0.2, 0.5, 0.4}})
	f := estimate(t, model(t, "y = $a"), panel, Options{})
	d := f.Diagnose(1)[0]
	if !math.IsNaN(d.LMHet) || !math.IsNaN(d.LMHetP) || !math.IsNaN(d.LMHetFitted) {
		t.Error(d.LMHet, d.LMHetP, d.LMHetFitted)
	}
}
