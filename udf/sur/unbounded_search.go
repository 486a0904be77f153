package sur

import (
	"context"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
)

// Parameters shared between equations make Σ c_i (y_i − Z_i b) = 0 bilinear in c
// and b, and the iterations may well end on a local maximum beside points where
// the likelihood is infinite. Four questions are asked of a system whose columns
// are not safe by their rank:
//
//  1. Could the residuals cancel if nothing were shared (suspects)? Linear; no is
//     a proof that the likelihood is bounded.
//  2. Which are all the complex c and b, and is one of them real (decide)? Yes and
//     no are proofs. It can be asked where there are no more unknowns than rows.
//  3. Are there unknowns enough for the rows (possible)? Counted by the rank of
//     the derivative at a random point; no is a proof for all but accidental data.
//  4. Is there such a point (run)? Gauss–Newton from many starts. One
//     that cancels to rounding is a proof; none leaves the question open.

// search is for c and b with Σ c_i e_i(b) = 0. Residuals are measured in their
// size at the estimate, and b = estimate + P u such that a step u of length 1
// moves all residuals together by 1: any scale or offset of the data is gone.
type search struct {
	v      *solver
	set    []int     // equations that may take part
	h, k   int       // rows, parameters
	size   []float64 // of the residuals, by equation of the system
	first  columns   // residuals at u = 0, by equation of set
	design []columns // −de_i/du by equation of set: k columns of h rows
	basis  columns   // triangle with P = basis⁻¹

	e, f, x []float64 // residuals, their combination, work
	j       columns   // derivative: by c, then by u
	gram    []float64 // JJ', then its factor
	left    float64   // steps that may still be taken
}

// newSearch is nil where the estimate gives no measure.
func newSearch(v *solver, set []int) *search {
	w := &search{v: v, set: set, h: v.height, k: v.k}
	h, k := w.h, w.k
	v.residuals()
	for i := range v.m {
		size := floats.Norm(v.e.col(i)[:h], 2)
		if !(size > 0) || math.IsInf(size, 1) {
			return nil
		}
		w.size = append(w.size, size)
	}
	w.basis = newColumns(v.rows, k)
	at := 0
	for i, c := range v.triangle {
		for j, n := range v.sorted[i] {
			height := min(j+1, c.rows)
			floats.AddScaled(w.basis.col(v.place[v.parameter[n]])[at:at+height], 1/w.size[i], c.col(j)[:height])
		}
		at += min(c.rows, len(v.sorted[i]))
	}
	w.basis.householder()
	for j := range k {
		if w.basis.col(j)[j] == 0 {
			return nil
		}
	}
	w.first = newColumns(h, len(set))
	row := make([]float64, k)
	for a, i := range set {
		e := w.first.col(a)
		copy(e, v.e.col(i))
		d := newColumns(h, k)
		for n := v.start[i]; n < v.start[i+1]; n++ {
			z := v.z(n)
			z = z[:min(h, len(z))]
			floats.AddScaled(d.col(v.place[v.parameter[n]])[:len(z)], 1/w.size[i], z)
		}
		floats.Scale(1/w.size[i], e)
		for t := range h {
			for j := range k {
				row[j] = d.col(j)[t]
			}
			w.basis.upperTransposeSolve(row)
			for j := range k {
				d.col(j)[t] = row[j]
			}
		}
		w.design = append(w.design, d)
	}
	w.e = make([]float64, h*len(set))
	w.f, w.x = make([]float64, h), make([]float64, h)
	w.j = newColumns(h, len(set)+k)
	w.gram = make([]float64, h*h)
	return w
}

// combine writes the residuals at u and their combination.
func (w *search) combine(c, u, f []float64) {
	copy(w.e, w.first.data)
	clear(f)
	for a, d := range w.design {
		e := w.residual(a)
		for j, x := range u {
			if x != 0 {
				floats.AddScaled(e, -x, d.col(j))
			}
		}
		floats.AddScaled(f, c[a], e)
	}
}

// derivative of the combination, of which combine has been told last: by c at
// right angles to c, for c itself leads to the zero that everything has, c = 0.
func (w *search) derivative(c []float64) {
	m := len(w.set)
	for a := range m {
		x := w.j.col(a)
		copy(x, w.residual(a))
		floats.AddScaled(x, -c[a], w.f)
	}
	for j := range w.k {
		x := w.j.col(m + j)
		clear(x)
		for a, d := range w.design {
			floats.AddScaled(x, -c[a], d.col(j))
		}
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
	rank := w.j.orthonormal(1e-9).n
	all := newColumns(w.h, w.v.r.n)
	all.n = 0
	seen := make([]bool, w.v.r.n)
	add := func(j int) {
		if !seen[j] {
			seen[j] = true
			all.n++
			copy(all.col(all.n-1), w.v.r.col(j))
		}
	}
	for _, i := range w.set {
		for n := w.v.start[i]; n < w.v.start[i+1]; n++ {
			add(w.v.column[n])
		}
	}
	for _, i := range w.set {
		add(w.v.left[i])
	}
	return rank >= all.orthonormal(1e-10).n
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
	farthest  = 1e4   // residuals that many times the estimate's are a flight to infinity, where all cancels
)

// square factors JJ' with a ridge, as a share of its trace; false if it cannot.
func (w *search) square(ridge float64) bool {
	h := w.h
	clear(w.gram)
	for j := range w.j.n {
		x := w.j.col(j)
		for t, y := range x {
			if y != 0 {
				floats.AddScaled(w.gram[t*h:t*h+t+1], y, x[:t+1])
			}
		}
	}
	trace := 0.0
	for t := range h {
		trace += w.gram[t*h+t]
	}
	for t := range h {
		w.gram[t*h+t] += ridge * trace
	}
	_, ok := cholesky(w.gram, h)
	return ok
}

// found judges the last combination: zero to rounding beside its parts, and
// those not blown up.
func (w *search) found(c []float64) bool {
	for a := range c {
		if c[a] != 0 && !(floats.Norm(w.residual(a), 2) <= farthest) {
			return false
		}
	}
	return floats.Norm(w.f, 2) <= cancelled*w.largest(c) && w.v.canVanish(w.whole(c))
}

// residual of equation a of set, as combine left it.
func (w *search) residual(a int) []float64 { return w.e[a*w.h : (a+1)*w.h] }

// whole gives the combination for all equations of the system, in the units of
// the data; those that take no part to speak of are 0.
func (w *search) whole(c []float64) []float64 {
	out := make([]float64, w.v.m)
	for a, i := range w.set {
		if math.Abs(c[a])*floats.Norm(w.residual(a), 2) > 1e-13 {
			out[i] = c[a] / w.size[i]
		}
	}
	return out
}

// run tries starts: the estimate and least squares, each equation alone, and
// random ones, always the same. At most steps are taken.
func (w *search) run(ctx context.Context, rng *rand.Rand, steps float64) (c, u []float64) {
	m := len(w.set)
	least := make([]float64, w.k) // the design is orthonormal when all equations are in
	for a, d := range w.design {
		for j := range least {
			least[j] += dot(d.col(j), w.first.col(a))
		}
	}
	// A large system gets fewer, so that a search takes a second at most.
	w.left = min(steps, 5e8/(float64(w.h)*float64(w.h+4*m)*float64(m+w.k)))
	try := func(from, at []float64) bool {
		c, u = append([]float64(nil), from...), append([]float64(nil), at...)
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
