package sur

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
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
		panel := newPanel(t, year, []string{"x", "w", "v", "y", "z"}, [][]float64{x, w, v, y, z})
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

// Scaling a column by any factor divides its estimate and changes nothing else.
func TestScaleFree(t *testing.T) {
	_, m, p := readReference(t, "grunfeld5")
	want := estimate(t, m, p, Options{})
	i, _ := p.Column("value_F3")
	for _, factor := range []float64{1e-9, 1e9, 1e30} {
		for r := range p.Data[i] {
			p.Data[i][r] *= factor
		}
		got := estimate(t, m, p, Options{})
		for k, w := range want.Parameters {
			g := got.Parameters[k]
			if w.Name == "b3" {
				g.Estimate *= factor
			}
			near(t, fmt.Sprint(w.Name, " with factor ", factor), g.Estimate, w.Estimate, 1e-11)
			near(t, fmt.Sprint("t of ", w.Name, " with factor ", factor), g.T, w.T, 1e-11)
		}
		for r := range p.Data[i] {
			p.Data[i][r] /= factor
		}
	}
}

// Adding a large constant to a regressor moves the intercept only.
func TestOffsetFree(t *testing.T) {
	_, m, p := readReference(t, "grunfeld5")
	want := estimate(t, m, p, Options{})
	i, _ := p.Column("value_F3")
	for r := range p.Data[i] {
		p.Data[i][r] += 1 << 24 // exact: the values have one decimal, the sum 12 digits
	}
	got := estimate(t, m, p, Options{})
	t.Logf("condition %.3g", got.Summary().Condition)
	for k, w := range want.Parameters {
		if w.Name != "a3" {
			near(t, w.Name, got.Parameters[k].Estimate, w.Estimate, 1e-9)
			near(t, "standard error of "+w.Name, got.Parameters[k].StdError, w.StdError, 1e-9)
		}
	}
}

// The same data give the same digits wherever in memory they lie: DuckDB puts
// them elsewhere in every call.
func TestSameDigitsAtAnyAddress(t *testing.T) {
	p := random(t, 31, 201, "y", "z", "x", "w")
	m := model(t, "y = $a + $b*x", "z = $c + $d*w + $b*x")
	var want string
	for shift := range 4 {
		moved := *p
		moved.Data = nil
		for _, x := range p.Data {
			buffer := make([]float64, len(x)+4)
			copy(buffer[shift:], x)
			moved.Data = append(moved.Data, buffer[shift:shift+len(x)])
		}
		f := estimate(t, m, &moved, Options{})
		got := fmt.Sprint(f.Parameters, f.Covariance, f.Residuals, f.LogLikelihood, f.Diagnose(2))
		if shift == 0 {
			want = got
		} else if got != want {
			t.Fatalf("moved by %d numbers:\n%s\n%s", shift, got, want)
		}
	}
}
