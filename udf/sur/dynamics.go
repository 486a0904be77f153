package sur

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"utvandring/udf/dense"
	"utvandring/udf/equation"
	"utvandring/udf/structure"
)

// dynamics rebuilds the data of a system from given residuals, year by year:
// where a left side is a regressor, lagged in its own equation or in another,
// or in the same year in an equation that comes after it, the rebuilt value
// takes the place of the observed one. So do the columns that follow from left
// sides: y where the left side is ln(y), and what identities determine.
// Immutable, so replications share it.
//
// What is rebuilt is a path, a value per row of the panel: the left sides of the
// equations come first, then the series that are solved for.
type dynamics struct {
	f      *Fit
	claims claims
	series []series
	actual [][]float64 // the paths in the data, up to the end of the sample; NaN where there is nothing
	order  []int       // paths, each after those that it needs in the same year
	// dynamic are the columns of the plan that depend on left sides; the others
	// keep their data.
	dynamic []bool
	columns []*equation.Program // by column of the plan
	offsets []*equation.Program // of equations that have one
	code    *equation.Code      // of all programs
	inputs  []source            // that they read
	any     bool
}

// source is where an input is read: a path, or the data.
type source struct {
	column   *equation.Column // as an equation has it
	path     int              // -1: data
	data     []float64
	register int
}

func newDynamics(f *Fit) (*dynamics, error) {
	s := f.system
	d := &dynamics{f: f, code: equation.NewCode(), dynamic: make([]bool, len(s.columns)),
		columns: make([]*equation.Program, len(s.columns)), offsets: make([]*equation.Program, len(s.equations))}
	lefts := s.model.Lefts()
	for i, e := range s.equations {
		if j := indexOf(lefts, lefts[i]); j < i {
			return nil, s.model.Equations[i].errorf("the bootstrap cannot rebuild %s, which is the left side of equation %s too",
				lefts[i], s.model.Equations[j].Name)
		}
		d.actual = append(d.actual, d.history(e.linear.Left))
	}
	d.claims = newClaims(s)
	needs := make([][]int, len(s.equations)) // paths of the same year
	for i, e := range s.equations {
		for _, c := range e.column {
			var err error
			if d.columns[c], d.dynamic[c], err = d.compile(s.model.Equations[i], s.columns[c].node, &needs[i]); err != nil {
				return nil, err
			}
			d.any = d.any || d.dynamic[c]
		}
	}
	if !d.any {
		return d, nil // nobody reads a path
	}
	for i, e := range s.equations {
		if e.actual != nil {
			var err error
			if d.offsets[i], _, err = d.compile(s.model.Equations[i], e.linear.Offset, &needs[i]); err != nil {
				return nil, err
			}
		}
	}
	for k := 0; k < len(d.series); k++ { // compiling one may bring others in
		var need []int
		value, _, err := d.compile(d.series[k].from, d.series[k].solution, &need)
		if err != nil {
			return nil, err
		}
		d.series[k].value = value
		needs = append(needs, need)
	}
	if err := d.sort(needs); err != nil {
		return nil, err
	}
	if len(d.series) == 0 {
		return d, nil
	}
	if err := d.observe(); err != nil {
		return nil, err
	}
	return d, d.check()
}

// observed is a column up to the end of the sample, NaN where it is NULL.
func (d *dynamics) observed(column int) []float64 {
	s := d.f.system
	x := make([]float64, s.end())
	for row := range x {
		x[row] = s.panel.Value(column, row)
	}
	return x
}

// history is the left side over the rows before and in the sample; NaN where a
// lag reaches outside the panel or a value is NULL.
func (d *dynamics) history(left equation.Node) []float64 {
	s := d.f.system
	e := equation.Compile(left)
	var inputs [][]float64
	for _, c := range e.Columns {
		i, _ := s.panel.Column(c.Name)
		x := d.observed(i)
		lag := min(c.Lag, len(x))
		inputs = append(inputs, slices.Concat(slices.Repeat([]float64{math.NaN()}, lag), x[:len(x)-lag]))
	}
	path := make([]float64, s.end())
	e.Eval(path, inputs)
	return path
}

// whole is the impossible name of the column that a left side is read as, where
// the left side is an expression.
const whole = "\x00%d"

// leftOf is the equation whose left side a column with such a name stands for.
func leftOf(c *equation.Column) (i int, ok bool) {
	_, err := fmt.Sscanf(c.Name, whole, &i)
	return i, err == nil
}

// compile prepares an expression of an equation or identity, with everything in
// it that is rebuilt read from the paths; dynamic says whether there is any.
func (d *dynamics) compile(owner Equation, n equation.Node, needs *[]int) (p *equation.Program, dynamic bool, err error) {
	// An expression that is a left side, lagged or not, becomes one column, so
	// that compiling sees it as a variable.
	n = equation.Replace(n, func(part equation.Node) equation.Node {
		if _, ok := part.(*equation.Column); ok {
			return nil
		}
		for j, e := range d.f.system.equations {
			left := e.linear.Left
			lag := minLag(part) - minLag(left)
			if structure.Whole(left) == nil && lag >= 0 && equation.Key(equation.String(part)) == equation.Key(equation.String(equation.Lagged(left, lag))) {
				return &equation.Column{Name: fmt.Sprintf(whole, j), Lag: lag}
			}
		}
		return nil
	})
	p = d.code.Compile(n, func(n equation.Node) int {
		from, failed := d.source(owner, n.(*equation.Column)) // there is no parameter
		if failed != nil {
			err = cmp.Or(err, failed)
			return 0
		}
		if from.path >= 0 {
			dynamic = true
			if from.column.Lag == 0 {
				*needs = append(*needs, from.path)
			}
		}
		return from.register
	})
	return p, dynamic, err
}

