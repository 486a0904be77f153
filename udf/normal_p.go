package udf

import (
	"context"
	"math"

	"utvandring/udf/sur"
)

// _normal_p(t) is the two-sided p-value of a t-value whose distribution is normal: the
// probability of one as far from 0. NULL of NULL.
var _ = add(Function{
	Name: "_normal_p", Args: 1, Result: []Column{{"", Double}},
	Run: func(_ context.Context, args []Value) (*Table, error) {
		if args[0].Null() {
			return NewTable([]float64{nan}), nil
		}
		x, err := args[0].Float()
		return NewTable([]float64{sur.PValue(x, math.Inf(1))}), err
	},
})
