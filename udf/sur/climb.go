package sur

import (
	"context"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// slow is how many steps of generalised least squares are taken before the
// iterations climb by other means. Along a narrow curved ridge each of its steps
// gains a thousandth and less of what is left.
const slow = 200

// climb goes uphill by Newton steps on H + λA, which is definite for every λ > 1
// as H + A is, λ falling while the likelihood rises as promised and growing
// where it does not (Levenberg 1944; Marquardt 1963). It ends where Newton's own
// step is short, for the iterations to finish, and after as many steps at most as
// those had taken before. false where the residual covariance became singular.
func (v *solver) climb(ctx context.Context, done, limit int) (steps int, ok bool) {
	damping := 1.0
	v.rebase()
	if !v.weights() {
		return 0, false
	}
	for steps < done && done+steps < limit && ctx.Err() == nil {
		v.gradient()
		if v.newtonStep(0) && v.length(v.newton) < 1e-3 {
			return steps, true
		}
		if !v.newtonStep(damping) {
			damping = max(4*damping, 1e-3)
			if damping > 1e6 {
				return steps, true
			}
			continue
		}
		from := v.logLikelihood()
		promised := dense.Dot(v.g, v.newton) / 2 // at least: damping adds to it
		copy(v.saved, v.b)
		floats.Add(v.b, v.newton)
		steps++
		v.residuals()
		if !v.weights() {
			return steps, false
		}
		switch gain := v.logLikelihood() - from; {
		case gain > promised/2:
			damping /= 4
		case !(gain > promised/10):
			copy(v.b, v.saved)
			v.residuals()
			if damping = max(4*damping, 1e-3); !v.weights() || damping > 1e6 {
				return steps, true
			}
		}
	}
	return steps, true
}
