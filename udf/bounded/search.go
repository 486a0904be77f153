package bounded

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/dense"
)

// search is for c and b with Σ c_i e_i(b) = 0. Residuals are measured in their
// size at start, and b = start + P u such that a step u of length 1 moves all
// residuals together by 1: any scale or offset of the data is gone.
type search struct {
	s      *System
	set    []int // equations that may take part
	h, k   int   // rows, parameters
	start  []float64
	place  []int             // of the parameters in u
	size   []float64         // of the residuals, by equation of the system
	first  dense.Columns     // residuals at u = 0, by equation of set
	design []blas64.General  // −de_i/du by equation of set, transposed: k×h
	basis  blas64.Triangular // P⁻¹

	e, f, x []float64         // residuals, their combination, work
	j       dense.Columns     // derivative: by c, then by u
	gram    blas64.Symmetric  // JJ'
	factor  blas64.Triangular // of gram, in its place
	left    float64           // steps that may still be taken
}

// newSearch is nil where start gives no measure.
func newSearch(s *System, start []float64, set []int) *search {
	h, k := s.rows(), s.Parameters
	w := &search{s: s, set: set, h: h, k: k, start: start, place: s.places()}
	residuals := s.residuals(start)
	for i := range s.Left {
		size := floats.Norm(residuals.Col(i), 2)
		if !(size > 0) || math.IsInf(size, 1) {
			return nil
		}
		w.size = append(w.size, size)
	}
	stacked := s.stack(w.size, w.place)
	if stacked == nil {
		return nil
	}
	var qr mat.QR
	qr.Factorize(stacked)
	var r mat.Dense
	qr.RTo(&r)
	w.basis = blas64.Triangular{Uplo: blas.Upper, Diag: blas.NonUnit, N: k, Stride: r.RawMatrix().Stride, Data: r.RawMatrix().Data}
	for j := range k {
		if r.At(j, j) == 0 {
			return nil
		}
	}
	w.first = dense.NewColumns(h, len(set))
	for a, i := range set {
		copy(w.first.Col(a), residuals.Col(i))
		floats.Scale(1/w.size[i], w.first.Col(a))
		d := blas64.General{Rows: k, Cols: h, Stride: h, Data: make([]float64, k*h)}
		for _, t := range s.Terms[i] {
			z := s.z(t)
			floats.AddScaled(d.Data[w.place[t.Parameter]*h:][:len(z)], 1/w.size[i], z)
		}
		blas64.Trsm(blas.Left, blas.Trans, 1, w.basis, d)
		w.design = append(w.design, d)
	}
	w.e = make([]float64, h*len(set))
	w.f, w.x = make([]float64, h), make([]float64, h)
	w.j = dense.NewColumns(h, len(set)+k)
	w.gram = blas64.Symmetric{Uplo: blas.Lower, N: h, Stride: h, Data: make([]float64, h*h)}
	return w
}

// combine writes the residuals at u and their combination.
func (w *search) combine(c, u, f []float64) {
	copy(w.e, w.first.Data)
	clear(f)
	for a, d := range w.design {
		e := w.residual(a)
		blas64.Gemv(blas.Trans, -1, d, blas64.Vector{N: w.k, Inc: 1, Data: u}, 1, blas64.Vector{N: w.h, Inc: 1, Data: e})
		floats.AddScaled(f, c[a], e)
	}
}

// derivative of the combination, of which combine has been told last: by c at
// right angles to c, for c itself leads to the zero that everything has, c = 0.
func (w *search) derivative(c []float64) {
	m := len(w.set)
	for a := range m {
		x := w.j.Col(a)
		copy(x, w.residual(a))
		floats.AddScaled(x, -c[a], w.f)
	}
	byU := w.j.Data[m*w.h:]
	clear(byU)
	for a, d := range w.design {
		floats.AddScaled(byU, -c[a], d.Data)
	}
}

// possible counts: near a point where the residuals cancel, c and b move the
// combination in every direction that the data of these equations have, or else
// only accident makes it zero.
func (w *search) possible(rng *rand.Rand) bool {
	c, u := normal(rng, len(w.set)), normal(rng, w.k)
	unit(c)
	w.combine(c, u, w.f)
	w.derivative(c)
	rank := w.j.Orthonormal(1e-9).N
	lefts := make([]int, len(w.set))
	for a, i := range w.set {
		lefts[a] = w.s.Left[i]
	}
	return rank >= w.s.used(w.set, lefts).Orthonormal(1e-10).N
}

