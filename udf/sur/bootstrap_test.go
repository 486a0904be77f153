package sur

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"

	"utvandring/udf/equation"
)

// With the residuals of the sample itself, rebuilding must give the sample
// back: every kind of left side and of dynamics that is supported.
func TestRebuildIsIdentity(t *testing.T) {
	whole := positive(t, 21, 15, "y", "z", "w", "x")
	gaps := positive(t, 21, 22, "y", "z", "w", "x")
	for i := range gaps.Data[:4] {
		if gaps.Null == nil {
			gaps.Null = make([][]bool, len(gaps.Data))
		}
		gaps.Null[i] = make([]bool, 22)
		gaps.Null[i][11] = true            // of year 11 there is nothing
		gaps.Null[i][15] = i == 3          // x is missing
		gaps.Null[i][6] = i == 0 || i == 3 // y and x are
	}
	for _, p := range []*equation.Panel{whole, gaps} {
		rebuildIsIdentity(t, p)
	}
}

func rebuildIsIdentity(t *testing.T, p *equation.Panel) {
	for _, formulas := range [][]string{
		{"y = $a + $b*x"},
		{"y = $a + $b*lag(y) + $c*x", "z = $d + $e*lag(y, 2) + $f*lag(z)"},
		{"y = $a + $b*z + $c*x", "z = $d + $e*lag(y)"}, // z is needed first
		{"y = $a + $b*ln(lag(y)) + $c*lag(y)*x", "z = $d + $e*x"},
		{"ln(y) = $a + $b*ln(lag(y)) + $c*x", "z = $d + $e*lag(y) + $f*lag(z)"},
		{"y/z = $a + $b*lag(y/z) + $c*x"},
		{"diff(y) = $a + $b*lag(diff(y)) + $c*x"},
		{"y = 0.5*lag(y) + $a + $b*x + 0.1*z", "z = $c + $d*lag(z) - 0.2*lag(y)"},
		// Left sides that are solved for a column.
		{"y/x = $a + $b*lag(y)"},
		{"y/z = $a + $b*lag(y) + $c*x", "y = $d + $e*lag(z)"}, // solved for z
		{"y/z = $a + $b*lag(y) + $c*x", "z = $d + $e*lag(z)"},
		{"diff(y) = $a + $b*lag(y) + $c*x", "diff(ln(z)) = $d + $e*lag(z) + $f*y"},
		{"exp(y) = $a + $b*lag(y)", "sqrt(z) = $c + $d*lag(z)", "log10(w) = $e + $f*lag(w)"},
		{"y/lag(y) = $a + $b*lag(y)", "2*z + 3*x = $c + $d*lag(z)", "5 - 1/w^2 = $e + $f*lag(w) + $g*z"},
		{"abs(y) = $a + $b*lag(abs(y))"}, // cannot be solved, and need not be
		// Identities, which need not hold: what they miss stays.
		{"y = $a + $b*lag(w)", "w = y + z"},
		{"y = $a + $b*lag(w)", "w = 0.9*lag(w) + z", "z = $c + $d*lag(z) + $e*y"},
		{"y = $a + $b*lag(w)", "w = v + y", "v = z - lag(y)"}, // v is not in the panel
		{"y = $a + $b*w", "ln(w) = z/lag(y)", "z = $c + $d*lag(w)"},
		{"y = $a + $b*lag(x)", "x = w/z"}, // only data
		{"z = $a + $b*lag(z)", "z = y - lag(y)"},
	} {
		f := estimate(t, model(t, formulas...), p, Options{})
		d, err := newDynamics(f)
		if err != nil && len(f.system.skipped) > 0 && strings.Contains(err.Error(), "which has no value in ") {
			continue // an identity needs what is not there
		}
		if err != nil {
			t.Errorf("%v: %v", formulas, err)
			continue
		}
		r := newReplicator(f, d)
		for i, e := range f.Residuals {
			copy(r.residuals.Col(i), e)
		}
		d.rebuild(r.data, r.residuals, r.paths, r.machine)
		for c, x := range r.data {
			for i, v := range x {
				if want := f.system.data[c][i]; math.Abs(v-want) > 1e-12*(1+math.Abs(want)) {
					t.Errorf("%v: column %s in row %d is %g, want %g", formulas, f.system.columns[c].text, i, v, want)
					break
				}
			}
		}
		if b := r.estimate(context.Background()); b == nil {
			t.Errorf("%v: no estimate", formulas)
		} else {
			for k := range b {
				near(t, f.Model.free[k], b[k], f.b[k], 1e-6)
			}
		}
	}
	for _, c := range []struct {
		formulas []string
		want     string
	}{
		{[]string{"y = $a + $b*z", "z = $c + $d*y", "w = $e + $f*z"}, "equations e1 and e2: they need each other's left sides of the same year"},
		{[]string{"ln(y) = $a + $b*y"}, "equation e1: it needs its own left side of the same year"},
		{[]string{"y = $a + $b*lag(w) + $c*w", "w = y + z"}, "equations e1 and e2: they need each other"},
		{[]string{"y = $a + $b*lag(w)", "w = y + 0.5*w"}, "equation e2: it needs its own"},
		{[]string{"y + ln(y) = $a + $b*lag(y)"}, "the left side y + ln(y) of equation e1 cannot be solved for y"},
		{[]string{"y = $a + $b*lag(w)", "abs(w) = y"}, "the left side abs(w) of identity e2 cannot be solved for w"},
		{[]string{"y = $a + $b*lag(y)", "ln(y) = $c + $d*x"}, "equations e1 and e2 both determine y"},
		{[]string{"z = $a + $b*lag(y)", "z = y - lag(y)"}, "equation e1 and identity e2 both determine z"},
		{[]string{"y = $a + $b*lag(w)", "w = y", "w = y + z"}, "identity e2 and identity e3 both determine w"},
		{[]string{"y = $a + $b*lag(w)", "0 = w - y"}, "identity e2 has no column of the same year on its left side"},
		{[]string{"y = $a + $b*lag(w)", "w = y + u"}, `column "u" is not in the panel`},
		{[]string{"y = $a + $b*lag(w)", "w = y + lag(x, 3)"}, "equation e2: the bootstrap cannot rebuild w: it needs lag(x, 3), which has no value in 1991"},
		{[]string{"y = $a + $b*lag(w)", "w = y + ln(-x)"}, "equation e2: the bootstrap cannot rebuild w: it has no value in 1991"},
		{[]string{"(y - 3)^2 = $a + $b*lag(y)"}, "instead of"},
	} {
		f := estimate(t, model(t, c.formulas...), p, Options{Method: "ols"})
		if _, err := newDynamics(f); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want %s", c.formulas, err, c.want)
		}
	}
}

