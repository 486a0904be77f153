package simulate

import "utvandring/udf/equation"

// compiler turns the expressions of a model into programs for one machine, and
// knows the register of every input.
type compiler struct {
	*equation.Code
	inputs   map[input]int // by column and lag
	params   map[parameter]int
	adjust   []int // register of the add-factor, by equation
	variable func(name string) int
}

// input is a variable at a lag.
type input struct{ variable, lag int }

// parameter is told apart by its model: 4.1 and 4.2 both have a $c.
type parameter struct{ model, name string }

func newCompiler(equations int, variable func(name string) int) *compiler {
	c := &compiler{equation.NewCode(), map[input]int{}, map[parameter]int{}, nil, variable}
	for range equations {
		c.adjust = append(c.adjust, c.Register())
	}
	return c
}

// adjustment stands in an expression for the add-factor of an equation.
const adjustment = "\x00adjustment"

// compile makes a program of n as it stands in equation i of a model.
func (c *compiler) compile(n equation.Node, model string, i int) *equation.Program {
	return c.Compile(n, func(n equation.Node) int {
		if n, ok := n.(*equation.Parameter); ok {
			return register(c, c.params, parameter{equation.Key(model), equation.Key(n.Name)})
		}
		column := n.(*equation.Column)
		if column.Name == adjustment {
			return c.adjust[i]
		}
		return register(c, c.inputs, input{c.variable(column.Name), column.Lag})
	})
}

// register is that of an input, taken when it is first asked for.
func register[K comparable](c *compiler, registers map[K]int, at K) int {
	if _, ok := registers[at]; !ok {
		registers[at] = c.Register()
	}
	return registers[at]
}

// block is a set of equations that is solved at once: one equation that can be
// evaluated, or a set that determines its variables simultaneously.
type block struct {
	equations []int
	recursive bool // one equation, solved for its variable

	// For simultaneous blocks, with n equations:
	residual []*equation.Program // n
	jacobian []*equation.Program // n×n by rows; nil where structurally zero
	linear   bool                // no variable of the block in the Jacobian
	constant bool                // no column at all in the Jacobian: the same in every year
	current  []int               // input register of each variable of the block
	inputs   []int               // every register that the programs read from outside
}

func (s *System) newBlock(equations []int) *block {
	b := &block{equations: equations}
	if len(equations) == 1 && s.equations[equations[0]].solved != nil {
		b.recursive = true
		return b
	}
	c := s.compiled
	inBlock := map[int]bool{}
	for _, i := range equations {
		v := s.equations[i].variable
		inBlock[v] = true
		b.current = append(b.current, register(c, c.inputs, input{v, 0}))
	}
	b.linear, b.constant = true, true
	for _, i := range equations {
		m := &s.equations[i]
		b.residual = append(b.residual, c.compile(m.residual, m.Model, i))
		for _, j := range equations {
			d := equation.Diff(m.residual, s.Variable(j))
			if n, ok := d.(*equation.Number); ok && n.Value == 0 {
				b.jacobian = append(b.jacobian, nil)
				continue
			}
			equation.Walk(d, func(n equation.Node) {
				column, ok := n.(*equation.Column)
				if !ok {
					return
				}
				b.constant = false
				if column.Lag == 0 && inBlock[c.variable(column.Name)] {
					b.linear = false
				}
			})
			b.jacobian = append(b.jacobian, c.compile(d, m.Model, i))
		}
	}
	var programs []*equation.Program
	for _, p := range append(b.residual, b.jacobian...) {
		if p != nil {
			programs = append(programs, p)
		}
	}
	for _, i := range equations {
		if p := s.equations[i].solved; p != nil {
			programs = append(programs, p)
		}
	}
	b.inputs = c.Inputs(programs...)
	return b
}
