package sur

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/equation"
)

// random makes a panel of standard normal columns.
func random(t testing.TB, seed uint64, years int, names ...string) *equation.Panel {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	year := make([]int64, years)
	data := make([][]float64, len(names))
	for i := range year {
		year[i] = 1990 + int64(i)
		for j := range data {
			data[j] = append(data[j], rng.NormFloat64())
		}
	}
	p, err := equation.NewPanel(year, names, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func model(t testing.TB, formulas ...string) *Model {
	t.Helper()
	names := make([]string, len(formulas))
	for i := range names {
		names[i] = fmt.Sprint("e", i+1)
	}
	m, err := NewModel(names, formulas)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestUnbounded(t *testing.T) {
	_, kmenta, kmentaPanel := readReference(t, "kmenta")
	short := random(t, 1, 8, "y1", "y2", "x1", "x2", "x3", "x4", "x5", "x6")
	long := random(t, 2, 30, "y1", "y2", "y3", "x1", "x2")
	for i := range long.Year { // y3 = y1 + 2 y2 - x1
		long.Data[2][i] = long.Data[0][i] + 2*long.Data[1][i] - long.Data[3][i]
	}
	for _, c := range []struct {
		name  string
		model *Model
		panel *equation.Panel
		want  []string
	}{
		{"same left side", kmenta, kmentaPanel, []string{"demand and supply", "same left side (consump)"}},
		{"too many columns", model(t, "y1 = $a1 + $b1*x1 + $c1*x2 + $d1*x3", "y2 = $a2 + $b2*x4 + $c2*x5 + $d2*x6"), short,
			[]string{"e1 and e2", "2 left sides and 7 distinct regressors (1, x1, x2", "8 years"}},
		{"adding up", model(t, "y1 = $a1 + $b1*x1", "y2 = $a2 + $b2*x1", "y3 = $a3 + $b3*x1"), long, []string{"e1, e2 and e3", "linearly dependent"}},
		{"identity", model(t, "y1 = $a1 + $b1*x1 + $c*x2", "y3 = $a3 + $b3*y1 + $c3*y2 + $d3*x1"), long, []string{"equation e2", "fit y3 exactly"}},
	} {
		_, err := Estimate(context.Background(), c.model, c.panel, Options{})
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		t.Log(err)
		for _, w := range append(c.want, "unbounded") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %q does not say %q", c.name, err, w)
			}
		}
	}
}

// The system of TestUnbounded with too many columns is rescued by sharing the
// slopes: then it must be estimated. A left side that is a regressor elsewhere
// is no reason to refuse either.
func TestRescuedByRestrictions(t *testing.T) {
	p := random(t, 1, 8, "y1", "y2", "x1", "x2", "x3", "x4", "x5", "x6")
	m := model(t, "y1 = $a1 + $b*x1 + $c*x2 + $d*x3", "y2 = $a2 + $b*x4 + $c*x5 + $d*x6")
	f, err := Estimate(context.Background(), m, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	gradientIsZero(t, m, p, f)
	m = model(t, "y1 = $a1 + $b1*x1", "y2 = $a2 + $b2*y1 + $c2*x2")
	for r, x := range p.Data[2] {
		p.Data[0][r] += 3 * x // or y1 would be a regressor that nothing identifies
	}
	if f, err = Estimate(context.Background(), m, p, Options{}); err != nil {
		t.Fatal(err)
	}
	gradientIsZero(t, m, p, f)
}

// gradientIsZero checks the first-order conditions by finite differences of
// ln det Σ computed straight from the data, which knows nothing of the solver.
func gradientIsZero(t *testing.T, m *Model, p *equation.Panel, f *Fit) {
	t.Helper()
	s, err := newSystem(f.Model, p, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := func(b []float64) float64 {
		n := len(s.equations)
		e := make([][]float64, n)
		for i, q := range s.equations {
			e[i] = append([]float64(nil), s.data[q.left]...)
			for j, c := range q.column {
				for r := range e[i] {
					e[i][r] -= b[q.parameter[j]] * s.data[c][r]
				}
			}
		}
		sigma := make([]float64, n*n)
		for i := range n {
			for j := range n {
				for r := range e[i] {
					sigma[i*n+j] += e[i][r] * e[j][r] / float64(s.n)
				}
			}
		}
		if _, ok := cholesky(sigma, n); !ok {
			return math.Inf(1)
		}
		d := 0.0
		for i := range n {
			d += 2 * math.Log(sigma[i*n+i])
		}
		return d
	}
	b := append([]float64(nil), f.b...)
	base := at(b)
	for k := range b {
		h := 1e-4 * f.Parameters[k].StdError
		old := b[k]
		b[k] = old + h
		up := at(b)
		b[k] = old - h
		down := at(b)
		b[k] = old
		// In units of the curvature: how far, in standard errors, the maximum is.
		if shift := (up - down) / (up + down - 2*base) / 2 * 1e-4; !(math.Abs(shift) < 1e-4) || !(up > base && down > base) {
			t.Errorf("parameter %s is %.2g standard errors from the maximum", f.Parameters[k].Name, shift)
		}
	}
}

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
	f, err := Estimate(context.Background(), m, p, Options{Divisor: "T-k"})
	if err != nil {
		t.Fatal(err)
	}
	v := newSolver(f.system)
	if err := v.setDivisor(f.system, "T-k"); err != nil {
		t.Fatal(err)
	}
	plain(v)
	for k, b := range v.b {
		near(t, m.free[k], f.b[k], b, 1e-10)
	}
	ml, err := Estimate(context.Background(), m, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
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

// Scaling a column by any factor divides its estimate and changes nothing else.
func TestScaleFree(t *testing.T) {
	_, m, p := readReference(t, "grunfeld5")
	want, err := Estimate(context.Background(), m, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	i, _ := p.Column("value_F3")
	for _, factor := range []float64{1e-9, 1e9, 1e30} {
		for r := range p.Data[i] {
			p.Data[i][r] *= factor
		}
		got, err := Estimate(context.Background(), m, p, Options{})
		if err != nil {
			t.Fatal(err)
		}
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
	want, err := Estimate(context.Background(), m, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	i, _ := p.Column("value_F3")
	for r := range p.Data[i] {
		p.Data[i][r] += 1 << 24 // exact: the values have one decimal, the sum 12 digits
	}
	got, err := Estimate(context.Background(), m, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("condition %.3g", got.Summary().Condition)
	for k, w := range want.Parameters {
		if w.Name != "a3" {
			near(t, w.Name, got.Parameters[k].Estimate, w.Estimate, 1e-9)
			near(t, "standard error of "+w.Name, got.Parameters[k].StdError, w.StdError, 1e-9)
		}
	}
}

func TestBadInput(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	base := func() *equation.Panel {
		p := random(t, 7, 10, "y", "z", "x", "w", "twice_x", "zero", "const5")
		for r := range p.Year {
			x, w := p.Data[2], p.Data[3]
			p.Data[4][r] = 2*x[r] - w[r]
			p.Data[5][r], p.Data[6][r] = 0, 5
			p.Data[3][r] = math.Abs(w[r]) + 0.1
			p.Data[4][r] = 2*x[r] - p.Data[3][r]
		}
		p.Null = make([][]bool, len(p.Data))
		return p
	}
	year := func(y int64) *int64 { return &y }
	null := func(column, row int) func(p *equation.Panel) {
		return func(p *equation.Panel) {
			if p.Null[column] == nil {
				p.Null[column] = make([]bool, 10)
			}
			p.Null[column][row] = true
		}
	}
	allNull := func(column int) func(p *equation.Panel) {
		return func(p *equation.Panel) { p.Null[column] = slices.Repeat([]bool{true}, 10) }
	}
	set := func(column, row int, v float64) func(p *equation.Panel) {
		return func(p *equation.Panel) { p.Data[column][row] = v }
	}
	scale := func(column int, factor float64) func(p *equation.Panel) {
		return func(p *equation.Panel) {
			for r := range p.Data[column] {
				p.Data[column][r] *= factor
			}
		}
	}
	for _, c := range []struct {
		formulas string
		change   func(*equation.Panel)
		o        Options
		want     string
	}{
		{"y = $a + $b*xx", nil, Options{}, `equation e1: column "xx" is not in the panel (did you mean "x"?), at character 13: xx`},
		{"y = $a + lag(\"x 2\", 3)*$b", nil, Options{}, `equation e1: column "x 2" is not in the panel, at character 14: "x 2", 3)*$b`},
		{"y = $a + slope*x", nil, Options{}, `equation e1: column "slope" is not in the panel (a parameter is written $slope), at character 10: slope*x`},
		{"y = $a + $b*x", set(2, 3, nan), Options{}, "equation e1: x is NaN in 1993"},
		{"y = $a + $b*x", set(2, 3, inf), Options{}, "equation e1: x is +Inf in 1993"},
		{"y = $a + $b*x", set(0, 3, nan), Options{}, "equation e1: y is NaN in 1993"},
		{"y = $a + $b*x", set(2, 3, 1e200), Options{}, "too large"},
		{"y = $a + $b*x", scale(2, 1e-160), Options{}, "equation e1: x is at most 1.6"},
		{"x = $a + $b*y", scale(2, 1e-320), Options{}, "e-320 in size in 1990–1999, too small to work with (rescale the column)"},
		{"y = $a + $b*x*zero", scale(2, 1e-160), Options{}, "regressor of parameter $b (x*zero in equation e1) is 0 in every year"},
		{"y = $a + $b*ln(w)", set(3, 4, -0.25), Options{}, "equation e1: ln of -0.25 in ln(w) in 1994"},
		{"y = $a + $b*ln(lag(w))", set(3, 4, 0), Options{}, "equation e1: ln of 0 in ln(lag(w)) in 1995"},
		{"y = $a + $b*x", allNull(2), Options{}, `equation e1: column "x" is NULL in every year`},
		{"y = $a", nil, Options{First: year(1999)}, "1 equation × 1 year (1999) give only 1 observation"},
		{"y = $a + $b*x", null(2, 4), Options{}, `equation e1: column "x" is NULL in 1994, in the middle`},
		{"y = $a + $b*x", null(2, 0), Options{First: year(1990)}, "year 1990 cannot be estimated: equation e1 needs x, and x is NULL in 1990 (the first year that has everything is 1991)"},
		{"y = $a + $b*x", null(2, 9), Options{Last: year(1999)}, "year 1999 cannot be estimated"},
		{"y = $a + $b*lag(x, 2)", nil, Options{First: year(1991)}, "needs lag(x, 2), and the panel begins in 1990 (the first year that has everything is 1992)"},
		{"y = $a + $b*x", nil, Options{First: year(1980)}, "first_year 1980 is outside the panel, which has 1990–1999"},
		{"y = $a + $b*x", nil, Options{First: year(1998), Last: year(1995)}, "comes after"},
		{"y = $a + $b*x + $c*w", nil, Options{First: year(1998)}, "too few observations: 3 parameters"},
		{"y = $a + $b*lag(x, 20)", nil, Options{}, "no year has all the data"},
		{"y = $a + $b*x + $c*w + $d*twice_x", nil, Options{}, "parameters $d, $b and $c cannot be told apart"},
		{"y = $a + $b*const5", nil, Options{}, "parameters $b and $a cannot be told apart"},
		{"y = $a + ($b + $c)*x", nil, Options{}, "parameters $c and $b cannot be told apart in 1990–1999: both multiply x in equation e1, so that only their sum is determined (leave one out"},
		{"y = $a + ($b - $c)*x", nil, Options{}, "told apart in 1990–1999: -x in equation e1 and x in equation e1 are linearly dependent"},
		{"y = $a + $b*zero", nil, Options{}, "regressor of parameter $b (zero in equation e1) is 0 in every year"},
		{"y = $a + $b*x - $b*x", nil, Options{}, "regressor of parameter $b (x - x in equation e1) is 0"},
		{"const5 = $a + $b*x", nil, Options{}, "left side const5 is constant (5 in every year"},
		{"y = $a + $a*$b*x", nil, Options{}, "not linear in parameter"},
		{"y = $a + $b*x", nil, Options{Method: "fiml"}, "method \"fiml\" is unknown: choose among 'isur', 'sur' and 'ols'"},
		{"y = $a + $b*x", nil, Options{Divisor: "N"}, "divisor"},
		{"y = $a + $b*x", nil, Options{Tolerance: -1}, "tolerance"},
		{"y = $a + $b*x; z = $c + $d*w; x = $e + $f*w", nil, Options{MaxIterations: 1}, "no convergence after 1 step"},
		{"y = $a + $b*x; z = $c + $d*w; w = $e + $f*x; x = $g", nil, Options{First: year(1996)}, "cannot be estimated from 4 years"},
	} {
		p := base()
		if c.change != nil {
			c.change(p)
		}
		var names []string
		formulas := strings.Split(c.formulas, "; ")
		for i := range formulas {
			names = append(names, fmt.Sprint("e", i+1))
		}
		m, err := NewModel(names, formulas)
		if err == nil {
			_, err = Estimate(context.Background(), m, p, c.o)
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.formulas, err, c.want)
		}
	}
	if _, err := NewModel([]string{"1"}, []string{"y = x"}); err == nil {
		t.Error("a model of identities only: no error")
	}
	if _, err := NewModel([]string{"1", "1"}, []string{"y = $a", "z = $b"}); err == nil {
		t.Error("two equations of one name: no error")
	}
}

// NULLs at the ends shorten the sample; the result is that of the shorter one.
func TestSampleShrinksToWhatIsThere(t *testing.T) {
	p := random(t, 3, 12, "y", "x")
	m := model(t, "y = $a + $b*x + $c*lag(y)")
	from, to := int64(1993), int64(2000)
	want, err := Estimate(context.Background(), m, p, Options{First: &from, Last: &to})
	if err != nil {
		t.Fatal(err)
	}
	p.Null = [][]bool{make([]bool, 12), make([]bool, 12), nil}
	p.Null[0][0], p.Null[0][1], p.Null[1][11] = true, true, true
	got, err := Estimate(context.Background(), m, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Years[0] != 1993 || got.Years[len(got.Years)-1] != 2000 || got.Parameters[2].Estimate != want.Parameters[2].Estimate {
		t.Errorf("sample %v, estimates %v, want %v", got.Years, got.Parameters, want.Parameters)
	}
}

// With one shared slope no combination of the left sides is hopeless from the
// start, yet with 8 years the residuals can nearly always be made to cancel:
// that is only seen on the way. Either the error says so, or there is a maximum.
func TestUnboundedOnTheWay(t *testing.T) {
	m := model(t, "y1 = $a1 + $b*x1 + $c1*x2 + $d1*x3 + $e1*x4", "y2 = $a2 + $b*x5 + $c2*x6 + $d2*x7")
	unbounded := 0
	for seed := range uint64(20) {
		p := random(t, 500+seed, 8, "y1", "y2", "x1", "x2", "x3", "x4", "x5", "x6", "x7")
		f, err := Estimate(context.Background(), m, p, Options{})
		switch {
		case err == nil:
			gradientIsZero(t, m, p, f)
		case errors.Is(err, ErrUnbounded):
			unbounded++
			if !strings.Contains(err.Error(), "after ") || !strings.Contains(err.Error(), "e1 and e2 (y1 and y2)") {
				t.Errorf("seed %d: %v", seed, err)
			}
		default:
			t.Errorf("seed %d: %v", seed, err)
		}
	}
	t.Logf("%d of 20 unbounded", unbounded)
	if unbounded == 0 {
		t.Error("no system was unbounded: the test tests nothing")
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
		f, err := Estimate(context.Background(), m, &moved, Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprint(f.Parameters, f.Covariance, f.Residuals, f.LogLikelihood, f.Diagnose(2))
		if shift == 0 {
			want = got
		} else if got != want {
			t.Fatalf("moved by %d numbers:\n%s\n%s", shift, got, want)
		}
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

// A step of a large system may take seconds: each asks whether it is still wanted.
func TestStepsCancel(t *testing.T) {
	m, names := sharing(t, 4, 1, 3)
	s, err := newSystem(m, random(t, 1000, 12, names...), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	v := newSolver(s)
	v.leastSquares()
	v.rebase()
	if out, err := v.iterate(&patient{context.Background(), 3}, 1e-10, 1000); err == nil || out.iterations != 3 {
		t.Errorf("%v after %d steps", err, out.iterations)
	}
}
