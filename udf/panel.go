package udf

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/equation"
)

// panelFrame reads the argument that holds a panel.
func panelFrame(rows Value) (*Frame, error) {
	f, err := rows.Frame()
	if err != nil {
		return nil, fmt.Errorf("the panel %w", err)
	}
	return f, nil
}

// readPanel reads a list of rows as a panel: an integer column year, one row a
// year, and every other column of numbers a variable, also one of text that holds
// nothing but numbers and missing marks. The data are DuckDB's own
// where they are DOUBLE, so the panel is valid only during the call.
func readPanel(f *Frame, x *index) (*equation.Panel, error) {
	return readPanelRows(f, nil, x)
}

// readPanelRows reads some rows of a frame as a panel, copying them; nil stands
// for all of them. Rows in another order than that of the years are put in order
// here, which costs less than ORDER BY in the list where they have it already.
func readPanelRows(f *Frame, rows []int, x *index) (*equation.Panel, error) {
	if f.Len() == 0 {
		return nil, fmt.Errorf("the panel is empty (if it counts an empty register: .load DIR or .demo fills it)")
	}
	by := "year"
	if x != nil {
		by = x.Name
	}
	at, ok := f.Find(by)
	if !ok && slices.ContainsFunc(f.Names, isYear) {
		return nil, fmt.Errorf("the panel has no column year, and years as columns (read_statbank reads such a file tidy; UNPIVOT turns such a table)")
	}
	if !ok {
		const few = 6
		names := strings.Join(f.Names[:min(len(f.Names), few)], ", ")
		if len(f.Names) > few {
			names += ", …"
		}
		return nil, fmt.Errorf("the panel has no column year, but %s; index := '%s' says that this one numbers its rows", names, f.Names[0])
	}
	n := len(rows)
	if rows == nil {
		n = f.Len()
	}
	year := make([]int64, n)
	for k := range year {
		row := k
		if rows != nil {
			row = rows[k]
		}
		if x != nil {
			year[k] = x.of[row]
			continue
		}
		y, err := f.Value(at, row).Int()
		if err != nil {
			if f.Value(at, row).Null() || f.Numeric(at) {
				return nil, fmt.Errorf("year in row %d of the panel %w", row+1, err)
			}
			return nil, fmt.Errorf("column year of the panel %w (cast it: year::INTEGER, or year(year) where it is a date; quarters or months: index := their column, of another name)", err)
		}
		year[k] = y
	}
	if !slices.IsSorted(year) {
		order := make([]int, n)
		for k := range order {
			order[k] = k
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(year[a], year[b]) })
		year = pick(year, order)
		if rows != nil {
			order = pick(rows, order)
		}
		rows = order
	}
	var names []string
	var data [][]float64
	var null [][]bool
	other, read := map[string]string{}, map[string]string{}
	for i, name := range f.Names {
		if i == at {
			if x != nil {
				other[name] = "its index, not a number to compute with"
			}
			continue
		}
		if !f.Numeric(i) {
			where := func(k int) string { return x.equationIndex().Words(year[k]) }
			x, missing, note, why := textAsNumbers(f, i, rows, where, n)
			if why != "" {
				other[name] = why
				continue
			}
			names, data, null = append(names, name), append(data, x), append(null, missing)
			read[equation.Key(name)] = note
			continue
		}
		x, missing, err := f.Float(i)
		if err != nil {
			return nil, err
		}
		if rows != nil {
			x, missing = pick(x, rows), pick(missing, rows)
		}
		names, data, null = append(names, name), append(data, x), append(null, missing)
	}
	panel, err := equation.NewIndexedPanel(x.equationIndex(), year, names, data, null)
	if err == nil {
		panel.Other, panel.Read = other, read
	}
	return panel, err
}

// pick copies some elements; nil stays nil.
func pick[T any](x []T, rows []int) []T {
	if x == nil {
		return nil
	}
	out := make([]T, len(rows))
	for k, row := range rows {
		out[k] = x[row]
	}
	return out
}

// isYear recognises the name of a column that stands for a year.
func isYear(name string) bool {
	year, err := strconv.Atoi(name)
	return err == nil && len(name) == 4 && year > 1500 && year < 2200
}
