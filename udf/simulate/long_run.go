package simulate

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"utvandring/udf/dense"
	"utvandring/udf/structure"
)

// Verdict says whether the response of a variable to a lasting change goes
// somewhere.
type Verdict int

const (
	// Stable: it comes to rest.
	Stable Verdict = iota
	// UnitRoot: a change goes on for ever, in one direction or to and fro.
	UnitRoot
	// Explosive: it grows without end.
	Explosive
)

func (v Verdict) String() string { return [...]string{"stable", "unit root", "explosive"}[v] }

// circle is how near to 1 the modulus of a root counts as 1, and how ill-conditioned
// I − ΣA may be: a root of several equations is known to that.
const (
	circle    = 1e-10
	condition = 1e13
)

// rest is the system near a state in which nothing moves, everything exogenous as in
// the last year.
type rest struct {
	p     *Problem
	links [][]link  // of an equation; none of one whose variable is taken as observed
	parts [][]int   // equations that move each other, later parts after those they hang on
	part  []int     // of an equation
	roots []Verdict // of a part
}

// link is a slope that is not 0, of a variable that some equation determines, or -1.
type link struct {
	input
	equation int
	value    float64
}

// restAt evaluates the slopes where endogenous variable i has the value state[i];
// state is nil where no slope hangs on one.
func (p *Problem) restAt(slopes [][]slope, state []float64) *rest {
	return p.restWhere(slopes, p.stationary(state))
}

// restWhere evaluates the slopes with the values of columns given.
func (p *Problem) restWhere(slopes [][]slope, column func(variable, lag int) float64) *rest {
	r := &rest{p: p, links: make([][]link, len(slopes)), part: make([]int, len(slopes))}
	needs := make([][]int, len(slopes))
	for i, list := range slopes {
		if p.isObserved(i, p.last) {
			continue
		}
		for _, d := range list {
			j := p.sys.endo[d.variable]
			if j >= 0 && d.lag > 0 && p.mode == Static {
				continue
			}
			v := p.at(i, d.node, column)
			if v == 0 {
				continue
			}
			r.links[i] = append(r.links[i], link{d.input, j, v})
			if j >= 0 {
				needs[i] = append(needs[i], j)
			}
		}
	}
	r.parts = structure.Blocks(needs)
	for n, equations := range r.parts {
		for _, i := range equations {
			r.part[i] = n
		}
	}
	for _, equations := range r.parts {
		r.roots = append(r.roots, r.rootsOf(equations))
	}
	return r
}

// stationary gives what a column is at rest: the same at every lag.
func (p *Problem) stationary(state []float64) func(variable, lag int) float64 {
	return func(variable, lag int) float64 {
		if i := p.sys.endo[variable]; i >= 0 {
			if state == nil {
				return math.NaN()
			}
			return state[i]
		}
		if x := p.panel.Value(p.column[variable], p.last); !math.IsNaN(x) {
			return x
		}
		return p.panel.Value(p.column[variable], p.last-lag) // read with a lag only
	}
}

// rootsOf judges the roots of equations that move each other: of A0 y = A1 lag(y) + …,
// the eigenvalues of the companion matrix of A0⁻¹A1, A0⁻¹A2, ….
func (r *rest) rootsOf(equations []int) Verdict {
	n, lags := len(equations), 0
	at := places(equations)
	r.each(equations, at, func(_, _, lag int, _ float64) { lags = max(lags, lag) })
	if lags == 0 {
		return Stable
	}
	now, past, total := dense.NewLU(n), make([]float64, n*n*lags), mat.NewDense(n, n, nil)
	r.each(equations, at, func(i, j, lag int, v float64) {
		total.Set(i, j, total.At(i, j)+v)
		if lag == 0 {
			now.A[i*n+j] += v
		} else {
			past[i*n*lags+(lag-1)*n+j] -= v
		}
	})
	if !now.Factor() {
		return Explosive // it determines nothing
	}
	now.SolveAll(past, n*lags)
	companion := mat.NewDense(n*lags, n*lags, nil)
	for i := range n {
		for j := range n * lags {
			companion.Set(i, j, past[i*n*lags+j])
		}
	}
	for i := n; i < n*lags; i++ {
		companion.Set(i, i-n, 1)
	}
	largest := math.Abs(past[0])
	if n*lags > 1 {
		var e mat.Eigen
		if !e.Factorize(companion, mat.EigenNone) {
			return Explosive
		}
		largest = 0
		for _, z := range e.Values(nil) {
			largest = max(largest, math.Hypot(real(z), imag(z)))
		}
	}
	switch {
	case math.IsNaN(largest):
		return Explosive
	case math.Abs(largest-1) <= circle, largest < 1+1e-6 && mat.Cond(total, 1) > condition:
		return UnitRoot
	case largest > 1:
		return Explosive
	}
	return Stable
}

