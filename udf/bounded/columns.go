package bounded

import (
	"slices"

	"gonum.org/v1/gonum/floats"
)

// columns is a matrix stored column after column, of which some may depend on
// others. gonum has no factorisation that leaves those out, so it is here.
type columns struct {
	rows, n int
	data    []float64
}

func newColumns(rows, n int) columns { return columns{rows, n, make([]float64, rows*n)} }

func (c columns) clone() columns { return columns{c.rows, c.n, slices.Clone(c.data)} }

func (c columns) col(j int) []float64 { return c.data[j*c.rows : (j+1)*c.rows] }

// orthonormal turns the columns into an orthonormal basis of what they span, in
// place: modified Gram–Schmidt, twice. A column of which less than share is left
// depends on those before it.
func (c columns) orthonormal(share float64) columns {
	out := columns{rows: c.rows, data: c.data}
	for k := range c.n {
		x := out.data[out.n*c.rows : (out.n+1)*c.rows]
		copy(x, c.col(k))
		before := floats.Norm(x, 2)
		out.project(x)
		norm := floats.Norm(x, 2)
		if norm > share*before && norm > 0 {
			floats.Scale(1/norm, x)
			out.n++
		}
	}
	return out
}

// project takes out of x what orthonormal columns explain.
func (c columns) project(x []float64) {
	for range 2 {
		for k := range c.n {
			floats.AddScaled(x, -floats.Dot(x, c.col(k)), c.col(k))
		}
	}
}