// Drawn residuals that are those of the sample give back its estimates, by any
// method.
func TestReplicationIsIdentity(t *testing.T) {
	m, p := reportModel(t)
	for _, o := range []Options{{}, {Method: "sur"}, {Method: "ols"}, {Divisor: "T-k"}, {Method: "sur", Divisor: "T-k"}} {
		f := estimate(t, m, p, o)
		d, err := newDynamics(f)
		if err != nil {
			t.Fatal(err)
		}
		r := newReplicator(f, d)
		for i, e := range f.Residuals {
			copy(r.residuals.Col(i), e)
		}
		for k, b := range r.estimate(context.Background()) {
			near(t, o.Method+o.Divisor+" "+f.Model.free[k], b, f.b[k], 1e-6)
		}
	}
}

// The draws depend on the seed and on nothing else.
func TestBootstrapReproducible(t *testing.T) {
	m, p := reportModel(t)
	f := estimate(t, m, p, Options{})
	draws := func(seed int64, threads int) []float64 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(threads))
		b := bootstrapped(t, f, BootstrapOptions{50, seed, "residual", 0.9})
		if b.Succeeded+b.Failed != 50 || len(b.Draws[0]) != b.Succeeded {
			t.Errorf("%d + %d replications, %d draws", b.Succeeded, b.Failed, len(b.Draws[0]))
		}
		return b.Draws[3]
	}
	one, two, other := draws(1, 1), draws(1, 4), draws(2, 4)
	for i := range one {
		if one[i] != two[i] {
			t.Fatal("the draws depend on the number of threads")
		}
	}
	if one[0] == other[0] {
		t.Error("the seed has no effect")
	}
}

// With regressors fixed, the standard deviation of the parametric bootstrap is
// the classical standard error times what a small sample does to it: known for
// least squares (exactly the classical one), close for SUR with many years.
func TestBootstrapStandardErrors(t *testing.T) {
	p := random(t, 22, 200, "y", "z", "x", "w")
	m := model(t, "y = $a + $b*x", "z = $c + $b*w")
	for _, method := range []string{"parametric", "residual", "wild"} {
		f := estimate(t, m, p, Options{})
		b := bootstrapped(t, f, BootstrapOptions{2000, 1, method, 0.95})
		for _, q := range b.Parameters {
			// 2000 replications know a standard deviation to 1.6 per cent; the wild
			// bootstrap estimates the robust one.
			if ratio := q.StdDev / q.StdError; math.Abs(ratio-1) > 0.06 && method != "wild" || math.Abs(ratio-1) > 0.15 {
				t.Errorf("%s: %s varies by %g, standard error %g", method, q.Name, q.StdDev, q.StdError)
			}
			if math.Abs(q.Bias) > 4*q.StdError/math.Sqrt(2000) {
				t.Errorf("%s: %s has bias %g", method, q.Name, q.Bias)
			}
			for _, c := range [][2]float64{{q.Lower, q.Estimate - 1.96*q.StdDev}, {q.Upper, q.Estimate + 1.96*q.StdDev}, {q.BCLower, q.Lower}, {q.BCUpper, q.Upper}} {
				if math.Abs(c[0]-c[1]) > 0.25*q.StdError {
					t.Errorf("%s: %s interval end %g, expected about %g", method, q.Name, c[0], c[1])
				}
			}
		}
	}
}

