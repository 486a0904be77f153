package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// suspects are the equations of set whose residuals could be combined to zero
// if every parameter were free in every equation, and a basis of the
// combinations c. An equation with c_i = 0 lends no regressor to the others, so
// those that cannot take part are left out until all can: without shared
// parameters almost every c of the basis then does cancel.
func (v *solver) suspects(set []int) ([]int, columns) {
	h := v.height
	for len(set) > 0 {
		x := newColumns(h, v.p)
		x.n = 0
		seen := make([]bool, v.p)
		for _, i := range set {
			for n := v.start[i]; n < v.start[i+1]; n++ {
				if j := v.column[n]; !seen[j] {
					seen[j] = true
					x.n++
					copy(x.col(x.n-1), v.r.col(j)[:h])
				}
			}
		}
		x = x.orthonormal(1e-10)
		left := mat.NewDense(max(h, len(set)), len(set), nil)
		size := make([]float64, len(set))
		for a, i := range set {
			y := append([]float64(nil), v.r.col(v.left[i])[:h]...)
			size[a] = floats.Norm(y, 2)
			x.project(y)
			for t := range y {
				left.Set(t, a, y[t]/size[a])
			}
		}
		var svd mat.SVD
		if !svd.Factorize(left, mat.SVDThinV) {
			return nil, columns{}
		}
		var right mat.Dense
		svd.VTo(&right)
		null := newColumns(v.m, len(set))
		null.n = 0
		for k, s := range svd.Values(nil) {
			if s <= 1e-10 {
				null.n++
				for a, i := range set {
					null.col(null.n - 1)[i] = right.At(a, k) / size[a]
				}
			}
		}
		var rest []int
		for a, i := range set {
			takes := false
			for k := range null.n {
				takes = takes || math.Abs(null.col(k)[i])*size[a] > 1e-8
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
	return nil, columns{}
}
