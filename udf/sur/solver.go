package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// solver holds a system reduced to small matrices and the work space of the
// iterations. With r the reduced data, the residuals of T observations are
// replaced by q-vectors that have the same inner products.
type solver struct {
	t    int     // observations per equation
	m    int     // equations
	k    int     // parameters
	n    int     // coefficients: parameters counted once for each equation
	p    int     // distinct regressors; they come first in r
	r    columns // q×q
	left []int   // column of r, by equation

	// A coefficient is a parameter in an equation.
	equation, column, parameter []int
	start                       []int // of each equation's coefficients; n at the end

	// scale_i² = T / divisor_i: 1, or T/(T-k_i). The residual covariance with
	// that divisor is scale_i scale_j E_i'E_j / T.
	scale []float64

	gram     []float64 // n×n: Z_i'Z_j of all coefficients, wherever i = j or not
	triangle []columns // R_i of each equation's regressors, columns in the order of sorted
	sorted   [][]int   // coefficients of each equation, the constant first
	pooled   columns   // R of the stacked regressors, restrictions imposed: start of everything
	order    []int     // parameters in the order of the columns of pooled
	weakest  float64   // smallest share of a column that those before it leave over

	// State of the current step.
	b        []float64
	e, v     columns   // residuals and residuals × Σ⁻¹, q×m
	sigma    []float64 // m×m, divisor T
	root     []float64 // Cholesky factor of sigma
	w        []float64 // inverse of the residual covariance with its divisor
	logdet   float64   // of sigma
	pivot    float64   // smallest pivot of sigma's correlations: 0 when singular
	g        []float64 // gradient of the log-likelihood
	a        []float64 // k×k information, then its Cholesky factor
	h        []float64 // k×k Hessian (negative), then its factor
	zv, zr   []float64 // n×m
	step     []float64
	newton   []float64
	saved    []float64
	perm     []int
	columnM  []float64
	symmetry bool // all scales equal: the likelihood's own first-order conditions
}

// newSolver reduces the data. It does not look at their values yet.
func newSolver(s *system) *solver {
	v := &solver{t: s.n, m: len(s.equations), k: len(s.model.free), p: s.regressors}
	v.r = reduce(s.data, s.constant)
	v.layout(s)
	v.prepare()
	return v
}

// layout numbers the coefficients and allocates the work space.
func (v *solver) layout(s *system) {
	for i, e := range s.equations {
		v.start = append(v.start, len(v.column))
		v.left = append(v.left, e.left)
		for j := range e.column {
			v.equation = append(v.equation, i)
			v.column = append(v.column, e.column[j])
			v.parameter = append(v.parameter, e.parameter[j])
		}
	}
	v.n = len(v.column)
	v.start = append(v.start, v.n)
	v.scale = make([]float64, v.m)
	for i := range v.scale {
		v.scale[i] = 1
	}
	v.symmetry = true

	k, m, n, q := v.k, v.m, v.n, v.r.rows
	work := make([]float64, 2*q*m+4*m*m+m+5*k+2*k*k+2*n*m+n*n)
	take := func(size int) []float64 {
		x := work[:size:size]
		work = work[size:]
		return x
	}
	v.e = columns{q, m, take(q * m)}
	v.v = columns{q, m, take(q * m)}
	v.sigma, v.root, v.w = take(m*m), take(m*m), take(m*m)
	v.columnM = take(m)
	v.b, v.g, v.step, v.newton, v.saved = take(k), take(k), take(k), take(k), take(k)
	v.a, v.h = take(k*k), take(k*k)
	v.zv, v.zr = take(n*m), take(n*m)
	v.gram = take(n * n)
	v.perm = make([]int, k)
}

// z is the regressor of a coefficient; only its first p rows are not 0.
func (v *solver) z(coefficient int) []float64 { return v.r.col(v.column[coefficient])[:v.p] }

// prepare computes what does not change with the parameters. It depends on the
// regressors only, so a bootstrap with fixed regressors does it once.
func (v *solver) prepare() {
	for i := 0; i < v.n; i++ {
		for j := 0; j <= i; j++ {
			g := floats.Dot(v.z(i), v.z(j))
			v.gram[i*v.n+j], v.gram[j*v.n+i] = g, g
		}
	}
	v.triangles()
	v.pool()
}

// triangles factors the regressors of each equation.
func (v *solver) triangles() {
	v.triangle = v.triangle[:0]
	v.sorted = v.sorted[:0]
	for i := 0; i < v.m; i++ {
		own := make([]int, 0, v.start[i+1]-v.start[i])
		for n := v.start[i]; n < v.start[i+1]; n++ {
			at := len(own)
			own = append(own, n)
			for ; at > 0 && v.column[own[at-1]] > v.column[n]; at-- {
				own[at] = own[at-1]
			}
			own[at] = n
		}
		c := newColumns(v.p, len(own))
		for j, n := range own {
			copy(c.col(j), v.z(n))
		}
		c.householder()
		v.triangle = append(v.triangle, c)
		v.sorted = append(v.sorted, own)
	}
}

