package udf

import (
	"context"
	"errors"
	"fmt"
	"regexp"
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
	method  string // what the user calls the argument method
	years   []modelYear
	model   *sur.Model
	panel   *equation.Panel
	options sur.Options
}

// readSur reads them. With an error comes as much as could be read, the model if
// it is not to blame.
func readSur(args []Value) (*surProblem, error) { return readSurBy("method", args) }

// readSurBy is readSur for a function whose argument method is something else.
func readSurBy(method string, args []Value) (*surProblem, error) {
	p := &surProblem{method: method}
	if err := p.readOptions(args); err != nil {
		return p, err
	}
	if err := p.readModel(args); err != nil {
		return p, err
	}
	rows, err := panelFrame(args[surRows])
	if err != nil {
		return p, err
	}
	p.panel, err = readPanel(rows)
	return p, err
}

// modelYear is a bound of the sample that the user did not give: the table model
// has it.
type modelYear struct {
	name string
	year int64
}

// explainYears adds to an error about such a year where it comes from.
func (p *surProblem) explainYears(err error) error {
	for _, y := range p.years {
		text := err.Error() + " "
		if strings.Contains(text, fmt.Sprintf("%s %d ", y.name, y.year)) || strings.HasPrefix(text, fmt.Sprintf("year %d cannot be estimated", y.year)) {
			return fmt.Errorf("%w; %s %d is that of the table model (%s := … overrides it)", err, y.name, y.year, y.name)
		}
	}
	return err
}

// methodIn finds the argument method in an error.
var methodIn = regexp.MustCompile(`\bmethod (:=|")`)

// estimate fits the model, and names it in errors that do not name an equation.
func (p *surProblem) estimate(ctx context.Context) (*sur.Fit, error) {
	fit, err := sur.Estimate(ctx, p.model, p.panel, p.options)
	if err != nil && ctx.Err() == nil && p.method != "method" {
		err = errors.New(methodIn.ReplaceAllString(err.Error(), p.method+" $1"))
	}
	if err != nil {
		return nil, p.named(p.explainYears(err))
	}
	return fit, nil
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
	}{{p.method, surMethod, &o.Method}, {"divisor", surDivisor, &o.Divisor}, {"std_errors", surStdErrors, &o.StdErrors}, {"distribution", surDistribution, &o.Distribution}} {
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
		if text := strings.Join(formulas, "', '"); !strings.Contains(text, "=") {
			return fmt.Errorf("'%s' is no formula (write ['y = $a + $b*x']); a model of the table model is estimated by sur('4.1', panel), without _of", text)
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
		return fmt.Errorf("%q is a formula, not the name of a model: write sur_of([formula, …], panel)", wanted)
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
	}{{"first_year", &p.options.First}, {"last_year", &p.options.Last}} {
		if *y.to == nil {
			if *y.to, err = c.year(y.name, row); err != nil {
				return err
			}
			if *y.to != nil {
				p.years = append(p.years, modelYear{y.name, **y.to})
			}
		}
	}
	names, formulas, err := c.equationsOf(wanted)
	if err != nil {
		return err
	}
	p.name = wanted
	p.model, err = modelOf(names, formulas)
	return p.named(err)
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
