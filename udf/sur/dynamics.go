package sur

import (
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
	keys   []string // of the left sides as text, "" for a column as it is
	claims claims
	series []series
	actual [][]float64 // the paths in the data, up to the end of the sample; NaN where there is nothing
	order  []int       // paths, each after those that it needs in the same year
	// dynamic are the columns of the plan that depend on left sides; the others
	// keep their data.
	dynamic []bool
	columns []reader // by column of the plan, where dynamic
	offsets []reader // of equations that have one
	any     bool
}

// reader evaluates an expression in one row.
type reader struct {
	program *equation.Program
	slots   []source
	reads   []*equation.Column // what the slots are
}

// source is where a slot of a program is read: a path, or the data.
type source struct {
	path int // -1: data
	data []float64
	lag  int
}

func newDynamics(f *Fit) (*dynamics, error) {
	s := f.system
	d := &dynamics{f: f, dynamic: make([]bool, len(s.columns)), columns: make([]reader, len(s.columns)), offsets: make([]reader, len(s.equations))}
	texts := map[string]int{}
	for i, e := range s.equations {
		text := equation.String(e.linear.Left)
		if j, ok := texts[equation.Key(text)]; ok {
			return nil, s.model.Equations[i].errorf("the bootstrap cannot rebuild %s, which is the left side of equation %s too",
				text, s.model.Equations[j].Name)
		}
		texts[equation.Key(text)] = i
		if structure.Whole(e.linear.Left) != nil {
			text = ""
		}
		d.keys = append(d.keys, equation.Key(text))
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
	x := s.panel.Data[column][:s.first+s.n]
	for row := range x {
		if s.panel.Missing(column, row) && !math.IsNaN(x[row]) {
			x = slices.Clone(x)
			for row := range x {
				if s.panel.Missing(column, row) {
					x[row] = math.NaN()
				}
			}
			break
		}
	}
	return x
}

// history is the left side over the rows before and in the sample; NaN where a
// lag reaches outside the panel or a value is NULL.
func (d *dynamics) history(left equation.Node) []float64 {
	s := d.f.system
	var r reader
	r.program, _ = equation.Compile(left, func(name string, lag int) (int, error) {
		i, _ := s.panel.Column(name) // there: the estimation has read it
		r.slots = append(r.slots, source{-1, d.observed(i), lag})
		return len(r.slots) - 1, nil
	}, nil)
	if structure.Whole(left) != nil {
		return r.slots[0].data
	}
	path, x := make([]float64, s.first+s.n), make([]float64, len(r.slots))
	for row := range path {
		path[row] = r.at(row, nil, x)
	}
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
func (d *dynamics) compile(owner Equation, n equation.Node, needs *[]int) (r reader, dynamic bool, err error) {
	// An expression that is a left side, lagged or not, becomes one column, so
	// that compiling sees it as a variable.
	n = equation.Replace(n, func(part equation.Node) equation.Node {
		if _, ok := part.(*equation.Column); ok {
			return nil
		}
		for j, key := range d.keys {
			if key == "" {
				continue
			}
			left := d.f.system.equations[j].linear.Left
			lag := minLag(part) - minLag(left)
			if lag >= 0 && equation.Key(equation.String(part)) == equation.Key(equation.String(equation.Lagged(left, lag))) {
				return &equation.Column{Name: fmt.Sprintf(whole, j), Lag: lag}
			}
		}
		return nil
	})
	r.program, err = equation.Compile(n, func(name string, lag int) (int, error) {
		c := &equation.Column{Name: name, Lag: lag}
		from, err := d.source(owner, c)
		if err != nil {
			return 0, err
		}
		if from.path >= 0 {
			dynamic = true
			if lag == 0 {
				*needs = append(*needs, from.path)
			}
		}
		r.slots = append(r.slots, from)
		r.reads = append(r.reads, c)
		return len(r.slots) - 1, nil
	}, nil)
	return r, dynamic, err
}

// minLag is the smallest lag of the columns of an expression, -1 without any.
func minLag(n equation.Node) int {
	least := -1
	equation.Walk(n, func(n equation.Node) {
		if c, ok := n.(*equation.Column); ok && (least < 0 || c.Lag < least) {
			least = c.Lag
		}
	})
	return least
}

// source finds where a column that an equation reads comes from.
func (d *dynamics) source(owner Equation, c *equation.Column) (source, error) {
	if left, ok := leftOf(c); ok {
		return source{path: left, lag: c.Lag}, nil
	}
	if claim := d.claims[equation.Key(c.Name)]; claim != nil {
		path, why := d.pathOf(claim)
		if why != "" {
			return source{}, owner.errorf("the bootstrap cannot rebuild %s: %s", equation.String(c), why)
		}
		return source{path: path, lag: c.Lag}, nil
	}
	column, ok := d.f.system.panel.Column(c.Name)
	if !ok {
		return source{}, owner.errorf("%w", d.f.system.panel.Unknown(owner.Equation, c.Name, c.Lag))
	}
	return source{path: -1, data: d.observed(column), lag: c.Lag}, nil
}

// owner is the equation or identity that a path comes from.
func (d *dynamics) owner(path int) Equation {
	if m := len(d.f.system.equations); path >= m {
		return d.series[path-m].from
	}
	return d.f.system.model.Equations[path]
}

// sort orders the paths.
func (d *dynamics) sort(needs [][]int) error {
	for _, block := range structure.Blocks(needs) {
		if len(block) > 1 || slices.Contains(needs[block[0]], block[0]) {
			return d.circle(block)
		}
		d.order = append(d.order, block[0])
	}
	return nil
}

// circle names the equations that need each other.
func (d *dynamics) circle(block []int) error {
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

// rebuild fills data (by column of the plan) with what the residuals and the
// estimates imply. paths is work space: a slice per path.
func (d *dynamics) rebuild(data [][]float64, residuals dense.Columns, paths [][]float64, x []float64) {
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
		copy(paths[p][:s.first], actual[:s.first])
	}
	for t := range s.n {
		row := s.first + t
		for _, i := range d.order {
			if i >= len(s.equations) {
				q := &d.series[i-len(s.equations)]
				y := q.value.at(row, paths, x)
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
					data[c][t] = d.columns[c].at(row, paths, x)
				}
				y += b[e.parameter[j]] * data[c][t]
			}
			data[e.left][t] = y
			if e.actual != nil {
				y += d.offsets[i].at(row, paths, x)
			}
			paths[i][row] = y
		}
	}
}

// at is NaN where a lag reaches outside the panel.
func (r *reader) at(row int, paths [][]float64, x []float64) float64 {
	for i := range r.slots {
		from := &r.slots[i]
		at := row - from.lag
		if at < 0 {
			return math.NaN()
		}
		if from.path < 0 {
			x[i] = from.data[at]
		} else {
			x[i] = paths[from.path][at]
		}
	}
	return r.program.Eval(x, nil)
}

// slots is the largest number of inputs of a reader.
func (d *dynamics) slots() int {
	most := 0
	for _, list := range [][]reader{d.columns, d.offsets} {
		for _, r := range list {
			most = max(most, len(r.slots))
		}
	}
	for _, q := range d.series {
		most = max(most, len(q.value.slots))
	}
	return most
}
