package dense

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// blockRows is how many observations are read at a time: small enough for the
// cache, large enough to make the copying of the triangle cheap.
const blockRows = 512

// Reduce turns T observations of q columns into the q×q upper triangle R with
// R'R = D'D: everything that least squares ever asks of the data, without the
// squaring of errors that cross-products bring. The data are read in blocks
// and never copied whole (TSQR: Demmel, Grigori, Hoemmen and Langou 2012).
//
// constant is the index of a column of ones, or -1. With one, the other
// columns are reduced as deviations from their means and the means put back
// into the first row: a series such as 1 000 000.1, 1 000 000.2 keeps its
// digits.
func Reduce(data [][]float64, constant int) Columns {
	q := len(data)
	rows := len(data[0])
	order := make([]int, 0, q) // the constant first, then as given
	if constant >= 0 {
		order = append(order, constant)
	}
	for j := range data {
		if j != constant {
			order = append(order, j)
		}
	}
	centre := make([]float64, q)
	if constant >= 0 {
		for j, x := range data {
			if j != constant {
				centre[j] = Mean(x)
			}
		}
	}

	triangle := NewColumns(q, q) // in the order of order
	block := NewColumns(min(rows, blockRows), q)
	for from := 0; from < rows; from += block.Rows {
		n := min(block.Rows, rows-from)
		for k, j := range order {
			dst, src := block.Col(k)[:n], data[j][from:from+n]
			if m := centre[j]; m != 0 {
				for t, x := range src {
					dst[t] = x - m
				}
			} else {
				copy(dst, src)
			}
		}
		appendRows(triangle, block, n)
	}

	r := NewColumns(q, q)
	for k, j := range order {
		copy(r.Col(j), triangle.Col(k))
		if centre[j] != 0 {
			r.Col(j)[0] += centre[j] * triangle.Col(0)[0]
		}
	}
	return r
}

// appendRows folds n further rows into the triangle by Householder reflections
// that touch one row of the triangle each. The block is destroyed.
func appendRows(triangle, block Columns, n int) {
	for k := 0; k < triangle.N; k++ {
		x := block.Col(k)[:n]
		rest := Dot(x, x)
		if rest < negligible*negligible {
			continue
		}
		alpha := triangle.Col(k)[k]
		mu := math.Sqrt(alpha*alpha + rest)
		if alpha > 0 {
			mu = -mu
		}
		v0 := alpha - mu
		triangle.Col(k)[k] = mu
		scale := 2 / (v0*v0 + rest)
		for j := k + 1; j < triangle.N; j++ {
			y := block.Col(j)[:n]
			s := scale * (v0*triangle.Col(j)[k] + Dot(x, y))
			triangle.Col(j)[k] -= s * v0
			floats.AddScaled(y, -s, x)
		}
	}
}

// Height is how many rows of the triangle hold data; what is below is rounding.
// With fewer observations than columns they are used up by as many columns that
// are not combinations of those before them. Of one that is only rounding is
// left, in directions that may have been used already: it uses up nothing.
func Height(r Columns, observations int) int {
	if observations >= r.N {
		return r.N
	}
	for k := range r.N {
		x := r.Col(k)[:k+1]
		if math.Abs(x[k]) > 1e-8*floats.Norm(x, 2) {
			observations--
		}
		if observations == 0 {
			return k + 1
		}
	}
	return r.N
}
