package equation

// Equation is one formula `Left = Right`.
type Equation struct {
	Text        string // as written
	Left, Right Node
}

// Parameters are the names of the parameters without the $, unique without
// case, as first written and in order of first appearance.
func (e *Equation) Parameters() []string {
	return e.names(func(n Node) string {
		if p, ok := n.(*Parameter); ok {
			return p.Name
		}
		return ""
	})
}

// Columns are those of the columns, likewise.
func (e *Equation) Columns() []string {
	return e.names(func(n Node) string {
		if c, ok := n.(*Column); ok {
			return c.Name
		}
		return ""
	})
}

func (e *Equation) names(of func(Node) string) (names []string) {
	seen := map[string]bool{}
	for _, side := range []Node{e.Left, e.Right} {
		Walk(side, func(n Node) {
			if name := of(n); name != "" && !seen[Key(name)] {
				seen[Key(name)] = true
				names = append(names, name)
			}
		})
	}
	return names
}

// IsIdentity reports whether the formula has no parameter: a definition, which
// is simulated but not estimated.
func (e *Equation) IsIdentity() bool {
	return firstParameter(e.Left) == nil && firstParameter(e.Right) == nil
}
