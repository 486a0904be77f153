package simulate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"utvandring/udf/dense"
	"utvandring/udf/equation"
)

// Goal is a value that a variable is to have in a year.
type Goal struct {
	Variable string
	Year     int64
	Value    float64
}

// Seek is the outcome of goal seeking.
type Seek struct {
	// Instruments has a value per instrument and goal year: before, and as needed.
	Instruments []Setting
	// Targets has a value per goal: before, and as reached.
	Targets []Setting
}

// Setting is a variable in a year before and after goal seeking.
type Setting struct {
	Variable      string
	Year          int64
	Before, After float64
}

const (
	seekSteps     = 30
	seekTolerance = 1e-13 // of a goal, relative to its value or the variable's change
)

// Seek finds the path of the instruments that makes the goals come true: as many
// instruments as there are goals in each goal year. An instrument is an
// exogenous variable, or an endogenous one, whose add-factor is then sought. An
// instrument that works with a lag is moved that much earlier than its goals.
//
// It is an error when the instruments do not move the goals independently, or no path
// of them is found that reaches the goals, to 13 digits or as near as rounding allows.
//
// All years are solved together by Newton's method: one lane per instrument and
// year gives the multipliers of the path, so that effects in later years count.
func (p *Problem) Seek(ctx context.Context, goals []Goal, instruments []string) (*Seek, error) {
	years, err := p.checkGoals(goals, instruments)
	if err != nil {
		return nil, err
	}
	var failure error
	for lead := range p.sys.maxLag + 1 {
		s := &seeker{Problem: p, goals: goals, instruments: instruments, years: years, lead: lead}
		found, err := s.solve(ctx)
		if err == nil || !errors.Is(err, errNoEffect) {
			return found, err
		}
		failure = err
	}
	return nil, failure
}

// checkGoals returns the years that have goals.
func (p *Problem) checkGoals(goals []Goal, instruments []string) ([]int64, error) {
	if len(goals) == 0 || len(instruments) == 0 {
		return nil, errors.New("there is no goal or no instrument")
	}
	count := map[int64]int{}
	for i, g := range goals {
		k := g.Year - p.year(0)
		if k < 0 || k >= int64(p.years()) {
			return nil, fmt.Errorf("the goal of %s: %s %s is not simulated (%s to %s)", g.Variable, p.panel.Unit(), p.say(g.Year), p.say(p.year(0)), p.say(p.year(p.years()-1)))
		}
		if math.IsNaN(g.Value) || math.IsInf(g.Value, 0) {
			return nil, fmt.Errorf("the goal of %s in %s has no value", g.Variable, p.say(g.Year))
		}
		if _, err := p.sys.Find(g.Variable); err != nil {
			return nil, fmt.Errorf("goal: %w", err)
		}
		for _, h := range goals[:i] {
			if equation.Key(h.Variable) == equation.Key(g.Variable) && h.Year == g.Year {
				return nil, fmt.Errorf("%s has two goals in %s", g.Variable, p.say(g.Year))
			}
		}
		count[g.Year]++
	}
	var years []int64
	for y, n := range count {
		if n != len(instruments) {
			return nil, fmt.Errorf("%s has %d goals for %d instruments: give as many instruments as there are goals in each "+p.panel.Unit(), p.say(y), n, len(instruments))
		}
		years = append(years, y)
	}
	slices.Sort(years)
	return years, nil
}

// errNoEffect is wrapped where the instruments cannot move the goals.
var errNoEffect = errors.New("no effect")

type seeker struct {
	*Problem
	goals       []Goal
	instruments []string
	years       []int64
	lead        int
}

