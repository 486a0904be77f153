package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// solver holds a system reduced to small matrices and the work space of the
// iterations. With r the reduced data, the residuals of t observations are
// replaced by q-vectors that have the same inner products.
type solver struct {
	*layout
	order, place []int // of the parameters, as layout has them or else: see rank

	t      int           // observations per equation
	r      dense.Columns // q×q
	height int           // rows of r that hold data

	// scale_i² = t / divisor_i: 1, or t/(t-k_i). The residual covariance with
	// that divisor is scale_i scale_j E_i'E_j / t.
	scale    []float64
	symmetry bool // all scales equal: the likelihood's own first-order conditions

	gram     []float64       // Z_n'Z_c, by pair
	triangle []dense.Columns // of each equation's regressors, in the order of sorted
	size     []float64       // of each equation: see measure
	balance  []float64       // what each is multiplied by in pooled: 1, or see rebalance
	stack    stack
	pooled   dense.Columns // triangle of the stacked regressors, restrictions imposed: start of everything
	weakest  float64       // smallest share of a column that those before it leave over

	// State of the current step.
	b      []float64
	e, v   dense.Columns // residuals and residuals × Σ⁻¹, q×m
	sigma  []float64     // m×m, divisor t
	root   []float64     // Cholesky factor of sigma
	w      []float64     // inverse of the residual covariance with its divisor
	logdet float64       // of sigma
	pivot  float64       // smallest pivot of sigma's correlations: 0 when singular
	near   bool          // it is too small for cross-products
	g      []float64     // gradient of the log-likelihood
	a      []float64     // k×k information, then its Cholesky factor
	h      []float64     // k×k Hessian (negative), then its factor
	step   []float64     // of generalised least squares
	newton []float64     // of Newton
	saved  []float64     // b before it
	origin []float64     // what b is the distance from: see rebase
	base   dense.Columns // residuals there, q×m
	based  bool
	zv, zr []float64 // n×m
	white  whitened  // where whitening
	spare  []float64 // m
	own    []int     // see coefficients
}

// newSolver reduces the data of a system.
func newSolver(s *system) *solver {
	v := allocate(s.layout, s.n)
	v.read(s.data, s.constant)
	return v
}

// allocate makes the work space, all of it in one piece.
func allocate(l *layout, t int) *solver {
	v := &solver{layout: l, t: t, symmetry: true, triangle: make([]dense.Columns, l.m)}
	k, m, n, q := l.k, l.m, l.n, l.q
	work := make([]float64, 3*q*m+3*m*m+4*m+6*k+2*k*k+2*n*m+len(l.pairs)+l.p*n+l.rows*k)
	take := func(size int) []float64 {
		x := work[:size:size]
		work = work[size:]
		return x
	}
	columns := func(rows, n int) dense.Columns { return dense.Columns{Rows: rows, N: n, Data: take(rows * n)} }
	v.e, v.v, v.base = columns(q, m), columns(q, m), columns(q, m)
	v.sigma, v.root, v.w = take(m*m), take(m*m), take(m*m)
	v.spare, v.scale = take(m), take(m)
	v.b, v.g, v.step, v.newton, v.saved, v.origin = take(k), take(k), take(k), take(k), take(k), take(k)
	v.a, v.h = take(k*k), take(k*k)
	v.zv, v.zr = take(n*m), take(n*m)
	v.gram = take(len(l.pairs))
	v.size, v.balance, v.stack = take(m), take(m), newStack(m)
	for i, own := range l.sorted {
		v.triangle[i] = columns(l.p, len(own))
	}
	v.pooled = columns(l.rows, k)
	for i := range v.scale {
		v.scale[i], v.balance[i] = 1, 1
	}
	return v
}

// sibling is work space for other data of the same system, or for another start.
func (v *solver) sibling() *solver {
	w := allocate(v.layout, v.t)
	copy(w.scale, v.scale)
	copy(w.balance, v.balance)
	w.symmetry = v.symmetry
	return w
}

// z is the regressor of a coefficient; only its first p rows are not 0.
func (v *solver) z(coefficient int) []float64 { return v.r.Col(v.column[coefficient])[:v.p] }

// reach is how many rows of the regressors hold data.
func (v *solver) reach() int { return min(v.p, v.height) }

// read reduces the data and computes what does not change with the parameters.
func (v *solver) read(data [][]float64, constant int) {
	v.r = dense.Reduce(data, constant)
	v.height = dense.Height(v.r, v.t)
	for i, p := range v.pairs {
		v.gram[i] = dense.Dot(v.z(int(p.n)), v.z(int(p.c)))
	}
	for i, own := range v.sorted {
		for j, n := range own {
			copy(v.triangle[i].Col(j), v.z(n))
		}
		v.triangle[i].UpperFactor()
	}
	v.measure()
	v.pool()
}

// pool factors the stacked regressors with the restrictions imposed, which is
// the design of pooled least squares.
func (v *solver) pool() {
	clear(v.pooled.Data)
	for i, x := range v.balance {
		v.spare[i] = x * v.size[i]
	}
	v.stack.arrange(v.spare, func(i int) int { return min(v.triangle[i].Rows, v.triangle[i].N) })
	v.rank()
	for i, c := range v.triangle {
		for j, n := range v.sorted[i] {
			v.stack.add(v.pooled.Col(v.place[v.parameter[n]]), i, v.balance[i], c.Col(j)[:min(j+1, c.Rows)])
		}
	}
	norms := v.step // free until the iterations begin
	for j := range norms {
		norms[j] = floats.Norm(v.pooled.Col(j), 2)
	}
	v.pooled.UpperFactor()
	v.weakest = 1
	for j, norm := range norms {
		left := 0.0
		if norm > 0 {
			left = math.Abs(v.pooled.Col(j)[j]) / norm
		}
		v.weakest = min(v.weakest, left)
	}
}

