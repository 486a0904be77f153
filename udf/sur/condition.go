package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// condition is the ratio of the largest to the smallest singular value of the
// regressors of the whole system, columns scaled to length 1 and restrictions
// imposed (Belsley, Kuh and Welsch 1980): above 30 estimates are sensitive,
// infinite means collinear. NaN where nothing is estimated.
func (v *solver) condition() float64 {
	if v.k == 0 {
		return math.NaN()
	}
	d := mat.NewDense(v.k, v.k, nil)
	for j := range v.k {
		x := v.pooled.Col(j)[:j+1]
		norm := floats.Norm(x, 2)
		for i := range x {
			d.Set(i, j, x[i]/norm)
		}
	}
	var svd mat.SVD
	if !svd.Factorize(d, mat.SVDNone) {
		return math.NaN()
	}
	return svd.Cond()
}
