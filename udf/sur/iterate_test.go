package sur

import (
	"context"
	"errors"
	"math"
	"testing"

	"utvandring/udf/long"
)

// plain iterates generalised least squares and nothing else.
func plain(v *solver) {
	v.leastSquares()
	for range 200_000 {
		v.residuals()
		if !v.weights() {
			break
		}
		v.gradient()
		v.leastSquaresStep()
		change := 0.0
		for k, d := range v.step {
			v.b[k] += d
			change = math.Max(change, math.Abs(d)/(math.Abs(v.b[k])+1e-3))
		}
		if change < 1e-15 {
			break
		}
	}
}

// Equations with different numbers of coefficients, iterated with divisor T-k:
// not maximum likelihood, but the fixed point that plain iteration reaches.
func TestUnequalDivisors(t *testing.T) {
	_, _, p := readReference(t, "grunfeld5")
	m := model(t, "invest_F1 = $a1 + $b*value_F1 + $c*capital_F1", "invest_F2 = $a2 + $c*capital_F2",
		"invest_F3 = $a3 + $b*value_F3 + $c*capital_F3 + $d*lag(invest_F3)", "invest_F4 = $a4 + $b*value_F4")
	f := estimate(t, m, p, Options{Divisor: "T-k"})
	v := newSolver(f.system)
	if err := v.setDivisor(f.system); err != nil {
		t.Fatal(err)
	}
	plain(v)
	for k, b := range v.b {
		near(t, m.free[k], f.b[k], b, 1e-10)
	}
	ml := estimate(t, m, p, Options{})
	if gap := math.Abs(ml.b[1]/f.b[1] - 1); gap < 1e-4 {
		t.Errorf("the divisors make a difference of %g only: the test tests nothing", gap)
	}
	t.Logf("%d steps", f.Iterations)
}

// Random small systems with shared parameters: the accelerated iterations must
// end where plain ones, run very long, end.
func TestSameAsPlainIteration(t *testing.T) {
	compared := 0
	for seed := range uint64(60) {
		p := random(t, seed+100, 12, "y1", "y2", "y3", "x1", "x2", "x3", "x4")
		m := model(t, "y1 = $a1 + $b*x1 + $c*x2", "y2 = $a2 + $b*x2 + $d*x3", "y3 = $a3 + $c*x4 + $d*x1 + $e*lag(y1)")
		f, err := Estimate(context.Background(), m, p, Options{})
		s, _ := newSystem(m, p, nil, nil)
		v := newSolver(s)
		plain(v)
		if v.pivot == 0 {
			if !errors.Is(err, ErrUnbounded) {
				t.Errorf("seed %d: plain iteration diverges, Estimate says %v", seed, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("seed %d: %v", seed, err)
			continue
		}
		compared++
		for k, b := range v.b {
			if math.Abs(b-f.b[k]) > 1e-10*(math.Abs(b)+1e-3) {
				t.Errorf("seed %d: %s = %.15g, plain iteration gives %.15g", seed, m.free[k], f.b[k], b)
			}
		}
	}
	t.Logf("%d of 60 compared", compared)
	if compared < 30 {
		t.Error("too few systems were bounded for the comparison to mean anything")
	}
}

// A step of a large system may take seconds: each asks whether it is still wanted.
func TestStepsCancel(t *testing.T) {
	m, names := sharing(t, 4, 1, 3)
	s := sampled(t, m, random(t, 1000, 12, names...))
	v := newSolver(s)
	v.leastSquares()
	v.rebase()
	if out, err := v.iterate(&patient{context.Background(), 3}, 1e-10, 1000); err == nil || out.iterations != 3 {
		t.Errorf("%v after %d steps", err, out.iterations)
	}
}

// patient is a context that is done when it has been asked often enough.
type patient struct {
	context.Context
	left int
}

func (p *patient) Err() error {
	if p.left--; p.left < 0 {
		return context.Canceled
	}
	return nil
}

// Narrow ridges: by generalised least squares alone some of these take 1600 steps,
// to the same maxima.
func TestSlow(t *testing.T) {
	long.Test(t)
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
	panel := newPanel(t, []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, []string{"x0", "x1", "x2", "x4", "y0", "y1", "y2"}, data)
	m := model(t, "y0 = $p1*x0", "y1 = $s2 - 2.5*$p2*x1 - 2.5*$s2*x2", "y2 = $p3 + $s3*x4")
	f := estimate(t, m, panel, Options{Divisor: "T-k"})
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
