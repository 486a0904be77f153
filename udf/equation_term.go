package udf

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/equation"
	"utvandring/udf/natural"
)

var equationTermColumns = []Column{
	{"model", Text}, {"equation", Text}, {"left_side", Text}, {"parameter", Text}, {"regressor", Text}, {"variable", Text}, {"lag", Integer}, {"label", Text}, {"error", Text},
}

// _equation_term(equations): the formulas taken apart, a row for every column
// that a parameter is multiplied by; parameter is NULL for what stands in a
// formula without one, variable for a constant. label is the regressor as the
// report prints it. A formula that cannot be taken apart is one row with the error,
// so that it does not hide the others.
var _ = add(Function{
	Name: "_equation_term", Args: 1, Result: equationTermColumns,
	Run: prefixed("equation_term", func(_ context.Context, args []Value) (*Table, error) {
		column, err := readEquations(args[0])
		if err != nil {
			return nil, err
		}
		rows := make([]int, len(column[0]))
		for i := range rows {
			rows[i] = i
		}
		slices.SortStableFunc(rows, func(a, b int) int {
			if c := natural.Compare(column[0][a], column[0][b]); c != 0 {
				return c
			}
			return natural.Compare(column[1][a], column[1][b])
		})
		t := Rows(equationTermColumns)
		for _, i := range rows {
			if err := appendTerms(t, column[0][i], column[1][i], column[2][i]); err != nil {
				t.Append(column[0][i], column[1][i], nil, nil, nil, nil, nil, nil, err.Error())
			}
		}
		return t, nil
	}),
})

func appendTerms(t *Table, model, name, formula string) error {
	e, err := equation.Parse(formula)
	if err != nil {
		return err
	}
	linear, err := e.Linear()
	if err != nil {
		return err
	}
	left := equation.String(linear.Left)
	terms := linear.Terms
	if n, ok := linear.Offset.(*equation.Number); !ok || n.Value != 0 {
		terms = append(slices.Clone(terms), equation.Term{Regressor: linear.Offset})
	}
	for _, term := range terms {
		parameter := textOrNull(term.Parameter)
		text, label := equation.String(term.Regressor), printed(term.Regressor)
		seen := map[string]bool{}
		equation.Walk(term.Regressor, func(n equation.Node) {
			c, ok := n.(*equation.Column)
			if key := equation.String(n); ok && !seen[key] {
				seen[key] = true
				t.Append(model, name, left, parameter, text, c.Name, c.Lag, label, nil)
			}
		})
		if len(seen) == 0 {
			t.Append(model, name, left, parameter, text, nil, nil, label, nil)
		}
	}
	return nil
}

// printed is a regressor in the report's notation: EMI_K3t-1, log(BEH2t),
// (LEDNORt-LED1t), Konstant; a sum is a list, ANKO_K3t, ANME_K3t.
func printed(n equation.Node) string {
	switch n := n.(type) {
	case *equation.Number:
		if n.Value == 1 {
			return "Konstant"
		}
	case *equation.Column:
		name := strings.ToUpper(n.Name)
		if name == "TREND" {
			name = "Trend"
		}
		if n.Lag > 0 {
			return name + "t-" + strconv.Itoa(n.Lag)
		}
		return name + "t"
	case *equation.Call:
		if n.Name == "ln" {
			return "log(" + printed(n.Args[0]) + ")"
		}
	case *equation.Binary:
		switch n.Op {
		case "+":
			return printed(n.X) + ", " + printed(n.Y)
		case "-":
			return "(" + printed(n.X) + "-" + printed(n.Y) + ")"
		}
	}
	return equation.String(n)
}
