package udf

import (
	"context"
	"fmt"
	"math"
	"strings"

	"utvandring/udf/sur"
)

var surIntervalColumns = []Column{
	{"parameter", Text}, {"estimate", Double}, {"std_error", Double}, {"df", Double}, {"low", Double}, {"high", Double}, {"equations", Text},
}

// _sur_interval: a confidence interval per parameter.
var _ = addSur("sur_interval", surIntervalColumns, surIntervalOptions, func(_ context.Context, p *surProblem, fit *sur.Fit) (*Table, error) {
	level := p.level
	if !(level > 0 && level < 1) {
		return nil, fmt.Errorf("level must lie between 0 and 1, such as 0.95, not %g", level)
	}
	t := Rows(surIntervalColumns)
	for _, p := range fit.Parameters {
		low, high := p.Interval(level)
		t.Append(p.Name, p.Estimate, p.StdError, orNaN(p.DF), low, high, strings.Join(p.Equations, " "))
	}
	return t, nil
})

var surIntervalOptions = append(surOptions.replaced("std_errors", stdErrors("small_sample")), levelOption)

// orNaN is NaN, and so NULL, for the infinite degrees of freedom of the normal distribution.
func orNaN(df float64) float64 {
	if math.IsInf(df, 1) {
		return nan
	}
	return df
}

// rootOrNaN is the standard deviation, NaN for what does not vary.
func rootOrNaN(variance float64) float64 {
	if variance > 0 {
		return math.Sqrt(variance)
	}
	return nan
}
