package duck

/*
#include <stdint.h>
#include <stdlib.h>

// Written in Go, see callback.go.
void utvandring_bind(void *);
void utvandring_call(void *, void *, void *);
void utvandring_forget(void *);

// number keeps a number where C can hold on to it.
static void *utvandring_number(uint64_t x) {
	uint64_t *p = malloc(sizeof *p);
	*p = x;
	return p;
}
static void *utvandring_same(void *p) { return utvandring_number(*(uint64_t *)p); }
static void *utvandring_copy(void) { return utvandring_same; }
*/
import "C"

import (
	"context"
	"fmt"
	"io"
	"runtime/cgo"
	"sync"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"utvandring/udf/parallel"
)

// Function is a Go function that SQL can call.
type Function struct {
	// Name as called from SQL.
	Name string
	// Args is the number of arguments; each may have any type and be NULL.
	Args int
	// Result is the type of what it returns.
	Result *Type
	// Call computes a chunk of calls: writes a value to the result for each row of
	// the arguments. It may be called from several threads at once. The arguments
	// are valid only until it returns. The context is that of the statement.
	Call func(ctx context.Context, args []Vector, rows int, result Output) error
}

// callee is what DuckDB hands back of a function that it calls.
type callee[F any] struct {
	conns *sync.Map // of the database
	f     F
}

// conn is the connection that calls, nil where it has gone.
func (c *callee[F]) conn(id uint64) *Conn {
	conn, _ := c.conns.Load(id)
	found, _ := conn.(*Conn)
	return found
}

// Register makes a function callable on the whole database, for as long as it is
// open. A panic in it is an error of the statement.
func (c *Conn) Register(f Function) error {
	handle := cgo.NewHandle(&callee[Function]{c.db.conns, f})
	s := mapping.CreateScalarFunction()
	defer mapping.DestroyScalarFunction(&s)
	mapping.ScalarFunctionSetName(s, f.Name)
	anything := mapping.CreateLogicalType(mapping.TypeAny)
	defer mapping.DestroyLogicalType(&anything)
	for range f.Args {
		mapping.ScalarFunctionAddParameter(s, anything)
	}
	result := f.Result.logical()
	defer mapping.DestroyLogicalType(&result)
	mapping.ScalarFunctionSetReturnType(s, result)
	mapping.ScalarFunctionSetSpecialHandling(s) // of NULL: by the function
	mapping.ScalarFunctionSetExtraInfo(s, keep(handle), forgets)
	mapping.ScalarFunctionSetBind(s, unsafe.Pointer(C.utvandring_bind))
	mapping.ScalarFunctionSetFunction(s, unsafe.Pointer(C.utvandring_call))
	if mapping.RegisterScalarFunction(c.handle, s) == mapping.StateError {
		return fmt.Errorf("DuckDB does not take the function %s", f.Name)
	}
	return nil
}

// keep puts a handle where C can hold on to it, handleIn reads it there, and
// forget, to which forgets points, closes what can be closed and lets go of it when
// DuckDB is done with it.
func keep(handle cgo.Handle) unsafe.Pointer     { return C.utvandring_number(C.uint64_t(handle)) }
func handleIn(number unsafe.Pointer) cgo.Handle { return cgo.Handle(*(*uint64)(number)) }
func forget(number unsafe.Pointer) {
	if c, ok := handleIn(number).Value().(io.Closer); ok {
		c.Close()
	}
	handleIn(number).Delete()
	C.free(number)
}

var forgets = unsafe.Pointer(C.utvandring_forget)

// bind notes which connection calls: a copy of its number stays with each call
// in a statement.
func bind(info mapping.BindInfo) {
	var context mapping.ClientContext
	mapping.ScalarFunctionGetClientContext(info, &context)
	defer mapping.DestroyClientContext(&context)
	conn := mapping.ClientContextGetConnectionId(context)
	mapping.ScalarFunctionSetBindData(info, C.utvandring_number(C.uint64_t(conn)), unsafe.Pointer(C.free))
	mapping.ScalarFunctionSetBindDataCopy(info, C.utvandring_copy())
}

// call runs the function on a chunk.
func call(info mapping.FunctionInfo, input mapping.DataChunk, output mapping.Vector) (err error) {
	defer parallel.Recover(&err)
	function := handleIn(mapping.ScalarFunctionGetExtraInfo(info)).Value().(*callee[Function])
	ctx := function.conn(*(*uint64)(mapping.ScalarFunctionGetBindData(info))).context()
	chunk := openChunk(input)
	for i := range chunk.Columns {
		v := mapping.DataChunkGetVector(input, mapping.IdxT(i))
		t := mapping.VectorGetColumnType(v)
		chunk.Columns[i].open(typeOf(t), v)
		mapping.DestroyLogicalType(&t)
	}
	return function.f.Call(ctx, chunk.Columns, chunk.Size, Output{output})
}
