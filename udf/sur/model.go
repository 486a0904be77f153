package sur

import (
	"fmt"
	"slices"

	"utvandring/udf/equation"
)

// Equation is a named formula.
type Equation struct {
	Name string
	*equation.Equation
}

// Model is a system of equations that share parameters by name.
type Model struct {
	Equations  []Equation // those with parameters
	identities []Equation // the others: where the data are rebuilt they say what follows from the left sides

	all    []string      // parameters in order of first appearance
	where  [][]string    // equations that each of all stands in
	free   []string      // those that are estimated
	full   []combination // all, as sums of the free ones; nil where all are free
	plan   *plan
	origin *Model        // without restrictions; nil where there are none
	given  []Restriction // that led from origin here
}

// NewModel parses the formulas, one a name. Identities (no parameter) are not
// estimated and stand apart; names tell equations apart in every message. It is an
// error, of type EquationError where it is in one formula, when a name occurs twice,
// a formula cannot be read or is not linear in a parameter, and NoParameterError when
// there is nothing to estimate.
func NewModel(names, formulas []string) (*Model, error) {
	if len(formulas) == 0 {
		return nil, fmt.Errorf("there is no equation to estimate")
	}
	m := &Model{}
	for i, text := range formulas {
		if indexOf(names, names[i]) < i {
			return nil, fmt.Errorf("two equations are called %s", names[i])
		}
		e, err := equation.Parse(text)
		if err != nil {
			return nil, &EquationError{names[i], err}
		}
		if e.IsIdentity() {
			m.identities = append(m.identities, Equation{names[i], e})
			continue
		}
		m.Equations = append(m.Equations, Equation{names[i], e})
		for _, p := range e.Parameters() {
			at := indexOf(m.all, p)
			if at < 0 {
				at = len(m.all)
				m.all, m.where = append(m.all, p), append(m.where, nil)
			}
			m.where[at] = append(m.where[at], names[i])
		}
	}
	m.free = m.all
	if len(m.Equations) == 0 {
		none := &NoParameterError{Formula: formulas[0]}
		for _, e := range m.identities {
			for _, name := range e.Columns() {
				if !slices.Contains(none.Columns, name) {
					none.Columns = append(none.Columns, name)
				}
			}
		}
		return nil, none
	}
	return m, m.makePlan()
}

// Parameters are all parameters in order of first appearance, as first written.
func (m *Model) Parameters() []string { return m.all }

// EquationsOf names the equations that parameter i of Parameters stands in.
func (m *Model) EquationsOf(i int) []string { return m.where[i] }

// Lefts are the left sides as text, by equation.
func (m *Model) Lefts() []string {
	lefts := make([]string, len(m.Equations))
	for i, e := range m.Equations {
		lefts[i] = equation.String(e.Left)
	}
	return lefts
}
