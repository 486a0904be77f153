package equation

import "math"

// Machine evaluates the programs of one Code over lanes: a lane is a row of data,
// or one independent run of a model (a replication, a scenario, a shock). A
// register holds either one value shared by all lanes (length 1) or one value a
// lane, and an operation on shared values is done once; that is what makes a
// thousand stochastic replications cheap, and a single run is simply the machine
// with one lane. Interpreting costs a few nanoseconds per operation, not per lane.
//
// A machine belongs to one goroutine.
type Machine struct {
	// Regs are the values by register: 1 or as many as there are lanes. Inputs are
	// set before Run, by pointing at where they stand; the machine only reads them.
	Regs  [][]float64
	temps [][]float64 // storage behind the temporaries, by register
}

// NewMachine makes a machine of so many lanes for the programs compiled so far.
func (c *Code) NewMachine(lanes int) *Machine {
	m := &Machine{Regs: make([][]float64, c.registers), temps: make([][]float64, c.registers)}
	for reg, v := range c.constants {
		m.Regs[reg] = []float64{v}
	}
	storage := make([]float64, lanes*len(c.temporaries))
	for i, reg := range c.temporaries {
		m.temps[reg] = storage[i*lanes : (i+1)*lanes : (i+1)*lanes]
	}
	return m
}

// Run evaluates p and returns its value: length 1 where it is the same in every
// lane. The slice is valid until the next run that writes the same register.
func (m *Machine) Run(p *Program) []float64 {
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
		m.Regs[in.dst] = r
	}
	return m.Regs[p.out]
}

func (m *Machine) binary(in *instruction) []float64 {
	a, b := m.Regs[in.a], m.Regs[in.b]
	n := max(len(a), len(b))
	r := m.temps[in.dst][:n]
	switch {
	case len(a) == 1 && len(b) == 1:
		switch in.op {
		case opAdd:
			r[0] = a[0] + b[0]
		case opSub:
			r[0] = a[0] - b[0]
		case opMul:
			r[0] = a[0] * b[0]
		case opDiv:
			r[0] = a[0] / b[0]
		default:
			r[0] = in.two(a[0], b[0])
		}
	case len(b) == 1:
		laneScalar(in, r, a, b[0])
	case len(a) == 1:
		scalarLane(in, r, a[0], b)
	default:
		laneLane(in, r, a, b)
	}
	return r
}

func (m *Machine) unary(in *instruction) []float64 {
	a := m.Regs[in.a]
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

func (m *Machine) selects(in *instruction) []float64 {
	c, a, b := m.Regs[in.c], m.Regs[in.a], m.Regs[in.b]
	n := max(len(c), len(a), len(b))
	r := m.temps[in.dst][:n]
	for i := range r {
		switch k := Lane(c, i); {
		case k != k:
			r[i] = k
		case k != 0:
			r[i] = Lane(a, i)
		default:
			r[i] = Lane(b, i)
		}
	}
	return r
}

// Lane reads lane i of a register, whose one value may be that of all lanes.
func Lane(r []float64, i int) float64 {
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
