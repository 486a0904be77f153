package simulate

import (
	"context"
	"math"
)

// Path is the outcome of a simulation.
type Path struct {
	Years []int64
	// Actual and Simulated are variables × years: the variable that each equation
	// determines, in the order given to New and in its own units, then those that a feedback
	// sets. Actual is NaN where the panel has no value; Simulated is finite.
	Actual, Simulated [][]float64
}

// Run simulates the problem. An error, a *Failure or that of ctx, names the equation
// and the year that could not be solved; there is then no path at all.
func (p *Problem) Run(ctx context.Context) (*Path, error) {
	w := p.newWorker(1)
	if err := w.run(ctx); err != nil {
		return nil, err
	}
	return p.pathOf(w), nil
}

// pathOf is what a worker has simulated in its first lane.
func (p *Problem) pathOf(w *worker) *Path {
	path := &Path{Years: p.Years()}
	for i, name := range p.Variables() {
		actual, simulated := make([]float64, p.years()), make([]float64, p.years())
		for k := range actual {
			if n := i - len(p.sys.equations); n >= 0 {
				c, ok := p.panel.Column(name)
				if actual[k] = math.NaN(); ok {
					actual[k] = p.panel.Value(c, p.first+k)
				}
				simulated[k] = w.given(n, k)[0]
			} else {
				actual[k], simulated[k] = p.Actual(i, k), w.at(i, k)[0]
			}
		}
		path.Actual, path.Simulated = append(path.Actual, actual), append(path.Simulated, simulated)
	}
	return path
}
