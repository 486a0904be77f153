package simulate

import "math"

// A machine evaluates compiled expressions over lanes: one lane is one
// independent run of the model (a replication, a scenario, a shock). A register
// holds either one value shared by all lanes (length 1) or one value per lane,
// and an operation on shared values is done once; that is what makes a thousand
// stochastic replications cheap, and a single run is simply the machine with
// one lane. Interpreting costs a few nanoseconds per operation, not per lane.
//
// A machine belongs to one goroutine.
type machine struct {
	lanes int
	regs  [][]float64 // what the program reads: inputs, constants, temporaries
	temps [][]float64 // storage behind the temporaries, by register
}

func newMachine(c *code, lanes int) *machine {
	m := &machine{lanes: lanes, regs: make([][]float64, c.registers), temps: make([][]float64, c.registers)}
	for reg, v := range c.constants {
		m.regs[reg] = []float64{v}
	}
	for _, reg := range c.temporaries {
		m.temps[reg] = make([]float64, lanes)
	}
	return m
}

// code is everything the expressions of one model need of a machine.
type code struct {
	registers   int
	constants   map[int]float64
	temporaries []int
}

type opcode uint8

// The operations that models are made of have loops of their own; the others
// call the function that package equation gives for them.
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

type instruction struct {
	op      opcode
	dst     int
	a, b, c int // registers; unary operations read a
	one     func(float64) float64
	two     func(float64, float64) float64
}

// program is one expression: run its instructions, read register out.
type program struct {
	code []instruction
	out  int
}

// run evaluates p and returns its value: length 1 where it is the same in every
// lane. The slice is valid until the next run that writes the same register.
func (m *machine) run(p *program) []float64 {
	for i := range p.code {
		in := &p.code[i]
		var r []float64
		switch {
		case in.op == opSelect:
			r = m.selects(in)
		case in.op >= opNeg:
			r = m.unary(in)
		default:
			r = m.binary(in)
		}
		m.regs[in.dst] = r
	}
	return m.regs[p.out]
}

func (m *machine) binary(in *instruction) []float64 {
	a, b := m.regs[in.a], m.regs[in.b]
	n := max(len(a), len(b))
	r := m.temps[in.dst][:n]
	switch {
	case len(a) == 1 && len(b) == 1:
		r[0] = in.two(a[0], b[0])
	case len(b) == 1:
		laneScalar(in, r, a, b[0])
	case len(a) == 1:
		scalarLane(in, r, a[0], b)
	default:
		laneLane(in, r, a, b)
	}
	return r
}

func (m *machine) unary(in *instruction) []float64 {
	a := m.regs[in.a]
	r := m.temps[in.dst][:len(a)]
	switch in.op {
	case opNeg:
		for i, v := range a {
			r[i] = -v
		}
	case opExp:
		for i, v := range a {
			r[i] = math.Exp(v)
		}
	case opLn:
		for i, v := range a {
			r[i] = math.Log(v)
		}
	default:
		for i, v := range a {
			r[i] = in.one(v)
		}
	}
	return r
}

func (m *machine) selects(in *instruction) []float64 {
	c, a, b := m.regs[in.c], m.regs[in.a], m.regs[in.b]
	n := max(len(c), len(a), len(b))
	r := m.temps[in.dst][:n]
	for i := range r {
		switch k := lane(c, i); {
		case k != k:
			r[i] = k
		case k != 0:
			r[i] = lane(a, i)
		default:
			r[i] = lane(b, i)
		}
	}
	return r
}

// lane reads lane i of a register that may be shared.
func lane(r []float64, i int) float64 {
	if len(r) == 1 {
		return r[0]
	}
	return r[i]
}

func laneScalar(in *instruction, r, a []float64, b float64) {
	r = r[:len(a)]
	switch in.op {
	case opAdd:
		for i, v := range a {
			r[i] = v + b
		}
	case opSub:
		for i, v := range a {
			r[i] = v - b
		}
	case opMul:
		for i, v := range a {
			r[i] = v * b
		}
	case opDiv:
		for i, v := range a {
			r[i] = v / b
		}
	default:
		for i, v := range a {
			r[i] = in.two(v, b)
		}
	}
}

func scalarLane(in *instruction, r []float64, a float64, b []float64) {
	r = r[:len(b)]
	switch in.op {
	case opAdd:
		for i, v := range b {
			r[i] = a + v
		}
	case opSub:
		for i, v := range b {
			r[i] = a - v
		}
	case opMul:
		for i, v := range b {
			r[i] = a * v
		}
	case opDiv:
		for i, v := range b {
			r[i] = a / v
		}
	default:
		for i, v := range b {
			r[i] = in.two(a, v)
		}
	}
}

func laneLane(in *instruction, r, a, b []float64) {
	r, b = r[:len(a)], b[:len(a)]
	switch in.op {
	case opAdd:
		for i, v := range a {
			r[i] = v + b[i]
		}
	case opSub:
		for i, v := range a {
			r[i] = v - b[i]
		}
	case opMul:
		for i, v := range a {
			r[i] = v * b[i]
		}
	case opDiv:
		for i, v := range a {
			r[i] = v / b[i]
		}
	default:
		for i, v := range a {
			r[i] = in.two(v, b[i])
		}
	}
}
