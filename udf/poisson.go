package udf

import (
	"context"
	"fmt"

	"utvandring/udf/interval"
)

var limitColumns = []Column{{"low", Double}, {"high", Double}}

// _limits(method, emigrations, residents, level) are exact limits of a count, in
// the unit of the count: 'poisson' (Garwood) of the emigrations alone, 'binomial'
// (Clopper-Pearson) of emigrations among residents. NULL where either is NULL, and
// for 'binomial' where nobody lives.
var _ = add(Function{
	Name:   "_limits",
	Args:   4,
	Result: limitColumns,
	Run: prefixed("interval", func(_ context.Context, args []Value) (*Table, error) {
		t := Rows(limitColumns)
		method, err := args[0].Text()
		if err != nil {
			return nil, fmt.Errorf("method %w", err)
		}
		if method != "poisson" && method != "binomial" {
			return nil, fmt.Errorf("method %q is neither 'poisson' nor 'binomial'", method)
		}
		if args[1].Null() || args[2].Null() {
			t.Append(nil, nil)
			return t, nil
		}
		count, err := args[1].Float()
		if err != nil {
			return nil, fmt.Errorf("emigrations %w", err)
		}
		residents, err := args[2].Float()
		if err != nil {
			return nil, fmt.Errorf("residents %w", err)
		}
		level, err := args[3].Float()
		if err != nil {
			return nil, fmt.Errorf("level %w", err)
		}
		var low, high float64
		if method == "poisson" {
			low, high, err = interval.Poisson(count, level)
		} else if low, high, err = interval.Binomial(count, residents, level); err == nil {
			low, high = low*residents, high*residents
		}
		if err != nil {
			return nil, err
		}
		t.Append(low, high)
		return t, nil
	}),
})
