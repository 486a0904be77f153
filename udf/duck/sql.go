package duck

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// What database/sql asks of a connection and of the rows of a result.

// ExecContext is driver.ExecerContext.
func (c *Conn) ExecContext(ctx context.Context, statements string, args []driver.NamedValue) (driver.Result, error) {
	r, err := c.Query(ctx, statements, args)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return driver.RowsAffected(r.Changed), nil
}

// QueryContext is driver.QueryerContext.
func (c *Conn) QueryContext(ctx context.Context, statements string, args []driver.NamedValue) (driver.Rows, error) {
	r, err := c.Query(ctx, statements, args)
	if err != nil {
		return nil, err
	}
	return &rows{result: r}, nil
}

// CheckNamedValue is driver.NamedValueChecker: lists of strings are taken as
// they are.
func (c *Conn) CheckNamedValue(v *driver.NamedValue) error {
	if _, ok := v.Value.([]string); ok {
		return nil
	}
	return driver.ErrSkip
}

// Prepare is part of driver.Conn, and nothing calls it: statements are run.
func (c *Conn) Prepare(string) (driver.Stmt, error) {
	return nil, errors.New("run the statement, or prepare it by Conn.Statement")
}

// Begin is part of driver.Conn, and nothing calls it.
func (c *Conn) Begin() (driver.Tx, error) { return nil, errors.New("BEGIN is a statement like others") }

// rows are the rows of a result, one by one.
type rows struct {
	result *Result
	chunk  *Chunk
	next   int // row of the chunk
}

func (r *rows) Columns() []string {
	names := make([]string, len(r.result.Columns))
	for i, c := range r.result.Columns {
		names[i] = c.Name
	}
	return names
}

func (r *rows) Next(into []driver.Value) error {
	for r.chunk == nil || r.next == r.chunk.Size {
		r.drop()
		if r.chunk = r.result.Fetch(); r.chunk == nil {
			return io.EOF
		}
	}
	for i := range into {
		into[i] = r.chunk.Columns[i].value(r.next)
	}
	r.next++
	return nil
}

func (r *rows) drop() {
	if r.chunk != nil {
		r.chunk.Close()
	}
	r.chunk, r.next = nil, 0
}

func (r *rows) Close() error {
	r.drop()
	r.result.Close()
	return nil
}

// value is a truth value, an int64 where that holds it, a float64 for FLOAT,
// DOUBLE and DECIMAL, and for all else the text that a cast to VARCHAR gives.
func (v *Vector) value(row int) driver.Value {
	if v.Null(row) {
		return nil
	}
	if x, ok := v.Int(row); ok {
		return x
	}
	switch {
	case v.typ.Boolean():
		return v.Float(row) != 0
	case v.typ.Floating() || v.typ.kind == mapping.TypeDecimal:
		return v.Float(row)
	}
	return string(v.AppendText(nil, row))
}
