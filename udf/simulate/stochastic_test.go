package simulate

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"utvandring/udf/equation"
)

func autoregression(t testing.TB) *Problem {
	t.Helper()
	panel := panelOf(t, map[string][]float64{"y": {8, 1, 3, 2, 5}, "x": {1, 1, 1, 1, 1}})
	return bound(t, newSystem(t, formulas("y = $b*lag(y) + x")), panel, []Coefficient{{"m", "b", 0.5}}, Options{})
}

func stochastic(t testing.TB, p []*Problem, o Stochastic) []Spread {
	t.Helper()
	s, err := RunStochastic(context.Background(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// y = b·lag(y) + x + e has mean as simulated without e, and variance
// σ²(1 − b^2h)/(1 − b²) after h years; its quantiles are those of the normal.
// Tolerances are four standard errors of the simulation.
func TestAutoregressionAsTheory(t *testing.T) {
	p := autoregression(t)
	source := normalOf(t, p, []Covariance{{"m", "1", "1", 0.04}})
	const n = 40000
	s := stochastic(t, []*Problem{p}, Stochastic{Replications: n, Seed: 7, Residuals: source, Probabilities: []float64{0.025, 0.5, 0.975}})
	mean := []float64{5, 3.5, 2.75, 2.375}
	for k, d := range s[0].Level[0] {
		sd := math.Sqrt(0.04 * (1 - math.Pow(0.25, float64(k+1))) / 0.75)
		near(t, "mean", d.Mean, mean[k], 4*sd/math.Sqrt(n))
		near(t, "sd", d.SD, sd, 4*sd/math.Sqrt(2*n))
		near(t, "median", d.Quantiles[1], mean[k], 4*1.25*sd/math.Sqrt(n))
		// 1.959964 standard deviations; density there 0.058445.
		tail := 4 * math.Sqrt(0.025*0.975/n) / 0.058445 * sd
		near(t, "0.025", d.Quantiles[0], mean[k]-1.959964*sd, tail)
		near(t, "0.975", d.Quantiles[2], mean[k]+1.959964*sd, tail)
	}
}

// In a linear model the variance after h years is Σ ψ′Vψ over the responses to
// unit impulses in the residuals, which Multipliers gives without drawing.
func TestKleinAsLinearTheory(t *testing.T) {
	p := bind(t, klein, kleinOLS(t), Options{First: 1935})
	v := map[[2]string]float64{{"cn", "cn"}: 0.9, {"i", "i"}: 0.8, {"w1", "w1"}: 0.5, {"cn", "i"}: 0.3, {"cn", "w1"}: -0.2, {"i", "w1"}: 0.1}
	var elements []Covariance
	var shocks []Shock
	names := []string{"cn", "i", "w1"}
	for ij, x := range v {
		elements = append(elements, Covariance{"klein", ij[0], ij[1], x})
		v[[2]string{ij[1], ij[0]}] = x
	}
	for _, name := range names {
		for year := int64(1935); year <= 1941; year++ {
			shocks = append(shocks, Shock{name, 1, year, true})
		}
	}
	r, err := p.Multipliers(context.Background(), shocks)
	if err != nil {
		t.Fatal(err)
	}
	source := normalOf(t, p, elements)
	const n = 20000
	s := stochastic(t, []*Problem{p}, Stochastic{Replications: n, Seed: 3, Residuals: source})
	path := pathOf(t, p)
	for i := range klein {
		for k := range path.Years {
			variance := 0.0
			for a, x := range names {
				for b, y := range names {
					for h := range 7 {
						variance += v[[2]string{x, y}] * r.Change[a*7+h][i][k] * r.Change[b*7+h][i][k]
					}
				}
			}
			sd := math.Sqrt(variance)
			what := fmt.Sprintf("%s %d", klein[i].Name, path.Years[k])
			near(t, what+" mean", s[0].Level[i][k].Mean, path.Simulated[i][k], 4.5*sd/math.Sqrt(n))
			near(t, what+" sd", s[0].Level[i][k].SD, sd, 4.5*sd/math.Sqrt(2*n))
		}
	}
}

// y = $b·x with b ~ N(2, 0.25), x = 3, is N(6, 9·0.25); and a simultaneous block
// whose Jacobian then differs between lanes: c = $b·y, y = c + 10 gives
// y = 10/(1 − b).
func TestParameterDraws(t *testing.T) {
	const n = 20000
	panel := panelOf(t, map[string][]float64{"y": {1}, "x": {3}, "c": {1}})
	p := bound(t, newSystem(t, formulas("y = $b*x")), panel, []Coefficient{{"m", "b", 2}}, Options{})
	source, err := p.Parameters([]Covariance{{"m", "b", "$b", 0.25}})
	if err != nil {
		t.Fatal(err)
	}
	s := stochastic(t, []*Problem{p}, Stochastic{Replications: n, Seed: 1, Parameters: source})
	near(t, "mean", s[0].Level[0][0].Mean, 6, 4*1.5/math.Sqrt(n))
	near(t, "sd", s[0].Level[0][0].SD, 1.5, 4*1.5/math.Sqrt(2*n))

	p = bound(t, newSystem(t, formulas("c = $b*y", "y = c + 10")), panel, []Coefficient{{"m", "b", 0.5}}, Options{})
	if source, err = p.Parameters([]Covariance{{"m", "b", "b", 0.0025}}); err != nil {
		t.Fatal(err)
	}
	s = stochastic(t, []*Problem{p}, Stochastic{Replications: n, Seed: 1, Parameters: source, Probabilities: []float64{0.16, 0.5, 0.84}})
	// Quantiles go through the transformation: 10/(1 − q), q = 0.5 ± 0.994458·0.05.
	for i, z := range []float64{-0.994458, 0, 0.994458} {
		near(t, "quantile", s[0].Level[1][0].Quantiles[i], 10/(0.5-z*0.05), 0.15)
	}
}

// Whatever the number of threads, the same digits; another seed, others.
func TestSeedAndThreads(t *testing.T) {
	p := bind(t, klein, kleinOLS(t), Options{})
	source, err := p.NormalResiduals(nil) // from the actual residuals
	if err != nil {
		t.Fatal(err)
	}
	o := Stochastic{Replications: 1000, Seed: 5, Residuals: source, Probabilities: []float64{0.1, 0.9}}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one := stochastic(t, []*Problem{p}, o)
	for _, workers := range []int{2, 3, 8} {
		runtime.GOMAXPROCS(workers)
		if got := stochastic(t, []*Problem{p}, o); !reflect.DeepEqual(got, one) {
			t.Errorf("%d threads give other results than one", workers)
		}
	}
	o.Seed = 6
	if reflect.DeepEqual(stochastic(t, []*Problem{p}, o), one) {
		t.Error("another seed gives the same results")
	}
}

// Scenarios share their draws: in a linear model the difference is the
// multiplier in every replication.
func TestCommonRandomNumbers(t *testing.T) {
	s := newSystem(t, klein)
	panel, changed := kleinPanel(t), kleinPanel(t)
	g, _ := changed.Column("g")
	for k := range changed.Data[g] {
		changed.Data[g][k]++
	}
	var problems []*Problem
	for _, panel := range []*equation.Panel{panel, changed} {
		p := bound(t, s, panel, kleinOLS(t), Options{})
		problems = append(problems, p)
	}
	source, err := problems[0].NormalResiduals(nil)
	if err != nil {
		t.Fatal(err)
	}
	out := stochastic(t, problems, Stochastic{Replications: 300, Seed: 1, Residuals: source})
	r, err := problems[0].Multipliers(context.Background(), []Shock{{Variable: "g", Size: 1}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range klein {
		for k, d := range out[1].Difference[i] {
			near(t, klein[i].Name, d.Mean, r.Change[0][i][k], 1e-9)
			near(t, klein[i].Name+" sd", d.SD, 0, 1e-9)
			if out[0].Level[i][k].SD < 0.1 {
				t.Errorf("%s hardly varies", klein[i].Name)
			}
		}
	}
}

// Resampling draws from the centred history: y less half its lag less 1 is
// 1 − 4 − 1 = −4, 3 − 0.5 − 1 = 1.5, 2 − 1.5 − 1 = −0.5 and 5 − 1 − 1 = 3, of mean 0.
func TestResampling(t *testing.T) {
	p := autoregression(t)
	source, err := p.ResampledResiduals()
	if err != nil {
		t.Fatal(err)
	}
	s := stochastic(t, []*Problem{p}, Stochastic{Replications: 4000, Seed: 1, Residuals: source, Probabilities: []float64{0, 0.3, 0.6, 1}})
	for i, want := range []float64{5 - 4, 5 - 0.5, 5 + 1.5, 5 + 3} {
		near(t, "first year", s[0].Level[0][0].Quantiles[i], want, 1e-12)
	}
}

func TestStochasticErrors(t *testing.T) {
	p := bind(t, klein, kleinOLS(t), Options{})
	for _, c := range []struct {
		elements []Covariance
		want     string
	}{
		{[]Covariance{{"klein", "cn", "cn", 1}}, "equation i: no residual variance is given"},
		{[]Covariance{{"", "cn", "cn", 1}, {"", "i", "i", 1}, {"", "w1", "w1", 1}, {"", "cn", "i", 2}}, "the residual covariance is not a covariance matrix: its smallest eigenvalue is -1"},
		{[]Covariance{{"klein", "cn", "cn", nan}}, "the residual covariance of cn and cn has no value"},
	} {
		if _, err := p.NormalResiduals(c.elements); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
	if _, err := p.Parameters(nil); err == nil {
		t.Error("no parameter covariance, no error")
	}
	if _, err := p.Parameters([]Covariance{{"klein", "a1", "zz", 1}}); err == nil || !strings.Contains(err.Error(), "zz") {
		t.Error(err)
	}
	// A replication without a value is named.
	panel := panelOf(t, map[string][]float64{"y": {1, 1, 1}})
	q := bound(t, newSystem(t, formulas("y = $a + 0*lag(y)", "z = ln(y)")), panel, []Coefficient{{"m", "a", 1}}, Options{})
	source := normalOf(t, q, []Covariance{{"", "1", "1", 1}})
	_, err := RunStochastic(context.Background(), []*Problem{q}, Stochastic{Replications: 500, Seed: 1, Residuals: source})
	if err == nil || !strings.HasPrefix(err.Error(), "replication ") || !strings.Contains(err.Error(), "z has no value: ln of -") {
		t.Error(err)
	}
}

// A long run stops within a second of being cancelled.
func TestStochasticCancel(t *testing.T) {
	p := bind(t, klein, kleinOLS(t), Options{})
	source := normalOf(t, p, nil)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	begin := time.Now()
	out, err := RunStochastic(ctx, []*Problem{p}, Stochastic{Replications: 100_000_000, Seed: 1, Residuals: source})
	if err != context.DeadlineExceeded || out != nil {
		t.Error(err)
	}
	if d := time.Since(begin); d > time.Second {
		t.Errorf("stopped after %v", d)
	}
}

type panics struct{}

func (panics) draw(*rand.Rand, []float64, []float64) { panic("nothing to draw from") }

// A panic in a thread of the simulation is an error, not the end of the process.
func TestStochasticPanics(t *testing.T) {
	p := bind(t, klein, kleinOLS(t), Options{})
	out, err := RunStochastic(t.Context(), []*Problem{p}, Stochastic{Replications: 1000, Seed: 1, Residuals: panics{}})
	want := "internal error: nothing to draw from (please report this; udf/simulate/stochastic_test.go:"
	if err == nil || !strings.HasPrefix(err.Error(), want) || out != nil {
		t.Errorf("%v, want %s", err, want)
	}
}

// The share of explosive draws is that of a normal b above 1: P(b > 1) with b ~ N(0.9, 0.1²)
// is 0.158655. The identity that adds up has a root of 1 of its own, which does not count.
func TestExplosiveDraws(t *testing.T) {
	panel := panelOf(t, map[string][]float64{"y": {1, 1, 1}, "z": {0, 0, 0}, "s": {0, 0, 0}, "x": {1, 2, 3}})
	p := bound(t, newSystem(t, formulas("y = $b*lag(y) + x", "z = 0.5*lag(z) + y", "s = lag(s) + z")), panel, []Coefficient{{"m", "b", 0.9}}, Options{})
	source, err := p.Parameters([]Covariance{{"m", "b", "b", 0.01}})
	if err != nil {
		t.Fatal(err)
	}
	const n = 20000
	above, told := map[int]bool{}, 0
	stochastic(t, []*Problem{p}, Stochastic{Replications: n, Seed: 11, Parameters: source,
		Each: func(_, i, k int, replications []int, values []float64) {
			for l, r := range replications {
				above[r] = above[r] || i == 0 && k == 0 && values[l] > 1+2 // y = b·1 + 2
			}
		},
		Explosive: func(int) { told++ }})
	count := 0
	for _, a := range above {
		if a {
			count++
		}
	}
	if told != count {
		t.Errorf("%d explosive replications told, %d drawn", told, count)
	}
	near(t, "share", float64(told)/n, 0.158655, 4*math.Sqrt(0.158655*(1-0.158655)/n))
}

// The effect of one more in x after h years is g(1 − b^h)/(1 − b); where b and g hardly vary,
// its standard deviation over draws of both is that of the delta method, with the gradient
// written out.
func TestEffectOfParameterDraws(t *testing.T) {
	const b, g, sb, sg, cov, n = 0.6, 0.3, 1e-3, 2e-3, -1e-6, 20000
	ones := []float64{1, 1, 1, 1, 1, 1}
	twos := []float64{1, 2, 2, 2, 2, 2}
	system := newSystem(t, formulas("y = $b*lag(y) + $g*x"))
	var problems []*Problem
	for _, x := range [][]float64{ones, twos} {
		p := bound(t, system, panelOf(t, map[string][]float64{"y": ones, "x": x}), []Coefficient{{"m", "b", b}, {"m", "g", g}}, Options{})
		problems = append(problems, p)
	}
	source, err := problems[0].Parameters([]Covariance{{"m", "b", "b", sb * sb}, {"m", "g", "g", sg * sg}, {"m", "b", "g", cov}})
	if err != nil {
		t.Fatal(err)
	}
	s := stochastic(t, problems, Stochastic{Replications: n, Seed: 2, Parameters: source})
	for k, d := range s[1].Difference[0] {
		h := float64(k + 1)
		power := math.Pow(b, h)
		effect := g * (1 - power) / (1 - b)
		byB := g * ((1-power)/((1-b)*(1-b)) - h*power/b/(1-b))
		byG := (1 - power) / (1 - b)
		sd := math.Sqrt(byB*byB*sb*sb + byG*byG*sg*sg + 2*byB*byG*cov)
		near(t, "effect", d.Mean, effect, 4*sd/math.Sqrt(n)+1e-5)
		near(t, "standard deviation, relative", d.SD/sd, 1, 4/math.Sqrt(2*n)+1e-3)
	}
}
