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

	taken map[int]bool // columns that have a role, or shall have none
}

func newRoles() roles {
	return roles{x: -1, color: -1, facet: -1, low: -1, high: -1, label: -1, ends: -1, taken: map[int]bool{}}
}

// take takes a column; false where there is none, or it is taken.
func (r *roles) take(col int) bool {
	if col < 0 || r.taken[col] {
		return false
	}
	r.taken[col] = true
	return true
}

// set gives a column a role that none has yet.
func (r *roles) set(role *int, col int) {
	if *role < 0 && r.take(col) {
		*role = col
	}
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
	r := newRoles()
	if err := r.named(t, s); err != nil {
		return r, err
	}
	for i := range lowNames {
		r.set(&r.low, t.number(lowNames[i]))
		r.set(&r.high, t.number(highNames[i]))
	}
	r.special(t, s)
	r.findX(t, s)
	if err := r.findY(t); err != nil {
		return r, err
	}
	if len(r.y) == 1 && r.low < 0 && r.high < 0 {
		// ratio has its own ends: ratio_low and ratio_high.
		name := t.Columns[r.y[0]].Name
		if a, b := t.number(name+"_low"), t.number(name+"_high"); a >= 0 && b >= 0 {
			r.low, r.high = a, b
		}
	}
	if r.x < 0 && len(r.y) == 2 && len(t.dimensions(r.taken)) == 0 && (s.Kind == "" || s.Kind == KindLine || s.Kind == KindPoint) {
		// Two columns of numbers and nothing else: one against the other.
		r.x, r.y, r.time = r.y[0], r.y[1:], true
	}
	return r, r.assign(t, s)
}

// named takes the columns that the user names.
func (r *roles) named(t Table, s Spec) (err error) {
	take := func(key, name string) (int, error) {
		i := t.find(name)
		switch {
		case i < 0:
			return -1, fmt.Errorf("plot: %s=%s: the result has no such column%s; it has %s", key, name, nearest.Hint(name, t.columnNames()), t.names())
		case !r.take(i):
			return -1, fmt.Errorf("plot: column %s is named twice", t.Columns[i].Name)
		case !t.numeric(i) && slices.Contains([]string{"y", "low", "high"}, key):
			return -1, t.notNumber(key, i)
		}
		return i, nil
	}
	for _, f := range []struct {
		key, name string
		at        *int
	}{{"x", s.X, &r.x}, {"color", s.Color, &r.color}, {"facet", s.Facet, &r.facet}, {"low", s.Low, &r.low}, {"high", s.High, &r.high}} {
		if f.name == "" || f.name == "none" {
			continue
		}
		if *f.at, err = take(f.key, f.name); err != nil {
			return err
		}
	}
	for _, y := range s.Y {
		i, err := take("y", y)
		if err != nil {
			return err
		}
		r.y = append(r.y, i)
	}
	if r.x >= 0 && s.Kind != KindCoefficient && s.Kind != KindCorrelation {
		codes := t.grouping(r.x) && s.Kind != KindLine && s.Kind != KindArea && s.Kind != KindPoint
		r.time = t.numeric(r.x) && !codes || t.dated(r.x)
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
func (r *roles) findX(t Table, s Spec) {
	if r.x >= 0 || s.Kind == KindCoefficient || s.Kind == KindCorrelation {
		return
	}
	var candidates []int
	for _, n := range timeNames {
		candidates = append(candidates, t.number(n))
	}
	for i := range t.Columns {
		if t.dated(i) {
			candidates = append(candidates, i)
		}
	}
	for _, i := range candidates {
		if i >= 0 && (len(t.levels(i)) > 1 || s.Kind == KindStep || s.Kind == KindFan) && r.take(i) {
			r.x, r.time = i, true
			return
		}
	}
}

// findY takes the best-known measure, or actual beside simulated, or all
// numbers that are left, as series.
func (r *roles) findY(t Table) error {
	if len(r.y) > 0 {
		return nil
	}
	var candidates []int
	for i := range t.Columns {
		if !r.taken[i] && t.measured(i) {
			candidates = append(candidates, i)
		}
	}
	for _, n := range measureNames {
		for _, i := range candidates {
			if strings.EqualFold(t.Columns[i].Name, n) && r.take(i) {
				r.y = []int{i}
				return nil
			}
		}
	}
	switch a, b := t.find("actual"), t.find("simulated"); {
	case a >= 0 && b >= 0 && !r.taken[a] && !r.taken[b]:
		candidates = []int{a, b}
	case len(candidates) == 0:
		return fmt.Errorf("plot: nothing to draw: a chart needs a column of numbers for y, such as frequency, and year or a text column for x; the result has %s", t.names())
	case len(candidates) > maxColors || len(candidates) > 1 && len(t.dimensions(r.taken)) > 1:
		return fmt.Errorf("plot: which column is y? the result has %s; say for example y=%s", list(t, candidates), t.Columns[candidates[len(candidates)-1]].Name)
	}
	for _, i := range candidates {
		r.take(i)
	}
	r.y = candidates
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

// measured reports whether a column holds amounts.
func (t Table) measured(col int) bool {
	return t.numeric(col) && !t.grouping(col) && !t.timeNamed(col)
}

func (t Table) timeNamed(col int) bool { return isOneOf(t.Columns[col].Name, timeNames) }

// isOneOf compares names without case, as in SQL.
func isOneOf(name string, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

// shares reports whether a column has parts of a whole.
func (t Table) shares(col int) bool {
	return isOneOf(t.Columns[col].Name, []string{"share", "percent"})
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
