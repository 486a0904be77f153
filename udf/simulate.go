package udf

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"utvandring/udf/simulate"
)

// simulateArgs are the arguments that every function that simulates begins with.
const simulateArgs = 5

// readProblem reads models, model, equation, panel, coefficients and options.
func readProblem(args []Value) (*simulate.System, *problemInput, error) {
	choice, err := readModels(args[0], args[1], args[2])
	if err != nil {
		return nil, nil, err
	}
	system, err := simulate.New(choice.equations)
	if err != nil {
		return nil, nil, err
	}
	rows, err := panelFrame(args[3])
	if err != nil {
		return nil, nil, err
	}
	in := &problemInput{rows: rows}
	if in.coefficients, err = readCoefficients(args[4], choice); err != nil {
		return nil, nil, err
	}
	in.options, err = readOptions(args[simulateArgs:], choice)
	return system, in, err
}

// bindProblem reads models, panel, coefficients and options; given are variables
// that the panel need not have.
func bindProblem(args []Value, given ...string) (*simulate.Problem, error) {
	system, in, err := readProblem(args)
	if err != nil {
		return nil, err
	}
	in.options.Given = given
	panel, err := readPanel(in.rows)
	if err != nil {
		return nil, err
	}
	return system.Bind(panel, in.coefficients, in.options)
}

// problemInput is what a system is bound to.
type problemInput struct {
	rows         *Frame
	coefficients []simulate.Coefficient
	options      simulate.Options
}

var simulateColumns = []Column{{"year", Integer}, {"equation", Text}, {"variable", Text}, {"actual", Double}, {"simulated", Double}}

// _simulate(models, model, equation, panel, coefficients, mode, first_year,
// last_year, residuals, observed, add_factors, exogenous, cohorts) simulates models together.
// cohorts, if not NULL, is the account of one country group, which then answers.
var _ = add(Function{
	Name:   "_simulate",
	Args:   simulateArgs + optionArgs + 1,
	Result: simulateColumns,
	Run: prefixed("simulate", func(ctx context.Context, args []Value) (*Table, error) {
		account, err := readStocks(args[simulateArgs+optionArgs])
		if err != nil {
			return nil, err
		}
		problem, err := bindProblem(args, account.Variables()...)
		if err != nil {
			return nil, err
		}
		path, err := runWith(ctx, problem, account)
		if err != nil {
			return nil, err
		}
		t := Rows(simulateColumns)
		writePath(t, nil, problem, path, account)
		return t, nil
	}),
})

// runWith simulates a problem, with stocks that answer where there is an account.
func runWith(ctx context.Context, problem *simulate.Problem, account *stocks) (*simulate.Path, error) {
	if account == nil {
		return problem.Run(ctx)
	}
	account.last = problem.Years()[len(problem.Years())-1]
	return problem.RunWith(ctx, account)
}

// writePath appends a row per year and variable, with labels before it.
func writePath(t *Table, labels []any, problem *simulate.Problem, path *simulate.Path, account *stocks) {
	system := problem.System()
	equations := system.Equations()
	for k, year := range path.Years {
		for i, e := range equations {
			t.Append(append(labels, year, e.Name, system.Variable(i), path.Actual[i][k], path.Simulated[i][k])...)
		}
		if account != nil {
			account.write(t, labels, k, problem.Panel())
		}
	}
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

func yearText(s string) (int64, error) { return strconv.ParseInt(strings.TrimSpace(s), 10, 64) }
