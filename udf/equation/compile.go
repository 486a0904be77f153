package equation

import (
	"fmt"
	"math"
)

// Program is an expression compiled for a small stack machine. It is
// immutable, so any number of goroutines may evaluate it at once.
type Program struct {
	code  []instruction
	stack int // slots needed
}

type opcode uint8

const (
	opNumber opcode = iota
	opColumn
	opParameter
	opTerm // parameter × column: what most terms of a model are
	opNeg
	opNot
	opAdd
	opSub
	opMul
	opDiv
	opPow
	opCompare
	opOne
	opTwo
	opSkipUnless // jumps when the popped condition is 0; NaN makes the CASE NaN
	opSkip
)

type instruction struct {
	op    opcode
	arg   int32 // slot, or target of a jump
	other int32 // second slot; end of the CASE
	value float64
	name  string // of a comparison
	one   func(float64) float64
	two   func(float64, float64) float64
}

// fixedStack is what Eval finds on the goroutine's own stack; deeper programs,
// which nobody writes by hand, allocate.
const fixedStack = 32

// Compile resolves every column (with its lag) and parameter to a slot of the
// slices that Eval reads. An error of a resolver is returned as it is.
func Compile(n Node, column func(name string, lag int) (int, error), parameter func(name string) (int, error)) (*Program, error) {
	c := compiler{column: column, parameter: parameter}
	if err := c.node(n); err != nil {
		return nil, err
	}
	return &Program{c.code, c.deepest}, nil
}

type compiler struct {
	column         func(string, int) (int, error)
	parameter      func(string) (int, error)
	code           []instruction
	depth, deepest int
}

// emit appends an instruction that changes the height of the stack by change.
func (c *compiler) emit(i instruction, change int) {
	c.code = append(c.code, i)
	c.depth += change
	c.deepest = max(c.deepest, c.depth)
}

var opcodes = map[string]opcode{"+": opAdd, "-": opSub, "*": opMul, "/": opDiv, "^": opPow}

func (c *compiler) node(n Node) error {
	switch n := n.(type) {
	case *Number:
		c.emit(instruction{op: opNumber, value: n.Value}, 1)
	case *Column:
		slot, err := c.column(n.Name, n.Lag)
		if err != nil {
			return err
		}
		c.emit(instruction{op: opColumn, arg: int32(slot)}, 1)
	case *Parameter:
		if c.parameter == nil {
			return fmt.Errorf("parameter $%s has no place here", n.Name)
		}
		slot, err := c.parameter(n.Name)
		if err != nil {
			return err
		}
		c.emit(instruction{op: opParameter, arg: int32(slot)}, 1)
	case *Unary:
		if err := c.node(n.X); err != nil {
			return err
		}
		op := opNeg
		if n.Op == "not" {
			op = opNot
		}
		c.emit(instruction{op: op}, 0)
	case *Binary:
		return c.binary(n)
	case *Call:
		return c.call(n)
	case *Case:
		return c.caseWhen(n)
	default:
		return fmt.Errorf("cannot compile %T", n)
	}
	return nil
}

func (c *compiler) binary(n *Binary) error {
	if err := c.node(n.X); err != nil {
		return err
	}
	if err := c.node(n.Y); err != nil {
		return err
	}
	op, ok := opcodes[n.Op]
	if !ok {
		c.emit(instruction{op: opCompare, name: n.Op}, -1)
		return nil
	}
	if last := len(c.code) - 2; op == opMul && last >= 0 && c.code[last].op == opParameter && c.code[last+1].op == opColumn {
		c.code[last] = instruction{op: opTerm, arg: c.code[last].arg, other: c.code[last+1].arg}
		c.code = c.code[:last+1]
		c.depth--
		return nil
	}
	c.emit(instruction{op: op}, -1)
	return nil
}

func (c *compiler) call(n *Call) error {
	f := functions[n.Name]
	for i, a := range n.Args {
		if err := c.node(a); err != nil {
			return err
		}
		switch {
		case f.args == 1:
			c.emit(instruction{op: opOne, one: f.one}, 0)
		case i > 0:
			c.emit(instruction{op: opTwo, two: f.two}, -1)
		}
	}
	return nil
}

func (c *compiler) caseWhen(n *Case) error {
	var skips, ends []int // instructions whose end is not yet known
	for _, w := range n.Whens {
		if err := c.node(w.If); err != nil {
			return err
		}
		unless := len(c.code)
		c.emit(instruction{op: opSkipUnless}, -1)
		if err := c.node(w.Then); err != nil {
			return err
		}
		skips = append(skips, len(c.code))
		c.emit(instruction{op: opSkip}, -1)
		c.code[unless].arg = int32(len(c.code))
		ends = append(ends, unless)
	}
	if err := c.node(n.Else); err != nil {
		return err
	}
	end := int32(len(c.code))
	for _, i := range skips {
		c.code[i].arg = end
	}
	for _, i := range ends {
		c.code[i].other = end
	}
	// A jump to the end must not be taken for part of a parameter × column.
	c.emit(instruction{op: opSkip, arg: end + 1}, 0)
	return nil
}

// Eval gives the value for one row: x holds the columns and params the
// parameters, by slot. Arithmetic that has no answer (ln of a negative number,
// 0/0) gives NaN or an infinity; Fault explains it.
func (p *Program) Eval(x, params []float64) float64 {
	if p.stack > fixedStack {
		return p.run(make([]float64, p.stack), x, params)
	}
	var fixed [fixedStack]float64
	return p.run(fixed[:], x, params)
}

// EvalColumn evaluates a whole column: dst[t] from cols[slot][t].
func (p *Program) EvalColumn(dst []float64, cols [][]float64, params []float64) {
	stack := make([]float64, p.stack+len(cols))
	x := stack[p.stack:]
	for t := range dst {
		for s, col := range cols {
			x[s] = col[t]
		}
		dst[t] = p.run(stack[:p.stack], x, params)
	}
}

func (p *Program) run(s, x, params []float64) float64 {
	n := -1 // top of the stack
	for i := 0; i < len(p.code); i++ {
		in := &p.code[i]
		switch in.op {
		case opNumber:
			n++
			s[n] = in.value
		case opColumn:
			n++
			s[n] = x[in.arg]
		case opParameter:
			n++
			s[n] = params[in.arg]
		case opTerm:
			n++
			s[n] = params[in.arg] * x[in.other]
		case opNeg:
			s[n] = -s[n]
		case opNot:
			if !math.IsNaN(s[n]) {
				s[n] = truth(s[n] == 0)
			}
		case opAdd:
			n--
			s[n] += s[n+1]
		case opSub:
			n--
			s[n] -= s[n+1]
		case opMul:
			n--
			s[n] *= s[n+1]
		case opDiv:
			n--
			s[n] /= s[n+1]
		case opPow:
			n--
			s[n] = power(s[n], s[n+1])
		case opCompare:
			n--
			s[n] = compare(in.name, s[n], s[n+1])
		case opOne:
			s[n] = in.one(s[n])
		case opTwo:
			n--
			s[n] = in.two(s[n], s[n+1])
		case opSkipUnless:
			switch {
			case math.IsNaN(s[n]):
				i = int(in.other) - 1 // leave the NaN as the value of the CASE
			case s[n] == 0:
				n--
				i = int(in.arg) - 1
			default:
				n--
			}
		case opSkip:
			i = int(in.arg) - 1
		}
	}
	return s[0]
}
