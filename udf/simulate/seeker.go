package simulate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"utvandring/udf/dense"
)

// seeker seeks goals. Its unknowns are ordered by goal year and instrument; lane 0 is
// the path with x, lane u+1 that with a little more of unknown u.
type seeker struct {
	*Problem
	goals       []Goal
	instruments []string
	years       []int64
	leads       []int // by instrument
	w           *worker
	lanes       [][]float64 // of each unknown
	before      []float64   // unknowns as they were
	reference   []float64   // goals as they were
	x, h        []float64   // unknowns, and what lane u+1 has more of u
}

func (p *Problem) newSeeker(goals []Goal, instruments []string, years []int64, leads []int) (*seeker, error) {
	n := len(goals)
	s := &seeker{Problem: p, goals: goals, instruments: instruments, years: years, leads: leads, w: p.newWorker(1 + n), h: make([]float64, n)}
	for u := range n {
		name, lead := s.instrument(u)
		variable, equation, err := p.sys.instrument(name)
		if err != nil {
			return nil, fmt.Errorf("instrument: %w", err)
		}
		values, offset := s.w.instrument(variable, equation)
		k := offset + int(s.goalYear(u)-p.year(0)) - lead
		if k < 0 {
			return nil, fmt.Errorf("%s moves the goals with a lag of %d, and would have to change before the data begin", name, lead)
		}
		lanes := values[k*s.w.lanes : (k+1)*s.w.lanes]
		s.lanes, s.before = append(s.lanes, lanes), append(s.before, lanes[0])
	}
	return s, nil
}

// instrument and goalYear say what unknown u is.
func (s *seeker) instrument(u int) (name string, lead int) {
	j := u % len(s.instruments)
	return s.instruments[j], s.leads[j]
}

func (s *seeker) goalYear(u int) int64 { return s.years[u/len(s.instruments)] }

// evaluate simulates with the unknowns at x. Where the little more of an unknown has no
// solution, a little less is taken.
func (s *seeker) evaluate(ctx context.Context, x []float64) error {
	for u, v := range x {
		s.h[u] = 1e-4 * max(math.Abs(v), 1e-2)
	}
	turned := make([]bool, len(x))
	for {
		for u, v := range x {
			for l := range s.lanes[u] {
				s.lanes[u][l] = v
			}
			s.lanes[u][u+1] = v + s.h[u]
			s.h[u] = s.lanes[u][u+1] - v
		}
		err := s.w.run(ctx)
		var f *Failure
		if errors.As(err, &f) && f.Lane > 0 && !turned[f.Lane-1] {
			u := f.Lane - 1
			turned[u] = true
			s.h[u] = -s.h[u]
			continue
		}
		if err != nil {
			return fmt.Errorf("on the way to the goals: %w", err)
		}
		s.x = x
		return nil
	}
}

// effect is what a unit more of unknown u does to goal g.
func (s *seeker) effect(g, u int) float64 {
	lanes := s.goalLanes(g)
	return (lanes[u+1] - lanes[0]) / s.h[u]
}

// without is an instrument that does nothing to the goals of any year for which it is
// moved, -1 if there is none.
func (s *seeker) without() int {
	for j := range s.instruments {
		works := false
		for y, year := range s.years {
			for g, goal := range s.goals {
				works = works || goal.Year == year && s.effect(g, y*len(s.instruments)+j) != 0
			}
		}
		if !works {
			return j
		}
	}
	return -1
}

func (s *seeker) noEffect(j int) error {
	until := ""
	if s.sys.maxLag > 0 {
		until = fmt.Sprintf(", neither in their %s nor up to %d earlier", s.panel.Unit(), s.sys.maxLag)
	}
	return fmt.Errorf("the instruments (%s) do not move the goals: %s has no effect on any of them%s", strings.Join(s.instruments, ", "), s.instruments[j], until)
}

// dependent finds instruments that do the same to the goals of a year: their effects,
// each in its own unit, are a matrix without full rank. It is a sentence, "" where there
// are none.
func (s *seeker) dependent(tolerance float64) string {
	m := len(s.instruments)
	for y, year := range s.years {
		var rows []int
		for g, goal := range s.goals {
			if goal.Year == year {
				rows = append(rows, g)
			}
		}
		a := mat.NewDense(m, m, nil)
		for j := range m {
			norm := 0.0
			for _, g := range rows {
				norm = math.Hypot(norm, s.effect(g, y*m+j)/s.scale(g))
			}
			if norm == 0 {
				return fmt.Sprintf("%s has no effect on the goals of %s", s.instruments[j], s.say(year))
			}
			for r, g := range rows {
				a.Set(r, j, s.effect(g, y*m+j)/s.scale(g)/norm)
			}
		}
		var svd mat.SVD
		if !svd.Factorize(a, mat.SVDFullV) {
			continue
		}
		values := svd.Values(nil)
		if values[m-1] > tolerance*values[0] {
			continue
		}
		var v mat.Dense
		svd.VTo(&v)
		var names, of []string
		for j, name := range s.instruments {
			if math.Abs(v.At(j, m-1)) > 1e-3 {
				names = append(names, name)
			}
		}
		for _, g := range rows {
			of = append(of, s.goals[g].Variable)
		}
		return fmt.Sprintf("%s are collinear: they do not move the goals of %s (%s) independently of each other", strings.Join(names, " and "), s.say(year), strings.Join(of, ", "))
	}
	return ""
}

