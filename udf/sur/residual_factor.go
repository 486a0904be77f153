package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// factorResiduals makes root of the residuals themselves: E = QR, each column
// scaled to length 1 before, and L = R'/√T. A share p that others leave of a
// residual is then known to 1e-16/√p, where of the cross-products it is to
// 1e-16/p. false when some combination of residuals is rounding and nothing else:
// then their covariance is singular as far as anyone can tell.
func (v *solver) factorResiduals() bool {
	m := v.m
	r := dense.NewColumns(max(v.e.Rows, m), m)
	size := make([]float64, m)
	for i := range m {
		x := r.Col(i)
		copy(x, v.e.Col(i))
		if size[i] = floats.Norm(x, 2); !(size[i] > 0) || math.IsInf(size[i], 1) {
			return false
		}
		for t := range x {
			x[t] /= size[i]
		}
	}
	r.UpperFactor()
	v.pivot = 1
	for i := range m {
		x := r.Col(i)[:i+1]
		v.pivot = min(v.pivot, x[i]*x[i])
		for j := range x {
			l := x[j] * size[i] / math.Sqrt(float64(v.t))
			if r.Col(j)[j] < 0 { // the diagonal is positive
				l = -l
			}
			v.root[i*m+j] = l
		}
	}
	return !v.onlyRounding()
}

// onlyRounding tells whether a row of L⁻¹E, which is a combination of residuals
// with variance 1, is no larger than what the last digits of the data make of it.
func (v *solver) onlyRounding() bool {
	const lastDigits = 64 * 0x1p-53
	row, magnitude := make([]float64, v.m), make([]float64, v.m)
	for l := range v.m {
		v.inverseRow(l, row)
		magnitude[l] = v.magnitude(l)
		noise := 0.0
		for i := range l + 1 {
			noise += math.Abs(row[i]) * magnitude[i]
		}
		if !(lastDigits*noise < math.Sqrt(float64(v.t))) {
			return true
		}
	}
	return false
}

// inverseRow writes row l of L⁻¹.
func (v *solver) inverseRow(l int, row []float64) {
	clear(row)
	row[l] = 1
	for i := l; i >= 0; i-- { // solves L'x = e_l
		row[i] /= v.root[i*v.m+i]
		for j := range i {
			row[j] -= v.root[i*v.m+j] * row[i]
		}
	}
}

// magnitude of what the residuals of equation i are the difference of.
func (v *solver) magnitude(i int) float64 {
	size := floats.Norm(v.r.Col(v.left[i]), 2)
	for n := v.start[i]; n < v.start[i+1]; n++ {
		k := v.parameter[n]
		size += math.Abs(v.origin[k]+v.b[k]) * floats.Norm(v.z(n), 2)
	}
	return size
}
