package sur

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Hypothesis is a test of restrictions between parameters: linear ones, Rb = r, or any,
// h(b) = 0, with R their derivative at the estimates and Rb − r their value.
type Hypothesis struct {
	DF int // number of restrictions
	// Wald = (Rb − r)'(R V R')⁻¹(Rb − r), V as the standard errors say. With the
	// normal distribution it is χ²(DF) and WaldDF2 infinite; with that of t, F =
	// Wald/DF is F(DF, WaldDF2) (Henningsen and Hamann 2007): see freedomOf. One
	// restriction on one parameter then has the p-value of its t.
	Wald, WaldP, WaldDF2 float64
	// LR = 2 (l − l₀), χ²(DF) whatever the distribution, as only large samples say
	// anything of it; with the model estimated anew under the restrictions. NaN
	// unless the method is "isur": others have no likelihood that they maximise.
	LR, LRP           float64
	LogLikelihood     float64 // l
	RestrictedLogLike float64 // l₀
	// Text is the restrictions as tested: the Wald statistic of a nonlinear one depends
	// on how it is written (Gregory and Veall 1985), the likelihood ratio does not.
	Text string
	// WithoutLR says why a likelihood ratio that there should be is not there; else "".
	WithoutLR string
}

// Test tests the restrictions, all at once, by Wald and likelihood ratio, for which the
// model is estimated anew under them. It is an
// error where they contradict each other, name a parameter that is not there or
// concern one that is fixed, and where the model cannot be estimated under them.
func (f *Fit) Test(ctx context.Context, list []Restriction) (*Hypothesis, error) {
	linear := slices.DeleteFunc(slices.Clone(list), func(r Restriction) bool { return r.difference != nil })
	restricted, err := f.Model.underHypotheses(linear) // checks names and consistency too
	if err != nil {
		return nil, err
	}
	h := &Hypothesis{DF: len(list), LR: math.NaN(), LRP: math.NaN(), LogLikelihood: f.LogLikelihood, RestrictedLogLike: math.NaN()}
	for i, r := range list {
		if i > 0 {
			h.Text += ", "
		}
		h.Text += r.Text
	}
	if h.Wald, err = f.wald(list); err != nil {
		return nil, err
	}
	h.WaldDF2 = f.freedomOf(list)
	h.WaldP = fDistributed(h.Wald/float64(h.DF), float64(h.DF), h.WaldDF2)
	if f.system.options.Method != "isur" || f.system.options.Divisor != "T" {
		return h, nil
	}
	var under *Fit
	if len(linear) == len(list) {
		under, err = f.again(ctx, restricted)
	} else if under, h.WithoutLR, err = f.underCurved(ctx, list); h.WithoutLR != "" {
		return h, nil
	}
	if err != nil {
		return nil, fmt.Errorf("under the restrictions: %w", err)
	}
	o := f.system.options
	h.RestrictedLogLike = under.LogLikelihood
	if gap := under.LogLikelihood - f.LogLikelihood; gap > 1e-6*(1+math.Abs(f.LogLikelihood)) {
		return nil, fmt.Errorf("the likelihood has several maxima: the estimates are at a log-likelihood of %.6g, but under the restrictions it reaches %.6g, so it does without them, elsewhere; a test would mean nothing (%s for %s and %s: use more %s or fewer parameters, or %s := 'sur')",
			f.LogLikelihood, under.LogLikelihood, count(len(f.Years), f.system.panel.Unit()), count(len(f.Residuals), "equation"), count(f.K, "parameter"), f.system.panel.Units(), o.MethodName)
	}
	h.LR = 2 * (f.LogLikelihood - under.LogLikelihood)
	h.LRP = chiSquared(h.LR, h.DF)
	return h, nil
}

// underHypotheses is Restrict with errors that tell apart what the hypotheses say
// among themselves and what they say of a model that is restricted already.
func (m *Model) underHypotheses(list []Restriction) (*Model, error) {
	if m.origin == nil {
		return m.Restrict(list)
	}
	if _, err := m.origin.Restrict(list); err != nil {
		return nil, err
	}
	restricted, err := m.Restrict(list)
	var of *dependentError
	if !errors.As(err, &of) {
		return restricted, err
	}
	from := "the argument restrictions"
	if of.at > len(m.given) {
		from += " and the hypotheses before it"
	}
	if of.contradicts {
		return nil, fmt.Errorf("hypothesis %q contradicts %s, so it cannot be tested (test it without restrictions)", of.text, from)
	}
	return nil, fmt.Errorf("hypothesis %q follows from %s, so there is nothing to test in it: leave it out", of.text, from)
}

// freedomOf is the second number of degrees of freedom of F: that of t, the mean over
// the parameters that the hypotheses name.
func (f *Fit) freedomOf(list []Restriction) float64 {
	var named []int
	for k, name := range f.Model.all {
		if slices.ContainsFunc(list, func(r Restriction) bool { return indexOf(r.names, name) >= 0 }) {
			named = append(named, k)
		}
	}
	return f.freedomOfParameters(named)
}

// freedomOfParameters is the mean of the degrees of freedom of t. A fixed parameter has
// no t. Infinite with the normal distribution.
func (f *Fit) freedomOfParameters(at []int) float64 {
	sum, n := 0.0, 0.0
	for _, k := range at {
		if p := f.Parameters[k]; !math.IsNaN(p.StdError) {
			sum, n = sum+p.DF, n+1
		}
	}
	return sum / n
}

// wald is the statistic h'(J V J')⁻¹h of linear restrictions and others, each written as
// h(b) = 0. The size of a restriction means nothing, and parameters may have any units, so
// each gap is measured in its own standard error.
func (f *Fit) wald(list []Restriction) (float64, error) {
	j, h, err := f.gaps(list, f.estimates())
	if err != nil {
		return 0, err
	}
	n := len(f.Parameters)
	var v mat.Dense
	v.Product(j, mat.NewDense(n, n, slices.Clone(f.Covariance)), j.T())
	size, gap := make([]float64, len(h)), mat.NewVecDense(len(h), nil)
	for i := range size {
		if size[i] = math.Sqrt(v.At(i, i)); !(size[i] > 0) {
			return 0, errSingular
		}
		gap.SetVec(i, h[i]/size[i])
	}
	v.Apply(func(i, j int, c float64) float64 { return c / size[i] / size[j] }, &v)
	var x mat.VecDense
	if err := x.SolveVec(&v, gap); err != nil {
		return 0, errSingular
	}
	return mat.Dot(gap, &x), nil
}

var errSingular = errors.New("the restrictions cannot be tested: their covariance is singular (does one concern a fixed parameter?)")

// gaps are what the restrictions miss at b, and the derivatives.
func (f *Fit) gaps(list []Restriction, b []float64) (*mat.Dense, []float64, error) {
	all := f.Model.all
	j, h := mat.NewDense(len(list), len(all), nil), make([]float64, len(list))
	for i, one := range list {
		if one.difference != nil {
			fun, err := functionOf(all, one.Text, one.difference)
			if err == nil {
				err = fun.gradient(all, b, j.RawRowView(i))
			}
			if err != nil {
				return nil, nil, fmt.Errorf("hypothesis %w", err)
			}
			h[i] = fun.value(all, b)
			continue
		}
		largest := floats.Norm(one.weights, math.Inf(1))
		h[i] = -one.Value / largest
		for n, w := range one.weights {
			k := indexOf(all, one.names[n])
			j.Set(i, k, w/largest)
			h[i] += w / largest * b[k]
		}
	}
	return j, h, nil
}
