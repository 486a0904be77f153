package udf

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/equation"
	"utvandring/udf/simulate"
)

var stochasticColumns = []Column{
	{"scenario", Text}, {"year", Integer}, {"equation", Text}, {"variable", Text}, {"actual", Double}, {"simulated", Double},
	{"mean", Double}, {"std_error", Double}, {"lower", Double}, {"median", Double}, {"upper", Double}, {"quantiles", Doubles},
	{"difference", Double}, {"difference_mean", Double}, {"difference_std_error", Double},
	{"difference_lower", Double}, {"difference_median", Double}, {"difference_upper", Double},
	{"dropped", Integer}, {"explosive", Integer},
}

// variablesOption is which variables are told.
var variablesOption = orNull(texts("variables", "those whose values are wanted", func(s *simulateProblem) *[]string { return &s.variables }))

var stochasticOptions = slices.Concat(runOptions, options[simulateProblem]{
	decimal("level", 0.95, "of the band", func(s *simulateProblem) *float64 { return &s.random.level }),
	orNull(other("probabilities", "DOUBLE[]", "more quantiles", readProbabilities)),
	variablesOption,
}, simulateOptions)

func readProbabilities(s *simulateProblem, v Value) error {
	for _, e := range v.Elements() {
		p, err := e.Float()
		if err != nil {
			text := "NULL"
			if !e.Null() {
				text, _ = e.Text()
			}
			if p, err = strconv.ParseFloat(text, 64); err != nil {
				return fmt.Errorf("probabilities: %q is not a number", text)
			}
		}
		s.random.probabilities = append(s.random.probabilities, p)
	}
	return nil
}

// addStochastic adds a function that describes the distribution of every variable
// in every year. A text column scenario in the panel makes a scenario of each of its
// values; without the option reference there may be one only.
func addStochastic(name string, all options[simulateProblem]) bool {
	return add(Function{
		Name: "_" + name, Args: simulateArgs, Options: all.declared(), Result: withPeriod(stochasticColumns),
		Run: prefixed("simulate_stochastic", func(ctx context.Context, args []Value) (*Table, error) {
			s, err := readStochastic(ctx, args, all)
			if err != nil {
				return nil, err
			}
			level := s.random.level
			if !(level > 0 && level < 1) {
				return nil, errors.New("level is not a number between 0 and 1")
			}
			s.options.Probabilities = append([]float64{(1 - level) / 2, 0.5, (1 + level) / 2}, s.random.probabilities...)
			s.options.Each = s.look
			if s.options.Only, err = s.only(); err != nil {
				return nil, err
			}
			years := len(s.problems[0].Years())
			if n := len(s.options.Only) * years * (2*len(s.problems) - 1); n > mostKept/min(max(s.options.Replications, 1024), 4096) {
				return nil, fmt.Errorf("bands of %d variables in %d years of %d scenarios are too many to keep with %d replications: ask for fewer (variables; dims of project), or take fewer replications",
					len(s.options.Only), years, len(s.problems), s.options.Replications)
			}
			spreads, err := s.run(ctx)
			if err != nil {
				return nil, err
			}
			s.note(ctx, "simulate_stochastic")
			return s.describe(ctx, spreads)
		}),
	})
}

var (
	_ = addStochastic("simulate_stochastic", stochasticOptions)
	_ = addStochastic("simulate_stochastic_scenarios", append(options[simulateProblem]{referenceOption("reference")}, stochasticOptions...))
)

// stochastic is a stochastic simulation as asked for from SQL.
type stochastic struct {
	*simulateProblem
	scenarios []any // names, or nil for a panel without scenarios
	problems  []*simulate.Problem
	names     []string // of the variables
	options   simulate.Stochastic
	stateYear *int64 // of the factors
	dropped   []int  // replications that have no solution
	failure   error  // of the first of them
	explosive int    // replications whose parameters are
}

// run simulates, telling its progress.
func (s *stochastic) run(ctx context.Context) ([]simulate.Spread, error) {
	step, end := tellProgress(s.options.Replications)
	defer end()
	s.options.Progress = step
	s.options.Explosive = func(int) { s.explosive++ }
	if s.random.onFailure == "drop" {
		s.options.Drop = func(replication int, err error) {
			s.dropped = append(s.dropped, replication)
			if s.failure == nil {
				s.failure = err
			}
		}
	}
	return simulate.RunStochastic(ctx, s.problems, s.options)
}

func readStochastic(ctx context.Context, args []Value, all options[simulateProblem]) (*stochastic, error) {
	in, err := readSimulation(args, all)
	if err != nil {
		return nil, err
	}
	if !all.has("reference") {
		in.reference = new(string)
	}
	names, panels, err := readScenarios(in.rows, in.reference, in.index)
	if err != nil {
		return nil, err
	}
	s := &stochastic{simulateProblem: in, scenarios: names}
	if s.problems, err = in.bind(ctx, names, panels, len(panels) > 1); err != nil {
		return nil, err
	}
	s.names = s.problems[0].Variables()
	s.options.Replications, s.options.Seed = in.random.replications, in.random.seed
	in.noteUnused(ctx)
	return s, s.prepareDraws()
}

// mostKept is the number of values that the quantiles are of at most: half a gigabyte.
const mostKept = 64 << 20

