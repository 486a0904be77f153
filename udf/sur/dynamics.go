package sur

import (
	"fmt"
	"math"

	"utvandring/udf/equation"
)

// dynamics rebuilds the data of a system from given residuals, year by year:
// where a left side is a regressor, lagged in its own equation or in another,
// or in the same year in an equation that comes after it, the rebuilt value
// takes the place of the observed one. Immutable, so replications share it.
type dynamics struct {
	f     *Fit
	order []int // equations, each after those whose left side it needs in the same year
	// dynamic are the columns of the plan that depend on left sides; the others
	// keep their data.
	dynamic []bool
	columns []dynamicColumn // by column of the plan, where dynamic
	offsets []dynamicColumn // of equations that have one
	levels  []level         // by equation
	any     bool
}

// level is the variable that an equation's left side stands for: a column as
// it is, or an expression such as ln(y) that is rebuilt as a whole.
type level struct {
	key    string    // of the left side as text
	column string    // key of the column, "" for an expression
	log    string    // key of y where the left side is ln(y)
	actual []float64 // by row of the panel up to the end of the sample
}

// dynamicColumn evaluates a column in one row.
type dynamicColumn struct {
	program *equation.Program
	slots   []source
}

// source is where a slot of a program is read: a rebuilt left side, or the data.
type source struct {
	equation int // -1: data
	exp      bool
	data     []float64
	lag      int
}

func newDynamics(f *Fit) (*dynamics, error) {
	s := f.system
	d := &dynamics{f: f, dynamic: make([]bool, len(s.columns)), columns: make([]dynamicColumn, len(s.columns))}
	d.offsets = make([]dynamicColumn, len(s.equations))
	for i, e := range s.equations {
		l := level{key: equation.Key(equation.String(e.linear.Left))}
		switch left := e.linear.Left.(type) {
		case *equation.Column:
			if left.Lag == 0 {
				l.column = equation.Key(left.Name)
			}
		case *equation.Call:
			if y, ok := left.Args[0].(*equation.Column); ok && left.Name == "ln" && y.Lag == 0 {
				l.log = equation.Key(y.Name)
			}
		}
		for j, other := range d.levels {
			if other.key == l.key {
				return nil, s.model.Equations[i].errorf("the bootstrap cannot rebuild %s, which is the left side of equation %s too",
					equation.String(e.linear.Left), s.model.Equations[j].Name)
			}
		}
		l.actual = d.history(e.linear.Left)
		d.levels = append(d.levels, l)
	}
	needs := make([]map[int]bool, len(s.equations)) // left sides of the same year
	for i, e := range s.equations {
		needs[i] = map[int]bool{}
		compile := func(n equation.Node) (dynamicColumn, bool, error) { return d.compile(i, n, needs[i]) }
		for _, c := range e.column {
			column, dynamic, err := compile(s.columns[c].node)
			if err != nil {
				return nil, err
			}
			d.columns[c] = column
			d.dynamic[c] = dynamic
			d.any = d.any || dynamic
		}
		if e.actual != nil {
			var err error
			if d.offsets[i], _, err = compile(e.linear.Offset); err != nil {
				return nil, err
			}
		}
	}
	return d, d.sort(needs)
}

// history is the left side over the rows before and in the sample; NaN where a
// lag reaches outside the panel or a value is NULL.
func (d *dynamics) history(left equation.Node) []float64 {
	s := d.f.system
	if c, ok := left.(*equation.Column); ok && c.Lag == 0 {
		i, _ := s.panel.Column(c.Name)
		return s.panel.Data[i][:s.first+s.n]
	}
	type input struct{ column, lag int }
	var inputs []input
	program, err := equation.Compile(left, func(name string, lag int) (int, error) {
		i, _ := s.panel.Column(name)
		inputs = append(inputs, input{i, lag})
		return len(inputs) - 1, nil
	}, nil)
	path := make([]float64, s.first+s.n)
	x := make([]float64, len(inputs))
	for row := range path {
		there := err == nil
		for j, in := range inputs {
			if there = there && in.lag <= row && !s.panel.Missing(in.column, row-in.lag); there {
				x[j] = s.panel.Data[in.column][row-in.lag]
			}
		}
		if path[row] = math.NaN(); there {
			path[row] = program.Eval(x, nil)
		}
	}
	return path
}

