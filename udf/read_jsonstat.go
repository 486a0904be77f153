package udf

import (
	"context"
	"os"
	"strconv"

	"utvandring/udf/duck"
	"utvandring/udf/file"
	"utvandring/udf/jsonstat"
)

// jsonstatReader takes the dataset as its name or number.
func jsonstatReader(macro string, dataset any) (cubeReader, error) {
	if n, ok := dataset.(int64); ok {
		dataset = strconv.FormatInt(n, 10)
	}
	which, err := textArgument(macro, "dataset", dataset)
	return cubeReader{macro, func(f *os.File) (cubeTable, error) {
		if err := tooLarge(f, jsonstat.MostBytes); err != nil {
			return nil, err
		}
		return jsonstat.Open(f, which)
	}}, err
}

// _read_jsonstat(files, dataset) are the cells of JSON-stat files.
var _ = addTable(duck.TableFunction{Name: "_read_jsonstat", Args: 2, Bind: func(ctx context.Context, access file.Access, args []any) (*duck.Scan, error) {
	r, err := jsonstatReader("read_jsonstat", args[1])
	if err != nil {
		return nil, err
	}
	return r.scan(ctx, access, args[0])
}})

// _jsonstat_metadata(files, dataset) is what they say of themselves.
var _ = addTable(duck.TableFunction{Name: "_jsonstat_metadata", Args: 2, Bind: func(_ context.Context, access file.Access, args []any) (*duck.Scan, error) {
	r, err := jsonstatReader("jsonstat_metadata", args[1])
	if err != nil {
		return nil, err
	}
	return r.metadata(access, args[0])
}})
