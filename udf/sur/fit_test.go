package sur

import (
	"math/rand/v2"
	"testing"

	"utvandring/udf/equation"
	"utvandring/udf/long"
)

// TestHardCases: slow convergence, restrictions over all equations, affine
// restrictions, regressors of any size, nearly collinear ones. Everything must
// agree with 300-bit arithmetic to 1e-9.
func TestHardCases(t *testing.T) {
	long.Test(t)
	_, _, grunfeld := readReference(t, "grunfeld5")
	firms := func(formula func(i string) string) []string {
		var list []string
		for _, i := range []string{"1", "2", "3", "4", "5"} {
			list = append(list, formula(i))
		}
		return list
	}
	scaled := func(seed uint64) *equation.Panel {
		rng := rand.New(rand.NewPCG(seed, 3))
		const n = 40
		year := make([]int64, n)
		names := []string{"y", "z", "huge", "tiny", "level", "near", "trend2"}
		data := make([][]float64, len(names))
		for r := range n {
			year[r] = 1970 + int64(r)
			u, v, w := rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()
			row := []float64{0, 0, 3e6 * (1 + u), 2e-3 * v, 1e5 + w, 0, float64(year[r] * year[r])}
			row[5] = row[4] + 1e-4*rng.NormFloat64() // 1e-4 beside a spread of 1 and a level of 1e5
			row[0] = 1 + 1e-6*row[2] + 500*row[3] + 0.3*w + rng.NormFloat64()
			row[1] = 2 - 1e-6*row[2] + 100*row[3] - w + 0.5*row[0] + rng.NormFloat64()
			for j := range data {
				data[j] = append(data[j], row[j])
			}
		}
		return newPanel(t, year, names, data)
	}
	for _, c := range []struct {
		name     string
		formulas []string
		panel    *equation.Panel
		limit    int
	}{
		{"shared slopes", firms(func(i string) string {
			return "invest_F" + i + " = $a" + i + " + $b*value_F" + i + " + $c*capital_F" + i
		}), grunfeld, 2000},
		{"everything shared", firms(func(i string) string { return "invest_F" + i + " = $a + $b*value_F" + i + " + $c*capital_F" + i }), grunfeld, 5000},
		{"affine", firms(func(i string) string {
			return "invest_F" + i + " = $a" + i + " + ($b - 0.05)*value_F" + i + " + (0.3 - $b)*capital_F" + i
		}), grunfeld, 5000},
		{"one slope shared with its negative", firms(func(i string) string {
			return "invest_F" + i + " = $a" + i + " + $b*(value_F" + i + " - capital_F" + i + ") + $c" + i + "*capital_F" + i
		}), grunfeld, 3000},
		{"millions beside thousandths", []string{"y = $a + $b*huge + $c*tiny", "z = $d + $e*huge + $f*tiny + $g*level"}, scaled(1), 500},
		{"scaled and shared", []string{"y = $a + $b*huge + $c*tiny", "z = $d - $b*huge + $f*tiny + $g*level"}, scaled(2), 500},
		{"nearly collinear", []string{"y = $a + $b*huge + $c*level + $d*near", "z = $e + $f*tiny + $c*level"}, scaled(3), 500},
		{"years as regressors", []string{"y = $a + $b*year + $c*trend2", "z = $d + $e*year + $f*tiny"}, scaled(4), 500},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := model(t, c.formulas...)
			f := estimate(t, m, c.panel, Options{})
			if !agrees(t, f, 1e-9, c.limit) {
				t.Fatal("the plain iteration did not converge")
			}
			t.Logf("%d steps, condition %.3g", f.Iterations, f.Summary().Condition)
		})
	}
}
