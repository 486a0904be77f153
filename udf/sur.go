package udf

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"utvandring/udf/equation"
	"utvandring/udf/sur"
)

// The functions that estimate have the same arguments: a model (or a list of
// formulas), the tables model and equation as lists (NULL with formulas; in place
// of the first a macro that is called per group names itself), the panel as a list of
// rows, and the options.
const (
	surModel = iota
	surModels
	surEquations
	surRows
	surOptionsAt
	surArgs // number of them
)

// surProblem is what is to be estimated.
type surProblem struct {
	name    string // of the model, "" for formulas
	macro   string // sur_fit or another macro for one estimation per group, else ""
	model   *sur.Model
	panel   *equation.Panel
	options sur.Options
	index   *index

	// Of some functions only.
	lags       int64
	level      float64
	hypotheses []sur.Restriction
	effects    []string
	factors    int
	dynamics   string
	search     sur.SearchOptions
	top        *int64
	admissible bool
	criterion  string
	bootstrap  sur.BootstrapOptions

	modelFirst, modelLast bool // the user gave no such year: it is that of the table model
}

// readSur reads them. With an error comes as much as could be read, the model if
// it is not to blame.
func readSur(args []Value, all options[surProblem]) (*surProblem, error) {
	p := &surProblem{}
	rows, noRows := panelFrame(args[surRows])
	if noRows == nil {
		var err error
		if p.index, err = readIndex(rows, args[surOptionsAt]); err != nil {
			return p, err
		}
	}
	err := all.readAll(args[surOptionsAt], p)
	switch {
	case err != nil:
	case p.options.Tolerance == 0 && all.has("tolerance"): // which package sur takes for none given
		err = errors.New("tolerance must lie between 0 and 1, not 0")
	case p.options.MaxIterations <= 0 && all.has("max_iterations"):
		err = fmt.Errorf("max_iterations must be at least 1, not %d", p.options.MaxIterations)
	}
	if failed := p.readModel(args); err == nil {
		err = unmarked(failed, args[surRows])
	}
	if err == nil {
		err = noRows
	}
	if err != nil {
		return p, err
	}
	if p.macro != "" && rows.Len() == 0 {
		return p, p.ofGroup(errors.New("the panel of a group is empty: its list of rows has none"))
	}
	p.panel, err = readPanel(rows, p.index)
	return p, p.ofGroup(err)
}

// ofGroup adds to an error of one group what lets the others have their answers.
func (p *surProblem) ofGroup(err error) error {
	if err == nil || p.macro == "" || strings.HasPrefix(p.macro, "try_") {
		return err
	}
	return fmt.Errorf("%w (with more groups, try_%s gives the others theirs, and this in a column)", err, p.macro)
}

// unmarked adds to the error that nothing is to be estimated which names are no
// columns, and so parameters that lack their $.
func unmarked(err error, rows Value) error {
	var of *sur.NoParameterError
	frame, failed := panelFrame(rows)
	if !errors.As(err, &of) || failed != nil || frame.Len() == 0 {
		return err
	}
	var bare, marked []string
	for _, name := range of.Columns {
		if _, ok := frame.Find(name); !ok && !strings.EqualFold(name, "year") {
			bare, marked = append(bare, name), append(marked, "$"+name)
		}
	}
	switch len(bare) {
	case 0:
		return err
	case 1:
		return fmt.Errorf("%w; %s is no column of the panel: is it meant as a parameter, %s?", err, bare[0], marked[0])
	}
	const listed = 6
	if len(bare) > listed {
		bare, marked = append(bare[:listed], "…"), append(marked[:listed], "…")
	}
	return fmt.Errorf("%w; %s are no columns of the panel: are they meant as parameters, %s?", err, strings.Join(bare, ", "), strings.Join(marked, ", "))
}

// estimate fits the model.
func (p *surProblem) estimate(ctx context.Context) (*sur.Fit, error) {
	fit, err := sur.Estimate(ctx, p.model, p.panel, p.options)
	if err != nil {
		return nil, p.ofGroup(p.explain(err))
	}
	p.noteSample(ctx, fit.Skipped())
	return fit, nil
}

// noteSample says what was read otherwise than it is written, and which years are left out.
func (p *surProblem) noteSample(ctx context.Context, left []string) {
	for _, e := range p.model.Equations {
		noteRead(ctx, "sur", p.panel, e.Columns())
	}
	if len(left) > 0 {
		const told = 3
		more := ""
		if len(left) > told {
			left, more = left[:told], fmt.Sprintf(" and %d more", len(left)-told)
		}
		Note(ctx, "sur: left out of the sample: %s%s", strings.Join(left, ", "), more)
	}
}

// explain adds to an error about a year where that comes from if the user did not
// give it, and names the model where no equation is named.
func (p *surProblem) explain(err error) error {
	var of *sur.YearError
	if errors.As(err, &of) {
		switch {
		case of.First != nil && p.modelFirst:
			err = fmt.Errorf("%w; first_year %d is that of the table model (first_year := … overrides it)", err, *of.First)
		case of.Last != nil && p.modelLast:
			err = fmt.Errorf("%w; last_year %d is that of the table model (last_year := … overrides it)", err, *of.Last)
		}
	}
	var in *sur.EquationError
	if p.name == "" || errors.As(err, &in) {
		return err
	}
	return fmt.Errorf("model %s: %w", p.name, err)
}

