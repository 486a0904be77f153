package simulate

import (
	"errors"
	"fmt"
	"strings"

	"utvandring/udf/equation"
	"utvandring/udf/nearest"
	"utvandring/udf/structure"
)

// Equation is one formula of a model. Its name is unique within the model.
type Equation struct {
	Model, Name, Formula string
}

// left is the text of the left side.
func (e Equation) left() string {
	left, _, _ := strings.Cut(e.Formula, "=")
	return strings.TrimSpace(left)
}

// label is what messages call it: a number alone says little of a formula without a model.
func (e Equation) label() string {
	if left := e.left(); e.Model == "" && !strings.EqualFold(e.Name, left) {
		return e.Name + " (" + left + ")"
	}
	return e.Name
}

// in names what it belongs to, for messages.
func (e Equation) in() string {
	if e.Model == "" {
		return "the formulas without a model"
	}
	return "model " + e.Model
}

// System is a set of equations, of one model or of several solved together,
// ordered by dependency and compiled. It is immutable: any number of goroutines
// may simulate it at once.
type System struct {
	equations []member
	variables []string       // every column read or determined, as first written
	byKey     map[string]int // variable by name without case
	endo      []int          // equation that determines the variable, or -1
	blocks    []*block       // in order of solution
	compiled  *compiler
	maxLag    int
	actual    []*equation.Program // left − right of every equation: its residual on the data
}

// member is an equation and the variable that it determines.
type member struct {
	Equation
	parsed   *equation.Equation
	variable int
	uses     []input // every column and lag that it reads, the unknown too
	residual equation.Node
	solved   *equation.Program // the variable from everything else; nil where it must be found numerically
	solution equation.Node     // what solved computes
}

// New reads the equations, finds the variable that each of them determines and
// the order in which they can be solved.
//
// What an equation determines is said in structure.Determine: y in y = …, ln(y) = …,
// y - lag(y) = …, y/x = …. Two equations for one variable are an error, a variable
// without an equation is exogenous.
func New(equations []Equation) (*System, error) {
	if len(equations) == 0 {
		return nil, errors.New("there are no equations to simulate")
	}
	s := &System{byKey: map[string]int{}}
	names := map[[2]string]bool{}
	var left []equation.Node
	for _, e := range equations {
		parsed, err := equation.Parse(e.Formula)
		if err != nil {
			return nil, fmt.Errorf("equation %s: %w", e.label(), err)
		}
		key := [2]string{e.Model, e.Name}
		if names[key] && e.Model != "" { // else they determine the same variable, which is said below
			return nil, fmt.Errorf("equation %s occurs twice in model %s", e.Name, e.Model)
		}
		names[key] = true
		s.equations = append(s.equations, member{Equation: e, parsed: parsed})
		left = append(left, parsed.Left)
	}
	for i, d := range structure.Determine(left) {
		m := &s.equations[i]
		s.add(m)
		switch {
		case d.Rival >= 0:
			first, second := s.equations[min(i, d.Rival)], s.equations[max(i, d.Rival)]
			return nil, fmt.Errorf("equations %s and %s both determine %s: simulate one of them, or write one with another variable on its left side",
				first.label(), second.label(), s.variables[s.byKey[equation.Key(structure.Current(m.parsed.Left)[0].Name)]])
		case d.Column == nil:
			return nil, fmt.Errorf("equation %s: no column of the current year on the left side to solve for (%s)", m.label(), m.Formula)
		}
		m.variable = s.byKey[equation.Key(d.Column.Name)]
		s.endo[m.variable] = i
	}
	s.compile()
	return s, nil
}

// ofModel names a model where there is one: formulas of the user's own have none.
func ofModel(model string) string {
	if model == "" {
		return ""
	}
	return " of model " + model
}

// add registers the columns of an equation.
func (s *System) add(m *member) {
	seen := map[input]bool{}
	for _, side := range []equation.Node{m.parsed.Left, m.parsed.Right} {
		equation.Walk(side, func(n equation.Node) {
			c, ok := n.(*equation.Column)
			if !ok {
				return
			}
			v, ok := s.byKey[equation.Key(c.Name)]
			if !ok {
				v = len(s.variables)
				s.byKey[equation.Key(c.Name)] = v
				s.variables = append(s.variables, c.Name)
				s.endo = append(s.endo, -1)
			}
			s.maxLag = max(s.maxLag, c.Lag)
			if at := (input{v, c.Lag}); !seen[at] {
				seen[at] = true
				m.uses = append(m.uses, at)
			}
		})
	}
}

