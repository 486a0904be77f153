package sur

import (
	"math"
	"slices"

	"utvandring/udf/equation"
)

// plan is what estimation needs to know of a model and can know before it sees
// data: the linear form of each equation, the distinct columns, and how to
// compute them.
type plan struct {
	equations  []planEquation
	columns    []planColumn // distinct regressors, then the distinct left sides (minus offsets)
	regressors int          // how many of columns are regressors
	constant   int          // 0 if the first regressor is 1 in every row, else -1
	uses       []columnUse  // every column of the panel at every lag, in order of appearance
	layout     *layout
}

type planEquation struct {
	linear    *equation.Linear
	column    []int // index into columns, by term
	parameter []int // index into Model.free, by term
	left      int   // index into columns: left side minus offset
	actual    *planColumn
}

// planColumn is one variable of the system.
type planColumn struct {
	text  string
	node  equation.Node
	value *equation.Expression
	owner int // the first equation that has it
}

type columnUse struct {
	equation int
	*equation.Column
}

// makePlan sorts the equations out; errors point at the place in the formula.
func (m *Model) makePlan() error {
	p := &plan{constant: -1}
	seen := map[string]int{}
	for i, e := range m.Equations {
		linear, err := e.Linear()
		if err != nil {
			return e.errorf("%w", err)
		}
		q := planEquation{linear: linear}
		for _, t := range linear.Terms {
			if n, ok := t.Regressor.(*equation.Number); ok {
				if n.Value == 0 {
					return e.errorf("parameter $%s is multiplied by 0, so nothing determines it (leave it out)", t.Parameter)
				}
				if !(math.Abs(n.Value) < huge) {
					return e.errorf("the numbers that parameter $%s is multiplied by are together too large to work with (or have no value)", t.Parameter)
				}
				if n.Value == 1 && p.constant < 0 { // the constant comes first
					p.constant = 0
					p.column(seen, i, n)
				}
			}
			q.parameter = append(q.parameter, indexOf(m.free, t.Parameter))
		}
		p.equations = append(p.equations, q)
		for _, c := range slices.Concat(equation.ColumnsOf(e.Left), equation.ColumnsOf(e.Right)) {
			known := func(u columnUse) bool { return u.Lag == c.Lag && equation.Key(u.Name) == equation.Key(c.Name) }
			if !slices.ContainsFunc(p.uses, known) {
				p.uses = append(p.uses, columnUse{i, c})
			}
		}
	}
	for i := range p.equations {
		q := &p.equations[i]
		for _, t := range q.linear.Terms {
			q.column = append(q.column, p.column(seen, i, t.Regressor))
		}
	}
	p.regressors = len(p.columns)
	seen = map[string]int{} // a left side may also be a regressor: then it is there twice
	for i := range p.equations {
		q := &p.equations[i]
		left := q.linear.Left
		if n, ok := q.linear.Offset.(*equation.Number); !ok || n.Value != 0 {
			q.actual = newPlanColumn(i, left)
			left = &equation.Binary{Op: "-", X: left, Y: q.linear.Offset}
		}
		q.left = p.column(seen, i, left)
	}
	p.layout = newLayout(p, len(m.free))
	m.plan = p
	return nil
}

// column finds an expression among the columns, or adds it.
func (p *plan) column(seen map[string]int, owner int, n equation.Node) int {
	c := newPlanColumn(owner, n)
	key := equation.Key(c.text)
	if i, ok := seen[key]; ok {
		return i
	}
	seen[key] = len(p.columns)
	p.columns = append(p.columns, *c)
	return len(p.columns) - 1
}

func newPlanColumn(owner int, n equation.Node) *planColumn {
	return &planColumn{equation.String(n), n, equation.Compile(n), owner}
}
