package bounded

import (
	"cmp"
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// How the search for a combination of residuals that is zero goes downhill: see
// search.go for what it searches, and from where.

// weakestOf is the combination of residuals at u that is smallest.
func (w *search) weakestOf(u []float64) []float64 {
	m := len(w.set)
	c := make([]float64, m)
	w.combine(c, u, w.f)
	s := mat.NewSymDense(m, nil)
	for a := range m {
		for b := range a + 1 {
			s.SetSym(a, b, floats.Dot(w.residual(a), w.residual(b)))
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(s, true) {
		c[0] = 1
		return c
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	for a := range c {
		c[a] = vectors.At(a, 0)
	}
	return c
}

// project moves u to where the combination c is least, as far as its regressors
// tell, and gives its length there. In j and gram it leaves what that took.
func (w *search) project(c, u []float64) float64 {
	m := len(w.set)
	w.left--
	w.combine(c, u, w.f)
	w.derivative(c)
	clear(w.j.Data[:m*w.h])
	if w.square(1e-10) {
		for range 2 { // twice: what the ridge left
			w.solve(w.f)
			for j := range u {
				u[j] -= floats.Dot(w.j.Col(m+j), w.f)
			}
			w.combine(c, u, w.f)
		}
	}
	return floats.Norm(w.f, 2)
}

// descend goes downhill along c alone, u being whatever goes best with it, and
// reports whether it came to zero: Gauss–Newton with the step of u projected out
// (variable projection). Moving c and u together would be cheaper per step but
// gets stuck: where c_i is small and regressors of equation i are needed, the
// valley is a hyperbola.
func (w *search) descend(ctx context.Context, c, u []float64) bool {
	m, h := len(w.set), w.h
	nextC, nextU, step := make([]float64, m), make([]float64, w.k), make([]float64, m)
	norm := w.project(c, u)
	for n := 0; n < 60 && norm > 1e-15*w.largest(c) && ctx.Err() == nil; n++ {
		if !(w.largest(c) < 1e3*farthest) {
			return false
		}
		w.derivative(c)
		for t := range w.j.Data[m*h:] { // next to c, u moves freely
			w.j.Data[m*h+t] *= 1e3
		}
		if !w.square(1e-15) {
			break
		}
		copy(w.x, w.f)
		w.solve(w.x)
		for a := range step {
			step[a] = floats.Dot(w.j.Col(a), w.x)
		}
		better := false
		for share := 1.0; share > 1e-3 && !better; share /= 4 {
			copy(nextC, c)
			floats.AddScaled(nextC, -share, step)
			unit(nextC)
			copy(nextU, u)
			if next := w.project(nextC, nextU); next < 0.99*norm {
				better, norm = true, next
				copy(c, nextC)
				copy(u, nextU)
			}
		}
		if !better {
			break
		}
	}
	w.combine(c, u, w.f)
	return w.found(c)
}

// largest part of the combination that combine was told last.
func (w *search) largest(c []float64) float64 {
	largest := 0.0
	for a := range c {
		largest = max(largest, math.Abs(c[a])*floats.Norm(w.residual(a), 2))
	}
	return largest
}

// valleys are combinations on the circle through a and b that are least there,
// the parameters being whatever goes best with each.
func (w *search) valleys(a, b []float64, points int) [][]float64 {
	c, u := make([]float64, len(a)), make([]float64, w.k)
	at := func(n int) []float64 {
		turn := math.Pi * (float64(n) + 0.5) / float64(points) // half of it: −c is as good as c
		for i := range c {
			c[i] = a[i]*math.Cos(turn) + b[i]*math.Sin(turn)
		}
		unit(c)
		return c
	}
	height := make([]float64, points)
	for n := range height {
		at(n)
		clear(u)
		height[n] = w.project(c, u)
	}
	var found []int
	for n, x := range height {
		if x <= height[(n+1)%points] && x <= height[(n+points-1)%points] {
			found = append(found, n)
		}
	}
	slices.SortStableFunc(found, func(i, j int) int { return cmp.Compare(height[i], height[j]) })
	var list [][]float64
	for _, n := range found[:min(len(found), 8)] {
		list = append(list, slices.Clone(at(n)))
	}
	return list
}
