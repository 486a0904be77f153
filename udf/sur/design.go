package sur

import (
	"context"
	"fmt"

	"utvandring/udf/equation"
	"utvandring/udf/factor"
)

// Design is a model on the data of its sample, as package factor has it: left sides less
// what stands on the right without a parameter, and free parameters. Slices may be the
// panel's.
type Design struct {
	Model *Model // restricted, where there are restrictions
	Years []int64
	factor.Problem

	fit *Fit // not estimated
}

// NewDesign chooses the sample and refuses what Estimate refuses before it estimates:
// too few observations, collinear regressors, values that are missing or no numbers, an
// equation that fits exactly.
func NewDesign(m *Model, panel *equation.Panel, o Options) (*Design, error) {
	o.Method = "ols" // so that errors are of the data, not of a likelihood
	f, err := prepare(m, panel, o)
	if err != nil {
		return nil, err
	}
	s := f.system
	if f.K > 0 {
		f.solver.leastSquares()
		if err := s.exactFit(f.solver); err != nil {
			return nil, err
		}
	}
	d := &Design{Model: f.Model, Years: f.Years, Problem: factor.Problem{Parameters: f.K}, fit: f}
	for i, e := range s.equations {
		d.Left, d.Names = append(d.Left, s.data[e.left]), append(d.Names, f.Model.Equations[i].Name)
		terms := make([]factor.Term, len(e.column))
		for j, c := range e.column {
			terms[j] = factor.Term{Parameter: e.parameter[j], X: s.data[c]}
		}
		d.Equations = append(d.Equations, terms)
	}
	return d, nil
}

// Skipped says which years inside the sample are left out, and why.
func (d *Design) Skipped() []string { return d.fit.Skipped() }

// Gap says where years inside the sample are missing, "" where none are.
func (d *Design) Gap() string {
	for t := 1; t < len(d.Years); t++ {
		if d.Years[t] != d.Years[t-1]+1 {
			return fmt.Sprintf("%s follows %s", d.fit.Say(d.Years[t]), d.fit.Say(d.Years[t-1]))
		}
	}
	return ""
}

// All are the estimates and covariances of all parameters, those that restrictions solve
// for among them, from those of the free ones.
func (d *Design) All(b, covariance []float64) (estimates, all []float64) {
	return d.Model.estimates(b), d.Model.covariance(covariance)
}

// None is the maximum of the likelihood with a diagonal residual covariance: iterated
// weighted least squares. ok is false where there is none.
func (d *Design) None(ctx context.Context) (logLikelihood float64, ok bool) {
	v := d.fit.diagonal(ctx)
	if v == nil {
		return 0, false
	}
	return v.diagonalLikelihood(), true
}
