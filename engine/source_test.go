package engine

import (
	"context"
	"strings"
	"testing"

	"utvandring/udf/long"
)

// TestSource: who makes invented people marks them, the mark is in the file, and
// it goes with the people: not with an extract that is refused.
func TestSource(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db := fresh(t)
	source := func() string {
		t.Helper()
		text, err := db.Source(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if text := source(); text != "" {
		t.Errorf("an empty register: %s", text)
	}
	fillDemo(t, db, 0.0001, 7)
	for _, readonly := range []bool{true, false}[long.Runs(0, 1):] {
		db.Close()
		db = open(t, db.Path, Options{ReadOnly: readonly})
		if want := "Synthetic demo register (0.0001 of national size, seed 7), not real people."; source() != want {
			t.Errorf("readonly %v: %q, want %q", readonly, source(), want)
		}
	}
	run(t, db, "ATTACH ':memory:' AS other", "USE other")
	if !strings.Contains(source(), "Synthetic") {
		t.Error("after USE of another database: ", source())
	}
	run(t, db, "USE "+db.catalog)
	if _, err := db.Load(ctx, t.TempDir()); err == nil || !strings.Contains(source(), "Synthetic") {
		t.Errorf("after a refused extract (%v): %q", err, source())
	}
	run(t, db, "ALTER TABLE person ADD COLUMN note VARCHAR") // goes with them too
	if _, err := db.Load(ctx, "../testdata/register/definitions"); err != nil || source() != "" {
		t.Errorf("after an extract (%v): %q", err, source())
	}
	same(t, "columns of person", query(t, db, "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'person'"), [][]string{{"6"}})
}
