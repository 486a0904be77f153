package render

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"utvandring/engine"
	"utvandring/udf/cube"
	"utvandring/udf/later"
)

// encodeCube writes a result as a table of dimensions in a format.
func encodeCube(write func(io.Writer, *cube.Filled) error) func(io.Writer, *engine.Result, Options) error {
	return func(out io.Writer, r *engine.Result, o Options) error {
		t, err := cubeOf(r, o)
		if err != nil {
			return err
		}
		return write(out, t)
	}
}

// roles says what the columns of a result are in a table of dimensions.
type roles struct {
	dims     []int // columns, of labels where there are codes too
	codes    []int // of each of dims; the same where it has no codes
	measures []int
	status   int // -1: none
}

// What whole numbers are of that are no counts, and what stands before it in flows and transitions.
var (
	ofTime = []string{"year", "år", "period", "quarter", "month", "age", "duration"}
	sides  = later.Compile("^(?:next|from|to)_")
)

// rolesOf finds them. Where there is a column value, it is the number, status its mark, and
// all others are dimensions, x with x_code. Else the numbers are what is no dimension: text,
// dates and truth values are dimensions, and so are whole numbers that stand before one of
// these, or are called year or the like, or as something that the register is counted by.
func rolesOf(columns []engine.Column, counted []string) (s roles, err error) {
	find := func(name string) int {
		return slices.IndexFunc(columns, func(c engine.Column) bool { return strings.EqualFold(c.Name, name) })
	}
	isDim := make([]bool, len(columns))
	s.status = -1
	value := find("value")
	if value >= 0 && columns[value].Type.Numeric() {
		s.measures = []int{value}
		s.status = find("status")
		for i := range columns {
			isDim[i] = i != value && i != s.status
		}
	} else {
		last := -1
		for i, c := range columns {
			if !c.Type.Numeric() {
				last = i
			}
		}
		for i, c := range columns {
			whole := c.Type.Numeric() && !c.Type.Floating() && c.Type.Name() != "DECIMAL"
			name := sides.ReplaceAllString(strings.ToLower(c.Name), "")
			isDim[i] = !c.Type.Numeric() || whole && (i < last || slices.Contains(ofTime, name) || slices.Contains(counted, name))
		}
		if last < 0 && len(columns) > 1 && !slices.Contains(isDim, true) {
			isDim[0] = true
		}
		for i := range columns {
			if !isDim[i] {
				s.measures = append(s.measures, i)
			}
		}
	}
	for i, c := range columns {
		if !isDim[i] {
			continue
		}
		if label, ok := strings.CutSuffix(c.Name, "_code"); ok && find(label) >= 0 && isDim[find(label)] {
			continue // it is the code of that one
		}
		code := find(c.Name + "_code")
		if code < 0 || !isDim[code] {
			code = i
		}
		s.dims, s.codes = append(s.dims, i), append(s.codes, code)
	}
	switch {
	case len(s.measures) == 0:
		return s, errors.New("a table of dimensions wants a column of numbers, and there is none (a column value, or any that is no whole number or text)")
	case len(s.dims) == 0:
		return s, errors.New("a table of dimensions wants columns that tell its rows apart, and there is none")
	}
	return s, nil
}

// cubeOf makes a table of dimensions of a result.
func cubeOf(r *engine.Result, o Options) (*cube.Filled, error) {
	s, err := rolesOf(r.Columns, o.Counted)
	if err != nil {
		return nil, err
	}
	var names, measures []string
	for _, i := range s.dims {
		names = append(names, r.Columns[i].Name)
	}
	for _, i := range s.measures {
		measures = append(measures, r.Columns[i].Name)
	}
	several := len(measures) > 1
	contents := "contents"
	for n := 1; slices.Contains(names, contents); n++ {
		contents = fmt.Sprintf("contents_%d", n)
	}
	all := names
	if several {
		all = append(slices.Clone(names), contents)
	}
	b := cube.NewBuilder(all)
	codes, labels := make([]string, len(all)), make([]string, len(all))
	n := 0
	for row := range r.Rows() {
		n++
		for k, i := range s.dims {
			labels[k], codes[k] = row.Text(i), row.Text(s.codes[k])
		}
		status := ""
		if s.status >= 0 {
			status = row.Text(s.status)
		}
		for k, i := range s.measures {
			if several {
				labels[len(names)], codes[len(names)] = measures[k], measures[k]
			}
			text, err := digits(row, i)
			if err != nil {
				return nil, fmt.Errorf("column %s, row %d: %w", r.Columns[i].Name, n, err)
			}
			b.Add(codes, labels, text, status)
		}
	}
	if n == 0 {
		return nil, errors.New("the result has no rows, of which PC-Axis and JSON-stat make no table")
	}
	t, absent, err := b.Fill()
	if err != nil {
		return nil, err
	}
	if absent > 0 && o.Note != nil {
		if err := o.Note(fmt.Sprintf("%d of the %d cells are of no row of the result, and are written as missing", absent, len(t.Value))); err != nil {
			return nil, err
		}
	}
	t.Contents = strings.Join(measures, ", ")
	if t.Contents == "value" {
		t.Contents = "number"
	}
	t.Title = t.Contents + " by " + strings.Join(names, ", ")
	if i := len(names) - 1; i > 0 {
		t.Title = t.Contents + " by " + strings.Join(names[:i], ", ") + " and " + names[i]
	}
	if several {
		t.Measures = len(names)
	}
	t.Source = o.Source
	return t, nil
}

// digits is a number as it is written everywhere, "" for NULL.
func digits(row engine.Row, column int) (string, error) {
	if row.Null(column) {
		return "", nil
	}
	text := row.Text(column)
	x, err := strconv.ParseFloat(text, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || math.IsInf(x, 0) || math.IsNaN(x) {
		return "", fmt.Errorf("%s is no number that the format has", text)
	}
	if whole, ok := strings.CutSuffix(text, ".0"); ok {
		text = whole
	}
	return text, nil
}
