package udf

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"utvandring/udf/factor"
	"utvandring/udf/sur"
)

// The functions that estimate latent factors have the arguments of those that estimate
// without, and fewer options.
var surFactorOptions = options[surProblem]{
	whole("factors", 1, "latent factors: 1 or 2", func(p *surProblem) *int { return &p.factors }),
	choice("dynamics", "white", []string{"white", "ar1"}, "of the factors", func(p *surProblem) *string { return &p.dynamics }),
	surOptions.named("first_year"), surOptions.named("last_year"), surOptions.named("restrictions"),
	whole("max_iterations", 200, "steps within which it must have converged", func(p *surProblem) *int { return &p.options.MaxIterations }),
	indexOption[surProblem](),
}

// factorFit is a system with factors, estimated.
type factorFit struct {
	*factor.Fit
	design *sur.Design
}

// designed is the model on its sample, with the notes that go with that.
func (p *surProblem) designed(ctx context.Context) (*sur.Design, error) {
	d, err := sur.NewDesign(p.model, p.panel, p.options)
	if err != nil {
		return nil, p.explain(err)
	}
	p.noteSample(ctx, d.Skipped())
	return d, nil
}

// withFactors estimates.
func (p *surProblem) withFactors(ctx context.Context, d *sur.Design, factors int) (*factorFit, error) {
	o := factor.Options{Factors: factors, AR: p.dynamics == "ar1", MaxIterations: p.options.MaxIterations}
	if gap := d.Gap(); gap != "" && o.AR {
		return nil, p.explain(fmt.Errorf("factors with dynamics 'ar1' need a sample without gaps, and %s (dynamics := 'white' does not)", gap))
	}
	fit, err := factor.Estimate(ctx, &d.Problem, o)
	if err != nil {
		return nil, p.explain(err)
	}
	return &factorFit{fit, d}, nil
}

// addSurFactor adds a function whose result follows from one such fit.
func addSurFactor(name string, result []Column, all options[surProblem], write func(p *surProblem, f *factorFit) (*Table, error)) bool {
	return add(Function{
		Name: "_" + name, Args: surArgs, Options: all.declared(), Result: result,
		Run: prefixed(name, func(ctx context.Context, args []Value) (*Table, error) {
			p, err := readSur(args, all)
			if err != nil {
				return nil, err
			}
			d, err := p.designed(ctx)
			if err != nil {
				return nil, err
			}
			f, err := p.withFactors(ctx, d, p.factors)
			if err != nil {
				return nil, err
			}
			if !f.Converged {
				return nil, p.explain(fmt.Errorf("no convergence after %s of Newton's method (raise max_iterations, or take fewer factors)", steps(f.Iterations)))
			}
			f.note(ctx, p, name)
			return write(p, f)
		}),
	})
}

// note says what is at a bound.
func (f *factorFit) note(ctx context.Context, p *surProblem, name string) {
	of := p.of()
	if list := f.Heywood(f.design.Names); len(list) > 0 {
		Note(ctx, "%s: %sthe variance of equation %s is at its bound (0.005 of that of its least-squares residuals): a factor has become its residual, so there are no standard errors of its loadings (a Heywood case, usual with few years)",
			name, of, strings.Join(list, ", "))
	}
	for r, at := range f.PhiBounded {
		if at {
			Note(ctx, "%s: %sthe autoregression of factor %d has gone to %.4f, its bound: it is hardly told from a trend or constant", name, of, r+1, f.Phi[r])
		}
	}
}

var surFactorColumns = []Column{{"parameter", Text}, {"estimate", Double}, {"std_error", Double}, {"t_value", Double}, {"equations", Text}}

// _sur_factor: the coefficients, a row per parameter in order of first appearance.
var _ = addSurFactor("sur_factor", surFactorColumns, surFactorOptions, func(p *surProblem, f *factorFit) (*Table, error) {
	b, v := f.coefficients()
	t := Rows(surFactorColumns)
	for i, name := range p.model.Parameters() {
		se := rootOrNaN(v[i*len(b)+i])
		t.Append(name, b[i], se, b[i]/se, strings.Join(p.model.EquationsOf(i), " "))
	}
	return t, nil
})

// coefficients are the estimates of all parameters and their covariance.
func (f *factorFit) coefficients() (b, covariance []float64) {
	k, n := f.design.Parameters, int(math.Sqrt(float64(len(f.Covariance))))
	own := make([]float64, k*k)
	for i := range k {
		copy(own[i*k:(i+1)*k], f.Covariance[i*n:i*n+k])
	}
	return f.design.All(f.B, own)
}

// _sur_factor_covariance: of the coefficients, every pair in both orders.
var _ = addSurFactor("sur_factor_covariance", surCovarianceColumns, surFactorOptions, func(p *surProblem, f *factorFit) (*Table, error) {
	b, v := f.coefficients()
	if len(v) > 0 && math.IsNaN(v[0]) {
		return nil, p.explain(errors.New("the estimates have no covariance: where the likelihood is highest it is flat in some direction"))
	}
	t := Rows(surCovarianceColumns)
	for i, name := range p.model.Parameters() {
		for j, other := range p.model.Parameters() {
			c := v[i*len(b)+j]
			t.Append(name, other, c, c/(rootOrNaN(v[i*len(b)+i])*rootOrNaN(v[j*len(b)+j])))
		}
	}
	return t, nil
})

