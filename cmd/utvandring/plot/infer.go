package plot

import (
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/nearest"
)

// What a chart can tell apart: more colours, panels or bars than this are
// refused with advice, not drawn as a tangle.
const (
	maxColors = 8
	maxPanels = 40
	maxBars   = 120
)

// roles says what each column is in the chart; -1 where there is none.
type roles struct {
	x, color, facet, low, high int
	y                          []int
	fixed                      []string // columns with one value only, as "county: Oslo"
	time                       bool     // x is a number or a date, not a category

	label  int      // of points; -1 where there is none
	errors []int    // standard errors of each y, or its t values; -1 where there are none
	ends   int      // of y has low, high and bands; -1: all do
	matrix bool     // colours are columns, as many as bars
	bands  [][2]int // low and high quantiles, the widest first
}

var (
	timeNames     = []string{"year", "age", "duration", "month", "quarter", "x", "lag", "horizon"}
	measureNames  = []string{"frequency", "effect", "percent", "share", "ratio", "estimate", "mean", "value"}
	groupingNames = []string{"country_group", "centrality", "equation", "model", "period", "sex", "group"}
	lowNames      = []string{"low", "lower"}
	highNames     = []string{"high", "upper"}
)

// infer decides what the columns are: named ones as the user says, the rest
// by name and type. Text, booleans and coded groups (country_group,
// centrality) are dimensions; year, age or a date is x; other numbers are y.
func infer(t Table, s Spec) (roles, error) {
	r := roles{x: -1, color: -1, facet: -1, low: -1, high: -1, label: -1, ends: -1}
	taken := map[int]bool{}
	if err := r.named(t, s, taken); err != nil {
		return r, err
	}
	for _, pair := range []struct {
		at    *int
		names []string
	}{{&r.low, lowNames}, {&r.high, highNames}} {
		for _, n := range pair.names {
			if i := t.find(n); *pair.at < 0 && i >= 0 && !taken[i] && t.numeric(i) {
				*pair.at, taken[i] = i, true
			}
		}
	}
	r.special(t, s, taken)
	r.findX(t, s, taken)
	if err := r.findY(t, taken); err != nil {
		return r, err
	}
	if len(r.y) == 1 && r.low < 0 && r.high < 0 {
		// ratio has its own ends: ratio_low and ratio_high.
		name := t.Columns[r.y[0]].Name
		if a, b := t.find(name+"_low"), t.find(name+"_high"); a >= 0 && b >= 0 && t.numeric(a) && t.numeric(b) {
			r.low, r.high = a, b
		}
	}
	if r.x < 0 && len(r.y) == 2 && len(t.dimensions(taken)) == 0 && (s.Kind == "" || s.Kind == KindLine || s.Kind == KindPoint) {
		// Two columns of numbers and nothing else: one against the other.
		r.x, r.y, r.time = r.y[0], r.y[1:], true
	}
	return r, r.assign(t, s, taken)
}

// named takes the columns that the user names.
func (r *roles) named(t Table, s Spec, taken map[int]bool) error {
	take := func(key, name string) (int, error) {
		i := t.find(name)
		if i < 0 {
			return -1, fmt.Errorf("plot: %s=%s: the result has no such column%s; it has %s", key, name, nearest.Hint(name, t.columnNames()), t.names())
		}
		if taken[i] {
			return -1, fmt.Errorf("plot: column %s is named twice", t.Columns[i].Name)
		}
		taken[i] = true
		return i, nil
	}
	for _, f := range []struct {
		key, name string
		at        *int
	}{{"x", s.X, &r.x}, {"color", s.Color, &r.color}, {"facet", s.Facet, &r.facet}, {"low", s.Low, &r.low}, {"high", s.High, &r.high}} {
		if f.name == "" || f.name == "none" {
			continue
		}
		i, err := take(f.key, f.name)
		if err != nil {
			return err
		}
		*f.at = i
		if (f.key == "low" || f.key == "high") && !t.numeric(i) {
			return t.notNumber(f.key, i)
		}
	}
	for _, y := range s.Y {
		i, err := take("y", y)
		if err != nil {
			return err
		}
		if !t.numeric(i) {
			return t.notNumber("y", i)
		}
		r.y = append(r.y, i)
	}
	if r.x >= 0 {
		r.time = (t.numeric(r.x) && !t.grouping(r.x)) || t.dated(r.x)
		if s.Kind == KindCoefficient || s.Kind == KindCorrelation {
			r.time = false
		}
		if s.Kind == KindLine || s.Kind == KindArea || s.Kind == KindPoint {
			r.time = t.numeric(r.x) || t.dated(r.x)
		}
	}
	return nil
}

