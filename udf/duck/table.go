package duck

/*
#include <stdint.h>
#include <stdlib.h>

// Written in Go, see callback.go.
void utvandring_table_bind(void *);
void utvandring_table_init(void *);
void utvandring_table_fill(void *, void *);

// In DuckDB's C interface, but not in its Go mapping.
void *duckdb_client_context_get_config_option(void *context, const char *name, int *scope);
*/
import "C"

import (
	"context"
	"errors"
	"fmt"
	"runtime/cgo"
	"strings"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"utvandring/udf/file"
	"utvandring/udf/parallel"
)

// TableFunction is a Go function that gives a table: FROM name(…).
type TableFunction struct {
	// Name as called from SQL.
	Name string
	// Args is the number of arguments: each a value that is known before the statement
	// runs, handed over as nil, bool, int64, float64, string or []string.
	Args int
	// Bind says what the table has, without reading more of it than that takes. The
	// context is that of the statement.
	Bind func(ctx context.Context, access file.Access, args []any) (*Scan, error)
}

// Scan is a table that a function gives.
type Scan struct {
	Columns []ScanColumn
	Rows    int64 // how many, for the plan; 0: not known
	Threads int   // that may Fill at a time; 0: one
	// Open begins to read it: once a run of the statement.
	Open func(ctx context.Context) (Source, error)
}

// ScanColumn is a column of a Scan.
type ScanColumn struct {
	Name string
	Type *Type
	// Words are all that the values can be, of a VARCHAR that is written by Pick. An empty one
	// is NULL: files have no other way to say that.
	Words []string
}

// Source gives the rows of a Scan. Fill writes up to most of them from row 0 on, and
// gives how many: 0 after the last. The outputs are in the order of the columns. An
// io.Closer is closed when nobody reads on.
type Source interface {
	Fill(ctx context.Context, out []ScanOutput, most int) (int, error)
}

// ScanOutput is a column of up to 2048 rows to be written to.
type ScanOutput struct {
	Output
	dictionary mapping.Vector // the words of the column, and a NULL after them
	words      int
}

// boundTable is what DuckDB hands back of a table function that a statement reads.
type boundTable struct {
	*Scan
	conn         *Conn
	dictionaries []mapping.Vector
}

// Close gives the dictionaries back.
func (b *boundTable) Close() error {
	for i := range b.dictionaries {
		if b.dictionaries[i].Ptr != nil {
			mapping.DestroyVector(&b.dictionaries[i])
		}
	}
	return nil
}

// RegisterTable makes a table function callable on the whole database, for as long as it
// is open. A panic in it is an error of the statement.
func (c *Conn) RegisterTable(f TableFunction) error {
	t := mapping.CreateTableFunction()
	defer mapping.DestroyTableFunction(&t)
	mapping.TableFunctionSetName(t, f.Name)
	anything := mapping.CreateLogicalType(mapping.TypeAny)
	defer mapping.DestroyLogicalType(&anything)
	for range f.Args {
		mapping.TableFunctionAddParameter(t, anything)
	}
	mapping.TableFunctionSetExtraInfo(t, keep(cgo.NewHandle(&callee[TableFunction]{c.db.conns, f})), forgets)
	mapping.TableFunctionSetBind(t, unsafe.Pointer(C.utvandring_table_bind))
	mapping.TableFunctionSetInit(t, unsafe.Pointer(C.utvandring_table_init))
	mapping.TableFunctionSetFunction(t, unsafe.Pointer(C.utvandring_table_fill))
	if mapping.RegisterTableFunction(c.handle, t) == mapping.StateError {
		return fmt.Errorf("DuckDB does not take the table function %s", f.Name)
	}
	return nil
}

func bindTable(info mapping.BindInfo) (err error) {
	defer parallel.Recover(&err)
	called := handleIn(mapping.BindGetExtraInfo(info)).Value().(*callee[TableFunction])
	var client mapping.ClientContext
	mapping.TableFunctionGetClientContext(info, &client)
	defer mapping.DestroyClientContext(&client)
	bound := &boundTable{conn: called.conn(uint64(mapping.ClientContextGetConnectionId(client)))}
	args := make([]any, called.f.Args)
	for i := range args {
		v := mapping.BindGetParameter(info, mapping.IdxT(i))
		args[i], err = argument(v)
		mapping.DestroyValue(&v)
		if err != nil {
			return fmt.Errorf("argument %d of %s is %w", i+1, called.f.Name, err)
		}
	}
	if bound.Scan, err = called.f.Bind(bound.conn.context(), accessOf(client), args); err != nil {
		return err
	}
	for _, column := range bound.Columns {
		logical := column.Type.logical()
		mapping.BindAddResultColumn(info, column.Name, logical)
		var dictionary mapping.Vector
		if column.Words != nil {
			dictionary = mapping.CreateVector(logical, mapping.IdxT(len(column.Words)+1))
			out := Output{dictionary}
			out.PutText(0, column.Words)
			out.SetNull(len(column.Words))
			for i, word := range column.Words {
				if word == "" {
					out.SetNull(i)
				}
			}
		}
		bound.dictionaries = append(bound.dictionaries, dictionary)
		mapping.DestroyLogicalType(&logical)
	}
	if bound.Rows > 0 {
		mapping.BindSetCardinality(info, mapping.IdxT(bound.Rows), false)
	}
	mapping.BindSetBindData(info, keep(cgo.NewHandle(bound)), forgets)
	return nil
}

