package udf

import (
	"fmt"
	"strings"

	"utvandring/udf/duck"
)

// Frame is a table handed over in-band, read by columns. It is valid only
// during the call.
type Frame struct {
	Names          []string
	columns        []*duck.Vector
	offset, length int
}

// Len is the number of rows.
func (f *Frame) Len() int { return f.length }

// Find gives the index of a column by its name, without case as in SQL.
func (f *Frame) Find(name string) (int, bool) {
	for i, n := range f.Names {
		if strings.EqualFold(n, name) {
			return i, true
		}
	}
	return 0, false
}

// Numeric reports whether a column can be read by Float.
func (f *Frame) Numeric(column int) bool {
	t := f.columns[column].Type()
	return t.Numeric() || t.Boolean() || t.Null()
}

// Float reads a column as numbers. A DOUBLE column is not copied: the slice is
// DuckDB's own memory and must not be written to or kept. null is nil where
// nothing is NULL; otherwise data has no meaning where null is true.
func (f *Frame) Float(column int) (data []float64, null []bool, err error) {
	v := f.columns[column]
	if !f.Numeric(column) {
		return nil, nil, fmt.Errorf("column %q is %s, not a number", f.Names[column], typeName(v.Type()))
	}
	return v.Floats(f.offset, f.length), v.Nulls(f.offset, f.length), nil
}

// Texts reads a VARCHAR or ENUM column; null is nil where nothing is NULL.
func (f *Frame) Texts(column int) (data []string, null []bool, err error) {
	v := f.columns[column]
	data, null = make([]string, f.length), v.Nulls(f.offset, f.length)
	for i := range data {
		if null != nil && null[i] {
			continue
		}
		s, ok := v.Text(f.offset + i)
		if !ok {
			return nil, nil, fmt.Errorf("column %q is %s, not text", f.Names[column], typeName(v.Type()))
		}
		data[i] = s
	}
	return data, null, nil
}

// Value gives one cell, for columns that are neither numbers nor text.
func (f *Frame) Value(column, row int) Value {
	return Value{f.columns[column], f.offset + row}
}
