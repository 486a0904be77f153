package udf

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"utvandring/udf/cube"
	"utvandring/udf/duck"
	"utvandring/udf/file"
	"utvandring/udf/sheet"
	"utvandring/udf/statbank"
)

// _read_statbank(file, sheet) is a table made for spreadsheets as tidy rows.
var _ = addTable(duck.TableFunction{Name: "_read_statbank", Args: 2, Bind: func(ctx context.Context, access file.Access, args []any) (*duck.Scan, error) {
	const macro = "read_statbank"
	from, err := filesOf(macro, access, args[0])
	if err != nil {
		return nil, err
	}
	var table *statbank.Table
	var of []int32 // the file of each row
	for i, name := range from.names {
		next, err := readTidy(ctx, macro, access, name, args[1])
		if err != nil {
			return nil, err
		}
		var warnings []*cube.Fault
		if next.Scaled {
			warnings = append(warnings, cube.Faultf(0, "UNIT_MULT", "value is as in the file: times 10 to the power of this column it is in units"))
		}
		if next.Doubt != "" {
			warnings = append(warnings, cube.Faultf(0, "", "%s", next.Doubt))
		}
		if next.Twice != "" {
			warnings = append(warnings, cube.Faultf(0, next.Twice, "has two numbers: the columns do not tell the lines apart"))
		}
		if err := warn(ctx, name, warnings...); err != nil {
			return nil, err
		}
		of = append(of, slices.Repeat([]int32{int32(i)}, len(next.Value))...)
		if table == nil {
			table = next
			continue
		}
		if !slices.Equal(table.Names, next.Names) {
			return nil, fmt.Errorf("%s: %s has other dimensions than %s: %s and not %s; read them one by one", macro, name, from.names[0], strings.Join(next.Names, ", "), strings.Join(table.Names, ", "))
		}
		table.Rows, table.Value, table.Status = append(table.Rows, next.Rows...), append(table.Value, next.Value...), append(table.Status, next.Status...)
	}
	columns, numbers := tidyColumns(table)
	write := func(out []duck.ScanOutput, first, n int) {
		for j := range numbers {
			out[j].Pick(numbers[j][first : first+n])
		}
		putCells(out[len(numbers)], out[len(numbers)+1], table.Value[first:first+n], table.Status[first:first+n])
	}
	open := func(context.Context) (duck.Source, error) { return from.held(of, write), nil }
	return &duck.Scan{Columns: from.column(columns), Rows: int64(len(of)), Open: open}, nil
}})

// readTidy reads one file.
func readTidy(ctx context.Context, macro string, access file.Access, name string, sheetArgument any) (table *statbank.Table, err error) {
	if sheetArgument != nil || strings.HasSuffix(strings.ToLower(name), ".xlsx") {
		grid, err := openSheet(ctx, macro, access, name, sheetArgument)
		if err != nil {
			return nil, err
		}
		var rows []statbank.Row
		plain := map[string]bool{}
		for i, cells := range grid.Rows {
			row := statbank.Row{Line: i + 1}
			for _, c := range cells {
				row.Cells = append(row.Cells, c.String())
				if c.Kind == sheet.Number {
					plain[c.String()] = true
				}
			}
			rows = append(rows, row)
		}
		if table, err = statbank.Tidy(level(rows), true, plain); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", macro, name, err)
		}
	} else if table, err = readStatBank(access, name); err != nil {
		return nil, fmt.Errorf("%s: %w", macro, err)
	}
	return table, nil
}

// level makes all rows of a sheet with more than one cell equally long.
func level(rows []statbank.Row) []statbank.Row {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.Cells))
	}
	for i, r := range rows {
		if len(strings.Join(r.Cells[min(1, len(r.Cells)):], "")) > 0 {
			rows[i].Cells = append(r.Cells, make([]string, width-len(r.Cells))...)
		}
	}
	return rows
}

// readStatBank reads a text.
func readStatBank(access file.Access, name string) (*statbank.Table, error) {
	f, err := access.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var text []byte
	var table *statbank.Table
	err = tooLarge(f, statbank.MostBytes)
	if err == nil {
		text, err = io.ReadAll(f)
	}
	if err == nil {
		table, err = statbank.Parse(text)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return table, nil
}

// tidyColumns are those of a table with each category written once, and the numbers of the
// categories of each row.
func tidyColumns(t *statbank.Table) (columns []duck.ScanColumn, numbers [][]int32) {
	numbers = make([][]int32, len(t.Names))
	for j, name := range t.Names {
		column := duck.ScanColumn{Name: name, Type: duck.Varchar, Words: []string{}}
		known := map[string]int32{}
		numbers[j] = make([]int32, len(t.Rows))
		for i, row := range t.Rows {
			n, ok := known[row[j]]
			if !ok {
				n = int32(len(column.Words))
				known[row[j]] = n
				column.Words = append(column.Words, row[j])
			}
			numbers[j][i] = n
		}
		columns = append(columns, column)
	}
	return append(columns, duck.ScanColumn{Name: "value", Type: duck.Double}, duck.ScanColumn{Name: "status", Type: duck.Varchar}), numbers
}

// putCells writes numbers, NULL for NaN, and marks, NULL for none.
func putCells(value, status duck.ScanOutput, values []float64, statuses []string) {
	duck.Put(value.Output, 0, values)
	var missing, plain []int
	for row := range values {
		if values[row] != values[row] {
			missing = append(missing, row)
		}
		if statuses[row] == "" {
			plain = append(plain, row)
		} else {
			status.PutText(row, statuses[row:row+1])
		}
	}
	value.SetNull(missing...)
	status.SetNull(plain...)
}

// IsStatBank reports whether a file is a table made for spreadsheets, with a title above it
// or periods as columns, which read_statbank makes tidy.
func IsStatBank(access file.Access, name string) bool {
	f, err := access.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 1<<18))
	if err != nil {
		return false
	}
	if len(text) == 1<<18 { // the last line may be cut
		text = text[:bytes.LastIndexByte(text, '\n')+1]
	}
	return statbank.Is(text)
}
