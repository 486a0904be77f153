package sur

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"utvandring/udf/dense"
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
	return newPanel(t, year, names, data)
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

func estimate(t testing.TB, m *Model, p *equation.Panel, o Options) *Fit {
	t.Helper()
	f, err := Estimate(context.Background(), m, p, o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// positive makes a panel of positive, correlated columns.
func positive(t testing.TB, seed uint64, years int, names ...string) *equation.Panel {
	p := random(t, seed, years, names...)
	for _, x := range p.Data[:len(names)] {
		for r := range x {
			x[r] = math.Exp(0.3 * x[r])
		}
	}
	return p
}

// gradientIsZero checks the first-order conditions by finite differences of
// ln det Σ computed straight from the data, which knows nothing of the solver.
func gradientIsZero(t *testing.T, m *Model, p *equation.Panel, f *Fit) {
	t.Helper()
	s := sampled(t, f.Model, p)
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
		if _, ok := dense.Cholesky(sigma, n); !ok {
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

// near compares to a relative tolerance.
func near[F ~float64](t *testing.T, what string, got float64, want F, tolerance float64) {
	t.Helper()
	if w := float64(want); !(math.Abs(got-w) <= tolerance*math.Abs(w)) {
		t.Errorf("%s = %.15g, want %.15g (relative difference %.1e)", what, got, w, math.Abs(got-w)/math.Abs(w))
	}
}

func restrictions(t testing.TB, text string) []Restriction {
	t.Helper()
	list, err := ParseRestrictions(text)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func newPanel(t testing.TB, year []int64, names []string, data [][]float64) *equation.Panel {
	t.Helper()
	p, err := equation.NewPanel(year, names, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sampled is a model with the years of its panel.
func sampled(t testing.TB, m *Model, p *equation.Panel) *system {
	t.Helper()
	s, err := newSystem(m, p, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func bootstrapped(t testing.TB, f *Fit, o BootstrapOptions) *Bootstrap {
	t.Helper()
	b, err := f.Bootstrap(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func effectsOf(t testing.TB, f *Fit, texts []string, o BootstrapOptions) []Effect {
	t.Helper()
	list, err := f.Effects(context.Background(), texts, o)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// index of a parameter among f.Parameters.
func (f *Fit) index(parameter string) int { return indexOf(f.Model.all, parameter) }
