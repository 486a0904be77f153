package udf

import (
	"context"
	"fmt"
	"slices"
)

var runColumns = []Column{{"scenario", Text}, {"replication", Integer}, {"year", Integer}, {"variable", Text}, {"value", Double}}

// mostRuns is the number of values that _simulate_runs hands over at most, some
// gigabytes; simulate_stochastic has no such limit.
const mostRuns = 50_000_000

var simulateRunsOptions = slices.Concat(options[simulateProblem]{
	variablesOption,
}, runOptions, options[simulateProblem]{referenceOption("")}, simulateOptions)

// _simulate_runs gives every replication itself.
var _ = add(Function{
	Name: "_simulate_runs", Args: simulateArgs, Options: simulateRunsOptions.declared(), Result: withPeriod(runColumns),
	Run: prefixed("simulate_runs", func(ctx context.Context, args []Value) (*Table, error) {
		s, err := readStochastic(ctx, args, simulateRunsOptions)
		if err != nil {
			return nil, err
		}
		if s.scenarios[0] == nil && s.reference != nil {
			return nil, fmt.Errorf("reference is a scenario, %q, and the panel has no column scenario", *s.reference)
		}
		only, err := s.only()
		if err != nil {
			return nil, err
		}
		wanted := map[int]bool{}
		for _, i := range only {
			wanted[i] = true
		}
		years := s.problems[0].Years()
		each := len(years) * len(wanted) * len(s.problems)
		if each > 0 && s.options.Replications > mostRuns/each {
			return nil, fmt.Errorf("%d times %d values are too many to hand over: name fewer variables, or take simulate_stochastic", s.options.Replications, each)
		}
		var scenarios, variables []string
		var replications, at []int64
		var values []float64
		s.options.Each = func(scenario, i, k int, numbers []int, lanes []float64) {
			s.look(scenario, i, k, numbers, lanes)
			if !wanted[i] {
				return
			}
			name, _ := s.scenarios[scenario].(string)
			variable := s.names[i]
			for l, v := range lanes {
				scenarios, variables = append(scenarios, name), append(variables, variable)
				replications, at = append(replications, int64(numbers[l])+1), append(at, years[k])
				values = append(values, v)
			}
		}
		if _, err := s.run(ctx); err != nil {
			return nil, err
		}
		s.note(ctx, "simulate_runs")
		t := NewTable(scenarios, replications, at, variables, values)
		if s.scenarios[0] == nil {
			for row := range scenarios {
				t.SetNull(0, row)
			}
		}
		return s.index.addPeriods(t, runColumns), nil
	}),
})
