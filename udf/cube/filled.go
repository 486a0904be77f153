package cube

import (
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/later"
)

// Filled is a table with all its cells, to be written.
type Filled struct {
	Title      string
	Contents   string // what the numbers are
	Source     string // what is to stand under every figure of it; may be empty
	Dimensions []Dimension
	Measures   int      // the dimension that says what the numbers are; -1: none does
	Value      []string // digits, and "" where there is no number
	Status     []string // marks and flags; nil: none
}

// Builder makes a Filled of rows in any order.
type Builder struct {
	dimensions []*categories
	rows       []int32 // the categories of each row, one after another
	value      []string
	status     []string
	marked     bool
}

// categories are those of a dimension, in the order in which they come.
type categories struct {
	Dimension
	known map[[2]string]int32
}

// NewBuilder begins a table with these dimensions.
func NewBuilder(names []string) *Builder {
	b := &Builder{}
	for _, name := range names {
		b.dimensions = append(b.dimensions, &categories{Dimension{Name: name}, map[[2]string]int32{}})
	}
	return b
}

// Add adds a row: code and label of each dimension, a number and a mark.
func (b *Builder) Add(codes, labels []string, value, status string) {
	for i, d := range b.dimensions {
		key := [2]string{codes[i], labels[i]}
		n, ok := d.known[key]
		if !ok {
			n = int32(len(d.Codes))
			d.known[key] = n
			d.Codes, d.Labels = append(d.Codes, codes[i]), append(d.Labels, labels[i])
		}
		b.rows = append(b.rows, n)
	}
	b.value, b.status = append(b.value, value), append(b.status, status)
	b.marked = b.marked || status != ""
}

// Fill puts the rows in the order of their cells. absent is how many cells no row was of.
// Two rows of one cell are an error.
func (b *Builder) Fill() (t *Filled, absent int, err error) {
	t = &Filled{Measures: -1}
	for _, d := range b.dimensions {
		t.Dimensions = append(t.Dimensions, d.Dimension)
	}
	n, ok := Size(t.Dimensions, Most)
	if !ok {
		return nil, 0, fmt.Errorf("the combinations of %s are more than the %d that are written", strings.Join(b.names(), ", "), Most)
	}
	t.Value = make([]string, n)
	if b.marked {
		t.Status = make([]string, n)
	}
	of := make([]int32, n) // row of each cell, from 1
	width := len(b.dimensions)
	for row := range b.value {
		cell := 0
		for i, c := range b.rows[row*width : (row+1)*width] {
			cell = cell*len(t.Dimensions[i].Codes) + int(c)
		}
		if of[cell] != 0 {
			var parts []string
			for i, c := range b.rows[row*width : (row+1)*width] {
				parts = append(parts, t.Dimensions[i].Name+" "+t.Dimensions[i].Labels[c])
			}
			return nil, 0, fmt.Errorf("rows %d and %d are both of %s, and a cell has one number", of[cell], row+1, strings.Join(parts, ", "))
		}
		of[cell] = int32(row + 1)
		if t.Value[cell] = b.value[row]; b.marked {
			t.Status[cell] = b.status[row]
		}
	}
	return t, n - len(b.value), nil
}

func (b *Builder) names() (names []string) {
	for _, d := range b.dimensions {
		names = append(names, d.Name)
	}
	return names
}

// ofTime are names of dimensions that are years. The code of a municipality has four digits too.
var ofTime = later.Compile(`(?i)year|time|tid|date|dato|period|(?:^|[^\p{L}])(?:år|aar|ar|ár|aika|ano|año|année|anno|rok|leto|godina|aasta|metai|gads|год|рік)(?:$|[^\p{L}])|vuosi|jahr`)

var (
	aPeriod = later.Compile(`^(\d{4})(?:([A-Za-z])(\d+))?$`)
	units   = map[string]string{"": "A1", "K": "Q1", "Q": "Q1", "M": "M1", "W": "W1", "U": "W1", "H": "H1"}
)

// Periods gives the unit of time of a dimension whose codes are all periods of one, as PX
// calls it (A1, H1, Q1, M1, W1) and the periods as PX writes them; "" for others.
func (d Dimension) Periods() (unit string, periods []string) {
	for _, code := range d.Codes {
		m := aPeriod.FindStringSubmatch(code)
		if m == nil {
			return "", nil
		}
		u := units[strings.ToUpper(m[2])]
		if u == "" || unit != "" && u != unit || u == "A1" && !ofTime.MatchString(d.Name) {
			return "", nil
		}
		unit, periods = u, append(periods, m[1]+m[3])
	}
	if len(slices.Compact(slices.Sorted(slices.Values(periods)))) != len(periods) {
		return "", nil
	}
	return unit, periods
}