// compile prepares an expression of equation i, with every left side in it
// read from the rebuilt ones.
func (d *dynamics) compile(i int, n equation.Node, needs map[int]bool) (dynamicColumn, bool, error) {
	var c dynamicColumn
	var err error
	dynamic := false
	// An expression that is a left side, lagged or not, becomes one column with an
	// impossible name, so that compiling sees it as a variable.
	n = equation.Replace(n, func(part equation.Node) equation.Node {
		if _, ok := part.(*equation.Column); ok {
			return nil
		}
		for j, l := range d.levels {
			left := d.f.system.equations[j].linear.Left
			lag := minLag(part) - minLag(left)
			if l.column == "" && lag >= 0 && equation.Key(equation.String(part)) == equation.Key(equation.String(equation.Lagged(left, lag))) {
				return &equation.Column{Name: fmt.Sprintf("\x00%d", j), Lag: lag}
			}
		}
		return nil
	})
	c.program, err = equation.Compile(n, func(name string, lag int) (int, error) {
		from, err := d.source(i, name, lag)
		if err != nil {
			return 0, err
		}
		if from.equation >= 0 {
			dynamic = true
			if lag == 0 {
				needs[from.equation] = true
			}
		}
		c.slots = append(c.slots, from)
		return len(c.slots) - 1, nil
	}, nil)
	return c, dynamic, err
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

func (d *dynamics) source(i int, name string, lag int) (source, error) {
	s := d.f.system
	var whole int
	if _, err := fmt.Sscanf(name, "\x00%d", &whole); err == nil {
		return source{equation: whole, lag: lag}, nil
	}
	key := equation.Key(name)
	for j, l := range d.levels {
		switch {
		case l.column == key:
			return source{equation: j, lag: lag}, nil
		case l.log == key:
			return source{equation: j, lag: lag, exp: true}, nil
		}
	}
	// A column of some other transformed left side: what would it be?
	for j, e := range s.equations {
		if d.levels[j].column != "" {
			continue
		}
		var clash bool
		equation.Walk(e.linear.Left, func(n equation.Node) {
			c, ok := n.(*equation.Column)
			clash = clash || ok && c.Lag == 0 && equation.Key(c.Name) == key
		})
		if clash && lag > 0 {
			return source{}, s.model.Equations[i].errorf("the bootstrap cannot rebuild lag(%s) from the left side %s of equation %s (make the left side a column of the panel)",
				name, equation.String(e.linear.Left), s.model.Equations[j].Name)
		}
	}
	column, _ := s.panel.Column(name)
	return source{equation: -1, data: s.panel.Data[column], lag: lag}, nil
}

// sort orders the equations.
func (d *dynamics) sort(needs []map[int]bool) error {
	done := make([]bool, len(needs))
	for len(d.order) < len(needs) {
		before := len(d.order)
		for i := range needs {
			ready := !done[i]
			for j := range needs[i] {
				ready = ready && done[j]
			}
			if ready {
				done[i] = true
				d.order = append(d.order, i)
			}
		}
		if len(d.order) == before {
			var left []string
			for i, e := range d.f.system.model.Equations {
				if !done[i] {
					left = append(left, e.Name)
				}
			}
			return fmt.Errorf("the bootstrap cannot rebuild equations %s: they need each other's left sides of the same year", names(left))
		}
	}
	return nil
}

// rebuild fills data (by column of the plan) with what the residuals and the
// estimates imply. paths is work space: a slice per equation.
func (d *dynamics) rebuild(data [][]float64, residuals columns, paths [][]float64, x []float64) {
	s, b := d.f.system, d.f.b
	if !d.any {
		for i, e := range s.equations {
			y := data[e.left]
			for t, actual := range s.data[e.left] {
				y[t] = actual - d.f.Residuals[i][t] + residuals.col(i)[t]
			}
		}
		return
	}
	for j, l := range d.levels {
		copy(paths[j][:s.first], l.actual[:s.first])
	}
	for t := range s.n {
		row := s.first + t
		for _, i := range d.order {
			e := s.equations[i]
			y := residuals.col(i)[t]
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

func (c *dynamicColumn) at(row int, paths [][]float64, x []float64) float64 {
	for i, from := range c.slots {
		switch {
		case from.equation < 0:
			x[i] = from.data[row-from.lag]
		case from.exp:
			x[i] = math.Exp(paths[from.equation][row-from.lag])
		default:
			x[i] = paths[from.equation][row-from.lag]
		}
	}
	return c.program.Eval(x, nil)
}

// slots is the largest number of inputs of a column.
func (d *dynamics) slots() int {
	most := 0
	for _, c := range append(append([]dynamicColumn(nil), d.columns...), d.offsets...) {
		most = max(most, len(c.slots))
	}
	return most
}