var surFactorLoadingColumns = []Column{
	{"equation", Text}, {"factor", Integer}, {"loading", Double}, {"std_error", Double}, {"variance", Double}, {"heywood", Boolean},
	{"communality", Double}, {"phi", Double}, {"phi_std_error", Double}, {"state", Double}, {"state_variance", Double}, {"state_year", Integer},
}

// _sur_factor_loadings: a row per equation and factor, in the form that
// simulate_stochastic takes as factor.
var _ = addSurFactor("sur_factor_loadings", surFactorLoadingColumns, surFactorOptions, func(p *surProblem, f *factorFit) (*Table, error) {
	t := Rows(surFactorLoadingColumns)
	var year any
	if p.index == nil || p.index.whole { // 2003Q2 is no number
		year = f.design.Years[len(f.design.Years)-1]
	}
	r := len(f.Phi)
	last := f.Path[len(f.Path)-1]
	for i, name := range f.design.Names {
		common := 0.0
		for _, l := range f.Loading[i] {
			common += l * l
		}
		for j, l := range f.Loading[i] {
			t.Append(name, j+1, l, f.LoadingError[i][j], f.Variance[i], f.Bounded[i], common/(common+f.Variance[i]),
				f.Phi[j], f.PhiError[j], last[j], f.Last[j*r+j], year)
		}
	}
	return t, nil
})

var surFactorPathColumns = []Column{{"year", Integer}, {"factor", Integer}, {"value", Double}, {"std_error", Double}, {"lower", Double}, {"upper", Double}}

// _sur_factor_path: a row per year and factor.
var _ = addSurFactor("sur_factor_path", withPeriod(surFactorPathColumns), append(surFactorOptions.without(), levelOption), func(p *surProblem, f *factorFit) (*Table, error) {
	if err := p.checkLevel(); err != nil {
		return nil, err
	}
	c := distuv.UnitNormal.Quantile((1 + p.level) / 2)
	t := Rows(surFactorPathColumns)
	for n, year := range f.design.Years {
		for j, x := range f.Path[n] {
			total := c * f.PathTotal[n][j]
			t.Append(year, j+1, x, f.PathError[n][j], x-total, x+total)
		}
	}
	return p.index.addPeriods(t, surFactorPathColumns), nil
})

var surFactorSystemColumns = []Column{
	{"factors", Integer}, {"dynamics", Text}, {"loglik", Double}, {"parameters", Integer}, {"aic", Double}, {"bic", Double},
	{"heywood", Text}, {"converged", Boolean}, {"iterations", Integer},
}

var surFactorSystemOptions = surFactorOptions.replaced("factors",
	whole("factors", 2, "the most latent factors", func(p *surProblem) *int { return &p.factors }))

// _sur_factor_system: without factors, with one, and so on.
var _ = add(Function{
	Name: "_sur_factor_system", Args: surArgs, Options: surFactorSystemOptions.declared(), Result: surFactorSystemColumns,
	Run: prefixed("sur_factor_system", func(ctx context.Context, args []Value) (*Table, error) {
		p, err := readSur(args, surFactorSystemOptions)
		if err != nil {
			return nil, err
		}
		if p.factors < 1 || p.factors > 2 {
			return nil, fmt.Errorf("factors must be 1 or 2, not %d", p.factors)
		}
		d, err := p.designed(ctx)
		if err != nil {
			return nil, err
		}
		t := Rows(surFactorSystemColumns)
		none := &factor.Fit{LogLikelihood: nan, Parameters: d.Parameters + len(d.Left), Converged: true}
		if l, ok := d.None(ctx); ok {
			none.LogLikelihood = l
		} else {
			none.Converged = false
		}
		row := func(factors int, dynamics any, f *factor.Fit) {
			t.Append(factors, dynamics, f.LogLikelihood, f.Parameters, 2*float64(f.Parameters)-2*f.LogLikelihood, f.BIC(len(d.Years)),
				textOrNull(strings.Join(f.Heywood(d.Names), " ")), f.Converged, f.Iterations)
		}
		row(0, nil, none)
		for r := 1; r <= p.factors; r++ {
			f, err := p.withFactors(ctx, d, r)
			var unidentified *factor.UnidentifiedError
			if r > 1 && errors.As(err, &unidentified) {
				Note(ctx, "sur_factor_system: no row for %d factors: %v", r, err)
				break
			}
			if err != nil {
				return nil, err
			}
			row(r, p.dynamics, f.Fit)
		}
		return t, nil
	}),
})

func steps(n int) string {
	if n == 1 {
		return "1 step"
	}
	return fmt.Sprintf("%d steps", n)
}
