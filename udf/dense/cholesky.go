package dense

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// Cholesky overwrites the lower triangle of a, symmetric of order n and stored
// row after row, with the L of a = L L'; what is above the diagonal is not
// touched. ok is false, and a spoilt, when a is not positive definite; pivot is the
// smallest L_ii²/a_ii: the share of variable i that those before it leave over.
//
// It allocates nothing. gonum's lapack64.Potrf takes 3 times as long for 4×4 and 1.3
// times for 15×15 matrices, those of a usual system, and mat.Cholesky, which has the
// condition number besides, 28 and 4 times (BenchmarkCholesky); a fit of four
// equations by 22 years executes an eighth more instructions with the first. At
// order 60 they are alike.
func Cholesky(a []float64, n int) (pivot float64, ok bool) {
	pivot = 1
	for i := 0; i < n; i++ {
		row := a[i*n : i*n+i+1]
		for j := 0; j < i; j++ {
			row[j] = (row[j] - Dot(row[:j], a[j*n:j*n+j])) / a[j*n+j]
		}
		d := row[i] - Dot(row[:i], row[:i])
		if !(d > 0) {
			return 0, false
		}
		pivot = min(pivot, d/row[i])
		row[i] = math.Sqrt(d)
	}
	return pivot, true
}

// CholeskySolve, with the L that Cholesky leaves, solves L L' x = b in place.
func CholeskySolve(l []float64, n int, b []float64) {
	for i := 0; i < n; i++ {
		b[i] = (b[i] - Dot(l[i*n:i*n+i], b[:i])) / l[i*n+i]
	}
	for i := n - 1; i >= 0; i-- {
		b[i] /= l[i*n+i]
		floats.AddScaled(b[:i], -b[i], l[i*n:i*n+i])
	}
}

// CholeskyInverse writes (L L')⁻¹, full, to dst; column is work of length n. It is
// CholeskySolve of each unit vector, as far as the rows from its 1 on: what is above
// is 0 on the way down and known by symmetry on the way up.
func CholeskyInverse(dst, l []float64, n int, column []float64) {
	for j := range n {
		x := column[j:n]
		x[0] = 1 / l[j*n+j]
		for i := 1; i < n-j; i++ {
			row := l[(j+i)*n+j : (j+i)*n+n]
			x[i] = -Dot(row[:i], x[:i]) / row[i]
		}
		for i := n - j - 1; i >= 0; i-- {
			row := l[(j+i)*n+j : (j+i)*n+n]
			x[i] /= row[i]
			floats.AddScaled(x[:i], -x[i], row[:i])
		}
		for i, y := range x {
			dst[(j+i)*n+j], dst[j*n+j+i] = y, y
		}
	}
}
