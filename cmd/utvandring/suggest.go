package main

import (
	"fmt"

	"utvandring/engine"
)

// didYouMean gives ` (did you mean "-csv"?)` for the name nearest to what was
// typed, or "" where nothing is near.
func didYouMean(typed string, names []string, prefix string) string {
	if near := engine.Nearest(typed, names); near != "" {
		return fmt.Sprintf(" (did you mean %q?)", prefix+near)
	}
	return ""
}
