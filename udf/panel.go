package udf

import (
	"fmt"
	"strings"

	"utvandring/udf/equation"
)

// readPanel reads a list of rows as a panel: an integer column year, one row a
// year, and every other numeric column a variable. The data are DuckDB's own
// where they are DOUBLE, so the panel is valid only during the call.
func readPanel(f *Frame) (*equation.Panel, error) {
	if f.Len() == 0 {
		return nil, fmt.Errorf("the panel is empty")
	}
	at, ok := f.Find("year")
	if !ok {
		return nil, fmt.Errorf("the panel has no column year")
	}
	year := make([]int64, f.Len())
	for row := range year {
		y, err := f.Value(at, row).Int()
		if err != nil {
			return nil, fmt.Errorf("year in row %d of the panel %w", row+1, err)
		}
		year[row] = y
	}
	var names []string
	var data [][]float64
	var null [][]bool
	for i, name := range f.Names {
		if !f.Numeric(i) || strings.EqualFold(name, "year") {
			continue
		}
		x, missing, err := f.Float(i)
		if err != nil {
			return nil, err
		}
		names, data, null = append(names, name), append(data, x), append(null, missing)
	}
	return equation.NewPanel(year, names, data, null)
}
