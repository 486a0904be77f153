package sur

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/dense"
)

// sandwich is the kind of covariances of the estimates that allow for
// heteroskedasticity of unknown form, and with lags for autocorrelation. The years
// are its units: residuals of different equations in a year may be correlated in any
// way. With Z̃_t = CZ_t and ẽ_t = Ce_t, C'C = W, what the estimates weight a year with
// (I after least squares), A = Σ_t Z̃_t'Z̃_t, H_t = Z̃_t A⁻¹ Z̃_t' and the scores
//
//	s_t = Z̃_t'G_t ẽ_t,  G_t = I, (I − H_t)^(−1/2) or (I − H_t)⁻¹
//
// it is factor × A⁻¹ (Γ_0 + Σ_{l=1}^{L} (1 − l/(L+1)) (Γ_l + Γ_l')) A⁻¹ with
// Γ_l = Σ_t s_t s_t−l'. For one equation these are White's (1980), MacKinnon and
// White's (1985) HC0 to HC3 and Newey and West's (1987); for systems Bell and
// McCaffrey's (2002), with years as clusters, and Driscoll and Kraay's (1998).
type sandwich string

// factor is for few years.
func (s sandwich) factor(f *Fit) float64 {
	v := f.solver
	switch n := float64(v.t * v.m); s {
	case "hc1":
		return n / (n - float64(v.k))
	case "robust":
		return float64(v.t) / (float64(v.t-f.system.options.spareEquations(v.m)) - v.meanCoefficients())
	}
	return 1
}

func (sandwich) distribution() string { return "t" }

// spareEquations is how many residuals of other equations the estimates of one look
// at: see smallSample.
func (o *Options) spareEquations(equations int) int {
	if o.Method == "ols" {
		return 0
	}
	return equations - 1
}

// freedom is T − k̄: the years are the independent observations.
func (sandwich) freedom(f *Fit, _ int) float64 {
	return float64(f.solver.t) - f.solver.meanCoefficients()
}

// check refuses lags that no two years of the sample are apart, and samples without
// a degree of freedom.
func (k sandwich) check(s *system, v *solver) error {
	if b := s.options.Bandwidth; b != nil && *b >= int64(s.n) {
		return fmt.Errorf("bandwidth must be at most %d, as the sample has %s (%s), and is %d", s.n-1, count(s.n, s.panel.Unit()), s.period(), *b)
	}
	mean, spare := v.meanCoefficients(), 0
	if k == "robust" {
		spare = s.options.spareEquations(v.m)
	}
	if (s.options.Distribution == "t" || spare > 0) && !(float64(v.t-spare)-mean > 0) {
		with := ""
		if spare > 0 {
			with = fmt.Sprintf(" and other equations (%d) together", spare)
		}
		return fmt.Errorf("std_errors '%s' needs more %s (%d, %s) than coefficients (%.4g in an equation, on average)%s", k, s.panel.Units(), v.t, s.period(), mean, with)
	}
	return nil
}

// bandwidth is the number of lags of hac.
func (f *Fit) bandwidth() int {
	if b := f.system.options.Bandwidth; b != nil {
		return int(*b)
	}
	return int(4 * math.Pow(float64(f.system.n)/100, 2.0/9))
}

