package sur

import (
	"fmt"
	"strings"

	"utvandring/udf/equation"
)

// Equation is a named formula.
type Equation struct {
	Name string
	*equation.Equation
}

// Model is a system of equations that share parameters by name.
type Model struct {
	Equations []Equation // those with parameters; identities are left out

	all    []string               // parameters in order of first appearance
	free   []string               // those that are estimated
	solved map[string]combination // the others, by key: see Restrict
}

// NewModel parses the formulas. Identities (no parameter) are for simulation
// and are left out; names tell equations apart in every message.
func NewModel(names, formulas []string) (*Model, error) {
	if len(formulas) == 0 {
		return nil, fmt.Errorf("there is no equation to estimate")
	}
	if len(names) != len(formulas) {
		return nil, fmt.Errorf("%d names for %d equations", len(names), len(formulas))
	}
	m := &Model{}
	seen := map[string]bool{}
	for i, text := range formulas {
		if seen[equation.Key(names[i])] {
			return nil, fmt.Errorf("two equations are called %s", names[i])
		}
		seen[equation.Key(names[i])] = true
		e, err := equation.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("equation %s: %w", names[i], err)
		}
		if e.IsIdentity() {
			continue
		}
		m.Equations = append(m.Equations, Equation{names[i], e})
	}
	if len(m.Equations) == 0 {
		return nil, fmt.Errorf("no equation has a $parameter: there is nothing to estimate (an identity such as %s is only simulated)", formulas[0])
	}
	m.collectParameters()
	return m, nil
}

// Parameters are all parameters in order of first appearance, as first written.
func (m *Model) Parameters() []string { return m.all }

func (m *Model) collectParameters() {
	seen := map[string]bool{}
	for _, e := range m.Equations {
		for _, p := range e.Parameters() {
			if !seen[equation.Key(p)] {
				seen[equation.Key(p)] = true
				m.all = append(m.all, p)
			}
		}
	}
	m.free = m.all
}

// Lefts are the left sides as text, by equation.
func (m *Model) Lefts() []string {
	lefts := make([]string, len(m.Equations))
	for i, e := range m.Equations {
		lefts[i] = equation.String(e.Left)
	}
	return lefts
}

// in prefixes a message with the name of an equation.
func (e Equation) errorf(format string, args ...any) error {
	return fmt.Errorf("equation "+strings.ReplaceAll(e.Name, "%", "%%")+": "+format, args...)
}

// original is the equation as written, before restrictions took parameters out.
func (e Equation) original() *equation.Equation {
	o, err := equation.Parse(e.Text)
	if err != nil {
		return e.Equation
	}
	return o
}
