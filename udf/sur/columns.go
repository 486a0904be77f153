package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// columns is a matrix stored column after column.
type columns struct {
	rows, n int
	data    []float64
}

func newColumns(rows, n int) columns { return columns{rows, n, make([]float64, rows*n)} }

func (c columns) col(j int) []float64 { return c.data[j*c.rows : (j+1)*c.rows] }

// negligible is a length whose square is about to lose its digits: all that is
// left of a column is the rounding of rounding.
const negligible = 0x1p-500

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
	if mu < negligible {
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
