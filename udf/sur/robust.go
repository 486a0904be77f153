package sur

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// sandwich is the covariance of the estimates that allows for
// heteroskedasticity, and with "hac" for autocorrelation, of unknown form:
//
//	A⁻¹ (Γ_0 + Σ_{l=1}^{L} (1 − l/(L+1)) (Γ_l + Γ_l')) A⁻¹,  Γ_l = Σ_t s_t s_{t−l}'
//
// with s_t = Σ_ij w_ij z_it e_jt the score of year t, so that residuals of
// different equations in a year may be correlated (White 1980; Newey and West
// 1987). No correction for small samples (HC0). With S of A⁻¹ = SS' the scores are
// taken as S's_t, so that what is between has the size of 1.
func (f *Fit) sandwich() []float64 {
	s := f.system
	k := f.K
	weighted := newColumns(s.n, len(s.equations))
	for i, e := range f.Residuals {
		copy(weighted.col(i), e)
	}
	var half []float64
	if f.system.options.Method == "ols" {
		half = f.solver.pooledHalf()
	} else {
		half = f.solver.half()
		f.solver.weigh(weighted)
	}
	scores := newColumns(k, s.n) // a column per year
	for i, e := range s.equations {
		for t, x := range weighted.col(i) {
			score := scores.col(t)
			for c, p := range e.parameter {
				floats.AddScaled(score, s.data[e.column[c]][t]*x, half[p*k:(p+1)*k])
			}
		}
	}
	meat := make([]float64, k*k)
	for lag := 0; lag <= f.bandwidth(); lag++ {
		weight := 1 - float64(lag)/float64(f.bandwidth()+1)
		for t := lag; t < s.n; t++ {
			now, then := scores.col(t), scores.col(t-lag)
			for a, x := range now {
				floats.AddScaled(meat[a*k:(a+1)*k], weight*x, then)
				if lag > 0 {
					floats.AddScaled(meat[a*k:(a+1)*k], weight*then[a], now)
				}
			}
		}
	}
	return around(half, meat, k)
}

// bandwidth is the number of lags of the HAC covariance; 0 for "robust".
func (f *Fit) bandwidth() int {
	if f.system.options.StdErrors != "hac" {
		return 0
	}
	if f.system.options.Bandwidth != nil {
		return int(*f.system.options.Bandwidth)
	}
	return int(4 * math.Pow(float64(f.system.n)/100, 2.0/9))
}
