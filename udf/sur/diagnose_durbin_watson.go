package sur

import (
	"math"
	"math/cmplx"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// durbinWatson is Σ(e_t − e_t−1)²/Σe_t², the upper sum over the years whose year
// before is in the sample. NaN where there is no such year.
func (f *Fit) durbinWatson(e []float64) float64 {
	if !f.hasPairs(1) {
		return math.NaN()
	}
	changes := 0.0
	for t := range e {
		if s := f.earlier(t, 1); s >= 0 {
			changes += (e[t] - e[s]) * (e[t] - e[s])
		}
	}
	return changes / floats.Dot(e, e)
}

// durbinWatsonP is the probability of a Durbin–Watson statistic of at most d where
// errors are normal and not autocorrelated, given the regressors of equation i: small
// where autocorrelation is positive. Exact for least squares of one equation with
// regressors that are not its own past.
//
// With N a basis of what is orthogonal to the regressors and A the matrix of the sum
// of squared changes, that is P(z'N'(A − dI)Nz < 0), by Imhof's (1961) integral
//
//	1/2 − 1/π ∫ sin(θ/2) / (u √ρ) du,  ρ e^iθ = det(I + iu N'(A − dI)N)
//
// over positive u. As Ansley, Kohn and Shively (1992) have it, no eigenvalues are
// needed: with C = I + iu(A − dI), tridiagonal, and Q a basis of the regressors the
// determinant is det C · det Q'C⁻¹Q. The real parts of both matrices are positive
// definite, so are those of their pivots, and θ is the sum of angles below a right one.
// The integral is a sum at equal steps of ln u, which converges geometrically.
func (f *Fit) durbinWatsonP(i int, d float64) float64 {
	x := f.regressors(i)
	n := len(f.Years)
	q := dense.Basis(n, x, collinearity)
	if n-q.N < 1 || math.IsNaN(d) {
		return math.NaN()
	}
	w := newDurbinWatsonIntegral(f, q)
	const step = 0.2
	// Where u is small the integrand is au + bu³: the terms up to the second are two
	// geometric series.
	start := math.Exp(-6 - math.Log(float64(n)))
	up := math.Exp(step)
	first, _ := w.at(start, d)
	second, _ := w.at(start*up, d)
	b := (second - up*first) / (up*up*up - up) // × start³
	sum := second + (first-b)/(1-1/up) + b/(1-1/(up*up*up))
	for u, size := start*up*up, 1.0; size > 1e-11 && u < 1e26; u *= up {
		var value float64
		value, size = w.at(u, d)
		sum += value
	}
	return min(max(0.5-sum*step/math.Pi, 0), 1)
}

// durbinWatsonIntegral is the work space of the integrand.
type durbinWatsonIntegral struct {
	diagonal []float64 // of A
	linked   []bool    // the change to a year from the one before it is in A
	q        [][]float64
	y        []complex128 // a row of L⁻¹Q, C = LDL'
	g        [][]complex128
}

func newDurbinWatsonIntegral(f *Fit, q dense.Columns) *durbinWatsonIntegral {
	n := q.Rows
	w := &durbinWatsonIntegral{diagonal: make([]float64, n), linked: make([]bool, n), q: matrix(n, q.N), y: make([]complex128, q.N)}
	for t := range n {
		if f.earlier(t, 1) >= 0 { // then it is the row before
			w.linked[t] = true
			w.diagonal[t]++
			w.diagonal[t-1]++
		}
		for j := range q.N {
			w.q[t][j] = q.Col(j)[t]
		}
	}
	for j := range q.N {
		w.g = append(w.g, make([]complex128, j+1))
	}
	return w
}

// at is sin(θ/2)/√ρ at u, and 1/√ρ.
func (w *durbinWatsonIntegral) at(u, d float64) (value, size float64) {
	all := determinant{product: 1}
	for _, row := range w.g {
		clear(row)
	}
	clear(w.y)
	inverse := complex(1, 0) // of the pivot
	for t, diagonal := range w.diagonal {
		pivot, link := complex(1, u*(diagonal-d)), complex(0, 0)
		if w.linked[t] {
			link = complex(0, -u) * inverse
			pivot -= link * complex(0, -u)
		}
		all.take(pivot)
		inverse = reciprocal(pivot)
		for j, q := range w.q[t] {
			w.y[j] = complex(q, 0) - link*w.y[j]
			x := w.y[j] * inverse
			row := w.g[j]
			for l, y := range w.y[:len(row)] {
				row[l] += x * y
			}
		}
	}
	for j, row := range w.g { // LDL' of Q'C⁻¹Q
		for l := range row {
			for a := range l {
				row[l] -= row[a] * w.g[l][a] * reciprocal(w.g[a][a])
			}
		}
		all.take(row[j])
	}
	return all.at()
}

func reciprocal(z complex128) complex128 {
	size := real(z)*real(z) + imag(z)*imag(z)
	return complex(real(z)/size, -imag(z)/size)
}

// determinant is the product of pivots with positive real parts, as its logarithm: that
// of product, which is kept in the right half-plane, and what was taken out of it.
type determinant struct {
	product          complex128
	angle, logarithm float64
}

func (d *determinant) take(pivot complex128) {
	d.product *= pivot
	if real(d.product) < 0 { // the angle of product, below a right one, has passed that
		d.angle += math.Copysign(math.Pi, imag(d.product))
		d.product = -d.product
	}
	if size := max(real(d.product), math.Abs(imag(d.product))); size > 1e100 || size < 1e-100 {
		d.logarithm += math.Log(size)
		d.product = complex(real(d.product)/size, imag(d.product)/size)
	}
}

func (d *determinant) at() (value, size float64) {
	size = math.Exp(-(d.logarithm + math.Log(cmplx.Abs(d.product))) / 2)
	return math.Sin((d.angle+cmplx.Phase(d.product))/2) * size, size
}
