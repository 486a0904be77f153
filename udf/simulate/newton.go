package simulate

import (
	"math"
	"slices"
	"strings"

	"utvandring/udf/equation"
)

const (
	// newtonSteps is the most Newton takes; from observed or last year's values
	// it usually takes three.
	newtonSteps = 50
	// tolerance of the last Newton step relative to the variable. The step after
	// it would be far smaller, as convergence is quadratic.
	tolerance = 1e-10
	// halvings of a step that does not reduce the residuals.
	halvings = 40
)

// simultaneous solves a block for year k in all lanes.
//
// Where the Jacobian has no variable of the block and is the same in all lanes,
// one step with its inverse is the solution in every lane at once. Otherwise
// every lane is solved by itself: damped Newton, then the fallbacks.
func (w *worker) simultaneous(b *block, s *blockState, k int) error {
	for j, i := range b.equations {
		w.start(i, k)
		w.m.Regs[b.current[j]] = w.at(i, k)
	}
	if b.linear {
		solved, err := w.linear(b, s, k)
		if solved || err != nil {
			return err
		}
	}
	for l := range w.lanes {
		if err := w.newton(b, s, k, l); err != nil {
			return err
		}
	}
	return nil
}

// start sets the values that the solution is sought from: the observed one,
// else last year's.
func (w *worker) start(i, k int) {
	to := w.at(i, k)
	v := w.Actual(i, k)
	if math.IsNaN(v) && k > 0 {
		copy(to, w.at(i, k-1))
		return
	}
	for back := 1; math.IsNaN(v) && w.first+k-back >= 0 && w.column[w.sys.equations[i].variable] >= 0; back++ {
		v = w.Actual(i, k-back)
	}
	if math.IsNaN(v) {
		v = 1
	}
	for l := range to {
		to[l] = v
	}
}

// linear takes one exact step; false where that is not the solution: the
// Jacobian differs between lanes, the block has variables taken as observed this
// year, or the equations have no value at the start.
func (w *worker) linear(b *block, s *blockState, k int) (bool, error) {
	n := len(b.equations)
	for _, i := range b.equations {
		if w.isObserved(i, w.first+k) {
			return false, nil
		}
	}
	if !s.valid {
		for j, p := range b.jacobian {
			s.lu.A[j] = 0
			if p == nil {
				continue
			}
			r := w.m.Run(p)
			if len(r) > 1 {
				return false, nil
			}
			s.lu.A[j] = r[0]
		}
		if !s.lu.Factor() {
			return true, w.singular(b, k, 0)
		}
		s.lu.Inverse(s.inverse)
		s.valid = b.constant
	}
	// A second step cleans up rounding; it costs nothing for a single run.
	steps := 1
	if w.lanes == 1 {
		steps = 2
	}
	var f [16][]float64
	residuals := f[:0]
	for range steps {
		residuals = residuals[:0]
		for _, p := range b.residual {
			residuals = append(residuals, w.m.Run(p))
		}
		for j, i := range b.equations {
			x := w.at(i, k)
			for h, r := range residuals {
				if c := s.inverse[j*n+h]; c != 0 {
					subtractMultiple(x, c, r)
				}
			}
		}
	}
	for _, i := range b.equations {
		for _, v := range w.at(i, k) {
			if v-v != 0 { // no value at the start, perhaps elsewhere
				for _, i := range b.equations {
					w.start(i, k)
				}
				return false, nil
			}
		}
	}
	return true, nil
}

func subtractMultiple(x []float64, c float64, r []float64) {
	if len(r) == 1 {
		for l := range x {
			x[l] -= c * r[0]
		}
		return
	}
	x = x[:len(r)]
	for l, v := range r {
		x[l] -= c * v
	}
}

// newton solves a block in one lane.
func (w *worker) newton(b *block, s *blockState, k, l int) error {
	e := w.oneLane(b, s, k, l)
	start := slices.Clone(s.x)
	ok, isSingular := e.newton()
	if !ok {
		copy(s.x, start)
		ok = e.fallback()
	}
	if !ok {
		if isSingular && b.linear {
			return w.singular(b, k, l)
		}
		copy(s.x, start)
		e.newton() // to where it gets, for the message
		return e.failure(l)
	}
	for j, i := range b.equations {
		w.at(i, k)[l] = s.x[j]
	}
	return nil
}

// lanewise is a block in one lane of one year.
type lanewise struct {
	w *worker
	b *block
	*blockState
	k        int
	observed []bool // variable j is taken as observed
}

