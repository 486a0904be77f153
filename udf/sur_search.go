package udf

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/sur"
)

// searchProblem: the options of a search beside those of its estimations.
var surSearchOptions = slices.Concat(options[surProblem]{
	orNull(texts("keep", "parameters of every specification", func(p *surProblem) *[]string { return &p.search.Keep })),
	orNull(other("signs", "VARCHAR[]", "what parameters must be", func(p *surProblem, v Value) error {
		list, err := v.Texts()
		if err != nil {
			return fmt.Errorf("signs %w", err)
		}
		p.search.Signs, err = sur.ParseSigns(list)
		return err
	})),
	decimal("min_t", 0, "the least |t| of what is not kept", func(p *surProblem) *float64 { return &p.search.MinT }),
}, surOptions.without("restrictions").replaced("divisor",
	wordOrNull("divisor", sur.Divisors, "of the residual covariance", func(p *surProblem) *string { return &p.options.Divisor })))

var surSearchColumns = []Column{
	{"specification", Text}, {"parameters", Integer}, {"loglik", Double}, {"aic", Double}, {"bic", Double}, {"adjusted_r2", Double},
	{"rank_aic", Integer}, {"rank_bic", Integer}, {"rank_adjusted_r2", Integer}, {"signs_ok", Boolean}, {"t_ok", Boolean},
}

// readSearch reads them. Where divisor is not given, least squares have the usual one.
func readSearch(args []Value, all options[surProblem]) (*surProblem, error) {
	p, err := readSur(args, all)
	if err == nil && p.options.Divisor == "" && strings.EqualFold(p.options.Method, "ols") {
		p.options.Divisor = "T-k"
	}
	return p, err
}

// _sur_search: a row per specification, by BIC.
var _ = add(Function{
	Name: "_sur_search", Args: surArgs, Options: surSpecificationOptions.declared(), Result: surSearchColumns,
	Run: prefixed("sur_search", func(ctx context.Context, args []Value) (*Table, error) {
		p, err := readSearch(args, surSpecificationOptions)
		if err != nil {
			return nil, err
		}
		if p.top != nil && *p.top < 1 {
			return nil, fmt.Errorf("top must be at least 1, or NULL for all, not %d", *p.top)
		}
		out, err := sur.SearchModel(ctx, p.model, p.panel, p.options, p.search)
		if err != nil {
			return nil, p.explain(err)
		}
		if out.Failed > 0 {
			Note(ctx, "sur_search: %d of %d specifications have no estimate and are left out; the first %v", out.Failed, out.Failed+len(out.Specifications), out.First)
		}
		t := Rows(surSearchColumns)
		admissible := 0
		rank := func(n int) any {
			if n == 0 {
				return nil
			}
			return n
		}
		for i := range out.Specifications {
			s := &out.Specifications[i]
			if s.Admissible() {
				admissible++
			}
			if p.admissible && !s.Admissible() || p.top != nil && int64(t.n) >= *p.top {
				continue
			}
			t.Append(strings.Join(s.Kept, " "), len(s.Kept), s.LogLikelihood, s.AIC, s.BIC, s.AdjustedR2,
				rank(s.RankAIC), rank(s.RankBIC), rank(s.RankAdjusted), s.SignsOK, s.TOK)
		}
		if admissible == 0 {
			Note(ctx, "sur_search: none of %d specifications has the signs and |t| asked for (admissible := false shows them)", len(out.Specifications))
		}
		return t, nil
	}),
})

var surSpecificationOptions = append(slices.Clone(surSearchOptions),
	stored(Option{"admissible", "BOOLEAN", "true", nil, "leave out those without the signs and |t|"}, true, Value.Bool, func(p *surProblem) *bool { return &p.admissible }),
	topOption)

// topOption is a number by default, and NULL is none.
var topOption = func() option[surProblem] {
	o := wholeOrNull("top", "how many are listed", func(p *surProblem) **int64 { return &p.top })
	byDefault := int64(100)
	o.Default, o.preset = "100", func(p *surProblem) { p.top = &byDefault }
	read := o.read
	o.read = func(p *surProblem, v Value) error {
		p.top = nil
		return read(p, v)
	}
	return o
}()

var surSearchedColumns = []Column{
	{"parameter", Text}, {"estimate", Double}, {"std_error", Double}, {"t_value", Double}, {"p_value", Double}, {"search_p", Double},
	{"critical_t", Double}, {"found_by_chance", Double}, {"replications", Integer}, {"failed", Integer},
}

var surSearchedOptions = append(slices.Clone(surSearchOptions),
	choice("criterion", "bic", sur.Criteria, "what the best is best by", func(p *surProblem) *string { return &p.criterion }),
	whole("replications", 199, "how many times to draw and search", func(p *surProblem) *int { return &p.bootstrap.Replications }),
	whole("seed", int64(1), "of the draws", func(p *surProblem) *int64 { return &p.bootstrap.Seed }))

// _sur_search_t: the parameters that the search has chosen, a row each.
var _ = add(Function{
	Name: "_sur_search_t", Args: surArgs, Options: surSearchedOptions.declared(), Result: surSearchedColumns,
	Run: prefixed("sur_search_t", func(ctx context.Context, args []Value) (*Table, error) {
		p, err := readSearch(args, surSearchedOptions)
		if err != nil {
			return nil, err
		}
		p.bootstrap.Method = "residual"
		list, err := sur.SearchedParameters(ctx, p.model, p.panel, p.options, p.search, p.criterion, p.bootstrap)
		if err != nil {
			return nil, p.explain(err)
		}
		if len(list) == 0 {
			Note(ctx, "sur_search_t: the best specification has none of the candidates, so there is no t-value to judge")
		}
		t := Rows(surSearchedColumns)
		for _, s := range list {
			t.Append(s.Name, s.Estimate, s.StdError, s.T, s.P, s.SearchP, s.Critical, s.Found, s.Replications, s.Failed)
		}
		return t, nil
	}),
})
