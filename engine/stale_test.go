package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"utvandring/udf/duck"
	"utvandring/udf/long"
	"utvandring/udf/refusal"
)

// small is a register of three persons.
const small = `
	INSERT INTO person VALUES (1, 'female', '1980-03-01', 'SWE', true, '2001-05-01'), (2, 'male', '1970-01-01', 'POL', true, '2003-01-01'), (3, 'male', '1990-01-01', 'NOR', false, NULL);
	INSERT INTO residence VALUES (1, '0301', '2001-05-01', '2005-03-01'), (2, '0301', '2003-01-01', NULL), (3, '0301', '1990-01-01', NULL);
	INSERT INTO migration VALUES (1, '2001-05-01', 'immigration', false, 'SWE'), (1, '2005-03-01', 'emigration', false, 'SWE'), (2, '2003-01-01', 'immigration', false, 'POL')`

// smallRegister is the hand-made one in a file.
func smallRegister(t *testing.T) (path string) {
	t.Helper()
	content, err := preparedByHand()
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "small.duckdb")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// ownRegister is that of three in a database of the test's own, counted by dimensions of one's own too.
func ownRegister(t *testing.T) *DB {
	t.Helper()
	return copyOf(t, preparedOwn)
}

// sharedOwn is one that tests share which leave it as it was.
var sharedOwn = sharedOf(preparedOwn, Options{})

var preparedOwn = sync.OnceValues(func() ([]byte, error) {
	return prepare(func(db *DB) error {
		err := db.Exec(context.Background(), small+`; CREATE TABLE Region AS SELECT municipality_code, 'east' AS region FROM municipality;
			CREATE TABLE wave (born DATE, name VARCHAR); CREATE TABLE base AS SELECT municipality_code, 'east' AS part FROM municipality; CREATE TABLE part AS SELECT 1 AS a;
			CREATE VIEW inner_one AS SELECT *, DATE '2020-01-01' AS day FROM base; CREATE VIEW area AS FROM inner_one;
			CREATE MACRO old(d) AS d < DATE '1975-01-01'; CREATE MACRO older(d) AS old(d); CREATE VIEW unread AS SELECT 1 AS part;
			INSERT INTO dimension VALUES ('region', 'place', 'Region.region'), ('birthday', 'person', '(SELECT max(name) FROM wave WHERE born < birth_date)'), ('area', 'place', ' area.part'),
				('b', 'person', 'older(birth_date)'), ('age_1', 'age', '0, 9, 10, 22, 23, 24, 25')`)
		if err != nil {
			return err
		}
		return db.Refresh(context.Background())
	})
})

const before = "the counts, panels and figures are those of before (.refresh counts anew)"

