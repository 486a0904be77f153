package udf

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"

	"utvandring/udf/cube"
	"utvandring/udf/duck"
	"utvandring/udf/file"
	"utvandring/udf/sheet"
)

// openSheet reads a sheet of a workbook; which is its name, its number, or nil.
func openSheet(ctx context.Context, macro string, access file.Access, name string, which any) (*sheet.Grid, error) {
	wanted, err := textOrNumber(macro, "sheet", which)
	if err != nil {
		return nil, err
	}
	f, err := access.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", macro, err)
	}
	defer f.Close()
	grid, err := gridOf(f, wanted)
	if err != nil {
		return nil, fmt.Errorf("%s: %s %w", macro, name, err)
	}
	if n := grid.Unsaved; n > 0 {
		err = warn(ctx, name, cube.Faultf(0, grid.First, "no value is saved of the formulas (%d), which are NULL: open the workbook in Excel and save it", n))
	}
	return grid, err
}

func gridOf(f *os.File, which string) (*sheet.Grid, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	w, err := sheet.Open(f, info.Size())
	if err != nil {
		return nil, err
	}
	found, err := w.Find(which)
	if err != nil {
		return nil, err
	}
	return w.Read(found)
}

// _read_xlsx(file, sheet, range, header) is a sheet as a table.
var _ = addTable(duck.TableFunction{Name: "_read_xlsx", Args: 4, Bind: func(ctx context.Context, access file.Access, args []any) (*duck.Scan, error) {
	const macro = "read_xlsx"
	from, err := filesOf(macro, access, args[0])
	if err != nil {
		return nil, err
	}
	cells, err := textArgument(macro, "range", args[2])
	if err != nil {
		return nil, err
	}
	var header *bool
	if h, ok := args[3].(bool); ok {
		header = &h
	} else if args[3] != nil {
		return nil, errors.New(macro + ": header is true, false or NULL")
	}
	within, err := sheet.ParseRange(cells)
	if err != nil && cells != "" {
		return nil, fmt.Errorf("%s: %w", macro, err)
	}
	var table *sheet.Table
	var of []int32 // the file of each row
	for i, name := range from.names {
		grid, err := openSheet(ctx, macro, access, name, args[1])
		if err != nil {
			return nil, err
		}
		if cells != "" {
			grid = grid.Within(within)
		}
		next, err := grid.Table(header)
		if err != nil {
			return nil, fmt.Errorf("%s: the sheet of %s %w", macro, name, err)
		}
		for _, note := range next.Doubt {
			if err := warn(ctx, name, cube.Faultf(0, "", "%s", note)); err != nil {
				return nil, err
			}
		}
		of = append(of, slices.Repeat([]int32{int32(i)}, len(next.Rows))...)
		if table == nil {
			table = next
		} else if err := table.Append(next); err != nil {
			return nil, fmt.Errorf("%s: %s and %s do not go together: %w; read them one by one", macro, from.names[0], name, err)
		}
	}
	types := map[sheet.Type]*duck.Type{sheet.Integers: duck.BigInt, sheet.Numbers: duck.Double, sheet.Truths: duck.Boolean,
		sheet.Dates: duck.Date, sheet.Moments: duck.Timestamp, sheet.Texts: duck.Varchar}
	var columns []duck.ScanColumn
	for i, n := range table.Names {
		columns = append(columns, duck.ScanColumn{Name: n, Type: types[table.Types[i]]})
	}
	write := func(out []duck.ScanOutput, first, n int) { putSheet(out, table.Types, table.Rows[first:first+n]) }
	open := func(context.Context) (duck.Source, error) { return from.held(of, write), nil }
	return &duck.Scan{Columns: from.column(columns), Rows: int64(len(of)), Open: open}, nil
}})

func putSheet(out []duck.ScanOutput, types []sheet.Type, rows [][]sheet.Cell) {
	for j, typ := range types {
		var null []int
		for i, r := range rows {
			if r[j].Kind == sheet.Empty {
				null = append(null, i)
				continue
			}
			switch c := r[j]; typ {
			case sheet.Integers:
				duck.Put(out[j].Output, i, []int64{int64(c.Number)})
			case sheet.Numbers:
				duck.Put(out[j].Output, i, []float64{c.Number})
			case sheet.Truths:
				duck.Put(out[j].Output, i, []bool{c.Number != 0})
			case sheet.Dates:
				duck.Put(out[j].Output, i, []int32{int32(math.Floor(float64(c.Time.Unix()) / 86400))})
			case sheet.Moments:
				duck.Put(out[j].Output, i, []int64{c.Time.UnixMicro()})
			default:
				out[j].PutText(i, []string{c.Text})
			}
		}
		out[j].SetNull(null...)
	}
}
