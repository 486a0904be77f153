package dense

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// Factoring and solving, ours and gonum's in one run: the numbers that the comment
// of Cholesky has.
func BenchmarkCholesky(b *testing.B) {
	for _, n := range []int{2, 4, 15, 60} {
		a := definite(n)
		work, x := make([]float64, n*n), make([]float64, n)
		b.Run(fmt.Sprint(n, "/dense"), func(b *testing.B) {
			for b.Loop() {
				copy(work, a)
				Cholesky(work, n)
				CholeskySolve(work, n, x)
			}
		})
		b.Run(fmt.Sprint(n, "/lapack64"), func(b *testing.B) {
			for b.Loop() {
				copy(work, a)
				l, _ := lapack64.Potrf(blas64.Symmetric{N: n, Stride: n, Data: work, Uplo: blas.Lower})
				lapack64.Potrs(l, blas64.General{Rows: n, Cols: 1, Stride: 1, Data: x})
			}
		})
		b.Run(fmt.Sprint(n, "/mat"), func(b *testing.B) {
			sym, v := mat.NewSymDense(n, a), mat.NewVecDense(n, x)
			var c mat.Cholesky
			for b.Loop() {
				c.Factorize(sym)
				c.SolveVecTo(v, v)
			}
		})
	}
}

// The triangle of columns; gonum's are rows, so that it has to turn them first.
func BenchmarkUpperFactor(b *testing.B) {
	for _, size := range [][2]int{{22, 6}, {60, 15}, {400, 60}} {
		rows, n := size[0], size[1]
		c := random(1, rows, n)
		work := c.Clone()
		b.Run(fmt.Sprint(rows, "×", n, "/dense"), func(b *testing.B) {
			for b.Loop() {
				copy(work.Data, c.Data)
				work.UpperFactor()
			}
		})
		b.Run(fmt.Sprint(rows, "×", n, "/lapack64"), func(b *testing.B) {
			a := blas64.General{Rows: rows, Cols: n, Stride: n, Data: make([]float64, rows*n)}
			tau, space := make([]float64, n), make([]float64, 64*n)
			for b.Loop() {
				for j := range n {
					for i, x := range c.Col(j) {
						a.Data[i*n+j] = x
					}
				}
				lapack64.Geqrf(a, tau, space, len(space))
			}
		})
	}
}
