package factor

import (
	"math"

	"utvandring/udf/dense"
)

// square is a 2×2 matrix by rows. With one factor the second is white noise that
// nothing depends on, which changes no number.
type square [4]float64

var one = square{1, 0, 0, 1}

func (a square) times(b square) square {
	return square{a[0]*b[0] + a[1]*b[2], a[0]*b[1] + a[1]*b[3], a[2]*b[0] + a[3]*b[2], a[2]*b[1] + a[3]*b[3]}
}

func (a square) transposed() square { return square{a[0], a[2], a[1], a[3]} }

func (a square) determinant() float64 { return a[0]*a[3] - a[1]*a[2] }

func (a square) inverse() square {
	d := 1 / a.determinant()
	return square{a[3] * d, -a[1] * d, -a[2] * d, a[0] * d}
}

func (a square) plus(b square) square {
	return square{a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]}
}

func (a square) minus(b square) square {
	return square{a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3]}
}

func (a square) symmetric() square {
	c := (a[1] + a[2]) / 2
	return square{a[0], c, c, a[3]}
}

type pair [2]float64

func (a square) of(x pair) pair { return pair{a[0]*x[0] + a[1]*x[1], a[2]*x[0] + a[3]*x[1]} }

// point is a value of all parameters, in units of the system, with the logarithm of ψ
// and the inverse hyperbolic tangent of φ: b, λ factor after factor, ln ψ, artanh φ.
type point []float64

func (s *system) elements() int { // of a point
	n := s.k + s.m*s.r + s.m
	if s.ar {
		n += s.r
	}
	return n
}

func (s *system) b(x point) []float64 { return x[:s.k] }

func (s *system) loading(x point, factor int) []float64 {
	return x[s.k+factor*s.m : s.k+(factor+1)*s.m]
}

// loads are the loadings of an equation; that of a factor that is not there is 0.
func (s *system) loads(x point, equation int) (l pair) {
	for r := range s.r {
		l[r] = s.loading(x, r)[equation]
	}
	return l
}

func (s *system) logVariance(x point) []float64 { return x[s.k+s.r*s.m : s.k+s.r*s.m+s.m] }

func (s *system) artanh(x point) []float64 { return x[s.k+s.r*s.m+s.m:] }

// smoother is the work space of one evaluation, and what it gives.
type smoother struct {
	e            []float64 // residuals, equation after equation
	psi          []float64 // Ψ⁻¹
	phi          pair
	u            []pair // Λ'Ψ⁻¹e
	a, ahead     []pair // filtered and predicted factors
	p, predicted []square
	f            []pair   // smoothed
	back         []square // what takes what is learnt of t+1 to t
	v            []square // their covariances
	lagged       []square // Cov(f_t, f_t−1 | all)
}

func newSmoother(s *system) *smoother {
	w := &smoother{e: make([]float64, s.m*s.t), psi: make([]float64, s.m)}
	for _, x := range []*[]pair{&w.u, &w.a, &w.ahead, &w.f} {
		*x = make([]pair, s.t)
	}
	for _, x := range []*[]square{&w.p, &w.predicted, &w.v, &w.lagged, &w.back} {
		*x = make([]square, s.t)
	}
	return w
}

// filter gives the log-likelihood at x of the residuals in w.e, in units of the system,
// and leaves the filtered factors.
func (s *system) filter(x point, w *smoother) float64 {
	sum := 0.0
	for i, v := range s.logVariance(x) {
		w.psi[i] = math.Exp(-v)
		sum += v
	}
	w.phi = pair{}
	if s.ar {
		for r, v := range s.artanh(x) {
			w.phi[r] = math.Tanh(v)
		}
	}
	var inner square // Λ'Ψ⁻¹Λ
	clear(w.u)
	squares := 0.0
	for i := range s.m {
		own := w.e[i*s.t : (i+1)*s.t]
		squares += w.psi[i] * dense.Dot(own, own)
		l := s.loads(x, i)
		a, b := l[0]*w.psi[i], l[1]*w.psi[i]
		inner = inner.plus(square{l[0] * a, l[0] * b, l[0] * b, l[1] * b})
		if s.r == 1 {
			for t, e := range own {
				w.u[t][0] += a * e
			}
			continue
		}
		for t, e := range own {
			w.u[t][0] += a * e
			w.u[t][1] += b * e
		}
	}
	logLikelihood := -0.5 * (float64(s.t)*(float64(s.m)*math.Log(2*math.Pi)+sum) + squares)
	phi, noise := w.phi, pair{1 - w.phi[0]*w.phi[0], 1 - w.phi[1]*w.phi[1]}
	var a pair
	p := one
	determinant := 1.0
	for t := range s.t {
		if t > 0 {
			a = pair{phi[0] * a[0], phi[1] * a[1]}
			p = square{phi[0]*phi[0]*p[0] + noise[0], phi[0] * phi[1] * p[1], phi[0] * phi[1] * p[2], phi[1]*phi[1]*p[3] + noise[1]}
		}
		w.ahead[t], w.predicted[t] = a, p
		g := one.plus(p.times(inner))
		p = g.inverse().times(p).symmetric()
		la := inner.of(a)
		u := pair{w.u[t][0] - la[0], w.u[t][1] - la[1]}
		pu := p.of(u)
		if determinant *= g.determinant(); determinant > 1e200 {
			logLikelihood -= 0.5 * math.Log(determinant)
			determinant = 1
		}
		logLikelihood += a[0]*w.u[t][0] + a[1]*w.u[t][1] - 0.5*(a[0]*la[0]+a[1]*la[1]) + 0.5*(u[0]*pu[0]+u[1]*pu[1])
		a = pair{a[0] + pu[0], a[1] + pu[1]}
		w.a[t], w.p[t] = a, p
	}
	return logLikelihood - 0.5*math.Log(determinant)
}