// solve runs Newton's method from where the first evaluation is.
func (s *seeker) solve(ctx context.Context) (*Seek, error) {
	n := len(s.goals)
	jacobian := dense.NewLU(n)
	last := s.worst()
	for range seekSteps {
		if last <= 1 {
			return s.result(), nil
		}
		if why := s.dependent(1e-9); why != "" {
			return nil, s.nowhere(why)
		}
		for g := range n {
			for u := range n {
				jacobian.A[g*n+u] = s.effect(g, u)
			}
		}
		if !jacobian.Factor() {
			return nil, s.nowhere("their effects cannot be told apart")
		}
		step := s.misses()
		jacobian.Solve(step)
		s.shorten(step)
		from, failure := s.x, error(nil)
		for halving := 0; ; halving++ {
			to := slices.Clone(from)
			for u := range to {
				to[u] -= math.Ldexp(step[u], -halving)
			}
			err := s.evaluate(ctx, to)
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if err == nil && s.worst() < last {
				last = s.worst()
				break
			}
			if failure == nil {
				failure = err
			}
			if last < seekRounding { // it is there, but for rounding
				if err := s.evaluate(ctx, from); err != nil {
					return nil, err
				}
				return s.result(), nil
			}
			if halving < seekHalvings {
				continue
			}
			if err := s.evaluate(ctx, from); err != nil {
				return nil, err
			}
			why := s.dependent(1e-3)
			if why == "" && failure != nil {
				why = failure.Error()
			}
			return nil, s.nowhere(why)
		}
	}
	return nil, s.nowhere("")
}

// shorten holds a step within bounds: where the goals hardly answer, as far out on a
// logistic curve, Newton's step is beyond all measure.
func (s *seeker) shorten(step []float64) {
	const longest = 10
	shorter := 1.0
	for u, d := range step {
		shorter = min(shorter, longest*max(1, math.Abs(s.x[u]), math.Abs(s.before[u]))/math.Abs(d))
	}
	for u := range step {
		step[u] *= shorter
	}
}

func (s *seeker) nowhere(why string) error {
	text := fmt.Sprintf("no path of %s was found that reaches the goals", strings.Join(s.instruments, ", "))
	if why != "" {
		text += ": " + why
	}
	return errors.New(text)
}

// goalLanes is the variable of goal g in its year.
func (s *seeker) goalLanes(g int) []float64 {
	i, _ := s.sys.Find(s.goals[g].Variable)
	return s.w.at(i, int(s.goals[g].Year-s.year(0)))
}

func (s *seeker) reached() []float64 {
	out := make([]float64, len(s.goals))
	for g := range out {
		out[g] = s.goalLanes(g)[0]
	}
	return out
}

func (s *seeker) misses() []float64 {
	out := s.reached()
	for g := range out {
		out[g] -= s.goals[g].Value
	}
	return out
}

// scale is that of a goal: its value, or the change that it asks for.
func (s *seeker) scale(g int) float64 {
	return max(math.Abs(s.goals[g].Value), math.Abs(s.reference[g]-s.goals[g].Value), 1e-12)
}

// worst is the largest miss in units of what is tolerated.
func (s *seeker) worst() float64 {
	worst := 0.0
	for g, m := range s.misses() {
		worst = max(worst, math.Abs(m)/(seekTolerance*s.scale(g)))
	}
	return worst
}

func (s *seeker) result() *Seek {
	out := &Seek{Leads: s.leads, Path: s.pathOf(s.w)}
	for u := range s.x {
		name, lead := s.instrument(u)
		out.Instruments = append(out.Instruments, Setting{name, s.goalYear(u) - int64(lead), s.before[u], s.x[u]})
	}
	for g, goal := range s.goals {
		out.Targets = append(out.Targets, Setting{goal.Variable, goal.Year, s.reference[g], s.goalLanes(g)[0]})
	}
	return out
}
