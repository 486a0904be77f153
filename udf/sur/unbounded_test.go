package sur

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/equation"
	"utvandring/udf/long"
)

// sharing is a model of m equations with own regressors and shared slopes on
// different columns, and the names of its columns.
func sharing(t testing.TB, m, own, shared int) (*Model, []string) {
	t.Helper()
	var formulas, columns []string
	for i := range m {
		columns = append(columns, fmt.Sprint("y", i))
		f := fmt.Sprintf("y%d = $a%d", i, i)
		for j := range own {
			columns = append(columns, fmt.Sprintf("x%d_%d", i, j))
			f += fmt.Sprintf(" + $b%d_%d*x%d_%d", i, j, i, j)
		}
		for j := range shared {
			columns = append(columns, fmt.Sprintf("z%d_%d", i, j))
			f += fmt.Sprintf(" + $s%d*z%d_%d", j, i, j)
		}
		formulas = append(formulas, f)
	}
	return model(t, formulas...), columns
}

var sharedAt = regexp.MustCompile(`\$(s\d+) = ([-+.e0-9]+)`)

// beside are the columns that are not own (x…), by their products with a basis of
// what the own ones and the constant leave over.
func beside(t testing.TB, p *equation.Panel) map[string][]float64 {
	t.Helper()
	rows := len(p.Year)
	own := slices.Repeat([]float64{1}, rows)
	other := map[string][]float64{}
	for j, name := range p.Names {
		switch name[0] {
		case 'x':
			own = append(own, p.Data[j]...)
		case 'y', 'z':
			other[name] = p.Data[j]
		}
	}
	n := len(own) / rows
	var qr mat.QR
	qr.Factorize(mat.NewDense(n, rows, own).T())
	var q mat.Dense
	qr.QTo(&q)
	for name, x := range other {
		var in mat.VecDense
		in.MulVec(q.Slice(0, rows, n, rows).T(), mat.NewVecDense(rows, x))
		other[name] = in.RawVector().Data
	}
	return other
}

// smallestShare is the share of the residuals, each in its own size, that is
// left of their smallest combination where the shared parameters are s: 0 where
// the likelihood is infinite. For given s that is linear, and here worked out
// from the panel itself: own columns are projected out of y − Zs, and what is
// left is a triangle with a last pivot. (No c_i may be 0, which random data see to.)
func smallestShare(t testing.TB, p *equation.Panel, m int, s []float64) float64 {
	in := beside(t, p)
	rest := mat.NewDense(len(in["y0"]), m, nil)
	for i := range m {
		e := slices.Clone(in[fmt.Sprint("y", i)])
		for k, x := range s {
			floats.AddScaled(e, -x, in[fmt.Sprintf("z%d_%d", i, k)])
		}
		floats.Scale(1/floats.Norm(e, 2), e)
		rest.SetCol(i, e)
	}
	var qr mat.QR
	qr.Factorize(rest)
	var r mat.Dense
	qr.RTo(&r)
	least := math.Inf(1)
	for i := range m {
		least = min(least, math.Abs(r.At(i, i)))
	}
	return least
}

// Four equations, 22 years, four slopes shared: a point where the residuals
// cancel is there for every such system (an odd number of them: the condition is
// one polynomial in c of odd degree), and the iterations pass by it more often
// than not. The point that the error names is checked apart from the search.
func TestSharedUnbounded(t *testing.T) {
	m, names := sharing(t, 4, 4, 4)
	hidden, systems := 0, long.Runs(40, 8)
	for seed := range uint64(systems) {
		p := random(t, 9000+seed, 22, names...)
		_, err := Estimate(context.Background(), m, p, Options{})
		if !errors.Is(err, ErrUnbounded) {
			t.Errorf("seed %d: %v", seed, err)
			continue
		}
		if !strings.Contains(err.Error(), "local maximum") {
			continue
		}
		hidden++
		if hidden == 1 {
			t.Log(err)
		}
		found := sharedAt.FindAllStringSubmatch(err.Error(), -1)
		if len(found) != 4 {
			t.Fatal(err)
		}
		at := make([]float64, 4)
		for k, f := range found {
			at[k], _ = strconv.ParseFloat(f[2], 64)
		}
		middle := smallestShare(t, p, 4, []float64{0, 0, 0, 0})
		if share := smallestShare(t, p, 4, at); share > 1e-4*middle { // the message has six digits
			t.Errorf("seed %d: at %v a share of %g of the residuals is left, %g at 0", seed, at, share, middle)
		}
	}
	t.Logf("%d of %d are hidden", hidden, systems)
	if hidden < systems/4 {
		t.Error("too few stop on a local maximum for the test to mean anything")
	}
}

