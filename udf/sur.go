package udf

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/equation"
	"utvandring/udf/sur"
)

// The functions that estimate begin with the same arguments: a model (or a list
// of formulas), the tables model and equation as lists (NULL with formulas), the
// panel as a list of rows, and the options in this order.
const (
	surModel = iota
	surModels
	surEquations
	surRows
	surFirst
	surLast
	surMethod
	surDivisor
	surTolerance
	surMaxIterations
	surStdErrors
	surBandwidth
	surDistribution
	surRestrictions
	surArgs // number of them; further arguments follow
)

// surProblem is what is to be estimated.
type surProblem struct {
	name    string // of the model, "" for formulas
	model   *sur.Model
	panel   *equation.Panel
	options sur.Options
}

// readSur reads them. With an error comes as much as could be read, the model if
// it is not to blame.
func readSur(args []Value) (*surProblem, error) {
	p := &surProblem{}
	if err := p.readOptions(args); err != nil {
		return p, err
	}
	if err := p.readModel(args); err != nil {
		return p, err
	}
	rows, err := args[surRows].Frame()
	if err != nil {
		return p, fmt.Errorf("the panel %w", err)
	}
	if p.panel, err = readPanel(rows); err != nil {
		return p, err
	}
	return p, p.named(textColumnsUsed(p.model, rows))
}

// textColumnsUsed refuses columns that readPanel left out because they hold no
// numbers: "not in the panel" would mislead.
func textColumnsUsed(m *sur.Model, rows *Frame) error {
	for _, e := range m.Equations {
		for _, c := range e.Columns() {
			if at, ok := rows.Find(c.Name); ok && !rows.Numeric(at) {
				return fmt.Errorf("equation %s: column %q of the panel is not a number (write a dummy as 1 and 0)", e.Name, c.Name)
			}
		}
	}
	return nil
}

// estimate fits the model, and names it in errors that do not name an equation.
func (p *surProblem) estimate(ctx context.Context) (*sur.Fit, error) {
	fit, err := sur.Estimate(ctx, p.model, p.panel, p.options)
	return fit, p.named(err)
}

func (p *surProblem) named(err error) error {
	if err != nil && p.name != "" && !strings.HasPrefix(err.Error(), "equation ") {
		return fmt.Errorf("model %s: %w", p.name, err)
	}
	return err
}

func (p *surProblem) readOptions(args []Value) error {
	o := &p.options
	for _, a := range []struct {
		name string
		at   int
		to   *string
	}{{"method", surMethod, &o.Method}, {"divisor", surDivisor, &o.Divisor}, {"std_errors", surStdErrors, &o.StdErrors}, {"distribution", surDistribution, &o.Distribution}} {
		if a.at == surDistribution && args[a.at].Null() {
			continue // follows from std_errors
		}
		text, err := args[a.at].Text()
		if err != nil {
			return fmt.Errorf("%s %w", a.name, err)
		}
		if text == "" {
			return fmt.Errorf("%s is empty", a.name)
		}
		*a.to = text
	}
	for _, a := range []struct {
		name string
		at   int
		to   **int64
	}{{"first_year", surFirst, &o.First}, {"last_year", surLast, &o.Last}, {"bandwidth", surBandwidth, &o.Bandwidth}} {
		if args[a.at].Null() {
			continue
		}
		n, err := args[a.at].Int()
		if err != nil {
			return fmt.Errorf("%s %w", a.name, err)
		}
		*a.to = &n
	}
	var err error
	if o.Tolerance, err = args[surTolerance].Float(); err != nil {
		return fmt.Errorf("tolerance %w", err)
	}
	if o.Tolerance == 0 {
		return errors.New("tolerance must lie between 0 and 1, not 0")
	}
	limit, err := args[surMaxIterations].Int()
	if err != nil {
		return fmt.Errorf("max_iterations %w", err)
	}
	if limit < 1 {
		return fmt.Errorf("max_iterations must be at least 1, not %d", limit)
	}
	o.MaxIterations = int(min(limit, 1<<30))
	if args[surRestrictions].Null() {
		return nil
	}
	texts, err := args[surRestrictions].Texts()
	if err != nil {
		return fmt.Errorf("restrictions %w", err)
	}
	for _, text := range texts {
		list, err := sur.ParseRestrictions(text)
		if err != nil {
			return err
		}
		o.Restrictions = append(o.Restrictions, list...)
	}
	return nil
}

