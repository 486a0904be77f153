package plot

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/later"
)

// Some results have columns that say what picture they are for: estimates with
// standard errors, quantiles of simulations, a share that survives, correlations, or a
// measure beside what may explain it.

// guess is the kind of chart that the columns are for; "" where they are for any.
func (t Table) guess() string {
	_, _, pair := t.pair()
	x, _ := t.against()
	switch {
	case pair && t.number("correlation") >= 0:
		return KindCorrelation
	case t.number("estimate") >= 0 && t.coefficientName() >= 0 && (t.number("std_error") >= 0 || t.interval()):
		return KindCoefficient
	case t.timed() && len(t.quantiles()) > 0 && t.hasNumber(middleNames):
		return KindFan
	case t.timed() && t.hasNumber(survivalNames):
		return KindStep
	case x >= 0:
		return KindScatter
	}
	return ""
}

// special finds the columns that a kind of chart asks for, and takes them.
func (r *roles) special(t Table, s Spec) {
	switch s.Kind {
	case KindCorrelation:
		if a, b, ok := t.pair(); ok && s.X == "" && s.Color == "" {
			r.set(&r.x, a)
			r.set(&r.color, b)
		}
		r.takeY(t, "correlation")
	case KindCoefficient:
		if r.takeY(t, "estimate") {
			r.takeMore(t, "published")
		}
		r.ends = 0
		r.set(&r.x, t.coefficientName())
		r.errors = make([]int, len(r.y))
		for k, y := range r.y {
			r.errors[k] = -1
			switch name := strings.ToLower(t.Columns[y].Name); {
			case name == "estimate" && !t.interval():
				r.set(&r.errors[k], t.number("std_error"))
			case name != "estimate":
				r.set(&r.errors[k], t.number(name+"_t"))
			}
		}
		r.ignoreDetermined(t)
	case KindFan:
		if r.takeY(t, "median", "q50", "p50", "simulated", "mean") {
			r.takeMore(t, "actual")
		}
		r.ends = 0
		for _, q := range t.quantiles() {
			r.taken[q[0]], r.taken[q[1]] = true, true
			r.bands = append(r.bands, q)
		}
		if len(r.bands) > 0 && r.low < 0 && r.high < 0 {
			r.low, r.high = r.bands[0][0], r.bands[0][1]
		}
		r.ignoreNumbers(t)
	case KindStep:
		r.takeY(t, survivalNames...)
	case KindScatter:
		x, y := t.against()
		r.set(&r.x, x)
		if len(r.y) == 0 && r.take(y) {
			r.y = []int{y}
		}
		r.time = true
		r.set(&r.label, t.labels(r.taken))
	case KindBox:
		r.boxes(t)
	}
}

// takeY takes the first of some columns for y, where none is named.
func (r *roles) takeY(t Table, names ...string) bool {
	return len(r.y) == 0 && slices.ContainsFunc(names, func(n string) bool { return r.takeMore(t, n) })
}

func (r *roles) takeMore(t Table, name string) bool {
	i := t.number(name)
	if !r.take(i) {
		return false
	}
	r.y = append(r.y, i)
	return true
}

// boxes makes of the columns that tell rows apart one that has the boxes, a year before
// the one with the fewest values, and gives the rest, the observations, one label.
func (r *roles) boxes(t Table) {
	dims := t.dimensions(r.taken)
	if r.x < 0 {
		for _, d := range dims {
			if n := len(t.levels(d)); n > 1 && (r.x < 0 || t.timeNamed(d) && !t.timeNamed(r.x) || t.timeNamed(d) == t.timeNamed(r.x) && n < len(t.levels(r.x))) {
				r.x = d
			}
		}
		if r.x >= 0 {
			r.taken[r.x] = true
			r.time = t.timeNamed(r.x) || t.dated(r.x)
		}
	}
	for _, d := range dims {
		if len(t.levels(d)) < 2 || !r.take(d) {
			continue // of one value: a heading
		}
		if r.label < 0 || len(t.levels(d)) > len(t.levels(r.label)) {
			r.label = d
		}
	}
}

// ignoreDetermined leaves out the columns that x tells of: where there is one row to
// each coefficient, its equation and variable say no more.
func (r *roles) ignoreDetermined(t Table) {
	if r.x >= 0 && len(t.levels(r.x)) == len(t.Rows) {
		for i := range t.Columns {
			r.taken[i] = r.taken[i] || len(t.levels(i)) > 1
		}
	}
	r.ignoreNumbers(t)
}

func (r *roles) ignoreNumbers(t Table) {
	for i := range t.Columns {
		r.taken[i] = r.taken[i] || t.measured(i)
	}
}

// number is a numeric column of a name, or -1.
func (t Table) number(name string) int {
	if i := t.find(name); i >= 0 && t.numeric(i) {
		return i
	}
	return -1
}