// oneLane loads the machine of one lane with everything that the block reads.
// The block's variables are s.x, wherever Newton moves it.
func (w *worker) oneLane(b *block, s *blockState, k, l int) *lanewise {
	if w.single == nil {
		w.single = w.sys.compiled.NewMachine(1)
	}
	for _, reg := range b.inputs {
		r := w.m.Regs[reg]
		if len(r) > 1 {
			r = r[l : l+1]
		}
		w.single.Regs[reg] = r
	}
	e := &lanewise{w: w, b: b, blockState: s, k: k, observed: make([]bool, len(b.equations))}
	for j, i := range b.equations {
		s.x[j] = w.at(i, k)[l]
		w.single.Regs[b.current[j]] = s.x[j : j+1]
		e.observed[j] = w.isObserved(i, w.first+k)
	}
	return e
}

// residuals fills f at x and returns the largest in absolute value, infinite
// where one is not finite.
func (e *lanewise) residuals() float64 {
	norm := 0.0
	for j, p := range e.b.residual {
		e.f[j] = 0
		if !e.observed[j] { // an observed variable stays where it starts
			e.f[j] = e.w.single.Run(p)[0]
		}
		if v := math.Abs(e.f[j]); v > norm || v != v {
			norm = v
		}
	}
	if norm-norm != 0 {
		return math.Inf(1)
	}
	return norm
}

// newton iterates from x; singular reports that the Jacobian was.
func (e *lanewise) newton() (ok, singular bool) {
	n := len(e.x)
	norm := e.residuals()
	for range newtonSteps {
		if math.IsInf(norm, 1) {
			return false, false
		}
		for j, p := range e.b.jacobian {
			row, col := j/n, j%n
			e.lu.A[j] = 0
			switch {
			case e.observed[row] && row == col:
				e.lu.A[j] = 1
			case !e.observed[row] && p != nil:
				e.lu.A[j] = e.w.single.Run(p)[0]
			}
		}
		if !e.lu.Factor() {
			return false, true
		}
		copy(e.dx, e.f)
		e.lu.Solve(e.dx)
		if e.small() {
			for j, d := range e.dx {
				e.x[j] -= d
			}
			return !math.IsInf(e.residuals(), 1), false
		}
		copy(e.try, e.x)
		step, better := 1.0, false
		for range halvings {
			for j, d := range e.dx {
				e.x[j] = e.try[j] - step*d
			}
			if now := e.residuals(); now < norm {
				norm, better = now, true
				break
			}
			step /= 2
		}
		if !better {
			copy(e.x, e.try)
			return false, false
		}
	}
	return false, false
}

// small reports whether the step dx is rounding.
func (e *lanewise) small() bool {
	largest := 0.0
	for _, v := range e.x {
		largest = max(largest, math.Abs(v))
	}
	for j, d := range e.dx {
		if !(math.Abs(d) <= tolerance*max(math.Abs(e.x[j]), 1e-3*largest)) {
			return false
		}
	}
	return true
}

// failure names the equation that is furthest from holding.
func (e *lanewise) failure(l int) error {
	w := e.w
	if math.IsInf(e.residuals(), 1) {
		return w.unsolved(e.b, e.k, l)
	}
	worst := 0
	for j, f := range e.f {
		if math.Abs(f) > math.Abs(e.f[worst]) {
			worst = j
		}
	}
	label := w.sys.equations[e.b.equations[worst]].label()
	return w.failure(e.k, l, label, "no solution found for %s: the residual stays at %.3g", w.names(e.b), e.f[worst])
}

// unsolved explains a block in which some equation has no value.
func (w *worker) unsolved(b *block, k, l int) error {
	w.bind(k)
	for _, i := range b.equations {
		w.start(i, k)
	}
	for _, i := range b.equations {
		if r := w.m.Run(w.sys.actual[i]); equation.Lane(r, l)-equation.Lane(r, l) != 0 {
			return w.explain(i, k, l, binary("-", w.sys.equations[i].parsed.Left, w.sys.equations[i].parsed.Right))
		}
	}
	return w.failure(k, l, w.sys.equations[b.equations[0]].label(), "no finite solution for %s", w.names(b))
}

func (w *worker) singular(b *block, k, l int) error {
	var equations []string
	for _, i := range b.equations {
		equations = append(equations, w.sys.equations[i].label())
	}
	if len(equations) == 1 {
		return w.failure(k, l, equations[0], "the equation does not determine %s, which drops out of it (is it a circular identity?)", w.names(b))
	}
	return w.failure(k, l, strings.Join(equations, ", "), "the equations do not determine %s (is one of them a circular identity?)", w.names(b))
}

// names lists the variables of a block.
func (w *worker) names(b *block) string {
	var names []string
	for _, i := range b.equations {
		names = append(names, w.sys.Variable(i))
	}
	return strings.Join(names, ", ")
}
