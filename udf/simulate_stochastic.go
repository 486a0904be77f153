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
	{"mean", Double}, {"std_error", Double}, {"lower", Double}, {"median", Double}, {"upper", Double}, {"quantiles", Text},
	{"difference", Double}, {"difference_mean", Double}, {"difference_std_error", Double},
	{"difference_lower", Double}, {"difference_median", Double}, {"difference_upper", Double},
}

// stochasticArgs follow those of _simulate: reference, replications, seed, draws,
// method, residual_covariance, parameter_covariance.
const stochasticArgs = 7

// _simulate_stochastic(the arguments of _simulate, stochasticArgs, level,
// probabilities) describes the distribution of every variable in every year. A
// text column scenario in the panel makes a scenario of each of its values.
var _ = add(Function{
	Name:   "_simulate_stochastic",
	Args:   simulateArgs + optionArgs + stochasticArgs + 2,
	Result: stochasticColumns,
	Run: prefixed("simulate_stochastic", func(ctx context.Context, args []Value) (*Table, error) {
		s, err := readStochastic(args)
		if err != nil {
			return nil, err
		}
		rest := args[simulateArgs+optionArgs+stochasticArgs:]
		level, err := rest[0].Float()
		if err != nil || !(level > 0 && level < 1) {
			return nil, errors.New("level is not a number between 0 and 1")
		}
		s.options.Probabilities = []float64{(1 - level) / 2, 0.5, (1 + level) / 2}
		if !rest[1].Null() {
			list, err := rest[1].Text()
			if err != nil {
				return nil, fmt.Errorf("probabilities %w", err)
			}
			for _, text := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("[], '", r) }) {
				p, err := strconv.ParseFloat(text, 64)
				if err != nil {
					return nil, fmt.Errorf("probabilities: %q is not a number", text)
				}
				s.options.Probabilities = append(s.options.Probabilities, p)
			}
		}
		spreads, err := s.run(ctx)
		if err != nil {
			return nil, err
		}
		return s.describe(ctx, spreads)
	}),
})

// stochastic is a stochastic simulation as asked for from SQL.
type stochastic struct {
	scenarios []any // names, or nil for a panel without scenarios
	problems  []*simulate.Problem
	options   simulate.Stochastic
}

// run simulates, telling its progress.
func (s *stochastic) run(ctx context.Context) ([]simulate.Spread, error) {
	step, end := report(s.options.Replications)
	defer end()
	s.options.Progress = step
	return simulate.RunStochastic(ctx, s.problems, s.options)
}

func readStochastic(args []Value) (*stochastic, error) {
	system, in, err := readProblem(args)
	if err != nil {
		return nil, err
	}
	options := in.options
	rest := args[simulateArgs+optionArgs:]
	names, panels, err := readScenarios(in.rows, rest[0])
	if err != nil {
		return nil, err
	}
	s := &stochastic{scenarios: names}
	if options.ObservedPanel == nil && len(panels) > 1 {
		options.ObservedPanel = panels[0] // of the reference
	}
	for i, panel := range panels {
		p, err := system.Bind(panel, in.coefficients, options)
		if err != nil {
			if names[i] != nil {
				err = fmt.Errorf("scenario %s: %w", names[i], err)
			}
			return nil, err
		}
		s.problems = append(s.problems, p)
	}
	replications, err := rest[1].Int()
	if err != nil {
		return nil, fmt.Errorf("replications %w", err)
	}
	s.options.Replications = int(replications)
	if s.options.Seed, err = rest[2].Int(); err != nil {
		return nil, fmt.Errorf("seed %w", err)
	}
	return s, s.readDraws(rest[3:])
}

