package simulate

import (
	"fmt"

	"utvandring/udf/equation"
)

// compiler turns expressions into programs for one machine. All expressions of
// a model share the input registers; every node has a temporary of its own.
type compiler struct {
	code     code
	numbers  map[float64]int
	inputs   map[input]int // register by column and lag
	params   map[parameter]int
	adjust   []int // register of the add-factor, by equation
	variable func(name string) int
}

// input is a variable at a lag.
type input struct{ variable, lag int }

// parameter is told apart by its model: 4.1 and 4.2 both have a $c.
type parameter struct{ model, name string }

func newCompiler(equations int, variable func(name string) int) *compiler {
	c := &compiler{
		code:     code{constants: map[int]float64{}},
		numbers:  map[float64]int{},
		inputs:   map[input]int{},
		params:   map[parameter]int{},
		variable: variable,
	}
	for range equations {
		c.adjust = append(c.adjust, c.register())
	}
	return c
}

func (c *compiler) register() int {
	c.code.registers++
	return c.code.registers - 1
}

// adjustment stands in an expression for the add-factor of an equation.
const adjustment = "\x00adjustment"

// compile makes a program of n as it stands in equation i of a model.
func (c *compiler) compile(n equation.Node, model string, i int) *program {
	p := &program{}
	p.out = c.node(p, n, model, i)
	return p
}

func (c *compiler) node(p *program, n equation.Node, model string, i int) int {
	walk := func(n equation.Node) int { return c.node(p, n, model, i) }
	emit := func(in instruction) int {
		in.dst = c.register()
		c.code.temporaries = append(c.code.temporaries, in.dst)
		p.code = append(p.code, in)
		return in.dst
	}
	two := func(op string, a, b int) int {
		return emit(instruction{op: binaryCode(op), a: a, b: b, two: equation.Two(op)})
	}
	switch n := n.(type) {
	case *equation.Number:
		reg, ok := c.numbers[n.Value]
		if !ok {
			reg = c.register()
			c.numbers[n.Value] = reg
			c.code.constants[reg] = n.Value
		}
		return reg
	case *equation.Column:
		if n.Name == adjustment {
			return c.adjust[i]
		}
		at := input{c.variable(n.Name), n.Lag}
		if _, ok := c.inputs[at]; !ok {
			c.inputs[at] = c.register()
		}
		return c.inputs[at]
	case *equation.Parameter:
		at := parameter{equation.Key(model), equation.Key(n.Name)}
		if _, ok := c.params[at]; !ok {
			c.params[at] = c.register()
		}
		return c.params[at]
	case *equation.Unary:
		op := opOne
		if n.Op == "-" {
			op = opNeg
		}
		return emit(instruction{op: op, a: walk(n.X), one: equation.One(n.Op)})
	case *equation.Binary:
		x := walk(n.X)
		return two(n.Op, x, walk(n.Y))
	case *equation.Call:
		reg := walk(n.Args[0])
		if len(n.Args) == 1 {
			return emit(instruction{op: unaryCode(n.Name), a: reg, one: equation.One(n.Name)})
		}
		for _, arg := range n.Args[1:] {
			reg = two(n.Name, reg, walk(arg))
		}
		return reg
	case *equation.Case:
		reg := walk(n.Else)
		for k := len(n.Whens) - 1; k >= 0; k-- {
			then := walk(n.Whens[k].Then)
			reg = emit(instruction{op: opSelect, c: walk(n.Whens[k].If), a: then, b: reg})
		}
		return reg
	}
	panic(fmt.Sprintf("simulate: no code for %T", n))
}

func binaryCode(op string) opcode {
	switch op {
	case "+":
		return opAdd
	case "-":
		return opSub
	case "*":
		return opMul
	case "/":
		return opDiv
	}
	return opTwo
}

func unaryCode(name string) opcode {
	switch name {
	case "ln":
		return opLn
	case "exp":
		return opExp
	}
	return opOne
}