// solve runs Newton on all instrument values; x holds them by instrument and year.
func (s *seeker) solve(ctx context.Context) (*Seek, error) {
	n := len(s.goals)
	w := s.newWorker(1 + n)
	values, offsets := make([][]float64, len(s.instruments)), make([]int, len(s.instruments))
	for j, name := range s.instruments {
		var err error
		if values[j], offsets[j], err = w.instrument(name); err != nil {
			return nil, fmt.Errorf("instrument: %w", err)
		}
	}
	at := func(u int) []float64 { // all lanes of unknown u
		j, year := u%len(s.instruments), s.years[u/len(s.instruments)]
		k := offsets[j] + int(year-s.year(0)) - s.lead
		if k < 0 {
			return nil
		}
		return values[j][k*w.lanes : (k+1)*w.lanes]
	}
	x := make([]float64, n)
	for u := range x {
		lanes := at(u)
		if lanes == nil {
			return nil, fmt.Errorf("%s would have to change before the data begin: %w", s.instruments[u%len(s.instruments)], errNoEffect)
		}
		x[u] = lanes[0]
	}
	before := slices.Clone(x)
	var reference []float64
	jacobian := dense.NewLU(n)
	step := make([]float64, n)
	last := math.Inf(1)
	for range seekSteps {
		h := s.perturb(x, at)
		if err := s.run(ctx, w); err != nil {
			return nil, err
		}
		miss := s.misses(w)
		if reference == nil {
			reference = s.reached(w)
		}
		worst := s.worst(miss, reference)
		if worst <= 1 {
			return s.result(w, before, x, reference), nil
		}
		if worst >= last && worst < 1e6 {
			return s.result(w, before, x, reference), nil // rounding keeps it from getting closer
		}
		last = worst
		for g := range s.goals {
			for u := range x {
				jacobian.A[g*n+u] = (s.goalLanes(w, g)[u+1] - s.goalLanes(w, g)[0]) / h[u]
			}
		}
		if !jacobian.Factor() {
			return nil, fmt.Errorf("the instruments (%s) do not move the goals independently of each other: %w", strings.Join(s.instruments, ", "), errNoEffect)
		}
		copy(step, miss)
		jacobian.Solve(step)
		for u := range x {
			x[u] -= step[u]
		}
	}
	return nil, fmt.Errorf("no path of %s was found that reaches the goals", strings.Join(s.instruments, ", "))
}

// perturb sets every lane to x and lane u+1 a little further in unknown u.
func (s *seeker) perturb(x []float64, at func(int) []float64) []float64 {
	h := make([]float64, len(x))
	for u, v := range x {
		h[u] = 1e-4 * max(math.Abs(v), 1e-2)
		lanes := at(u)
		for l := range lanes {
			lanes[l] = v
		}
		lanes[u+1] = v + h[u]
		h[u] = lanes[u+1] - v
	}
	return h
}

func (s *seeker) run(ctx context.Context, w *worker) error {
	for k := range s.Problem.years() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.solveYear(k); err != nil {
			return fmt.Errorf("on the way to the goals: %w", err)
		}
	}
	return nil
}

// goalLanes is the variable of goal g in its year.
func (s *seeker) goalLanes(w *worker, g int) []float64 {
	i, _ := s.sys.Find(s.goals[g].Variable)
	return w.at(i, int(s.goals[g].Year-s.year(0)))
}

func (s *seeker) reached(w *worker) []float64 {
	out := make([]float64, len(s.goals))
	for g := range out {
		out[g] = s.goalLanes(w, g)[0]
	}
	return out
}

func (s *seeker) misses(w *worker) []float64 {
	out := s.reached(w)
	for g := range out {
		out[g] -= s.goals[g].Value
	}
	return out
}

// worst is the largest miss in units of what is tolerated.
func (s *seeker) worst(miss, reference []float64) float64 {
	worst := 0.0
	for g, m := range miss {
		scale := max(math.Abs(s.goals[g].Value), math.Abs(reference[g]-s.goals[g].Value), 1e-12)
		worst = max(worst, math.Abs(m)/(seekTolerance*scale))
	}
	return worst
}

func (s *seeker) result(w *worker, before, x, reference []float64) *Seek {
	out := &Seek{}
	for u := range x {
		year := s.years[u/len(s.instruments)] - int64(s.lead)
		out.Instruments = append(out.Instruments, Setting{s.instruments[u%len(s.instruments)], year, before[u], x[u]})
	}
	for g, goal := range s.goals {
		out.Targets = append(out.Targets, Setting{goal.Variable, goal.Year, reference[g], s.goalLanes(w, g)[0]})
	}
	return out
}
