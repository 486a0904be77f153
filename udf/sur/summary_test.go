package sur

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/dense"
	"utvandring/udf/equation"
)

// McElroy's R² and the determinant as their formulas read, with inverted matrices.
func TestSystemFit(t *testing.T) {
	for _, name := range []string{"grunfeld5", "kmenta"} {
		_, m, p := readReference(t, name)
		for _, o := range []Options{{Method: "sur"}, {Method: "sur", Divisor: "T-k"}, {Method: "ols", Divisor: "T-k"}} {
			f := estimate(t, m, p, o)
			n := len(f.Residuals)
			sigma := mat.NewDense(n, n, nil)
			for i := range n {
				sigma.SetRow(i, f.ResidualCovariance[i])
			}
			var w mat.Dense
			if err := w.Inverse(sigma); err != nil {
				t.Fatal(err)
			}
			centred := make([][]float64, n)
			for i, y := range f.Actual {
				centred[i] = append([]float64(nil), y...)
				floats.AddConst(-dense.Mean(y), centred[i])
			}
			var residual, total float64
			for i := range n {
				for j := range n {
					residual += w.At(i, j) * floats.Dot(f.Residuals[i], f.Residuals[j])
					total += w.At(i, j) * floats.Dot(centred[i], centred[j])
				}
			}
			s := f.Summary()
			near(t, name+" McElroy", s.R2, 1-residual/total, 1e-9)
			near(t, name+" determinant", s.Determinant, mat.Det(sigma), 1e-9)
			t.Logf("%s %s %s: McElroy %.6f, determinant %.6g", name, o.Method, o.Divisor, s.R2, s.Determinant)
		}
	}
}

// One equation has the R² that is reported of it; a left side less an offset counts
// with it; and residuals that are collinear have neither.
func TestSystemFitOfOne(t *testing.T) {
	p := random(t, 5, 20, "y", "z", "x", "total")
	f := estimate(t, model(t, "y = $a + $b*x + 2*z"), p, Options{Divisor: "T-k"})
	s := f.Summary()
	near(t, "R²", s.R2, f.Diagnose(1)[0].R2, 1e-12)
	near(t, "variance", s.Determinant, floats.Dot(f.Residuals[0], f.Residuals[0])/18, 1e-12)

	sum := &equation.Panel{}
	*sum = *p
	for r := range sum.Data[3] {
		sum.Data[3][r] = sum.Data[0][r] + sum.Data[1][r]
	}
	f = estimate(t, model(t, "y = $a + $b*x", "z = $c + $d*x", "total = $e + $f*x"), sum, Options{Method: "ols"})
	if s := f.Summary(); !math.IsNaN(s.R2) || !math.IsNaN(s.Determinant) || !math.IsNaN(f.LogLikelihood) {
		t.Errorf("collinear residuals: R² %g, determinant %g, log-likelihood %g", s.R2, s.Determinant, f.LogLikelihood)
	}
}

// What systemfit prints of its example, Kmenta's demand and supply, by least squares
// and by SUR, divisor geomean: testdata/reference/make.R.
func TestSystemFitOfSystemfit(t *testing.T) {
	_, m, p := readReference(t, "kmenta")
	for method, want := range map[string]struct{ determinant, r2 float64 }{"ols": {4.43485, 0.557559}, "sur": {0.879285, 0.788722}} {
		f := estimate(t, m, p, Options{Method: method, Divisor: "geomean"})
		near(t, method+" determinant", f.Summary().Determinant, want.determinant, 1e-5)
		near(t, method+" McElroy", f.Summary().R2, want.r2, 1e-5)
	}
}