// readModel takes the formulas as they are, or looks the model up: its
// equations in natural order (4.1.2 before 4.1.10) and, where none are asked
// for, its years.
func (p *surProblem) readModel(args []Value) error {
	p.macro, _ = args[surModels].Text()
	if (args[surModels].Null() || p.macro != "") && args[surEquations].Null() {
		formulas, err := args[surModel].Texts()
		if err != nil {
			return fmt.Errorf("formulas %w", err)
		}
		if len(formulas) == 0 {
			return errors.New("formulas is an empty list (write ['y = $a + $b*x'])")
		}
		if text := strings.Join(formulas, "', '"); !strings.Contains(text, "=") {
			return fmt.Errorf("'%s' is no formula (write ['y = $a + $b*x']); a model of the table model is estimated by sur('4.1', panel), without _of", equation.Excerpt(text))
		}
		names := make([]string, len(formulas))
		for i := range names {
			names[i] = strconv.Itoa(i + 1)
		}
		p.model, err = modelOf(names, formulas)
		return err
	}
	wanted, err := args[surModel].Text()
	if err != nil {
		return fmt.Errorf("model %w", err)
	}
	if strings.Contains(wanted, "=") {
		return fmt.Errorf("%q is a formula, not the name of a model: write sur_of([formula, …], panel)", equation.Excerpt(wanted))
	}
	c, err := readCatalogue(args[surModels], args[surEquations])
	if err != nil {
		return err
	}
	row, err := c.find(wanted)
	if err != nil {
		return err
	}
	for _, y := range []struct {
		name string
		to   **int64
		from *bool
	}{{"first_year", &p.options.First, &p.modelFirst}, {"last_year", &p.options.Last, &p.modelLast}} {
		if *y.to == nil {
			if *y.to, err = c.year(y.name, row); err != nil {
				return err
			}
			if *y.from = *y.to != nil; *y.from && p.index != nil && !p.index.whole {
				return fmt.Errorf("%s of model %s in the table model is a year, and the index is %s: give %s := …", y.name, wanted, p.index.Name, y.name)
			}
		}
	}
	names, formulas, err := c.equationsOf(wanted)
	if err != nil {
		return err
	}
	p.name = wanted
	if p.model, err = modelOf(names, formulas); err != nil {
		return p.explain(err)
	}
	return nil
}

// writeFit makes a result of a fit.
type writeFit func(ctx context.Context, p *surProblem, fit *sur.Fit) (*Table, error)

// fitted reads and estimates for the function name. With an error comes what could be read.
func fitted(ctx context.Context, name string, args []Value, all options[surProblem]) (p *surProblem, fit *sur.Fit, err error) {
	if p, err = readSur(args, all); err != nil {
		return p, nil, err
	}
	if name == "sur_system" { // which says so
		p.options.Unconverged, p.options.OtherMaxima = true, true
	}
	if fit, err = p.estimate(ctx); err == nil {
		noteFit(ctx, p, fit)
	}
	return p, fit, err
}

// addSur adds a function whose result follows from one fit.
func addSur(name string, result []Column, all options[surProblem], write writeFit) bool {
	return add(Function{
		Name: "_" + name, Args: surArgs, Options: all.declared(), Result: result,
		Run: prefixed(name, func(ctx context.Context, args []Value) (*Table, error) {
			p, fit, err := fitted(ctx, name, args, all)
			if err != nil {
				return nil, err
			}
			return write(ctx, p, fit)
		}),
	})
}

// addReported adds such a function, and _NAME_report, which is the same for one of several
// models that are estimated together: one that cannot be estimated must not take the others
// with it, nor go missing. The result has one more column, error. Where there is
// one, the rows begin as keys says, all else NULL; a model that cannot
// even be read has one row.
func addReported(name string, result []Column, all options[surProblem], write writeFit, keys func(m *sur.Model) [][]any) bool {
	reported := append(result[:len(result):len(result)], Column{"error", Text})
	return addSur(name, result, all, write) && add(Function{
		Name: "_" + name + "_report", Args: surArgs, Options: all.declared(), Result: reported,
		Run: func(ctx context.Context, args []Value) (*Table, error) {
			p, fit, err := fitted(ctx, name, args, all)
			var t *Table
			if err == nil {
				t, err = write(ctx, p, fit)
			}
			switch {
			case err == nil:
				t.addNullText()
				return t, nil
			case ctx.Err() != nil:
				return nil, err
			}
			rows := [][]any{nil}
			if p.model != nil {
				rows = keys(p.model)
			}
			t = Rows(reported)
			for _, row := range rows {
				cells := make([]any, len(reported))
				copy(cells, row)
				cells[len(result)] = err.Error()
				t.Append(cells...)
			}
			return t, nil
		},
	})
}

// checkLevel refuses what is no level of intervals.
func (p *surProblem) checkLevel() error {
	if !(p.level > 0 && p.level < 1) {
		return fmt.Errorf("level must lie between 0 and 1, such as 0.95, not %g", p.level)
	}
	return nil
}

// of names the model, where it has a name, for notes.
func (p *surProblem) of() string {
	if p.name == "" {
		return ""
	}
	return "model " + p.name + ": "
}
