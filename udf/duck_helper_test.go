package udf_test

import (
	"context"
	"math"
	"testing"

	"utvandring/udf/duck"
)

// textOf and numberOf hand back what they are given as Go reads it, so that the
// reading of arguments is held against DuckDB's own casts.
var (
	textOf = duck.Function{Name: "_text", Args: 1, Result: duck.Varchar, Call: func(_ context.Context, args []duck.Vector, rows int, result duck.Output) error {
		for i := range rows {
			if args[0].Null(i) {
				result.SetNull(i)
			} else {
				result.PutText(i, []string{string(args[0].AppendText(nil, i))})
			}
		}
		return nil
	}}
	numberOf = duck.Function{Name: "_number", Args: 1, Result: duck.Double, Call: func(_ context.Context, args []duck.Vector, rows int, result duck.Output) error {
		for i, null := range args[0].Nulls(0, rows) {
			if null {
				result.SetNull(i)
			}
		}
		duck.Put(result, 0, args[0].Floats(0, rows))
		return nil
	}}
)

// open opens a database, which end closes, or else the end of the test.
func open(t testing.TB, path string, settings map[string]string) (conn *duck.Conn, end func()) {
	t.Helper()
	db, err := duck.Open(path, settings)
	if err != nil {
		t.Fatal(err)
	}
	if conn, err = db.Connect(); err != nil {
		t.Fatal(err)
	}
	end = func() {
		conn.Close()
		db.Close()
	}
	t.Cleanup(end)
	return conn, end
}

func connect(t testing.TB, functions ...duck.Function) *duck.Conn {
	t.Helper()
	conn, _ := open(t, "", nil)
	for _, f := range append(functions, textOf, numberOf) {
		if err := conn.Register(f); err != nil {
			t.Fatal(err)
		}
	}
	return conn
}

func exec(t testing.TB, conn *duck.Conn, statements string) {
	t.Helper()
	if err := conn.Exec(context.Background(), statements); err != nil {
		t.Fatalf("%s: %v", statements, err)
	}
}

// each calls f for every row of a query.
func each(t testing.TB, conn *duck.Conn, query string, f func(r *duck.Result, row []duck.Vector, i int)) {
	t.Helper()
	r, err := conn.Query(context.Background(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer r.Close()
	for chunk := r.Fetch(); chunk != nil; chunk = r.Fetch() {
		for i := range chunk.Size {
			f(r, chunk.Columns, i)
		}
		chunk.Close()
	}
}

// text is a value as text, "NULL" for NULL.
func text(v *duck.Vector, row int) string {
	if v.Null(row) {
		return "NULL"
	}
	return string(v.AppendText(nil, row))
}

// same compares numbers to the last digit but one, NaN with NaN.
func same(a, b float64) bool {
	return a == b || math.IsNaN(a) && math.IsNaN(b) || !math.IsInf(b, 0) && math.Abs(a-b) <= 4e-16*math.Abs(b)
}
