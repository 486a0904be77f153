package sur

import (
	"context"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"utvandring/udf/dense"
	"utvandring/udf/equation"
	"utvandring/udf/long"
	"utvandring/udf/reference"
)

// The report's nine models as truth: its coefficients and its residual
// covariances (tables 4.2-4.10, annex C) with made-up regressors.

func readCSV(t testing.TB, name string) [][]string {
	t.Helper()
	return reference.ReadCSV(t, filepath.Join("../../sql/data", name))[1:]
}

// truth is one published model.
type truth struct {
	name  string
	model *Model
	b     map[string]float64
	sigma []float64 // m×m
}

func published(t testing.TB) []truth {
	t.Helper()
	formulas := map[string][][2]string{}
	var order []string
	for _, r := range readCSV(t, "equation.csv") { // model, equation, dependent, formula
		if formulas[r[0]] == nil {
			order = append(order, r[0])
		}
		formulas[r[0]] = append(formulas[r[0]], [2]string{r[1], r[3]})
	}
	number := func(s string) float64 {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	var list []truth
	for _, name := range order {
		tr := truth{name: name, b: map[string]float64{}}
		var names, texts []string
		at := map[string]int{}
		for i, e := range formulas[name] {
			names, texts = append(names, e[0]), append(texts, e[1])
			at[e[0]] = i
		}
		var err error
		if tr.model, err = NewModel(names, texts); err != nil {
			t.Fatal(err)
		}
		for _, r := range readCSV(t, "published_coefficient.csv") { // model, parameter, equations, estimate, t
			if r[0] == name {
				tr.b[equation.Key(r[1])] = number(r[3])
			}
		}
		m := len(names)
		tr.sigma = make([]float64, m*m)
		for _, r := range readCSV(t, "published_residual_covariance.csv") { // model, i, j, covariance, sign known
			if r[0] == name {
				i, j := at[r[1]], at[r[2]]
				tr.sigma[i*m+j], tr.sigma[j*m+i] = number(r[3]), number(r[3])
			}
		}
		definite(tr.sigma, m)
		list = append(list, tr)
	}
	if len(list) != 9 {
		t.Fatalf("%d models", len(list))
	}
	return list
}

// definite shrinks covariances until the matrix is positive definite: printed
// to two or three digits and partly without their signs, some are not.
func definite(sigma []float64, m int) {
	for {
		c := append([]float64(nil), sigma...)
		if pivot, ok := dense.Cholesky(c, m); ok && pivot > 0.01 {
			return
		}
		for i := range m {
			for j := range m {
				if i != j {
					sigma[i*m+j] *= 0.9
				}
			}
		}
	}
}

// panelFor makes 23 years of every column of a model: frequencies and shares
// that wander, the macro series that the report used.
func panelFor(t testing.TB, m *Model, seed uint64) *equation.Panel {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 77))
	macro := map[string][]float64{}
	for _, r := range readCSV(t, "macro.csv") { // year, relinnt1-3, lednor, led1, led2
		for j, name := range []string{"relinnt1", "relinnt2", "relinnt3", "lednor", "led1", "led2"} {
			x, err := strconv.ParseFloat(r[j+1], 64)
			if err != nil {
				t.Fatal(err)
			}
			macro[name] = append(macro[name], x)
		}
	}
	const n = 24
	year := make([]int64, n)
	for i := range year {
		year[i] = 1990 + int64(i)
	}
	var names []string
	var data [][]float64
	seen := map[string]bool{}
	for _, e := range m.Equations {
		for _, name := range e.Columns() {
			key := equation.Key(name)
			if seen[key] {
				continue
			}
			seen[key] = true
			x := make([]float64, n)
			level, wander := 0.05, 0.012
			if strings.HasPrefix(key, "an") {
				level, wander = 0.25, 0.05
			}
			for i := range x {
				switch {
				case key == "trend":
					x[i] = float64(i + 1)
				case strings.HasPrefix(key, "beh"):
					x[i] = math.Exp(10 + 0.08*float64(i) + 0.05*rng.NormFloat64())
				case macro[key] != nil:
					x[i] = macro[key][i]
				default:
					x[i] = level + wander*rng.NormFloat64()
				}
			}
			names, data = append(names, name), append(data, x)
		}
	}
	return newPanel(t, year, names, data)
}

