package sur

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"utvandring/udf/equation"
)

// synthetic makes a system of m equations over years with own regressors,
// and one slope common to all where shared.
func synthetic(t testing.TB, m, years, own int, shared bool) (*Model, *equation.Panel) {
	t.Helper()
	rng := rand.New(rand.NewPCG(5, 6))
	var names, formulas, equations []string
	var data [][]float64
	column := func(name string) []float64 {
		x := make([]float64, years)
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		names, data = append(names, name), append(data, x)
		return x
	}
	common := column("common")
	for i := range m {
		y := column(fmt.Sprint("y", i))
		f := fmt.Sprintf("y%d = $a%d", i, i)
		for r := range y {
			y[r] += common[r]
		}
		for j := range own {
			x := column(fmt.Sprintf("x%d_%d", i, j))
			p := fmt.Sprintf("b%d_%d", i, j)
			if shared && j == 0 {
				p = "b"
			}
			f += fmt.Sprintf(" + $%s*x%d_%d", p, i, j)
			for r := range y {
				y[r] += 0.7 * x[r]
			}
		}
		formulas = append(formulas, f)
		equations = append(equations, fmt.Sprint(i))
	}
	year := make([]int64, years)
	for i := range year {
		year[i] = int64(i)
	}
	model, err := NewModel(equations, formulas)
	if err != nil {
		t.Fatal(err)
	}
	p := newPanel(t, year, names, data)
	return model, p
}

// reportModel is a system in the manner of the report's model 4.1: 4 equations × 22
// years, 15 parameters of which 3 are shared, lagged left sides.
func reportModel(t testing.TB) (*Model, *equation.Panel) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	const n = 23
	names := []string{"y1", "y2", "y3", "y4", "s1", "s2", "s3", "s4", "r", "u"}
	data := make([][]float64, len(names))
	year := make([]int64, n)
	for r := range n {
		year[r] = 1991 + int64(r)
		for j := range data {
			data[j] = append(data[j], math.Exp(0.2*rng.NormFloat64()))
		}
	}
	m := model(t,
		"y1 = $a1 + $b1*lag(y1) + $c*s1 + $e1*ln(lag(r)) + $g*lag(u) + $m*lag(y3)",
		"y2 = $a2 + $b2*lag(y2) + $c*s2 + $e2*ln(lag(r)) + $g*lag(u) + $m*lag(y4)",
		"y3 = $a3 + $b3*lag(y3) + $c*s3 + $e3*ln(lag(r)) + $g*lag(u) + $m*lag(y1)",
		"y4 = $a4 + $b4*lag(y4) + $c*s4 + $e4*ln(lag(r)) + $g*lag(u) + $m*lag(y2)")
	p := newPanel(t, year, names, data)
	if strings.Count(fmt.Sprint(m.Parameters()), " ") != 14 {
		t.Fatal("not 15 parameters")
	}
	return m, p
}

func benchmark(b *testing.B, m *Model, p *equation.Panel) {
	b.ReportAllocs()
	for b.Loop() {
		f := estimate(b, m, p, Options{})
		b.ReportMetric(float64(f.Iterations), "iterations")
	}
}

func BenchmarkFit4x22(b *testing.B) {
	m, p := reportModel(b)
	benchmark(b, m, p)
}

func BenchmarkFit20x500(b *testing.B) {
	m, p := synthetic(b, 20, 500, 5, true)
	if k := len(m.Parameters()); k != 101 {
		b.Fatal(k)
	}
	benchmark(b, m, p)
}

func BenchmarkFitRows(b *testing.B) {
	for _, rows := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			m, p := synthetic(b, 4, rows, 3, false)
			benchmark(b, m, p)
		})
	}
}
