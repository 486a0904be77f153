package udf

import (
	"context"

	"utvandring/udf/simulate"
)

var multiplierColumns = []Column{
	{"shock", Text}, {"equation", Text}, {"variable", Text}, {"year", Integer}, {"horizon", Integer}, {"response", Double}, {"long_run", Double}, {"verdict", Text},
}

var multiplierOptions = append(options[simulateProblem]{
	orNull(texts("shocks", "variables to change, one by one", func(s *simulateProblem) *[]string { return &s.shocks })),
	decimal("size", 1, "of the change", func(s *simulateProblem) *float64 { return &s.size }),
	periodOrZero("shock_year", "when the change begins", func(s *simulateProblem) *int64 { return &s.shockYear }),
	choice("kind", "permanent", []string{"permanent", "impulse"}, "whether the change lasts", func(s *simulateProblem) *string { return &s.kind }),
}, simulateOptions.without("cohorts")...)

// _multiplier gives what a change of each variable does to every endogenous
// variable, by year.
var _ = addSimulation("multiplier", simulateArgs, multiplierColumns, multiplierOptions, func(ctx context.Context, s *simulateProblem, problem *simulate.Problem, _ []Value) (*simulate.Path, *Table, error) {
	shocks := s.shocksOf(problem)
	r, err := problem.Multipliers(ctx, shocks)
	if err != nil {
		return nil, nil, err
	}
	t := Rows(multiplierColumns)
	system := problem.System()
	for j, shock := range shocks {
		for i, e := range system.Equations() {
			for k, year := range r.Years {
				if horizon := year - shock.First; horizon >= 0 {
					t.Append(shock.Variable, e.Name, system.Variable(i), year, horizon, r.Change[j][i][k], r.LongRun[j][i], r.Verdict[j][i].String())
				}
			}
		}
	}
	return r.Base, t, nil
})

// shocksOf are the changes asked for, of every exogenous variable where none is named.
func (s *simulateProblem) shocksOf(problem *simulate.Problem) []simulate.Shock {
	names, year := s.shocks, s.shockYear
	if names == nil {
		names = problem.System().Exogenous()
	}
	if year == 0 {
		year = problem.Years()[0]
	}
	var shocks []simulate.Shock
	for _, name := range names {
		shocks = append(shocks, simulate.Shock{Variable: name, Size: s.size, First: year, Impulse: s.kind == "impulse"})
	}
	return shocks
}
