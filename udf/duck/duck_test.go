package duck

import (
	"context"
	"database/sql"
	"math"
	"testing"
)

// textOf and numberOf hand back what they are given as Go reads it, so that the
// reading of arguments is held against DuckDB's own casts.
var (
	textOf = Function{Name: "_text", Args: 1, Result: Varchar, Call: func(_ context.Context, args []Vector, rows int, result Output) error {
		for i := range rows {
			if args[0].Null(i) {
				result.SetNull(i)
			} else {
				result.PutText(i, []string{string(args[0].AppendText(nil, i))})
			}
		}
		return nil
	}}
	numberOf = Function{Name: "_number", Args: 1, Result: Double, Call: func(_ context.Context, args []Vector, rows int, result Output) error {
		for i, null := range args[0].Nulls(0, rows) {
			if null {
				result.SetNull(i)
			}
		}
		Put(result, 0, args[0].Floats(0, rows))
		return nil
	}}
)

func connect(t testing.TB, functions ...Function) *sql.Conn {
	t.Helper()
	db, err := Open("", false)
	if err != nil {
		t.Fatal(err)
	}
	pool := sql.OpenDB(db)
	t.Cleanup(func() { pool.Close() })
	conn, err := pool.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	for _, f := range append(functions, textOf, numberOf) {
		if err := Raw(conn, func(c *Conn) error { return c.Register(f) }); err != nil {
			t.Fatal(err)
		}
	}
	return conn
}

func exec(t testing.TB, conn *sql.Conn, statements string) {
	t.Helper()
	if _, err := conn.ExecContext(context.Background(), statements); err != nil {
		t.Fatalf("%s: %v", statements, err)
	}
}

// each calls f for every row of a query.
func each(t testing.TB, conn *sql.Conn, query string, f func(r *Result, row []Vector, i int)) {
	t.Helper()
	err := Raw(conn, func(c *Conn) error {
		r, err := c.Query(context.Background(), query, nil)
		if err != nil {
			return err
		}
		defer r.Close()
		for chunk := r.Fetch(); chunk != nil; chunk = r.Fetch() {
			for i := range chunk.Size {
				f(r, chunk.Columns, i)
			}
			chunk.Close()
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// text is a value as text, "NULL" for NULL.
func text(v *Vector, row int) string {
	if v.Null(row) {
		return "NULL"
	}
	return string(v.AppendText(nil, row))
}

// same compares numbers to the last digit but one, NaN with NaN.
func same(a, b float64) bool {
	return a == b || math.IsNaN(a) && math.IsNaN(b) || !math.IsInf(b, 0) && math.Abs(a-b) <= 4e-16*math.Abs(b)
}
