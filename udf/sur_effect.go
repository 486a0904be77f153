package udf

import (
	"context"
	"slices"

	"utvandring/udf/sur"
)

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
		var kind, drawn any
		if e.Ratio != "" {
			kind = e.Ratio
		}
		if p.bootstrap.Replications > 0 {
			drawn = e.Draws
		}
		t.Append(e.Text, e.Estimate, e.StdError, e.Lower, e.Upper, kind, e.FiellerLower, e.FiellerUpper, orNaN(e.DF),
			e.DrawLower, e.Median, e.DrawUpper, drawn)
	}
	return t, nil
})
