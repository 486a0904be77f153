package udf

import (
	"context"
	"fmt"
	"math"
	"strings"

	"utvandring/udf/equation"
	"utvandring/udf/simulate"
)

// The functions that simulate have the same arguments: models, the tables model and
// equation, a panel and coefficients as lists of rows, the options, and what the study
// declares as shares (see outside); _goal_seek has its goals after them.
const (
	simulateModels = iota
	simulateModelTable
	simulateEquationTable
	simulateRows
	simulateCoefficients
	simulateOptionsAt
	simulateShares
	simulateArgs // number of them
)

// simulateProblem is what is to be simulated.
type simulateProblem struct {
	system       *simulate.System
	rows         *Frame
	index        *index
	coefficients []simulate.Coefficient
	options      simulate.Options

	outside         *outside
	idle            []string // country groups of cohorts that nothing answers to
	mode, residuals string
	residualDecay   *float64

	// Of some functions only.
	reference   *string // scenario that others are held against; nil: none
	shocks      []string
	size        float64
	shockYear   int64
	kind        string
	instruments []string
	variables   []string
	random      randomness
}

// readSimulation reads models, panel, coefficients and options.
func readSimulation(args []Value, all options[simulateProblem]) (*simulateProblem, error) {
	choice, err := readModels(args[simulateModels], args[simulateModelTable], args[simulateEquationTable])
	if err != nil {
		return nil, err
	}
	s := &simulateProblem{}
	if s.system, err = simulate.New(choice.equations); err != nil {
		return nil, err
	}
	if s.rows, err = panelFrame(args[simulateRows]); err != nil {
		return nil, err
	}
	if s.index, err = readIndex(s.rows, args[simulateOptionsAt]); err != nil {
		return nil, err
	}
	if s.coefficients, err = readCoefficients(args[simulateCoefficients], choice); err != nil {
		return nil, err
	}
	if err := all.readAll(args[simulateOptionsAt], s); err != nil {
		return nil, err
	}
	if s.outside, err = readShares(args[simulateShares]); err != nil {
		return nil, err
	}
	s.options.NotBefore = choice.notBefore
	switch {
	case s.index == nil:
	case s.options.Feedback != nil:
		return nil, fmt.Errorf("cohorts are of years, and the index is %s", s.index.Name)
	case choice.notBefore != 0 && s.options.First == 0 && !s.index.whole:
		return nil, fmt.Errorf("first_year of a model in the table model is a year, and the index is %s: give first_year := …", s.index.Name)
	case s.residuals == "mean" && s.options.Residuals.Years == nil && !s.index.whole:
		for model, span := range choice.estimation {
			if span.First != nil || span.Last != nil {
				return nil, fmt.Errorf("the years of model %s in the table model are years, and the index is %s: give residual_years := […, …]", model, s.index.Name)
			}
		}
	}
	if account, ok := s.options.Feedback.(*stocks); ok {
		s.idle = account.fit(s.system)
	}
	s.options.ObservedPanel = s.complete(s.options.ObservedPanel)
	s.options.Residuals.Estimation = choice.estimation
	if err := s.carry(); err != nil {
		return nil, err
	}
	if s.mode == "static" {
		s.options.Mode = simulate.Static
	}
	return s, nil
}

// bind puts panels into the system, with the notes that go with them. names are of
// scenarios, nil for one panel that is none. The panel that several are held against, the
// first, is what residuals are computed on where no other is given.
func (s *simulateProblem) bind(ctx context.Context, names []any, panels []*equation.Panel, against bool) ([]*simulate.Problem, error) {
	first := panels[0] // as it was read
	for i, panel := range panels {
		noteRead(ctx, "simulate", panel, variablesOf(s.system))
		panels[i] = s.complete(panel)
	}
	s.noteCohorts(ctx, first)
	options := s.options
	if options.ObservedPanel == nil && against {
		options.ObservedPanel = panels[0]
	}
	problems := make([]*simulate.Problem, len(panels))
	for i, panel := range panels {
		var err error
		if problems[i], err = s.system.Bind(panel, s.coefficients, options); err != nil {
			return nil, ofScenario(names[i], err)
		}
	}
	return problems, nil
}

// ofScenario names the scenario that an error is about, if there are any.
func ofScenario(name any, err error) error {
	if name == nil {
		return err
	}
	return fmt.Errorf("scenario %v: %w", name, err)
}

