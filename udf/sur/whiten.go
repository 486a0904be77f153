package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
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
	q    dense.Columns // F, then Q; columns by order, rows by stack
	r    dense.Columns // k×k
	e    dense.Columns // ẽ, a column per equation, as far as regressors reach
	m    dense.Columns // M_lq in column l·m+q, for the Hessian
	x    []float64
	done bool // q, r and e are those of the current residuals
}

// whitening tells whether steps must be chosen in these coordinates: they cost
// some five to ten times those by cross-products.
func (v *solver) whitening() bool { return v.near || v.weakest < 1e-3 }

// whitenRegressors stacks the F_l of the current root and scales, and the ẽ_l.
func (v *solver) whitenRegressors() {
	w, m, reach := &v.white, v.m, v.reach()
	if w.q.Data == nil {
		w.q, w.r, w.e = dense.NewColumns(max(m*reach, v.k), v.k), dense.NewColumns(v.k, v.k), dense.NewColumns(reach, m)
		w.x = make([]float64, v.k)
	}
	w.done = false
	clear(w.q.Data)
	clear(w.e.Data)
	inverse, size := make([]float64, m*m), make([]float64, m) // of root, and of the F_l
	for l := range m {
		row := inverse[l*m : (l+1)*m]
		v.inverseRow(l, row)
		for i := range l + 1 {
			row[i] /= v.scale[i]
			size[l] += math.Abs(row[i]) * v.size[i]
		}
	}
	v.stack.arrange(size, func(int) int { return reach })
	for l := range m {
		for i, x := range inverse[l*m : l*m+l+1] {
			for n := v.start[i]; n < v.start[i+1]; n++ {
				v.stack.add(w.q.Col(v.place[v.parameter[n]]), l, x, v.z(n)[:reach])
			}
			floats.AddScaled(w.e.Col(l), x, v.e.Col(i)[:reach])
		}
	}
}

// whiten is false where the regressors are collinear as far as sixteen digits
// tell.
func (v *solver) whiten() bool {
	w := &v.white
	if w.done {
		return true
	}
	v.whitenRegressors()
	w.q.QR(w.r)
	for j := range v.k {
		x := w.r.Col(j)[:j+1]
		if !(math.Abs(x[j]) > 1e-14*floats.Norm(x, 2)) {
			return false
		}
	}
	w.done = true
	return true
}

// whiteGradient writes Σ_l M_ll to step, and the gradient itself.
func (v *solver) whiteGradient(step []float64) {
	w := &v.white
	for j := range step {
		step[j] = 0
		for l := range v.m {
			step[j] += v.stack.dot(w.q.Col(j), l, w.e.Col(l))
		}
	}
	for j, k := range v.order {
		v.g[k] = dense.Dot(w.r.Col(j)[:j+1], step[:j+1])
	}
}

// unwhiten solves R x = step, parameters in their own order.
func (v *solver) unwhiten(step []float64) {
	v.white.r.SolveUpper(step)
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
	w, m, k := &v.white, v.m, v.k
	if w.m.Data == nil {
		w.m = dense.NewColumns(k, m*m)
	}
	for l := range m {
		for q := range m {
			x := w.m.Col(l*m + q)
			for j := range x {
				x[j] = v.stack.dot(w.q.Col(j), l, w.e.Col(q))
			}
		}
	}
	clear(v.h)
	for l := range m {
		for q := range m {
			x, y := w.m.Col(l*m+q), w.m.Col(q*m+l)
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
	if _, ok := dense.Cholesky(v.h, k); !ok {
		return false
	}
	v.whiteGradient(v.newton)
	dense.CholeskySolve(v.h, k, v.newton)
	v.unwhiten(v.newton)
	return true
}
