package sur

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// robust is White's.
type robust struct{ asymptotic }

func (robust) name() string        { return "robust" }
func (robust) of(f *Fit) []float64 { return f.sandwich(0) }

// hac is Newey and West's.
type hac struct{ asymptotic }

func (hac) name() string        { return "hac" }
func (hac) of(f *Fit) []float64 { return f.sandwich(f.bandwidth()) }

// check refuses lags that no two years of the sample are apart.
func (hac) check(s *system, _ *solver) error {
	if b := s.options.Bandwidth; b != nil && *b >= int64(s.n) {
		return fmt.Errorf("bandwidth must be at most %d, as the sample has %s (%s), and is %d", s.n-1, count(s.n, "year"), s.period(), *b)
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

// sandwich is the covariance of the estimates that allows for
// heteroskedasticity, and with a bandwidth L for autocorrelation, of unknown form:
//
//	A⁻¹ (Γ_0 + Σ_{l=1}^{L} (1 − l/(L+1)) (Γ_l + Γ_l')) A⁻¹,  Γ_l = Σ_t s_t s_{t−l}'
//
// with s_t = Σ_ij w_ij z_it e_jt the score of year t, so that residuals of
// different equations in a year may be correlated (White 1980; Newey and West
// 1987). No correction for small samples (HC0). With S of A⁻¹ = SS' the scores are
// taken as S's_t, so that what is between has the size of 1.
func (f *Fit) sandwich(bandwidth int) []float64 {
	s := f.system
	k := f.K
	weighted := dense.NewColumns(s.n, len(s.equations))
	for i, e := range f.Residuals {
		copy(weighted.Col(i), e)
	}
	var half []float64
	if f.system.options.Method == "ols" {
		half = f.solver.pooledHalf()
	} else {
		half = f.solver.half()
		f.solver.weigh(weighted)
	}
	scores := dense.NewColumns(k, s.n) // a column per year
	for i, e := range s.equations {
		for t, x := range weighted.Col(i) {
			score := scores.Col(t)
			for c, p := range e.parameter {
				floats.AddScaled(score, s.data[e.column[c]][t]*x, half[p*k:(p+1)*k])
			}
		}
	}
	meat := make([]float64, k*k)
	for lag := 0; lag <= bandwidth; lag++ {
		weight := 1 - float64(lag)/float64(bandwidth+1)
		for t := lag; t < s.n; t++ {
			now, then := scores.Col(t), scores.Col(t-lag)
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
