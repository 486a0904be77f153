package sur

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"utvandring/udf/equation"
)

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
	options := []Options{{}, {Method: "sur"}, {Method: "ols"}, {Divisor: "T-k"}, {StdErrors: "robust"}, {StdErrors: "hac", Method: "ols"}, {Distribution: "t"}}
	rng := rand.New(rand.NewPCG(31, 32))
	fitted, start := 0, time.Now()
	for trial := range 4000 {
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
		p, err := equation.NewPanel(year, names, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		var labels, formulas []string
		for i := range 1 + rng.IntN(3) {
			f := fmt.Sprintf("y%d = ", rng.IntN(3))
			for j := range 1 + rng.IntN(4) {
				if j > 0 {
					f += " + "
				}
				f += sprintf(terms[rng.IntN(len(terms))], i)
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
		f.Bootstrap(context.Background(), BootstrapOptions{2, 1, "residual", 0.9})
	}
	t.Logf("%d of 4000 have an estimate, %v", fitted, time.Since(start))
	if fitted < 400 {
		t.Error("too few have an estimate for the test to mean anything")
	}
}

// sprintf fills in the number of the equation where the term has room for it.
func sprintf(term string, i int) string {
	for j := range len(term) - 1 {
		if term[j:j+2] == "%d" {
			return fmt.Sprintf(term, i)
		}
	}
	return term
}