// Which statements change what is counted from, and which do not.
func TestStaleAfterStatement(t *testing.T) {
	t.Parallel()
	path := smallRegister(t)
	db := open(t, path, Options{})
	ctx := context.Background()
	dir := t.TempDir()
	csv := filepath.Join(dir, "migration.csv")
	one, two := " has changed since it was counted: "+before, " have changed since they were counted: "+before
	for statements, want := range some(map[string]string{
		"DELETE FROM migration WHERE direction = 'emigration'":                                                    "table migration" + one,
		"DELETE FROM main.migration":                                                                              "table migration" + one,
		`DELETE FROM "small"."main"."migration"`:                                                                  "table migration" + one,
		"DELETE FROM migration RETURNING *":                                                                       "table migration" + one,
		"WITH a AS (SELECT 1 AS p) DELETE FROM person WHERE person_id IN (FROM a)":                                "table person" + one,
		"TRUNCATE migration":                                                                                      "table migration" + one,
		"UPDATE person SET sex = 'male'":                                                                          "table person" + one,
		"INSERT INTO residence BY NAME SELECT * REPLACE (7 AS person_id) FROM residence":                          "table residence" + one,
		"INSERT OR REPLACE INTO person VALUES (1, 'male', '1980-03-01', 'SWE', true, '2001-05-01')":               "table person" + one,
		"UPDATE country SET country_group = 4 - country_group WHERE country_code = 'SWE'":                         "table country" + one,
		"INSERT INTO register_period VALUES (1990, 2010)":                                                         "table register_period" + one,
		"UPDATE study SET value = '1994' WHERE setting = 'division'":                                              "table study" + one,
		"DELETE FROM migration; UPDATE person SET sex = 'female'; DELETE FROM country WHERE country_code = 'FRO'": "tables person, migration and country" + two,
		"PREPARE d AS DELETE FROM migration; EXECUTE d":                                                           "table migration" + one,
		"COPY migration TO '" + csv + "'; COPY migration FROM '" + csv + "'":                                      "table migration" + one,
		"BEGIN; DELETE FROM migration; COMMIT":                                                                    "table migration" + one,

		"PREPARE u AS UPDATE person SET sex = 'male' WHERE person_id = ?; EXECUTE u(1)":               "table person" + one,
		"EXPLAIN ANALYZE UPDATE person SET sex = 'male'":                                              "table person" + one,
		"ATTACH ':memory:' AS third; USE third; UPDATE small.main.person SET sex = 'male'; USE small": "table person" + one,
		"CREATE SCHEMA s; USE s; UPDATE person SET sex = 'male'; USE small.main; DROP SCHEMA s":       "table person" + one,

		"DELETE FROM migration WHERE person_id = 99":      "",
		"BEGIN; UPDATE person SET sex = 'male'; ROLLBACK": "",
		"UPDATE country SET country_group = 4 - country_group WHERE country_code = 'SWE'; UPDATE country SET country_group = 4 - country_group WHERE country_code = 'SWE'": "",
		"CREATE TABLE person_2 AS FROM person; DELETE FROM person_2; DROP TABLE person_2":                                                                                  "",
		"COPY person TO '" + filepath.Join(dir, "person.csv") + "'; COPY (FROM person) TO '" + csv + "'":                                                                   "",
		"ATTACH ':memory:' AS other; CREATE TABLE other.person (a INTEGER); INSERT INTO other.person VALUES (1)":                                                           "",
		"INSERT INTO equation VALUES ('mine', '1', 'y', 'y = $a'); SELECT 'DELETE FROM person', * REPLACE (1 AS person_id) FROM person":                                    "",
		"CREATE TEMP TABLE person (a INTEGER); INSERT INTO person VALUES (1); UPDATE person SET a = 2; DROP TABLE person":                                                  "",
		"CREATE TEMP TABLE temp.person (a INTEGER); INSERT INTO temp.person VALUES (1); DROP TABLE temp.person":                                                            "",
		"CREATE SCHEMA s; CREATE TABLE s.person (a INTEGER); USE s; INSERT INTO person VALUES (1); USE main; DROP SCHEMA s CASCADE":                                        "",
		"ATTACH ':memory:' AS fourth; USE fourth; CREATE TABLE person (a INTEGER); INSERT INTO person VALUES (1); USE small":                                               "",
		"PREPARE v AS UPDATE person SET sex = 'male' WHERE person_id = ?; EXECUTE v(99)":                                                                                   "",
		"CREATE TEMP TABLE t (a VARCHAR); INSERT INTO t VALUES ('INSERT INTO person')":                                                                                     "",
	}, 9) {
		for _, s := range strings.Split(statements, "; ") {
			runStatement(t, db, s).Close()
		}
		for when, sure := range map[string]bool{"at once": false, "sure": true} {
			if got := db.Stale(ctx, sure); got != want {
				t.Errorf("%s: %s: %q, want %q", statements, when, got, want)
			}
		}
		db.stale = nil
		if db.lookForStale(ctx, false); db.Stale(ctx, false) != want {
			t.Errorf("%s: after reopening %q, want %q", statements, db.Stale(ctx, false), want)
		}
		run(t, db, "DELETE FROM person; DELETE FROM residence; DELETE FROM migration; DELETE FROM register_period; "+small)
		if err := db.recordCounted(ctx); err != nil {
			t.Fatal(err)
		}
	}
	runStatement(t, db, "UPDATE person SET sex = 'male'")
	db.Close()
	if got := open(t, path, Options{ReadOnly: true}).Stale(ctx, false); got != "table person"+one {
		t.Errorf("reopened: %q", got)
	}
}

// A table of the user's that a dimension names is counted from too.
func TestStaleOwnTable(t *testing.T) {
	t.Parallel()
	db := ownRegister(t)
	ctx, path := context.Background(), db.Path
	runStatement(t, db, "UPDATE region SET region = 'west' WHERE municipality_code = '0301'")
	if got := db.Stale(ctx, false); got != "table region has changed since it was counted: "+before {
		t.Errorf("%q", got)
	}
	if err := db.Refresh(ctx); err != nil || db.Stale(ctx, true) != "" {
		t.Errorf("%q, %v", db.Stale(ctx, true), err)
	}
	// One that is gone has changed, and what else changes is told too.
	runStatement(t, db, "DROP TABLE region")
	runStatement(t, db, "DELETE FROM migration")
	want := "tables migration and region have changed since they were counted: " + before
	for _, when := range []string{"at once", "reopened"} {
		if when == "reopened" {
			db.Close()
			db = open(t, path, Options{})
		}
		if got := db.Stale(ctx, false); got != want {
			t.Errorf("%s: %q", when, got)
		}
	}
	refusal.Says(t, db.Refresh(ctx), "dimension region: there is no table Region: make it")
	run(t, db, "CREATE VIEW region AS SELECT municipality_code, 'north' AS region FROM municipality")
	refresh(t, db)
	for _, statement := range []string{"CREATE OR REPLACE VIEW region AS SELECT municipality_code, 'south' AS region FROM municipality", "DROP VIEW region"} {
		db.stale = nil
		if runStatement(t, db, statement); db.Stale(ctx, false) != "table region has changed since it was counted: "+before {
			t.Errorf("%s: %q", statement, db.Stale(ctx, false))
		}
	}
}

