package udf

import (
	"fmt"

	"utvandring/udf/sur"
)

// surOptions are those of every estimation. Their help in full is that of the
// macro sur, in whose arguments they stand.
var surOptions = options[surProblem]{
	samplePeriod("first_year", "the first year of the sample", func(p *surProblem) **int64 { return &p.options.First }),
	samplePeriod("last_year", "the last year of the sample", func(p *surProblem) **int64 { return &p.options.Last }),
	word("method", "isur", sur.Methods, "how to estimate", func(p *surProblem) *string { return &p.options.Method }),
	word("divisor", "T", sur.Divisors, "of the residual covariance", func(p *surProblem) *string { return &p.options.Divisor }),
	decimal("tolerance", 1e-10, "distance to the maximum, in standard errors", func(p *surProblem) *float64 { return &p.options.Tolerance }),
	whole("max_iterations", 10_000, "steps within which it must have converged", func(p *surProblem) *int { return &p.options.MaxIterations }),
	stdErrors("classical"),
	wholeOrNull("bandwidth", "lags of 'hac'", func(p *surProblem) **int64 { return &p.options.Bandwidth }),
	wordOrNull("distribution", sur.Distributions, "of t_value", func(p *surProblem) *string { return &p.options.Distribution }),
	orNull(other("restrictions", "VARCHAR[]", "linear restrictions between parameters", func(p *surProblem, v Value) error {
		return readRestrictions(v, "restrictions", sur.ParseRestrictions, &p.options.Restrictions)
	})),
	indexOption[surProblem](),
}

func stdErrors(byDefault string) option[surProblem] {
	return word("std_errors", byDefault, sur.StdErrors, "the covariance of the estimates", func(p *surProblem) *string { return &p.options.StdErrors })
}

// Options of some estimations only.
var (
	lagsOption = whole("lags", int64(1), "order of the Breusch-Godfrey test", func(p *surProblem) *int64 { return &p.lags })

	portmanteauOption = whole("lags", int64(4), "order of the portmanteau test", func(p *surProblem) *int64 { return &p.lags })

	levelOption = decimal("level", 0.95, "of the intervals", func(p *surProblem) *float64 { return &p.level })

	hypothesesOption = given(other("hypotheses", "VARCHAR[]", "restrictions to be tested", func(p *surProblem, v Value) error {
		return readRestrictions(v, "hypotheses", sur.ParseHypotheses, &p.hypotheses)
	}))
)

// readRestrictions reads a text, or a list of texts, of restrictions.
func readRestrictions(v Value, name string, parse func(string) ([]sur.Restriction, error), to *[]sur.Restriction) error {
	texts, err := v.Texts()
	if err != nil {
		return fmt.Errorf("%s %w", name, err)
	}
	for _, text := range texts {
		list, err := parse(text)
		if err != nil {
			return err
		}
		*to = append(*to, list...)
	}
	return nil
}
