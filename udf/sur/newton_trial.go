package sur

import (
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
