package duck

// void utvandring_replace(void *, char *, void *); // in Go, see callback.go
import "C"

import (
	"runtime/cgo"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"utvandring/udf/parallel"
)

// Replacement is what a table name stands for that DuckDB does not know: a table
// macro, called with texts and lists of texts.
type Replacement struct {
	Macro     string
	Arguments []any // string or []string
}

// Replace makes the database ask what a table name stands for that it does not know.
// ok is false for a name that stands for nothing here either. It may be asked from
// several threads, within statements: it must run none.
func (db *Database) Replace(f func(name string) (r Replacement, ok bool)) {
	mapping.AddReplacementScan(db.handle, unsafe.Pointer(C.utvandring_replace), keep(cgo.NewHandle(f)), forgets)
}

// replace answers DuckDB.
func replace(info mapping.ReplacementScanInfo, name string, handle cgo.Handle) {
	var err error
	defer func() {
		if err != nil {
			mapping.ReplacementScanSetError(info, err.Error())
		}
	}()
	defer parallel.Recover(&err)
	r, ok := handle.Value().(func(string) (Replacement, bool))(name)
	if !ok {
		return
	}
	mapping.ReplacementScanSetFunctionName(info, r.Macro)
	for _, a := range r.Arguments {
		var value mapping.Value
		switch a := a.(type) {
		case string:
			value = mapping.CreateVarchar(a)
		case []string:
			value = listOf(a)
		}
		mapping.ReplacementScanAddParameter(info, value)
		mapping.DestroyValue(&value)
	}
}

func listOf(texts []string) mapping.Value {
	elements := make([]mapping.Value, len(texts))
	for i, text := range texts {
		elements[i] = mapping.CreateVarchar(text)
		defer mapping.DestroyValue(&elements[i])
	}
	varchar := Varchar.logical()
	defer mapping.DestroyLogicalType(&varchar)
	return mapping.CreateListValue(varchar, elements)
}
