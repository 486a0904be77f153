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
	f    columns // first R, columns by order; then M_lq in the first k rows of column k+l·m+q
	x    []float64
	done bool // for the current residuals
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
		v.white.x = make([]float64, k)
	}
	f := v.white.f
	clear(f.data)
	inverse, size := make([]float64, m*m), make([]float64, m) // of root, and of the F_l
	for l := range m {
		row := inverse[l*m : (l+1)*m]
		v.inverseRow(l, row)
		for i := range l + 1 {
			row[i] /= v.scale[i]
			size[l] += math.Abs(row[i]) * v.size[i]
		}
	}
	v.stack.arrange(size, func(int) int { return p })
	for l := range m {
		for i, x := range inverse[l*m : l*m+l+1] {
			for n := v.start[i]; n < v.start[i+1]; n++ {
				v.stack.add(f.col(v.place[v.parameter[n]]), l, x, v.z(n))
			}
			for other := range m {
				v.stack.add(f.col(k+other*m+l), other, x, v.e.col(i)[:p])
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
	for j, k := range v.order {
		v.g[k] = dot(v.white.f.col(j)[:j+1], step[:j+1])
	}
}

// unwhiten solves R x = step, parameters in their own order.
func (v *solver) unwhiten(step []float64) {
	v.white.f.upperSolve(step)
	for j, k := range v.order {
		v.white.x[k] = step[j]
	}
	copy(step, v.white.x)
}

// whiteLeastSquares is leastSquaresStep.
func (v *solver) whiteLeastSquares() bool {
	if !v.whiten() {
		return false
	}
	v.whiteGradient(v.step)
	v.unwhiten(v.step)
	return true
}

// whiteNewton is newtonStep.
func (v *solver) whiteNewton(damping float64) bool {
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
		v.h[a*k+a] += 1 + damping
	}
	if _, ok := cholesky(v.h, k); !ok {
		return false
	}
	v.whiteGradient(v.newton)
	choleskySolve(v.h, k, v.newton)
	v.unwhiten(v.newton)
	return true
}
