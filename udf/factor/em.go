package factor

import (
	"math"

	"utvandring/udf/dense"
)

// em is one step of the EM algorithm (expectation/conditional maximisation): given the
// moments of the factors b and λ together, then ψ, then φ. false where the regressors
// left over by the factors are collinear.
func (s *system) em(x point, w *smoother, a, b []float64) bool {
	s.logLikelihood(x, w)
	s.smooth(w)
	moments := w.moments()
	inverse := moments.inverse()
	clear(a)
	clear(b)
	var loads [16]pair
	zf := loads[:0]
	for i, terms := range s.terms {
		n, psi := len(terms), w.psi[i]
		zf = zf[:0]
		for _, z := range terms {
			zf = append(zf, w.with(z.X))
		}
		yf := inverse.of(w.with(s.y[i]))
		for j, z := range terms {
			c := inverse.of(zf[j])
			for l, other := range terms[:n] {
				a[z.Parameter*s.k+other.Parameter] += psi * (s.sum[i][j*n+l] - c[0]*zf[l][0] - c[1]*zf[l][1])
			}
			b[z.Parameter] += psi * (s.cross[i][j] - yf[0]*zf[j][0] - yf[1]*zf[j][1])
		}
	}
	if s.k > 0 {
		if _, ok := dense.Cholesky(a, s.k); !ok {
			return false
		}
		dense.CholeskySolve(a, s.k, b)
		copy(s.b(x), b)
	}
	s.residuals(s.b(x), w.e)
	for i := range s.m {
		own := w.e[i*s.t : (i+1)*s.t]
		ef := w.with(own)
		l := inverse.of(ef)
		for r := range s.r {
			s.loading(x, r)[i] = l[r]
		}
		psi := (dense.Dot(own, own) - l[0]*ef[0] - l[1]*ef[1]) / float64(s.t)
		s.logVariance(x)[i] = math.Log(max(psi, s.floor))
	}
	if s.ar {
		to := s.artanh(x)
		for r := range to {
			to[r] = math.Atanh(phiOf(float64(s.t-1), w, r))
		}
	}
	return true
}

// with is Σ x_t E f_t.
func (w *smoother) with(x []float64) (sum pair) {
	for t, v := range x {
		sum[0] += v * w.f[t][0]
		sum[1] += v * w.f[t][1]
	}
	return sum
}

// phiOf is the root in (−1, 1) of the derivative of the expected likelihood by φ, a cubic
// which is not negative at −1 and not positive at 1.
func phiOf(n float64, w *smoother, r int) float64 {
	now, both, before := w.lagMoments(r)
	low, high := -maxPhi, maxPhi
	for range 60 {
		phi := (low + high) / 2
		if -n*phi*phi*phi+both*phi*phi+(n-now-before)*phi+both > 0 {
			low = phi
		} else {
			high = phi
		}
	}
	return (low + high) / 2
}
