package main

import (
	"regexp"
	"strings"
)

// argumentValues are the words that an argument of our macros may be, by the
// beginning of the macro's name where they differ.
var argumentValues = map[string][]struct {
	macro  string
	values []string
}{
	"method": {
		{"sur_bootstrap", []string{"residual", "wild", "parametric"}},
		{"sur", []string{"isur", "sur", "ols"}},
		{"try_sur", []string{"isur", "sur", "ols"}},
		{"simulate", []string{"normal", "resample"}},
	},
	"estimator":    {{"sur_bootstrap", []string{"isur", "sur", "ols"}}},
	"divisor":      {{"", []string{"T", "T-k"}}},
	"std_errors":   {{"", []string{"classical", "small_sample", "robust", "hac"}}},
	"distribution": {{"", []string{"normal", "t"}}},
	"mode":         {{"", []string{"dynamic", "static"}}},
	"residuals":    {{"", []string{"none", "actual"}}},
	"draws":        {{"", []string{"residuals", "parameters", "both"}}},
	"kind":         {{"multiplier", []string{"permanent", "impulse"}}},
	"stocks":       {{"counterfactual", []string{"observed", "answer"}}},
	"on_error":     {{"counterfactual", []string{"error", "null"}}},
}

var namedArgument = regexp.MustCompile(`(\w+)\s*(?::=|=>)\s*$`)

// valuesAt are the words that may stand in the quotes that end a call of macro;
// named reports whether the quotes follow the name of an argument at all.
func valuesAt(macro, call string) (values []string, named bool) {
	m := namedArgument.FindStringSubmatch(call)
	if m == nil {
		return nil, false
	}
	for _, of := range argumentValues[strings.ToLower(m[1])] {
		if strings.HasPrefix(strings.ToLower(macro), of.macro) {
			return of.values, true
		}
	}
	return nil, true
}
