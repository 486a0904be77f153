package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// The matrices here are tiny (a model has tens of parameters), so the kernels
// are written for contiguous rows or columns and allocate nothing. A square
// matrix of order n is a slice of n*n, row after row.

// cholesky overwrites the lower triangle of a (n×n) with L, a = L L'. It
// reports false when a is not positive definite; pivot is the smallest
// L_ii²/a_ii seen: the share of variable i that those before it leave over.
func cholesky(a []float64, n int) (pivot float64, ok bool) {
	pivot = 1
	for i := 0; i < n; i++ {
		row := a[i*n : i*n+i+1]
		for j := 0; j < i; j++ {
			row[j] = (row[j] - dot(row[:j], a[j*n:j*n+j])) / a[j*n+j]
		}
		d := row[i] - dot(row[:i], row[:i])
		if !(d > 0) {
			return 0, false
		}
		pivot = min(pivot, d/row[i])
		row[i] = math.Sqrt(d)
	}
	return pivot, true
}

// choleskySolve solves L L' x = b in place.
func choleskySolve(l []float64, n int, b []float64) {
	for i := 0; i < n; i++ {
		b[i] = (b[i] - dot(l[i*n:i*n+i], b[:i])) / l[i*n+i]
	}
	for i := n - 1; i >= 0; i-- {
		b[i] /= l[i*n+i]
		floats.AddScaled(b[:i], -b[i], l[i*n:i*n+i])
	}
}

// choleskyInverse writes (L L')⁻¹, full, to dst; column is work of length n.
func choleskyInverse(dst, l []float64, n int, column []float64) {
	for j := 0; j < n; j++ {
		for i := range column {
			column[i] = 0
		}
		column[j] = 1
		choleskySolve(l, n, column)
		for i := 0; i <= j; i++ {
			dst[i*n+j], dst[j*n+i] = column[i], column[i]
		}
	}
}

// columns is a matrix stored column after column.
type columns struct {
	rows, n int
	data    []float64
}

func newColumns(rows, n int) columns { return columns{rows, n, make([]float64, rows*n)} }

func (c columns) col(j int) []float64 { return c.data[j*c.rows : (j+1)*c.rows] }

// householder overwrites c with its upper triangular factor R, in place; what is
// below the diagonal has no meaning afterwards.
func (c columns) householder() {
	for k := range min(c.n, c.rows) {
		c.col(k)[k], _ = c.reflect(k)
	}
}

// orthogonalise overwrites c (rows ≥ n) with Q of c = QR, and r with R.
func (c columns) orthogonalise(r columns) {
	scale := make([]float64, c.n)
	for k := range c.n {
		r.col(k)[k], scale[k] = c.reflect(k)
		copy(r.col(k)[:k], c.col(k))
	}
	for k := c.n - 1; k >= 0; k-- { // the reflections of the unit vectors
		x := c.col(k)[k:]
		for j := k + 1; j < c.n; j++ {
			y := c.col(j)[k:]
			floats.AddScaled(y, -scale[k]*dot(x, y), x)
		}
		floats.Scale(-scale[k]*x[0], x)
		x[0]++
		clear(c.col(k)[:k])
	}
}

// reflect applies to the columns from k on the reflection I − scale x x' that
// leaves of column k, below the rows of those before it, only mu in its first
// row. In its place is x.
func (c columns) reflect(k int) (mu, scale float64) {
	x := c.col(k)[k:]
	mu = math.Sqrt(dot(x, x))
	if mu == 0 {
		return 0, 0
	}
	if x[0] > 0 {
		mu = -mu
	}
	x[0] -= mu
	scale = 2 / dot(x, x)
	for j := k + 1; j < c.n; j++ {
		y := c.col(j)[k:]
		floats.AddScaled(y, -scale*dot(x, y), x)
	}
	return mu, scale
}

// upperSolve solves R x = b in place, R the n×n upper triangle of c.
func (c columns) upperSolve(b []float64) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i] /= c.col(i)[i]
		floats.AddScaled(b[:i], -b[i], c.col(i)[:i])
	}
}

// upperTransposeSolve solves R'x = b in place.
func (c columns) upperTransposeSolve(b []float64) {
	for i := range b {
		b[i] = (b[i] - dot(c.col(i)[:i], b[:i])) / c.col(i)[i]
	}
}

// lu factors a (n×n) in place with partial pivoting; false when singular.
func lu(a []float64, n int, perm []int) bool {
	for k := 0; k < n; k++ {
		best := k
		for i := k + 1; i < n; i++ {
			if math.Abs(a[i*n+k]) > math.Abs(a[best*n+k]) {
				best = i
			}
		}
		perm[k] = best
		if a[best*n+k] == 0 || math.IsNaN(a[best*n+k]) {
			return false
		}
		if best != k {
			for j := 0; j < n; j++ {
				a[k*n+j], a[best*n+j] = a[best*n+j], a[k*n+j]
			}
		}
		for i := k + 1; i < n; i++ {
			a[i*n+k] /= a[k*n+k]
			floats.AddScaled(a[i*n+k+1:i*n+n], -a[i*n+k], a[k*n+k+1:k*n+n])
		}
	}
	return true
}

func luSolve(a []float64, n int, perm []int, b []float64) {
	for k := 0; k < n; k++ {
		b[k], b[perm[k]] = b[perm[k]], b[k]
	}
	for i := 1; i < n; i++ {
		b[i] -= dot(a[i*n:i*n+i], b[:i])
	}
	for i := n - 1; i >= 0; i-- {
		b[i] = (b[i] - dot(a[i*n+i+1:i*n+n], b[i+1:])) / a[i*n+i]
	}
}

// mean adds in an order of its own: floats.Sum adds in one that depends on where
// in memory x begins, so that the last digit would change from run to run.
func mean(x []float64) float64 {
	var a, b, c, d float64
	n := len(x) &^ 3
	for t := 0; t < n; t += 4 {
		y := x[t : t+4 : t+4]
		a, b, c, d = a+y[0], b+y[1], c+y[2], d+y[3]
	}
	for _, v := range x[n:] {
		a += v
	}
	return (a + b + c + d) / float64(len(x))
}

// dot is floats.Dot without the call for the short rows of small systems.
func dot(x, y []float64) float64 {
	if len(x) > 24 {
		return floats.Dot(x, y)
	}
	y = y[:len(x)]
	sum := 0.0
	for i, v := range x {
		sum += v * y[i]
	}
	return sum
}