// each visits the links of equations with their own variables; places gives an
// equation's place among them. A variable that is taken as observed does not move.
func (r *rest) each(equations []int, places map[int]int, visit func(i, j, lag int, v float64)) {
	for row, i := range equations {
		if r.p.isObserved(i, r.p.last) {
			visit(row, row, 0, 1)
		}
		for _, d := range r.links[i] {
			if column, ok := places[d.equation]; ok {
				visit(row, column, d.lag, d.value)
			}
		}
	}
}

// verdicts judges what a shock does to each equation's variable: the worst of the
// roots that it passes through on its way. reached is false where it never comes.
func (r *rest) verdicts(s shock) (verdicts []Verdict, reached []bool) {
	verdicts, reached = make([]Verdict, len(r.links)), make([]bool, len(r.links))
	for n, equations := range r.parts {
		worst, hit := Stable, false
		for _, i := range equations {
			hit = hit || r.impact(i, s) != 0
			for _, d := range r.links[i] {
				if d.equation < 0 {
					hit = hit || d.variable == s.variable // what it does in one year it may undo in the next
				} else if r.part[d.equation] != n && reached[d.equation] {
					hit = true
					worst = max(worst, verdicts[d.equation])
				}
			}
		}
		if hit {
			worst = max(worst, r.roots[n])
		}
		for _, i := range equations {
			verdicts[i], reached[i] = worst, hit
		}
	}
	return verdicts, reached
}

// impact is by how much a lasting shock moves the right side of equation i at rest.
func (r *rest) impact(i int, s shock) float64 {
	if r.p.isObserved(i, r.p.last) {
		return 0
	}
	sum := 0.0
	for _, d := range r.links[i] {
		if d.equation < 0 && d.variable == s.variable {
			sum -= d.value * s.Size
		}
	}
	if i == s.equation {
		sum += s.Size
	}
	return sum
}

// solve gives the lasting response of the equations whose verdict is stable: that of
// (I − A1 − A2 − …)Δy = B·Δx, in changes, so that no level matters. NaN elsewhere.
func (r *rest) solve(s shock, verdicts []Verdict, reached []bool) []float64 {
	out := make([]float64, len(r.links))
	for part, equations := range r.parts {
		i := equations[0]
		switch {
		case !reached[i]:
			continue
		case verdicts[i] != Stable:
			for _, i := range equations {
				out[i] = math.NaN()
			}
			continue
		}
		n := len(equations)
		lu, b := dense.NewLU(n), make([]float64, n)
		r.each(equations, places(equations), func(i, j, _ int, v float64) { lu.A[i*n+j] += v })
		for k, i := range equations {
			if !s.Impulse {
				b[k] = r.impact(i, s)
			}
			for _, d := range r.links[i] {
				if d.equation >= 0 && r.part[d.equation] != part {
					b[k] -= d.value * out[d.equation]
				}
			}
		}
		if !lu.Factor() {
			for k := range b {
				b[k] = math.NaN()
			}
		} else {
			lu.Solve(b)
		}
		for k, i := range equations {
			out[i] = b[k]
		}
	}
	return out
}
