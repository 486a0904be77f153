package bounded

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/dense"
)

// suspects are the equations of set whose residuals could be combined to zero
// if every parameter were free in every equation, and a basis of the
// combinations c. An equation with c_i = 0 lends no regressor to the others, so
// those that cannot take part are left out until all can: without shared
// parameters almost every c of the basis then does cancel.
func (s *System) suspects(set []int) ([]int, dense.Columns) {
	h := s.rows()
	for len(set) > 0 {
		x := s.used(set, nil).Orthonormal(1e-10)
		left := mat.NewDense(max(h, len(set)), len(set), nil)
		size := make([]float64, len(set))
		for a, i := range set {
			y := slices.Clone(s.y(i))
			size[a] = floats.Norm(y, 2)
			x.Project(y)
			for t := range y {
				left.Set(t, a, y[t]/size[a])
			}
		}
		var svd mat.SVD
		if !svd.Factorize(left, mat.SVDThinV) {
			return nil, dense.Columns{}
		}
		var right mat.Dense
		svd.VTo(&right)
		null := dense.NewColumns(len(s.Left), len(set))
		null.N = 0
		for k, x := range svd.Values(nil) {
			if x <= 1e-10 {
				null.N++
				for a, i := range set {
					null.Col(null.N - 1)[i] = right.At(a, k) / size[a]
				}
			}
		}
		var rest []int
		for a, i := range set {
			takes := false
			for k := range null.N {
				takes = takes || math.Abs(null.Col(k)[i])*size[a] > 1e-8
			}
			if takes {
				rest = append(rest, i)
			}
		}
		if len(rest) == len(set) {
			return set, null
		}
		set = rest
	}
	return nil, dense.Columns{}
}

// used are the distinct regressors of the equations of set, then the distinct
// columns of lefts.
func (s *System) used(set, lefts []int) dense.Columns {
	out := dense.NewColumns(s.rows(), len(s.Triangle))
	out.N = 0
	seen := make([]bool, len(s.Triangle))
	add := func(j int) {
		if !seen[j] {
			seen[j] = true
			out.N++
			copy(out.Col(out.N-1), s.Triangle[j])
		}
	}
	for _, i := range set {
		for _, t := range s.Terms[i] {
			add(t.Column)
		}
	}
	for _, j := range lefts {
		add(j)
	}
	return out
}
