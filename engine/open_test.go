package engine

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
)

func open(t testing.TB, path string, options Options) *DB {
	t.Helper()
	db, err := Open(context.Background(), path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestOpenShipsReference(t *testing.T) {
	db := open(t, Memory, Options{})
	// 428 municipalities of 2013 (table 5.1), nine models with four equations each.
	for query, want := range map[string]int{
		"SELECT count(*) FROM municipality":                       428,
		"SELECT count(*) FROM model":                              9,
		"SELECT count(*) FROM equation":                           36,
		"SELECT count(DISTINCT county) FROM municipality":         19,
		"SELECT len(_names('4.1')) + len(_names(['4.1', '4.7']))": 3,
	} {
		var got int
		if err := db.Conn().Row(context.Background(), query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %d, %v; want %d", query, got, err, want)
		}
	}
}

func TestOpenReadOnlyNeedsNothing(t *testing.T) {
	db := fresh(t)
	db.Close()
	db = open(t, db.Path, Options{ReadOnly: true})
	if db.Outdated {
		t.Error("outdated as soon as it is prepared")
	}
	var n int
	if err := db.Conn().Row(context.Background(), "SELECT count(*) FROM municipality").Scan(&n); err != nil || n != 428 {
		t.Fatal(n, err)
	}
}

func TestOpenReadOnlyTellsOfAnotherVersion(t *testing.T) {
	db := fresh(t)
	run(t, db, "UPDATE _prepared SET fingerprint = 'earlier'")
	db.Close()
	if !open(t, db.Path, Options{ReadOnly: true}).Outdated {
		t.Error("views of another version are taken for this one's")
	}
}

// What another version counted, and where, is not what this one's views read.
func TestOpenCountsTheRegisterOfAnotherVersionAnew(t *testing.T) {
	db := byHand(t)
	const cells = "SELECT sum(hash(c)) FROM population_cell c"
	want := query(t, db, cells)
	run(t, db, "DELETE FROM _quiet_cell; UPDATE _prepared SET fingerprint = 'earlier'")
	db.Close()
	db = open(t, db.Path, Options{})
	same(t, "population_cell", query(t, db, cells), want)
	db.Close()
	db = open(t, db.Path, Options{})
	if db.Recounted {
		t.Error("counted again for the same version")
	}
}

// What is the user's where a later version has something of its own keeps its content.
func TestOpenMovesAside(t *testing.T) {
	db := byHand(t)
	run(t, db, `DROP VIEW emigration; CREATE TABLE emigration AS SELECT 1 AS a; DROP TABLE country_year; CREATE VIEW country_year AS SELECT 2 AS b; CREATE TABLE emigration_own (c INTEGER);
		CREATE OR REPLACE MACRO rate_of(a) AS TABLE SELECT a; CREATE TABLE sur AS SELECT 3 AS c; CREATE OR REPLACE VIEW cell AS SELECT 4 AS d;
		UPDATE _prepared SET fingerprint = 'earlier', names = list_filter(names, n -> n NOT IN ('emigration', 'country_year', 'rate_of'))`)
	db.Close()
	db = open(t, db.Path, Options{})
	want := []string{"macro rate_of is the program's own now; yours was: CREATE MACRO rate_of(a) AS TABLE SELECT a",
		"table country_year is the program's own now; yours is country_year_own", "view emigration is the program's own now; yours is emigration_own_own"}
	if got := slices.Sorted(slices.Values(db.Moved())); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	same(t, "kept", query(t, db, "SELECT a, b, c FROM emigration_own_own, country_year_own, sur"), [][]string{{"1", "2", "3"}})
	same(t, "shipped", query(t, db, "SELECT count(*) > 0, (SELECT count(country_code) = 0 FROM country_year), (SELECT count(*) > 0 FROM cell) FROM emigration"), [][]string{{"true", "true", "true"}})
}

// Whatever the name, the database is the file of that name, and options are no
// part of it.
func TestOpenTakesPathsAsTheyAre(t *testing.T) {
	content, err := prepared()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, path := range []string{"a b.duckdb", "50%41.duckdb", "æøå #1 & it's \"x\".duckdb", "md:a", "file:a.duckdb", ":memory:a", "?", "a?threads=1", "50%.duckdb", "a\nb"} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		db := open(t, path, Options{})
		if err := db.Exec(context.Background(), "CREATE TABLE here AS SELECT 42 AS a"); err != nil {
			t.Error(err)
		}
		db.Close()
		db = open(t, path, Options{ReadOnly: true})
		same(t, path, query(t, db, "FROM here"), [][]string{{"42"}})
		db.Close()
	}
	before, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"none/a.duckdb", ".", "a\x00b"} {
		db, err := Open(context.Background(), path, Options{})
		if err == nil {
			db.Close()
			t.Errorf("opened %q", path)
		} else if !strings.HasPrefix(err.Error(), "open "+path+": ") {
			t.Error(err)
		}
	}
	if after, _ := os.ReadDir("."); len(after) != len(before) {
		t.Errorf("files made for refused paths: %v", after)
	}
}

