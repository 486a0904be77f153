package udf

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// argument is a list of rows whose columns are read one after the other; err, which names
// the argument, is what was first wrong with it.
type argument struct {
	*Frame
	name string
	err  error
}

func argumentOf(name string, v Value) *argument {
	f, err := v.Frame()
	if err != nil {
		err = fmt.Errorf("%s %w", name, err)
	}
	return &argument{f, name, err}
}

// column is a column of an argument as read gives it, nil after an error.
func column[T any](a *argument, name string, read func(f *Frame, name string) ([]T, error)) (data []T) {
	if a.err != nil {
		return nil
	}
	if data, a.err = read(a.Frame, name); a.err != nil {
		a.err = fmt.Errorf("%s: %w", a.name, a.err)
	}
	return data
}

// textColumn reads a column of a frame that must have it, without NULLs. A
// frame without rows has no columns either.
func textColumn(f *Frame, name string) ([]string, error) {
	data, null, err := nullableColumn(f, name)
	if err != nil {
		return nil, err
	}
	if row := slices.Index(null, true); row >= 0 {
		return nil, fmt.Errorf("column %s is NULL in row %d", name, row+1)
	}
	return data, nil
}

// numberColumn reads a column of a frame that must have it, NaN for NULL.
func numberColumn(f *Frame, name string) ([]float64, error) {
	at, ok := f.Find(name)
	if !ok {
		return nil, fmt.Errorf("no column %s (there are %s)", name, strings.Join(f.Names, ", "))
	}
	data, null, err := f.Float(at)
	if null != nil {
		data = slices.Clone(data) // which may be DuckDB's
		for row := range data {
			if null[row] {
				data[row] = nan
			}
		}
	}
	return data, err
}

// textColumnIfAny reads such a column of a frame that need not have it: nil where it has not.
func textColumnIfAny(f *Frame, name string) ([]string, error) {
	if _, ok := f.Find(name); !ok {
		return nil, nil
	}
	return textColumn(f, name)
}

// filled reads a column until the first row of NULL, but at least least
// rows, all of which must be there.
func filled(least int) func(f *Frame, name string) ([]string, error) {
	return func(f *Frame, name string) ([]string, error) {
		data, null, err := nullableColumn(f, name)
		end := slices.Index(null, true)
		switch {
		case err != nil || end < 0:
			return data, err
		case end < least:
			return nil, fmt.Errorf("column %s is NULL in row %d", name, end+1)
		}
		return data[:end], nil
	}
}

// nullableColumn reads a column of a frame that must have it if it has any rows.
func nullableColumn(f *Frame, name string) (data []string, null []bool, err error) {
	if f.Len() == 0 {
		return nil, nil, nil
	}
	at, ok := f.Find(name)
	if !ok {
		return nil, nil, fmt.Errorf("no column %s (there are %s)", name, strings.Join(f.Names, ", "))
	}
	return f.Texts(at)
}

// nullLevel stands for NULL among the levels of a column that cells are grouped by.
const nullLevel = "\x01"

// cellFrame reads the argument that holds cells, of which there must be some.
func cellFrame(v Value) (*Frame, error) {
	f, err := v.Frame()
	if err != nil {
		return nil, fmt.Errorf("the list of cells %w", err)
	}
	if f.Len() == 0 {
		return nil, errors.New("there are no cells (is the register empty, or does a filter leave nothing?)")
	}
	return f, nil
}

// cellLevels reads a column that cells are grouped by.
func cellLevels(f *Frame, name string) ([]string, error) {
	at, ok := f.Find(name)
	if !ok {
		return nil, fmt.Errorf("the cells have no column %s", name)
	}
	data, null, err := f.Texts(at)
	for row := range null {
		if null[row] {
			data[row] = nullLevel
		}
	}
	return data, err
}

// cellCounts reads a column of counts, none of which may be NULL.
func cellCounts(f *Frame, name string) ([]float64, error) {
	at, ok := f.Find(name)
	if !ok {
		return nil, fmt.Errorf("the cells have no column %s", name)
	}
	data, null, err := f.Float(at)
	if err == nil && slices.Contains(null, true) {
		err = fmt.Errorf("%s is NULL in some cells", name)
	}
	return data, err
}