// What an expression or a view of the user's reads is followed too, and the texts of views and
// macros.
func TestStaleWhatDimensionsRead(t *testing.T) {
	t.Parallel()
	db := ownRegister(t)
	if got := db.Stale(context.Background(), true); got != "" {
		t.Errorf("reopened: %q", got)
	}
	for _, c := range []struct{ statement, want string }{
		{"CREATE OR REPLACE VIEW unread AS SELECT 2 AS part", "[]"},
		{"INSERT INTO part VALUES (2)", "[]"},
		{"INSERT INTO wave VALUES ('1900-01-01', 'first')", "[wave]"},
		{"CREATE OR REPLACE MACRO old(d) AS d < DATE '1985-01-01'", "[macro old wave]"},
		{"CREATE OR REPLACE VIEW inner_one AS SELECT *, DATE '2020-01-02' AS day FROM base", "[inner_one macro old wave]"},
		{"DROP TABLE base", "[base inner_one macro old wave]"}, // which breaks the view
	} {
		if runStatement(t, db, c.statement); fmt.Sprint(db.stale) != c.want {
			t.Errorf("%s: %s, want %s", c.statement, db.stale, c.want)
		}
	}
	want := "tables base, inner_one, macro old and wave have changed since they were counted: " + before
	db.Close()
	db = open(t, db.Path, Options{})
	if got := db.Stale(context.Background(), false); got != want {
		t.Errorf("reopened: %q", got)
	}
}

// What another program has changed while the file was closed: rows that came or went
// are seen at opening, others when every row is looked at.
func TestStaleByAnotherProgram(t *testing.T) {
	t.Parallel()
	for statement, atOnce := range some(map[string]bool{
		"DELETE FROM residence WHERE person_id = 3":          true,
		"UPDATE person SET sex = 'male' WHERE person_id = 1": false,
		"UPDATE municipality SET centrality = 1":             true, // a small table
		"CREATE TABLE notes_of_mine (a INTEGER)":             false,
	}, 3) {
		path := smallRegister(t)
		other, err := duck.Open(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		conn, err := other.Connect()
		if err != nil {
			t.Fatal(err)
		}
		ctx := context.Background()
		if err := conn.Exec(ctx, statement); err != nil {
			t.Fatal(err)
		}
		conn.Close()
		other.Close()
		db := open(t, path, Options{})
		if got := db.Stale(ctx, false) != ""; got != atOnce {
			t.Errorf("%s: at opening %t, want %t", statement, got, atOnce)
		}
		want := !strings.Contains(statement, "notes_of_mine")
		if got := db.Stale(ctx, true) != ""; got != want {
			t.Errorf("%s: sure %t, want %t", statement, got, want)
		}
		if source, err := db.Source(ctx); err != nil || strings.Contains(source, ".refresh") != want {
			t.Errorf("%s: source %q, %v", statement, source, err)
		}
		if !want && !long.Asked() {
			continue
		}
		if err := db.Refresh(ctx); err != nil || db.Stale(ctx, true) != "" {
			t.Errorf("%s: refreshed: %q, %v", statement, db.Stale(ctx, true), err)
		}
	}
}

// The note comes with what reads the counts, once, and fails it each time where notes
// are errors.
func TestStaleNote(t *testing.T) {
	t.Parallel()
	db := open(t, smallRegister(t), Options{})
	ctx := context.Background()
	runStatement(t, db, "DELETE FROM migration")
	want := []string{"table migration has changed since it was counted: " + before}
	for _, reading := range long.Rows([]string{
		"FROM cell", "FROM frequency_by_sex", "SELECT year, emi_k3 FROM panel_1", "FROM group_panel", "CREATE OR REPLACE TABLE kept AS FROM cell",
		"FROM frequency_of(cell, 'sex')", "WITH o AS (FROM cell WHERE county = 'Oslo') FROM frequency_of(o, [])", "FROM cohort LIMIT 1", "FROM figure_5_31 LIMIT 1",
	}, 3) {
		db.staleSaid = false
		runStatement(t, db, reading)
		if got := db.TakeNotes(); !slices.Equal(got, want) {
			t.Errorf("%s: %q", reading, got)
		}
		runStatement(t, db, reading)
		if got := db.TakeNotes(); got != nil {
			t.Errorf("%s again: %q", reading, got)
		}
		db.Notes = NotesError
		if _, err := db.Run(ctx, reading, 0); err == nil || !strings.HasPrefix(err.Error(), want[0]) {
			t.Errorf("%s: %v", reading, err)
		}
		db.Notes = NotesOn
	}
	db.staleSaid = false
	for _, other := range long.Rows([]string{"FROM person", "FROM person_year", "FROM migration_event", "FROM register_check", "SELECT 'population_cell'", "FROM municipality", "SET VARIABLE a = 1"}, 2) {
		runStatement(t, db, other)
		if got := db.TakeNotes(); got != nil {
			t.Errorf("%s: %q", other, got)
		}
	}
	if got := db.StaleNote(); got != want[0] || db.StaleNote() != "" {
		t.Errorf("%q", got)
	}
}

func BenchmarkLookForStale(b *testing.B) {
	db := open(b, "", Options{})
	fillDemo(b, db, 0.05, 1)
	for name, sure := range map[string]bool{"counts": false, "hashes": true} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				db.lookForStale(context.Background(), sure)
			}
		})
	}
}
