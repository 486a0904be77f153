package sur

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"utvandring/udf/equation"
	"utvandring/udf/long"
)

// agrees compares a fit with exactEstimator: estimates in standard errors, residual
// covariances as correlations. false where plain iteration takes more than limit
// steps, as it does on narrow ridges.
func agrees(t *testing.T, f *Fit, tolerance float64, limit int) bool {
	t.Helper()
	j := newExactEstimator(f.system, f.system.options)
	if !j.estimate(limit) {
		return false
	}
	if len(f.LeftOut) > 0 {
		return false
	}
	v := j.covarianceOfEstimates()
	for k, name := range f.Model.free {
		p, se := f.Parameters[f.index(name)], math.Sqrt(float(v[k][k]))
		if gap := math.Abs(p.Estimate-float(j.b[k])) / se; !(gap <= tolerance) {
			t.Errorf("%s is %g standard errors off", name, gap)
		}
		near(t, "standard error of "+name, p.StdError, se, tolerance)
	}
	sigma := j.divided(j.covariance(), f.system.options.Divisor)
	for i := range sigma {
		for l := range sigma {
			size := math.Sqrt(float(sigma[i][i]) * float(sigma[l][l]))
			if gap := math.Abs(f.ResidualCovariance[i][l]-float(sigma[i][l])) / size; !(gap <= tolerance) {
				t.Errorf("residual covariance %d %d is %g off", i, l, gap)
			}
		}
	}
	want := j.logLikelihood()
	if gap := math.Abs(f.LogLikelihood - want); !(gap <= tolerance*max(1, math.Abs(want))) && !(math.IsNaN(f.LogLikelihood) && math.IsNaN(want)) {
		t.Errorf("log-likelihood = %.15g, want %.15g", f.LogLikelihood, want)
	}
	return true
}

// randomSystem makes up to five equations. Sums and differences make columns
// depend on each other, and years are often fewer than columns.
func randomSystem(t *testing.T, rng *rand.Rand) ([]string, *equation.Panel) {
	equations, plain, sharing := 1+rng.IntN(5), 3+rng.IntN(4), rng.IntN(3)
	years := 6 + rng.IntN(7)
	if rng.IntN(2) == 0 {
		years += rng.IntN(29)
	}
	own := 0
	parameter := func() string {
		if rng.IntN(5) < sharing {
			return fmt.Sprint("$s", rng.IntN(4))
		}
		own++
		return fmt.Sprint("$p", own)
	}
	formulas := make([]string, equations)
	for i := range formulas {
		f := fmt.Sprintf("y%d = ", i)
		if rng.IntN(5) > 0 {
			f += parameter() + " + "
		}
		for _, c := range rng.Perm(plain)[:1+rng.IntN(3)] {
			x, other := fmt.Sprint("x", c), fmt.Sprint("x", (c+1+rng.IntN(plain-1))%plain)
			form := []string{"%s", "%s", "%s", "(%s + %s)", "(%s - %s)", "(-2.5*%s)", "lag(%s, 1)"}[rng.IntN(7)]
			f += parameter() + "*" + filled(form, x, other) + " + "
		}
		if rng.IntN(4) == 0 {
			f += "0.5*x1 + "
		}
		formulas[i] = strings.TrimSuffix(f, " + ")
	}
	names := []string{"common"}
	for i := range plain {
		names = append(names, fmt.Sprint("x", i))
	}
	for i := range formulas {
		names = append(names, fmt.Sprint("y", i))
	}
	p := random(t, rng.Uint64(), years, names...)
	for r, common := range p.Data[0] {
		p.Data[1][r] += 50 // a level, from which constants take digits
		for i := range formulas {
			p.Data[1+plain+i][r] += 3 + common + p.Data[2][r] - p.Data[3][r]
		}
	}
	return formulas, p
}

// filled puts as many names into a form as it has room for.
func filled(form string, names ...any) string {
	return fmt.Sprintf(form, names[:strings.Count(form, "%s")]...)
}