// The lagged coefficient of a short autoregression is biased by about
// −(1 + 3ρ)/T (Kendall 1954): the bootstrap, which rebuilds the lags, must see it.
func TestBootstrapSeesDynamicBias(t *testing.T) {
	p := random(t, 23, 26, "y")
	for r := 1; r < 26; r++ {
		p.Data[0][r] += 0.6 * p.Data[0][r-1]
	}
	f := estimate(t, model(t, "y = $a + $rho*lag(y)"), p, Options{})
	b := bootstrapped(t, f, BootstrapOptions{4000, 1, "residual", 0.95})
	rho := b.Parameters[1]
	want := -(1 + 3*rho.Estimate) / 25
	if math.Abs(rho.Bias-want) > 0.4*math.Abs(want) {
		t.Errorf("bias %g, Kendall's approximation %g", rho.Bias, want)
	}
}

func TestBootstrapCancels(t *testing.T) {
	m, p := reportModel(t)
	f := estimate(t, m, p, Options{})
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := f.Bootstrap(ctx, BootstrapOptions{1_000_000, 1, "wild", 0.95}); err != context.DeadlineExceeded {
		t.Errorf("error %v", err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("took %v to stop", took)
	}
	for _, o := range []BootstrapOptions{{0, 1, "wild", 0.95}, {10, 1, "wild", 95}, {10, 1, "jackknife", 0.95}} {
		if _, err := f.Bootstrap(context.Background(), o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
}

// A panic in a thread of the bootstrap is an error, not the end of the process.
func TestBootstrapPanics(t *testing.T) {
	m, p := reportModel(t)
	f := estimate(t, m, p, Options{})
	f.solver = &solver{own: make([]int, f.solver.m)} // what every replication starts from
	b, err := f.Bootstrap(t.Context(), BootstrapOptions{100, 1, "wild", 0.95})
	if err == nil || !strings.HasPrefix(err.Error(), "internal error: ") || !strings.Contains(err.Error(), "udf/sur/") || b != nil {
		t.Error(err)
	}
}

func BenchmarkBootstrap1000(b *testing.B) {
	m, p := reportModel(b)
	f := estimate(b, m, p, Options{})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Bootstrap(context.Background(), BootstrapOptions{1000, 1, "residual", 0.95}); err != nil {
			b.Fatal(err)
		}
	}
}

// Across years that are left out, against a second computation: the rows of the sample are
// drawn, the left side goes on from the row before where that is in the sample, else from
// what is observed, and each replication is a least squares fit of three columns.
func TestBootstrapWithGaps(t *testing.T) {
	const years = 30
	p := random(t, 5, years, "y", "x")
	p.Null = make([][]bool, len(p.Data))
	p.Null[1] = make([]bool, years)
	for _, row := range []int{7, 8, 19} {
		p.Null[1][row] = true // x
	}
	f := estimate(t, model(t, "y = $a + $b*lag(y) + $c*x"), p, Options{Method: "ols"})
	b, err := f.Bootstrap(context.Background(), BootstrapOptions{Replications: 20, Seed: 3, Method: "residual", Level: 0.9})
	if err != nil || b.Succeeded != 20 {
		t.Fatal(b, err)
	}
	var sample []int
	for row := 1; row < years; row++ {
		if !p.Null[1][row] {
			sample = append(sample, row)
		}
	}
	n := len(sample)
	if len(f.Years) != n || n != years-4 {
		t.Fatal(f.Years)
	}
	mean := 0.0
	for _, e := range f.Residuals[0] {
		mean += e / float64(n)
	}
	scale := math.Sqrt(float64(n) / float64(n-3))
	for i := range 20 {
		rng := rand.New(rand.NewPCG(3, uint64(i)))
		y := slices.Clone(p.Data[0])
		var z, left []float64
		for _, row := range sample {
			e := (f.Residuals[0][rng.IntN(n)] - mean) * scale
			y[row] = f.Parameters[0].Estimate + f.Parameters[1].Estimate*y[row-1] + f.Parameters[2].Estimate*p.Data[1][row] + e
			z = append(z, 1, y[row-1], p.Data[1][row])
			left = append(left, y[row])
		}
		var want mat.VecDense
		if err := want.SolveVec(mat.NewDense(n, 3, z), mat.NewVecDense(n, left)); err != nil {
			t.Fatal(err)
		}
		for k, name := range []string{"a", "b", "c"} {
			near(t, name, b.Draws[k][i], want.AtVec(k), 1e-9)
		}
	}
}
