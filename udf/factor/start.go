package factor

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// starts are the principal components, and a last factor from the residual of each
// equation, beside the maximum with one factor less.
func (s *system) starts(ctx context.Context, p *Problem, o Options) ([]point, error) {
	list := []point{s.start()}
	from := make(point, s.k+s.m) // without a factor
	copy(from, s.pooled)
	left := s.residuals(s.pooled, make([]float64, s.m*s.t))
	if s.r > 1 {
		o.Factors--
		narrow, err := newSystem(p, o)
		if err != nil {
			return nil, err
		}
		if from, _, _, err = narrow.highest(ctx, p, o); err != nil {
			return nil, err
		}
		w := newSmoother(narrow)
		narrow.logLikelihood(from, w)
		narrow.smooth(w)
		copy(left, w.e)
		for i, l := range narrow.loading(from, 0) {
			for t, f := range w.f {
				left[i*s.t+t] -= l * f[0]
			}
		}
	}
	for i := range s.m {
		list = append(list, s.startFrom(from, left, i))
	}
	return list, nil
}

// start is pooled least squares with loadings by the principal components of the
// residuals.
func (s *system) start() point {
	x := make(point, s.elements())
	copy(s.b(x), s.pooled)
	e := s.residuals(s.pooled, make([]float64, s.m*s.t))
	gram := mat.NewSymDense(s.t, nil)
	for i := range s.m {
		gram.SymRankOne(gram, 1/float64(s.t), mat.NewVecDense(s.t, e[i*s.t:(i+1)*s.t]))
	}
	var eigen mat.EigenSym
	var vectors mat.Dense
	if eigen.Factorize(gram, true) {
		eigen.VectorsTo(&vectors)
		for r := range s.r {
			column := mat.Col(nil, s.t-1-r, &vectors)
			for i := range s.m {
				s.loading(x, r)[i] = 0.8 * floats.Dot(column, e[i*s.t:(i+1)*s.t]) / math.Sqrt(float64(s.t))
			}
		}
	}
	s.finishStart(x)
	return x
}

// finishStart gives ψ what the loadings leave, and φ something.
func (s *system) finishStart(x point) {
	for i := range s.m {
		l := s.loads(x, i)
		left := 1 - l[0]*l[0] - l[1]*l[1]
		s.logVariance(x)[i] = math.Log(max(left, 0.2, s.floor))
	}
	if s.ar {
		for r := range s.r {
			s.artanh(x)[r] = math.Atanh(0.3) + 0.2*float64(r)
		}
	}
}

// startFrom is x, a maximum with one factor less or pooled least squares, with a last
// factor that is the residual of equation i.
func (s *system) startFrom(x point, left []float64, i int) point {
	out := s.widened(x)
	own := left[i*s.t : (i+1)*s.t]
	size := math.Sqrt(floats.Dot(own, own) / float64(s.t))
	for j := range s.m {
		l := floats.Dot(left[j*s.t:(j+1)*s.t], own) / float64(s.t) / size
		if j == i {
			l *= 0.9
		}
		s.loading(out, s.r-1)[j] = l
		s.logVariance(out)[j] = math.Log(max(math.Exp(s.logVariance(out)[j])-l*l, 0.1*math.Exp(s.logVariance(out)[j]), s.floor))
	}
	return out
}

// widened is a point of a system with one factor less as one of this.
func (s *system) widened(x point) point {
	out := make(point, s.elements())
	n := s.k + s.m*(s.r-1)
	copy(out, x[:n])
	copy(s.logVariance(out), x[n:n+s.m])
	if s.ar {
		copy(s.artanh(out), x[n+s.m:])
		s.artanh(out)[s.r-1] = math.Atanh(0.3)
	}
	return out
}
