package duck

import "C"

import (
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// What DuckDB calls. cgo wants these in a file without C of its own.

//export utvandring_bind
func utvandring_bind(info unsafe.Pointer) { bind(mapping.BindInfo{Ptr: info}) }

//export utvandring_call
func utvandring_call(info, input, output unsafe.Pointer) {
	f := mapping.FunctionInfo{Ptr: info}
	if err := call(f, mapping.DataChunk{Ptr: input}, mapping.Vector{Ptr: output}); err != nil {
		mapping.ScalarFunctionSetError(f, err.Error())
	}
}

//export utvandring_table_bind
func utvandring_table_bind(info unsafe.Pointer) {
	b := mapping.BindInfo{Ptr: info}
	if err := bindTable(b); err != nil {
		mapping.BindSetError(b, err.Error())
	}
}

//export utvandring_table_init
func utvandring_table_init(info unsafe.Pointer) {
	i := mapping.InitInfo{Ptr: info}
	if err := initTable(i); err != nil {
		mapping.InitSetError(i, err.Error())
	}
}

//export utvandring_table_fill
func utvandring_table_fill(info, output unsafe.Pointer) {
	f := mapping.FunctionInfo{Ptr: info}
	if err := fillTable(f, mapping.DataChunk{Ptr: output}); err != nil {
		mapping.FunctionSetError(f, err.Error())
	}
}

//export utvandring_replace
func utvandring_replace(info unsafe.Pointer, name *C.char, number unsafe.Pointer) {
	replace(mapping.ReplacementScanInfo{Ptr: info}, C.GoString(name), handleIn(number))
}

//export utvandring_forget
func utvandring_forget(number unsafe.Pointer) { forget(number) }
