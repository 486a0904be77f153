package udf

import (
	"context"
	"errors"
)

var simulateScenariosOptions = append(options[simulateProblem]{referenceOption("reference")}, simulateOptions.without("observed")...)

var scenarioColumns = append([]Column{{"scenario", Text}}, simulateColumns...)

// _simulate_scenarios simulates several panels, told apart by a column scenario,
// reading everything else once. Actual residuals are those of the reference panel; where there is no reference, those of each panel itself.
var _ = add(Function{
	Name: "_simulate_scenarios", Args: simulateArgs, Options: simulateScenariosOptions.declared(),
	Result: withPeriod(scenarioColumns),
	Run: prefixed("simulate", func(ctx context.Context, args []Value) (*Table, error) {
		s, err := readSimulation(args, simulateScenariosOptions)
		if err != nil {
			return nil, err
		}
		scenarios, panels, err := readScenarios(s.rows, s.reference, s.index)
		if err != nil {
			return nil, err
		}
		if scenarios[0] == nil {
			return nil, errors.New("the panel has no column scenario (take simulate, or give every row the name of its scenario)")
		}
		problems, err := s.bind(ctx, scenarios, panels, s.reference != nil)
		if err != nil {
			return nil, err
		}
		t := Rows(scenarioColumns)
		for i, problem := range problems {
			path, err := problem.Run(ctx)
			if err != nil {
				return nil, ofScenario(scenarios[i], err)
			}
			s.outside.path(scenarios[i], problem, path)
			writePath(t, []any{scenarios[i]}, problem, path)
		}
		s.outside.note(ctx, "simulate", s.residuals)
		return s.index.addPeriods(t, scenarioColumns), nil
	}),
})
