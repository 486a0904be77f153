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
	a := argumentOf("goals", v)
	var goals []simulate.Goal
	for row, name := range column(a, "variable", textColumn) {
		year, value := yearAndValue(a, row, x)
		goals = append(goals, simulate.Goal{Variable: name, Year: year, Value: value})
	}
	slices.SortFunc(goals, func(a, b simulate.Goal) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), strings.Compare(a.Variable, b.Variable))
	})
	return goals, a.err
}

// yearAndValue reads the columns year, or what the index is, and value of a row.
func yearAndValue(a *argument, row int, x *index) (year int64, value float64) {
	by := "year"
	if x != nil {
		by = x.Name
	}
	year = cell(a, by, row, x.period)
	return year, cell(a, "value", row, Value.Float)
}

// cell is a cell of an argument as read gives it.
func cell[T any](a *argument, name string, row int, read func(Value) (T, error)) (value T) {
	at, ok := a.Find(name)
	switch {
	case a.err != nil:
	case !ok:
		a.err = fmt.Errorf("%s: no column %s (there are %s)", a.name, name, strings.Join(a.Names, ", "))
	default:
		if value, a.err = read(a.Value(at, row)); a.err != nil {
			a.err = fmt.Errorf("%s: %s in row %d %w", a.name, name, row+1, a.err)
		}
	}
	return value
}
