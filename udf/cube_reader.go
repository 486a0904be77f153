package udf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"

	"utvandring/udf/cube"
	"utvandring/udf/duck"
	"utvandring/udf/file"
	"utvandring/udf/jsonstat"
	"utvandring/udf/px"
)

// _read_px(files, language) are the cells of PX files, _read_jsonstat(files, dataset) those
// of JSON-stat files, the dataset given by name or number. _px_metadata(files) and
// _jsonstat_metadata(files, dataset) are what they say of themselves.
var (
	_ = addCube("read_px", 2, pxReader, cubeReader.scan)
	_ = addCube("px_metadata", 1, pxReader, cubeReader.metadata)
	_ = addCube("read_jsonstat", 2, jsonstatReader, cubeReader.scan)
	_ = addCube("jsonstat_metadata", 2, jsonstatReader, cubeReader.metadata)
)

// addCube adds a table function of files and what its reader takes beside them.
func addCube(macro string, args int, reader func(macro string, args []any) (cubeReader, error),
	bind func(r cubeReader, ctx context.Context, access file.Access, files any) (*duck.Scan, error)) bool {
	return addTable(duck.TableFunction{Name: "_" + macro, Args: args, Bind: func(ctx context.Context, access file.Access, args []any) (*duck.Scan, error) {
		r, err := reader(macro, args[1:])
		if err != nil {
			return nil, err
		}
		return bind(r, ctx, access, args[0])
	}})
}

func pxReader(macro string, args []any) (cubeReader, error) {
	language := ""
	if len(args) > 0 {
		var err error
		if language, err = textArgument(macro, "language", args[0]); err != nil {
			return cubeReader{}, err
		}
	}
	return cubeReader{macro, func(f *os.File) (cubeTable, error) { return px.Open(f, language) }}, nil
}

func jsonstatReader(macro string, args []any) (cubeReader, error) {
	which, err := textOrNumber(macro, "dataset", args[0])
	return cubeReader{macro, func(f *os.File) (cubeTable, error) {
		if err := tooLarge(f, jsonstat.MostBytes); err != nil {
			return nil, err
		}
		return jsonstat.Open(f, which)
	}}, err
}

// cubeTable is an open file with a table in it.
type cubeTable interface {
	cube.Cells
	Shape() []cube.Dimension
	Warned() []*cube.Fault
	Metadata() []cube.Metadata
}

// cubeReader opens what a macro reads. Its errors get the name of the macro and of the file.
type cubeReader struct {
	macro string
	open  func(f *os.File) (cubeTable, error)
}

// openFile opens a file and reads of it what there is to know before the cells.
func (r cubeReader) openFile(access file.Access, name string) (cubeTable, *os.File, error) {
	f, err := access.Open(name)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", r.macro, err)
	}
	table, err := r.open(f)
	if err != nil {
		f.Close()
		return nil, nil, r.fault(name, err)
	}
	return table, f, nil
}

// tooLarge is the error of a file that is read whole and has more than most bytes.
func tooLarge(f *os.File, most int64) error {
	info, err := f.Stat()
	if err == nil && info.Size() > most {
		err = cube.Faultf(0, "", "is larger than the %d MB that are read at once", most>>20)
	}
	return err
}

// fault names the macro and the file.
func (r cubeReader) fault(name string, err error) error {
	var fault *cube.Fault
	if !errors.As(err, &fault) {
		return fmt.Errorf("%s: %s: %w", r.macro, name, err)
	}
	named := *fault
	named.File = name
	return fmt.Errorf("%s: %w", r.macro, &named)
}

// warn makes notes of what is odd about a file. The error is that of notes that are errors.
func warn(ctx context.Context, name string, warnings ...*cube.Fault) error {
	notes, ok := ctx.Value(notesKey{}).(*Notes)
	if !ok {
		return nil
	}
	for _, w := range warnings {
		named := *w
		named.File = name
		if err := notes.Add(named.Error()); err != nil {
			return err
		}
	}
	return nil
}

// filesOf gives the files that an argument names: one, several by a pattern, or a list of
// such.
func filesOf(macro string, access file.Access, argument any) (f files, err error) {
	var patterns []string
	switch a := argument.(type) {
	case string:
		patterns = []string{a}
	case []string:
		patterns, f.several = a, true
	}
	if len(patterns) == 0 || slices.Contains(patterns, "") {
		return f, fmt.Errorf("%s: the name of a file is wanted, or a list of names", macro)
	}
	for _, p := range patterns {
		found, err := access.Glob(p)
		if err != nil {
			return f, fmt.Errorf("%s: %w", macro, err)
		}
		f.several = f.several || len(found) != 1 || file.Pattern(p) && found[0] != p
		f.names = append(f.names, found...)
	}
	return f, nil
}

// textArgument reads a text that may be NULL.
func textArgument(macro, name string, argument any) (string, error) {
	text, ok := argument.(string)
	if !ok && argument != nil {
		return "", fmt.Errorf("%s: %s is a text, not %v", macro, name, argument)
	}
	return text, nil
}

// textOrNumber reads a text or whole number, as a text, that may be NULL.
func textOrNumber(macro, name string, argument any) (string, error) {
	if n, ok := argument.(int64); ok {
		return strconv.FormatInt(n, 10), nil
	}
	return textArgument(macro, name, argument)
}
