package simulate

import (
	"math"
	"slices"
)

const (
	sweeps    = 2000 // of Gauss-Seidel at each damping
	bisecting = 200
)

// fallback finds the solution of one lane where Newton from the starting values
// does not: one equation by a bracket and bisection, several by damped
// Gauss-Seidel, which needs no derivative and no good start, and Newton from
// where that ends.
func (e *lanewise) fallback() bool {
	start := slices.Clone(e.x)
	if len(e.x) == 1 {
		if !e.bisect(start[0]) {
			return false
		}
		x := e.x[0]
		if ok, _ := e.newton(); !ok {
			e.x[0] = x // bisection ends at rounding anyhow
		}
		return true
	}
	for _, damping := range []float64{1, 0.5, 0.2, 0.05} {
		copy(e.x, start)
		if !e.gaussSeidel(damping) {
			continue
		}
		found := slices.Clone(e.x)
		if ok, _ := e.newton(); !ok {
			copy(e.x, found)
		}
		return true
	}
	return false
}

// gaussSeidel moves every variable towards what its own equation says, one
// after another; false where that does not settle.
func (e *lanewise) gaussSeidel(damping float64) bool {
	for _, i := range e.b.equations {
		if e.w.sys.equations[i].solved == nil {
			return false
		}
	}
	for range sweeps {
		moved := 0.0
		for j, i := range e.b.equations {
			if e.observed[j] {
				continue
			}
			y := e.w.single.Run(e.w.sys.equations[i].solved)[0]
			if y-y != 0 {
				return false
			}
			step := damping * (y - e.x[j])
			moved = max(moved, math.Abs(step)/max(math.Abs(y), 1e-12))
			e.x[j] += step
		}
		if moved < 1e-13 {
			return true
		}
	}
	return false
}

// bisect widens a bracket around the start until the residual changes sign,
// then halves it to rounding. Points where the equation has no value are
// stepped over.
func (e *lanewise) bisect(start float64) bool {
	f := func(x float64) float64 {
		e.x[0] = x
		e.residuals()
		return e.f[0]
	}
	width := max(math.Abs(start)*0.01, 1e-6)
	f0 := f(start)
	a, fa, b, fb := start, f0, start, f0
	for range 120 {
		left, right := start-width, start+width
		switch v := f(left); {
		case fa*v < 0:
			return e.halve(left, v, a, f)
		case !math.IsNaN(v):
			a, fa = left, v
		}
		switch v := f(right); {
		case fb*v < 0:
			return e.halve(b, fb, right, f)
		case !math.IsNaN(v):
			b, fb = right, v
		}
		width *= 1.5
	}
	return false
}

// halve bisects [a, b], f(a) and f(b) of different signs; false at a pole.
func (e *lanewise) halve(a, fa, b float64, f func(float64) float64) bool {
	edge := math.Abs(fa)
	for range bisecting {
		c := a + (b-a)/2
		v := f(c)
		if v == 0 || c == a || c == b {
			return math.Abs(v) <= edge
		}
		if math.IsNaN(v) {
			return false
		}
		if v*fa > 0 {
			a, fa = c, v
		} else {
			b = c
		}
	}
	return math.Abs(f(a)) <= edge
}
