package simulate

import (
	"fmt"
	"math"
	"strings"

	"utvandring/udf/dense"
	"utvandring/udf/equation"
)

// worker solves a problem in a number of lanes at once. Lanes differ by what
// varied, shifted and drawn say; without them they would all be the same run.
type worker struct {
	*Problem
	lanes  int
	m      *equation.Machine
	single *equation.Machine // one lane, for blocks that are solved lane by lane
	// values[i] are the simulated values of equation i's variable: lanes values
	// a year.
	values [][]float64
	// varied[v] replaces the panel's values of an exogenous variable: lanes
	// values a row of the panel; nil = as in the panel.
	varied [][]float64
	// shifted[i] is added to equation i besides its add-factors: lanes values a
	// year; nil = nothing.
	shifted [][]float64
	sums    [][]float64 // add-factor + shift of the current year, by equation
	inputs  []boundInput
	state   []blockState // by block
	answers *answering   // nil: nothing answers
}

// boundInput is an input with its register.
type boundInput struct {
	input
	register int
}

// blockState is the memory of a simultaneous block.
type blockState struct {
	lu      *dense.LU
	inverse []float64 // of the Jacobian
	valid   bool      // the inverse still holds
	x, dx   []float64 // Newton in one lane
	f, try  []float64
}

// Failure is a year that could not be solved: the equation, or those of a block
// separated by commas, and why. Lane tells which of several runs it was: the shock
// from 1, the replication of a batch from 0; it is 0 in a single run.
type Failure struct {
	Year     int64
	Index    *equation.Index // what Year is one of; nil: years
	Equation string
	Lane     int
	Message  string
}

func (f *Failure) Error() string {
	return fmt.Sprintf("equation %s, %s: %s", f.Equation, f.Index.Words(f.Year), f.Message)
}

func (p *Problem) failure(k, lane int, equation, format string, args ...any) *Failure {
	return &Failure{Year: p.year(k), Index: p.panel.Index, Equation: equation, Lane: lane, Message: fmt.Sprintf(format, args...)}
}

func (p *Problem) newWorker(lanes int) *worker {
	s := p.sys
	w := &worker{Problem: p, lanes: lanes, m: s.compiled.NewMachine(lanes)}
	w.values = make([][]float64, len(s.equations))
	w.sums = make([][]float64, len(s.equations))
	for i := range w.values {
		w.values[i] = make([]float64, lanes*p.years())
		w.sums[i] = make([]float64, lanes)
	}
	w.varied = make([][]float64, len(s.variables))
	w.shifted = make([][]float64, len(s.equations))
	for _, reg := range s.compiled.params {
		w.m.Regs[reg] = p.params[reg : reg+1]
	}
	for at, reg := range s.compiled.inputs {
		w.inputs = append(w.inputs, boundInput{at, reg})
	}
	w.state = make([]blockState, len(s.blocks))
	for i, b := range s.blocks {
		if n := len(b.equations); !b.recursive {
			w.state[i] = blockState{
				lu: dense.NewLU(n), inverse: make([]float64, n*n),
				x: make([]float64, n), dx: make([]float64, n), f: make([]float64, n), try: make([]float64, n),
			}
		}
	}
	w.answer()
	return w
}

// at is equation i's variable in simulated year k, one value a lane.
func (w *worker) at(i, k int) []float64 {
	return w.values[i][k*w.lanes : (k+1)*w.lanes]
}

// valuesOf are those of a variable as Problem.Variables numbers it: lanes values a year.
func (w *worker) valuesOf(i int) []float64 {
	n := i - len(w.values)
	if n < 0 {
		return w.values[i]
	}
	return w.answers.values[n][w.first*w.lanes : (w.last+1)*w.lanes]
}

// solveYear simulates year k; earlier years are simulated already.
func (w *worker) solveYear(k int) error {
	w.bind(k)
	for n, b := range w.sys.blocks {
		var err error
		switch {
		case b.recursive && w.isObserved(b.equations[0], w.first+k):
			w.setObserved(b.equations[0], k)
		case b.recursive:
			err = w.evaluate(b.equations[0], k)
		default:
			err = w.simultaneous(b, &w.state[n], k)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// bind points the machine's inputs at the values of year k.
func (w *worker) bind(k int) {
	t := w.first + k
	for _, in := range w.inputs {
		w.m.Regs[in.register] = w.value(in.input, t)
	}
	for i, reg := range w.sys.compiled.adjust {
		a, sum := w.adjust[i][k], w.sums[i][:1]
		sum[0] = a
		if shift := w.shifted[i]; shift != nil {
			sum = w.sums[i]
			for l, v := range shift[k*w.lanes : (k+1)*w.lanes] {
				sum[l] = a + v
			}
		}
		w.m.Regs[reg] = sum
	}
}

func (w *worker) value(in input, t int) []float64 {
	if w.sys.endo[in.variable] >= 0 && w.simulated(in, t) {
		return w.at(w.sys.endo[in.variable], t-in.lag-w.first)
	}
	if v := w.varied[in.variable]; v != nil {
		return v[(t-in.lag)*w.lanes : (t-in.lag+1)*w.lanes]
	}
	c := w.column[in.variable]
	if c < 0 || t < in.lag { // only where the equation is not used: see check
		return missingValue
	}
	return w.panel.Data[c][t-in.lag : t-in.lag+1]
}

var missingValue = []float64{math.NaN()}

func (w *worker) setObserved(i, k int) {
	v := w.Actual(i, k)
	for l := range w.at(i, k) {
		w.at(i, k)[l] = v
	}
}

// evaluate computes the variable of a recursive equation.
func (w *worker) evaluate(i, k int) error {
	r, to := w.m.Run(w.sys.equations[i].solved), w.at(i, k)
	if len(r) == 1 {
		for l := range to {
			to[l] = r[0]
		}
	} else {
		copy(to, r)
	}
	for l, v := range to {
		if v-v != 0 { // NaN or infinite
			return w.explain(i, k, l, w.sys.equations[i].solution)
		}
	}
	return nil
}

// explain says why an expression of equation i has no value in a lane.
func (w *worker) explain(i, k, l int, n equation.Node) error {
	m := &w.sys.equations[i]
	column := func(c *equation.Column) float64 {
		if c.Name == adjustment {
			return equation.Lane(w.m.Regs[w.sys.compiled.adjust[i]], l)
		}
		return equation.Lane(w.value(input{w.sys.byKey[equation.Key(c.Name)], c.Lag}, w.first+k), l)
	}
	param := func(p *equation.Parameter) float64 {
		return equation.Lane(w.m.Regs[w.sys.compiled.params[parameter{equation.Key(m.Model), equation.Key(p.Name)}]], l)
	}
	fault := equation.Fault(n, column, param)
	if fault == "" {
		fault = "no finite value"
	}
	fault = strings.ReplaceAll(fault, " + "+quotedAdjustment, "")
	return w.failure(k, l, m.label(), "%s has no value: %s", w.sys.Variable(i), fault)
}

// quotedAdjustment is how equation.String writes the add-factor.
var quotedAdjustment = equation.String(&equation.Column{Name: adjustment})
