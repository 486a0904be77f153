package sql

import (
	"slices"
	"strings"
)

// frequencyViews writes a view out for every set of some dimensions, small ones first.
func frequencyViews(text string) string {
	before, marked, found := strings.Cut(text, "{{frequency_by ")
	if !found {
		return text
	}
	list, after, _ := strings.Cut(marked, "}}")
	dims := strings.Split(list, ", ")
	var b strings.Builder
	b.WriteString(before)
	sets := [][]string{nil}
	for i := 0; i < len(sets); i++ {
		set := sets[i]
		next := 0
		if len(set) > 0 {
			b.WriteString("CREATE OR REPLACE VIEW frequency_by_" + strings.Join(set, "_") + " AS FROM frequency_of(county_cell, ['" + strings.Join(set, "', '") + "']);\n")
			next = slices.Index(dims, set[len(set)-1]) + 1
		}
		for _, dim := range dims[next:] {
			sets = append(sets, append(slices.Clone(set), dim))
		}
	}
	return b.String() + strings.TrimPrefix(after, "\n")
}