// readDraws reads draws, method, residual_covariance and parameter_covariance.
func (s *stochastic) readDraws(args []Value) error {
	draws, err := args[0].Text()
	if err != nil {
		return fmt.Errorf("draws %w", err)
	}
	method, err := args[1].Text()
	if err != nil {
		return fmt.Errorf("method %w", err)
	}
	residuals := strings.EqualFold(draws, "residuals") || strings.EqualFold(draws, "both")
	parameters := strings.EqualFold(draws, "parameters") || strings.EqualFold(draws, "both")
	if !residuals && !parameters {
		return fmt.Errorf("draws is %q, not 'residuals', 'parameters' or 'both'", draws)
	}
	if residuals {
		covariance, err := readCovariance(args[2], "residual_covariance", "equation_i", "equation_j")
		if err != nil {
			return err
		}
		switch {
		case strings.EqualFold(method, "normal"):
			s.options.Residuals, err = s.problems[0].NormalResiduals(covariance)
		case strings.EqualFold(method, "resample"):
			s.options.Residuals, err = s.problems[0].ResampledResiduals()
		default:
			err = fmt.Errorf("method is %q, not 'normal' or 'resample'", method)
		}
		if err != nil {
			return err
		}
	}
	if parameters {
		covariance, err := readCovariance(args[3], "parameter_covariance", "parameter_i", "parameter_j")
		if err != nil {
			return err
		}
		if s.options.Parameters, err = s.problems[0].Parameters(covariance); err != nil {
			return err
		}
	}
	return nil
}

// readCovariance reads rows with two names and covariance, and perhaps model.
func readCovariance(v Value, argument, i, j string) ([]simulate.Covariance, error) {
	if v.Null() {
		return nil, nil
	}
	f, err := v.Frame()
	if err != nil {
		return nil, fmt.Errorf("%s %w", argument, err)
	}
	if f.Len() == 0 {
		return nil, fmt.Errorf("%s has no rows", argument)
	}
	var names [2][]string
	for k, column := range []string{i, j} {
		if names[k], err = textColumn(f, column); err != nil {
			return nil, fmt.Errorf("%s: %w", argument, err)
		}
	}
	var models []string
	if _, ok := f.Find("model"); ok {
		if models, err = textColumn(f, "model"); err != nil {
			return nil, fmt.Errorf("%s: %w", argument, err)
		}
	}
	at, ok := f.Find("covariance")
	if !ok {
		return nil, fmt.Errorf("%s: no column covariance (there are %s)", argument, strings.Join(f.Names, ", "))
	}
	values, null, err := f.Float(at)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", argument, err)
	}
	out := make([]simulate.Covariance, f.Len())
	for row := range out {
		out[row] = simulate.Covariance{I: names[0][row], J: names[1][row], Value: values[row]}
		if models != nil {
			out[row].Model = models[row]
		}
		if null != nil && null[row] {
			out[row].Value = nan
		}
	}
	return out, nil
}

// readScenarios splits the rows by their column scenario, the reference first
// and the others by name; without such a column there is one panel without a name.
// An empty reference admits one panel only.
func readScenarios(f *Frame, reference Value) ([]any, []*equation.Panel, error) {
	at, ok := f.Find("scenario")
	if !ok || f.Len() == 0 {
		panel, err := readPanel(f)
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
	if !reference.Null() {
		want, err := scenarioName(reference)
		if err != nil {
			return nil, nil, fmt.Errorf("reference %w", err)
		}
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
		panel, err := readPanelRows(f, rows[name])
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

// describe writes the table: what was drawn beside the path without draws.
func (s *stochastic) describe(ctx context.Context, spreads []simulate.Spread) (*Table, error) {
	t := Rows(stochasticColumns)
	system := s.problems[0].System()
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
			for i, e := range system.Equations() {
				d := spreads[n].Level[i][k]
				row := []any{s.scenarios[n], year, e.Name, system.Variable(i), path.Actual[i][k], path.Simulated[i][k],
					d.Mean, d.SD, d.Quantiles[0], d.Quantiles[1], d.Quantiles[2], listText(d.Quantiles[3:]), nil, nil, nil, nil, nil, nil}
				if n > 0 {
					c := spreads[n].Difference[i][k]
					copy(row[12:], []any{path.Simulated[i][k] - reference.Simulated[i][k],
						c.Mean, c.SD, c.Quantiles[0], c.Quantiles[1], c.Quantiles[2]})
				}
				t.Append(row...)
			}
		}
	}
	return t, nil
}

// listText writes a DOUBLE[] that the macro casts back; NULL for an empty one.
func listText(values []float64) any {
	if len(values) == 0 {
		return nil
	}
	var texts []string
	for _, v := range values {
		texts = append(texts, strconv.FormatFloat(v, 'g', -1, 64))
	}
	return "[" + strings.Join(texts, ", ") + "]"
}
