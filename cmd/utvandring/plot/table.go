package plot

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"utvandring/udf/natural"
)

// Type is what a column holds, as far as a chart is concerned.
type Type uint8

// What there is: Go's string, float64 and time.Time.
const (
	Category Type = iota // texts, truth values and all else that only tells rows apart
	Number
	Time // dates and points in time
)

// String is how a message calls it.
func (t Type) String() string { return [...]string{"text", "a number", "a date"}[t] }

// Column is a column of a result.
type Column struct {
	Name string
	Type Type
}

// Table is a result: Rows[i][j] is the value of Columns[j], of the Go type of its
// Type; nil for NULL.
type Table struct {
	Columns []Column
	Rows    [][]any
	Order   map[int][]string // of the columns that are of an ENUM: its values in their order
}

func (t Table) columnNames() (names []string) {
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	return names
}

// names lists the columns as an error message shows them.
func (t Table) names() string { return strings.Join(t.columnNames(), ", ") }

// find gives the place of a column, or -1; names compare without case, as in SQL.
func (t Table) find(name string) int {
	return slices.IndexFunc(t.Columns, func(c Column) bool { return strings.EqualFold(c.Name, name) })
}

// Values lists the distinct values of a column as labels; nil without the column.
func (t Table) Values(name string) []string {
	if i := t.find(name); i >= 0 {
		return t.levels(i)
	}
	return nil
}

func (t Table) numeric(col int) bool { return t.Columns[col].Type == Number }

func (t Table) dated(col int) bool { return t.Columns[col].Type == Time }

// levels lists the distinct values of a column in the order they are drawn:
// numbers and number-like labels ("0-6", "7-17", "16+") by their first number,
// others as they first appear, which is the order the query gave them.
// NULL is a level of its own, shown as "unknown".
func (t Table) levels(col int) []string {
	var out []string
	seen := map[string]bool{}
	for _, row := range t.Rows {
		s := label(row[col])
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return inOrder(out)
}

// groups lists them in the order of their ENUM, where they are of one.
func (t Table) groups(col int) []string {
	out, order := t.levels(col), t.Order[col]
	if order != nil {
		slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(placeIn(order, a), placeIn(order, b)) })
	}
	return out
}

// divide gives the groups of a column and which of them a row is in; without a column all
// rows are in one that has no name.
func (t Table) divide(col int) (names []string, of func(row []any) int) {
	if col < 0 {
		return []string{""}, func([]any) int { return 0 }
	}
	names = t.groups(col)
	at := places(names)
	return names, func(row []any) int { return at[label(row[col])] }
}

// placeIn is where a label stands in an order; what is not in it stands last.
func placeIn(order []string, label string) int {
	if i := slices.Index(order, label); i >= 0 {
		return i
	}
	return len(order)
}

// amount reads a number. NULL, NaN and infinity, and what is so large that a range
// would be infinite, cannot be drawn.
func amount(v any) (float64, bool) {
	if x, ok := v.(float64); ok && math.Abs(x) < 1e300 {
		return x, true
	}
	return math.NaN(), false
}

// position reads a value of an x axis; a date is a year with a fraction.
func position(v any) (float64, bool) {
	if d, ok := v.(time.Time); ok {
		begin := time.Date(d.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		end := time.Date(d.Year()+1, 1, 1, 0, 0, 0, 0, time.UTC)
		return float64(d.Year()) + float64(d.Sub(begin))/float64(end.Sub(begin)), true
	}
	return amount(v)
}

// label writes a value as a category.
func label(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case time.Time:
		return v.Format("2006-01-02")
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return "unknown"
}

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
