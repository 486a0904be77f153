package udf

import (
	"context"
	"slices"

	"utvandring/udf/cube"
	"utvandring/udf/duck"
	"utvandring/udf/file"
)

// metadata binds FROM px_metadata(files) and its like. The cells are read too: what is odd
// about them is a warning as well.
func (r cubeReader) metadata(_ context.Context, access file.Access, files any) (*duck.Scan, error) {
	from, err := filesOf(r.macro, access, files)
	if err != nil {
		return nil, err
	}
	var columns []duck.ScanColumn
	for _, name := range []string{"property", "language", "dimension", "element", "value"} {
		columns = append(columns, duck.ScanColumn{Name: name, Type: duck.Varchar})
	}
	columns = append(columns, duck.ScanColumn{Name: "line", Type: duck.BigInt})
	open := func(ctx context.Context) (duck.Source, error) {
		var rows []cube.Metadata
		var of []int32
		for i, name := range from.names {
			list, err := r.told(ctx, access, name)
			if err != nil {
				return nil, err
			}
			rows, of = append(rows, list...), append(of, slices.Repeat([]int32{int32(i)}, len(list))...)
		}
		return from.held(of, func(out []duck.ScanOutput, first, n int) { putMetadata(out, rows[first:first+n]) }), nil
	}
	return &duck.Scan{Columns: from.column(columns), Open: open}, nil
}

// told is what a file says of its table, and what is odd about it.
func (r cubeReader) told(ctx context.Context, access file.Access, name string) ([]cube.Metadata, error) {
	table, f, err := r.openFile(access, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	value, status := make([]float64, 1<<12), make([]string, 1<<12)
	for n := -1; n != 0; {
		if n, err = table.Read(value, status); err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, r.fault(name, err)
		}
	}
	list := table.Metadata()
	for _, w := range table.Warned() {
		list = append(list, cube.Metadata{Property: "warning", Element: w.Keyword, Value: w.What, Line: w.Line})
	}
	return list, nil
}

func putMetadata(out []duck.ScanOutput, rows []cube.Metadata) {
	for i, m := range rows {
		for j, text := range []string{m.Property, m.Language, m.Dimension, m.Element, m.Value} {
			if out[j].PutText(i, []string{text}); text == "" && j < 4 {
				out[j].SetNull(i)
			}
		}
		if duck.Put(out[5].Output, i, []int64{int64(m.Line)}); m.Line == 0 {
			out[5].SetNull(i)
		}
	}
}
