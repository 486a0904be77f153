package udf

import (
	"context"
	"os"

	"utvandring/udf/duck"
	"utvandring/udf/file"
	"utvandring/udf/px"
)

func pxReader(macro, language string) cubeReader {
	return cubeReader{macro, func(f *os.File) (cubeTable, error) { return px.Open(f, language) }}
}

// _read_px(files, language) are the cells of PX files.
var _ = addTable(duck.TableFunction{Name: "_read_px", Args: 2, Bind: func(ctx context.Context, access file.Access, args []any) (*duck.Scan, error) {
	language, err := textArgument("read_px", "language", args[1])
	if err != nil {
		return nil, err
	}
	return pxReader("read_px", language).scan(ctx, access, args[0])
}})

// _px_metadata(files) is what their headers say.
var _ = addTable(duck.TableFunction{Name: "_px_metadata", Args: 1, Bind: func(_ context.Context, access file.Access, args []any) (*duck.Scan, error) {
	return pxReader("px_metadata", "").metadata(access, args[0])
}})
