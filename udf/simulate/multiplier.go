package simulate

import (
	"context"
	"fmt"
	"math"

	"utvandring/udf/equation"
	"utvandring/udf/nearest"
)

// Shock changes an exogenous variable, or the add-factor of an endogenous one
// (named by the variable or its equation), from First on: permanently, or in
// that year only.
type Shock struct {
	Variable string
	Size     float64
	First    int64 // 0 = the first simulated year
	Impulse  bool
}

// Response is what shocks do: simulated with the shock minus without.
type Response struct {
	Years []int64
	// Change by shock, equation and year. In the year of the shock it is the
	// impact, later the interim (delay) response.
	Change [][][]float64
	// LongRun is where the change goes by shock and equation when all exogenous
	// variables and add-factors stay as in the last year; NaN where it does not
	// settle within settleYears.
	LongRun [][]float64
}

const (
	settleYears = 2000
	settled     = 1e-10 // yearly movement of a change, relative to the largest value of the variable so far
)

// Multipliers simulates all shocks, one lane each, beside the reference.
func (p *Problem) Multipliers(ctx context.Context, shocks []Shock) (*Response, error) {
	w, err := p.shocked(shocks)
	if err != nil {
		return nil, err
	}
	for k := range p.years() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := w.solveYear(k); err != nil {
			return nil, shockError(err, shocks)
		}
	}
	r := &Response{Years: p.Years()}
	for j := range shocks {
		var byEquation [][]float64
		for i := range p.sys.equations {
			change := make([]float64, p.years())
			for k := range change {
				lanes := w.at(i, k)
				change[k] = lanes[j+1] - lanes[0]
			}
			byEquation = append(byEquation, change)
		}
		r.Change = append(r.Change, byEquation)
	}
	r.LongRun, err = p.longRun(ctx, shocks)
	return r, err
}

func shockError(err error, shocks []Shock) error {
	if f, ok := err.(*Failure); ok && f.Lane > 0 {
		return fmt.Errorf("with %s changed by %g: %w", shocks[f.Lane-1].Variable, shocks[f.Lane-1].Size, err)
	}
	return err
}

// shocked makes a worker whose lane 0 is the reference and lane j+1 shock j.
func (p *Problem) shocked(shocks []Shock) (*worker, error) {
	w := p.newWorker(1 + len(shocks))
	for j, s := range shocks {
		if s.First != 0 && (s.First < p.year(0) || s.First > p.year(p.years()-1)) {
			return nil, fmt.Errorf("shock to %s: year %d is not simulated (%d to %d)", s.Variable, s.First, p.year(0), p.year(p.years()-1))
		}
		from := 0
		if s.First != 0 {
			from = int(s.First - p.year(0))
		}
		to := p.years()
		if s.Impulse {
			to = from + 1
		}
		column, offset, err := w.instrument(s.Variable)
		if err != nil {
			return nil, fmt.Errorf("shock: %w", err)
		}
		for k := from; k < to; k++ {
			column[(offset+k)*w.lanes+j+1] += s.Size
		}
	}
	return w, nil
}

// instrument gives what can be changed lane by lane under a name: the values of
// an exogenous variable, or the shifts of an equation. Simulated year k of lane
// l is at (offset+k)·lanes+l.
func (w *worker) instrument(name string) (values []float64, offset int, err error) {
	s := w.sys
	v, known := s.byKey[equation.Key(name)]
	if known && s.endo[v] < 0 {
		if w.varied[v] == nil {
			w.varied[v] = make([]float64, len(w.panel.Year)*w.lanes)
			for t := range w.panel.Year {
				x := math.NaN() // NULL, or set by a feedback
				if c := w.column[v]; c >= 0 && !w.panel.Missing(c, t) {
					x = w.panel.Data[c][t]
				}
				for l := range w.lanes {
					w.varied[v][t*w.lanes+l] = x
				}
			}
		}
		return w.varied[v], w.first, nil
	}
	i, err := s.Find(name)
	if err != nil {
		return nil, 0, fmt.Errorf("%q is in none of the equations%s", name, nearest.Hint(name, s.variables))
	}
	if w.shifted[i] == nil {
		w.shifted[i] = make([]float64, w.years()*w.lanes)
	}
	return w.shifted[i], 0, nil
}

