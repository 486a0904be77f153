package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// The matrices here are tiny (a model has tens of parameters), so the kernels
// are written for contiguous rows and allocate nothing. A square matrix of order
// n is a slice of n*n, row after row; others are columns.

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

// choleskyInverse writes (L L')⁻¹, full, to dst; column is work of length n. It is
// choleskySolve of each unit vector, as far as the rows from its 1 on: what is above
// is 0 on the way down and known by symmetry on the way up.
func choleskyInverse(dst, l []float64, n int, column []float64) {
	for j := range n {
		x := column[j:n]
		x[0] = 1 / l[j*n+j]
		for i := 1; i < n-j; i++ {
			row := l[(j+i)*n+j : (j+i)*n+n]
			x[i] = -dot(row[:i], x[:i]) / row[i]
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
