package udf_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"utvandring/udf/duck"
	"utvandring/udf/long"
)

type key struct{}

// who writes what the context of the statement says to every row.
var who = duck.Function{Name: "_who", Args: 1, Result: duck.Varchar, Call: func(ctx context.Context, _ []duck.Vector, rows int, result duck.Output) error {
	name, _ := ctx.Value(key{}).(string)
	for i := range rows {
		result.PutText(i, []string{name})
	}
	return nil
}}

// wait waits until its statement is cancelled, and tells of its beginning.
func wait(t testing.TB, begun chan bool) duck.Function {
	return duck.Function{Name: "_wait", Args: 1, Result: duck.Boolean, Call: func(ctx context.Context, _ []duck.Vector, _ int, _ duck.Output) error {
		begun <- true
		select {
		case <-ctx.Done():
		case <-time.After(5 * time.Second):
			t.Error("called with the context of a statement that nobody cancels")
		}
		return ctx.Err()
	}}
}

// ask runs a statement that answers who runs it.
func ask(t testing.TB, conn *duck.Conn, statement, name string) {
	t.Helper()
	var got string
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), key{}, name))
	defer cancel()
	if err := conn.Row(ctx, statement).Scan(&got); err != nil || got != name {
		t.Errorf("%s of %s: %s, %v", statement, name, got, err)
	}
}

// A function has the context of the statement that calls it: of each run of a
// prepared one, and while it is planned.
func TestFunctionHasTheStatementsContext(t *testing.T) {
	conn := connect(t, who)
	exec(t, conn, "PREPARE p AS SELECT max(_who(i)) FROM range(5000) r(i); CREATE VIEW v AS SELECT _who(i) FROM range(1) r(i)")
	for _, name := range []string{"one", "two", "three"} {
		ask(t, conn, "EXECUTE p", name)
		ask(t, conn, "FROM v", name)
		ask(t, conn, "SELECT _who(1)", name) // computed while it is planned
	}
}

// So has it where several have opened one file, and each its functions.
func TestFunctionsOfSeveralThatOpenOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.duckdb")
	var conns []*duck.Conn
	for range 3 {
		conn, end := open(t, path, nil)
		if err := conn.Register(who); err != nil {
			t.Fatal(err)
		}
		conns = append(conns, conn)
		if len(conns) == 3 { // the first two go on after the third has closed it
			end()
		}
	}
	var wait sync.WaitGroup
	for n, conn := range conns[:2] {
		wait.Go(func() {
			for range 50 {
				ask(t, conn, "SELECT max(_who(i)) FROM range(3000) r(i)", fmt.Sprint("connection ", n))
			}
		})
	}
	wait.Wait()
}

// The driver's own functions had a data race here, for go test -race to see: their
// context was read by one thread of a query while another set it.
func TestFunctionOnSeveralThreads(t *testing.T) {
	conn := connect(t, who)
	exec(t, conn, "SET threads = 4; CREATE TABLE t AS SELECT i FROM range(500000) r(i)")
	ctx := context.WithValue(context.Background(), key{}, "me")
	for range long.Runs(10, 1) {
		var n int
		if err := conn.Row(ctx, "SELECT count(*) FROM t WHERE i % 122880 = 5 AND _who(i) = 'me'").Scan(&n); err != nil || n != 5 {
			t.Fatal(n, err)
		}
	}
}

// Cancelling stops DuckDB's own work and that of a function, whether it is called
// by a query, while that is planned, or by one of several statements. The
// connection works as before.
func TestCancel(t *testing.T) {
	begun := make(chan bool, 100)
	conn := connect(t, wait(t, begun))
	exec(t, conn, "CREATE TEMP TABLE own AS SELECT 1 AS a")
	for _, statement := range []string{
		"SELECT count(*) FROM range(1000000000000) r(i) WHERE hash(i) = 0",
		"SELECT bool_or(_wait(i)) FROM range(1000) r(i)",
		"SELECT _wait(1)",
		"SELECT 1; SELECT _wait(i) FROM range(10) r(i); SELECT 3",
	} {
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			if strings.Contains(statement, "_wait") {
				<-begun
			} else {
				time.Sleep(20 * time.Millisecond)
			}
			cancel()
		}()
		err := conn.Exec(ctx, statement)
		if !errors.Is(err, duck.Interrupted) || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", statement, err)
		}
		for len(begun) > 0 {
			<-begun
		}
		if err := conn.Exec(ctx, "SELECT 1"); !errors.Is(err, context.Canceled) {
			t.Errorf("begun although cancelled: %v", err)
		}
		exec(t, conn, "SELECT 1")
	}
	var n int
	if err := conn.Row(context.Background(), "SELECT count(*) FROM own").Scan(&n); err != nil || n != 1 {
		t.Error(n, err)
	}
}

// A failure or panic of a function is the statement's error.
func TestFunctionFails(t *testing.T) {
	conn := connect(t,
		duck.Function{Name: "_fail", Args: 1, Result: duck.BigInt, Call: func(context.Context, []duck.Vector, int, duck.Output) error { return errors.New("as asked") }},
		duck.Function{Name: "_panic", Args: 0, Result: duck.BigInt, Call: func(_ context.Context, args []duck.Vector, _ int, _ duck.Output) error { _ = args[3]; return nil }})
	for statement, want := range map[string]string{
		"SELECT _fail(NULL)":  "as asked",
		"SELECT _panic()":     "internal error: runtime error: index out of range",
		"SELECT _fail()":      "No function matches",
		"SELECT _absent(1)":   "_absent does not exist",
		"SELECT 1; SELECT 2/": "syntax error",
		" -- only a comment":  "there is no statement here",
		"SELECT $1":           "has a parameter",
	} {
		if err := conn.Exec(context.Background(), statement); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", statement, err, want)
		}
	}
	exec(t, conn, "SELECT 1")
}
