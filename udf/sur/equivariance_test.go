package sur

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"utvandring/udf/equation"
)

// Estimates do not depend on where a variable has its zero, nor on its unit. The
// numbers are multiples of 2⁻¹⁶, so that shifting and scaling by powers of two
// rounds nothing, and what differs is the program's rounding alone.

func sixteenths(rng *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for t := range x {
		x[t] = math.Round(rng.NormFloat64()*65536) / 65536
	}
	return x
}

func affine(x []float64, scale, shift float64) []float64 {
	out := make([]float64, len(x))
	for t := range x {
		out[t] = x[t]*scale + shift
	}
	return out
}

var allStdErrors = []Options{
	{}, {StdErrors: "robust"}, {StdErrors: "hac"}, {StdErrors: "small_sample"}, {Divisor: "T-k"},
	{Method: "ols"}, {Method: "ols", StdErrors: "robust"}, {Method: "ols", StdErrors: "hac"}, {Method: "sur"}, {Method: "sur", StdErrors: "hac"},
}

func TestEquivariance(t *testing.T) {
	rng := rand.New(rand.NewPCG(2015, 17))
	const n = 25
	year := make([]int64, n)
	for i := range year {
		year[i] = int64(1990 + i)
	}
	u := sixteenths(rng, n)
	x, w, v := sixteenths(rng, n), sixteenths(rng, n), sixteenths(rng, n)
	y, z := sixteenths(rng, n), sixteenths(rng, n)
	for i := range u {
		y[i] += u[i] + x[i]/2
		z[i] += u[i] - w[i]/4
	}
	fit := func(o Options, x, w, y, z []float64) *Fit {
		t.Helper()
		panel, err := equation.NewPanel(year, []string{"x", "w", "v", "y", "z"}, [][]float64{x, w, v, y, z}, nil)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Estimate(context.Background(), model(t, "y = $a + $b*x + $c*v", "z = $d + $e*w"), panel, o)
		if err != nil {
			t.Fatalf("%+v: %v", o, err)
		}
		return f
	}
	// compare estimates and standard errors of parameters k; unit is what those of
	// the other system are multiplied by.
	compare := func(what string, o Options, tolerance float64, got, want *Fit, unit map[int]float64) {
		t.Helper()
		for k, by := range unit {
			p, q := got.Parameters[k], want.Parameters[k]
			se := q.StdError * by
			if gap := math.Abs(p.Estimate-q.Estimate*by) / se; !(gap < tolerance) {
				t.Errorf("%s, %+v: %s is off by %g standard errors", what, o, p.Name, gap)
			}
			if gap := math.Abs(p.StdError/se - 1); !(gap < tolerance) {
				t.Errorf("%s, %+v: standard error of %s is off by %g", what, o, p.Name, gap)
			}
		}
	}
	const big = 1 << 40
	for _, o := range allStdErrors {
		want := fit(o, x, w, y, z)
		// Regressors far from zero, as years are: the slopes stay. Condition 1e6.
		compare("level of regressors", o, 1e-8, fit(o, affine(x, 1, 1<<20), affine(w, 1, 1<<18), y, z), want, map[int]float64{1: 1, 2: 1, 4: 1})
		// Left sides far from zero, a billion against residuals of one.
		compare("level of left sides", o, 1e-7, fit(o, x, w, affine(y, 1, 1<<30), affine(z, 1, 1<<29)), want, map[int]float64{1: 1, 2: 1, 4: 1})
		// One equation in millionths, the other in millions.
		compare("size of left sides", o, 1e-12, fit(o, x, w, affine(y, 1.0/big, 0), affine(z, big, 0)), want,
			map[int]float64{0: 1.0 / big, 1: 1.0 / big, 2: 1.0 / big, 3: big, 4: big})
		compare("size of regressors", o, 1e-12, fit(o, affine(x, big, 0), affine(w, 1.0/big, 0), y, z), want,
			map[int]float64{0: 1, 1: 1.0 / big, 2: 1, 3: 1, 4: big})
	}
}

// With the divisor T-k and unequal k, generalised least squares has fixed points
// that it is drawn away from. The values are those of 571 plain steps of it.
func TestGeomeanEndsWhereItIsDrawnTo(t *testing.T) {
	data := [][]float64{
		{-.36, -.97, .26, 0, .03, 2.38, .14, -.66, -.41, -1.79},
		{-.43, .68, .87, .95, 0, .57, -1.15, -.68, .34, -.31},
		{-.33, .77, .75, -.02, .51, -1.21, .26, -.55, -.15, 1.08},
		{-.47, .35, -.91, .9, .28, -2.53, -.73, -1.59, -.27, -.92},
		{-.27, .65, .93, -.45, 1.21, 3.79, 1.04, .88, -.28, -2.36},
		{1.56, -1.25, -2.21, -2.4, .33, 3.48, 2.72, 3.34, 1.8, -1.11},
		{-1.03, 2.5, 1.01, .29, 1.25, -2.21, -.23, -1.71, -1.48, .09},
	}
	panel, err := equation.NewPanel([]int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, []string{"x0", "x1", "x2", "x4", "y0", "y1", "y2"}, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := model(t, "y0 = $p1*x0", "y1 = $s2 - 2.5*$p2*x1 - 2.5*$s2*x2", "y2 = $p3 + $s3*x4")
	f, err := Estimate(context.Background(), m, panel, Options{Divisor: "T-k"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"p1": .876165, "s2": -.661224, "p2": .346918, "p3": -.014392, "s3": .524535}
	for _, p := range f.Parameters {
		if math.Abs(p.Estimate-want[p.Name]) > 1e-6 {
			t.Errorf("%s = %.7f, plain iteration gives %g", p.Name, p.Estimate, want[p.Name])
		}
	}
}

// With the divisor T-k too, regressors at a level of 10⁸ are those at 0: the slopes
// are the same, and it takes no more than a few steps to see it.
func TestGeomeanFarFromZero(t *testing.T) {
	p := random(t, 26, 25, "y1", "y2", "x", "z", "w")
	for r := range p.Year {
		p.Data[1][r] += p.Data[0][r]
		for _, c := range []int{2, 3} {
			p.Data[c][r] = math.Round(p.Data[c][r]*1024) / 1024 // so that 10⁸ is added exactly
		}
	}
	want := estimate(t, model(t, "y1 = $a + $b*x", "y2 = $c + $d*z + $e*w"), p, Options{Divisor: "T-k"})
	got := estimate(t, model(t, "y1 = $a + $b*(x + 1e8)", "y2 = $c + $d*(z + 1e8) + $e*w"), p, Options{Divisor: "T-k"})
	if got.Iterations > want.Iterations+20 {
		t.Errorf("%d steps, %d at 0", got.Iterations, want.Iterations)
	}
	for _, k := range []int{1, 3, 4} {
		near(t, got.Parameters[k].Name, got.Parameters[k].Estimate, want.Parameters[k].Estimate, 1e-8)
		near(t, "standard error of "+got.Parameters[k].Name, got.Parameters[k].StdError, want.Parameters[k].StdError, 1e-8)
	}
	alone := estimate(t, model(t, "y1 = $a + $b*(x + 1e8)"), p, Options{Divisor: "T-k"})
	if alone.Iterations > 2 {
		t.Errorf("%d steps for one equation", alone.Iterations)
	}
}