func initTable(info mapping.InitInfo) (err error) {
	defer parallel.Recover(&err)
	bound := handleIn(mapping.InitGetBindData(info)).Value().(*boundTable)
	source, err := bound.Open(bound.conn.context())
	if err != nil {
		return err
	}
	mapping.InitSetMaxThreads(info, mapping.IdxT(max(bound.Threads, 1)))
	mapping.InitSetInitData(info, keep(cgo.NewHandle(source)), forgets)
	return nil
}

func fillTable(info mapping.FunctionInfo, chunk mapping.DataChunk) (err error) {
	defer parallel.Recover(&err)
	bound := handleIn(mapping.FunctionGetBindData(info)).Value().(*boundTable)
	source := handleIn(mapping.FunctionGetInitData(info)).Value().(Source)
	ctx := bound.conn.context()
	if err := ctx.Err(); err != nil {
		return err
	}
	out := make([]ScanOutput, len(bound.Columns))
	for i, column := range bound.Columns {
		out[i] = ScanOutput{Output{mapping.DataChunkGetVector(chunk, mapping.IdxT(i))}, bound.dictionaries[i], len(column.Words)}
	}
	n, err := source.Fill(ctx, out, chunkRows)
	if err != nil {
		return err
	}
	mapping.DataChunkSetSize(chunk, mapping.IdxT(n))
	return nil
}

// Pick writes the words of these numbers to a column with Words; a negative number is
// NULL. It is much faster than PutText: the words are not copied.
func (o ScanOutput) Pick(numbers []int32) {
	selection := mapping.CreateSelectionVector(mapping.IdxT(len(numbers)))
	defer mapping.DestroySelectionVector(&selection)
	to := unsafe.Slice((*int32)(unsafe.Pointer(mapping.SelectionVectorGetDataPtr(selection))), len(numbers))
	copy(to, numbers)
	for i, n := range to {
		if n < 0 {
			to[i] = int32(o.words)
		}
	}
	mapping.VectorReferenceVector(o.handle, o.dictionary)
	mapping.SliceVector(o.handle, selection, mapping.IdxT(len(numbers)))
}

// argument reads a value.
func argument(v mapping.Value) (any, error) {
	if mapping.IsNullValue(v) {
		return nil, nil
	}
	t := typeOf(mapping.GetValueType(v)) // the type belongs to the value
	switch {
	case t.kind == mapping.TypeVarchar:
		return mapping.GetVarchar(v), nil
	case t.Boolean():
		return mapping.GetBool(v), nil
	case t.kind == mapping.TypeList && (t.children[0].kind == mapping.TypeVarchar || mapping.GetListSize(v) == 0):
		texts := make([]string, mapping.GetListSize(v))
		for i := range texts {
			e := mapping.GetListChild(v, mapping.IdxT(i))
			null := mapping.IsNullValue(e)
			if !null { // of which GetVarchar ends the process
				texts[i] = mapping.GetVarchar(e)
			}
			mapping.DestroyValue(&e)
			if null {
				return nil, errors.New("a list with a NULL in it")
			}
		}
		return texts, nil
	case t.Floating() || t.kind == mapping.TypeDecimal:
		return mapping.GetDouble(v), nil
	case t.Numeric():
		return mapping.GetInt64(v), nil
	}
	return nil, fmt.Errorf("of the type %s, which it does not take", t)
}

// accessOf reads which files a connection may open.
func accessOf(client mapping.ClientContext) (a file.Access) {
	a.Closed = !setting(client, "enable_external_access", mapping.GetBool)
	if a.Closed {
		a.Directories = setting(client, "allowed_directories", listed)
		a.Paths = setting(client, "allowed_paths", listed)
	}
	if search := setting(client, "file_search_path", mapping.GetVarchar); search != "" {
		a.Search = strings.Split(search, ",")
	}
	return a
}

func listed(v mapping.Value) []string {
	texts, _ := argument(v)
	list, _ := texts.([]string)
	return list
}

// setting reads a setting of a connection; the zero value where it has none.
func setting[T any](client mapping.ClientContext, name string, read func(mapping.Value) T) (x T) {
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	var scope C.int
	v := mapping.Value{Ptr: C.duckdb_client_context_get_config_option(client.Ptr, text, &scope)}
	if v.Ptr == nil || mapping.IsNullValue(v) {
		return x
	}
	defer mapping.DestroyValue(&v)
	return read(v)
}
