package sur

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"utvandring/udf/equation"
)

// Residuals that hardly differ between equations, or of which one is almost the
// sum of the others: the covariance is nearly singular, the likelihood bounded.
func TestNearlySingular(t *testing.T) {
	compared := 0
	for _, spread := range []float64{1e-2, 1e-3, 1e-4, 1e-5, 3e-6} {
		for seed := range uint64(12) {
			rng := rand.New(rand.NewPCG(seed, 8))
			years, m := 15+rng.IntN(25), 2+rng.IntN(3)
			names := []string{"x0", "x1", "x2", "x3"}
			var formulas []string
			used := make([][]int, m)
			for i := range m {
				f := fmt.Sprintf("y%d = $a%d", i, i)
				for _, c := range rng.Perm(len(names))[:1+rng.IntN(2)] {
					p := fmt.Sprintf("b%d_%d", i, c)
					if rng.IntN(3) == 0 {
						p = fmt.Sprint("s", c)
					}
					f += fmt.Sprintf(" + $%s*x%d", p, c)
					used[i] = append(used[i], c)
				}
				formulas = append(formulas, f)
			}
			p := random(t, 100+seed, years, append(names, "common")...)
			for i := range m {
				y := make([]float64, years)
				for r := range y {
					switch error := p.Data[4][r]; {
					case seed%2 == 0: // all nearly proportional
						y[r] = 1 + float64(1+i)*error + spread*rng.NormFloat64()
					case i < m-1:
						y[r] = error*float64(i) + rng.NormFloat64()
					default: // minus the sum of the others
						y[r] = spread * rng.NormFloat64()
						for j := range i {
							y[r] -= p.Data[5+j][r]
						}
					}
				}
				p.Names, p.Data = append(p.Names, fmt.Sprint("y", i)), append(p.Data, y)
			}
			for i := range m { // errors first, as they must be what is nearly dependent
				for r := range years {
					for _, c := range used[i] {
						p.Data[5+i][r] += p.Data[c][r] / 2
					}
				}
			}
			panel, err := equation.NewPanel(p.Year, p.Names, p.Data, nil)
			if err != nil {
				t.Fatal(err)
			}
			f, err := Estimate(context.Background(), model(t, formulas...), panel, Options{})
			switch {
			case err != nil && !strings.Contains(err.Error(), "no convergence"):
				t.Errorf("spread %g, seed %d: %v", spread, seed, err)
			case err == nil && agrees(t, f, 1e-9, 150):
				compared++
			}
		}
	}
	t.Logf("%d compared", compared)
	if compared < 45 {
		t.Error("too few can be compared for the test to mean anything")
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
				f, err := Estimate(context.Background(), model(t, formulas...), p, Options{})
				if err != nil {
					t.Fatal(err)
				}
				if !agrees(t, f, 1e-9, 150) {
					t.Error("the plain iteration did not converge")
				}
			})
		}
	}
}

