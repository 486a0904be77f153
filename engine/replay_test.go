package engine

import (
	"context"
	"os"
	"testing"

	"utvandring/udf/long"
)

// TestFileIsReplayed: a file whose process died before DuckDB wrote it out, so that all is
// in the log beside it, opens with all of it. A log that cannot be replayed is a lost file.
func TestFileIsReplayed(t *testing.T) {
	long.Test(t)
	ctx := context.Background()
	unwritten := func(db *DB) *DB {
		run(t, db, "PRAGMA disable_checkpoint_on_shutdown; SET wal_autocheckpoint = '10GB'")
		return db
	}
	demo := func(t *testing.T) (*DB, error) {
		db := unwritten(open(t, t.TempDir()+"/r.duckdb", Options{}))
		return db, db.Demo(ctx, .0002, 1)
	}
	for _, c := range []struct {
		name string
		work func(t *testing.T) (*DB, error)
	}{
		{"an extract with further columns", func(t *testing.T) (*DB, error) {
			db := unwritten(fresh(t))
			_, err := db.Load(ctx, "../testdata/study/register")
			return db, err
		}},
		{"a copy of the template and the demo register", demo},
		{"all of sql and the demo register", func(t *testing.T) (*DB, error) {
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			return demo(t)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, err := c.work(t)
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
