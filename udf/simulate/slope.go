package simulate

import "utvandring/udf/equation"

// slope is the derivative of an equation's residual, left minus right side, with
// respect to one variable at one lag.
type slope struct {
	input
	node equation.Node
}

// slopes differentiates every equation with respect to everything that it reads,
// but for what it does not depend on.
func (s *System) slopes() [][]slope {
	out := make([][]slope, len(s.equations))
	for i, m := range s.equations {
		residual := binary("-", m.parsed.Left, m.parsed.Right)
		for _, u := range m.uses {
			// Diff takes lagged columns for constants: this one gets a name of its own.
			const name = "\x00this"
			n := equation.Diff(equation.Replace(residual, func(n equation.Node) equation.Node {
				if c, ok := n.(*equation.Column); ok && c.Lag == u.lag && s.byKey[equation.Key(c.Name)] == u.variable {
					return &equation.Column{Name: name}
				}
				return nil
			}), name)
			if c, ok := n.(*equation.Number); ok && c.Value == 0 {
				continue
			}
			n = equation.Replace(n, func(n equation.Node) equation.Node {
				if c, ok := n.(*equation.Column); ok && c.Name == name {
					return &equation.Column{Name: s.variables[u.variable], Lag: u.lag}
				}
				return nil
			})
			out[i] = append(out[i], slope{u, n})
		}
	}
	return out
}

// linear reports whether a change of the variables passes through the system in
// proportion, whatever the level: no slope with respect to an endogenous variable or
// to one of them hangs on either.
func (s *System) linear(slopes [][]slope, changed map[int]bool) bool {
	linear := true
	for _, list := range slopes {
		for _, d := range list {
			if s.endo[d.variable] < 0 && !changed[d.variable] {
				continue
			}
			equation.Walk(d.node, func(n equation.Node) {
				if c, ok := n.(*equation.Column); ok {
					v := s.byKey[equation.Key(c.Name)]
					linear = linear && s.endo[v] < 0 && !changed[v]
				}
			})
		}
	}
	return linear
}

// at is the value of an expression of equation i, given those of the columns.
func (p *Problem) at(i int, n equation.Node, column func(variable, lag int) float64) float64 {
	m := &p.sys.equations[i]
	return equation.Value(n,
		func(c *equation.Column) float64 { return column(p.sys.byKey[equation.Key(c.Name)], c.Lag) },
		func(c *equation.Parameter) float64 {
			return p.params[p.sys.compiled.params[parameter{equation.Key(m.Model), equation.Key(c.Name)}]]
		})
}
