package duck

import (
	"context"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// Kind says what a statement gave.
type Kind int

// What a statement can give.
const (
	Nothing Kind = iota // as CREATE and SET
	Changed             // a number of rows inserted, updated or deleted
	Rows
)

// Column is one column of a result, or of a table that a function returns.
type Column struct {
	Name string
	Type *Type
}

// Result is what a statement gave: whole and in DuckDB's memory, or as its rows come.
type Result struct {
	Kind    Kind
	Changed int64
	Columns []Column

	handle mapping.Result
	ctx    context.Context // of a result whose rows come as they are fetched
	end    func()          // ends the statement that gives them; nil where it has ended
	err    error
}

func newResult(handle mapping.Result) *Result {
	r := &Result{handle: handle}
	switch mapping.ResultReturnType(handle) {
	case mapping.ResultTypeChangedRows:
		r.Kind, r.Changed = Changed, int64(mapping.RowsChanged(&r.handle))
	case mapping.ResultTypeQueryResult:
		r.Kind = Rows
	}
	for i := range mapping.ColumnCount(&r.handle) {
		t := mapping.ColumnLogicalType(&r.handle, i)
		r.Columns = append(r.Columns, Column{mapping.ColumnName(&r.handle, i), typeOf(t)})
		mapping.DestroyLogicalType(&t)
	}
	return r
}

// Chunk is up to 2048 rows in DuckDB's memory, until it is closed.
type Chunk struct {
	Columns []Vector
	Size    int

	handle mapping.DataChunk
}

// Fetch gives the next rows, to be closed; nil after the last, or where Err tells what
// kept them from coming.
func (r *Result) Fetch() *Chunk {
	if r.ctx != nil && r.end == nil {
		return nil
	}
	handle := mapping.FetchChunk(r.handle)
	if handle.Ptr == nil {
		if r.end != nil {
			if message := mapping.ResultError(&r.handle); message != "" {
				r.err = Failure(r.ctx, message)
			}
			r.End()
		}
		return nil
	}
	c := openChunk(handle)
	for i := range c.Columns {
		c.Columns[i].open(r.Columns[i].Type, mapping.DataChunkGetVector(handle, mapping.IdxT(i)))
	}
	return c
}

func openChunk(handle mapping.DataChunk) *Chunk {
	return &Chunk{make([]Vector, mapping.DataChunkGetColumnCount(handle)), int(mapping.DataChunkGetSize(handle)), handle}
}

// Close gives the memory of the rows back.
func (c *Chunk) Close() { mapping.DestroyDataChunk(&c.handle) }

// Err is what went wrong after the first rows of a result that comes as it is fetched.
func (r *Result) Err() error { return r.err }

// End ends the statement whose rows are still to come: there will be no more.
func (r *Result) End() {
	if r.end != nil {
		mapping.DestroyResult(&r.handle)
		r.end()
		r.end = nil
	}
}

// Close gives the memory of the result back, but not that of chunks.
func (r *Result) Close() {
	r.End()
	mapping.DestroyResult(&r.handle)
}