// randomOptions draws from what Options offer, with a restriction half of the time.
func randomOptions(t *testing.T, rng *rand.Rand, parameters []string) Options {
	choose := func(list ...string) string { return list[rng.IntN(len(list))] }
	o := Options{
		Method:    choose("ols", "sur", "isur"),
		Divisor:   choose("T", "T-k"),
		StdErrors: choose("classical", "small_sample", "hc0", "hc1", "hc3", "robust", "hac"),
	}
	if lags := rng.Int64N(4); o.StdErrors == "hac" && lags > 0 {
		o.Bandwidth = &lags
	}
	if len(parameters) > 1 && rng.IntN(2) == 0 {
		p := rng.Perm(len(parameters))
		form := choose("%s = %s", "%s + %s = 1", "%s = 0.7")
		o.Restrictions = restrictions(t, filled(form, parameters[p[0]], parameters[p[1]]))
	}
	return o
}

// restrictionsHold checks what exactEstimator does not see: the parameters that
// restrictions took out of the formulas.
func restrictionsHold(t *testing.T, f *Fit, tolerance float64) {
	t.Helper()
	for _, r := range f.system.options.Restrictions {
		sum, size, variance, variances := -r.Value, math.Abs(r.Value), 0.0, 0.0
		for n, x := range r.weights {
			i := f.index(r.names[n])
			sum += x * f.Parameters[i].Estimate
			size += math.Abs(x * f.Parameters[i].Estimate)
			variances += x * x * f.Covariance[i*len(f.Parameters)+i]
			for m, y := range r.weights {
				variance += x * y * f.Covariance[i*len(f.Parameters)+f.index(r.names[m])]
			}
		}
		if !(math.Abs(sum) <= tolerance*size) || !(math.Abs(variance) <= tolerance*variances) {
			t.Errorf("%s is %g off, with a variance of %g", r.Text, sum, variance)
		}
	}
}

// answerable reports whether least squares has an answer within reach of sixteen
// digits: regressors that leave something of each other, residuals that are not 0,
// and years enough for the divisor.
func answerable(t *testing.T, m *Model, panel *equation.Panel, o Options) bool {
	m, err := m.Restrict(o.Restrictions)
	if err != nil {
		t.Fatal(err)
	}
	s := &system{plan: m.plan, model: m, panel: panel}
	if s.choose(nil, nil) != nil || s.evaluate() != nil {
		t.Fatal("no sample")
	}
	j := newExactEstimator(s, o)
	for _, own := range j.own {
		if own >= s.n && (o.Divisor != "T" || o.StdErrors == "small_sample") {
			return false
		}
	}
	own := 0
	for _, n := range j.own {
		own += n
	}
	if o.StdErrors != "classical" && o.StdErrors != "small_sample" && own >= s.n*len(j.left) { // no degree of freedom
		return false
	}
	if share(j.information(identity(len(j.left)))) < 1e-12 {
		return false
	}
	j.estimate(0)
	for i, y := range j.left {
		if float(j.used[i][i]) < 1e-12*float(product(y, y)) {
			return false
		}
	}
	return true
}

// Whatever can be written down, drawn at random: estimates, standard errors of all
// kinds, residual covariance and likelihood are those of exactEstimator.
func TestRandomSystems(t *testing.T) {
	systems := long.Runs(600, 30)
	compared, refused, slow := map[string]int{}, map[string]int{}, 0
	for seed := range uint64(systems) {
		rng := rand.New(rand.NewPCG(seed, 31))
		formulas, panel := randomSystem(t, rng)
		m := model(t, formulas...)
		o := randomOptions(t, rng, m.Parameters())
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			f, err := Estimate(context.Background(), m, panel, o)
			switch {
			case err != nil:
				refused[o.Method]++
				if o.Method == "ols" && answerable(t, m, panel, o) {
					t.Error(err)
				}
			case agrees(t, f, 1e-9, 300):
				restrictionsHold(t, f, 1e-9)
				compared[o.Method]++
			default:
				slow++
			}
			if t.Failed() {
				t.Log(strings.Join(formulas, "; "), o)
			}
		})
	}
	t.Logf("compared %v, refused %v, too slow to compare %d", compared, refused, slow)
	for _, method := range []string{"ols", "sur", "isur"} {
		if compared[method] < systems/6 {
			t.Errorf("only %d of %d systems by %s can be compared", compared[method], systems, method)
		}
	}
}