// residuals of the current parameters, and their covariance with divisor T.
func (v *solver) residuals() {
	v.onlyResiduals()
	for i := range v.m {
		for j := range i + 1 {
			c := dense.Dot(v.e.Col(i), v.e.Col(j)) / float64(v.t)
			v.sigma[i*v.m+j], v.sigma[j*v.m+i] = c, c
		}
	}
}

func (v *solver) onlyResiduals() {
	v.white.done = false
	for i := range v.m {
		e := v.e.Col(i)
		if v.based {
			copy(e, v.base.Col(i))
		} else {
			copy(e, v.r.Col(v.left[i]))
		}
		for n := v.start[i]; n < v.start[i+1]; n++ {
			floats.AddScaled(e[:v.p], -v.b[v.parameter[n]], v.z(n))
		}
	}
}

// rebase makes b the distance from where it is now. Where a left side is large
// against its residuals, steps far below a standard error would be lost in the
// last digit of b itself.
func (v *solver) rebase() {
	v.residuals()
	copy(v.base.Data, v.e.Data)
	floats.Add(v.origin, v.b)
	clear(v.b)
	v.based = true
}

// rebaseAfresh does so from the left sides. Where least squares gave a parameter
// the size that the largest equation asks for, the residuals of a smaller one have
// lost their digits at the first base.
func (v *solver) rebaseAfresh() {
	v.restore()
	v.rebase()
}

// restore makes b the estimates again.
func (v *solver) restore() {
	floats.Add(v.b, v.origin)
	clear(v.origin)
	v.based = false
}

// weights factors the residual covariance and inverts it; false when it is
// singular. Where the residuals are nearly dependent their cross-products have
// lost the digits that matter, and the factor is made of the residuals: see
// residual_factor.go.
func (v *solver) weights() bool {
	copy(v.root, v.sigma)
	var ok bool
	v.pivot, ok = dense.Cholesky(v.root, v.m)
	if v.near = !ok || v.pivot < nearlySingular; v.near && !v.factorResiduals() {
		v.pivot = 0
		return false
	}
	v.logdet = 0
	for i := range v.m {
		v.logdet += 2 * math.Log(v.root[i*v.m+i])
	}
	dense.CholeskyInverse(v.w, v.root, v.m, v.spare) // only steps are chosen by it: for digits there is weigh
	if !v.symmetry {
		for i := range v.m {
			for j := range v.m {
				v.w[i*v.m+j] /= v.scale[i] * v.scale[j]
			}
		}
	}
	return true
}

// nearlySingular is the share of a residual that the other residuals leave
// unexplained below which it is computed from the residuals themselves.
const nearlySingular = 1e-3

// decorrelate turns residuals, a column per equation, into residuals × L⁻ᵀ, L with
// the scales: uncorrelated with variance 1.
func (v *solver) decorrelate(e dense.Columns) {
	for i := range v.m {
		x := e.Col(i)
		if !v.symmetry {
			floats.Scale(1/v.scale[i], x)
		}
		for j := range i {
			floats.AddScaled(x, -v.root[i*v.m+j], e.Col(j))
		}
		floats.Scale(1/v.root[i*v.m+i], x)
	}
}

// weigh turns residuals, a column per equation, into residuals × W, by two
// triangular systems.
func (v *solver) weigh(e dense.Columns) {
	v.decorrelate(e)
	for i := v.m - 1; i >= 0; i-- {
		x := e.Col(i)
		for j := i + 1; j < v.m; j++ {
			floats.AddScaled(x, -v.root[j*v.m+i], e.Col(j))
		}
		floats.Scale(1/v.root[i*v.m+i], x)
	}
	if !v.symmetry {
		for i := range v.m {
			floats.Scale(1/v.scale[i], e.Col(i))
		}
	}
}

// gradient: g = Σ_ij w_ij Z_i'e_j, by way of v = e W.
func (v *solver) gradient() {
	copy(v.v.Data, v.e.Data)
	v.weigh(v.v)
	clear(v.g)
	for n, k := range v.parameter {
		v.g[k] += dense.Dot(v.z(n), v.v.Col(v.equation[n])[:v.p])
	}
}

// information: A = Σ_ij w_ij Z_i'Z_j, factored. It is only ever used to choose
// a step, so the squared condition of the cross-products costs iterations, not
// digits; where it might cost all of them, whiten does without.
func (v *solver) information() bool {
	clear(v.a)
	for i, p := range v.pairs {
		v.a[p.at] += v.w[p.ij] * v.gram[i]
	}
	_, ok := dense.Cholesky(v.a, v.k)
	return ok
}

// logLikelihood of the current residuals, Gaussian, concentrated: always with
// divisor T.
func (v *solver) logLikelihood() float64 {
	t, m := float64(v.t), float64(v.m)
	return -t*m/2*(1+math.Log(2*math.Pi)) - t/2*v.logdet
}

// leastSquares sets b to pooled least squares under the restrictions, equations
// multiplied by their balance: normal equations with the triangle of the data
// (not of their cross-products), repeated on the residuals until nothing changes.
func (v *solver) leastSquares() {
	clear(v.b)
	clear(v.origin)
	v.based = false
	x := v.newton
	for range 4 {
		v.onlyResiduals()
		clear(v.g)
		for n, k := range v.parameter {
			i := v.equation[n]
			v.g[k] += v.balance[i] * v.balance[i] * dense.Dot(v.z(n), v.e.Col(i)[:v.p])
		}
		for j, k := range v.order {
			x[j] = v.g[k]
		}
		v.pooled.SolveUpperTrans(x)
		v.pooled.SolveUpper(x)
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
