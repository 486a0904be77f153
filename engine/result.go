package engine

import (
	"iter"
	"slices"
	"sync/atomic"

	"utvandring/udf/duck"
)

// What a statement can give, see Result.Kind.
const (
	Nothing = duck.Nothing // as CREATE and SET
	Changed = duck.Changed // a number of rows inserted, updated or deleted
	Rows    = duck.Rows
)

// Column is one column of a result, and Type its type.
type (
	Column = duck.Column
	Type   = duck.Type
)

// AppendJSONString appends text as a JSON string.
func AppendJSONString(b, text []byte) []byte { return duck.AppendJSONString(b, text) }

// Result is what a statement gave. Its rows can be read again as long as there
// are no more than Keep of them; of a longer result they are let go as they are
// read.
type Result struct {
	*duck.Result

	limit  int // rows beyond it are not given; 0: no limit
	cut    bool
	chunks []*duck.Chunk
	read   int  // rows read so far
	kept   bool // chunks has all that were read
	ended  bool
	held   bool // all rows are kept

	streamed bool              // DuckDB makes the rows as they are read
	reason   func(error) error // of a streamed result: what is wrong with its query
	stopped  atomic.Bool
}

func newResult(r *duck.Result, err error) (*Result, error) {
	if err != nil {
		return nil, err
	}
	return &Result{Result: r, kept: true}, nil
}

// Keep is the number of rows up to which a result can be read twice.
const Keep = 100_000

// Streamed as a limit makes the rows of a query come as they are read.
const Streamed = -1

// Begin reads as many rows as are kept: of a result that fails among them, nothing is to
// be written.
func (r *Result) Begin() error {
	r.Load()
	return r.Err()
}

// Err is what ended the rows of a streamed result before the last.
func (r *Result) Err() error {
	if err := r.Result.Err(); err != nil && r.reason != nil {
		return r.reason(err)
	}
	return nil
}

// Row is one row of a result, valid as long as the result is open.
type Row struct {
	chunk *duck.Chunk
	index int
}

// Null reports whether the value of a column is NULL.
func (r Row) Null(column int) bool { return r.chunk.Columns[column].Null(r.index) }

// AppendText appends a value as a cast to VARCHAR writes it; nothing for NULL.
func (r Row) AppendText(b []byte, column int) []byte {
	return r.chunk.Columns[column].AppendText(b, r.index)
}

// AppendJSON appends a value as JSON.
func (r Row) AppendJSON(b []byte, column int) []byte {
	return r.chunk.Columns[column].AppendJSON(b, r.index)
}

// Text is a value as a cast to VARCHAR writes it, "" for NULL.
func (r Row) Text(column int) string { return string(r.AppendText(nil, column)) }

// Int is a whole number of at most 64 bits with a sign; ok is false for another type.
func (r Row) Int(column int) (x int64, ok bool) { return r.chunk.Columns[column].Int(r.index) }

// Micros is a point in time in microseconds since 1970, infinity the largest number.
func (r Row) Micros(column int) int64 { return r.chunk.Columns[column].Micros(r.index) }

// Float is a number, truth value, date or point in time (seconds since 1970) as a
// float64; NaN for NULL and anything else.
func (r Row) Float(column int) float64 { return r.chunk.Columns[column].Float(r.index) }

// Rows gives the rows from the first to the last.
func (r *Result) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for _, c := range r.chunks {
			if r.stopped.Load() || !each(c, yield) {
				return
			}
		}
		for {
			c := r.fetch()
			if c == nil || !each(c, yield) {
				return
			}
			if r.kept = r.kept && (r.held || r.read <= Keep); !r.kept {
				r.release()
			}
		}
	}
}

func each(c *duck.Chunk, yield func(Row) bool) bool {
	for i := range c.Size {
		if !yield(Row{c, i}) {
			return false
		}
	}
	return true
}

// Hold keeps all rows, however many, so that they can be read again.
func (r *Result) Hold() { r.held = true }

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
func (r *Result) Complete() bool { return r.kept && (r.ended || !r.streamed) && !r.Stopped() }

// fetch gets the next chunk and appends it to those there are.
func (r *Result) fetch() *duck.Chunk {
	if r.ended || r.stopped.Load() {
		return nil
	}
	c := r.Fetch()
	if c == nil {
		r.ended = true
		return nil
	}
	if r.limit > 0 && r.read+c.Size > r.limit {
		c.Size, r.cut, r.ended = r.limit-r.read, true, true
	}
	r.read += c.Size
	r.chunks = append(r.chunks, c)
	return c
}

func (r *Result) release() {
	for _, c := range r.chunks {
		c.Close()
	}
	r.chunks = nil
}

// Close gives the memory of the result back.
func (r *Result) Close() {
	r.release()
	r.kept, r.ended = false, true
	r.Result.Close()
}

// Stop makes Rows end early, from another goroutine: the user has seen enough.
func (r *Result) Stop() { r.stopped.Store(true) }

// Stopped reports whether the rows ended early.
func (r *Result) Stopped() bool { return r.stopped.Load() }

// Column finds a column by its name, without case; -1 where there is none.
func (r *Result) Column(name string) int {
	return slices.IndexFunc(r.Columns, func(c Column) bool { return equalFold(c.Name, name) })
}
