package simulate

import "context"

// Path is the outcome of a simulation.
type Path struct {
	Years []int64
	// Actual and Simulated are equations × years, the equations in the order given
	// to New: the variable that each determines, in its own units. Actual is NaN
	// where the panel has no value; Simulated is finite.
	Actual, Simulated [][]float64
}

// Run simulates the problem. An error, a *Failure or that of ctx, names the equation
// and the year that could not be solved; there is then no path at all.
func (p *Problem) Run(ctx context.Context) (*Path, error) {
	w := p.newWorker(1)
	for k := range p.years() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := w.solveYear(k); err != nil {
			return nil, err
		}
	}
	return p.pathOf(w), nil
}

// pathOf is what a worker has simulated in its first lane.
func (p *Problem) pathOf(w *worker) *Path {
	path := &Path{Years: p.Years()}
	for i := range p.sys.equations {
		actual, simulated := make([]float64, p.years()), make([]float64, p.years())
		for k := range actual {
			actual[k], simulated[k] = p.Actual(i, k), w.at(i, k)[0]
		}
		path.Actual, path.Simulated = append(path.Actual, actual), append(path.Simulated, simulated)
	}
	return path
}
