package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// whitened is the system in coordinates in which the residuals of a year are
// uncorrelated with variance 1, and so are the estimates. With Σ = LL' (scales
// included), F_l = Σ_i (L⁻¹)_li Z_i and ẽ_l = Σ_i (L⁻¹)_li e_i, the F_l stacked
// are QR, and everything follows from R and the vectors M_lq = Q_l'ẽ_q:
//
//	information  A = R'R
//	gradient     R' Σ_l M_ll
//	Hessian      R' (I − Σ_lq M_lq (M_lq + M_ql)'/T) R
//
// No cross-product of data is formed and no large numbers cancel, whatever the
// correlation of the residuals and the condition of the regressors.
type whitened struct {
	f    columns // first R, k columns; then M_lq in the first k rows of column k+l·m+q
	done bool    // for the current residuals
}

// whitening tells whether steps must be chosen in these coordinates: they cost
// some five times those by cross-products.
func (v *solver) whitening() bool { return v.near || v.weakest < 1e-3 }

// whiten computes them from the current residuals and root; false where the
// regressors are collinear as far as sixteen digits tell.
func (v *solver) whiten() bool {
	if v.white.done {
		return true
	}
	m, k, p := v.m, v.k, v.p
	if v.white.f.data == nil {
		v.white.f = newColumns(max(m*p, k), k+m*m)
	}
	f := v.white.f
	clear(f.data)
	row := make([]float64, m)
	for l := range m {
		v.inverseRow(l, row)
		at := l * p
		for i := range l + 1 {
			for n := v.start[i]; n < v.start[i+1]; n++ {
				floats.AddScaled(f.col(v.parameter[n])[at:at+p], row[i]/v.scale[i], v.z(n))
			}
			for other := range m {
				floats.AddScaled(f.col(k + other*m + l)[other*p:(other+1)*p], row[i]/v.scale[i], v.e.col(i)[:p])
			}
		}
	}
	f.triangularise(k)
	for j := range k {
		x := f.col(j)[:j+1]
		if !(math.Abs(x[j]) > 1e-14*floats.Norm(x, 2)) {
			return false
		}
	}
	v.white.done = true
	return true
}

// cross is M_lq.
func (v *solver) cross(l, q int) []float64 { return v.white.f.col(v.k + l*v.m + q)[:v.k] }

// whiteGradient writes Σ_l M_ll to step, and the gradient itself.
func (v *solver) whiteGradient(step []float64) {
	clear(step)
	for l := range v.m {
		floats.Add(step, v.cross(l, l))
	}
	for j := range v.g {
		v.g[j] = dot(v.white.f.col(j)[:j+1], step[:j+1])
	}
}

// whiteLeastSquares is leastSquaresStep.
func (v *solver) whiteLeastSquares() bool {
	if !v.whiten() {
		return false
	}
	v.whiteGradient(v.step)
	v.white.f.upperSolve(v.step)
	return true
}

// whiteNewton is newtonStep.
func (v *solver) whiteNewton() bool {
	if !v.whiten() {
		return false
	}
	k := v.k
	clear(v.h)
	for l := range v.m {
		for q := range v.m {
			x, y := v.cross(l, q), v.cross(q, l)
			for a := range k {
				row := v.h[a*k : a*k+a+1]
				floats.AddScaled(row, -x[a]/float64(v.t), x[:a+1])
				floats.AddScaled(row, -x[a]/float64(v.t), y[:a+1])
			}
		}
	}
	for a := range k {
		v.h[a*k+a]++
	}
	if _, ok := cholesky(v.h, k); !ok {
		return false
	}
	v.whiteGradient(v.newton)
	choleskySolve(v.h, k, v.newton)
	v.white.f.upperSolve(v.newton)
	return true
}
