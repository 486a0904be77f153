package bounded

import (
	"math"
	"math/cmplx"

	"gonum.org/v1/gonum/floats"
)

// zero is a solution that is certain: Newton's method from x doubles its digits
// at every step, and no other solution is nearer than 1/(20 gamma) (Smale's
// alpha theory, with gamma bounded by the norm of the equations, for their second
// derivative is their last).
type zero struct {
	x     []complex128
	gamma float64
}

// certify refines x, if it can.
func (h *homotopy) certify(x []complex128) (zero, bool) {
	beta := math.Inf(1)
	for range 6 {
		copy(h.z, x)
		last, ok := h.newton(x, h.z, 1)
		if !ok || !(last < 0.1) {
			return zero{}, false
		}
		h.normalise(x)
		if beta = last; last < 1e-15 {
			break
		}
	}
	if !h.at(x, x, 1) {
		return zero{}, false
	}
	square := 0.0
	for j := range h.d {
		clear(h.y)
		h.y[j] = 1
		complexSolve(h.jacobian, h.d, h.perm, h.y)
		square += math.Pow(length(h.y), 2)
	}
	gamma := math.Sqrt(square) * floats.Norm(h.form, 2) / 2
	return zero{x, gamma}, math.Max(beta, 1e-15)*gamma < 1e-3
}

func (z zero) conjugate() []complex128 {
	y := make([]complex128, len(z.x))
	for i, x := range z.x {
		y[i] = cmplx.Conj(x)
	}
	return y
}

// real reports whether z is its own conjugate, up to a factor.
func (z zero) real(m int) bool { return z.is(z.conjugate(), m) }

// is reports whether y leads to the same solution as z.
func (z zero) is(y []complex128, m int) bool {
	square := 0.0
	for _, part := range [][2]int{{0, m}, {m, len(y)}} {
		p, q := z.x[part[0]:part[1]], y[part[0]:part[1]]
		along := complex128(0)
		for i := range p {
			along += cmplx.Conj(p[i]) * q[i]
		}
		if cmplx.Abs(along) < 0.5 {
			return false
		}
		for i := range p {
			square += math.Pow(cmplx.Abs(q[i]/along-p[i]), 2)
		}
	}
	return math.Sqrt(square)*z.gamma < 0.05
}
