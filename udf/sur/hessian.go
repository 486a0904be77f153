package sur

import (
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/dense"
)

// newtonStep solves (H + damping·A) newton = g with A the information and H the
// exact negative Hessian of the concentrated log-likelihood
//
//	H_nm = w_ij (Z_n'Z_m − Z_n'E Σ⁻¹E'Z_m/T) − (Z_n'v_j)(Z_m'v_i)/T
//
// for coefficient n of equation i and m of equation j, v = EΣ⁻¹; false where
// it is not positive definite. With unequal scales (T-k) see jacobianStep.
func (v *solver) newtonStep(damping float64) bool {
	if v.symmetry && v.whitening() {
		return v.whiteNewton(damping)
	}
	if !v.symmetry {
		return v.jacobianStep()
	}
	clear(v.h)
	copy(v.newton, v.g)
	m, t := v.m, float64(v.t)
	for n := range v.n {
		z := v.z(n)
		b, d := v.zv[n*m:(n+1)*m], v.zr[n*m:(n+1)*m]
		for j := range b {
			b[j] = dense.Dot(z, v.v.Col(j)[:v.p])
		}
		// d = b × root: then d_n'd_m = Z_n'E Σ⁻¹ E'Z_m.
		for j := range d {
			x := 0.0
			for i := j; i < m; i++ {
				x += b[i] * v.root[i*m+j]
			}
			d[j] = x
		}
	}
	for q, p := range v.pairs {
		n, c := int(p.n), int(p.c)
		other := v.zr[c*m : (c+1)*m]
		overlap := 0.0 // m is small: a loop beats a call
		for a, x := range v.zr[n*m : (n+1)*m] {
			overlap += x * other[a]
		}
		v.h[p.at] += v.w[p.ij]*((1+damping)*v.gram[q]-overlap/t) - v.zv[n*m+v.equation[c]]*v.zv[c*m+v.equation[n]]/t
	}
	if _, ok := dense.Cholesky(v.h, v.k); !ok {
		return false
	}
	dense.CholeskySolve(v.h, v.k, v.newton)
	return true
}

// jacobianStep is newtonStep for unequal scales: there is no Hessian, but the
// conditions of generalised least squares have a Jacobian, which is not
// symmetric.
func (v *solver) jacobianStep() bool {
	v.jacobian()
	h := blas64.General{Rows: v.k, Cols: v.k, Stride: v.k, Data: v.h}
	pivots := make([]int, v.k)
	if !lapack64.Getrf(h, pivots) {
		return false
	}
	copy(v.newton, v.g)
	lapack64.Getrs(blas.NoTrans, h, blas64.General{Rows: v.k, Cols: 1, Stride: 1, Data: v.newton}, pivots)
	return true
}

// jacobian is −dg/db for residual covariances with unequal divisors: with
// V_s = E S W, V = E W (W = Σ⁻¹ with divisor T), S = diag(1/scale),
//
//	s_i s_j w_ij Z_n'Z_m − s_i w_ij (Z_n'V_s)(E'Z_m)/T − s_i (Z_n'v_s,j)(v_i'Z_m)/T
func (v *solver) jacobian() {
	clear(v.h)
	m, t := v.m, float64(v.t)
	w := make([]float64, m*m) // Σ_T⁻¹
	for i := range m {
		for j := range m {
			w[i*m+j] = v.w[i*m+j] * v.scale[i] * v.scale[j]
		}
	}
	ze, zv, zs := make([]float64, v.n*m), make([]float64, v.n*m), make([]float64, v.n*m)
	for n := range v.n {
		for j := range m {
			ze[n*m+j] = dense.Dot(v.z(n), v.e.Col(j)[:v.p])
		}
		for j := range m {
			for i := range m {
				zv[n*m+j] += ze[n*m+i] * w[i*m+j]
				zs[n*m+j] += ze[n*m+i] / v.scale[i] * w[i*m+j]
			}
		}
	}
	for n := range v.n {
		i := v.equation[n]
		si := 1 / v.scale[i]
		for c := range v.n {
			j := v.equation[c]
			x := si / v.scale[j] * w[i*m+j] * dense.Dot(v.z(n), v.z(c))
			x -= si * w[i*m+j] * dense.Dot(zs[n*m:(n+1)*m], ze[c*m:(c+1)*m]) / t
			x -= si * zs[n*m+j] * zv[c*m+i] / t
			v.h[v.parameter[n]*v.k+v.parameter[c]] += x
		}
	}
}

// attracts tells whether generalised least squares is drawn to the current point
// rather than away from it, which with unequal divisors its fixed points need not
// be: the eigenvalues of I − A⁻¹H, H the Jacobian, lie within the unit circle.
func (v *solver) attracts() bool {
	v.jacobian()
	if !v.information() {
		return false
	}
	step := mat.NewDense(v.k, v.k, nil)
	x := make([]float64, v.k)
	for c := range v.k {
		for r := range v.k {
			x[r] = v.h[r*v.k+c]
		}
		dense.CholeskySolve(v.a, v.k, x)
		for r := range v.k {
			step.Set(r, c, -x[r])
		}
		step.Set(c, c, 1+step.At(c, c))
	}
	var e mat.Eigen
	if !e.Factorize(step, mat.EigenNone) {
		return false
	}
	return !slices.ContainsFunc(e.Values(nil), func(l complex128) bool { return cmplx.Abs(l) >= 1 })
}
