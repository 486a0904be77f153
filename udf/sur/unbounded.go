package sur

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/equation"
)

// The likelihood of a system has no maximum when some combination of its
// residuals can be made exactly zero: their covariance is then singular and the
// likelihood infinite. That needs dependent columns among regressors and left
// sides, so a system of full rank is safe whatever the restrictions; one
// without may still be saved by its restrictions, or because a left side that
// is also a regressor is not one in its own equation. So: what is certain is
// said before the first step, the rest is seen on the way and explained, or
// decided when the iterations have passed it by: unbounded_search.go.

// exactFit refuses an equation that fits its data without error: the likelihood
// is infinite, and of least squares only rounding is left to be divided by.
func (s *system) exactFit(v *solver) error {
	v.residuals()
	for i, e := range s.equations {
		if floats.Norm(v.e.col(i), 2) <= 1e-12*floats.Norm(v.r.col(v.left[i]), 2) {
			what, so := "the likelihood is unbounded: ", ""
			if s.options.Method == "ols" {
				what, so = "", ", so standard errors would mean nothing"
			}
			if slices.ContainsFunc(e.column, func(c int) bool { return s.columns[c].text == s.columns[e.left].text }) {
				return s.model.Equations[i].errorf("%s%s explains itself: it is the left side and a regressor (take it out on the right, or lag it)", what, equation.String(e.linear.Left))
			}
			fit := count(len(e.column), "coefficient") + " fit"
			if len(e.column) == 1 {
				fit += "s"
			}
			return s.model.Equations[i].errorf("%s%s %s exactly in %s%s (is it an identity? leave it out, or write it without parameters)",
				what, fit, equation.String(e.linear.Left), s.period(), so)
		}
	}
	return nil
}

// surelyUnbounded tests combinations of the equations that the data offer:
// pairs with one left side, left sides that are exact combinations of each
// other and the regressors, and, where nothing is shared, whatever there is. It
// also gives the equations whose residuals might cancel all the same, if any:
// see hidden.
func (s *system) surelyUnbounded(v *solver) ([]int, error) {
	// In exact arithmetic the rows of the triangle below the regressors are what
	// these leave of the left sides.
	q, p := v.r.rows, v.p
	y := q - p // distinct left sides
	safe := y == v.m
	for j := p; j < q && safe; j++ {
		x := v.r.col(j)
		safe = math.Abs(x[j]) > 1e-10*floats.Norm(x[1:], 2)
	}
	if safe {
		return nil, nil
	}
	var candidates [][]float64
	for i := range v.m {
		for j := range i {
			if v.left[i] == v.left[j] {
				c := make([]float64, v.m)
				c[i], c[j] = 1, -1
				candidates = append(candidates, c)
			}
		}
	}
	candidates = append(candidates, v.dependentLefts(y)...)
	all := make([]int, v.m)
	for i := range all {
		all[i] = i
	}
	suspects, null := v.suspects(all)
	if null.n > 0 {
		c := make([]float64, v.m)
		rng := rand.New(rand.NewPCG(4, 22))
		for k := range null.n {
			floats.AddScaled(c, rng.NormFloat64(), null.col(k))
		}
		candidates = append(candidates, c)
	}
	for _, c := range candidates {
		if v.canVanish(c) {
			return nil, s.unboundedBy(v, c, "")
		}
	}
	return suspects, nil
}

// dependentLefts are combinations of left sides that the regressors explain
// exactly: the null space of the last y columns and rows of the triangle.
func (v *solver) dependentLefts(y int) [][]float64 {
	d := mat.NewDense(y, y, nil)
	norm := make([]float64, y)
	for j := range y {
		x := v.r.col(v.p + j)
		norm[j] = floats.Norm(x, 2)
		for i := 0; i <= j; i++ {
			d.Set(i, j, x[v.p+i]/norm[j])
		}
	}
	var svd mat.SVD
	if !svd.Factorize(d, mat.SVDFullV) {
		return nil
	}
	var right mat.Dense
	svd.VTo(&right)
	var list [][]float64
	for k, size := range svd.Values(nil) {
		if size > 1e-10 {
			continue
		}
		c := make([]float64, v.m)
		taken := map[int]bool{}
		for i, l := range v.left {
			if j := l - v.p; !taken[j] {
				taken[j] = true
				if x := right.At(j, k); math.Abs(x) > 1e-8 {
					c[i] = x / norm[j]
				}
			}
		}
		list = append(list, c)
	}
	return list
}

// canVanish reports whether parameters exist, restrictions respected, for which
// the combination Σ c_i e_i of residuals is zero.
func (v *solver) canVanish(c []float64) bool { return v.leftOver(c) <= vanished }

// vanished is what rounding may leave of a combination that is zero.
const vanished = 1e-10

// leftOver is the least that parameters can make of the combination Σ c_i e_i of
// residuals, as a share of its left sides. With c given that is a linear
// question: modified Gram–Schmidt of the combined regressors.
func (v *solver) leftOver(c []float64) float64 {
	target := make([]float64, v.r.rows)
	size := 0.0
	combined := newColumns(v.r.rows, v.k)
	parts := make([]float64, v.k)
	for i, w := range c {
		if w == 0 {
			continue
		}
		floats.AddScaled(target, w, v.r.col(v.left[i]))
		size += math.Abs(w) * floats.Norm(v.r.col(v.left[i]), 2)
		for n := v.start[i]; n < v.start[i+1]; n++ {
			k := v.parameter[n]
			floats.AddScaled(combined.col(k)[:v.p], w, v.z(n))
			parts[k] += math.Abs(w) * floats.Norm(v.z(n), 2)
		}
	}
	for k, x := range parts {
		if floats.Norm(combined.col(k), 2) <= 1e-12*x {
			clear(combined.col(k)) // rounding is not a regressor
		}
	}
	combined.orthonormal(1e-10).project(target)
	return floats.Norm(target, 2) / size
}
