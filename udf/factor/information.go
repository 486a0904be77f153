package factor

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// errors fills in the standard errors.
func (s *system) errors(x point, g []float64, f *Fit) {
	n := len(x)
	w := newSmoother(s)
	h := make([]float64, n*n)
	s.hessian(x, w, h)
	free := make([]int, n)
	for j := range free {
		free[j] = j
	}
	work := make([]float64, n*n)
	m := s.reduced(x, h, free, work)
	_, regular := dense.Cholesky(m, n)
	if !regular { // without what is at a bound
		free = s.free(x, g)
		m = s.reduced(x, h, free, work)
		_, regular = dense.Cholesky(m, len(free))
	}
	nf := len(free)
	v, all := make([]float64, nf*nf), make([]float64, n*n) // all has 0 for what is at a bound
	if regular {
		dense.CholeskyInverse(v, m, nf, make([]float64, nf))
		s.constrain(x, free, v, m)
	} else {
		floats.AddConst(math.NaN(), v)
		floats.AddConst(math.NaN(), all)
	}
	s.band(x, free, v, f)
	for p, i := range free {
		for q, j := range free {
			all[i*n+j] = v[p*nf+q]
		}
	}
	// To the units of the problem: rows of the derivative by the elements of x, of b, λ, φ.
	type part struct {
		at int
		by float64
	}
	var rows [][]part
	for k := range s.k {
		rows = append(rows, []part{{k, 1 / s.length[k]}})
	}
	for i, c := range s.constant {
		if c < 0 {
			continue
		}
		one := s.terms[i][c]
		value := one.X[0] * s.size[i] * s.length[one.Parameter]
		for j, z := range s.terms[i] {
			if j != c {
				rows[one.Parameter] = append(rows[one.Parameter], part{z.Parameter, -s.mean[i][j] / value / s.length[z.Parameter]})
			}
		}
	}
	for r := range s.r {
		for i := range s.m {
			rows = append(rows, []part{{s.k + r*s.m + i, s.size[i]}})
		}
	}
	if s.ar {
		for r, phi := range f.Phi {
			rows = append(rows, []part{{s.k + s.m*(s.r+1) + r, 1 - phi*phi}})
		}
	}
	size := len(rows)
	f.Covariance = make([]float64, size*size)
	for i, row := range rows {
		for j, column := range rows {
			for _, a := range row {
				for _, b := range column {
					f.Covariance[i*size+j] += a.by * b.by * all[a.at*n+b.at]
				}
			}
		}
	}
	root := func(i int) float64 {
		if v := f.Covariance[i*size+i]; v > 0 {
			return math.Sqrt(v)
		}
		return math.NaN()
	}
	for k := range s.k {
		f.BError = append(f.BError, root(k))
	}
	for i := range s.m {
		own := make([]float64, s.r)
		for r := range own {
			if own[r] = root(s.k + r*s.m + i); f.Bounded[i] {
				own[r] = math.NaN()
			}
		}
		f.LoadingError = append(f.LoadingError, own)
	}
	f.PhiError = make([]float64, s.r)
	for r := range f.PhiError {
		if f.PhiError[r] = math.NaN(); s.ar && !f.PhiBounded[r] {
			f.PhiError[r] = root(s.k + s.m*s.r + r)
		}
	}
}

// band adds to the variance of the factors given the parameters that of the parameters,
// by the delta method (Hamilton 1986).
func (s *system) band(x point, free []int, v []float64, f *Fit) {
	nf, rows := len(free), s.t*s.r
	slope := make([]float64, rows*nf) // of the smoothed factors
	w := newSmoother(s)
	const step = 1e-5
	for p, j := range free {
		at := x[j]
		for _, sign := range []float64{1, -1} {
			x[j] = at + sign*step
			s.logLikelihood(x, w)
			s.smooth(w)
			for t, factors := range w.f {
				for r := range s.r {
					slope[(t*s.r+r)*nf+p] += sign * factors[r] / (2 * step)
				}
			}
		}
		x[j] = at
	}
	for t := range s.t {
		own := make([]float64, s.r)
		for r := range own {
			d := slope[(t*s.r+r)*nf : (t*s.r+r+1)*nf]
			sum := f.PathError[t][r] * f.PathError[t][r]
			for p, a := range d {
				sum += a * dense.Dot(v[p*nf:(p+1)*nf], d)
			}
			own[r] = math.Sqrt(sum)
		}
		f.PathTotal = append(f.PathTotal, own)
	}
}
