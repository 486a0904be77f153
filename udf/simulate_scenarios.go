package udf

import (
	"context"
	"errors"
	"fmt"
)

// _simulate_scenarios(the arguments of _simulate, reference) simulates several
// panels, told apart by a column scenario, reading everything else once. Without
// observed, actual residuals are those of the reference panel; where there is no
// reference, those of each panel itself.
var _ = add(Function{
	Name:   "_simulate_scenarios",
	Args:   simulateArgs + optionArgs + 2,
	Result: append([]Column{{"scenario", Text}}, simulateColumns...),
	Run: prefixed("simulate", func(ctx context.Context, args []Value) (*Table, error) {
		account, err := readStocks(args[simulateArgs+optionArgs])
		if err != nil {
			return nil, err
		}
		system, in, err := readProblem(args)
		if err != nil {
			return nil, err
		}
		options := in.options
		options.Given = account.Variables()
		scenarios, panels, err := readScenarios(in.rows, args[simulateArgs+optionArgs+1])
		if err != nil {
			return nil, err
		}
		if scenarios[0] == nil {
			return nil, errors.New("the panel has no column scenario (take simulate, or give every row the name of its scenario)")
		}
		if options.ObservedPanel == nil && !args[simulateArgs+optionArgs+1].Null() {
			options.ObservedPanel = panels[0]
		}
		t := Rows(append([]Column{{"scenario", Text}}, simulateColumns...))
		for i, panel := range panels {
			problem, err := system.Bind(panel, in.coefficients, options)
			if err != nil {
				return nil, fmt.Errorf("scenario %v: %w", scenarios[i], err)
			}
			account := account.again()
			path, err := runWith(ctx, problem, account)
			if err != nil {
				return nil, fmt.Errorf("scenario %v: %w", scenarios[i], err)
			}
			writePath(t, []any{scenarios[i]}, problem, path, account)
		}
		return t, nil
	}),
})
