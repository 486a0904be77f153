package sur

import (
	"fmt"
	"math"
	"slices"

	"utvandring/udf/equation"
	"utvandring/udf/structure"
)

// series is a column that an equation, whose left side is an expression, or an
// identity is solved for.
type series struct {
	name     string
	from     Equation
	identity bool
	solution equation.Node
	value    *equation.Program
	// apart is by how much an identity misses its column in the data, by row: it
	// stays, as what is not rebuilt does.
	apart []float64
}

// claims says what determines a column, by its key. A column without a claim
// does not depend on left sides.
type claims map[string]*claim

type claim struct {
	name        string
	by          Equation
	equation    int // -1: an identity
	left, right equation.Node
	why         string // it cannot be rebuilt, "" if it can
	path        int    // that it has become, -1 before anybody has read it
}

// newClaims gives every equation the column that it determines, as in simulation;
// what two equations determine cannot be rebuilt. Identities follow, those that
// depend on an equation; the others are data.
func newClaims(s *system) claims {
	all := claims{}
	var left []equation.Node
	for _, e := range s.equations {
		left = append(left, e.linear.Left)
	}
	determined := structure.Determine(left)
	for i, d := range determined {
		if d.Column != nil {
			all[equation.Key(d.Column.Name)] = &claim{d.Column.Name, s.model.Equations[i], i, left[i], &equation.Column{Name: fmt.Sprintf(whole, i)}, "", -1}
		}
	}
	for i, d := range determined {
		if d.Rival >= 0 {
			other := all[equation.Key(structure.Current(left[i])[0].Name)]
			other.why = fmt.Sprintf("equations %s and %s both determine %s", other.by.Name, s.model.Equations[i].Name, other.name)
		}
	}
	all.identities(s.model.identities)
	return all
}

// identities adds those that depend on left sides, directly or through others.
func (all claims) identities(list []Equation) {
	done := make([]bool, len(list))
	each := func(take func(e Equation) bool) (any bool) {
		for i, e := range list {
			depends := slices.ContainsFunc(e.Columns(), func(name string) bool { return all[equation.Key(name)] != nil })
			if !done[i] && depends && take(e) {
				done[i], any = true, true
			}
		}
		return any
	}
	for each(all.define) || each(all.tie) {
	}
}

// define gives an identity the column on its left side, unless that is taken.
func (all claims) define(e Equation) bool {
	list := structure.Current(e.Left)
	if len(list) == 0 || all[equation.Key(list[0].Name)] != nil {
		return false
	}
	all[equation.Key(list[0].Name)] = &claim{list[0].Name, e, -1, e.Left, e.Right, "", -1}
	return true
}

// tie takes an identity that has nothing left to determine. The columns in it that
// nothing else determines depend on left sides all the same, in a way that is not
// followed: they cannot be rebuilt.
func (all claims) tie(e Equation) bool {
	why := fmt.Sprintf("identity %s has no column of the same year on its left side", e.Name)
	if list := structure.Current(e.Left); len(list) > 0 {
		other := all[equation.Key(list[0].Name)]
		if other == nil {
			return false // has become free to determine it
		}
		why = fmt.Sprintf("%s and identity %s both determine %s (an identity needs on its left side what it determines)",
			other.described(), e.Name, list[0].Name)
		if other.equation < 0 && other.why == "" {
			other.why = why
		}
	}
	for _, name := range e.Columns() {
		if key := equation.Key(name); all[key] == nil && key != "year" {
			all[key] = &claim{name: name, by: e, equation: -1, why: why}
		}
	}
	return true
}

func (c *claim) described() string {
	if c.equation < 0 {
		return "identity " + c.by.Name
	}
	return "equation " + c.by.Name
}

