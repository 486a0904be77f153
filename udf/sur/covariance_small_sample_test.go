package sur

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Small-sample standard errors: what they rest on (Telser 1964) holds, equations
// with as many coefficients each have them larger by one factor, and a single
// equation has those of every textbook.
func TestSmallSample(t *testing.T) {
	p := random(t, 21, 20, "y", "z", "x", "w", "u")
	small := Options{StdErrors: "small_sample"}
	m := model(t, "y = $a + $b*x + $c*u", "z = $d + $e*w + $f*x")
	classical := estimate(t, m, p, Options{})
	f := estimate(t, m, p, small)
	column := func(name string) []float64 { i, _ := p.Column(name); return p.Data[i] }
	telser := mat.NewDense(20, 4, nil)
	telser.SetCol(0, slices.Repeat([]float64{1}, 20))
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
		f := estimate(t, one, p, small)
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