// redraw fills the left sides of the system with mean + normal residuals; the
// regressors, lagged left sides among them, stay.
func (tr *truth) redraw(s *system, mean [][]float64, root []float64, rng *rand.Rand) {
	m := len(s.equations)
	z := make([]float64, m)
	for r := range s.n {
		for i := range z {
			z[i] = rng.NormFloat64()
		}
		for i, e := range s.equations {
			y := mean[i][r]
			for j := 0; j <= i; j++ {
				y += root[i*m+j] * z[j]
			}
			s.data[e.left][r] = y
		}
	}
}

// coefficients are the true parameters in the order of the model.
func (tr *truth) coefficients(t testing.TB) []float64 {
	b := make([]float64, len(tr.model.free))
	for k, name := range tr.model.free {
		x, ok := tr.b[equation.Key(name)]
		if !ok {
			t.Fatalf("model %s: no published %s", tr.name, name)
		}
		b[k] = x
	}
	return b
}

// TestRecovery draws the nine models on fixed regressors. Estimates must be
// centred on the truth. Intervals of nominally 95 per cent with small-sample
// standard errors and by the bootstrap must cover it in 90 to 97 per cent of the
// draws, within sampling error. Classical ones rest on many years: with the
// report's 22 years and up to six coefficients an equation they cover in 81 to
// 92 per cent, which sql/estimate/sur.sql tells the user.
func TestRecovery(t *testing.T) {
	long.Test(t)
	const replications, bootstrapped, draws = 300, 50, 120
	for _, tr := range published(t) {
		t.Run(tr.name, func(t *testing.T) {
			t.Parallel()
			first := int64(1992)
			s, err := newSystem(tr.model, panelFor(t, tr.model, 1), &first, nil)
			if err != nil {
				t.Fatal(err)
			}
			b := tr.coefficients(t)
			root := append([]float64(nil), tr.sigma...)
			dense.Cholesky(root, len(s.equations))
			mean := make([][]float64, len(s.equations))
			for i, e := range s.equations {
				mean[i] = make([]float64, s.n)
				for j, c := range e.column {
					for r, x := range s.data[c] {
						mean[i][r] += b[e.parameter[j]] * x
					}
				}
				s.data[e.left] = make([]float64, s.n)
			}
			rng := rand.New(rand.NewPCG(9, 9))
			sum, squares := make([]float64, len(b)), make([]float64, len(b))
			var classical, small, bootstrap, cases, bootCases int
			for rep := range replications {
				tr.redraw(s, mean, root, rng)
				s.options = Options{}
				f := newFit(s)
				if err := f.system.options.fill(); err != nil {
					t.Fatal(err)
				}
				if err := f.solve(context.Background(), false); err != nil {
					t.Fatal(err)
				}
				f.finish()
				for k, q := range f.Parameters {
					sum[k] += q.Estimate
					squares[k] += (q.Estimate - b[k]) * (q.Estimate - b[k])
					cases++
					if math.Abs(q.Estimate-b[k]) < 1.96*q.StdError {
						classical++
					}
				}
				f.system.options.StdErrors, f.system.options.Distribution = "small_sample", "t"
				if err := f.system.options.fill(); err != nil {
					t.Fatal(err)
				}
				f.finish()
				for k, q := range f.Parameters {
					if low, high := q.Interval(0.95); low < b[k] && b[k] < high {
						small++
					}
				}
				if rep >= bootstrapped {
					continue
				}
				draw, err := f.drawer("parametric")
				if err != nil {
					t.Fatal(err)
				}
				r := newReplicator(f, &dynamics{f: f, dynamic: make([]bool, len(s.columns))}) // fixed regressors
				var estimates [][]float64
				for i := range draws {
					draw(rand.New(rand.NewPCG(3, uint64(i))), r.residuals)
					estimates = append(estimates, r.estimate(context.Background()))
				}
				boot, err := f.collect(estimates, 0.95)
				if err != nil {
					t.Fatal(err)
				}
				for k, q := range boot.Parameters {
					bootCases++
					if q.Lower < b[k] && b[k] < q.Upper {
						bootstrap++
					}
				}
			}
			for k, name := range tr.model.free {
				bias, sd := sum[k]/replications-b[k], math.Sqrt(squares[k]/replications)
				if math.Abs(bias) > 4*sd/math.Sqrt(replications) {
					t.Errorf("%s is off by %g, sampling error %g", name, bias, sd/math.Sqrt(replications))
				}
			}
			c, d := float64(classical)/float64(cases), float64(bootstrap)/float64(bootCases)
			e := float64(small) / float64(cases)
			t.Logf("%d parameters: classical intervals cover %.3f, small-sample %.3f, bootstrap %.3f", len(b), c, e, d)
			// 300 draws know it to about 0.008.
			if e < 0.90-0.01 || e > 0.97+0.01 {
				t.Errorf("small-sample 95 per cent intervals cover in %.1f per cent", 100*e)
			}
			if c < 0.79 || c > 0.97 {
				t.Errorf("classical 95 per cent intervals cover in %.1f per cent", 100*c)
			}
			// 50 draws of a dozen correlated parameters know a coverage to about 0.015.
			if d < 0.90-0.03 || d > 0.97+0.03 {
				t.Errorf("bootstrap 95 per cent intervals cover in %.1f per cent", 100*d)
			}
		})
	}
}

