package duck

/*
#include <stdint.h>
#include <stdlib.h>

// Written in Go, see callback.go.
void utvandring_replace(void *, char *, void *);

// replacer keeps a number where C can hold on to it.
static void *utvandring_replacer(uint64_t x) {
	uint64_t *p = malloc(sizeof *p);
	*p = x;
	return p;
}
*/
import "C"

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// Replacement is what a table name stands for that DuckDB does not know: a table
// macro, called with texts and lists of texts.
type Replacement struct {
	Macro     string
	Arguments []any // string or []string
}

var (
	replacers    sync.Map // of func(string) (Replacement, bool), by number
	lastReplacer atomic.Uint64
)

// Replace makes the database ask what a table name stands for that it does not know.
// ok is false for a name that stands for nothing here either. It may be asked from
// several threads, within statements: it must run none.
func (db *Database) Replace(f func(name string) (r Replacement, ok bool)) {
	number := lastReplacer.Add(1)
	replacers.Store(number, f)
	db.replacers = append(db.replacers, number)
	mapping.AddReplacementScan(db.handle, unsafe.Pointer(C.utvandring_replace), C.utvandring_replacer(C.uint64_t(number)), unsafe.Pointer(C.free))
}

// replace answers DuckDB.
func replace(info mapping.ReplacementScanInfo, name string, number uint64) {
	f, ok := replacers.Load(number)
	if !ok {
		return
	}
	r, ok := f.(func(string) (Replacement, bool))(name)
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
			var elements []mapping.Value
			for _, text := range a {
				elements = append(elements, mapping.CreateVarchar(text))
			}
			t := Varchar.logical()
			value = mapping.CreateListValue(t, elements)
			mapping.DestroyLogicalType(&t)
			for i := range elements {
				mapping.DestroyValue(&elements[i])
			}
		}
		mapping.ReplacementScanAddParameter(info, value)
		mapping.DestroyValue(&value)
	}
}