// The same with restrictions: with three slopes to share it is still possible,
// with one it is not, and then there is a maximum. Restrictions between own
// slopes make shared ones of them.
func TestSharedUnboundedRestricted(t *testing.T) {
	m, names := sharing(t, 4, 4, 4)
	unbounded := 0
	for seed := range uint64(long.Runs(10, 5)) {
		p := random(t, 9100+seed, 22, names...)
		for text, possible := range map[string]bool{"s3 = s2 + 0.5": true, "s3 = 0.3, s2 = s1 + 2*s0, s1 = 0.5": false, "b0_0 = b1_0, b2_0 = b3_0 + 1": true} {
			list := restrictions(t, text)
			f, err := Estimate(context.Background(), m, p, Options{Restrictions: list})
			switch {
			case err == nil && possible:
				t.Errorf("seed %d, %s: estimated", seed, text)
			case err == nil:
				estimated := *f
				estimated.Parameters = nil
				for _, q := range f.Parameters {
					if slices.Contains(f.Model.free, q.Name) {
						estimated.Parameters = append(estimated.Parameters, q)
					}
				}
				gradientIsZero(t, f.Model, p, &estimated)
			case !errors.Is(err, ErrUnbounded) || !possible:
				t.Errorf("seed %d, %s: %v", seed, text, err)
			default:
				unbounded++
			}
		}
	}
	t.Logf("%d unbounded", unbounded)
}

// Two equations with one shared slope in T = own columns + 2 years: in what the
// own columns leave, the residuals are two vectors of two numbers,
// (y_1 − z_1 s, y_2 − z_2 s), which are parallel where a quadratic in s is zero.
// Its discriminant says whether the likelihood is bounded, so that both answers
// are known: none may be refused that has a maximum, none answered that has not.
func TestSharedExactly(t *testing.T) {
	m, names := sharing(t, 2, 2, 1)
	count, systems := map[bool]int{}, long.Runs(200, 60)
	for seed := range uint64(systems) {
		p := random(t, 700+seed, 7, names...)
		d := discriminant(t, p)
		_, err := Estimate(context.Background(), m, p, Options{})
		if (err != nil) != (d > 0) || err != nil && !errors.Is(err, ErrUnbounded) {
			t.Errorf("seed %d: discriminant %g, %v", seed, d, err)
		}
		count[d > 0]++
	}
	t.Logf("%d unbounded, %d bounded", count[true], count[false])
	if count[true] < systems/10 || count[false] < systems/10 {
		t.Error("too few of one kind for the test to mean anything")
	}
}

func discriminant(t *testing.T, p *equation.Panel) float64 {
	t.Helper()
	in := beside(t, p)
	two := func(name string) (float64, float64) { return in[name][0], in[name][1] }
	a, b := two("y0")
	c, d := two("y1")
	e, f := two("z0_0")
	g, h := two("z1_0")
	// (a − es)(d − hs) − (b − fs)(c − gs)
	square, line, constant := e*h-f*g, -a*h-e*d+b*g+f*c, a*d-b*c
	return line*line - 4*square*constant
}

// Where the count leaves no room the search is not begun, and where nothing is
// shared the answer is exact: here the left side of one equation is a regressor
// of another, so that the columns are dependent and the likelihood bounded all
// the same.
func TestSharedImpossible(t *testing.T) {
	for _, c := range []struct {
		model *Model
		panel *equation.Panel
	}{
		{model(t, "y1 = $a1 + $b*x1 + $c*x2", "y2 = $a2 + $b*y1 + $d*x3 + $f*y3", "y3 = $a3 + $c*y1 + $d*x1"), random(t, 5, 25, "y1", "y2", "y3", "x1", "x2", "x3")},
		{model(t, "y1 = $a1 + $b*x1 + $c*x2 + $d*x3", "y2 = $a2 + $b*x4 + $c*x5 + $d*x6"), random(t, 1, 8, "y1", "y2", "x1", "x2", "x3", "x4", "x5", "x6")},
	} {
		f, err := Estimate(context.Background(), c.model, c.panel, Options{})
		if err != nil {
			t.Error(err)
			continue
		}
		gradientIsZero(t, c.model, c.panel, f)
		if f.Summary().Bounded != "proven" || len(f.bounded.Sets) > 0 {
			t.Errorf("%v: thought possible", c.model.Lefts())
		}
	}
}

