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
	for name, work := range map[string]func(db *DB) error{
		"the demo register": func(db *DB) error { return db.Demo(ctx, .0002, 1) },
		"an extract with further columns": func(db *DB) error {
			_, err := db.Load(ctx, "../testdata/study/register")
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t, t.TempDir()+"/r.duckdb", Options{})
			if err := db.Exec(ctx, "PRAGMA disable_checkpoint_on_shutdown; SET wal_autocheckpoint = '10GB'"); err != nil {
				t.Fatal(err)
			}
			if err := work(db); err != nil {
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
