package equation

import "slices"

// Code is a set of expressions that one machine evaluates, such as those of a
// model: they share their inputs. Once all are compiled it does not change, and any
// number of machines may be made of it.
type Code struct {
	registers   int
	constants   map[int]float64 // by register
	numbers     map[float64]int // register of a number
	temporaries []int           // every node has one of its own
}

// NewCode has no expressions yet.
func NewCode() *Code {
	return &Code{constants: map[int]float64{}, numbers: map[float64]int{}}
}

// Register takes a register for an input, to be set in Machine.Regs.
func (c *Code) Register() int {
	c.registers++
	return c.registers - 1
}

// Registers is how many have been taken, for inputs, numbers and what is computed.
func (c *Code) Registers() int { return c.registers }

// Program is one expression: the instructions, and the register with the value.
type Program struct {
	code []instruction
	out  int
}

type opcode uint8

// The operations that models are made of have loops of their own; the others call
// what one and two of operation.go give for them.
const (
	opAdd opcode = iota
	opSub
	opMul
	opDiv
	opTwo // two(a, b)
	opNeg
	opLn
	opExp
	opOne    // one(a)
	opSelect // CASE: a where c is not 0, else b; NaN where c is NaN
)

var (
	binaryCodes = map[string]opcode{"+": opAdd, "-": opSub, "*": opMul, "/": opDiv}
	unaryCodes  = map[string]opcode{"-": opNeg, "ln": opLn, "exp": opExp}
)

type instruction struct {
	op      opcode
	dst     int
	a, b, c int // registers; unary operations read a
	one     func(float64) float64
	two     func(float64, float64) float64
}

// Compile makes a program of n. input gives the register of a column or parameter.
func (c *Code) Compile(n Node, input func(n Node) (register int)) *Program {
	p := &Program{}
	p.out = c.node(p, n, input)
	return p
}

func (c *Code) node(p *Program, n Node, input func(Node) int) (reg int) {
	walk := func(n Node) int { return c.node(p, n, input) }
	emit := func(in instruction) int {
		in.dst = c.Register()
		c.temporaries = append(c.temporaries, in.dst)
		p.code = append(p.code, in)
		return in.dst
	}
	unary := func(op string, a int) int {
		code, ok := unaryCodes[op]
		if !ok {
			code = opOne
		}
		return emit(instruction{op: code, a: a, one: one[op]})
	}
	binary := func(op string, a, b int) int {
		code, ok := binaryCodes[op]
		if !ok {
			code = opTwo
		}
		return emit(instruction{op: code, a: a, b: b, two: two[op]})
	}
	switch n := n.(type) {
	case *Number:
		var ok bool
		if reg, ok = c.numbers[n.Value]; !ok {
			reg = c.Register()
			c.numbers[n.Value], c.constants[reg] = reg, n.Value
		}
	case *Column, *Parameter:
		return input(n)
	case *Unary:
		reg = unary(n.Op, walk(n.X))
	case *Binary:
		x := walk(n.X)
		reg = binary(n.Op, x, walk(n.Y))
	case *Call:
		reg = walk(n.Args[0])
		if len(n.Args) == 1 {
			reg = unary(n.Name, reg)
		}
		for _, arg := range n.Args[1:] {
			reg = binary(n.Name, reg, walk(arg))
		}
	case *Case:
		reg = walk(n.Else)
		for k := len(n.Whens) - 1; k >= 0; k-- {
			then := walk(n.Whens[k].Then)
			reg = emit(instruction{op: opSelect, c: walk(n.Whens[k].If), a: then, b: reg})
		}
	}
	return reg
}

// Inputs lists the registers that programs read and do not compute, each once.
func (c *Code) Inputs(programs ...*Program) []int {
	own := map[int]bool{}
	for reg := range c.constants {
		own[reg] = true
	}
	for _, reg := range c.temporaries {
		own[reg] = true
	}
	var list []int
	note := func(reg int) {
		if !own[reg] {
			own[reg] = true
			list = append(list, reg)
		}
	}
	for _, p := range programs {
		for _, in := range p.code {
			note(in.a)
			if in.op < opNeg || in.op == opSelect {
				note(in.b)
			}
			if in.op == opSelect {
				note(in.c)
			}
		}
		note(p.out)
	}
	return list
}

// Expression is a compiled expression of columns, computed for many rows at once.
// It does not change: any number of goroutines may evaluate it.
type Expression struct {
	// Columns are what it reads, every column and lag once.
	Columns []*Column

	code      *Code
	program   *Program
	registers []int // of Columns
}

// Compile makes an expression of n, which has no parameters.
func Compile(n Node) *Expression {
	e := &Expression{code: NewCode()}
	e.program = e.code.Compile(n, func(n Node) int {
		c := n.(*Column)
		at := slices.IndexFunc(e.Columns, func(d *Column) bool { return c.Lag == d.Lag && Key(c.Name) == Key(d.Name) })
		if at < 0 {
			at = len(e.Columns)
			e.Columns, e.registers = append(e.Columns, c), append(e.registers, e.code.Register())
		}
		return e.registers[at]
	})
	return e
}

// laneRows is how many rows are computed at a time: few enough for the cache.
const laneRows = 512

// Eval fills dst with the values: dst[t] from columns[i][t], which are in the order
// of Columns and as long as dst. Arithmetic that has no answer (ln of a negative
// number, 0/0) gives NaN or an infinity; Fault explains it.
func (e *Expression) Eval(dst []float64, columns [][]float64) {
	m := e.code.NewMachine(min(len(dst), laneRows))
	for from := 0; from < len(dst); from += laneRows {
		to := min(from+laneRows, len(dst))
		for i, reg := range e.registers {
			m.Regs[reg] = columns[i][from:to]
		}
		r := m.Run(e.program)
		for t := from; t < to; t++ {
			dst[t] = Lane(r, t-from)
		}
	}
}
