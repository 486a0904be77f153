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
	// read need not be in the panel, and are told like the others.
	Variables() []string
	// Answer is one for a number of runs side by side.
	Answer(lanes int) Answer
}

// Answer follows runs side by side.
type Answer interface {
	// Begin goes back to before the first simulated year.
	Begin(year int64) error
	// Before gives the variables of a year, in order: a value a lane each.
	Before(year int64, to [][]float64) error
	// After learns the values of a year: value gives a variable as simulated, a value a
	// lane, or as in the panel where it is not endogenous, one for all lanes; actual as in
	// the panel; NaN where there is none. It is not called after the last simulated year.
	After(year int64, value func(variable string) []float64, actual func(variable string) float64) error
}

// answering is an answer with the variables that it sets in a worker.
type answering struct {
	Answer
	values [][]float64 // by variable: lanes values a row of the panel
	year   [][]float64 // the same of one row
}

// answer couples the worker to the feedback of its problem.
func (w *worker) answer() {
	f := w.feedback
	if f == nil {
		return
	}
	names := f.Variables()
	w.answers = &answering{Answer: f.Answer(w.lanes), year: make([][]float64, len(names))}
	for _, name := range names {
		var values []float64
		if v := w.sys.exogenous(name); v >= 0 {
			values = w.vary(v)
		} else {
			values = make([]float64, w.lanes*len(w.panel.Year))
		}
		w.answers.values = append(w.answers.values, values)
	}
}

// run simulates all years in all lanes.
func (w *worker) run(ctx context.Context) error {
	if w.answers != nil {
		if err := w.answers.Begin(w.year(0)); err != nil {
			return err
		}
	}
	for k := range w.years() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if w.answers != nil {
			for n := range w.answers.values {
				w.answers.year[n] = w.given(n, k)
			}
			if err := w.answers.Before(w.year(k), w.answers.year); err != nil {
				return err
			}
		}
		if err := w.solveYear(k); err != nil {
			return err
		}
		if w.answers != nil && k+1 < w.years() {
			if err := w.tell(k); err != nil {
				return err
			}
		}
	}
	return nil
}

// given is what the feedback's n-th variable is set to in simulated year k.
func (w *worker) given(n, k int) []float64 {
	t := w.first + k
	return w.answers.values[n][t*w.lanes : (t+1)*w.lanes]
}

// tell lets the feedback know the outcome of simulated year k.
func (w *worker) tell(k int) error {
	actual := func(name string) float64 {
		c, ok := w.panel.Column(name)
		if !ok {
			return math.NaN()
		}
		return w.panel.Value(c, w.first+k)
	}
	value := func(name string) []float64 {
		if v, ok := w.sys.byKey[equation.Key(name)]; ok && w.sys.endo[v] >= 0 {
			return w.at(w.sys.endo[v], k)
		}
		return []float64{actual(name)}
	}
	return w.answers.After(w.year(k), value, actual)
}
