package main

import (
	"strings"

	"utvandring/engine"
)

// valuesOf are the words that an argument of a macro may be.
func valuesOf(macro, argument string) []string {
	for _, o := range engine.OptionsOf(macro) {
		if strings.EqualFold(o.Name, argument) {
			return o.Allowed
		}
	}
	return nil
}
