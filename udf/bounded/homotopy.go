package bounded

import (
	"context"
	"math"
	"math/cmplx"
	"math/rand/v2"
)

// homotopy follows the solutions of (1−τ)γ (α_t·c)(β_t·σ) + τ Σ form_tak c_a σ_k
// = 0 from τ = 0, where they are known (m−1 of the first factors vanish and the
// other second ones), to τ = 1. With random complex γ, α and β the paths do not
// meet before the end, and every isolated solution is the end of one (Sommese
// and Wampler 2005, multihomogeneous homotopies).
//
// A point is c and then σ, each of length 1; steps are at right angles to both,
// so that a path to infinity is as short as any.
type homotopy struct {
	*bilinear
	d           int          // m + k
	alpha, beta []complex128 // n×m, n×k; γ in alpha
	f, rate     []complex128 // the equations and their derivative by τ
	jacobian    []complex128 // d×d, then its factors
	perm        []int
	slope       [4][]complex128
	y, z        []complex128
	accuracy    float64 // that a prediction should have
}

func newHomotopy(b *bilinear, rng *rand.Rand, accuracy float64) *homotopy {
	h := &homotopy{bilinear: b, d: b.m + b.k, accuracy: accuracy}
	h.alpha, h.beta = make([]complex128, b.n*b.m), make([]complex128, b.n*b.k)
	size := 1 / math.Sqrt(float64(b.n)) // as form
	for t := range b.n {
		randomUnit(rng, h.alpha[t*b.m:(t+1)*b.m], size)
		randomUnit(rng, h.beta[t*b.k:(t+1)*b.k], 1)
	}
	h.f, h.rate = make([]complex128, h.d), make([]complex128, h.d)
	h.jacobian, h.perm = make([]complex128, h.d*h.d), make([]int, h.d)
	for i := range h.slope {
		h.slope[i] = make([]complex128, h.d)
	}
	h.y, h.z = make([]complex128, h.d), make([]complex128, h.d)
	return h
}

// normalise makes c and σ of length 1.
func (h *homotopy) normalise(x []complex128) {
	scale(x[:h.m], 1/length(x[:h.m]))
	scale(x[h.m:], 1/length(x[h.m:]))
}

// at computes the equations at x, their derivatives, and the factors of the
// Jacobian; its last two rows keep steps at right angles to frame.
func (h *homotopy) at(x, frame []complex128, tau float64) bool {
	c, sigma := x[:h.m], x[h.m:]
	for t := range h.n {
		row := h.jacobian[t*h.d : (t+1)*h.d]
		clear(row)
		byC, byS := row[:h.m], row[h.m:]
		f := complex128(0)
		for a, ca := range c {
			form := h.form[(t*h.m+a)*h.k : (t*h.m+a+1)*h.k]
			re, im, cr, ci := 0.0, 0.0, real(ca), imag(ca)
			for k, w := range form {
				s := sigma[k]
				re += w * real(s)
				im += w * imag(s)
				byS[k] += complex(w*cr, w*ci)
			}
			byC[a] = complex(re, im)
			f += ca * byC[a]
		}
		h.f[t], h.rate[t] = f, f
		if tau == 1 {
			continue
		}
		alpha, beta := h.alpha[t*h.m:(t+1)*h.m], h.beta[t*h.k:(t+1)*h.k]
		p, q := inner(alpha, c), inner(beta, sigma)
		h.rate[t] = f - p*q
		on, off := complex(tau, 0), complex(1-tau, 0)
		h.f[t] = on*f + off*p*q
		for a := range byC {
			byC[a] = on*byC[a] + off*q*alpha[a]
		}
		for k := range byS {
			byS[k] = on*byS[k] + off*p*beta[k]
		}
	}
	last := h.jacobian[h.n*h.d:]
	clear(last)
	for i, z := range frame {
		at := i
		if i >= h.m {
			at += h.d
		}
		last[at] = cmplx.Conj(z)
	}
	return complexLU(h.jacobian, h.d, h.perm)
}

// newton moves x towards a solution and gives the length of the step.
func (h *homotopy) newton(x, frame []complex128, tau float64) (float64, bool) {
	if !h.at(x, frame, tau) {
		return 0, false
	}
	h.divide(h.f)
	for i, z := range h.f {
		x[i] -= z
	}
	return length(h.f), true
}

// tangent of the path at x.
func (h *homotopy) tangent(x, frame []complex128, tau float64, to []complex128) bool {
	if !h.at(x, frame, tau) {
		return false
	}
	h.divide(h.rate)
	for i, z := range h.rate {
		to[i] = -z
	}
	return true
}

// divide solves for the step that the Jacobian, as at has factored it, makes right of.
func (h *homotopy) divide(right []complex128) {
	right[h.n], right[h.n+1] = 0, 0
	complexSolve(h.jacobian, h.d, h.perm, right)
}

// infinite is the share of σ_0 in σ below which the others count as infinite.
const infinite = 1e-8

// follow takes x from τ = 0 to 1: a step by Runge and Kutta, then Newton's
// method. False where the path is lost or its parameters become infinite.
func (h *homotopy) follow(ctx context.Context, x []complex128) bool {
	step, tau := 0.05, 0.0
	for n := 0; tau < 1; n++ { // a hundred steps are many
		if n == 10_000 || step < 1e-8 || cmplx.Abs(x[h.m]) < infinite || ctx.Err() != nil {
			return false
		}
		next := math.Min(tau+step, 1)
		off, ok := h.step(x, tau, next)
		if !ok {
			step /= 4
			continue
		}
		copy(x, h.y)
		h.normalise(x)
		tau = next
		step *= math.Min(math.Max(0.8*math.Pow(h.accuracy/off, 0.2), 0.3), 3)
	}
	return true
}

// step leaves in y the point at next, and says how far off the prediction was.
func (h *homotopy) step(x []complex128, tau, next float64) (off float64, ok bool) {
	width := next - tau
	for i, share := range [4]float64{0, 0.5, 0.5, 1} {
		copy(h.z, x)
		if i > 0 {
			for j, s := range h.slope[i-1] {
				h.z[j] += complex(share*width, 0) * s
			}
		}
		if !h.tangent(h.z, x, tau+share*width, h.slope[i]) {
			return 0, false
		}
	}
	for j, z := range x {
		h.y[j] = z + complex(width/6, 0)*(h.slope[0][j]+2*h.slope[1][j]+2*h.slope[2][j]+h.slope[3][j])
	}
	for i := range 3 {
		last, ok := h.newton(h.y, x, next)
		if i == 0 {
			off = last
		}
		switch {
		case !ok || !(off < 10*h.accuracy):
			return 0, false
		case last < 1e-7:
			return math.Max(off, 1e-12), true
		}
	}
	return 0, false
}

// begin gives the solution at τ = 0 where the first factors of the equations in
// first vanish.
func (h *homotopy) begin(first []bool, rng *rand.Rand) []complex128 {
	x := make([]complex128, h.d)
	null := func(size int, factors []complex128, take bool, x []complex128) {
		a := h.jacobian[:0]
		for t, is := range first {
			if is == take {
				a = append(a, factors[t*size:(t+1)*size]...)
			}
		}
		a = a[:size*size]
		randomUnit(rng, a[(size-1)*size:], 1)
		clear(x)
		x[size-1] = 1
		if complexLU(a, size, h.perm[:size]) {
			complexSolve(a, size, h.perm[:size], x)
		}
	}
	null(h.m, h.alpha, true, x[:h.m])
	null(h.k, h.beta, false, x[h.m:])
	h.normalise(x)
	return x
}