// Equation 1 cannot tell its three slopes apart, equation 2 can, and is 2⁴⁰ times
// smaller: beside the first, least squares does not see it, the likelihood does.
func TestUnequalSizes(t *testing.T) {
	rng := rand.New(rand.NewPCG(20, 15))
	const n = 30
	year := make([]int64, n)
	x1, x2, x3, w1, w2 := sixteenths(rng, n), sixteenths(rng, n), make([]float64, n), sixteenths(rng, n), sixteenths(rng, n)
	y, z := sixteenths(rng, n), sixteenths(rng, n)
	for r := range year {
		year[r] = int64(1990 + r)
		x3[r] = x1[r] + x2[r]
		z[r] += y[r] / 2
	}
	fit := func(scale float64, o Options) (*Fit, error) {
		panel, err := equation.NewPanel(year, []string{"x1", "x2", "x3", "w1", "w2", "y", "z"},
			[][]float64{affine(x1, scale, 0), affine(x2, scale, 0), affine(x3, scale, 0), w1, w2, affine(y, scale, 0), z}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return Estimate(context.Background(), model(t, "y = $a + $p*x1 + $q*x2 + $r*x3", "z = $b + $q*w1 + $r*w2"), panel, o)
	}
	want, err := fit(1, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !agrees(t, want, 1e-9, 150) {
		t.Error("the plain iteration did not converge")
	}
	const big = 1 << 40
	got, err := fit(big, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for k, p := range got.Parameters {
		unit := 1.0
		if p.Name == "a" {
			unit = big
		}
		q := want.Parameters[k]
		near(t, p.Name, p.Estimate, q.Estimate*unit, 1e-9)
		near(t, "standard error of "+p.Name, p.StdError, q.StdError*unit, 1e-9)
	}
	b, err := got.Bootstrap(context.Background(), BootstrapOptions{20, 1, "residual", 0.95})
	if err != nil || b.Failed > 0 {
		t.Errorf("%v, %+v", err, b)
	}
	for _, method := range []string{"ols", "sur"} {
		_, err := fit(big, Options{Method: method, MethodName: "estimator"})
		if err == nil || !strings.Contains(err.Error(), "differ so much in size") || !strings.Contains(err.Error(), "estimator := 'isur'") {
			t.Errorf("%s: %v", method, err)
		}
	}
	// What cannot be told apart in equal sizes either is collinear.
	panel, err := equation.NewPanel(year, []string{"x1", "x2", "x3", "z"}, [][]float64{affine(x1, big, 0), affine(x2, big, 0), affine(x3, big, 0), z}, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Estimate(context.Background(), model(t, "z = $a + $p*x1 + $q*x2 + $r*x3"), panel, Options{})
	if err == nil || !strings.Contains(err.Error(), "collinear") {
		t.Error(err)
	}
}

// Narrow ridges: by generalised least squares alone some of these take 1600 steps,
// to the same maxima.
func TestSlow(t *testing.T) {
	m, names := sharing(t, 4, 1, 3)
	slowest := 0
	for seed := range uint64(400) {
		p := random(t, 1000+seed, 12, names...)
		f, err := Estimate(context.Background(), m, p, Options{})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		slowest = max(slowest, f.Iterations)
		if f.Iterations > slow {
			gradientIsZero(t, m, p, f)
			for limit := slow; limit < slow+3; limit++ {
				f, err := Estimate(context.Background(), m, p, Options{MaxIterations: limit, Unconverged: true})
				if err != nil || f.Iterations > limit {
					t.Errorf("seed %d: %v, %d steps of at most %d", seed, err, f.Iterations, limit)
				}
			}
		}
	}
	t.Logf("%d steps at most", slowest)
	if slowest <= slow || slowest > 3*slow {
		t.Errorf("%d steps at most", slowest)
	}
}

// Slopes shared between equations of quite different size: least squares takes
// them from the larger one, and the rest of the smaller one must keep its digits.
func TestLeastSquaresOfUnequalSizes(t *testing.T) {
	p := random(t, 77, 16, "x", "z", "v", "u", "w", "s", "y1", "y2")
	for r := range p.Year {
		p.Data[6][r] += p.Data[0][r] + p.Data[1][r]
		p.Data[7][r] += p.Data[6][r]
		for _, c := range []int{3, 4, 5, 7} { // the second equation
			p.Data[c][r] *= 1e9
		}
	}
	for _, formulas := range [][]string{
		{"y1 = $a + $p*x + $q*z + $c*v", "y2 = $b + $p*u + $q*w + $d*s"},
		{"y2 = $b + $p*u + $q*w + $d*s", "y1 = $a + $p*x + $q*z + $c*v"},
	} {
		f, err := Estimate(context.Background(), model(t, formulas...), p, Options{Method: "ols"})
		if err != nil {
			t.Fatal(err)
		}
		agrees(t, f, 1e-12, 0)
	}
}

// A slope that is shared by equations 10¹⁴ apart in size: least squares gives it the
// size that the large one asks for, and the small one must keep its digits.
func TestSharedByUnequalSizes(t *testing.T) {
	p := random(t, 25, 25, "y1", "y2", "x", "z", "w")
	for r := range p.Year {
		p.Data[0][r] += 1 + p.Data[2][r]/2
		p.Data[1][r] += 2 + p.Data[3][r]/2 - p.Data[4][r] + 0.8*p.Data[0][r]
	}
	for _, power := range []int{0, 4, 8, 12, 14} {
		f := estimate(t, model(t, fmt.Sprintf("1e%d*y1 = $a + $b*x", power), "y2 = $c + $b*z + $e*w"), p, Options{})
		if !agrees(t, f, 1e-9, 300) {
			t.Errorf("1e%d: the plain iteration did not converge", power)
		}
	}
}