func (t Table) timed() bool {
	return slices.ContainsFunc(t.Columns, func(c Column) bool { i := t.find(c.Name); return t.timeNamed(i) && t.numeric(i) || t.dated(i) })
}

func (t Table) interval() bool {
	return t.number("low") >= 0 && t.number("high") >= 0 || t.number("lower") >= 0 && t.number("upper") >= 0
}

// coefficientName is the text that names the rows of a table of estimates.
func (t Table) coefficientName() int {
	for _, n := range []string{"parameter", "effect", "term", "variable", "name"} {
		if i := t.find(n); i >= 0 && t.Columns[i].Type == Category {
			return i
		}
	}
	return slices.IndexFunc(t.Columns, func(c Column) bool { return c.Type == Category })
}

var quantileName = later.Compile(`(?i)^[pq]_?(\d{1,2})$`)

// quantiles pairs the columns of a lower and an upper quantile, the widest first: p5
// and p95, q10 and q90, lower and upper.
func (t Table) quantiles() [][2]int {
	at := map[int]int{}
	for i, c := range t.Columns {
		if m := quantileName.FindStringSubmatch(c.Name); m != nil && t.numeric(i) {
			n, _ := strconv.Atoi(m[1])
			at[n] = i
		}
	}
	var out [][2]int
	for n := range 50 {
		low, a := at[n]
		high, b := at[100-n]
		if a && b {
			out = append(out, [2]int{low, high})
		}
	}
	if low, high := t.number("lower"), t.number("upper"); low >= 0 && high >= 0 {
		out = slices.Insert(out, 0, [2]int{low, high})
	}
	return out
}

// withoutEmptyBand leaves out the columns of a band without any value that nobody names, as
// they are in a projection without replications.
func (t Table) withoutEmptyBand(s Spec) Table {
	named := append([]string{s.X, s.Color, s.Facet, s.Low, s.High}, s.Y...)
	var keep []int
	for i, c := range t.Columns {
		band := isOneOf(c.Name, slices.Concat(lowNames, highNames, middleNames))
		if !band || isOneOf(c.Name, named) || slices.ContainsFunc(t.Rows, func(row []any) bool { return row[i] != nil }) {
			keep = append(keep, i)
		}
	}
	if len(keep) == len(t.Columns) {
		return t
	}
	out := Table{Order: map[int][]string{}}
	for n, i := range keep {
		out.Columns = append(out.Columns, t.Columns[i])
		if order, ok := t.Order[i]; ok {
			out.Order[n] = order
		}
	}
	for _, row := range t.Rows {
		var kept []any
		for _, i := range keep {
			kept = append(kept, row[i])
		}
		out.Rows = append(out.Rows, kept)
	}
	return out
}

// middleNames are those of the column that a fan opens around.
var middleNames = []string{"median", "q50", "p50"}

var survivalNames = []string{"survival", "survivors", "still_resident", "staying", "cumulative_incidence", "cumulative_hazard"}

// hasNumber reports whether there is a numeric column of one of these names.
func (t Table) hasNumber(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return t.number(n) >= 0 })
}

// pair finds the two columns of a matrix: equation_i and equation_j.
func (t Table) pair() (i, j int, ok bool) {
	for k, c := range t.Columns {
		if name, is := strings.CutSuffix(strings.ToLower(c.Name), "_i"); is {
			if other := t.find(name + "_j"); other >= 0 {
				return k, other, true
			}
		}
	}
	return -1, -1, false
}

// explain are measures of the surroundings, which stand on the x axis of a scatter.
var explain = []string{"unemployment_rate", "unemployment", "lednor", "gdp_ppp", "gdp", "wage", "vacancy_rate"}

// against finds what may explain and the one measure beside it. Counts beside each other
// are no such thing.
func (t Table) against() (x, y int) {
	x, y = -1, -1
	for i, c := range t.Columns {
		switch {
		case !t.measured(i) || t.counts(i):
		case x < 0 && slices.Contains(explain, strings.ToLower(c.Name)):
			x = i
		case y >= 0:
			return -1, -1
		default:
			y = i
		}
	}
	if x < 0 || y < 0 || len(t.dimensions(map[int]bool{})) == 0 {
		return -1, -1
	}
	return x, y
}

// labels is the column that names the points of a scatter: years, or names.
func (t Table) labels(taken map[int]bool) int {
	best := -1
	for _, d := range t.dimensions(taken) {
		if best < 0 || t.timeNamed(d) && !t.timeNamed(best) || t.timeNamed(d) == t.timeNamed(best) && len(t.levels(d)) > len(t.levels(best)) {
			best = d
		}
	}
	return best
}

// interval95 gives the ends of y's interval by its standard error, or its t value: the
// quantile of the normal distribution.
func interval95(y, e float64, isT bool) (low, high float64) {
	if isT {
		e = y / e
	}
	half := 1.959963984540054 * math.Abs(e)
	if math.IsInf(half, 0) {
		return math.NaN(), math.NaN()
	}
	return y - half, y + half
}
