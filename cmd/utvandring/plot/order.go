package plot

import (
	"math"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

var leadingNumber = regexp.MustCompile(`^\s*(-?\d+(?:\.\d+)?)`)

// naturalOrder sorts labels that all begin with a number by that number, so
// that "7-17" stands before "18-34" and "16+" last whatever order the query
// gave. Other labels stay as they are, "unknown" at the end.
func naturalOrder(labels []string) []string {
	keys := make(map[string]float64, len(labels))
	for _, s := range labels {
		if s == "unknown" {
			keys[s] = math.Inf(1)
			continue
		}
		m := leadingNumber.FindStringSubmatch(s)
		if m == nil {
			return labels
		}
		keys[s], _ = strconv.ParseFloat(m[1], 64)
	}
	sort.SliceStable(labels, func(i, j int) bool { return keys[labels[i]] < keys[labels[j]] })
	return labels
}

// ordered reports whether labels have an order of their own, which sorting
// bars by value would destroy: age groups, durations, years, levels 1 to 4.
func ordered(labels []string) bool {
	n := 0
	for _, s := range labels {
		if s == "unknown" {
			continue
		}
		if !leadingNumber.MatchString(s) {
			return false
		}
		n++
	}
	return n > 0
}

// whole reports whether a category is the whole of which the others are parts;
// its label is set in bold so that the eye can compare with it.
func whole(s string) bool {
	switch strings.ToLower(s) {
	case "hele landet", "landet", "norway", "norge", "whole country", "total", "all":
		return true
	}
	return false
}
