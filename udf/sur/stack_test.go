package sur

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Where rows go follows from the sizes of the equations, not from those that were
// arranged before: a bootstrap would depend on the number of its threads.
func TestStackForgets(t *testing.T) {
	height := func(int) int { return 3 }
	fresh, used := newStack(3), newStack(3)
	used.arrange([]float64{1, 1e9, 1e5}, height)
	fresh.arrange([]float64{1, 2, 3}, height)
	used.arrange([]float64{1, 2, 3}, height)
	if !slices.Equal(fresh.first, used.first) || !slices.Equal(fresh.rest, used.rest) {
		t.Errorf("%v, %v; anew %v, %v", used.first, used.rest, fresh.first, fresh.rest)
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
		panel := newPanel(t, year, []string{"x1", "x2", "x3", "w1", "w2", "y", "z"}, [][]float64{affine(x1, scale, 0), affine(x2, scale, 0), affine(x3, scale, 0), w1, w2, affine(y, scale, 0), z})
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
	panel := newPanel(t, year, []string{"x1", "x2", "x3", "z"}, [][]float64{affine(x1, big, 0), affine(x2, big, 0), affine(x3, big, 0), z})
	_, err = Estimate(context.Background(), model(t, "z = $a + $p*x1 + $q*x2 + $r*x3"), panel, Options{})
	if err == nil || !strings.Contains(err.Error(), "collinear") {
		t.Error(err)
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
		f := estimate(t, model(t, formulas...), p, Options{Method: "ols"})
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