// only are the variables that are wanted.
func (s *stochastic) only() ([]int, error) {
	var all []int
	if s.variables == nil {
		for i := range s.names {
			all = append(all, i)
		}
	}
	for _, name := range s.variables {
		i := slices.IndexFunc(s.names, func(n string) bool { return strings.EqualFold(n, name) })
		if i < 0 {
			var err error
			if i, err = s.problems[0].System().Find(name); err != nil {
				return nil, fmt.Errorf("variables: %w", err)
			}
		}
		if !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	slices.Sort(all)
	return all, nil
}

// readScenarios splits the rows by their column scenario, the reference first
// and the others by name; without such a column there is one panel without a name.
// An empty reference admits one panel only.
func readScenarios(f *Frame, reference *string, x *index) ([]any, []*equation.Panel, error) {
	at, ok := f.Find("scenario")
	if !ok || f.Len() == 0 {
		panel, err := readPanel(f, x)
		return []any{nil}, []*equation.Panel{panel}, err
	}
	rows := map[string][]int{}
	var names []string
	for row := range f.Len() {
		name, err := scenarioName(f.Value(at, row))
		if err != nil {
			return nil, nil, fmt.Errorf("scenario in row %d of the panel %w", row+1, err)
		}
		if rows[name] == nil {
			names = append(names, name)
		}
		rows[name] = append(rows[name], row)
	}
	slices.Sort(names)
	if reference != nil {
		want := *reference
		if want == "" {
			if len(names) > 1 {
				return nil, nil, fmt.Errorf("the panel has %d scenarios (%s): take simulate_stochastic_scenarios", len(names), strings.Join(names, ", "))
			}
			want = names[0]
		}
		i := slices.Index(names, want)
		if i < 0 {
			return nil, nil, fmt.Errorf("no scenario %q to hold the others against (there are %s; reference := NULL for none)", want, strings.Join(names, ", "))
		}
		names = append([]string{want}, slices.Delete(names, i, i+1)...)
	}
	var labels []any
	var panels []*equation.Panel
	for _, name := range names {
		panel, err := readPanelRows(f, rows[name], x)
		if err != nil {
			return nil, nil, fmt.Errorf("scenario %s: %w", name, err)
		}
		labels, panels = append(labels, name), append(panels, panel)
	}
	return labels, panels, nil
}

// scenarioName is the name of a scenario, which may be a number.
func scenarioName(v Value) (string, error) {
	name, err := v.Text()
	if err != nil {
		if n, notWhole := v.Int(); notWhole == nil {
			return strconv.FormatInt(n, 10), nil
		}
	}
	return name, err
}

// look counts drawn values that cannot be.
func (s *stochastic) look(scenario, i, k int, _ []int, values []float64) {
	p := s.problems[scenario]
	variable := s.names[i]
	if which := s.outside.limited(variable); which >= 0 {
		s.outside.panel = p.Panel()
		s.outside.see(which, place{s.scenarios[scenario], equationName(p, i), variable, p.Years()[k], 0, 0}, values...)
	}
}

// note says what is to be said of the draws.
func (s *stochastic) note(ctx context.Context, macro string) {
	s.outside.note(ctx, macro, s.residuals)
	if first := s.problems[0].Years()[0]; s.stateYear != nil && *s.stateYear != first-1 {
		Note(ctx, "%s: the state of factor is that of %d, and the simulation begins in %d: it is taken for that of the year before (state 0 and state_variance 1 say that it is not known)", macro, *s.stateYear, first)
	}
	if s.explosive > 0 {
		Note(ctx, "%s: %.3g per cent of the replications (%d of %d) have parameters with which the equations are explosive (a root above 1): their paths grow without end, so take quantiles, which know no outliers, and not mean or std_error", macro,
			100*float64(s.explosive)/float64(s.options.Replications), s.explosive, s.options.Replications)
	}
	if n := len(s.dropped); n > 0 {
		Note(ctx, "%s: %d of %d replications have no solution and are left out, so that mean and band are of the others only; the first is %v", macro, n, s.options.Replications, s.failure)
	}
}

// describe writes the table: what was drawn beside the path without draws.
func (s *stochastic) describe(ctx context.Context, spreads []simulate.Spread) (*Table, error) {
	t := Rows(stochasticColumns)
	var reference *simulate.Path
	for n, p := range s.problems {
		path, err := p.Run(ctx)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			reference = path
		}
		for k, year := range path.Years {
			for at, i := range s.options.Only {
				d := spreads[n].Level[at][k]
				row := []any{s.scenarios[n], year, equationName(p, i), s.names[i], path.Actual[i][k], path.Simulated[i][k],
					d.Mean, d.SD, d.Quantiles[0], d.Quantiles[1], d.Quantiles[2], d.Quantiles[3:], nil, nil, nil, nil, nil, nil, len(s.dropped), nil}
				if s.random.draws != "residuals" && s.mode == "dynamic" {
					row[19] = s.explosive
				}
				if n > 0 {
					c := spreads[n].Difference[at][k]
					copy(row[12:], []any{path.Simulated[i][k] - reference.Simulated[i][k],
						c.Mean, c.SD, c.Quantiles[0], c.Quantiles[1], c.Quantiles[2]})
				}
				t.Append(row...)
			}
		}
	}
	return s.index.addPeriods(t, stochasticColumns), nil
}
