package factor

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// system is a problem in units of its own: every equation divided by the standard
// deviation of its residuals in pooled least squares, regressors less their means where
// the equation has a constant of its own, parameters multiplied by the length of their
// regressors. So all that is estimated is of the order of 1.
type system struct {
	m, t, k, r int
	ar         bool
	y          [][]float64
	terms      [][]Term
	floor      float64     // of ψ
	sum        [][]float64 // Z_i'Z_i, of each equation's terms
	cross      [][]float64 // Z_i'y_i

	size     []float64 // residual standard deviations
	length   []float64 // of parameters
	constant []int     // the own constant of an equation among its terms, or −1
	mean     [][]float64
	level    []float64 // mean of the left sides
	pooled   []float64 // least squares, in units of the system
	logSize  float64   // what the log-likelihood loses by the division
}

var errCollinear = errors.New("the regressors are collinear, or nearly so (leave one out)")

func newSystem(p *Problem, o Options) (*system, error) {
	m, t := len(p.Left), len(p.Left[0])
	s := &system{m: m, t: t, k: p.Parameters, r: o.Factors, ar: o.AR, floor: o.Floor}
	uses := make([]int, s.k)
	for _, terms := range p.Equations {
		for _, x := range terms {
			uses[x.Parameter]++
		}
	}
	for i, terms := range p.Equations {
		constant, level := -1, 0.0
		for j, x := range terms {
			if uses[x.Parameter] == 1 && x.X[0] != 0 && floats.Max(x.X) == floats.Min(x.X) {
				constant, level = j, dense.Mean(p.Left[i])
			}
		}
		y, means := shifted(p.Left[i], level), make([]float64, len(terms))
		own := make([]Term, len(terms))
		for j, x := range terms {
			if constant >= 0 && j != constant {
				means[j] = dense.Mean(x.X)
			}
			own[j] = Term{x.Parameter, shifted(x.X, means[j])}
		}
		s.y, s.terms = append(s.y, y), append(s.terms, own)
		s.constant, s.level, s.mean = append(s.constant, constant), append(s.level, level), append(s.mean, means)
	}
	s.length = make([]float64, s.k)
	s.measure()
	s.products()
	var err error
	if s.pooled, err = s.leastSquares(); err != nil {
		return nil, err
	}
	s.divide()
	s.measure()
	s.products()
	return s, nil
}

func shifted(x []float64, by float64) []float64 {
	out := make([]float64, len(x))
	for t, v := range x {
		out[t] = v - by
	}
	return out
}

// measure gives the parameters regressors of length √T.
func (s *system) measure() {
	square := make([]float64, s.k)
	n := make([]float64, s.k)
	for _, terms := range s.terms {
		for _, x := range terms {
			square[x.Parameter] += floats.Dot(x.X, x.X)
			n[x.Parameter] += float64(s.t)
		}
	}
	for k := range square {
		by := math.Sqrt(square[k] / n[k])
		if !(by > 0) {
			by = 1
		}
		square[k] = by
		if s.length[k] == 0 {
			s.length[k] = 1
		}
		s.length[k] *= by
		if s.pooled != nil {
			s.pooled[k] *= by
		}
	}
	for _, terms := range s.terms {
		for _, x := range terms {
			floats.Scale(1/square[x.Parameter], x.X)
		}
	}
}

// divide gives the residuals of pooled least squares variance 1.
func (s *system) divide() {
	e := s.residuals(s.pooled, make([]float64, s.m*s.t))
	for i := range s.m {
		own := e[i*s.t : (i+1)*s.t]
		size := math.Sqrt(floats.Dot(own, own) / float64(s.t))
		s.size = append(s.size, size)
		s.logSize += float64(s.t) * math.Log(size)
		floats.Scale(1/size, s.y[i])
		for _, x := range s.terms[i] {
			floats.Scale(1/size, x.X)
		}
	}
}

func (s *system) products() {
	s.sum, s.cross = nil, nil
	for i, terms := range s.terms {
		n := len(terms)
		a, c := make([]float64, n*n), make([]float64, n)
		for j, x := range terms {
			c[j] = floats.Dot(x.X, s.y[i])
			for l, z := range terms[:j+1] {
				a[j*n+l] = floats.Dot(x.X, z.X)
				a[l*n+j] = a[j*n+l]
			}
		}
		s.sum, s.cross = append(s.sum, a), append(s.cross, c)
	}
}

// residuals of b, equation after equation.
func (s *system) residuals(b, e []float64) []float64 {
	for i, terms := range s.terms {
		own := e[i*s.t : (i+1)*s.t]
		copy(own, s.y[i])
		for _, x := range terms {
			floats.AddScaled(own, -b[x.Parameter], x.X)
		}
	}
	return e
}

// leastSquares is pooled, repeated on its residuals for the digits.
func (s *system) leastSquares() ([]float64, error) {
	a := make([]float64, s.k*s.k)
	for i, terms := range s.terms {
		for j, x := range terms {
			for l, z := range terms {
				a[x.Parameter*s.k+z.Parameter] += s.sum[i][j*len(terms)+l]
			}
		}
	}
	if weakest, ok := dense.Cholesky(a, s.k); !ok || weakest < 1e-12 {
		return nil, errCollinear
	}
	b, e, g := make([]float64, s.k), make([]float64, s.m*s.t), make([]float64, s.k)
	for range 3 {
		s.residuals(b, e)
		clear(g)
		for i, terms := range s.terms {
			for _, x := range terms {
				g[x.Parameter] += floats.Dot(x.X, e[i*s.t:(i+1)*s.t])
			}
		}
		dense.CholeskySolve(a, s.k, g)
		floats.Add(b, g)
	}
	return b, nil
}

// original turns b into the units of the problem.
func (s *system) original(b []float64) []float64 {
	out := make([]float64, s.k)
	for k := range out {
		out[k] = b[k] / s.length[k]
	}
	for i, c := range s.constant {
		if c < 0 {
			continue
		}
		one := s.terms[i][c]
		value := one.X[0] * s.size[i] * s.length[one.Parameter] // of the constant
		sum := s.level[i]
		for j, x := range s.terms[i] {
			sum -= s.mean[i][j] * out[x.Parameter]
		}
		out[one.Parameter] += sum / value
	}
	return out
}