// A load that fails within a transaction of the user's must not be committed
// half done with it.
func TestLoadThatFailsEndsTheUsersTransaction(t *testing.T) {
	ctx := context.Background()
	db := byHand(t)
	before := query(t, db, "SELECT sum(hash(p)) FROM person p")
	for _, edit := range []string{
		"person.csv: 9,female => 9,f", // the table refuses it
		"migration.csv: GBR => UKD",   // the check does
	} {
		run(t, db, "BEGIN")
		_, err := db.Load(ctx, extract(t, edit))
		if err == nil || !strings.Contains(err.Error(), ".csv line ") || !strings.HasSuffix(err.Error(), "your transaction is aborted: ROLLBACK") {
			t.Error(err)
		}
		db.Exec(ctx, "COMMIT") // DuckDB rolls back
		same(t, "register", query(t, db, "SELECT sum(hash(p)) FROM person p"), before)
	}
}

// A refresh in a transaction of the user's is part of it: rolled back with it,
// and not its end.
func TestInTransactionJoinsTheUsers(t *testing.T) {
	ctx := context.Background()
	db := fresh(t)
	exec := func(statements string) {
		t.Helper()
		run(t, db, statements)
	}
	count := func() (n int) {
		t.Helper()
		if err := db.Conn().Row(ctx, "SELECT count(*) FROM population_cell").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	exec("BEGIN; INSERT INTO person VALUES (1, 'female', '1980-01-01', 'SWE', true, '2000-01-01'); INSERT INTO residence VALUES (1, '0301', '2000-01-01', NULL)")
	refresh(t, db)
	if count() == 0 {
		t.Error("nothing was counted")
	}
	exec("ROLLBACK")
	if n := count(); n != 0 {
		t.Errorf("%d cells outlived the user's ROLLBACK", n)
	}
	// What it was counted by is that of before too.
	exec("CREATE TABLE land AS SELECT municipality_code, 1 AS part FROM municipality; INSERT INTO dimension VALUES ('land', 'place', 'land.part'); ATTACH ':memory:' AS other")
	refresh(t, db)
	for _, change := range []string{"DELETE FROM dimension WHERE dimension = 'land'", "INSERT INTO dimension VALUES ('old', 'age', '0, 80')"} {
		exec("BEGIN; " + change)
		refresh(t, db)
		exec("USE other")
		runStatement(t, db, "ROLLBACK").Close()
		exec("USE memory")
		if names := db.Dimensions(); names[len(names)-1] != "land" || !slices.Contains(db.named, "land") {
			t.Errorf("%s rolled back: %q, %q", change, names, db.named)
		}
	}
	if err := db.Refresh(ctx); err != nil {
		t.Error(err)
	}
}
