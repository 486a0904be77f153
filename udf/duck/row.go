package duck

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// What wants a few values of a result, and not its chunks.

// Exec runs one or more statements whose results nobody needs.
func (c *Conn) Exec(ctx context.Context, statements string, args ...any) error {
	r, err := c.Query(ctx, statements, args...)
	if err == nil {
		r.Close()
	}
	return err
}

// Each scans each row of a query, as Chunk.Scan does, and calls f.
func (c *Conn) Each(ctx context.Context, query string, into []any, f func(), args ...any) error {
	result, err := c.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer result.Close()
	for chunk := result.Fetch(); chunk != nil; chunk = result.Fetch() {
		for row := 0; row < chunk.Size && err == nil; row++ {
			if err = chunk.Scan(row, into...); err == nil {
				f()
			}
		}
		if chunk.Close(); err != nil {
			return err
		}
	}
	return nil
}

// Texts are the rows of a query with one column.
func (c *Conn) Texts(ctx context.Context, query string, args ...any) (texts []string, err error) {
	var text string
	err = c.Each(ctx, query, []any{&text}, func() { texts = append(texts, text) }, args...)
	return texts, err
}

// Row is a query that is run when its first row is scanned.
type Row struct {
	conn  *Conn
	ctx   context.Context
	query string
	args  []any
}

// Row is a query of which one row is wanted.
func (c *Conn) Row(ctx context.Context, query string, args ...any) Row {
	return Row{c, ctx, query, args}
}

// Scan is Chunk.Scan of the first row. A query without rows is an error.
func (r Row) Scan(into ...any) error {
	result, err := r.conn.Query(r.ctx, r.query, r.args...)
	if err != nil {
		return err
	}
	defer result.Close()
	chunk := result.Fetch()
	if chunk == nil {
		return errors.New("there is no such row")
	}
	defer chunk.Close()
	return chunk.Scan(0, into...)
}

// Scan copies the values of a row to where as many pointers point: what Go has for one to
// an any, and NULL only there or to another pointer, which is nil then.
func (c *Chunk) Scan(row int, into ...any) error {
	if len(into) != len(c.Columns) {
		return fmt.Errorf("%d columns, to be read into %d", len(c.Columns), len(into))
	}
	for i := range into {
		if err := c.Columns[i].scan(row, reflect.ValueOf(into[i]).Elem()); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}

func (v *Vector) scan(row int, to reflect.Value) error {
	value := reflect.ValueOf(v.value(row))
	switch kind := to.Kind(); {
	case !value.IsValid() && (kind == reflect.Interface || kind == reflect.Pointer):
		to.SetZero()
	case !value.IsValid():
		return errors.New("it is NULL")
	case kind == reflect.Interface || value.Type() == to.Type():
		to.Set(value)
	case kind == reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		return v.scan(row, to.Elem())
	case to.CanInt() && value.CanInt() && !to.OverflowInt(value.Int()):
		to.SetInt(value.Int())
	case kind == reflect.String:
		to.SetString(fmt.Sprint(value))
	default:
		_, err := fmt.Sscanln(fmt.Sprint(value), to.Addr().Interface())
		return err
	}
	return nil
}

// value is a truth value, an int64 where that holds it, a float64 for FLOAT,
// DOUBLE and DECIMAL, and for all else the text that a cast to VARCHAR gives.
func (v *Vector) value(row int) any {
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