func (t Table) notNumber(key string, col int) error {
	var have []string
	for i, c := range t.Columns {
		if t.numeric(i) {
			have = append(have, c.Name)
		}
	}
	list := "the result has no numeric column"
	if len(have) > 0 {
		list = "numeric columns are " + strings.Join(have, ", ")
	}
	return fmt.Errorf("plot: %s=%s is %s, and a number is needed; %s", key, t.Columns[col].Name, t.Columns[col].Type, list)
}

// findX takes year, age or a date for x unless bars were asked for; one single
// year is not an axis but a heading.
func (r *roles) findX(t Table, s Spec, taken map[int]bool) {
	if r.x >= 0 || s.Kind == KindCoefficient || s.Kind == KindCorrelation {
		return
	}
	try := func(i int) bool {
		if i < 0 || taken[i] || r.x >= 0 || len(t.levels(i)) < 2 && s.Kind != KindStep && s.Kind != KindFan {
			return false
		}
		r.x, r.time = i, true
		taken[i] = true
		return true
	}
	for _, n := range timeNames {
		if i := t.find(n); i >= 0 && t.numeric(i) && try(i) {
			return
		}
	}
	for i := range t.Columns {
		if t.dated(i) && try(i) {
			return
		}
	}
}

// findY takes the best-known measure, or actual beside simulated, or all
// numbers that are left, as series.
func (r *roles) findY(t Table, taken map[int]bool) error {
	if len(r.y) > 0 {
		return nil
	}
	var candidates []int
	for i := range t.Columns {
		if !taken[i] && t.numeric(i) && !t.grouping(i) && !t.timeNamed(i) {
			candidates = append(candidates, i)
		}
	}
	take := func(cols ...int) {
		r.y = cols
		for _, i := range cols {
			taken[i] = true
		}
	}
	for _, n := range measureNames {
		for _, i := range candidates {
			if strings.EqualFold(t.Columns[i].Name, n) {
				take(i)
				return nil
			}
		}
	}
	if a, b := t.find("actual"), t.find("simulated"); a >= 0 && b >= 0 && !taken[a] && !taken[b] {
		take(a, b)
		return nil
	}
	switch {
	case len(candidates) == 0:
		return fmt.Errorf("plot: nothing to draw: a chart needs a column of numbers for y, such as frequency, and year or a text column for x; the result has %s", t.names())
	case len(candidates) > maxColors || len(candidates) > 1 && len(t.dimensions(taken)) > 1:
		return fmt.Errorf("plot: which column is y? the result has %s; say for example y=%s", list(t, candidates), t.Columns[candidates[len(candidates)-1]].Name)
	}
	take(candidates...)
	return nil
}

func list(t Table, cols []int) string {
	var names []string
	for _, i := range cols {
		names = append(names, t.Columns[i].Name)
	}
	return strings.Join(names, ", ")
}

// grouping reports whether a numeric column holds codes, not amounts.
func (t Table) grouping(col int) bool { return isOneOf(t.Columns[col].Name, groupingNames) }

func (t Table) timeNamed(col int) bool { return isOneOf(t.Columns[col].Name, timeNames) }

// isOneOf compares names without case, as in SQL.
func isOneOf(name string, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

// shares reports whether a column has parts of a whole.
func (t Table) shares(col int) bool {
	return strings.EqualFold(t.Columns[col].Name, "share") || strings.EqualFold(t.Columns[col].Name, "percent")
}

func (t Table) isPeriod(col int) bool { return strings.EqualFold(t.Columns[col].Name, "period") }

// sameGroups reports whether two columns divide the rows alike.
func (t Table) sameGroups(a, b int) bool {
	to, from := map[string]string{}, map[string]string{}
	for _, row := range t.Rows {
		x, y := label(row[a]), label(row[b])
		if v, ok := to[x]; ok && v != y {
			return false
		}
		if v, ok := from[y]; ok && v != x {
			return false
		}
		to[x], from[y] = y, x
	}
	return true
}