// pathOf is the path of a column, made when it is first asked for; why not, if
// it cannot be rebuilt.
func (d *dynamics) pathOf(c *claim) (path int, why string) {
	switch {
	case c.why != "" || c.path >= 0:
		return c.path, c.why
	case c.equation >= 0 && structure.Whole(c.left) != nil:
		c.path = c.equation
		return c.path, ""
	}
	solution, ok := equation.Invert(c.left, c.name, c.right)
	if !ok {
		c.why = fmt.Sprintf("the left side %s of %s cannot be solved for %s", equation.String(c.left), c.described(), c.name)
		return -1, c.why
	}
	c.path = len(d.actual)
	q := series{name: c.name, from: c.by, identity: c.equation < 0, solution: solution}
	rows := d.f.system.end()
	actual := slices.Repeat([]float64{math.NaN()}, rows)
	if column, ok := d.f.system.panel.Column(c.name); ok {
		copy(actual, d.observed(column))
	}
	if q.identity {
		q.apart = make([]float64, rows)
	}
	d.series, d.actual = append(d.series, q), append(d.actual, actual)
	return c.path, ""
}

// observe sets the series beside the data: what an identity misses is kept, an
// equation must give its column back (a square does not, of a negative number).
// A series that the panel does not have, or not in all rows, is computed.
func (d *dynamics) observe() error {
	s := d.f.system
	m := d.code.NewMachine(1)
	scale := make([]float64, len(d.actual))
	for p, path := range d.actual {
		for _, v := range path {
			if !math.IsNaN(v) {
				scale[p] = max(scale[p], math.Abs(v))
			}
		}
	}
	for row := range s.end() {
		d.bind(m, row, d.actual)
		for _, p := range d.order {
			if p < len(s.equations) {
				continue
			}
			q := &d.series[p-len(s.equations)]
			v, there := m.Run(q.value)[0], d.actual[p][row]
			switch {
			case math.IsNaN(there):
				d.actual[p][row] = v
			case q.identity:
				if apart := there - v; math.Abs(apart) < huge {
					q.apart[row] = apart
				}
			case slices.Contains(s.rows, row) && !(math.Abs(v-there) <= 1e-6*scale[p]):
				return q.from.errorf("the bootstrap cannot rebuild %s: the left side %s, solved for it, gives %g in %s instead of %g",
					q.name, equation.String(q.from.Left), v, s.panel.Say(s.panel.Year[row]), there)
			}
		}
	}
	return nil
}

// check rebuilds the data from the residuals of the sample itself: what has no
// value then never has.
func (d *dynamics) check() error {
	s := d.f.system
	r := newReplicator(d.f, d)
	for i, e := range d.f.Residuals {
		copy(r.residuals.Col(i), e)
	}
	d.rebuild(r.data, r.residuals, r.paths, r.machine)
	for t := range s.n {
		for c, dynamic := range d.dynamic {
			if dynamic && !finite(r.data[c][t]) {
				return d.missing(c, s.rows[t], r.paths)
			}
		}
	}
	return nil
}

// missing explains why a column of the plan has no value in a row: it follows
// what is not there to where it comes from.
func (d *dynamics) missing(c, row int, paths [][]float64) error {
	s := d.f.system
	owner, what, value := s.model.Equations[s.columns[c].owner], s.columns[c].text, d.columns[c]
	for {
		reads, year := d.code.Inputs(value), s.panel.Say(s.panel.Year[row])
		failed := slices.IndexFunc(d.inputs, func(q source) bool {
			return slices.Contains(reads, q.register) && !finite(q.at(row, paths)[0])
		})
		if failed < 0 {
			return owner.errorf("the bootstrap cannot rebuild %s: it has no value in %s", what, year)
		}
		from, read := d.inputs[failed], equation.Node(d.inputs[failed].column)
		if left, ok := leftOf(from.column); ok {
			read = equation.Lagged(s.equations[left].linear.Left, from.column.Lag)
		}
		if row < from.column.Lag || from.path < len(s.equations) {
			return owner.errorf("the bootstrap cannot rebuild %s: it needs %s, which has no value in %s (choose first_year and last_year so that it has)",
				what, equation.String(read), year)
		}
		q := &d.series[from.path-len(s.equations)]
		owner, what, value, row = q.from, q.name, q.value, row-from.column.Lag
	}
}
