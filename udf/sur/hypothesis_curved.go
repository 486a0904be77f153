package sur

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"utvandring/udf/equation"
)

// again estimates another model on the same years, with the same options.
func (f *Fit) again(ctx context.Context, m *Model) (*Fit, error) {
	o := f.system.options
	o.Restrictions = nil
	first, last := f.Years[0], f.Years[len(f.Years)-1]
	o.First, o.Last = &first, &last
	return Estimate(ctx, m, f.system.panel, o)
}

// curvedLimit is how often restrictions are replaced by their tangents.
const curvedLimit = 200

// underCurved is the maximum of the likelihood under restrictions that are not linear:
// where they are replaced by their tangents at the last maximum, h(b) + J(b)(β − b) = 0,
// and the maximum under these is b again, the gradient is orthogonal to the restrictions
// and they hold, which are the first-order conditions. Where steps grow they are halved.
// without says why there is none.
func (f *Fit) underCurved(ctx context.Context, list []Restriction) (under *Fit, without string, err error) {
	b := f.estimates()
	last, share := math.Inf(1), 1.0
	for range curvedLimit {
		tangents, err := f.tangents(list, b)
		if err != nil {
			return nil, "on the way to the restricted maximum " + err.Error(), nil
		}
		m, err := f.Model.Restrict(tangents)
		var of *dependentError
		if errors.As(err, &of) {
			return nil, "where the hypotheses hold they are fewer than are written: one follows from the others there", nil
		}
		if err == nil {
			under, err = f.again(ctx, m)
		}
		if err != nil {
			return nil, "", err
		}
		step := 0.0
		for k, p := range under.Parameters {
			if size := f.Parameters[k].StdError; size > 0 {
				step = max(step, math.Abs(p.Estimate-b[k])/size)
			}
		}
		if step <= 1e-7 {
			return under, "", nil
		}
		if step > last {
			share = max(share/2, 1.0/64)
		}
		last = step
		for k, p := range under.Parameters {
			b[k] += share * (p.Estimate - b[k])
		}
	}
	return nil, fmt.Sprintf("the maximum under the restrictions is not found in %d steps", curvedLimit), nil
}

// tangents are linear restrictions that agree with list at b to first order.
func (f *Fit) tangents(list []Restriction, b []float64) ([]Restriction, error) {
	j, h, err := f.gaps(list, b)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(list)
	for i := range out {
		if list[i].difference == nil {
			continue
		}
		r := Restriction{Text: list[i].Text, Value: -h[i]}
		for k, name := range f.Model.all {
			// A parameter that is given already stays given.
			if w := j.At(i, k); w != 0 && f.Parameters[k].StdError > 0 {
				r.names, r.weights = append(r.names, name), append(r.weights, w)
				r.Value += w * b[k]
			}
		}
		if len(r.names) == 0 {
			return nil, fmt.Errorf("hypothesis %q says nothing of the parameters", equation.Excerpt(r.Text))
		}
		out[i] = r
	}
	return out, nil
}
