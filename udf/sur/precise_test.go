package sur

import (
	"context"
	"math/big"
	"math/rand/v2"
	"testing"

	"utvandring/udf/equation"
)

// Arithmetic for the judge (judge_test.go), and the hard cases that it decides.

const bits = 300

func exact(x float64) *big.Float { return new(big.Float).SetPrec(bits).SetFloat64(x) }

func times(x, y *big.Float) *big.Float { return new(big.Float).SetPrec(bits).Mul(x, y) }

// accumulate adds x y to sum; most of the time of the judge is spent here.
func accumulate(sum, x, y *big.Float) { sum.Add(sum, scratch.Mul(x, y)) }

var scratch = exact(0)

// float is what a float64 can hold of x.
func float(x *big.Float) float64 {
	f, _ := x.Float64()
	return f
}

func exactly(list []float64) []*big.Float {
	out := make([]*big.Float, len(list))
	for i, x := range list {
		out[i] = exact(x)
	}
	return out
}

func product(x, y []*big.Float) *big.Float {
	sum := exact(0)
	for t := range x {
		accumulate(sum, x[t], y[t])
	}
	return sum
}

func multiply(a, b [][]*big.Float) [][]*big.Float {
	out := zeros(len(a), len(b[0]))
	for i := range a {
		for l, x := range a[i] {
			for j, y := range b[l] {
				accumulate(out[i][j], x, y)
			}
		}
	}
	return out
}

// eliminated is the x of a x = b and the determinant of a, by Gauss-Jordan with
// pivoting; nil and 0 where a is singular.
func eliminated(a, b [][]*big.Float) (x [][]*big.Float, det *big.Float) {
	n := len(a)
	work := make([][]*big.Float, n)
	for i := range a {
		for _, v := range append(append([]*big.Float(nil), a[i]...), b[i]...) {
			work[i] = append(work[i], new(big.Float).Copy(v))
		}
	}
	det = exact(1)
	for k := range n {
		best := k
		for i := k; i < n; i++ {
			if new(big.Float).Abs(work[i][k]).Cmp(new(big.Float).Abs(work[best][k])) > 0 {
				best = i
			}
		}
		if best != k {
			work[k], work[best] = work[best], work[k]
			det.Neg(det)
		}
		pivot := work[k][k]
		if pivot.Sign() == 0 {
			return nil, exact(0)
		}
		det.Mul(det, pivot)
		for _, v := range work[k][k+1:] {
			v.Quo(v, pivot)
		}
		for i := range n {
			if i == k || work[i][k].Sign() == 0 {
				continue
			}
			factor := new(big.Float).Neg(work[i][k])
			for j := k + 1; j < len(work[i]); j++ {
				accumulate(work[i][j], factor, work[k][j])
			}
		}
	}
	for i := range work {
		x = append(x, work[i][n:])
	}
	return x, det
}

func invert(a [][]*big.Float) (inverse [][]*big.Float, det *big.Float) {
	return eliminated(a, identity(len(a)))
}

func identity(n int) [][]*big.Float {
	a := zeros(n, n)
	for i := range a {
		a[i][i] = exact(1)
	}
	return a
}

func zeros(n, m int) [][]*big.Float {
	a := make([][]*big.Float, n)
	for i := range a {
		a[i] = make([]*big.Float, m)
		for j := range a[i] {
			a[i][j] = exact(0)
		}
	}
	return a
}

// TestHardCases: slow convergence, restrictions over all equations, affine
// restrictions, regressors of any size, nearly collinear ones. Everything must
// agree with 300-bit arithmetic to 1e-9.
func TestHardCases(t *testing.T) {
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
		p, err := equation.NewPanel(year, names, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		return p
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
			f, err := Estimate(context.Background(), m, c.panel, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if !agrees(t, f, 1e-9, c.limit) {
				t.Fatal("the plain iteration did not converge")
			}
			t.Logf("%d steps, condition %.3g", f.Iterations, f.Summary().Condition)
		})
	}
}
