package factor

import "utvandring/udf/dense"

// hessian writes minus the second derivatives of the log-likelihood at x to h, n×n. By b
// they are Z'Ω⁻¹Z, Ω the covariance of all observations, which the smoother gives; by the
// rest the gradient is differentiated numerically.
func (s *system) hessian(x point, w *smoother, h []float64) {
	n := len(x)
	up, down := make([]float64, n), make([]float64, n)
	const step = 1e-5
	e := s.residuals(s.b(x), make([]float64, s.m*s.t))
	for j := s.k; j < n; j++ {
		at := x[j]
		x[j] = at + step
		copy(w.e, e)
		s.slope(x, w, up)
		x[j] = at - step
		copy(w.e, e)
		s.slope(x, w, down)
		x[j] = at
		for i := range n {
			h[i*n+j] = (down[i] - up[i]) / (2 * step)
		}
	}
	for i := s.k; i < n; i++ {
		for j := s.k; j < i; j++ {
			c := (h[i*n+j] + h[j*n+i]) / 2
			h[i*n+j], h[j*n+i] = c, c
		}
		for j := range s.k {
			h[i*n+j] = h[j*n+i]
		}
	}
	copy(w.e, e)
	s.filter(x, w)
	s.smooth(w)
	s.coefficients(x, w, h)
}

// coefficients writes Z'Ω⁻¹Z = Σ_i Z_i'Z_i/ψ_i − Σ_t (ΛΨ⁻¹Z)_t' (its smoothed factors)_t.
func (s *system) coefficients(x point, w *smoother, h []float64) {
	n := len(x)
	for k := range s.k {
		clear(h[k*n : k*n+s.k])
	}
	width := 2 * s.t
	u, f := make([]float64, s.k*width), make([]float64, s.k*width)
	var inner square
	for i, terms := range s.terms {
		l := s.loads(x, i)
		inner = inner.plus(square{l[0] * l[0] * w.psi[i], l[0] * l[1] * w.psi[i], l[0] * l[1] * w.psi[i], l[1] * l[1] * w.psi[i]})
		for j, z := range terms {
			own := u[z.Parameter*width : (z.Parameter+1)*width]
			for t, v := range z.X {
				own[2*t] += l[0] * w.psi[i] * v
				own[2*t+1] += l[1] * w.psi[i] * v
			}
			for q, other := range terms {
				h[z.Parameter*n+other.Parameter] += w.psi[i] * s.sum[i][j*len(terms)+q]
			}
		}
	}
	in, out := make([]pair, s.t), make([]pair, s.t)
	for k := range s.k {
		for t := range in {
			in[t] = pair{u[k*width+2*t], u[k*width+2*t+1]}
		}
		w.means(inner, in, out)
		for t, v := range out {
			f[k*width+2*t], f[k*width+2*t+1] = v[0], v[1]
		}
	}
	for k := range s.k {
		for l := range k + 1 {
			c := h[k*n+l] - dense.Dot(u[k*width:(k+1)*width], f[l*width:(l+1)*width])
			h[k*n+l], h[l*n+k] = c, c
		}
	}
}
