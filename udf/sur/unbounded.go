package sur

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/bounded"
	"utvandring/udf/equation"
)

// Whether the likelihood has a maximum is decided by package bounded, and only
// asked here: what is certain is said before the first step (linear), the rest is
// seen on the way and explained, or decided when the iterations have passed it by
// (beyond). An equation that fits exactly comes before all that.

// exactFit refuses an equation that fits its data without error: the likelihood
// is infinite, and of least squares only rounding is left to be divided by.
func (s *system) exactFit(v *solver) error {
	v.residuals()
	for i, e := range s.equations {
		if floats.Norm(v.e.Col(i), 2) <= 1e-12*floats.Norm(v.r.Col(v.left[i]), 2) {
			what, so := "the likelihood is unbounded: ", ""
			if s.options.Method == "ols" {
				what, so = "", ", so standard errors would mean nothing"
			}
			if slices.ContainsFunc(e.column, func(c int) bool { return s.columns[c].text == s.columns[e.left].text }) {
				return s.model.Equations[i].errorf("%s%s explains itself: it is the left side and a regressor (take it out on the right, or lag it)", what, equation.String(e.linear.Left))
			}
			fit := count(len(e.column), "coefficient") + " fit"
			if len(e.column) == 1 {
				fit += "s"
			}
			return s.model.Equations[i].errorf("%s%s %s exactly in %s%s (is it an identity? leave it out, or write it without parameters)",
				what, fit, equation.String(e.linear.Left), s.period(), so)
		}
	}
	return nil
}

// asked puts the system as bounded has it. Left sides have restrictions taken off
// already, so that all parameters may move.
func (v *solver) asked() *bounded.System {
	return &bounded.System{Triangle: v.r.Columns(v.height), Left: v.left, Terms: v.terms, Parameters: v.k}
}

// estimates are where the iterations are, on the scale of the parameters.
func (v *solver) estimates() []float64 {
	b := slices.Clone(v.origin)
	floats.Add(b, v.b)
	return b
}

// linear refuses what is certain without iterations.
func (s *system) linear(v *solver) (bounded.Answer, error) {
	a := v.asked().Linear()
	if a.Verdict == bounded.Unbounded {
		return a, s.unboundedBy(v, a.Combination, "")
	}
	return a, nil
}

// beyond refuses estimates beside which the likelihood is infinite; before is what
// linear has left open.
func (s *system) beyond(ctx context.Context, v *solver, before bounded.Answer, out outcome) (bounded.Answer, error) {
	if before.Verdict != bounded.Open {
		return before, nil
	}
	a, err := v.asked().Nonlinear(ctx, v.estimates(), before.Sets[0])
	if err != nil || a.Verdict != bounded.Unbounded {
		return a, err
	}
	ended := "end on a local maximum"
	if !out.converged {
		ended = "have not ended"
	}
	return a, s.unboundedBy(v, a.Combination, fmt.Sprintf("after %s the iterations %s, but the likelihood is infinite elsewhere%s",
		count(out.iterations, "step"), ended, s.where(a.Parameters)))
}

// where says at which values of the shared parameters the residuals cancel: with
// these restricted to them, the rest is linear.
func (s *system) where(b []float64) string {
	var list []string
	for k, x := range b {
		if s.layout.uses[k] > 1 {
			list = append(list, fmt.Sprintf("$%s = %.6g", s.model.free[k], x))
		}
	}
	if len(list) == 0 || len(list) > 6 {
		return ""
	}
	return ", at " + strings.Join(list, ", ")
}

// unboundedAgain reports whether the likelihood is infinite for other data of the
// system of f. It may miss that where it is not cheap to decide.
func (f *Fit) unboundedAgain(ctx context.Context, v *solver) bool {
	return len(f.bounded.Sets) > 0 && v.asked().Again(ctx, v.estimates(), f.bounded.Sets)
}