// of takes the scores as S's_t, A⁻¹ = SS', so that what is between has the size of 1.
func (s sandwich) of(f *Fit) []float64 {
	v, n, k := f.solver, f.system.n, f.K
	half, regressors, residuals := f.whitened()
	scores := dense.NewColumns(k, n) // a column per year
	var lost []float64               // directions of parameters that only years left out determine
	p, e := mat.NewDense(v.m, k, nil), mat.NewVecDense(v.m, nil)
	f.LeftOut = nil
	power := map[sandwich]float64{"hc2": 0.5, "hc3": 1, "robust": 1}[s] // G_t = (I − H_t)^−power
	for t := range n {
		for i := range v.m {
			e.SetVec(i, residuals.Col(i)[t])
			for j := range k {
				p.Set(i, j, regressors[j].Col(i)[t])
			}
		}
		if power > 0 && !reweigh(e, p, power, &lost) {
			f.LeftOut = append(f.LeftOut, f.Years[t])
			continue
		}
		mat.NewVecDense(k, scores.Col(t)).MulVec(p.T(), e)
	}
	meat := make([]float64, k*k)
	bandwidth := 0
	if s == "hac" {
		bandwidth = f.bandwidth()
	}
	for lag := 0; lag <= bandwidth; lag++ {
		weight := 1 - float64(lag)/float64(bandwidth+1)
		for t := range n {
			earlier := f.earlier(t, lag)
			if earlier < 0 {
				continue
			}
			now, then := scores.Col(t), scores.Col(earlier)
			for a, x := range now {
				floats.AddScaled(meat[a*k:(a+1)*k], weight*x, then)
				if lag > 0 {
					floats.AddScaled(meat[a*k:(a+1)*k], weight*then[a], now)
				}
			}
		}
	}
	out := around(half, meat, k)
	floats.Scale(s.factor(f), out)
	undetermined(out, half, lost, k)
	return out
}

// whitened gives S, row by parameter, and Z̃_t S as a matrix of years and equations for
// each column of S, and the ẽ_t.
func (f *Fit) whitened() (half []float64, regressors []dense.Columns, residuals dense.Columns) {
	s, v := f.system, f.solver
	least := s.options.Method == "ols"
	if least {
		half = v.pooledHalf()
	} else {
		half = v.half()
	}
	regressors = make([]dense.Columns, f.K)
	for j := range regressors {
		regressors[j] = dense.NewColumns(s.n, v.m)
		for i, e := range s.equations {
			for c, p := range e.parameter {
				if x := half[p*f.K+j]; x != 0 {
					floats.AddScaled(regressors[j].Col(i), x, s.data[e.column[c]])
				}
			}
		}
		if !least {
			v.decorrelate(regressors[j])
		}
	}
	residuals = dense.ColumnsOf(s.n, f.Residuals)
	if !least {
		v.decorrelate(residuals)
	}
	return half, regressors, residuals
}

// reweigh multiplies e by (I − PP')^−power, PP' = H_t. Where that is singular the
// equations have parameters that nothing but this year determines, as one with a dummy
// of its own: false, and their directions, orthonormal, are added to lost.
func reweigh(e *mat.VecDense, p *mat.Dense, power float64, lost *[]float64) bool {
	m, k := p.Dims()
	h := mat.NewSymDense(m, nil)
	for i := range m {
		for j := range i + 1 {
			x := -mat.Dot(p.RowView(i), p.RowView(j))
			if i == j {
				x++
			}
			h.SetSym(i, j, x)
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(h, true) {
		return false
	}
	var u mat.Dense
	eigen.VectorsTo(&u)
	whole := true
	values := eigen.Values(nil)
	for i, value := range values {
		if value < singularLeverage {
			whole = false
			direction := mat.NewVecDense(k, nil)
			direction.MulVec(p.T(), u.ColView(i))
			*lost = append(*lost, direction.RawVector().Data...)
		}
	}
	if !whole {
		return false
	}
	var x mat.VecDense
	x.MulVec(u.T(), e)
	for i, value := range values {
		x.SetVec(i, x.AtVec(i)*math.Pow(value, -power))
	}
	e.MulVec(&u, &x)
	return true
}

// singularLeverage is the eigenvalue of I − H_t below which it counts as singular.
const singularLeverage = 1e-9

// undetermined makes NaN of the covariances of parameters that depend on what only a
// year left out determines: their variance would lack its largest part.
func undetermined(covariance, half, lost []float64, k int) {
	for at := 0; at < len(lost); at += k {
		for i := range k {
			row := half[i*k : (i+1)*k]
			if math.Abs(floats.Dot(row, lost[at:at+k])) > 1e-6*floats.Norm(row, 2) {
				for j := range k {
					covariance[i*k+j], covariance[j*k+i] = math.NaN(), math.NaN()
				}
			}
		}
	}
}
