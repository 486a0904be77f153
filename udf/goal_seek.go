package udf

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/simulate"
)

var goalSeekColumns = []Column{{"role", Text}, {"variable", Text}, {"year", Integer}, {"before", Double}, {"after", Double}}

var goalSeekOptions = append(options[simulateProblem]{
	given(texts("instruments", "variables whose path is sought", func(s *simulateProblem) *[]string { return &s.instruments })),
}, simulateOptions.without("cohorts")...)

// _goal_seek(…, goals) finds the path of the instruments that brings variables to
// their goals.
var _ = addSimulation("goal_seek", simulateArgs+1, goalSeekColumns, goalSeekOptions, func(ctx context.Context, s *simulateProblem, problem *simulate.Problem, args []Value) (*simulate.Path, *Table, error) {
	goals, err := readGoals(args[simulateArgs], s.index)
	if err != nil {
		return nil, nil, err
	}
	found, err := problem.Seek(ctx, goals, s.instruments)
	if err != nil {
		return nil, nil, err
	}
	for j, lead := range found.Leads {
		if lead > 0 {
			name, year := s.instruments[j], found.Instruments[j].Year
			Note(ctx, "goal_seek: %s works with a lag and is moved before the goals, in %s for those of %s", name, problem.Panel().Say(year), problem.Panel().Say(year+int64(lead)))
		}
	}
	t := Rows(goalSeekColumns)
	for _, s := range found.Instruments {
		t.Append("instrument", s.Variable, s.Year, s.Before, s.After)
	}
	for _, s := range found.Targets {
		t.Append("target", s.Variable, s.Year, s.Before, s.After)
	}
	return found.Path, t, nil
})

// readGoals reads rows with variable, year and value.
func readGoals(v Value, x *index) ([]simulate.Goal, error) {
	f, err := v.Frame()
	if err != nil {
		return nil, fmt.Errorf("goals %w", err)
	}
	names, err := textColumn(f, "variable")
	if err != nil {
		return nil, fmt.Errorf("goals: %w", err)
	}
	goals := make([]simulate.Goal, len(names))
	for row, name := range names {
		year, value, err := yearAndValue(f, row, x)
		if err != nil {
			return nil, fmt.Errorf("goals: %w", err)
		}
		goals[row] = simulate.Goal{Variable: name, Year: year, Value: value}
	}
	slices.SortFunc(goals, func(a, b simulate.Goal) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), strings.Compare(a.Variable, b.Variable))
	})
	return goals, nil
}

// yearAndValue reads the columns year, or what the index is, and value of a row.
func yearAndValue(f *Frame, row int, x *index) (year int64, value float64, err error) {
	by := "year"
	if x != nil {
		by = x.Name
	}
	for _, column := range []string{by, "value"} {
		at, ok := f.Find(column)
		if !ok {
			return 0, 0, fmt.Errorf("no column %s (there are %s)", column, strings.Join(f.Names, ", "))
		}
		if column == by {
			year, err = x.period(f.Value(at, row))
		} else {
			value, err = f.Value(at, row).Float()
		}
		if err != nil {
			return 0, 0, fmt.Errorf("%s in row %d %w", column, row+1, err)
		}
	}
	return year, value, nil
}
