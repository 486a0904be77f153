package udf

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"utvandring/udf/sur"
)

var surTestColumns = []Column{
	{"test", Text}, {"statistic", Double}, {"df", Integer}, {"p_value", Double}, {"loglik", Double}, {"restricted_loglik", Double},
	{"distribution", Text}, {"df2", Double}, {"hypothesis", Text},
}

// _sur_test: a row for the Wald test and, where the likelihood is
// maximised, one for the likelihood ratio.
var _ = addReported("sur_test", surTestColumns, append(slices.Clone(surOptions), hypothesesOption), func(ctx context.Context, p *surProblem, fit *sur.Fit) (*Table, error) {
	if len(p.hypotheses) == 0 {
		return nil, fmt.Errorf("hypotheses is an empty list (write 'e_k3 = e_k4, m = 0')")
	}
	h, err := fit.Test(ctx, p.hypotheses)
	if err != nil {
		return nil, p.ofGroup(p.explain(err))
	}
	if h.WithoutLR != "" {
		Note(ctx, "sur_test: no likelihood ratio: %s", h.WithoutLR)
	}
	t := Rows(surTestColumns)
	if math.IsInf(h.WaldDF2, 1) {
		t.Append("Wald", h.Wald, h.DF, h.WaldP, h.LogLikelihood, nil, "chi2", nil, h.Text)
	} else {
		t.Append("Wald", h.Wald/float64(h.DF), h.DF, h.WaldP, h.LogLikelihood, nil, "F", h.WaldDF2, h.Text)
	}
	if h.LR == h.LR {
		t.Append("likelihood ratio", h.LR, h.DF, h.LRP, h.LogLikelihood, h.RestrictedLogLike, "chi2", nil, h.Text)
	}
	return t, nil
}, func(*sur.Model) [][]any { return [][]any{{"Wald"}} })

var surIntervalColumns = []Column{
	{"parameter", Text}, {"estimate", Double}, {"std_error", Double}, {"df", Double}, {"low", Double}, {"high", Double}, {"equations", Text},
}

// _sur_interval: a confidence interval per parameter.
var _ = addSur("sur_interval", surIntervalColumns, surIntervalOptions, func(_ context.Context, p *surProblem, fit *sur.Fit) (*Table, error) {
	if err := p.checkLevel(); err != nil {
		return nil, err
	}
	t := Rows(surIntervalColumns)
	for _, b := range fit.Parameters {
		low, high := b.Interval(p.level)
		t.Append(b.Name, b.Estimate, b.StdError, orNaN(b.DF), low, high, strings.Join(b.Equations, " "))
	}
	return t, nil
})

var surIntervalOptions = append(surOptions.replaced("std_errors", stdErrors("small_sample")), levelOption)

// orNaN is NaN, and so NULL, for the infinite degrees of freedom of the normal distribution.
func orNaN(df float64) float64 {
	if math.IsInf(df, 1) {
		return nan
	}
	return df
}

// rootOrNaN is the standard deviation, NaN for what does not vary.
func rootOrNaN(variance float64) float64 {
	if variance > 0 {
		return math.Sqrt(variance)
	}
	return nan
}

var surEffectColumns = []Column{
	{"effect", Text}, {"estimate", Double}, {"std_error", Double}, {"lower", Double}, {"upper", Double},
	{"fieller", Text}, {"fieller_lower", Double}, {"fieller_upper", Double}, {"df", Double},
	{"draw_lower", Double}, {"draw_median", Double}, {"draw_upper", Double}, {"drawn", Integer},
}

var surEffectOptions = append(slices.Clone(surOptions),
	given(texts("effects", "functions of the parameters", func(p *surProblem) *[]string { return &p.effects })),
	levelOption,
	whole("replications", 0, "how many times to draw; 0: no draws", func(p *surProblem) *int { return &p.bootstrap.Replications }),
	whole("seed", int64(1), "of the draws", func(p *surProblem) *int64 { return &p.bootstrap.Seed }),
	word("draws", "residual", sur.EffectDraws, "what is drawn", func(p *surProblem) *string { return &p.bootstrap.Method }),
)

// _sur_effect: functions of the parameters, a row each in the order given.
var _ = addSur("sur_effect", surEffectColumns, surEffectOptions, func(ctx context.Context, p *surProblem, fit *sur.Fit) (*Table, error) {
	p.bootstrap.Level = p.level
	list, err := fit.Effects(ctx, p.effects, p.bootstrap)
	if err != nil {
		return nil, p.explain(err)
	}
	t := Rows(surEffectColumns)
	for _, e := range list {
		var drawn any
		if p.bootstrap.Replications > 0 {
			drawn = e.Draws
		}
		t.Append(e.Text, e.Estimate, e.StdError, e.Lower, e.Upper, textOrNull(e.Ratio), e.FiellerLower, e.FiellerUpper, orNaN(e.DF),
			e.DrawLower, e.Median, e.DrawUpper, drawn)
	}
	return t, nil
})

var surLongRunColumns = []Column{{"variable", Text}, {"shock", Text}, {"long_run", Double}, {"std_error", Double}, {"verdict", Text}}

// _sur_long_run: the long-run matrix of a model, a row per left side and other variable.
var _ = addReported("sur_long_run", surLongRunColumns, surOptions, func(_ context.Context, p *surProblem, fit *sur.Fit) (*Table, error) {
	list, err := fit.LongRun()
	if err != nil {
		return nil, p.ofGroup(p.explain(err))
	}
	t := Rows(surLongRunColumns)
	for _, r := range list {
		t.Append(r.Variable, r.Shock, r.Effect, r.StdError, r.Verdict)
	}
	return t, nil
}, func(m *sur.Model) (rows [][]any) {
	for _, left := range m.Lefts() {
		rows = append(rows, []any{left})
	}
	return rows
})

// _normal_p(t) is the two-sided p-value of a t-value whose distribution is normal: the
// probability of one as far from 0. NULL of NULL.
var _ = add(Function{
	Name: "_normal_p", Args: 1, Result: []Column{{"", Double}},
	Run: func(_ context.Context, args []Value) (*Table, error) {
		if args[0].Null() {
			return NewTable([]float64{nan}), nil
		}
		x, err := args[0].Float()
		return NewTable([]float64{sur.PValue(x, math.Inf(1))}), err
	},
})
