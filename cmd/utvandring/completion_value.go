package main

import (
	"regexp"
	"strings"

	"utvandring/engine"
)

var namedArgument = regexp.MustCompile(`(\w+)\s*(?::=|=>)\s*$`)

// valuesAt are the words that may stand in the quotes that end a call of macro;
// named reports whether the quotes follow the name of an argument at all.
func valuesAt(macro, call string) (values []string, named bool) {
	m := namedArgument.FindStringSubmatch(call)
	if m == nil {
		return nil, false
	}
	for _, o := range engine.OptionsOf(macro) {
		if strings.EqualFold(o.Name, m[1]) {
			return o.Allowed, true
		}
	}
	return nil, true
}
