package sur

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// newtonTrial is a Newton step that has been taken and is yet to be judged.
type newtonTrial struct {
	running  bool
	share    float64 // of the step that is taken: less where it overshot
	from     float64 // log-likelihood before
	promised float64 // gain by the quadratic that the step maximises
	length   float64 // distance to go before
}

func (n *newtonTrial) start(v *solver) {
	copy(v.saved, v.b)
	n.running = true
	n.from = v.logLikelihood()
	n.promised = n.share * (1 - n.share/2) * dense.Dot(v.g, v.newton)
	n.length = n.distance(v)
	floats.AddScaled(v.b, n.share, v.newton)
}

// distance to go. Unequal divisors have no likelihood to climb, and g'newton
// says little there: the step of generalised least squares does.
func (n *newtonTrial) distance(v *solver) float64 {
	if v.symmetry {
		return v.length(v.newton)
	}
	if !v.leastSquaresStep() {
		return math.Inf(1)
	}
	return v.length(v.step)
}

// succeeds if the step brought about what the quadratic promised, and came
// nearer. Then the likelihood is like that quadratic all the way, and
// generalised least squares would have ended on the same maximum; a step to
// some other, even better one is refused. Gains that rounding hides pass.
func (n *newtonTrial) succeeds(v *solver) bool {
	if v.symmetry && n.promised > 1e-9*(1+math.Abs(n.from)) {
		gain := v.logLikelihood() - n.from
		if gain < 0.7*n.promised || gain > 1.4*n.promised {
			return false
		}
	}
	if n.length > 1e-9 && n.distance(v) > n.length*(1-n.share/2) {
		return false
	}
	n.running = false
	n.share = min(1, 4*n.share)
	return true
}

func (n *newtonTrial) fail() {
	n.running = false
	n.share = max(n.share/4, 1.0/16)
}

// pause is how many steps of generalised least squares are taken after Newton
// failed: twice as many each time, since each try may undo some of them.
func pause(failures int) int { return 1 << min(failures, 11) }

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