// readModel takes the formulas as they are, or looks the model up: its
// equations in natural order (4.1.2 before 4.1.10) and, where none are asked
// for, its years.
func (p *surProblem) readModel(args []Value) error {
	if args[surModels].Null() && args[surEquations].Null() {
		formulas, err := args[surModel].Texts()
		if err != nil {
			return fmt.Errorf("formulas %w", err)
		}
		if len(formulas) == 0 {
			return errors.New("formulas is an empty list (write ['y = $a + $b*x'])")
		}
		names := make([]string, len(formulas))
		for i := range names {
			names[i] = strconv.Itoa(i + 1)
		}
		p.model, err = sur.NewModel(names, formulas)
		return err
	}
	wanted, err := args[surModel].Text()
	if err != nil {
		return fmt.Errorf("model %w", err)
	}
	row, catalogue, err := findModel(wanted, args[surModels])
	if err != nil {
		return err
	}
	for _, y := range []struct {
		name string
		to   **int64
	}{{"first_year", &p.options.First}, {"last_year", &p.options.Last}} {
		at, ok := catalogue.Find(y.name)
		if !ok || *y.to != nil || catalogue.Value(at, row).Null() {
			continue
		}
		year, err := catalogue.Value(at, row).Int()
		if err != nil {
			return fmt.Errorf("%s of model %s %w", y.name, wanted, err)
		}
		*y.to = &year
	}
	names, formulas, err := equationsOf(wanted, args[surEquations])
	if err != nil {
		return err
	}
	p.name = wanted
	p.model, err = sur.NewModel(names, formulas)
	return p.named(err)
}

func findModel(wanted string, models Value) (row int, catalogue *Frame, err error) {
	if catalogue, err = models.Frame(); err != nil {
		return 0, nil, fmt.Errorf("the table model %w", err)
	}
	known, err := textColumn(catalogue, "model")
	if err != nil {
		return 0, nil, fmt.Errorf("the table model: %w", err)
	}
	if strings.Contains(wanted, "=") {
		return 0, nil, fmt.Errorf("%q is a formula, not the name of a model: write sur_of([formula, …], panel)", wanted)
	}
	row = slices.IndexFunc(known, func(s string) bool { return strings.EqualFold(s, wanted) })
	if row < 0 {
		return 0, nil, unknownModel(wanted, known)
	}
	return row, catalogue, nil
}

func equationsOf(model string, table Value) (names, formulas []string, err error) {
	frame, err := table.Frame()
	if err != nil {
		return nil, nil, fmt.Errorf("the table equation %w", err)
	}
	var column [3][]string
	for i, name := range []string{"model", "equation", "formula"} {
		if column[i], err = textColumn(frame, name); err != nil {
			return nil, nil, fmt.Errorf("the table equation: %w", err)
		}
	}
	var rows []int
	for i, m := range column[0] {
		if strings.EqualFold(m, model) {
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 {
		return nil, nil, fmt.Errorf("model %s has no equations (insert them into table equation)", model)
	}
	slices.SortFunc(rows, func(a, b int) int { return naturalOrder(column[1][a], column[1][b]) })
	for _, i := range rows {
		names, formulas = append(names, column[1][i]), append(formulas, column[2][i])
	}
	return names, formulas, nil
}

// naturalOrder compares runs of digits as numbers: 2 before 10.
func naturalOrder(a, b string) int {
	digits := func(s string) string {
		n := 0
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		return s[:n]
	}
	for a != "" && b != "" {
		x, y := digits(a), digits(b)
		if x != "" && y != "" {
			p, q := strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
			if len(p) != len(q) {
				return len(p) - len(q)
			}
			if c := strings.Compare(p, q); c != 0 {
				return c
			}
			a, b = a[len(x):], b[len(y):]
			continue
		}
		if a[0] != b[0] {
			return int(a[0]) - int(b[0])
		}
		a, b = a[1:], b[1:]
	}
	return len(a) - len(b)
}

// writeFit makes a result of a fit; extra are the arguments after those of every
// estimation.
type writeFit func(p *surProblem, fit *sur.Fit, extra []Value) (*Table, error)

// addSur adds a function whose result follows from one fit.
func addSur(name string, result []Column, write writeFit, extra int) bool {
	return add(Function{
		Name: "_" + name, Args: surArgs + extra, Result: result,
		Run: prefixed(name, func(ctx context.Context, args []Value) (*Table, error) {
			p, err := readSur(args)
			if err != nil {
				return nil, err
			}
			p.options.Unconverged = name == "sur_system" // which says so
			fit, err := p.estimate(ctx)
			if err != nil {
				return nil, err
			}
			return write(p, fit, args[surArgs:])
		}),
	})
}
