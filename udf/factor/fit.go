package factor

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// Estimate goes to the highest maximum of the likelihood that is reached from several
// starts: the principal components of the residuals, and a factor that is the residual of
// one equation, as it often becomes one. It is an error where the model is not identified
// or its likelihood unbounded (see identify.go), where regressors are collinear, and when
// ctx is cancelled; a maximum that is not reached is said by Fit.Converged.
func Estimate(ctx context.Context, p *Problem, o Options) (*Fit, error) {
	if o.Floor == 0 {
		o.Floor = 0.005
	}
	if o.MaxIterations == 0 {
		o.MaxIterations = 200
	}
	if err := p.identified(o); err != nil {
		return nil, err
	}
	s, err := newSystem(p, o)
	if err != nil {
		return nil, err
	}
	x, iterations, converged, err := s.highest(ctx, p, o)
	if err != nil {
		return nil, err
	}
	s.canonical(x)
	return s.fit(x, iterations, converged), nil
}

// Steps of the EM algorithm: of every start, and of those that are followed.
const (
	screening = 5
	following = 25
)

// highest is the highest maximum from the starts that look best after a few steps.
func (s *system) highest(ctx context.Context, p *Problem, o Options) (best point, iterations int, converged bool, err error) {
	starts, err := s.starts(ctx, p, o)
	if err != nil {
		return nil, 0, false, err
	}
	w := newSmoother(s)
	a, b := make([]float64, s.k*s.k), make([]float64, s.k)
	height := make([]float64, len(starts))
	for i, x := range starts {
		for range screening {
			if !s.em(x, w, a, b) {
				break
			}
		}
		if height[i] = s.logLikelihood(x, w); math.IsNaN(height[i]) {
			height[i] = math.Inf(-1)
		}
	}
	order := make([]int, len(starts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(height[j], height[i]) })
	followed := 2 * s.r
	if s.r > 1 && s.m <= 12 { // small systems have more maxima, and take less time
		followed = 8
	}
	followed = min(len(order), followed)
	if !slices.Contains(order[:followed], 0) { // the principal components always
		order = append([]int{0}, order...)
		followed++
	}
	top := math.Inf(-1)
	c := s.newClimber()
	var curve []float64 // the second derivatives at best
	for n, i := range order[:followed] {
		x := starts[i]
		for range following {
			if !s.em(x, w, a, b) {
				break
			}
		}
		s.canonical(x)
		if n > 0 && converged && sameAs(best, x, curve, top-s.logLikelihood(x, w)) {
			continue
		}
		steps, ok, err := c.climb(ctx, x, o.MaxIterations)
		if err != nil {
			return nil, 0, false, err
		}
		s.canonical(x)
		if l := s.logLikelihood(x, w); best == nil || l > top+1e-9 && (ok || !converged) || ok && !converged {
			best, top, iterations, converged, curve = x, l, steps, ok, slices.Clone(c.h)
		}
	}
	return best, iterations, converged, nil
}

// fit writes a point down in the units of the problem.
func (s *system) fit(x point, iterations int, converged bool) *Fit {
	w := newSmoother(s)
	g := make([]float64, len(x))
	f := &Fit{Iterations: iterations, Converged: converged}
	f.LogLikelihood = s.gradient(x, w, g) - s.logSize
	f.B = s.original(s.b(x))
	for i := range s.m {
		own := make([]float64, s.r)
		for r := range own {
			own[r] = s.loading(x, r)[i] * s.size[i]
		}
		f.Loading = append(f.Loading, own)
		f.Variance = append(f.Variance, math.Exp(s.logVariance(x)[i])*s.size[i]*s.size[i])
		f.Bounded = append(f.Bounded, s.atBound(x, g, s.k+s.m*s.r+i))
	}
	f.Parameters = s.k + s.m*(s.r+1)
	f.Phi, f.PhiBounded = make([]float64, s.r), make([]bool, s.r)
	if s.ar {
		f.Parameters += s.r
		for r := range s.r {
			f.Phi[r] = math.Tanh(s.artanh(x)[r])
			f.PhiBounded[r] = s.atBound(x, g, s.k+s.m*(s.r+1)+r)
		}
	} else {
		f.Parameters -= s.r * (s.r - 1) / 2
	}
	for t := range s.t {
		path, err := make([]float64, s.r), make([]float64, s.r)
		for r := range path {
			path[r], err[r] = w.f[t][r], math.Sqrt(w.v[t][3*r])
		}
		f.Path, f.PathError = append(f.Path, path), append(f.PathError, err)
	}
	for r := range s.r {
		for q := range s.r {
			f.Last = append(f.Last, w.v[s.t-1][2*r+q])
		}
	}
	s.errors(x, g, f)
	return f
}

// BIC of a fit over T periods.
func (f *Fit) BIC(periods int) float64 {
	return -2*f.LogLikelihood + float64(f.Parameters)*math.Log(float64(periods))
}

// Heywood names the equations whose variance is at its bound.
func (f *Fit) Heywood(names []string) (list []string) {
	for i, at := range f.Bounded {
		if at {
			list = append(list, names[i])
		}
	}
	return list
}
