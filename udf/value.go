package udf

import (
	"fmt"
	"math"
	"slices"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// Value is one argument of a call. It is valid only during the call.
type Value struct {
	v   *vector
	row int
}

// Null reports whether the argument is NULL.
func (a Value) Null() bool { return a.v.null(a.row) }

// Text reads a VARCHAR or ENUM argument.
func (a Value) Text() (string, error) {
	if a.Null() {
		return "", ErrNoValue
	}
	s, ok := a.v.text(a.row)
	if !ok {
		return "", fmt.Errorf("is %s, not text", a.v.typeName())
	}
	return s, nil
}

// Float reads an argument of any numeric type.
func (a Value) Float() (float64, error) {
	if a.Null() {
		return 0, ErrNoValue
	}
	x, ok := a.v.float(a.row)
	if !ok {
		return 0, fmt.Errorf("is %s, not a number", a.v.typeName())
	}
	return x, nil
}

// Int reads a whole number of any numeric type.
func (a Value) Int() (int64, error) {
	x, err := a.Float()
	if err != nil {
		return 0, err
	}
	switch {
	case x != math.Trunc(x):
		return 0, fmt.Errorf("is %g, not a whole number", x)
	case math.Abs(x) > 1<<53:
		return 0, fmt.Errorf("is %g, too large", x)
	}
	if a.v.kind == mapping.TypeBigInt {
		return at[int64](a.v, a.row), nil
	}
	return int64(x), nil
}

// Bool reads a BOOLEAN argument.
func (a Value) Bool() (bool, error) {
	if a.Null() {
		return false, ErrNoValue
	}
	if a.v.kind != mapping.TypeBoolean {
		return false, fmt.Errorf("is %s, not true or false", a.v.typeName())
	}
	return at[uint8](a.v, a.row) != 0, nil
}

// List reads a list as its elements, each of which may be NULL.
func (a Value) List() ([]Value, error) {
	if a.Null() {
		return nil, ErrNoValue
	}
	if a.v.kind != mapping.TypeList {
		return nil, fmt.Errorf("is %s, not a list", a.v.typeName())
	}
	offset, length := a.v.list(a.row)
	elements := make([]Value, length)
	for i := range elements {
		elements[i] = Value{&a.v.children[0], offset + i}
	}
	return elements, nil
}

// Texts reads a VARCHAR as a list of one, or a VARCHAR[]; a NULL inside the
// list is an error.
func (a Value) Texts() ([]string, error) {
	if a.Null() {
		return nil, ErrNoValue
	}
	if a.v.kind != mapping.TypeList {
		s, err := a.Text()
		if err != nil {
			return nil, err
		}
		return []string{s}, nil
	}
	elements, err := a.List()
	texts := make([]string, len(elements))
	for i := range texts {
		if texts[i], err = elements[i].Text(); err != nil {
			return nil, fmt.Errorf("element %d %w", i+1, err)
		}
	}
	return texts, nil
}

// Elements are the values in a list, or of another value it alone; none of NULL.
func (a Value) Elements() []Value {
	switch {
	case a.Null():
		return nil
	case a.v.kind != mapping.TypeList:
		return []Value{a}
	}
	offset, length := a.v.list(a.row)
	list := make([]Value, length)
	for i := range list {
		list[i] = Value{&a.v.children[0], offset + i}
	}
	return list
}

// Frame reads a LIST(STRUCT) argument as a table: one row a list element, one
// column a field. An empty or NULL list gives a frame without rows.
func (a Value) Frame() (*Frame, error) {
	if a.v.kind == mapping.TypeSQLNull {
		return &Frame{}, nil
	}
	if a.v.kind == mapping.TypeList && !a.Null() {
		if _, length := a.v.list(a.row); length == 0 && a.v.children[0].kind != mapping.TypeStruct {
			return &Frame{}, nil // the literal []
		}
	}
	switch {
	case a.v.kind == mapping.TypeStruct:
		return nil, fmt.Errorf("is one row, not a list of rows (list(…) makes one of them)")
	case a.v.kind != mapping.TypeList:
		return nil, fmt.Errorf("is %s, not a list of rows", a.v.typeName())
	case a.v.children[0].kind != mapping.TypeStruct:
		return nil, fmt.Errorf("has %s in place of a row, and is to be a list of rows", a.v.children[0].typeName())
	}
	rows := &a.v.children[0]
	f := &Frame{Names: rows.names, columns: rows.children}
	if !a.Null() {
		f.offset, f.length = a.v.list(a.row)
	}
	for i := range f.length {
		if rows.null(f.offset + i) {
			return nil, fmt.Errorf("has a NULL in place of row %d", i+1)
		}
	}
	return f, nil
}

// Fields are the fields of a STRUCT, valid only during the call.
type Fields struct {
	Names  []string
	values []vector
	row    int
}

// Value is the value of a field, by its place among the names.
func (f Fields) Value(at int) Value { return Value{&f.values[at], f.row} }

// find gives the place of a name, -1 where there is none.
func (f Fields) find(name string) int { return slices.Index(f.Names, name) }

// Fields reads a STRUCT argument.
func (a Value) Fields() (Fields, error) {
	switch {
	case a.Null():
		return Fields{}, ErrNoValue
	case a.v.kind != mapping.TypeStruct:
		return Fields{}, fmt.Errorf("is %s, not a STRUCT", a.v.typeName())
	}
	return Fields{a.v.names, a.v.children, a.row}, nil
}
