package simulate

import (
	"context"
	"fmt"

	"utvandring/udf/dense"
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
	// Change is shocks × equations × years, in the units of the equation's
	// variable, not per unit of the shock. In the year of the shock it is the
	// impact, later the interim (delay) response.
	Change [][][]float64
	// LongRun is shocks × equations: where the change comes to rest when all exogenous
	// variables and add-factors stay as in the last year: (I − ΣA)⁻¹ΣB times the
	// change, solved and not iterated. NaN where Verdict is not Stable.
	LongRun [][]float64
	Verdict [][]Verdict
	// Base is the path without shocks; nil where the changes were computed without it.
	Base *Path
}

// Multipliers computes what shocks do. Where the equations are linear in what they
// determine and in what is changed, the changes themselves are computed, so that they
// do not hang on the level of the variables; elsewhere the system is simulated with
// and without, one lane a shock. A variable that no equation has and a year that is
// not simulated are errors; so is a year that cannot be solved, and it names the shock.
func (p *Problem) Multipliers(ctx context.Context, shocks []Shock) (*Response, error) {
	changed := map[int]bool{}
	for _, s := range shocks {
		if err := p.checkShock(s); err != nil {
			return nil, err
		}
		if v, ok := p.sys.byKey[equation.Key(s.Variable)]; ok && p.sys.endo[v] < 0 {
			changed[v] = true
		}
	}
	r := &Response{Years: p.Years()}
	slopes := p.sys.slopes()
	if !p.sys.linear(slopes, changed) {
		return r, p.simulateChanges(ctx, slopes, shocks, r)
	}
	at := p.restAt(slopes, nil)
	for _, s := range shocks {
		change, err := p.changes(ctx, slopes, s)
		if err != nil {
			return nil, err
		}
		verdicts, reached := at.verdicts(s)
		r.Change = append(r.Change, change)
		r.LongRun = append(r.LongRun, at.solve(s, verdicts, reached))
		r.Verdict = append(r.Verdict, verdicts)
	}
	return r, nil
}

func (p *Problem) checkShock(s Shock) error {
	if s.First != 0 && (s.First < p.year(0) || s.First > p.year(p.years()-1)) {
		return fmt.Errorf("shock to %s: %s %s is not simulated (%s to %s)", s.Variable, p.panel.Unit(), p.say(s.First), p.say(p.year(0)), p.say(p.year(p.years()-1)))
	}
	if v, ok := p.sys.byKey[equation.Key(s.Variable)]; ok && p.sys.endo[v] < 0 {
		return nil
	}
	if _, err := p.sys.Find(s.Variable); err != nil {
		return fmt.Errorf("shock: %q is in none of the equations%s", s.Variable, nearest.Hint(s.Variable, p.sys.variables))
	}
	return nil
}

// span gives the simulated years in which a shock holds, from the first until the
// one before the second.
func (p *Problem) span(s Shock) (from, to int) {
	if s.First != 0 {
		from = int(s.First - p.year(0))
	}
	if s.Impulse {
		return from, from + 1
	}
	return from, p.years()
}

// shocks reports whether a shock changes an exogenous variable.
func (p *Problem) shocks(s Shock, variable int) bool {
	v, ok := p.sys.byKey[equation.Key(s.Variable)]
	return ok && v == variable && p.sys.endo[v] < 0
}

// shockedEquation is the equation whose add-factor a shock changes, or -1.
func (p *Problem) shockedEquation(s Shock) int {
	if v, ok := p.sys.byKey[equation.Key(s.Variable)]; ok && p.sys.endo[v] < 0 {
		return -1
	}
	i, err := p.sys.Find(s.Variable)
	if err != nil {
		return -1
	}
	return i
}

// changes computes the response of a system that is linear: year by year and block by
// block, A0 Δy = −A1 lag(Δy) − … − B Δx.
func (p *Problem) changes(ctx context.Context, slopes [][]slope, s Shock) ([][]float64, error) {
	out := make([][]float64, len(slopes))
	for i := range out {
		out[i] = make([]float64, p.years())
	}
	from, to := p.span(s)
	own := p.shockedEquation(s)
	for k := from; k < p.years(); k++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		t := p.first + k
		column := func(variable, lag int) float64 { return p.panel.Value(p.column[variable], t-lag) }
		for _, block := range p.sys.blocks {
			n, place := len(block.equations), places(block.equations)
			lu, b := dense.NewLU(n), make([]float64, n)
			for r, i := range block.equations {
				if p.isObserved(i, t) {
					lu.A[r*n+r] = 1
					continue
				}
				if i == own && k < to {
					b[r] += s.Size
				}
				for _, d := range slopes[i] {
					j := p.sys.endo[d.variable]
					if j < 0 {
						if at := k - d.lag; at >= from && at < to && p.shocks(s, d.variable) {
							b[r] -= p.at(i, d.node, column) * s.Size
						}
					} else if c, ok := place[j]; ok && d.lag == 0 {
						lu.A[r*n+c] += p.at(i, d.node, column)
					} else if p.simulated(d.input, t) && out[j][k-d.lag] != 0 {
						b[r] -= p.at(i, d.node, column) * out[j][k-d.lag]
					}
				}
			}
			if !lu.Factor() {
				i := block.equations[0]
				return nil, p.failure(k, 0, p.sys.equations[i].label(), "%s has no value: the equations do not determine it", p.sys.Variable(i))
			}
			lu.Solve(b)
			for r, i := range block.equations {
				out[i][k] = b[r]
			}
		}
	}
	return out, nil
}

// places numbers equations as they stand in a list.
func places(equations []int) map[int]int {
	at := make(map[int]int, len(equations))
	for k, i := range equations {
		at[i] = k
	}
	return at
}
