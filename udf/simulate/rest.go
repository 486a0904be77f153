package simulate

import (
	"context"
	"fmt"
	"math"
	"slices"

	"utvandring/udf/dense"
	"utvandring/udf/equation"
)

// simulateChanges computes the response of a system that is not linear: it is
// simulated without and with each shock.
func (p *Problem) simulateChanges(ctx context.Context, slopes [][]slope, shocks []shock, r *Response) error {
	w := p.shocked(shocks)
	if err := w.run(ctx); err != nil {
		return shockError(err, shocks)
	}
	r.Base = p.pathOf(w)
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
	return p.comeToRest(ctx, slopes, shocks, r)
}

func shockError(err error, shocks []shock) error {
	if f, ok := err.(*Failure); ok && f.Lane > 0 {
		return fmt.Errorf("with %s changed by %g: %w", shocks[f.Lane-1].Variable, shocks[f.Lane-1].Size, err)
	}
	return err
}

// shocked makes a worker whose lane 0 is the reference and lane j+1 shock j.
func (p *Problem) shocked(shocks []shock) *worker {
	w := p.newWorker(1 + len(shocks))
	for j, s := range shocks {
		values, offset := w.instrument(s.variable, s.equation)
		for k := s.from; k < min(s.to, w.years()); k++ {
			values[(offset+k)*w.lanes+j+1] += s.Size
		}
	}
	return w
}

// instrument gives what can be changed lane by lane, as System.instrument finds it: the
// values of an exogenous variable, or the shifts of an equation. Simulated year k of lane l
// is at (offset+k)·lanes+l.
func (w *worker) instrument(variable, equation int) (values []float64, offset int) {
	if variable >= 0 {
		return w.vary(variable), w.first
	}
	if w.shifted[equation] == nil {
		w.shifted[equation] = make([]float64, w.years()*w.lanes)
	}
	return w.shifted[equation], 0
}

// vary gives an exogenous variable values of its own in every lane, at first those of the
// panel.
func (w *worker) vary(v int) []float64 {
	if w.varied[v] == nil {
		w.varied[v] = make([]float64, len(w.panel.Year)*w.lanes)
		for t := range w.panel.Year {
			x := w.panel.Value(w.column[v], t) // NaN: NULL, or set by a feedback
			for l := range w.lanes {
				w.varied[v][t*w.lanes+l] = x
			}
		}
	}
	return w.varied[v]
}

// comeToRest finds the long run of a system that is not linear. It is simulated on with
// everything exogenous as in the last year, judged by its slopes where that ends, and
// brought to rest from there by Newton's method, without and with each shock.
func (p *Problem) comeToRest(ctx context.Context, slopes [][]slope, shocks []shock, r *Response) error {
	const years = 300
	far := p.extended(years)
	w := far.shocked(shocks)
	last := 0
	for k := range far.years() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if w.solveYear(k) != nil {
			break
		}
		last = k
	}
	state := func(lane int) []float64 {
		x := make([]float64, len(slopes))
		for i := range x {
			x[i] = w.at(i, last)[lane]
		}
		return x
	}
	at := p.restAt(slopes, state(0))
	for j, s := range shocks {
		verdicts, reached := at.verdicts(s)
		free := make([]bool, len(slopes))
		for i := range free {
			if reached[i] && last < far.years()-1 {
				verdicts[i] = Explosive // there is no going on
			}
			free[i] = reached[i] && verdicts[i] == Stable
		}
		without, with := state(0), state(j+1)
		ok := p.restFrom(slopes, shock{variable: -1, equation: -1}, without, free) && p.restFrom(slopes, s, with, free)
		if ok { // it may be a rest that nothing goes to
			there, _ := p.restAt(slopes, without).verdicts(s)
			for i := range verdicts {
				verdicts[i] = max(verdicts[i], there[i])
			}
		}
		long := make([]float64, len(slopes))
		for i := range long {
			switch {
			case verdicts[i] != Stable || free[i] && !ok:
				long[i] = math.NaN()
			case free[i] && !s.Impulse:
				long[i] = with[i] - without[i]
			}
		}
		r.LongRun = append(r.LongRun, long)
		r.Verdict = append(r.Verdict, verdicts)
	}
	return nil
}

// restFrom brings the free variables of a state to rest under a lasting shock. It is
// false where Newton's method does not get there.
func (p *Problem) restFrom(slopes [][]slope, s shock, state []float64, free []bool) bool {
	var list []int
	for i, f := range free {
		if f {
			list = append(list, i)
		}
	}
	n, place := len(list), places(list)
	if n == 0 {
		return true
	}
	given := p.stationary(state)
	column := func(variable, lag int) float64 {
		if variable == s.variable && !s.Impulse {
			return given(variable, lag) + s.Size
		}
		return given(variable, lag)
	}
	const steps, still = 60, 1e-14
	for range steps {
		lu, b := dense.NewLU(n), make([]float64, n)
		for k, i := range list {
			if p.isObserved(i, p.last) {
				lu.A[k*n+k] = 1
				continue
			}
			m := &p.sys.equations[i]
			b[k] = -p.at(i, binary("-", m.parsed.Left, m.parsed.Right), column)
			b[k] += p.adjust[i][p.years()-1]
			if i == s.equation && !s.Impulse {
				b[k] += s.Size
			}
			for _, d := range slopes[i] {
				if j := p.sys.endo[d.variable]; j >= 0 && free[j] && (d.lag == 0 || p.mode == Dynamic) {
					lu.A[k*n+place[j]] += p.at(i, d.node, column)
				}
			}
		}
		if !lu.Factor() {
			return false
		}
		lu.Solve(b)
		moves := false
		for k, i := range list {
			if b[k]-b[k] != 0 { // NaN or infinite
				return false
			}
			state[i] += b[k]
			moves = moves || math.Abs(b[k]) > still*math.Abs(state[i])
		}
		if !moves {
			return true
		}
	}
	return true // as near as rounding lets it come
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
		panel.Data[c] = make([]float64, len(panel.Year))
		hold := p.sys.endo[v] < 0 || p.isObserved(p.sys.endo[v], p.last)
		for t := range panel.Year {
			if panel.Data[c][t] = p.panel.Value(c, min(t, p.last)); t > p.last && !hold {
				panel.Data[c][t] = math.NaN()
			}
		}
	}
	far.panel = panel
	far.last = len(panel.Year) - 1
	far.adjust, far.observed = prolonged(p.adjust, years), prolonged(p.observed, years)
	return &far
}

// prolonged has the last value of each row, if there is one, so many years longer.
func prolonged[T any](rows [][]T, years int) [][]T {
	out := make([][]T, len(rows))
	for i, x := range rows {
		if x != nil {
			out[i] = slices.Concat(x, slices.Repeat(x[len(x)-1:], years))
		}
	}
	return out
}
