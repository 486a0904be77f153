package simulate

import "math"

// solver holds a small dense system of equations, so that solving one for every
// year and lane allocates nothing.
type solver struct {
	n     int
	lu    []float64 // n×n by rows
	pivot []int
}

func newSolver(n int) *solver {
	return &solver{n: n, lu: make([]float64, n*n), pivot: make([]int, n)}
}

// singular is how small a pivot may be, relative to the largest element of its
// original row.
const singular = 1e-13

// factor decomposes s.lu in place with partial pivoting of scaled rows; false
// where the matrix is singular to working precision.
func (s *solver) factor() bool {
	n := s.n
	var fixed [16]float64
	scale := fixed[:0]
	for i := range n {
		largest := 0.0
		for _, v := range s.lu[i*n : (i+1)*n] {
			largest = max(largest, math.Abs(v))
		}
		if largest == 0 || largest != largest || math.IsInf(largest, 0) {
			return false
		}
		scale = append(scale, largest)
	}
	for k := range n {
		best, at := 0.0, k
		for i := k; i < n; i++ {
			if v := math.Abs(s.lu[i*n+k]) / scale[i]; v > best {
				best, at = v, i
			}
		}
		if !(best > singular) {
			return false
		}
		s.pivot[k] = at
		if at != k {
			for j := range n {
				s.lu[k*n+j], s.lu[at*n+j] = s.lu[at*n+j], s.lu[k*n+j]
			}
			scale[k], scale[at] = scale[at], scale[k]
		}
		for i := k + 1; i < n; i++ {
			f := s.lu[i*n+k] / s.lu[k*n+k]
			s.lu[i*n+k] = f
			if f == 0 {
				continue
			}
			for j := k + 1; j < n; j++ {
				s.lu[i*n+j] -= f * s.lu[k*n+j]
			}
		}
	}
	return true
}

// solve replaces b by the solution.
func (s *solver) solve(b []float64) {
	n := s.n
	for k, p := range s.pivot {
		b[k], b[p] = b[p], b[k]
	}
	for i := range n {
		for j := range i {
			b[i] -= s.lu[i*n+j] * b[j]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for j := i + 1; j < n; j++ {
			b[i] -= s.lu[i*n+j] * b[j]
		}
		b[i] /= s.lu[i*n+i]
	}
}

// inverse fills out, n×n by rows.
func (s *solver) inverse(out []float64) {
	n := s.n
	column := make([]float64, n)
	for j := range n {
		clear(column)
		column[j] = 1
		s.solve(column)
		for i := range n {
			out[i*n+j] = column[i]
		}
	}
}
