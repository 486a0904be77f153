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
