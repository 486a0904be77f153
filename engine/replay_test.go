package engine

import (
	"context"
	"os"
	"testing"
)

// TestFileIsReplayed: a file whose process died before DuckDB wrote it out, so that all is
// in the log beside it, opens with all of it. A log that cannot be replayed is a lost file.
func TestFileIsReplayed(t *testing.T) {
	ctx := context.Background()
	unwritten := func(db *DB) *DB {
		run(t, db, "PRAGMA disable_checkpoint_on_shutdown; SET wal_autocheckpoint = '10GB'")
		return db
	}
	for name, work := range map[string]func(t *testing.T) (*DB, error){
		"all of sql and the demo register": func(t *testing.T) (*DB, error) {
			db := unwritten(open(t, t.TempDir()+"/r.duckdb", Options{}))
			return db, db.Demo(ctx, .0002, 1)
		},
		"an extract with further columns": func(t *testing.T) (*DB, error) {
			db := unwritten(fresh(t))
			_, err := db.Load(ctx, "../testdata/study/register")
			return db, err
		},
	} {
		t.Run(name, func(t *testing.T) {
			db, err := work(t)
			if err != nil {
				t.Fatal(err)
			}
			const counted = "SELECT (SELECT count(*) FROM person), (SELECT count(death_date) FROM person), (SELECT sum(residents) FROM cell)"
			want := query(t, db, counted)
			path := db.Path
			db.Close()
			if log, err := os.Stat(path + ".wal"); err != nil || log.Size() < 10_000 {
				t.Fatalf("nothing to replay: %v", err)
			}
			same(t, "after the replay", query(t, open(t, path, Options{}), counted), want)
		})
	}
}

// TestTablesOfAnotherVersionAreRenewed: each shipped table that is another than today is
// made anew with its rows and the user's columns, those of our own too.
func TestTablesOfAnotherVersionAreRenewed(t *testing.T) {
	ctx := context.Background()
	db := fresh(t)
	run(t, db, `
		CREATE OR REPLACE TABLE _division AS SELECT *, 7 AS mine FROM _division;
		CREATE OR REPLACE TABLE migration AS SELECT *, 'why' AS why FROM migration;
		INSERT INTO migration VALUES (1, '2000-01-01', 'emigration', false, 'SWE', 'work');
		UPDATE _prepared SET fingerprint = 'another'`)
	path := db.Path
	db.Close()
	db = open(t, path, Options{})
	same(t, "rows and columns", query(t, db, "SELECT (SELECT count(mine) > 0 FROM _division), (SELECT any_value(why) FROM migration)"), [][]string{{"true", "work"}})
	if err := db.Exec(ctx, "INSERT INTO migration VALUES (1, '2001-01-01', 'emigration', false, 'SWEDEN', 'x')"); err == nil {
		t.Error("the CHECK of migration has not come back")
	}
}