// Thousands of small, nasty systems: constants, zeros, copies, integers, huge
// and tiny numbers, hardly any years. Each gives finite estimates or an error,
// no panic, and soon.
func TestNastySystems(t *testing.T) {
	kinds := []func(rng *rand.Rand, r int) float64{
		func(rng *rand.Rand, r int) float64 { return rng.NormFloat64() },
		func(rng *rand.Rand, r int) float64 { return 5 },
		func(rng *rand.Rand, r int) float64 { return 0 },
		func(rng *rand.Rand, r int) float64 { return float64(r) },
		func(rng *rand.Rand, r int) float64 { return float64(rng.IntN(2)) },
		func(rng *rand.Rand, r int) float64 { return 1e120 * rng.NormFloat64() },
		func(rng *rand.Rand, r int) float64 { return 1e-200 * rng.NormFloat64() },
		func(rng *rand.Rand, r int) float64 { return 1e9 + rng.NormFloat64()*1e-3 },
	}
	terms := []string{"$a%d", "$b%d*x0", "$c%d*x1", "$d*x2", "$e*x3", "$f%d*lag(y0)", "$g*lag(y1, 2)", "($h - 0.5)*x0", "$i*x0*x1", "$j%d*(x0 - x1)", "0.3*x2"}
	options := []Options{{}, {Method: "sur"}, {Method: "ols"}, {Divisor: "T-k"}, {StdErrors: "robust"}, {StdErrors: "hc2"}, {StdErrors: "hac", Method: "ols"}, {Distribution: "t"}}
	rng := rand.New(rand.NewPCG(31, 32))
	fitted, trials, start := 0, long.Runs(4000, 500), time.Now()
	for trial := range trials {
		names := []string{"y0", "y1", "y2", "x0", "x1", "x2", "x3"}
		years := 1 + rng.IntN(14)
		data := make([][]float64, len(names))
		year := make([]int64, years)
		for j := range data {
			kind := kinds[0]
			if rng.IntN(3) == 0 {
				kind = kinds[rng.IntN(len(kinds))]
			}
			if j > 0 && rng.IntN(12) == 0 {
				data[j] = data[j-1]
				continue
			}
			for r := range years {
				data[j] = append(data[j], kind(rng, r))
			}
		}
		for r := range year {
			year[r] = int64(r)
		}
		p := newPanel(t, year, names, data)
		var labels, formulas []string
		for i := range 1 + rng.IntN(3) {
			f := fmt.Sprintf("y%d = ", rng.IntN(3))
			for j := range 1 + rng.IntN(4) {
				if j > 0 {
					f += " + "
				}
				f += strings.ReplaceAll(terms[rng.IntN(len(terms))], "%d", strconv.Itoa(i))
			}
			labels, formulas = append(labels, fmt.Sprint(i)), append(formulas, f)
		}
		m, err := NewModel(labels, formulas)
		if err != nil {
			continue
		}
		o := options[rng.IntN(len(options))]
		o.MaxIterations = 2000
		f, err := Estimate(context.Background(), m, p, o)
		if err != nil {
			if err.Error() == "" {
				t.Errorf("trial %d: %v: an empty error", trial, formulas)
			}
			continue
		}
		fitted++
		for _, q := range f.Parameters {
			if math.IsNaN(q.Estimate) || math.IsInf(q.Estimate, 0) {
				t.Errorf("trial %d: %v: %s is %g", trial, formulas, q.Name, q.Estimate)
			}
		}
		f.Diagnose(1)
		f.Summary()
		f.Diagonality(context.Background())
		f.Portmanteau(4)
		f.NearDependence(false)
		f.Bootstrap(context.Background(), BootstrapOptions{2, 1, "residual", 0.9})
	}
	t.Logf("%d of %d have an estimate, %v", fitted, trials, time.Since(start))
	if fitted < trials/10 {
		t.Error("too few have an estimate for the test to mean anything")
	}
}
