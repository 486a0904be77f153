package plot

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"

	"utvandring/udf/natural"
)

// inOrder sorts labels that all begin with a number by that number, so that "7-17"
// stands before "18-34" and "16+" last whatever order the query gave. Other labels
// stay as they are, "unknown" at the end.
func inOrder(labels []string) []string {
	if !numbered(labels) {
		return labels
	}
	key := func(label string) float64 {
		if x, ok := natural.Leading(label); ok {
			return x
		}
		return math.Inf(1)
	}
	slices.SortStableFunc(labels, func(a, b string) int { return cmp.Compare(key(a), key(b)) })
	return labels
}

// numbered reports whether labels have an order of their own, which sorting bars by
// value would destroy: age groups, durations, years, levels 1 to 4.
func numbered(labels []string) bool {
	n := 0
	for _, s := range labels {
		if s == "unknown" {
			continue
		}
		if _, ok := natural.Leading(s); !ok {
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

// sortCategories puts the largest bar first, by the last series that has a
// value (the latest period), summed over panels; categories with an order of
// their own keep it, and a stack keeps the query's.
func (c *Chart) sortCategories(s Spec, r roles) {
	c.overTime = r.time
	if c.Categories == nil || r.time || s.Sort == "none" {
		return
	}
	if s.Sort == "" && (numbered(stripWords(c.Categories)) || c.Kind == KindStack || c.Kind == KindLine) {
		return
	}
	value := make([]float64, len(c.Categories))
	for i := range value {
		value[i] = math.Inf(-1)
	}
	for k := len(c.Series) - 1; k >= 0; k-- {
		sum := map[int]float64{}
		for _, p := range c.Panels {
			for _, pt := range p.Points[k] {
				if !math.IsNaN(pt.Y) {
					sum[int(pt.X)] += pt.Y
				}
			}
		}
		for i := range value {
			if v, ok := sum[i]; ok && math.IsInf(value[i], -1) {
				value[i] = v
			}
		}
	}
	order := make([]int, len(value))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool {
		if s.Sort == "name" {
			return c.Categories[order[i]] < c.Categories[order[j]]
		}
		return value[order[i]] > value[order[j]]
	})
	names, place := make([]string, len(order)), make([]float64, len(order))
	for to, from := range order {
		names[to], place[from] = c.Categories[from], float64(to)
	}
	c.Categories = names
	for _, p := range c.Panels {
		for _, pts := range p.Points {
			for i := range pts {
				pts[i].X = place[int(pts[i].X)]
			}
			sort.SliceStable(pts, func(i, j int) bool { return pts[i].X < pts[j].X })
		}
	}
}

// stripWords undoes the column name that label puts before bare codes.
func stripWords(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n[strings.LastIndex(n, " ")+1:]
	}
	return out
}
