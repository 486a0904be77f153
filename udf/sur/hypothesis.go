package sur

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"utvandring/udf/equation"
)

// Hypothesis is a test of linear restrictions between parameters, Rb = r.
type Hypothesis struct {
	DF int // number of restrictions
	// Wald = (Rb − r)'(R V R')⁻¹(Rb − r), χ²(DF), V as the standard errors say.
	Wald, WaldP float64
	// LR = 2 (l − l₀), χ²(DF), with the model estimated anew under the
	// restrictions. NaN unless the method is "isur": others have no likelihood
	// that they maximise.
	LR, LRP           float64
	LogLikelihood     float64 // l
	RestrictedLogLike float64 // l₀
}

// Test tests the restrictions, all at once.
func (f *Fit) Test(ctx context.Context, panel *equation.Panel, list []Restriction) (*Hypothesis, error) {
	restricted, err := f.Model.Restrict(list) // checks names and consistency too
	if err != nil {
		return nil, err
	}
	h := &Hypothesis{DF: len(list), LR: math.NaN(), LRP: math.NaN(), LogLikelihood: f.LogLikelihood, RestrictedLogLike: math.NaN()}
	if h.Wald, err = f.wald(list); err != nil {
		return nil, err
	}
	h.WaldP = chiSquared(h.Wald, h.DF)
	if f.options.Method != "isur" || f.options.Divisor != "T" {
		return h, nil
	}
	o := f.options
	o.Restrictions = nil
	first, last := f.Years[0], f.Years[len(f.Years)-1]
	o.First, o.Last = &first, &last
	under, err := Estimate(ctx, restricted, panel, o)
	if err != nil {
		return nil, fmt.Errorf("under the restrictions: %w", err)
	}
	h.RestrictedLogLike = under.LogLikelihood
	h.LR = 2 * (f.LogLikelihood - under.LogLikelihood)
	h.LRP = chiSquared(h.LR, h.DF)
	return h, nil
}

// wald is the statistic. The size of a restriction means nothing, and parameters
// may have any units, so each gap is measured in its own standard error.
func (f *Fit) wald(list []Restriction) (float64, error) {
	n := len(f.Parameters)
	r := mat.NewDense(len(list), n, nil)
	gap := mat.NewVecDense(len(list), nil)
	for i, one := range list {
		largest := 0.0
		for _, w := range one.Weight {
			largest = max(largest, math.Abs(w))
		}
		at := -one.Value / largest
		for name, w := range one.Weight {
			k := f.index(name)
			r.Set(i, k, w/largest)
			at += w / largest * f.Parameters[k].Estimate
		}
		gap.SetVec(i, at)
	}
	var v mat.Dense
	v.Product(r, mat.NewDense(n, n, append([]float64(nil), f.Covariance...)), r.T())
	singular := errors.New("the restrictions cannot be tested: their covariance is singular (does one concern a fixed parameter?)")
	size := make([]float64, len(list))
	for i := range size {
		if size[i] = math.Sqrt(v.At(i, i)); !(size[i] > 0) {
			return 0, singular
		}
		gap.SetVec(i, gap.AtVec(i)/size[i])
	}
	v.Apply(func(i, j int, c float64) float64 { return c / size[i] / size[j] }, &v)
	var x mat.VecDense
	if err := x.SolveVec(&v, gap); err != nil {
		return 0, singular
	}
	return mat.Dot(gap, &x), nil
}
