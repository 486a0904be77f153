package simulate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"utvandring/udf/equation"
)

// FactorLoading says what a latent factor does in an equation: its residual is Σ_r Loading_r
// f_r and a part of its own with Variance. f_t = Phi f_t−1 + √(1 − Phi²) u_t, and State and
// StateVariance are those of the factor in the year before the simulated ones.
type FactorLoading struct {
	Model, Equation                              string
	Factor                                       string
	Loading, Variance, Phi, State, StateVariance float64
}

// Factors draw the common part of the residuals, a path of years for each replication.
type Factors struct {
	names   []string
	loading [][]float64 // by factor and equation
	phi     []float64
	state   []float64
	error   []float64
}

// NewFactors reads loadings of the equations simulated, those of other models left out, and
// gives the variances of the equations' own parts for NormalResiduals. Rows of a factor
// must agree on what they say of it, those of an equation on its variance.
func (p *Problem) NewFactors(rows []FactorLoading) (*Factors, []Covariance, error) {
	equations := p.sys.behavioural()
	names := p.residualNames(equations)
	f := &Factors{}
	own := map[int]float64{}
	seen := map[[2]int]bool{}
	var elements []Covariance
	for _, row := range rows {
		list, err := names.find(row.Model, row.Equation)
		if err != nil {
			return nil, nil, fmt.Errorf("factor: %s", strings.ReplaceAll(err.Error(), "the residual covariance has", "there is a loading of"))
		}
		what := fmt.Sprintf("factor %s, equation %s", row.Factor, row.Equation)
		for name, x := range map[string]float64{"loading": row.Loading, "variance": row.Variance, "phi": row.Phi, "state": row.State, "state_variance": row.StateVariance} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return nil, nil, fmt.Errorf("factor: %s has no %s", what, name)
			}
		}
		switch {
		case row.Variance < 0:
			return nil, nil, fmt.Errorf("factor: %s: the variance is negative: %g", what, row.Variance)
		case row.StateVariance < 0:
			return nil, nil, fmt.Errorf("factor: %s: state_variance is negative: %g", what, row.StateVariance)
		case !(math.Abs(row.Phi) < 1):
			return nil, nil, fmt.Errorf("factor: %s: phi is %g, not between -1 and 1", what, row.Phi)
		}
		if len(list) == 0 {
			continue
		}
		r := indexKey(f.names, row.Factor)
		if r < 0 {
			r = len(f.names)
			f.names = append(f.names, equation.Key(row.Factor))
			f.loading = append(f.loading, make([]float64, len(p.sys.equations)))
			f.phi, f.state, f.error = append(f.phi, row.Phi), append(f.state, row.State), append(f.error, math.Sqrt(row.StateVariance))
		}
		if f.phi[r] != row.Phi || f.state[r] != row.State || f.error[r] != math.Sqrt(row.StateVariance) {
			return nil, nil, fmt.Errorf("factor: rows of factor %s have different phi, state or state_variance", row.Factor)
		}
		for _, a := range list {
			i := equations[a]
			if variance, ok := own[i]; ok && variance != row.Variance {
				return nil, nil, fmt.Errorf("factor: rows of equation %s have different variances", row.Equation)
			}
			if seen[[2]int{r, i}] {
				return nil, nil, fmt.Errorf("factor: %s is there twice", what)
			}
			seen[[2]int{r, i}] = true
			f.loading[r][i] = row.Loading
			if _, ok := own[i]; !ok {
				m := p.sys.equations[i]
				elements = append(elements, Covariance{m.Model, m.Name, m.Name, row.Variance})
			}
			own[i] = row.Variance
		}
	}
	if len(f.names) == 0 {
		return nil, nil, fmt.Errorf("factor has no row of an equation that is simulated")
	}
	return f, elements, nil
}

// begin draws the factors of the year before the simulated ones.
func (f *Factors) begin(r *rand.Rand, state []float64) {
	for k := range state {
		state[k] = f.state[k] + f.error[k]*r.NormFloat64()
	}
}

// next moves the factors on by a year, and adds their part to the residuals.
func (f *Factors) next(r *rand.Rand, state, out []float64) {
	for k, phi := range f.phi {
		state[k] = phi*state[k] + math.Sqrt(1-phi*phi)*r.NormFloat64()
		for i, l := range f.loading[k] {
			out[i] += l * state[k]
		}
	}
}
