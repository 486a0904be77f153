package engine

import (
	"database/sql/driver"
	"iter"
	"slices"
	"sync/atomic"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"utvandring/engine/value"
)

// Kind says what a statement gave.
type Kind int

// What a statement can give.
const (
	Nothing Kind = iota // as CREATE and SET
	Changed             // a number of rows inserted, updated or deleted
	Rows
)

// Column is one column of a result.
type Column struct {
	Name string
	Type *value.Type
}

// Result is what a statement gave. Its rows can be read again as long as there
// are no more than Keep of them; of a longer result they are let go as they are
// read.
type Result struct {
	Kind    Kind
	Changed int64
	Columns []Column

	rows      driver.Rows // owns the handle
	statement driver.Stmt // to be closed after the rows; may be nil
	handle    *mapping.Result
	limit     int // rows beyond it are not given; 0: no limit
	cut       bool
	chunks    []*chunk
	read      int  // rows read so far
	kept      bool // chunks has all that were read
	ended     bool

	stopped atomic.Bool
}

// Keep is the number of rows up to which a result can be read twice.
const Keep = 100_000

// chunk is up to 2048 rows in DuckDB's memory.
type chunk struct {
	handle  mapping.DataChunk
	columns []value.Vector
	size    int
}

// Row is one row of a result, valid as long as the result is open.
type Row struct {
	chunk *chunk
	index int
}

// Null reports whether the value of a column is NULL.
func (r Row) Null(column int) bool { return r.chunk.columns[column].Null(r.index) }

// AppendText appends a value as a cast to VARCHAR writes it; nothing for NULL.
func (r Row) AppendText(b []byte, column int) []byte {
	return r.chunk.columns[column].AppendText(b, r.index)
}

// AppendJSON appends a value as JSON.
func (r Row) AppendJSON(b []byte, column int) []byte {
	return r.chunk.columns[column].AppendJSON(b, r.index)
}

// Text is a value as a cast to VARCHAR writes it, "" for NULL.
func (r Row) Text(column int) string { return string(r.AppendText(nil, column)) }

// Float is a number, truth value, date or point in time (seconds since 1970) as a
// float64; NaN for NULL and anything else.
func (r Row) Float(column int) float64 { return r.chunk.columns[column].Float(r.index) }

// Rows gives the rows from the first to the last.
func (r *Result) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for _, c := range r.chunks {
			if !c.each(yield) {
				return
			}
		}
		for {
			c := r.fetch()
			if c == nil || !c.each(yield) {
				return
			}
			if r.kept = r.kept && r.read <= Keep; !r.kept {
				r.release()
			}
		}
	}
}

func (c *chunk) each(yield func(Row) bool) bool {
	for i := range c.size {
		if !yield(Row{c, i}) {
			return false
		}
	}
	return true
}

// Load reads all rows that can be kept and counts them; all is false when there
// are more.
func (r *Result) Load() (rows int, all bool) {
	for r.kept && !r.ended && r.read <= Keep {
		r.fetch()
	}
	return r.read, r.ended && r.kept
}

// Cut reports whether the query had more rows than the limit it was run with.
// It is known when the rows have been read.
func (r *Result) Cut() bool { return r.cut }

// Complete reports whether the rows can be read from the first one.
func (r *Result) Complete() bool { return r.kept && !r.Stopped() }

// fetch gets the next chunk and appends it to those there are.
func (r *Result) fetch() *chunk {
	if r.ended || r.handle == nil || r.stopped.Load() {
		return nil
	}
	handle := mapping.FetchChunk(*r.handle)
	if handle.Ptr == nil {
		r.ended = true
		return nil
	}
	c := &chunk{handle: handle, size: int(mapping.DataChunkGetSize(handle))}
	if r.limit > 0 && r.read+c.size > r.limit {
		c.size, r.cut, r.ended = r.limit-r.read, true, true
	}
	for i := range r.Columns {
		c.columns = append(c.columns, value.Open(r.Columns[i].Type, mapping.DataChunkGetVector(handle, mapping.IdxT(i))))
	}
	r.read += c.size
	r.chunks = append(r.chunks, c)
	return c
}

func (r *Result) release() {
	for _, c := range r.chunks {
		mapping.DestroyDataChunk(&c.handle)
	}
	r.chunks = nil
}

// Close gives the memory of the result back.
func (r *Result) Close() {
	r.release()
	r.kept, r.ended = false, true
	if r.rows != nil {
		r.rows.Close()
		r.rows, r.handle = nil, nil
	}
	if r.statement != nil {
		r.statement.Close()
		r.statement = nil
	}
}

// Stop makes Rows end early, from another goroutine: the user has seen enough.
func (r *Result) Stop() { r.stopped.Store(true) }

// Stopped reports whether the rows ended early.
func (r *Result) Stopped() bool { return r.stopped.Load() }

// Column finds a column by its name, without case; -1 where there is none.
func (r *Result) Column(name string) int {
	return slices.IndexFunc(r.Columns, func(c Column) bool { return equalFold(c.Name, name) })
}
