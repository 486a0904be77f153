package sur

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"testing"
)

// Of twenty equations with a hundred parameters the work space is that of their
// stacked regressors, and not a column for every pair of equations beside them.
func TestWhiteningIsSmall(t *testing.T) {
	m, p := synthetic(t, 20, 500, 5, true)
	s := sampled(t, m, p)
	v := newSolver(s)
	v.leastSquares()
	v.residuals()
	if !v.weights() {
		t.Fatal("singular")
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if !v.whiten() {
		t.Fatal("collinear")
	}
	runtime.ReadMemStats(&after)
	if got, stacked := after.TotalAlloc-before.TotalAlloc, uint64(8*v.m*v.p*v.k); got > 2*stacked {
		t.Errorf("%d bytes, stacked regressors %d", got, stacked)
	}
}

// Steps by cross-products and in whitened coordinates are the same where both
// have their digits, also where there are fewer years than regressors.
func TestWhiteningIsEquivalent(t *testing.T) {
	for _, years := range []int{12, 40} {
		m, names := sharing(t, 4, 3, 2)
		s := sampled(t, m, random(t, 5, years, names...))
		v := newSolver(s)
		v.leastSquares()
		v.residuals()
		if !v.weights() || v.whitening() {
			t.Fatal("not a plain system")
		}
		v.gradient()
		same := func(what string, plain bool, step []float64, white bool) {
			for k, x := range step {
				if want := v.saved[k]; !plain || !white || math.Abs(x-want) > 1e-9*(1+math.Abs(want)) {
					t.Errorf("%d years, %s %d: %g, by cross-products %g", years, what, k, x, want)
				}
			}
		}
		plain := v.leastSquaresStep()
		copy(v.saved, v.step)
		same("least squares", plain, v.step, v.whiteLeastSquares())
		plain = v.newtonStep(2)
		copy(v.saved, v.newton)
		same("Newton", plain, v.newton, v.whiteNewton(2))
	}
}

func BenchmarkWhitened4x22(b *testing.B) {
	m, p := reportModel(b)
	for r := range p.Year {
		p.Data[9][r] += 1e4
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Estimate(context.Background(), m, p, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// Regressors at a level of a hundred million with a spread of one, and beside
// others that they nearly are.
func TestNearlyCollinear(t *testing.T) {
	for seed := range uint64(4) {
		p := random(t, 200+seed, 25, "x", "w", "level", "near", "y", "z")
		for r := range p.Year {
			p.Data[2][r] += 1e8
			p.Data[3][r] = p.Data[0][r] + 1e-6*p.Data[3][r]
			p.Data[5][r] += 0.7 * p.Data[4][r]
		}
		for _, formulas := range [][]string{
			{"y = $a + $b*level + $c*x", "z = $d + $e*level + $f*w"},
			{"y = $a + $b*level + $c*x", "z = $d + $b*level + $f*w"},
			{"y = $a + $b*x + $c*near", "z = $d + $e*w + $f*x"},
			{"y = $a + $b*x + $c*near", "z = $d + $e*w + $b*x"},
		} {
			t.Run(fmt.Sprint(seed, formulas), func(t *testing.T) {
				f := estimate(t, model(t, formulas...), p, Options{})
				if !agrees(t, f, 1e-9, 150) {
					t.Error("the plain iteration did not converge")
				}
			})
		}
	}
}
