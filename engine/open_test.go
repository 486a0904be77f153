package engine

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/refusal"
)

func open(t testing.TB, path string, options Options) *DB {
	t.Helper()
	db, err := Open(context.Background(), path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { forget(db) })
	return db
}

func TestOpenShipsReference(t *testing.T) {
	t.Parallel()
	db := empty(t)
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

func TestOpenReadOnlyTellsOfAnotherVersion(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	run(t, db, "UPDATE _prepared SET fingerprint = 'earlier'")
	db.Close()
	if !open(t, db.Path, Options{ReadOnly: true}).Outdated {
		t.Error("views of another version are taken for this one's")
	}
}

// A file of another version becomes one of this: what that one counted, and where, is not what
// this one's views read; panels were views; each shipped table that is another than today is
// made anew with its rows and the user's columns, those of our own too; what is the user's
// where this version has something of its own keeps its content; and a dimension that makes
// no sense stops nothing.
func TestOpenOfAnotherVersion(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db := byHand(t)
	const cells = "SELECT sum(hash(c)), (SELECT sum(hash(p)) FROM (FROM panel_1 UNION ALL FROM panel_2 UNION ALL FROM panel_3) p) FROM population_cell c"
	want := query(t, db, cells)
	run(t, db, `DELETE FROM _quiet_cell; DROP TABLE panel_1; DROP TABLE panel_2; DROP TABLE panel_3;
		CREATE VIEW panel_1 AS SELECT 1 AS year; CREATE VIEW panel_2 AS SELECT 1 AS year; CREATE VIEW panel_3 AS SELECT 1 AS year;
		CREATE OR REPLACE TABLE _division AS SELECT *, 7 AS mine FROM _division; CREATE OR REPLACE TABLE migration AS SELECT *, 'work' AS why FROM migration;
		DROP VIEW emigration; CREATE TABLE emigration AS SELECT 1 AS a; DROP TABLE country_year; CREATE VIEW country_year AS SELECT 2 AS b; CREATE TABLE emigration_own (c INTEGER);
		CREATE OR REPLACE MACRO rate_of(a) AS TABLE SELECT a; CREATE TABLE sur AS SELECT 3 AS c; CREATE OR REPLACE VIEW cell AS SELECT 4 AS d;
		INSERT INTO dimension VALUES ('old', 'person', 'birth_date < today()');
		UPDATE _prepared SET fingerprint = 'earlier', names = list_filter(names, n -> n NOT IN ('emigration', 'country_year', 'rate_of'))`)
	db.Close()
	db = open(t, db.Path, Options{})
	same(t, "cells", query(t, db, cells), want)
	same(t, "rows and columns", query(t, db, "SELECT (SELECT count(mine) > 0 FROM _division), (SELECT any_value(why) FROM migration)"), [][]string{{"true", "work"}})
	if err := db.Exec(ctx, "INSERT INTO migration VALUES (1, '2001-01-01', 'emigration', false, 'SWEDEN', 'x')"); err == nil {
		t.Error("the CHECK of migration has not come back")
	}
	moved := []string{"macro rate_of is the program's own now; yours was: CREATE MACRO rate_of(a) AS TABLE SELECT a",
		"table country_year is the program's own now; yours is country_year_own", "view emigration is the program's own now; yours is emigration_own_own"}
	if got := slices.Sorted(slices.Values(db.Moved)); !slices.Equal(got, moved) {
		t.Errorf("%q", got)
	}
	same(t, "kept", query(t, db, "SELECT a, b, c FROM emigration_own_own, country_year_own, sur"), [][]string{{"1", "2", "3"}})
	same(t, "shipped", query(t, db, "SELECT count(*) > 0, (SELECT count(country_code) = 0 FROM country_year), (SELECT count(*) > 0 FROM cell) FROM emigration"), [][]string{{"true", "true", "true"}})
	db.Close()
	db = open(t, db.Path, Options{})
	if db.Recounted {
		t.Error("counted again for the same version")
	}
	if left := db.LeftOut(); len(left) != 1 || !strings.HasPrefix(left[0], "dimension old: 'birth_date < today()' calls today()") {
		t.Errorf("left out %q", left)
	}
	_, err := db.Run(ctx, "FROM frequency_by_old", 0)
	refusal.Says(t, err, "calls today()")
}

// Whatever the name, the database is the file of that name, and options are no
// part of it.
func TestOpenTakesPathsAsTheyAre(t *testing.T) {
	content, err := prepared()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, path := range long.Rows([]string{"æøå #1 & it's \"x\".duckdb", "a b.duckdb", "50%41.duckdb", "md:a", "file:a.duckdb", ":memory:a", "a?threads=1", "?", "50%.duckdb", "a\nb"}, 10) {
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
	t.Parallel()
	ctx := context.Background()
	db := refusing(t)
	before := query(t, db, "SELECT sum(hash(p)) FROM person p")
	for _, edit := range []string{
		"person.csv: 9,female => 9,f", // the table refuses it
		"migration.csv: GBR => UKD",   // the check does
	}[:long.Runs(2, 1)] {
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
	t.Parallel()
	ctx := context.Background()
	db := alone(t, sharedOwn)
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
	before := count()
	exec("BEGIN; INSERT INTO person VALUES (4, 'female', '1980-01-01', 'SWE', true, '2000-01-01'); INSERT INTO residence VALUES (4, '0106', '2000-01-01', NULL)")
	refresh(t, db)
	if count() <= before {
		t.Error("nothing was counted")
	}
	exec("ROLLBACK")
	if n := count(); n != before {
		t.Errorf("%d cells outlived the user's ROLLBACK", n-before)
	}
	// What it was counted by is that of before too.
	exec("ATTACH ':memory:' AS other")
	defer exec("DETACH other")
	for _, change := range []string{"DELETE FROM dimension WHERE dimension = 'region'", "INSERT INTO dimension VALUES ('old', 'age', '0, 80')"}[:long.Runs(2, 0)] {
		exec("BEGIN; " + change)
		refresh(t, db)
		exec("USE other")
		runStatement(t, db, "ROLLBACK").Close()
		exec("USE memory")
		if names := db.Dimensions(); names[len(names)-1] != "age_1" || !slices.Contains(names, "region") || !slices.Contains(db.named, "region") {
			t.Errorf("%s rolled back: %q, %q", change, names, db.named)
		}
	}
	if long.Asked() {
		refresh(t, db)
	}
}
