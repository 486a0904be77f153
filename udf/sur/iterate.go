package sur

import (
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// outcome is how the iterations ended.
type outcome struct {
	iterations int
	converged  bool
	change     float64 // estimated distance to the maximum, in standard errors
	singular   bool    // the residual covariance became singular on the way
	flat       bool    // a stationary point that is not a maximum
	collinear  bool    // the information lost all digits: see errNearlyCollinear
}

// notConverged explains iterations that ended without an answer.
func (s *system) notConverged(v *solver, out outcome) error {
	if out.flat {
		return fmt.Errorf("no convergence: the likelihood is flat where the iterations stopped (%s), so the parameters are not determined (drop regressors, or restrict parameters)", count(out.iterations, "step"))
	}
	far := "an unknown distance"
	if !math.IsInf(out.change, 0) && !math.IsNaN(out.change) {
		far = fmt.Sprintf("%.2g standard errors", out.change)
	}
	if v.scale[0] != slices.Max(v.scale) || v.scale[0] != slices.Min(v.scale) {
		return fmt.Errorf("no convergence after %s: iterated with divisor T-k, equations with different numbers of coefficients have no maximum to climb to, and may never settle (use divisor := 'T', or %s := 'sur')", count(out.iterations, "step"), s.options.MethodName)
	}
	return fmt.Errorf("no convergence after %s: the maximum is still %s away (raise max_iterations, or use %s := 'sur')", count(out.iterations, "step"), far, s.options.MethodName)
}

// nearEnough is the length of a step, in standard errors, below which Newton's
// method is tried. Steps of generalised least squares always climb but may
// shrink by a few per cent only; Newton's double the digits, once near.
const nearEnough = 0.3

// iterate climbs from the current b to the maximum of the likelihood (with the
// geomean divisor: to the fixed point of generalised least squares). Every
// step is one of generalised least squares, given the last residual
// covariance, or near the end of Newton on the concentrated likelihood, kept
// only if it brings what it promised. tolerance is in standard errors.
func (v *solver) iterate(ctx context.Context, tolerance float64, limit int) (outcome, error) {
	var (
		out      outcome
		trial    newtonTrial
		banned   int           // steps until Newton may be tried again
		failures int           // of Newton's steps in a row
		taken    bool          // one has been
		full     bool          // the last of them was taken whole
		rebased  bool          // near the end
		size     = math.Inf(1) // of the last step of generalised least squares
		previous = math.Inf(1) // distance to go before the last Newton step
	)
	trial.share = 1
	retreat := func() { // from where Newton has led
		failures++
		banned, size, previous = pause(failures), math.Inf(1), math.Inf(1)
	}
	for ; ; out.iterations++ {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		v.residuals()
		ok := v.weights()
		if ok {
			v.gradient()
		}
		definite := false // newton holds a step towards a maximum
		far := math.Inf(1)
		if trial.running {
			if ok && v.chordConverges(previous, tolerance) {
				floats.Add(v.b, v.newton)
				out.converged = true
				return out, nil
			}
			if definite = ok && v.newtonStep(0); !definite || !trial.succeeds(v) {
				copy(v.b, v.saved)
				trial.fail()
				retreat()
				if out.iterations >= limit {
					return out, nil
				}
				continue
			}
			if v.symmetry {
				failures = 0
			}
			out.change = v.length(v.newton)
		} else {
			if !ok {
				out.singular = true
				return out, nil
			}
			if !v.leastSquaresStep() {
				out.singular, out.collinear = v.near, !v.near
				return out, nil
			}
			s := v.length(v.step)
			rate := s / size
			size = s
			toGo := math.Inf(1) // as the geometric series of steps that shrink at this rate
			if rate < 1 {
				toGo = s / (1 - rate)
			}
			if !v.symmetry && v.whitening() { // the Jacobian is of cross-products: without it
				out.change = toGo
				out.converged = toGo <= tolerance || s < 1e-7 && rate >= 1 // or only rounding is left
				if out.converged || out.iterations < limit {
					floats.Add(v.b, v.step)
				}
				if out.converged || out.iterations >= limit {
					return out, nil
				}
				if s < 1e-3 && !rebased {
					v.rebaseAfresh()
					rebased = true
				}
				continue
			}
			if banned == 0 && (s < nearEnough && v.symmetry || s < 1e-3 && rate < 1) {
				definite = v.newtonStep(0)
			}
			if out.change = toGo; definite { // Newton's step knows better
				out.change = v.length(v.newton)
			}
			if far = 5 * toGo; !(rate < 1) {
				far = 5 * s
			}
			if !definite && s < 1e-14 { // stationary: a maximum, or only flat?
				if definite = v.newtonStep(0); !definite {
					out.flat = true
					return out, nil
				}
			}
		}
		// Below 1e-7 a change that no longer halves after a whole step is rounding.
		if definite && (out.change <= tolerance || out.change < 1e-7 && full && out.change > previous/2) {
			if !v.symmetry && !v.attracts() {
				if taken {
					copy(v.b, v.saved)
				} else {
					floats.Add(v.b, v.step)
				}
				retreat()
				if out.iterations >= limit {
					return out, nil
				}
				continue
			}
			floats.Add(v.b, v.newton) // squares what error is left
			out.converged = true
			return out, nil
		}
		if out.iterations >= limit {
			return out, nil
		}
		banned = max(banned-1, 0)
		if v.symmetry && out.iterations%slow == slow-1 {
			steps, ok := v.climb(ctx, out.iterations, limit-1) // it counts as one that no step was taken here
			if out.iterations += steps; !ok {
				out.singular = true
				return out, nil
			}
			trial.running, trial.share = false, 1
			banned, size, previous = 0, math.Inf(1), math.Inf(1)
			continue
		}
		if definite && out.change <= far {
			previous = out.change
			taken, full = true, trial.share == 1
			if out.change < 1e-3 && !rebased { // what is left is too small for the digits of b
				v.rebaseAfresh()
				rebased = true
			}
			trial.start(v)
		} else {
			floats.Add(v.b, v.step)
		}
	}
}

// leastSquaresStep is one step of generalised least squares from the current
// residuals and gradient.
func (v *solver) leastSquaresStep() bool {
	if v.whitening() {
		return v.whiteLeastSquares()
	}
	if !v.information() {
		return false
	}
	copy(v.step, v.g)
	dense.CholeskySolve(v.a, v.k, v.step)
	return true
}

// chordConverges tries the last Hessian on the new gradient: after a short step
// it is as good as new, and saves making another one only to see that nothing is
// left to do. newton then holds what is left.
func (v *solver) chordConverges(previous, tolerance float64) bool {
	if !v.symmetry || previous > 1e-3 || v.whitening() {
		return false
	}
	copy(v.newton, v.g)
	dense.CholeskySolve(v.h, v.k, v.newton)
	return v.length(v.newton) <= tolerance
}

// length of a step in standard errors, on average over the parameters: for a
// step A⁻¹g or H⁻¹g, sqrt(g'step/K).
func (v *solver) length(step []float64) float64 {
	return math.Sqrt(math.Abs(dense.Dot(v.g, step)) / float64(v.k))
}
