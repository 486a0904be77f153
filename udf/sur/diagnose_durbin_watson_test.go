package sur

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"utvandring/udf/long"
)

// The p-value of Durbin–Watson where it can be written down, and by Imhof's integral over
// the eigenvalues, in small steps, where it cannot.
func TestDurbinWatsonP(t *testing.T) {
	year := func(n int) (years []int64) {
		for i := range n {
			years = append(years, int64(i))
		}
		return years
	}
	// Three years and a mean: of what is orthogonal to it, the changes of (1, 0, −1) and
	// (1, −2, 1) give 1 and 3 of the sums of squares, so that with u² + v² = 1 uniform on
	// the circle P(u² + 3v² ≤ d) = 2/π asin sqrt((d − 1)/2).
	for _, y := range [][]float64{{1, 2, 4}, {1, 5, 2}, {0, 1, 2.1}, {3, -3, 2.9}} {
		p := newPanel(t, year(3), []string{"y"}, [][]float64{y})
		d := estimate(t, model(t, "y = $a"), p, Options{}).Diagnose(1)[0]
		want := 2 / math.Pi * math.Asin(math.Sqrt((d.DurbinWatson-1)/2))
		if math.Abs(d.DurbinWatsonP-want) > 1e-9 {
			t.Errorf("d = %g: p = %.12g, want %.12g", d.DurbinWatson, d.DurbinWatsonP, want)
		}
	}
	for _, n := range []int{8, 22, 90, 400}[:long.Runs(4, 3)] {
		p := random(t, uint64(n), n, "y", "x", "w")
		for r := 1; r < n; r++ {
			p.Data[1][r] += 0.8 * p.Data[1][r-1]
			p.Data[0][r] += 2 / math.Sqrt(float64(n)) * p.Data[0][r-1] // so that p is not 0 or 1
		}
		d := estimate(t, model(t, "y = $a + $b*x + $c*w"), p, Options{}).Diagnose(1)[0]
		want := imhof(n, d.DurbinWatson, slices.Repeat([]float64{1}, n), p.Data[1], p.Data[2])
		if math.Abs(d.DurbinWatsonP-want) > 1e-9 {
			t.Errorf("%d years: p = %.12g, want %.12g", n, d.DurbinWatsonP, want)
		}
	}
}

// imhof is P(Σ λ z² < 0), λ the eigenvalues of M(A − dI)M that are not of the regressors.
func imhof(n int, d float64, regressors ...[]float64) float64 {
	x := mat.NewDense(n, len(regressors), nil)
	for j, z := range regressors {
		x.SetCol(j, z)
	}
	a := mat.NewDense(n, n, nil)
	for t := range n {
		a.Set(t, t, -d)
		if t > 0 {
			a.Set(t, t, a.At(t, t)+1)
			a.Set(t-1, t-1, a.At(t-1, t-1)+1)
			a.Set(t, t-1, -1)
			a.Set(t-1, t, -1)
		}
	}
	var inverse, left, product mat.Dense
	inverse.Mul(x.T(), x)
	if err := inverse.Inverse(&inverse); err != nil {
		panic(err)
	}
	left.Product(x, &inverse, x.T())
	left.Apply(func(i, j int, v float64) float64 {
		if i == j {
			return 1 - v
		}
		return -v
	}, &left)
	product.Product(&left, a, &left)
	s := mat.NewSymDense(n, nil)
	for i := range n {
		for j := range i + 1 {
			s.SetSym(i, j, (product.At(i, j)+product.At(j, i))/2)
		}
	}
	var e mat.EigenSym
	e.Factorize(s, false)
	sum := 0.0
	const step = 0.01
	for at := -40.0; at < 30; at += step {
		u, angle, size := math.Exp(at), 0.0, 0.0
		for _, l := range e.Values(nil) {
			angle += math.Atan(l*u) / 2
			size += math.Log1p(l*l*u*u) / 4
		}
		sum += math.Sin(angle) * math.Exp(-size) * step
	}
	return 0.5 - sum/math.Pi
}

func BenchmarkDurbinWatsonP(b *testing.B) {
	for _, n := range []int{22, 200} {
		p := random(b, 1, n, "y", "x", "w", "u", "v")
		f := estimate(b, model(b, "y = $a + $b*x + $c*w + $d*u + $e*v"), p, Options{})
		d := f.durbinWatson(f.Residuals[0])
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				f.durbinWatsonP(0, d)
			}
		})
	}
}
