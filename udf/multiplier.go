package udf

import (
	"context"
	"fmt"
	"strings"

	"utvandring/udf/simulate"
)

var multiplierColumns = []Column{
	{"shock", Text}, {"equation", Text}, {"variable", Text}, {"year", Integer}, {"horizon", Integer}, {"response", Double}, {"long_run", Double},
}

// _multiplier(the arguments of _simulate, shocks, size, shock_year, kind) gives
// what a change of each variable does to every endogenous variable, by year.
var _ = add(Function{
	Name:   "_multiplier",
	Args:   simulateArgs + optionArgs + 4,
	Result: multiplierColumns,
	Run: prefixed("multiplier", func(ctx context.Context, args []Value) (*Table, error) {
		problem, err := bindProblem(args)
		if err != nil {
			return nil, err
		}
		shocks, err := readShocks(args[simulateArgs+optionArgs:], problem)
		if err != nil {
			return nil, err
		}
		r, err := problem.Multipliers(ctx, shocks)
		if err != nil {
			return nil, err
		}
		t := Rows(multiplierColumns)
		system := problem.System()
		for j, shock := range shocks {
			for i, e := range system.Equations() {
				for k, year := range r.Years {
					if horizon := year - shock.First; horizon >= 0 {
						t.Append(shock.Variable, e.Name, system.Variable(i), year, horizon, r.Change[j][i][k], r.LongRun[j][i])
					}
				}
			}
		}
		return t, nil
	}),
})

func readShocks(args []Value, problem *simulate.Problem) ([]simulate.Shock, error) {
	names := problem.System().Exogenous()
	if !args[0].Null() {
		var err error
		if names, err = args[0].Texts(); err != nil {
			return nil, fmt.Errorf("shocks %w", err)
		}
	}
	size, err := args[1].Float()
	if err != nil {
		return nil, fmt.Errorf("size %w", err)
	}
	year, err := yearOrNull(args[2], "shock_year")
	if err != nil {
		return nil, err
	}
	if year == 0 {
		year = problem.Years()[0]
	}
	kind, err := args[3].Text()
	if err != nil {
		return nil, fmt.Errorf("kind %w", err)
	}
	impulse := strings.EqualFold(kind, "impulse")
	if !impulse && !strings.EqualFold(kind, "permanent") {
		return nil, fmt.Errorf("kind is %q, not 'permanent' or 'impulse'", kind)
	}
	var shocks []simulate.Shock
	for _, name := range names {
		shocks = append(shocks, simulate.Shock{Variable: name, Size: size, First: year, Impulse: impulse})
	}
	return shocks, nil
}