// smooth goes back from the filtered factors to those given all data.
func (s *system) smooth(w *smoother) {
	last := s.t - 1
	w.f[last], w.v[last] = w.a[last], w.p[last]
	for t := last - 1; t >= 0; t-- {
		j := w.p[t].times(square{w.phi[0], 0, 0, w.phi[1]}).times(w.predicted[t+1].inverse())
		w.back[t] = j
		d := j.of(pair{w.f[t+1][0] - w.ahead[t+1][0], w.f[t+1][1] - w.ahead[t+1][1]})
		w.f[t] = pair{w.a[t][0] + d[0], w.a[t][1] + d[1]}
		w.v[t] = w.p[t].plus(j.times(w.v[t+1].minus(w.predicted[t+1])).times(j.transposed())).symmetric()
		w.lagged[t+1] = w.v[t+1].times(j.transposed())
	}
}

// means smooths other observations with the covariances that w has: u is Λ'Ψ⁻¹ times
// them, inner Λ'Ψ⁻¹Λ.
func (w *smoother) means(inner square, u, f []pair) {
	var a pair
	for t := range u {
		if t > 0 {
			a = pair{w.phi[0] * a[0], w.phi[1] * a[1]}
		}
		w.ahead[t] = a
		la := inner.of(a)
		pu := w.p[t].of(pair{u[t][0] - la[0], u[t][1] - la[1]})
		a = pair{a[0] + pu[0], a[1] + pu[1]}
		f[t] = a
	}
	for t := len(u) - 2; t >= 0; t-- {
		d := w.back[t].of(pair{f[t+1][0] - w.ahead[t+1][0], f[t+1][1] - w.ahead[t+1][1]})
		f[t] = pair{f[t][0] + d[0], f[t][1] + d[1]}
	}
}

// logLikelihood at x.
func (s *system) logLikelihood(x point, w *smoother) float64 {
	s.residuals(s.b(x), w.e)
	return s.filter(x, w)
}

// moments are Σ E f_t f_t', and of a factor Σ_{t≥2} E f_t², E f_t f_t−1, E f_t−1².
func (w *smoother) moments() square {
	var sum square
	for t, f := range w.f {
		sum = sum.plus(w.v[t]).plus(square{f[0] * f[0], f[0] * f[1], f[0] * f[1], f[1] * f[1]})
	}
	return sum
}

func (w *smoother) lagMoments(r int) (now, both, before float64) {
	at := r * 3 // of the diagonal
	for t := 1; t < len(w.f); t++ {
		now += w.f[t][r]*w.f[t][r] + w.v[t][at]
		both += w.f[t][r]*w.f[t-1][r] + w.lagged[t][at]
		before += w.f[t-1][r]*w.f[t-1][r] + w.v[t-1][at]
	}
	return now, both, before
}

// gradient of the log-likelihood at x, by Fisher's identity: that of the expected
// likelihood of data and factors, given the data.
func (s *system) gradient(x point, w *smoother, g []float64) float64 {
	s.residuals(s.b(x), w.e)
	return s.slope(x, w, g)
}

// slope is gradient where w has the residuals already; it changes them.
func (s *system) slope(x point, w *smoother, g []float64) float64 {
	l := s.filter(x, w)
	s.smooth(w)
	var v square
	for _, c := range w.v {
		v = v.plus(c)
	}
	clear(s.b(g))
	for i := range s.m {
		own, psi := w.e[i*s.t:(i+1)*s.t], w.psi[i]
		lam := s.loads(x, i)
		var cross pair
		squares := 0.0
		for t := range own {
			f := w.f[t]
			e := own[t] - lam[0]*f[0] - lam[1]*f[1]
			own[t] = e
			cross[0] += e * f[0]
			cross[1] += e * f[1]
			squares += e * e
		}
		lv := v.of(lam)
		for r := range s.r {
			s.loading(g, r)[i] = (cross[r] - lv[r]) * psi
		}
		squares += lam[0]*lv[0] + lam[1]*lv[1]
		s.logVariance(g)[i] = 0.5 * (squares*psi - float64(s.t))
		for _, z := range s.terms[i] {
			g[z.Parameter] += psi * dense.Dot(own, z.X)
		}
	}
	if s.ar {
		for r := range s.artanh(x) {
			phi, n := w.phi[r], float64(s.t-1)
			noise := 1 - phi*phi
			now, both, before := w.lagMoments(r)
			s.artanh(g)[r] = n*phi + both - phi*before - phi*(now-2*phi*both+phi*phi*before)/noise
		}
	}
	return l
}
