package udf_test

import (
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"utvandring/udf/duck"
)

// What Go is given for each type, and gives.
func TestScan(t *testing.T) {
	conn := connect(t)
	row := conn.Row(context.Background(), `SELECT $1 || '!', $2 + 1, $3 / 2, NOT $4, $5::VARCHAR IS NULL,
		1.50::DECIMAL(9,2), 1::FLOAT, (-41)::HUGEINT, 18446744073709551615::UBIGINT, DATE '2013-01-01', [1, 2], NULL`,
		"it's", 41, 3.0, true, nil)
	var got [12]any
	var into []any
	for i := range got {
		into = append(into, &got[i])
	}
	if err := row.Scan(into...); err != nil {
		t.Fatal(err)
	}
	want := [12]any{"it's!", int64(42), 1.5, false, true, 1.5, 1.0, "-41", "18446744073709551615", "2013-01-01", "[1, 2]", nil}
	if got != want {
		t.Errorf("%#v\nwant %#v", got, want)
	}
	if err := conn.Exec(context.Background(), "SELECT $1", struct{}{}); err == nil {
		t.Error("a struct is taken for a parameter")
	}
	result, err := conn.Query(context.Background(), "CREATE TABLE t AS FROM range(7); DELETE FROM t WHERE range > 2")
	if err != nil {
		t.Fatal(err)
	}
	if result.Close(); result.Changed != 4 {
		t.Error(result.Changed)
	}
}

// Two that open one file share it; a read-only one writes nothing.
func TestOpen(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a?access_mode=read_only.duckdb")
	first, closeFirst := open(t, path, nil)
	second, closeSecond := open(t, path, nil)
	if err := first.Exec(ctx, "CREATE TABLE t AS SELECT 42 AS a"); err != nil {
		t.Fatal(err)
	}
	var a int
	if err := second.Row(ctx, "FROM t").Scan(&a); err != nil || a != 42 {
		t.Error(a, err)
	}
	closeFirst()
	closeSecond()
	if err := first.Exec(ctx, "SELECT 1"); err == nil {
		t.Error("a closed connection runs a statement")
	}
	reader, _ := open(t, path, map[string]string{"access_mode": "read_only"})
	if err := reader.Row(ctx, "FROM t").Scan(&a); err != nil || a != 42 {
		t.Error(a, err)
	}
	if err := reader.Exec(ctx, "DROP TABLE t"); err == nil {
		t.Error("a read-only database was written to")
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "none", "a"), t.TempDir(), "a\x00b"} {
		if _, err := duck.Open(path, nil); err == nil {
			t.Errorf("opened %q", path)
		}
	}
	if _, err := duck.Open("", map[string]string{"acess_mode": "read_only"}); err == nil {
		t.Error("opened with a setting that there is not")
	}
}

// A table is there, in another database too, or not; what cannot be told is an error.
func TestHasTable(t *testing.T) {
	conn := connect(t)
	exec(t, conn, "CREATE TABLE t (a INTEGER); ATTACH ':memory:' AS other; CREATE TABLE other.u (a INTEGER); CREATE SCHEMA s; CREATE TABLE s.w (a INTEGER); CREATE TEMP TABLE v (a INTEGER)")
	for name, want := range map[string]bool{"memory.t": true, "memory.u": false, "other.u": true, "other.t": false, "memory.w": false, "memory.v": false, "nowhere.t": false} {
		database, table, _ := strings.Cut(name, ".")
		if got, err := conn.HasTable(context.Background(), database, table); err != nil || got != want {
			t.Errorf("%s: %v %v", name, got, err)
		}
	}
	exec(t, conn, "BEGIN")
	if err := conn.Exec(context.Background(), "SELECT error('x')"); err == nil {
		t.Fatal("no error")
	}
	if got, err := conn.HasTable(context.Background(), "memory", "t"); err == nil {
		t.Error("told in an aborted transaction: ", got)
	}
}

// Progress is known while a scan runs, from another goroutine, and not between.
func TestProgress(t *testing.T) {
	conn := connect(t)
	exec(t, conn, "SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0; CREATE TABLE t AS SELECT i FROM range(2000000) r(i)")
	if _, known := conn.Progress(); known {
		t.Error("progress of nothing")
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	highest := make(chan float64)
	go func() {
		most := math.Inf(-1)
		for ctx.Err() == nil {
			if percent, known := conn.Progress(); known && percent > most && percent <= 100 {
				if most = percent; most > 0 {
					cancel()
				}
			}
		}
		highest <- most
	}()
	// It is 0 again behind the scan of b, for a quarter of an hour: where that was missed, once more.
	for range 20 {
		some, stop := context.WithTimeout(ctx, time.Second)
		conn.Exec(some, "SELECT count(*) FROM t a, t b WHERE hash(a.i + b.i) = 0")
		stop()
	}
	cancel()
	if most := <-highest; most <= 0 {
		t.Errorf("no progress: %v", most)
	}
}

// This package is the only one that knows DuckDB's driver, C and memory.
func TestNoOtherPackageTouchesDuckDB(t *testing.T) {
	const root = ".."
	n := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || filepath.Dir(path) == filepath.Join(root, "udf", "duck") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		n++
		for _, i := range file.Imports {
			switch name, _ := strconv.Unquote(i.Path.Value); {
			case name == "C", name == "unsafe", name == "reflect", strings.HasPrefix(name, "github.com/duckdb/"):
				t.Errorf("%s imports %s: let udf/duck do what needs it", path, name)
			}
		}
		return nil
	})
	if err != nil || n < 100 {
		t.Error(n, err)
	}
}

// What a query gives, read chunk by chunk.
func Example_query() {
	db, _ := duck.Open("", nil)
	defer db.Close()
	conn, _ := db.Connect()
	defer conn.Close()
	result, _ := conn.Query(context.Background(), "SELECT i, {'half': i / 2} AS s FROM range(3) r(i)")
	defer result.Close()
	for chunk := result.Fetch(); chunk != nil; chunk = result.Fetch() {
		for row := range chunk.Size {
			fmt.Println(chunk.Columns[0].Float(row), string(chunk.Columns[1].AppendText(nil, row)))
		}
		chunk.Close()
	}
	// Output:
	// 0 {'half': 0.0}
	// 1 {'half': 0.5}
	// 2 {'half': 1.0}
}

// What fails while it runs says why, in DuckDB's words, also after some rows went well.
func TestErrorOfAStatementThatRuns(t *testing.T) {
	conn := connect(t)
	for _, c := range [][2]string{ // in this order: the third locks the settings
		{"SELECT error('no')", "Invalid Input Error: no"},
		{"SET nothing_such = 1", "Catalog Error: unrecognized configuration parameter"},
		{"SET lock_configuration = true; SET threads = 1", "Invalid Input Error: Cannot change configuration option"},
		{"SELECT (CASE range WHEN 99999 THEN 'x' ELSE '1' END)::INTEGER FROM range(100000)", "Conversion Error: Could not convert string 'x'"},
	} {
		statement, want := c[0], c[1]
		if err := conn.Exec(context.Background(), statement); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", statement, err)
		}
	}
	// That a thread was stopped by another one's error is no reason.
	if err := duck.Failure(context.Background(), "INTERRUPT Error: Interrupted!"); err != duck.Interrupted {
		t.Errorf("%T: %v", err, err)
	}
}