func normal(rng *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	return x
}

func unit(x []float64) {
	if norm := floats.Norm(x, 2); norm > 0 {
		floats.Scale(1/norm, x)
	}
}

const (
	cancelled = 1e-11 // of the largest residual: what counts as zero
	farthest  = 1e4   // residuals that many times those at start are a flight to infinity, where all cancels
)

// square factors JJ' with a ridge, as a share of its trace; false if it cannot.
func (w *search) square(ridge float64) bool {
	blas64.Syrk(blas.Trans, 1, blas64.General{Rows: w.j.N, Cols: w.h, Stride: w.h, Data: w.j.Data}, 0, w.gram)
	trace := 0.0
	for t := range w.h {
		trace += w.gram.Data[t*w.h+t]
	}
	for t := range w.h {
		w.gram.Data[t*w.h+t] += ridge * trace
	}
	var ok bool
	w.factor, ok = lapack64.Potrf(w.gram)
	return ok
}

// solve solves JJ'x = b in place, as square has left JJ'.
func (w *search) solve(b []float64) {
	lapack64.Potrs(w.factor, blas64.General{Rows: w.h, Cols: 1, Stride: 1, Data: b})
}

// found judges the last combination: zero to rounding beside its parts, and
// those not blown up.
func (w *search) found(c []float64) bool {
	for a := range c {
		if c[a] != 0 && !(floats.Norm(w.residual(a), 2) <= farthest) {
			return false
		}
	}
	return floats.Norm(w.f, 2) <= cancelled*w.largest(c) && w.s.canVanish(w.whole(c))
}

// residual of equation a of set, as combine left it.
func (w *search) residual(a int) []float64 { return w.e[a*w.h : (a+1)*w.h] }

// whole gives the combination for all equations of the system, in the units of
// the data; those that take no part to speak of are 0.
func (w *search) whole(c []float64) []float64 {
	out := make([]float64, len(w.s.Left))
	for a, i := range w.set {
		if math.Abs(c[a])*floats.Norm(w.residual(a), 2) > 1e-13 {
			out[i] = c[a] / w.size[i]
		}
	}
	return out
}

// run tries from start and from least squares, each equation alone, and
// random ones, always the same. At most steps are taken.
func (w *search) run(ctx context.Context, rng *rand.Rand, steps float64) (c, u []float64) {
	m := len(w.set)
	least := make([]float64, w.k) // the design is orthonormal when all equations are in
	for a, d := range w.design {
		for j := range least {
			least[j] += floats.Dot(d.Data[j*w.h:][:w.h], w.first.Col(a))
		}
	}
	// A large system gets fewer, so that a search takes a second at most.
	w.left = min(steps, 5e8/(float64(w.h)*float64(w.h+4*m)*float64(m+w.k)))
	try := func(from, at []float64) bool {
		c, u = slices.Clone(from), slices.Clone(at)
		return w.descend(ctx, c, u)
	}
	origin := make([]float64, w.k)
	for _, at := range [][]float64{origin, least} {
		if try(w.weakestOf(at), at) {
			return c, u
		}
	}
	for a := range m {
		alone := make([]float64, m)
		alone[a] = 1
		if try(alone, origin) {
			return c, u
		}
	}
	points := 64
	if m <= 2 {
		points = 512
	}
	for round := 0; w.left > 0 && ctx.Err() == nil; round++ {
		// Residuals of their present size, any combination.
		at := normal(rng, w.k)
		unit(at)
		floats.Scale(2*math.Sqrt(float64(m)), at)
		from := normal(rng, m)
		unit(from)
		if try(from, at) {
			return c, u
		}
		// Any combination, and the parameters that go best with it.
		if m == 1 || m == 2 && round > 0 {
			if round == 20 {
				break
			}
			continue
		}
		a, b := normal(rng, m), normal(rng, m)
		if m == 2 { // there is only one circle
			a, b = []float64{1, 0}, []float64{0, 1}
		} else {
			for i := range a {
				a[i] *= math.Exp(1.5 * rng.NormFloat64())
				b[i] *= math.Exp(1.5 * rng.NormFloat64())
			}
		}
		unit(a)
		unit(b)
		for _, from := range w.valleys(a, b, points) {
			copy(at, origin)
			w.project(from, at)
			if try(from, at) {
				return c, u
			}
		}
	}
	return nil, nil
}
