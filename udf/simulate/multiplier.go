package simulate

import (
	"context"
	"fmt"
	"math"

	"utvandring/udf/dense"
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
	found, err := p.find(shocks)
	if err != nil {
		return nil, err
	}
	changed := map[int]bool{}
	for _, s := range found {
		changed[s.variable] = true
	}
	r := &Response{Years: p.Years()}
	slopes := p.sys.slopes()
	if !p.sys.linear(slopes, changed) {
		return r, p.simulateChanges(ctx, slopes, found, r)
	}
	at := p.restAt(slopes, nil)
	for _, s := range found {
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

// shock is a Shock in the terms of a problem: what it changes, the variable or the equation,
// the other -1, and in which simulated years, from one until before another.
type shock struct {
	Shock
	variable, equation int
	from, to           int
}

func (p *Problem) find(shocks []Shock) ([]shock, error) {
	found := make([]shock, len(shocks))
	for j, s := range shocks {
		f := &found[j]
		f.Shock, f.to = s, math.MaxInt
		var err error
		if s.First != 0 {
			if f.from, err = p.yearOf(s.First); err != nil {
				return nil, fmt.Errorf("shock to %s: %w", s.Variable, err)
			}
		}
		if s.Impulse {
			f.to = f.from + 1
		}
		if f.variable, f.equation, err = p.sys.instrument(s.Variable); err != nil {
			return nil, fmt.Errorf("shock: %w", err)
		}
	}
	return found, nil
}

// changes computes the response of a system that is linear: year by year and block by
// block, A0 Δy = −A1 lag(Δy) − … − B Δx.
func (p *Problem) changes(ctx context.Context, slopes [][]slope, s shock) ([][]float64, error) {
	out := make([][]float64, len(slopes))
	for i := range out {
		out[i] = make([]float64, p.years())
	}
	for k := s.from; k < p.years(); k++ {
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
				if i == s.equation && k < s.to {
					b[r] += s.Size
				}
				for _, d := range slopes[i] {
					j := p.sys.endo[d.variable]
					if j < 0 {
						if at := k - d.lag; at >= s.from && at < s.to && d.variable == s.variable {
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
