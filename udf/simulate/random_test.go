package simulate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Random sparse linear systems y = A·y + B·lag(y) + c·x + d, whatever blocks they
// fall into and in whatever order they are written, against the solution of
// (I − A)·y = B·lag(y) + c·x + d as a whole.
func TestRandomLinearSystems(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for trial := range 300 {
		n := 1 + r.IntN(9)
		density := r.Float64()
		a, b := mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
		c, d := make([]float64, n), make([]float64, n)
		var texts []string
		for i := range n {
			c[i], d[i] = r.NormFloat64(), r.NormFloat64()
			terms := []string{fmt.Sprintf("(%.17g)*x + (%.17g)", c[i], d[i])}
			for j := range n {
				if j != i && r.Float64() < density {
					v := r.NormFloat64() / float64(n)
					a.Set(i, j, v)
					terms = append(terms, fmt.Sprintf("(%.17g)*y%d", v, j))
				}
				if r.Float64() < 0.3 {
					v := r.NormFloat64() / 3
					b.Set(i, j, v)
					terms = append(terms, fmt.Sprintf("(%.17g)*lag(y%d)", v, j))
				}
			}
			r.Shuffle(len(terms), func(i, j int) { terms[i], terms[j] = terms[j], terms[i] })
			texts = append(texts, fmt.Sprintf("y%d = %s", i, strings.Join(terms, " + ")))
		}
		const years = 6
		columns := map[string][]float64{}
		for j := range n {
			for range years {
				columns[fmt.Sprintf("y%d", j)] = append(columns[fmt.Sprintf("y%d", j)], r.NormFloat64())
			}
		}
		for range years {
			columns["x"] = append(columns["x"], r.NormFloat64())
		}
		order := r.Perm(n)
		shuffled := make([]string, n)
		for at, i := range order {
			shuffled[at] = texts[i]
		}
		mode := Mode(trial % 2)
		path := run(t, formulas(shuffled...), panelOf(t, columns), nil, Options{Mode: mode, First: 2001})

		left := mat.NewDense(n, n, nil)
		for i := range n {
			left.Set(i, i, 1)
		}
		left.Sub(left, a)
		before := mat.NewVecDense(n, nil)
		for k := 1; k < years; k++ {
			if k == 1 || mode == Static {
				for j := range n {
					before.SetVec(j, columns[fmt.Sprintf("y%d", j)][k-1])
				}
			}
			var right, y mat.VecDense
			right.MulVec(b, before)
			for i := range n {
				right.SetVec(i, right.AtVec(i)+c[i]*columns["x"][k]+d[i])
			}
			if err := y.SolveVec(left, &right); err != nil {
				break // near singular: no reference
			}
			for at, i := range order {
				want := y.AtVec(i)
				near(t, fmt.Sprintf("trial %d, year %d, %s", trial, k, shuffled[at]), path.Simulated[at][k-1], want, 1e-8*math.Max(1, mat.Norm(&y, 2)))
			}
			before.CopyVec(&y)
		}
		if t.Failed() {
			return
		}
	}
}

// The same systems under a monotone transformation, ln(y) on the left and inside,
// so that blocks are nonlinear: with z = ln(y) the solution is that of the linear
// system.
func TestRandomNonlinearSystems(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for trial := range 100 {
		n := 2 + r.IntN(4)
		a := mat.NewDense(n, n, nil)
		d := make([]float64, n)
		var texts []string
		columns := map[string][]float64{}
		for i := range n {
			d[i] = r.NormFloat64()
			text := fmt.Sprintf("ln(y%d) = %.17g", i, d[i])
			for j := range n {
				if j != i {
					a.Set(i, j, 0.5*r.NormFloat64()/float64(n))
					text += fmt.Sprintf(" + (%.17g)*ln(y%d)", a.At(i, j), j)
				}
			}
			texts = append(texts, text)
			columns[fmt.Sprintf("y%d", i)] = []float64{math.Exp(r.NormFloat64())}
		}
		path := run(t, formulas(texts...), panelOf(t, columns), nil, Options{})
		left := mat.NewDense(n, n, nil)
		for i := range n {
			left.Set(i, i, 1)
		}
		left.Sub(left, a)
		var z mat.VecDense
		if err := z.SolveVec(left, mat.NewVecDense(n, d)); err != nil {
			continue
		}
		for i := range n {
			want := math.Exp(z.AtVec(i))
			near(t, fmt.Sprintf("trial %d, %s", trial, texts[i]), path.Simulated[i][0], want, 1e-8*want)
		}
	}
}
