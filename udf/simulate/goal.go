package simulate

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

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
	// Leads are the years by which each instrument is moved before its goals.
	Leads []int
	// Path is what is simulated with the instruments as needed.
	Path *Path
}

// Setting is a variable in a year before and after goal seeking.
type Setting struct {
	Variable      string
	Year          int64
	Before, After float64
}

const (
	seekSteps     = 60
	seekHalvings  = 40
	seekTolerance = 1e-13 // of a goal, relative to its value or the variable's change
	seekRounding  = 1e6   // tolerances within which rounding may keep it from getting closer
)

// Seek finds the path of the instruments that makes the goals come true: as many
// instruments as there are goals in each goal year. An instrument is an
// exogenous variable, or an endogenous one, whose add-factor is then sought. One
// that does nothing to the goals of its year works with a lag, and is moved that much
// earlier.
//
// All years are solved together by Newton's method: one lane per instrument and
// year gives the multipliers of the path, so that effects in later years count. A
// step that leads nowhere, to a year without a solution or further from the goals, is
// halved.
func (p *Problem) Seek(ctx context.Context, goals []Goal, instruments []string) (*Seek, error) {
	years, err := p.checkGoals(goals, instruments)
	if err != nil {
		return nil, err
	}
	leads := make([]int, len(instruments))
	for {
		s, err := p.newSeeker(goals, instruments, years, leads)
		if err != nil {
			return nil, err
		}
		if err := s.evaluate(ctx, slices.Clone(s.before)); err != nil {
			return nil, err
		}
		s.reference = s.reached()
		late := s.without()
		if late < 0 {
			return s.solve(ctx)
		}
		if leads[late]++; leads[late] > p.sys.maxLag {
			return nil, s.noEffect(late)
		}
	}
}

// checkGoals returns the years that have goals.
func (p *Problem) checkGoals(goals []Goal, instruments []string) ([]int64, error) {
	if len(goals) == 0 || len(instruments) == 0 {
		return nil, errors.New("there is no goal or no instrument")
	}
	count := map[int64]int{}
	for i, g := range goals {
		if _, err := p.yearOf(g.Year); err != nil {
			return nil, fmt.Errorf("the goal of %s: %w", g.Variable, err)
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
	years := slices.Sorted(maps.Keys(count))
	for _, y := range years {
		if n := count[y]; n != len(instruments) {
			return nil, fmt.Errorf("%s has %d goals for %d instruments: give as many instruments as there are goals in each "+p.panel.Unit(), p.say(y), n, len(instruments))
		}
	}
	return years, nil
}