// minLag is the smallest lag of the columns of an expression, -1 without any.
func minLag(n equation.Node) int {
	least := -1
	for _, c := range equation.ColumnsOf(n) {
		if least < 0 || c.Lag < least {
			least = c.Lag
		}
	}
	return least
}

// source finds where a column that an equation reads comes from.
func (d *dynamics) source(owner Equation, c *equation.Column) (*source, error) {
	for i := range d.inputs {
		if q := d.inputs[i].column; q.Lag == c.Lag && equation.Key(q.Name) == equation.Key(c.Name) {
			return &d.inputs[i], nil
		}
	}
	from := source{column: c, path: -1}
	if left, ok := leftOf(c); ok {
		from.path = left
	} else if claim := d.claims[equation.Key(c.Name)]; claim != nil {
		var why string
		if from.path, why = d.pathOf(claim); why != "" {
			return nil, owner.errorf("the bootstrap cannot rebuild %s: %s", equation.String(c), why)
		}
	} else if column, ok := d.f.system.panel.Column(c.Name); ok {
		from.data = d.observed(column)
	} else {
		return nil, owner.errorf("%w", d.f.system.panel.Unknown(owner.Equation, c.Name, c.Lag))
	}
	from.register = d.code.Register()
	d.inputs = append(d.inputs, from)
	return &d.inputs[len(d.inputs)-1], nil
}

// owner is the equation or identity that a path comes from.
func (d *dynamics) owner(path int) Equation {
	if m := len(d.f.system.equations); path >= m {
		return d.series[path-m].from
	}
	return d.f.system.model.Equations[path]
}

// sort orders the paths; equations that need each other are an error.
func (d *dynamics) sort(needs [][]int) error {
	for _, block := range structure.Blocks(needs) {
		if len(block) == 1 && !slices.Contains(needs[block[0]], block[0]) {
			d.order = append(d.order, block[0])
			continue
		}
		var list []string
		for _, i := range block {
			if name := d.owner(i).Name; !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
		if len(list) == 1 {
			return fmt.Errorf("the bootstrap cannot rebuild equation %s: it needs its own left side of the same year", list[0])
		}
		return fmt.Errorf("the bootstrap cannot rebuild equations %s: they need each other's left sides of the same year", names(list))
	}
	return nil
}

// rebuild fills data (by column of the plan) with what the residuals and the
// estimates imply. paths and m are work space: a slice per path, and a machine of one
// lane.
func (d *dynamics) rebuild(data [][]float64, residuals dense.Columns, paths [][]float64, m *equation.Machine) {
	s, b := d.f.system, d.f.b
	if !d.any {
		for i, e := range s.equations {
			y := data[e.left]
			for t, actual := range s.data[e.left] {
				y[t] = actual - d.f.Residuals[i][t] + residuals.Col(i)[t]
			}
		}
		return
	}
	for p, actual := range d.actual {
		copy(paths[p][:s.rows[0]], actual)
	}
	t := 0 // the observation
	for row := s.rows[0]; row < s.end(); row++ {
		if row != s.rows[t] { // left out: the years after it begin with what is observed
			for p, actual := range d.actual {
				paths[p][row] = actual[row]
			}
			continue
		}
		d.bind(m, row, paths)
		for _, i := range d.order {
			if i >= len(s.equations) {
				q := &d.series[i-len(s.equations)]
				y := m.Run(q.value)[0]
				if q.apart != nil {
					y += q.apart[row]
				}
				paths[i][row] = y
				continue
			}
			e := &s.equations[i]
			y := residuals.Col(i)[t]
			for j, c := range e.column {
				if d.dynamic[c] {
					data[c][t] = m.Run(d.columns[c])[0]
				}
				y += b[e.parameter[j]] * data[c][t]
			}
			data[e.left][t] = y
			if e.actual != nil {
				y += m.Run(d.offsets[i])[0]
			}
			paths[i][row] = y
		}
		t++
	}
}

// bind points the inputs of a machine at a row; what is outside the panel is NaN.
func (d *dynamics) bind(m *equation.Machine, row int, paths [][]float64) {
	for i := range d.inputs {
		m.Regs[d.inputs[i].register] = d.inputs[i].at(row, paths)
	}
}

var outside = []float64{math.NaN()}

func (q *source) at(row int, paths [][]float64) []float64 {
	from := q.data
	if q.path >= 0 {
		from = paths[q.path]
	}
	if row -= q.column.Lag; row < 0 {
		return outside
	}
	return from[row : row+1]
}
