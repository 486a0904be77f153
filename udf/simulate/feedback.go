package simulate

import (
	"context"
	"math"

	"utvandring/udf/equation"
)

// Feedback is something outside the equations that answers to them: it sets
// exogenous variables before a year is simulated, and learns the outcome after.
type Feedback interface {
	// Variables are the names of what it sets; those that the equations do not
	// read need not be there.
	Variables() []string
	// Before sets the variables of a year.
	Before(year int64, set func(variable string, value float64)) error
	// After learns the values of a year: value gives a variable as simulated, or
	// as in the panel where it is not endogenous, actual as in the panel; NaN where
	// there is none.
	After(year int64, value, actual func(variable string) float64) error
}

// RunWith simulates the problem with a feedback. What it sets must be named in
// Options.Given, so that the panel need not have it for the simulated years.
func (p *Problem) RunWith(ctx context.Context, f Feedback) (*Path, error) {
	w := p.newWorker(1)
	given := map[string][]float64{}
	for _, name := range f.Variables() {
		if v, ok := p.sys.byKey[equation.Key(name)]; ok && p.sys.endo[v] < 0 {
			values, _, err := w.instrument(name)
			if err != nil {
				return nil, err
			}
			given[equation.Key(name)] = values
		}
	}
	for k := range p.years() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		t := p.first + k
		err := f.Before(p.year(k), func(name string, value float64) {
			if values, ok := given[equation.Key(name)]; ok {
				values[t] = value
			}
		})
		if err != nil {
			return nil, err
		}
		if err := w.solveYear(k); err != nil {
			return nil, err
		}
		actual := func(name string) float64 {
			c, ok := p.panel.Column(name)
			if !ok {
				return math.NaN()
			}
			return p.panel.Value(c, t)
		}
		value := func(name string) float64 {
			if v, ok := p.sys.byKey[equation.Key(name)]; ok && p.sys.endo[v] >= 0 {
				return w.at(p.sys.endo[v], k)[0]
			}
			return actual(name)
		}
		if err := f.After(p.year(k), value, actual); err != nil {
			return nil, err
		}
	}
	return p.pathOf(w), nil
}
