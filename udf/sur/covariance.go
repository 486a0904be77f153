package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// covariance is A⁻¹, A = Σ_ij w_ij Z_i'Z_j with the current weights: the
// classical covariance of the estimates (Zellner 1962).
//
// Where the regressors are far from orthogonal the cross-products in A have
// lost digits. Then A = (L'RP)'(L'RP) is factored instead, without forming it:
// R the triangles of the equations, P which parameter each column belongs to,
// and L the Cholesky factor of [w_ij Q_i'Q_j], which is as well conditioned as
// the residual covariance.
func (v *solver) covariance() []float64 {
	out := make([]float64, v.k*v.k)
	if v.weakest > 0.02 && v.pivot > 1e-3 && v.information() {
		choleskyInverse(out, v.a, v.k, v.step)
		return out
	}
	n := v.n
	place := make([]int, n) // of coefficients: equation by equation, sorted
	q := newColumns(v.p, n) // Q_i = Z_i R_i⁻¹
	at := 0
	for i, own := range v.sorted {
		for j, c := range own {
			place[at+j] = c
			x := q.col(at + j)
			copy(x, v.z(c))
			for l := 0; l < j; l++ {
				floats.AddScaled(x, -v.triangle[i].col(j)[l], q.col(at+l))
			}
			if d := v.triangle[i].col(j)[min(j, v.p-1)]; j < v.p && d != 0 {
				floats.Scale(1/d, x)
			}
		}
		at += len(own)
	}
	c := make([]float64, n*n)
	for i := range n {
		for j := 0; j <= i; j++ {
			c[i*n+j] = v.w[v.equation[place[i]]*v.m+v.equation[place[j]]] * floats.Dot(q.col(i), q.col(j))
		}
	}
	if _, ok := cholesky(c, n); !ok {
		v.information()
		choleskyInverse(out, v.a, v.k, v.step)
		return out
	}
	f := newColumns(n, v.k)
	at = 0
	for i, own := range v.sorted {
		for j, coefficient := range own {
			x := f.col(v.parameter[coefficient])
			for l := 0; l <= j && l < v.p; l++ { // row at+l of R, times L'
				floats.AddScaled(x[:at+l+1], v.triangle[i].col(j)[l], c[(at+l)*n:(at+l)*n+at+l+1])
			}
		}
		at += len(own)
	}
	f.householder()
	inverse := newColumns(v.k, v.k)
	for j := range v.k {
		x := inverse.col(j)
		x[j] = 1
		f.upperSolve(x)
	}
	for i := range v.k { // R⁻¹R⁻ᵀ
		for j := range v.k {
			s := 0.0
			for l := max(i, j); l < v.k; l++ {
				s += inverse.col(l)[i] * inverse.col(l)[j]
			}
			out[i*v.k+j] = s
		}
	}
	return out
}

// leastSquaresCovariance is that of pooled least squares when the residuals of
// a year are correlated: A⁻¹ (Σ_ij σ_ij Z_i'Z_j) A⁻¹ with A = Σ_i Z_i'Z_i.
// Without restrictions between equations its diagonal is the textbook one of
// each equation by itself.
func (v *solver) leastSquaresCovariance() []float64 {
	v.residuals()
	bread := v.bread()
	filling := make([]float64, v.k*v.k)
	for q, p := range v.pairs {
		i, j := v.equation[p.n], v.equation[p.c]
		filling[p.at] += v.sigma[p.ij] * v.scale[i] * v.scale[j] * v.gram[q]
	}
	for i := range v.k {
		for j := range i {
			filling[j*v.k+i] = filling[i*v.k+j]
		}
	}
	return between(bread, filling, v.k)
}

// bread is (Σ_i Z_i'Z_i)⁻¹ = R⁻¹R⁻ᵀ with R the pooled triangle.
func (v *solver) bread() []float64 {
	bread := make([]float64, v.k*v.k)
	inverse := newColumns(v.k, v.k)
	for j := range v.k {
		x := inverse.col(j)
		x[j] = 1
		v.pooled.upperSolve(x)
	}
	for i := range v.k {
		for j := range v.k {
			s := 0.0
			for l := max(i, j); l < v.k; l++ {
				s += inverse.col(l)[i] * inverse.col(l)[j]
			}
			bread[v.order[i]*v.k+v.order[j]] = s
		}
	}
	return bread
}

// between is A F A.
func between(a, f []float64, k int) []float64 {
	am, fm := mat.NewDense(k, k, a), mat.NewDense(k, k, f)
	out := mat.NewDense(k, k, nil)
	out.Product(am, fm, am)
	return out.RawMatrix().Data
}

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
		x := v.pooled.col(j)[:j+1]
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