// pool factors the stacked regressors with the restrictions imposed, which is
// the design of pooled least squares.
func (v *solver) pool() {
	rank := make([]int, v.k) // smallest column of each parameter
	for k := range rank {
		rank[k] = math.MaxInt
	}
	for n, k := range v.parameter {
		rank[k] = min(rank[k], v.column[n])
	}
	v.order = make([]int, 0, v.k)
	for k := range rank {
		at := len(v.order)
		v.order = append(v.order, k)
		for ; at > 0 && rank[v.order[at-1]] > rank[k]; at-- {
			v.order[at] = v.order[at-1]
		}
		v.order[at] = k
	}
	place := make([]int, v.k)
	for j, k := range v.order {
		place[k] = j
	}
	rows := 0
	for i, c := range v.triangle {
		rows += min(c.rows, v.start[i+1]-v.start[i])
	}
	rows = max(rows, v.k) // room for a triangle even where there are too few rows
	v.pooled = newColumns(rows, v.k)
	at := 0
	for i, c := range v.triangle {
		for j, n := range v.sorted[i] {
			height := min(j+1, c.rows)
			copy(v.pooled.col(place[v.parameter[n]])[at:at+height], c.col(j)[:height])
		}
		at += min(c.rows, len(v.sorted[i]))
	}
	norms := make([]float64, v.k)
	for j := range norms {
		norms[j] = floats.Norm(v.pooled.col(j), 2)
	}
	v.pooled.householder()
	v.weakest = 1
	for j, norm := range norms {
		left := 0.0
		if norm > 0 {
			left = math.Abs(v.pooled.col(j)[j]) / norm
		}
		v.weakest = min(v.weakest, left)
	}
}

// residuals of the current parameters, and their covariance with divisor T.
func (v *solver) residuals() {
	for i := 0; i < v.m; i++ {
		e := v.e.col(i)
		copy(e, v.r.col(v.left[i]))
		for n := v.start[i]; n < v.start[i+1]; n++ {
			floats.AddScaled(e[:v.p], -v.b[v.parameter[n]], v.z(n))
		}
		for j := 0; j <= i; j++ {
			c := floats.Dot(e, v.e.col(j)) / float64(v.t)
			v.sigma[i*v.m+j], v.sigma[j*v.m+i] = c, c
		}
	}
}

// weights inverts the residual covariance; false when it is singular.
func (v *solver) weights() bool {
	m := v.m
	copy(v.root, v.sigma)
	var ok bool
	if v.pivot, ok = cholesky(v.root, m); !ok || v.pivot < singular {
		v.pivot = 0
		return false
	}
	v.logdet = 0
	for i := 0; i < m; i++ {
		v.logdet += 2 * math.Log(v.root[i*m+i])
	}
	choleskyInverse(v.w, v.root, m, v.columnM)
	if !v.symmetry {
		for i := 0; i < m; i++ {
			for j := 0; j < m; j++ {
				v.w[i*m+j] /= v.scale[i] * v.scale[j]
			}
		}
	}
	return true
}

// singular is the share of a residual that the other residuals leave
// unexplained below which the residual covariance counts as singular: rounding
// alone leaves some 1e-15.
const singular = 1e-12

// gradient: g = Σ_ij w_ij Z_i'e_j, by way of v = e w.
func (v *solver) gradient() {
	for i := 0; i < v.m; i++ {
		x := v.v.col(i)
		for t := range x {
			x[t] = 0
		}
		for j := 0; j < v.m; j++ {
			floats.AddScaled(x, v.w[i*v.m+j], v.e.col(j))
		}
	}
	for k := range v.g {
		v.g[k] = 0
	}
	for n, k := range v.parameter {
		v.g[k] += floats.Dot(v.z(n), v.v.col(v.equation[n])[:v.p])
	}
}

// information: A = Σ_ij w_ij Z_i'Z_j, factored. It is only ever used to choose
// a step, so the squared condition of the cross-products costs iterations, not
// digits.
func (v *solver) information() bool {
	for i := range v.a {
		v.a[i] = 0
	}
	for i, k := range v.parameter {
		row := v.a[k*v.k : (k+1)*v.k]
		w := v.w[v.equation[i]*v.m : (v.equation[i]+1)*v.m]
		gram := v.gram[i*v.n : (i+1)*v.n]
		for j, l := range v.parameter {
			if l <= k { // the lower triangle is enough
				row[l] += w[v.equation[j]] * gram[j]
			}
		}
	}
	_, ok := cholesky(v.a, v.k)
	return ok
}

// logLikelihood of the current residuals, Gaussian, concentrated: always with
// divisor T.
func (v *solver) logLikelihood() float64 {
	t, m := float64(v.t), float64(v.m)
	return -t*m/2*(1+math.Log(2*math.Pi)) - t/2*v.logdet
}

// leastSquares sets b to pooled least squares under the restrictions: normal
// equations with the triangle of the data (not of their cross-products),
// repeated on the residuals until nothing changes.
func (v *solver) leastSquares() {
	for k := range v.b {
		v.b[k] = 0
	}
	x := v.newton
	for range 4 {
		for i := 0; i < v.m; i++ {
			e := v.e.col(i)
			copy(e, v.r.col(v.left[i]))
			for n := v.start[i]; n < v.start[i+1]; n++ {
				floats.AddScaled(e[:v.p], -v.b[v.parameter[n]], v.z(n))
			}
		}
		for k := range v.g {
			v.g[k] = 0
		}
		for n, k := range v.parameter {
			v.g[k] += floats.Dot(v.z(n), v.e.col(v.equation[n])[:v.p])
		}
		for j, k := range v.order {
			x[j] = v.g[k]
		}
		v.pooled.upperTransposeSolve(x)
		v.pooled.upperSolve(x)
		small := true
		for j, k := range v.order {
			v.b[k] += x[j]
			small = small && math.Abs(x[j]) <= 1e-15*math.Abs(v.b[k])
		}
		if small {
			return
		}
	}
}