// noteCohorts notes cohorts whose frequencies no equation determines, and those of others than
// the panel.
func (s *simulateProblem) noteCohorts(ctx context.Context, panel *equation.Panel) {
	if s.idle != nil {
		Note(ctx, "cohorts: no equation determines a frequency (emi_k1, or emi_k1_%s of panel_country, and the like) of country group %s, so that its stocks answer to nothing", s.idle[0], strings.Join(s.idle, ", "))
	}
	if account, ok := s.options.Feedback.(*stocks); ok {
		if groups := account.unlike(panel); groups != nil {
			Note(ctx, "cohorts: the residents of country group %s are not those of the panel (pop_k1 to pop_m6): take the panel and the account of the same people", strings.Join(groups, ", "))
		}
	}
}

// complete gives a panel what the cohort account knows and the panel does not.
func (s *simulateProblem) complete(panel *equation.Panel) *equation.Panel {
	if account, ok := s.options.Feedback.(*stocks); ok && panel != nil {
		return account.complete(panel)
	}
	return panel
}

// variablesOf are all that formulas use.
func variablesOf(system *simulate.System) []string {
	names := system.Exogenous()
	for i := range system.Equations() {
		names = append(names, system.Variable(i))
	}
	return names
}

var simulateColumns = []Column{{"year", Integer}, {"equation", Text}, {"variable", Text}, {"actual", Double}, {"simulated", Double}}

// _simulate simulates models together. cohorts, if not NULL, is the account of one
// country group, which then answers.
var _ = addSimulation("simulate", simulateArgs, simulateColumns, simulateOptions, func(ctx context.Context, s *simulateProblem, problem *simulate.Problem, _ []Value) (*simulate.Path, *Table, error) {
	path, err := problem.Run(ctx)
	if err != nil {
		return nil, nil, err
	}
	t := Rows(simulateColumns)
	writePath(t, nil, problem, path)
	return path, t, nil
})

// addSimulation adds a function whose result follows from one panel; run gives the path
// too that it told, nil for none.
func addSimulation(name string, args int, columns []Column, all options[simulateProblem],
	run func(ctx context.Context, s *simulateProblem, problem *simulate.Problem, args []Value) (*simulate.Path, *Table, error)) bool {
	return add(Function{
		Name: "_" + name, Args: args, Options: all.declared(), Result: withPeriod(columns),
		Run: prefixed(name, func(ctx context.Context, args []Value) (*Table, error) {
			s, err := readSimulation(args, all)
			if err != nil {
				return nil, err
			}
			panel, err := readPanel(s.rows, s.index)
			if err != nil {
				return nil, err
			}
			problems, err := s.bind(ctx, []any{nil}, []*equation.Panel{panel}, false)
			if err != nil {
				return nil, err
			}
			path, t, err := run(ctx, s, problems[0], args)
			if err != nil {
				return nil, err
			}
			if path != nil {
				s.outside.path(nil, problems[0], path)
				s.outside.note(ctx, name, s.residuals)
			}
			return s.index.addPeriods(t, columns), nil
		}),
	})
}

// writePath appends a row per year and variable, with labels before it. What a feedback sets
// has no equation.
func writePath(t *Table, labels []any, problem *simulate.Problem, path *simulate.Path) {
	variables := problem.Variables()
	for k, year := range path.Years {
		for i, variable := range variables {
			t.Append(append(labels, year, equationName(problem, i), variable, path.Actual[i][k], path.Simulated[i][k])...)
		}
	}
}

// equationName is that of the i-th variable's equation, NULL where there is none.
func equationName(problem *simulate.Problem, i int) any {
	if equations := problem.System().Equations(); i < len(equations) {
		return equations[i].Name
	}
	return nil
}

// prefixed puts the name of the macro before an error, so that in a long query
// it is clear which call failed.
func prefixed(name string, run func(context.Context, []Value) (*Table, error)) func(context.Context, []Value) (*Table, error) {
	return func(ctx context.Context, args []Value) (*Table, error) {
		t, err := run(ctx, args)
		if err != nil && ctx.Err() == nil {
			err = fmt.Errorf("%s: %w", name, err)
		}
		return t, err
	}
}

var nan = math.NaN()
