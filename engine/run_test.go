package engine

import (
	"context"
	"errors"
	"testing"
	"time"

	"utvandring/udf/duck"
	"utvandring/udf/refusal"
)

func TestRunLimit(t *testing.T) {
	t.Parallel()
	db := empty(t)
	for _, test := range []struct {
		query string
		limit int
		rows  int
		cut   bool
	}{
		{"FROM range(1_000_000_000_000)", 5000, 5000, true}, // would never end without
		{"SELECT 1 AS a, 2 AS a FROM range(3)", 3, 3, false},
		{"SELECT 1 AS a, 2 AS a FROM range(4) -- all of it", 3, 3, true},
		{"WITH r AS (FROM range(9)) SELECT range AS a, range AS a FROM r ORDER BY 1 DESC", 0, 9, false},
		{"PIVOT (SELECT 1 AS a, 2 AS b) ON a USING sum(b)", 1, 1, false},
		{"SELECT '%d' AS a, 2 AS a", 1, 1, false},
	} {
		r, err := db.Run(context.Background(), test.query, test.limit)
		if err != nil {
			t.Errorf("%s: %v", test.query, err)
			continue
		}
		for range 2 { // a second reading gives the same
			n := 0
			for range r.Rows() {
				n++
			}
			if n != test.rows || r.Cut() != test.cut {
				t.Errorf("%s: %d rows, cut %t", test.query, n, r.Cut())
			}
		}
		if len(r.Columns) == 2 && (r.Columns[0].Name != "a" || r.Columns[1].Name != "a") {
			t.Errorf("%s: columns %s, %s", test.query, r.Columns[0].Name, r.Columns[1].Name)
		}
		r.Close()
	}
}

// The order of a query must survive the query around it.
func TestRunLimitKeepsOrder(t *testing.T) {
	t.Parallel()
	db := empty(t)
	for _, query := range []string{
		"SELECT range AS a FROM range(100_000) ORDER BY hash(range)",
		"SELECT range % 7 AS a, range AS b FROM range(100_000) ORDER BY a DESC, b",
		"SELECT municipality FROM municipality ORDER BY municipality DESC",
		"(SELECT 1 AS a UNION ALL SELECT 3 UNION ALL SELECT 2) ORDER BY a DESC",
		"SELECT DISTINCT range % 1000 AS a FROM range(100_000) ORDER BY hash(a)",
		"WITH t AS (FROM range(100_000) ORDER BY hash(range)) FROM t",
	} {
		limited, err := db.Run(context.Background(), query, 300)
		if err != nil {
			t.Fatal(err)
		}
		whole := rowsOf(t, db, query)
		n := 0
		for row := range limited.Rows() {
			if got := row.Text(0); got != whole[n][0] {
				t.Errorf("%s: row %d is %s, not %s", query, n+1, got, whole[n][0])
				break
			}
			n++
		}
		limited.Close()
	}
}

func TestRunRefusesNUL(t *testing.T) {
	t.Parallel()
	db := empty(t)
	if _, err := db.Run(context.Background(), "SELECT 1\x00; DROP TABLE person", 0); err == nil {
		t.Error("half a statement was run")
	}
}

func TestRunLetsGoOfLongResults(t *testing.T) {
	t.Parallel()
	db := empty(t)
	r, err := db.Run(context.Background(), "FROM range(300_000)", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	n, sum := 0, 0.0
	for row := range r.Rows() {
		n++
		sum += row.Float(0)
	}
	// 0 + 1 + … + 299999
	if n != 300_000 || sum != 299_999*300_000/2 || r.Complete() || len(r.chunks) > 1 {
		t.Errorf("%d rows, sum %g, complete %t, %d chunks held", n, sum, r.Complete(), len(r.chunks))
	}
}

// Of a query that fails while its rows are read one thread may say only that another stopped
// it. Its error tells why all the same, as it does otherwise.
func TestRunStreamedTellsWhy(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	for _, query := range []string{
		"SELECT if(range = 300000, error('no more'), range) FROM range(400000)",
		"SELECT (CASE range WHEN 300000 THEN 'x' ELSE '1' END)::INTEGER FROM range(400000)",
	} {
		r, err := db.Run(context.Background(), query, Streamed)
		if err != nil {
			t.Fatal(err)
		}
		for range r.Rows() {
		}
		want, got := r.Err(), r.reason(duck.Interrupted)
		if r.Close(); want == nil || got == nil || got.Error() != want.Error() {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	t.Cleanup(func() { run(t, db, "ROLLBACK") })
	runStatement(t, db, "BEGIN")
	if _, err := db.Run(context.Background(), "SELECT error('no more')", 0); err == nil {
		t.Fatal("no error")
	}
	refusal.Says(t, db.whyStopped(context.Background(), "SELECT 1"), "the query failed while its rows were read, and DuckDB does not say why")
}

func TestRunCancelled(t *testing.T) {
	t.Parallel()
	db := empty(t)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := db.Run(ctx, "SELECT sum(a.range * b.range) FROM range(1_000_000) a, range(1_000_000) b", 0)
	if !errors.Is(err, Interrupted) {
		t.Errorf("%v, want interrupted", err)
	}
	if d := time.Since(start); d > 10*time.Second {
		t.Errorf("stopped after %v", d)
	}
	if _, err := db.Run(context.Background(), "SELECT 1", 0); err != nil {
		t.Errorf("after an interrupted statement: %v", err)
	}
}
