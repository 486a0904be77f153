package bounded

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/dense"
)

// The likelihood has no maximum when some combination of the residuals can be
// made exactly zero. That needs dependent columns among regressors and left
// sides, so a system of full rank is safe whatever its restrictions; one without
// may still be saved by them, or because a left side that is also a regressor is
// not one in its own equation.

// Linear is what linear algebra can tell, and cheap: nearly always Bounded, as the
// triangle has full rank. It tests combinations that the data offer: pairs with
// one left side, left sides that are exact combinations of each other and the
// regressors, and, where nothing is shared, whatever there is. An Open answer has
// in its one set the equations whose residuals might cancel all the same.
func (s *System) Linear() Answer {
	if s.independent() {
		return Answer{Verdict: Bounded}
	}
	m := len(s.Left)
	var candidates [][]float64
	for i := range m {
		for j := range i {
			if s.Left[i] == s.Left[j] {
				c := make([]float64, m)
				c[i], c[j] = 1, -1
				candidates = append(candidates, c)
			}
		}
	}
	dependent := s.dependentLefts()
	all := make([]int, m)
	for i := range all {
		all[i] = i
	}
	suspects, null := s.suspects(all)
	if null.N > 0 {
		c := make([]float64, m)
		rng := rand.New(rand.NewPCG(4, 22))
		for k := range null.N {
			floats.AddScaled(c, rng.NormFloat64(), null.Col(k))
		}
		if s.rows() < len(s.Triangle) { // too few for so many columns, whatever these are
			dependent = append([][]float64{c}, dependent...)
		} else {
			dependent = append(dependent, c)
		}
	}
	candidates = append(candidates, dependent...)
	for _, c := range candidates {
		if s.canVanish(c) {
			return Answer{Verdict: Unbounded, Combination: c}
		}
	}
	if len(suspects) == 0 {
		return Answer{Verdict: Bounded}
	}
	return Answer{Sets: [][]int{suspects}}
}

// independent reports whether no left side depends on the regressors and the
// others. In exact arithmetic the rows of the triangle below the regressors are
// what these leave of the left sides.
func (s *System) independent() bool {
	p := s.regressors()
	if len(s.Triangle)-p != len(s.Left) {
		return false
	}
	for j := p; j < len(s.Triangle); j++ {
		x := s.Triangle[j]
		if j >= len(x) || !(math.Abs(x[j]) > 1e-10*floats.Norm(x[1:], 2)) {
			return false
		}
	}
	return true
}

// dependentLefts are combinations of left sides that the regressors explain
// exactly: the null space of the last columns and rows of the triangle.
func (s *System) dependentLefts() [][]float64 {
	p := s.regressors()
	y := len(s.Triangle) - p // distinct left sides
	d := mat.NewDense(y, y, nil)
	norm := make([]float64, y)
	for j := range y {
		x := s.Triangle[p+j]
		norm[j] = floats.Norm(x, 2)
		for i := 0; i <= j && p+i < len(x); i++ {
			d.Set(i, j, x[p+i]/norm[j])
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
		c := make([]float64, len(s.Left))
		taken := map[int]bool{}
		for i, l := range s.Left {
			if j := l - p; !taken[j] {
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

// canVanish reports whether parameters exist for which the combination Σ c_i e_i
// of residuals is zero.
func (s *System) canVanish(c []float64) bool { return s.LeftOver(c) <= vanished }

// vanished is what rounding may leave of a combination that is zero.
const vanished = 1e-10

// LeftOver is the least that parameters can make of the combination Σ c_i e_i of
// residuals, as a share of its left sides, Σ |c_i| |y_i|: 0 up to rounding for the
// combination of an Unbounded answer. With c given that is a linear question.
func (s *System) LeftOver(c []float64) float64 {
	target := make([]float64, s.rows())
	size := 0.0
	combined := dense.NewColumns(s.rows(), s.Parameters)
	parts := make([]float64, s.Parameters)
	for i, w := range c {
		if w == 0 {
			continue
		}
		floats.AddScaled(target, w, s.y(i))
		size += math.Abs(w) * floats.Norm(s.y(i), 2)
		for _, t := range s.Terms[i] {
			z := s.z(t)
			floats.AddScaled(combined.Col(t.Parameter)[:len(z)], w, z)
			parts[t.Parameter] += math.Abs(w) * floats.Norm(z, 2)
		}
	}
	for k, x := range parts {
		if floats.Norm(combined.Col(k), 2) <= 1e-12*x {
			clear(combined.Col(k)) // rounding is not a regressor
		}
	}
	combined.Orthonormal(1e-10).Project(target)
	return floats.Norm(target, 2) / size
}
