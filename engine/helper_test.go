package engine

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/refusal"
)

const definitions = "../testdata/register/definitions"

// run runs statements that are to go well.
func run(t testing.TB, db *DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if err := db.Exec(context.Background(), s); err != nil {
			t.Fatalf("%.1000s: %v", s, err)
		}
	}
}

func refresh(t testing.TB, db *DB) {
	t.Helper()
	if err := db.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// fillDemo puts a synthetic register into a database.
func fillDemo(t testing.TB, db *DB, scale float64, seed uint64) {
	t.Helper()
	if err := db.Demo(context.Background(), scale, seed); err != nil {
		t.Fatal(err)
	}
}

// query gives the rows of a query as text, NULL as "".
func query(t *testing.T, db *DB, text string) [][]string {
	t.Helper()
	table, err := texts(db, "SELECT COLUMNS(*)::VARCHAR FROM ("+text+")", "")
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return table
}

// texts gives the rows of a query as Go writes its values.
func texts(db *DB, query, null string) (table [][]string, err error) {
	result, err := db.conn.Query(context.Background(), query)
	if err != nil {
		return nil, err
	}
	defer result.Close()
	values, into := make([]any, len(result.Columns)), make([]any, len(result.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	for chunk := result.Fetch(); chunk != nil; chunk = result.Fetch() {
		defer chunk.Close()
		for row := range chunk.Size {
			if err := chunk.Scan(row, into...); err != nil {
				return nil, err
			}
			cells := make([]string, len(values))
			for i, v := range values {
				if cells[i] = null; v != nil {
					cells[i] = fmt.Sprint(v)
				}
			}
			table = append(table, cells)
		}
	}
	return table, nil
}

// some are the rows of long.Rows by text, in the order of these.
func some[V any](rows map[string]V, every int) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, text := range long.Rows(slices.Sorted(maps.Keys(rows)), every) {
			if !yield(text, rows[text]) {
				return
			}
		}
	}
}

// same compares rows with expected ones and tells the first that differ.
func same(t *testing.T, what string, got, want [][]string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || !slices.Equal(got[i], want[i]) {
			t.Errorf("%s: row %d of %d is %v, want row of %d %v", what, i+1, len(got), at(got, i), len(want), at(want, i))
			return
		}
	}
}

func at(rows [][]string, i int) []string {
	if i < len(rows) {
		return rows[i]
	}
	return nil
}

// insertion gathers rows by the table, or table (columns), that they go into: a
// statement for each row would take ten times as long.
type insertion map[string][]string

func (i insertion) add(table, values string, args ...any) {
	i[table] = append(i[table], "("+fmt.Sprintf(values, args...)+")")
}

func (i insertion) String() string {
	var b strings.Builder
	for table, rows := range i {
		fmt.Fprintf(&b, "INSERT INTO %s VALUES %s;\n", table, strings.Join(rows, ",\n"))
	}
	return b.String()
}

func load(t *testing.T, dir string) (*DB, LoadSummary) {
	t.Helper()
	db := fresh(t)
	summary, err := db.Load(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return db, summary
}

// refuses runs a query that is to fail, with want in what it says.
func refuses(t *testing.T, db *DB, query, want string) {
	t.Helper()
	_, err := tryRows(db, query)
	refusal.Says(t, err, want, query)
}
