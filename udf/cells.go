package udf

import (
	"errors"
	"fmt"
	"slices"
)

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
