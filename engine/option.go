package engine

import (
	"regexp"
	"slices"
	"strings"

	"utvandring/udf"
)

// OptionsOf are the arguments of a macro with a default that are known: what they may
// be and mean. They are those of the function in Go that the macro calls, and a few
// that do not go straight to one.
func OptionsOf(macro string) []udf.Option {
	e, ok := Lookup(macro)
	if !ok {
		return nil
	}
	var list []udf.Option
	add := func(all []udf.Option) {
		for _, o := range all {
			if !strings.Contains(e.Signature, " "+o.Name+" := ") || slices.ContainsFunc(list, func(p udf.Option) bool { return p.Name == o.Name }) {
				continue
			}
			list = append(list, o)
		}
	}
	for _, function := range privateCall.FindAllString(e.SQL, -1) {
		add(udf.Options(strings.TrimSuffix(function, "(")))
	}
	add(handedOn)
	return list
}

var privateCall = regexp.MustCompile(`\b_\w+\(`)

// handedOn are options that a macro hands to another one, or that its SQL reads.
var handedOn = append(udf.Options("_column_counted"), []udf.Option{
	{Name: "stocks", Type: "VARCHAR", Default: "'observed'", Allowed: []string{"observed", "answer"}, Help: "whether residents stay as they were or follow from the simulation"},
	{Name: "below", Type: "VARCHAR", Default: "'std_error'", Allowed: []string{"std_error", "t_value", "p_value", "none"}, Help: "what stands in parentheses below an estimate"},
	{Name: "on_error", Type: "VARCHAR", Default: "'error'", Allowed: []string{"error", "null"}, Help: "whether what cannot be simulated fails or is left out"},
}...)
