package disclosure

// Method is how counts are protected.
type Method struct {
	// Suppress hides figures; otherwise small counts are rounded.
	Suppress bool
	// Base: counts below it are rounded to 0 or it.
	Base int
	// Threshold: counts below it are hidden, of 0 only with Zeros.
	Threshold int
	Zeros     bool
}

// Protection is the decision over a table: how it is rounded, or what is hidden.
type Protection struct {
	Method
	Table   *Table
	Rounded []int        // nil where figures are hidden
	Hidden  *Suppression // nil where they are rounded
}

// Protect decides. In tables too large to look at all margins, those by the sets first are
// to be near the truth before others.
func Protect(t *Table, method Method, first ...[]int) (*Protection, error) {
	p := &Protection{Method: method, Table: t}
	if !method.Suppress {
		p.Rounded = Round(t, method.Base, first...)
		return p, nil
	}
	var err error
	p.Hidden, err = Suppress(t, method.Threshold, method.Zeros, first...)
	return p, err
}

// Figures are what is shown of the groups of a margin. Those that are hidden have no
// value; hidden is nil where none can be.
func (p *Protection) Figures(m *Margin) (values []int, hidden []bool) {
	if p.Hidden == nil {
		return m.Sums(p.Rounded), nil
	}
	return m.Sums(p.Table.Counts), p.Hidden.Hidden(m)
}
