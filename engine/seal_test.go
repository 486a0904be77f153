package engine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"utvandring/udf"
)

// What a sealed session may do, and what not.
func TestSeal(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"in", "in/sub", "out", "inner"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"in/a.csv", "in/sub/b.csv", "out/c.csv", "inner/d.csv"} {
		put(t, dir, name, "a\n1\n")
	}
	if err := os.Symlink(filepath.Join(dir, "out"), filepath.Join(dir, "in", "link")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	db := fresh(t)
	ctx := t.Context()
	t.Cleanup(func() { udf.NoEnvironment.Store(false) })
	if err := db.Seal(ctx, []string{"in"}); err != nil {
		t.Fatal(err)
	}
	run := func(statement string) error {
		r, err := db.Run(ctx, statement, 0)
		if err == nil {
			r.Load()
			r.Close()
		}
		return err
	}
	for _, statement := range []string{
		"FROM 'in/a.csv'", "FROM 'in/sub/b.csv'", "FROM 'in/*.csv'", "COPY (SELECT 1) TO 'in/o.csv'", "FROM '" + dir + "/in/a.csv'",
		"SET VARIABLE x = 1", "CREATE TABLE t AS SELECT 1 AS a", "SELECT count(*) FROM cell WHERE sex = 'female'",
	} {
		if err := run(statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if err := db.Demo(ctx, 0.0002, 1); err != nil {
		t.Error(err)
	}
	for statement, want := range map[string]string{
		"FROM 'out/c.csv'":                       "out/c.csv",
		"FROM 'in/../out/c.csv'":                 "out/c.csv",
		"FROM 'inner/d.csv'":                     "inner/d.csv",
		"FROM 'in/link/c.csv'":                   "in/link/c.csv",
		"SELECT count(*) FROM glob('/etc/*')":    "/etc/*",
		"SELECT * FROM read_text('/etc/passwd')": "/etc/passwd",
		"FROM read_px('out/c.csv')":              "out/c.csv",
		"COPY (SELECT 1) TO 'out/o.csv'":         "out/o.csv",
		"COPY (SELECT 1) TO 'in/link/o.csv'":     "in/link/o.csv",
		"EXPORT DATABASE 'out/all'":              "out/all",
		"ATTACH 'in/a.duckdb'":                   "attached",
		"  /* x */ attach ':memory:' AS m":       "attached",
		"SET threads = 1":                        "threads",
		"RESET lock_configuration":               "lock_configuration",
		"SET enable_external_access = true":      "enable_external_access",
		"LOAD httpfs":                            "extension",
		"SELECT getenv('HOME')":                  "environment",
	} {
		err := run(statement)
		if err == nil || !strings.Contains(err.Error(), "-safe") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", statement, err)
		}
	}
	for _, name := range []string{"out/o.csv", "out/all", "in/a.duckdb"} {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s was made", name)
		}
	}
	if err := db.Seal(ctx, []string{"out"}); err == nil {
		t.Error("sealed again")
	}
}