// TestDynamicBias simulates the nine models with their lags rebuilt. Lagged
// coefficients come out too small, by about (1 + 3b)/T with b the coefficient
// (Kendall 1954 for one equation): the average must be negative and no more
// than twice that.
func TestDynamicBias(t *testing.T) {
	var total, kendall float64
	for _, tr := range published(t) {
		p := panelFor(t, tr.model, 2)
		first := int64(1992)
		s, err := newSystem(tr.model, p, &first, nil)
		if err != nil {
			t.Fatal(err)
		}
		f := newFit(s)
		f.b = tr.coefficients(t)
		if err := f.system.options.fill(); err != nil {
			t.Fatal(err)
		}
		d, err := newDynamics(f)
		if err != nil {
			t.Fatal(err)
		}
		if !d.any {
			continue
		}
		m := len(s.equations)
		root := append([]float64(nil), tr.sigma...)
		dense.Cholesky(root, m)
		r := newReplicator(f, d)
		rng := rand.New(rand.NewPCG(4, 4))
		z := make([]float64, m)
		mean := make([]float64, f.K)
		const replications = 400
		for range replications {
			for y := range s.n {
				for i := range z {
					z[i] = rng.NormFloat64()
				}
				for i := range m {
					x := 0.0
					for j := 0; j <= i; j++ {
						x += root[i*m+j] * z[j]
					}
					r.residuals.Col(i)[y] = x
				}
			}
			b := r.estimate(context.Background())
			if b == nil {
				t.Fatal("no estimate")
			}
			for k := range b {
				mean[k] += b[k] / replications
			}
		}
		for k, name := range tr.model.free {
			if name[0] != 'b' || tr.name == "4.9" { // 4.9 has no lag of its own left sides
				continue
			}
			bias := mean[k] - f.b[k]
			t.Logf("model %s: %s = %.3f is estimated with bias %+.3f, Kendall %+.3f", tr.name, name, f.b[k], bias, -(1+3*f.b[k])/float64(s.n))
			total += bias
			kendall -= (1 + 3*f.b[k]) / float64(s.n)
		}
	}
	if !(total < 0 && total > 2*kendall) {
		t.Errorf("the biases of the lagged coefficients sum to %g, Kendall's approximations to %g", total, kendall)
	}
}
