package sur

import (
	"math"
	"testing"

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
		{Options{StdErrors: "hc0"}, byHand(0)},
		{Options{StdErrors: "hc0", Method: "ols"}, byHand(0)},
		{Options{StdErrors: "HC1", Method: "ols"}, byHand(0) * math.Sqrt(40.0/38)},
		{Options{StdErrors: "hac"}, byHand(3)}, // 4 (40/100)^(2/9) = 3.26
		{Options{StdErrors: "HAC", Bandwidth: &three, Method: "ols"}, byHand(3)},
	} {
		f := estimate(t, m, p, c.o)
		near(t, c.o.StdErrors+c.o.Method, f.Parameters[1].StdError, c.want, 1e-11)
	}
}
