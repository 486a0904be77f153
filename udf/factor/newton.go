package factor

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// maxPhi is how near to 1 in size φ may come.
const maxPhi = 0.9999

// lowest and highest are the bounds of element j of a point.
func (s *system) bounds(j int) (lowest, highest float64) {
	switch from := s.k + s.m*s.r; {
	case j < from:
		return math.Inf(-1), math.Inf(1)
	case j < from+s.m:
		return math.Log(s.floor), math.Inf(1)
	}
	return -math.Atanh(maxPhi), math.Atanh(maxPhi)
}

// atBound tells whether element j is at a bound from which the likelihood rises outward.
func (s *system) atBound(x point, g []float64, j int) bool {
	low, high := s.bounds(j)
	return x[j] <= low+1e-9 && g[j] <= 0 || x[j] >= high-1e-9 && g[j] >= 0
}

// rotation is the direction in which two factors of white noise turn into each other,
// which changes nothing; nil where there is none.
func (s *system) rotation(x point) []float64 {
	if s.ar || s.r < 2 {
		return nil
	}
	v := make([]float64, len(x))
	floats.SubTo(s.loading(v, 0), s.loading(v, 0), s.loading(x, 1))
	copy(s.loading(v, 1), s.loading(x, 0))
	return v
}

// free are the elements that are not at a bound.
func (s *system) free(x point, g []float64) []int {
	var list []int
	for j := range x {
		if !s.atBound(x, g, j) {
			list = append(list, j)
		}
	}
	return list
}

// reduced is the matrix h for the free elements; where factors can be turned the direction
// of that is filled in, so that it is regular.
func (s *system) reduced(x point, h []float64, free []int, to []float64) []float64 {
	n, all := len(free), len(x)
	to = to[:n*n]
	for p, i := range free {
		for q, j := range free {
			to[p*n+q] = h[i*all+j]
		}
	}
	if v := s.rotation(x); v != nil {
		weight := float64(s.t) / dense.Dot(v, v)
		for p, i := range free {
			for q, j := range free {
				to[p*n+q] += weight * v[i] * v[j]
			}
		}
	}
	return to
}

// nothing is twice what the log-likelihood has to gain where Newton's method ends: the
// step that is taken then is 1e-5 standard errors, and leaves 1e-10.
const nothing = 1e-10

// climber goes to a maximum by Newton's method, damped where it must be. The second
// derivatives serve more than one step where the first ones fall fast with them.
type climber struct {
	s       *system
	w       *smoother
	g, h    []float64 // minus the second derivatives where they were computed last
	a       []float64 // their factor, for the free elements
	free    []int
	d       []float64 // step
	trial   point
	damping float64
}

func (s *system) newClimber() *climber {
	n := s.elements()
	return &climber{s: s, w: newSmoother(s), g: make([]float64, n), h: make([]float64, n*n), a: make([]float64, n*n),
		d: make([]float64, n), trial: make(point, n)}
}

// climb moves x. converged is false where the limit is reached, or where x is no maximum.
func (c *climber) climb(ctx context.Context, x point, limit int) (iterations int, converged bool, err error) {
	s := c.s
	c.damping = 0
	for iterations < limit {
		if err := ctx.Err(); err != nil {
			return iterations, false, err
		}
		l := s.gradient(x, c.w, c.g)
		s.hessian(x, c.w, c.h)
		c.free = s.free(x, c.g)
		iterations++
		for try := 0; ; try++ {
			if try == 40 {
				return iterations, false, nil
			}
			if !c.factor(x) {
				c.damping = max(4*c.damping, 1e-3)
				continue
			}
			gain := c.step(x)
			if gain < nothing && c.damping > 0 && try < 38 { // near, where it is to be seen whether this is a maximum
				c.damping, try = 0, 38
				continue
			}
			next := s.logLikelihood(c.trial, c.w)
			if gain < nothing && c.damping == 0 {
				if next >= l-1e-9 {
					copy(x, c.trial)
				}
				return iterations, true, nil
			}
			if !(next > l) { // or not a number
				c.damping = max(4*c.damping, 1e-3)
				continue
			}
			copy(x, c.trial)
			if c.damping /= 8; c.damping < 1e-5 {
				c.damping = 0
			}
			if c.chords(x, next, gain) {
				return iterations, true, nil
			}
			break
		}
	}
	return iterations, false, nil
}

// factor of the second derivatives for the free elements, damped; false where they are
// those of no maximum.
func (c *climber) factor(x point) bool {
	m := c.s.reduced(x, c.h, c.free, c.a)
	nf := len(c.free)
	for p := range c.free {
		m[p*nf+p] += c.damping * max(math.Abs(m[p*nf+p]), 1e-3)
	}
	_, ok := dense.Cholesky(m, nf)
	return ok
}

// step writes x and a step to trial, and gives twice what that promises to gain.
func (c *climber) step(x point) (gain float64) {
	nf := len(c.free)
	d := c.d[:nf]
	for p, j := range c.free {
		d[p] = c.g[j]
	}
	dense.CholeskySolve(c.a[:nf*nf], nf, d)
	scale := 1.0
	for p, j := range c.free {
		gain += d[p] * c.g[j]
		if j >= c.s.k {
			scale = min(scale, 2/math.Abs(d[p]))
		}
	}
	copy(c.trial, x)
	for p, j := range c.free {
		low, high := c.s.bounds(j)
		c.trial[j] = min(max(x[j]+scale*d[p], low), high)
	}
	return gain
}

// chords takes steps by the last second derivatives as long as each promises a tenth of
// the one before, and tells whether that has led to the maximum.
func (c *climber) chords(x point, l, last float64) bool {
	if c.damping > 0 {
		return false
	}
	for {
		c.s.gradient(x, c.w, c.g)
		if free := c.s.free(x, c.g); !slices.Equal(free, c.free) {
			return false
		}
		gain := c.step(x)
		if !(gain < last/10) {
			return false
		}
		next := c.s.logLikelihood(c.trial, c.w)
		if gain < nothing {
			if next >= l-1e-9 {
				copy(x, c.trial)
			}
			return true
		}
		if !(next > l) {
			return false
		}
		copy(x, c.trial)
		l, last = next, gain
	}
}

// sameAs tells whether the point y, l below the maximum x with minus second derivatives h,
// lies on its slope: whether it is about as much lower as these say.
func sameAs(x, y point, h []float64, l float64) bool {
	n := len(x)
	sum := 0.0
	for i := range x {
		for j := range x {
			sum += (x[i] - y[i]) * h[i*n+j] * (x[j] - y[j])
		}
	}
	return l >= 0 && sum < 3*l && l < 1.5*sum && l < 5
}