// compile orders the equations and makes their programs.
func (s *System) compile() {
	c := newCompiler(len(s.equations), func(name string) int { return s.byKey[equation.Key(name)] })
	s.compiled = c
	adjust := &equation.Column{Name: adjustment}
	uses := make([][]int, len(s.equations))
	for i := range s.equations {
		m := &s.equations[i]
		name := s.variables[m.variable]
		difference := binary("-", m.parsed.Left, m.parsed.Right)
		s.actual = append(s.actual, c.compile(difference, m.Model, i))
		m.residual = binary("-", difference, adjust)
		if equation.CountCurrent(m.parsed.Right, name) == 0 {
			if y, ok := equation.Invert(m.parsed.Left, name, binary("+", m.parsed.Right, adjust)); ok {
				m.solution = y
				m.solved = c.compile(y, m.Model, i)
			}
		}
		for _, u := range m.uses {
			if j := s.endo[u.variable]; u.lag == 0 && j >= 0 && (j != i || m.solved == nil) {
				uses[i] = append(uses[i], j)
			}
		}
	}
	for _, equations := range structure.Blocks(uses) {
		s.blocks = append(s.blocks, s.newBlock(equations))
	}
}

func binary(op string, x, y equation.Node) equation.Node {
	return &equation.Binary{Op: op, X: x, Y: y}
}

// exogenous is the variable of a name that no equation determines, -1 where there is none.
func (s *System) exogenous(name string) int {
	if v, ok := s.byKey[equation.Key(name)]; ok && s.endo[v] < 0 {
		return v
	}
	return -1
}

// instrument is what can be changed under a name: an exogenous variable, or the add-factor
// of an equation; the other is -1.
func (s *System) instrument(name string) (variable, equation int, err error) {
	if v := s.exogenous(name); v >= 0 {
		return v, -1, nil
	}
	i, err := s.Find(name)
	if err != nil {
		return -1, -1, fmt.Errorf("%q is in none of the equations%s", name, nearest.Hint(name, s.variables))
	}
	return -1, i, nil
}

// Equations lists the equations in the order given.
func (s *System) Equations() []Equation {
	out := make([]Equation, len(s.equations))
	for i, m := range s.equations {
		out[i] = m.Equation
	}
	return out
}

// Variable is the name of the variable that equation i determines.
func (s *System) Variable(i int) string { return s.variables[s.equations[i].variable] }

// IsIdentity reports whether equation i has no parameter.
func (s *System) IsIdentity(i int) bool { return s.equations[i].parsed.IsIdentity() }

// behavioural are the equations that have a residual: all but identities.
func (s *System) behavioural() (equations []int) {
	for i := range s.equations {
		if !s.IsIdentity(i) {
			equations = append(equations, i)
		}
	}
	return equations
}

// Exogenous lists the variables that no equation determines, in order of first
// appearance; the year is not one of them.
func (s *System) Exogenous() []string {
	var names []string
	for v, name := range s.variables {
		if s.endo[v] < 0 && equation.Key(name) != "year" {
			names = append(names, name)
		}
	}
	return names
}

// Find gives the equation with a name, or else the one that determines a
// variable of that name or has it as its left side.
func (s *System) Find(name string) (int, error) {
	found := -1
	for i, m := range s.equations {
		if !strings.EqualFold(m.Name, name) {
			continue
		}
		if found >= 0 {
			return 0, fmt.Errorf("equation %s is in %s and in %s: name the variable instead", name, s.equations[found].in(), m.in())
		}
		found = i
	}
	if found >= 0 {
		return found, nil
	}
	if v, ok := s.byKey[equation.Key(name)]; ok {
		if s.endo[v] < 0 {
			return 0, fmt.Errorf("%s is exogenous: no equation determines it", s.variables[v])
		}
		return s.endo[v], nil
	}
	var candidates []string
	for i, m := range s.equations {
		if strings.EqualFold(m.left(), name) {
			return i, nil
		}
		candidates = append(candidates, m.Name, s.Variable(i))
	}
	return 0, fmt.Errorf("no equation or endogenous variable %q%s", name, nearest.Hint(name, candidates))
}
