package udf

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"utvandring/udf/duck"
)

// Value is one argument of a call. It is valid only during the call.
type Value struct {
	v   *duck.Vector
	row int
}

// Null reports whether the argument is NULL.
func (a Value) Null() bool { return a.v.Null(a.row) }

// Text reads a VARCHAR or ENUM argument.
func (a Value) Text() (string, error) {
	if a.Null() {
		return "", ErrNoValue
	}
	s, ok := a.v.Text(a.row)
	if !ok {
		return "", fmt.Errorf("is %s, not text", typeName(a.v.Type()))
	}
	return s, nil
}

// Float reads an argument of any numeric type.
func (a Value) Float() (float64, error) {
	if a.Null() {
		return 0, ErrNoValue
	}
	if t := a.v.Type(); !t.Numeric() && !t.Boolean() {
		return 0, fmt.Errorf("is %s, not a number", typeName(a.v.Type()))
	}
	return a.v.Float(a.row), nil
}

// Int reads a whole number of any numeric type.
func (a Value) Int() (int64, error) {
	x, err := a.Float()
	if err != nil {
		return 0, err
	}
	switch {
	case a.v.Type().Boolean():
		return 0, errors.New("is true or false, not a whole number")
	case x != math.Trunc(x):
		return 0, fmt.Errorf("is %g, not a whole number", x)
	case math.Abs(x) > 1<<53:
		return 0, fmt.Errorf("is %g, too large", x)
	}
	if x, ok := a.v.Int(a.row); ok {
		return x, nil
	}
	return int64(x), nil
}

// Bool reads a BOOLEAN argument.
func (a Value) Bool() (bool, error) {
	if a.Null() {
		return false, ErrNoValue
	}
	if !a.v.Type().Boolean() {
		return false, fmt.Errorf("is %s, not true or false", typeName(a.v.Type()))
	}
	return a.v.Float(a.row) != 0, nil
}

// List reads a list as its elements, each of which may be NULL.
func (a Value) List() ([]Value, error) {
	if a.Null() {
		return nil, ErrNoValue
	}
	if a.v.Type().Element() == nil {
		return nil, fmt.Errorf("is %s, not a list", typeName(a.v.Type()))
	}
	return a.Elements(), nil
}

// Texts reads a VARCHAR as a list of one, or a VARCHAR[]; a NULL inside the
// list is an error.
func (a Value) Texts() ([]string, error) {
	return a.each(Value.Text)
}

func (a Value) each(read func(Value) (string, error)) ([]string, error) {
	if a.v.Type().Element() == nil {
		s, err := read(a)
		if err != nil {
			return nil, err
		}
		return []string{s}, nil
	}
	elements, err := a.List()
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(elements))
	for i, e := range elements {
		if texts[i], err = read(e); err != nil {
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
	case a.v.Type().Element() == nil:
		return []Value{a}
	}
	first, after := a.v.Span(a.row)
	list := make([]Value, after-first)
	for i := range list {
		list[i] = Value{a.v.Child(0), first + i}
	}
	return list
}

// Frame reads a LIST(STRUCT) argument as a table: one row a list element, one
// column a field. An empty or NULL list gives a frame without rows.
func (a Value) Frame() (*Frame, error) {
	t := a.v.Type()
	if t.Null() {
		return &Frame{}, nil
	}
	row := t.Element()
	switch {
	case t.Fields() != nil:
		return nil, fmt.Errorf("is one row, not a list of rows (list(…) makes one of them)")
	case row == nil:
		return nil, fmt.Errorf("is %s, not a list of rows", typeName(t))
	}
	f := &Frame{Names: row.Fields()}
	if !a.Null() {
		first, after := a.v.Span(a.row)
		f.offset, f.length = first, after-first
		if f.length == 0 && f.Names == nil {
			return f, nil // the literal []
		}
	}
	if f.Names == nil {
		return nil, fmt.Errorf("has %s in place of a row, and is to be a list of rows", typeName(row))
	}
	rows := a.v.Child(0)
	for i := range f.Names {
		f.columns = append(f.columns, rows.Child(i))
	}
	for i := range f.length {
		if rows.Null(f.offset + i) {
			return nil, fmt.Errorf("has a NULL in place of row %d", i+1)
		}
	}
	return f, nil
}

// Fields are the fields of a STRUCT, valid only during the call.
type Fields struct {
	Names []string
	of    Value
}

// Value is the value of a field, by its place among the names.
func (f Fields) Value(at int) Value { return Value{f.of.v.Child(at), f.of.row} }

// find gives the place of a name, -1 where there is none.
func (f Fields) find(name string) int { return slices.Index(f.Names, name) }

// Fields reads a STRUCT argument.
func (a Value) Fields() (Fields, error) {
	names := a.v.Type().Fields()
	switch {
	case a.Null():
		return Fields{}, ErrNoValue
	case names == nil:
		return Fields{}, fmt.Errorf("is %s, not a STRUCT", typeName(a.v.Type()))
	}
	return Fields{names, a}, nil
}

// typeName is a type in words, for messages.
func typeName(t *duck.Type) string {
	switch name := t.Name(); {
	case t.Null():
		return name
	case t.Numeric():
		return "a number"
	case name == "VARCHAR":
		return "text"
	case t.Element() != nil:
		return "a list"
	case strings.IndexByte("AEI", name[0]) >= 0:
		return "an " + name
	default:
		return "a " + name
	}
}
