package dense

import (
	"slices"

	"gonum.org/v1/gonum/floats"
)

// Columns is a matrix of Rows × N stored column after column: element (i, j) is
// Data[j·Rows + i]. Statistical data come in columns, and Householder's
// reflections and Gram–Schmidt work on them; gonum's matrices are rows.
type Columns struct {
	Rows, N int
	Data    []float64
}

// NewColumns is a matrix of zeros.
func NewColumns(rows, n int) Columns { return Columns{rows, n, make([]float64, rows*n)} }

// ColumnsOf is a copy of columns of so many rows.
func ColumnsOf(rows int, columns [][]float64) Columns {
	c := NewColumns(rows, len(columns))
	for j, column := range columns {
		copy(c.Col(j), column)
	}
	return c
}

// Clone is a copy with memory of its own.
func (c Columns) Clone() Columns { return Columns{c.Rows, c.N, slices.Clone(c.Data)} }

// Col is column j itself, not a copy.
func (c Columns) Col(j int) []float64 { return c.Data[j*c.Rows : (j+1)*c.Rows] }

// Columns are the first rows of the columns themselves, all where there are fewer.
func (c Columns) Columns(rows int) [][]float64 {
	list := make([][]float64, c.N)
	for j := range list {
		list[j] = c.Col(j)[:min(rows, c.Rows)]
	}
	return list
}

// Orthonormal turns the columns into an orthonormal basis of what they span, in
// place: modified Gram–Schmidt, twice. A column of which no more than share is
// left (relative to its length) depends on those before it and is left out, so
// that N of the result is the rank; gonum has no factorisation that does this.
func (c Columns) Orthonormal(share float64) Columns {
	out := Columns{Rows: c.Rows, Data: c.Data}
	for k := range c.N {
		x := out.Data[out.N*c.Rows : (out.N+1)*c.Rows]
		copy(x, c.Col(k))
		before := floats.Norm(x, 2)
		out.Project(x)
		norm := floats.Norm(x, 2)
		if norm > share*before && norm > 0 {
			floats.Scale(1/norm, x)
			out.N++
		}
	}
	return out
}

// Basis is Orthonormal of columns of so many rows, which stay what they are.
func Basis(rows int, columns [][]float64, share float64) Columns {
	return ColumnsOf(rows, columns).Orthonormal(share)
}

// Project takes out of x, of length Rows, what the columns explain, which have to
// be orthonormal.
func (c Columns) Project(x []float64) {
	for range 2 {
		for k := range c.N {
			floats.AddScaled(x, -floats.Dot(x, c.Col(k)), c.Col(k))
		}
	}
}

// Mean adds in an order of its own: floats.Sum adds in one that depends on where
// in memory x begins, so that the last digit would change from run to run.
func Mean(x []float64) float64 {
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

// Dot is floats.Dot without the call for the short rows of small systems.
func Dot(x, y []float64) float64 {
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
