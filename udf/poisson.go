package udf

import (
	"context"
	"fmt"

	"utvandring/udf/interval"
)

var limitColumns = []Column{{"low", Double}, {"high", Double}}

// limits say which to give.
type limits struct {
	method string
	level  float64
}

var limitOptions = options[limits]{
	word("method", "poisson", []string{"poisson", "binomial"}, "what emigrations are: events, or persons among the residents", func(l *limits) *string { return &l.method }),
	decimal("level", 0.95, "of confidence", func(l *limits) *float64 { return &l.level }),
}

// _limits(emigrations, residents, options) are exact limits of a count, in the unit
// of the count: 'poisson' (Garwood) of the emigrations alone, 'binomial'
// (Clopper-Pearson) of emigrations among residents. NULL where either is NULL, and
// for 'binomial' where nobody lives.
var _ = add(Function{
	Name: "_limits", Args: 3, Options: limitOptions.declared(), Result: limitColumns,
	Run: prefixed("interval", func(_ context.Context, args []Value) (*Table, error) {
		var l limits
		if err := limitOptions.readAll(args[2], &l); err != nil {
			return nil, err
		}
		if l.method != "poisson" && l.method != "binomial" {
			return nil, fmt.Errorf("method %q is neither 'poisson' nor 'binomial'", l.method)
		}
		if args[0].Null() || args[1].Null() {
			return limitsOf(nan, nan), nil
		}
		count, err := args[0].Float()
		if err != nil {
			return nil, fmt.Errorf("emigrations %w", err)
		}
		residents, err := args[1].Float()
		if err != nil {
			return nil, fmt.Errorf("residents %w", err)
		}
		var low, high float64
		if l.method == "poisson" {
			low, high, err = interval.Poisson(count, l.level)
		} else if low, high, err = interval.Binomial(count, residents, l.level); err == nil {
			low, high = low*residents, high*residents
		}
		return limitsOf(low, high), err
	}),
})

// limitsOf is one row; NaN is NULL.
func limitsOf(low, high float64) *Table { return NewTable([]float64{low}, []float64{high}) }

var weightedLimitOptions = limitOptions.without("method")

// _weighted_limits(sum, variance, largest, options) are the limits of a weighted sum of
// counts (Fay and Feuer). NULL where one of the three is.
var _ = add(Function{
	Name: "_weighted_limits", Args: 4, Options: weightedLimitOptions.declared(), Result: limitColumns,
	Run: prefixed("interval", func(_ context.Context, args []Value) (*Table, error) {
		var l limits
		if err := weightedLimitOptions.readAll(args[3], &l); err != nil {
			return nil, err
		}
		var of [3]float64
		for i := range of {
			if args[i].Null() {
				return limitsOf(nan, nan), nil
			}
			var err error
			if of[i], err = args[i].Float(); err != nil {
				return nil, err
			}
		}
		low, high, err := interval.Weighted(of[0], of[1], of[2], l.level)
		return limitsOf(low, high), err
	}),
})