// longRun simulates on with everything exogenous as in the last year until the
// changes settle.
func (p *Problem) longRun(ctx context.Context, shocks []Shock) ([][]float64, error) {
	out := make([][]float64, len(shocks))
	for j := range out {
		out[j] = make([]float64, len(p.sys.equations))
		for i := range out[j] {
			out[j][i] = math.NaN()
		}
	}
	far := p.extended(settleYears)
	w, err := far.shocked(shocks)
	if err != nil {
		return nil, err
	}
	const still = 5 // years without movement, as a lag may hide a year
	calm := 0
	largest := make([]float64, len(p.sys.equations))
	for k := range far.years() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if w.solveYear(k) != nil {
			return out, nil // no steady state to be found
		}
		for i := range largest {
			largest[i] = max(largest[i], math.Abs(w.at(i, k)[0]))
		}
		if k < p.years() {
			continue
		}
		if calm++; w.moves(k, largest) {
			calm = 0
		}
		if calm == still+p.sys.maxLag {
			for j := range shocks {
				for i := range out[j] {
					if v := w.at(i, k)[j+1] - w.at(i, k)[0]; math.Abs(v) > 10*settled*largest[i] {
						out[j][i] = v
					} else {
						out[j][i] = 0
					}
				}
			}
			break
		}
	}
	return out, nil
}

// moves reports whether any change differs from last year's by more than
// rounding.
func (w *worker) moves(k int, largest []float64) bool {
	for i := range w.values {
		now, before := w.at(i, k), w.at(i, k-1)
		for l := 1; l < w.lanes; l++ {
			a, b := now[l]-now[0], before[l]-before[0]
			if math.Abs(a-b) > settled*max(largest[i], math.Abs(a)) {
				return true
			}
		}
	}
	return false
}

// extended is the problem with years added in which everything exogenous stays
// as in the last year.
func (p *Problem) extended(years int) *Problem {
	far := *p
	panel := &equation.Panel{Names: p.panel.Names}
	panel.Year = append(panel.Year, p.panel.Year[:p.last+1]...)
	for range years {
		panel.Year = append(panel.Year, panel.Year[len(panel.Year)-1]+1)
	}
	panel.Data = make([][]float64, len(p.panel.Data))
	for v, c := range p.column {
		if c < 0 || panel.Data[c] != nil {
			continue
		}
		column := make([]float64, 0, len(panel.Year))
		for t := range p.last + 1 {
			x := p.panel.Data[c][t]
			if p.panel.Missing(c, t) {
				x = math.NaN()
			}
			column = append(column, x)
		}
		last := column[p.last]
		if p.sys.endo[v] >= 0 && !p.isObserved(p.sys.endo[v], p.last) {
			last = math.NaN()
		}
		for range years {
			column = append(column, last)
		}
		panel.Data[c] = column
	}
	far.panel = panel
	far.last = len(panel.Year) - 1
	hold := func(x []float64) []float64 {
		x = append([]float64(nil), x...)
		for range years {
			x = append(x, x[len(x)-1])
		}
		return x
	}
	if p.adjust != nil {
		far.adjust = make([][]float64, len(p.adjust))
		for i, a := range p.adjust {
			if a != nil {
				far.adjust[i] = hold(a)
			}
		}
	}
	if p.observed != nil {
		far.observed = make([][]bool, len(p.observed))
		for i, o := range p.observed {
			if o == nil {
				continue
			}
			far.observed[i] = append(far.observed[i], o...)
			for range years {
				far.observed[i] = append(far.observed[i], o[len(o)-1])
			}
		}
	}
	return &far
}
