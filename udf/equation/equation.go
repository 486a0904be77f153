package equation

// Equation is one formula `Left = Right`.
type Equation struct {
	Text        string // as written
	Left, Right Node
}

// ColumnUse is a column that a formula reads and the longest lag it is read at.
type ColumnUse struct {
	Name   string
	MaxLag int
}

// Parameters are the names of the parameters without the $, unique without
// case, as first written and in order of first appearance.
func (e *Equation) Parameters() []string {
	var names []string
	seen := map[string]bool{}
	e.walk(func(n Node) {
		if p, ok := n.(*Parameter); ok && !seen[Key(p.Name)] {
			seen[Key(p.Name)] = true
			names = append(names, p.Name)
		}
	})
	return names
}

// Columns are the columns of both sides, unique without case, in order of
// first appearance.
func (e *Equation) Columns() []ColumnUse {
	var uses []ColumnUse
	at := map[string]int{}
	e.walk(func(n Node) {
		c, ok := n.(*Column)
		if !ok {
			return
		}
		i, ok := at[Key(c.Name)]
		if !ok {
			i = len(uses)
			at[Key(c.Name)] = i
			uses = append(uses, ColumnUse{Name: c.Name})
		}
		uses[i].MaxLag = max(uses[i].MaxLag, c.Lag)
	})
	return uses
}

// IsIdentity reports whether the formula has no parameter: a definition, which
// is simulated but not estimated.
func (e *Equation) IsIdentity() bool {
	return firstParameter(e.Left) == nil && firstParameter(e.Right) == nil
}

func (e *Equation) walk(visit func(Node)) {
	Walk(e.Left, visit)
	Walk(e.Right, visit)
}