// A search leaves the estimate as it was: also one that finds nothing.
func TestSearchLeavesNoTrace(t *testing.T) {
	m, names := sharing(t, 2, 2, 1)
	for seed := range uint64(20) {
		p := random(t, 700+seed, 7, names...)
		f, err := Estimate(context.Background(), m, p, Options{})
		if err != nil {
			continue
		}
		v := newSolver(f.system)
		v.leastSquares()
		v.rebase()
		if _, err := v.iterate(context.Background(), 1e-10, 10_000); err != nil {
			t.Fatal(err)
		}
		v.residuals()
		v.weights()
		v.restore()
		if fmt.Sprint(v.b, v.covariance(), v.w) != fmt.Sprint(f.b, f.Covariance, f.solver.w) {
			t.Errorf("seed %d: %v, and without a search %v", seed, f.b, v.b)
		}
	}
}

// What is known of the likelihood is reported.
func TestBounded(t *testing.T) {
	full, names := sharing(t, 2, 1, 1)
	estimate := func(m *Model, years int, o Options) string {
		f := estimate(t, m, random(t, 8, years, names...), o)
		return f.Summary().Bounded
	}
	if got := estimate(full, 30, Options{}); got != "proven" {
		t.Error(got)
	}
	for _, method := range []string{"sur", "ols"} {
		if got := estimate(full, 30, Options{Method: method}); got != "" {
			t.Error(got)
		}
	}
	given := restrictions(t, "a0 = 1, a1 = 1, b0_0 = 1, b1_0 = 1, s0 = 1")
	if got := estimate(full, 30, Options{Restrictions: given}); got != "" {
		t.Error(got)
	}
}

// Replications of a system that may be unbounded are judged one by one: failed
// are those that are, by the discriminant of each one's data.
func TestBootstrapUnbounded(t *testing.T) {
	m, names := sharing(t, 2, 2, 1)
	done := 0
	for seed := uint64(700); done < long.Runs(5, 1); seed++ {
		p := random(t, seed, 7, names...)
		f, err := Estimate(context.Background(), m, p, Options{})
		if err != nil {
			continue
		}
		done++
		if f.Summary().Bounded != "proven" || len(f.bounded.Sets) != 1 {
			t.Fatalf("seed %d: %+v", seed, f.bounded)
		}
		d, err := newDynamics(f)
		if err != nil {
			t.Fatal(err)
		}
		draw, err := f.drawer("residual")
		if err != nil {
			t.Fatal(err)
		}
		r := newReplicator(f, d)
		count := map[bool]int{}
		for i := range uint64(100) {
			draw(rand.New(rand.NewPCG(1, i)), r.residuals)
			estimate := r.estimate(context.Background())
			drawn := &equation.Panel{Year: p.Year, Names: p.Names, Data: slices.Clone(p.Data)}
			for i, e := range f.system.equations {
				drawn.Data[slices.Index(p.Names, fmt.Sprint("y", i))] = r.data[e.left]
			}
			unbounded := discriminant(t, drawn) > 0
			if (estimate == nil) != unbounded {
				t.Errorf("seed %d, draw %d: unbounded is %v, %v", seed, i, unbounded, estimate)
			}
			count[unbounded]++
		}
		t.Logf("%d unbounded, %d bounded", count[true], count[false])
		if count[true] < 5 || count[false] < 5 {
			t.Error("too few of one kind for the test to mean anything")
		}
	}
}

// The system of TestUnbounded with too many columns is rescued by sharing the
// slopes: then it must be estimated. A left side that is a regressor elsewhere
// is no reason to refuse either.
func TestRescuedByRestrictions(t *testing.T) {
	p := random(t, 1, 8, "y1", "y2", "x1", "x2", "x3", "x4", "x5", "x6")
	m := model(t, "y1 = $a1 + $b*x1 + $c*x2 + $d*x3", "y2 = $a2 + $b*x4 + $c*x5 + $d*x6")
	f := estimate(t, m, p, Options{})
	gradientIsZero(t, m, p, f)
	m = model(t, "y1 = $a1 + $b1*x1", "y2 = $a2 + $b2*y1 + $c2*x2")
	for r, x := range p.Data[2] {
		p.Data[0][r] += 3 * x // or y1 would be a regressor that nothing identifies
	}
	f = estimate(t, m, p, Options{})
	gradientIsZero(t, m, p, f)
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
