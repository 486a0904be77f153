package udf

import (
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/natural"
	"utvandring/udf/nearest"
)

// catalogue is what the tables model and equation hold, as the view _catalogue
// hands it over: as lists of the same length, the shorter one filled up with
// rows of NULL.
type catalogue struct {
	models    *Frame
	names     []string    // of the models
	equations [3][]string // model, equation and formula
}

func readCatalogue(models, equations Value) (*catalogue, error) {
	a := argumentOf("the table model", models)
	c := &catalogue{names: column(a, "model", filled(0)), models: a.Frame}
	if a.err != nil {
		return nil, a.err
	}
	var err error
	c.equations, err = readEquations(equations)
	return c, err
}

// readEquations reads the columns model, equation and formula.
func readEquations(table Value) (columns [3][]string, err error) {
	a := argumentOf("the table equation", table)
	for i, name := range []string{"model", "equation", "formula"} {
		columns[i] = column(a, name, filled(len(columns[0])))
	}
	return columns, a.err
}

// find gives the row of a model in c.models.
func (c *catalogue) find(model string) (row int, err error) {
	row = slices.IndexFunc(c.names, func(s string) bool { return strings.EqualFold(s, model) })
	if row >= 0 {
		return row, nil
	}
	if hint := nearest.Hint(model, c.names); hint != "" {
		return 0, fmt.Errorf("no model %q in the table model%s", model, hint)
	}
	sorted := slices.Clone(c.names)
	slices.Sort(sorted)
	if len(sorted) > 12 {
		sorted = append(sorted[:12], "…")
	}
	return 0, fmt.Errorf("no model %q in the table model (there are %s)", model, strings.Join(sorted, ", "))
}

// year gives first_year or last_year of the model in a row, nil where it has none.
func (c *catalogue) year(name string, row int) (*int64, error) {
	at, ok := c.models.Find(name)
	if !ok || c.models.Value(at, row).Null() {
		return nil, nil
	}
	year, err := c.models.Value(at, row).Int()
	if err != nil {
		return nil, fmt.Errorf("%s of model %s %w", name, c.names[row], err)
	}
	return &year, nil
}

// equationsOf gives the equations of a model in natural order: 4.1.2 before 4.1.10.
func (c *catalogue) equationsOf(model string) (names, formulas []string, err error) {
	var rows []int
	for i, m := range c.equations[0] {
		if strings.EqualFold(m, model) {
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 {
		return nil, nil, fmt.Errorf("model %s has no equations (insert them into table equation)", model)
	}
	slices.SortFunc(rows, func(a, b int) int { return natural.Compare(c.equations[1][a], c.equations[1][b]) })
	for _, i := range rows {
		names, formulas = append(names, c.equations[1][i]), append(formulas, c.equations[2][i])
	}
	return names, formulas, nil
}
