package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"utvandring/udf/long"
)

// A database copied from the template has what one has that was made of sql/, whatever it
// is called, and a template that is none is made anew. The first open here makes one; in quick tests the
// first of all did.
func TestTemplate(t *testing.T) {
	ctx := context.Background()
	want, err := fingerprint()
	if err != nil {
		t.Fatal(err)
	}
	first, err := prepared()
	if err != nil {
		t.Fatal(err)
	}
	shared, err := templateOf(want)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir()) // where the cache folder is elsewhere
	template, err := templateOf(want)
	if err != nil {
		t.Fatal(err)
	}
	made := func(path string) [][]string {
		t.Helper()
		db, err := Open(ctx, path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		// Of a view its columns, as DuckDB writes the names after EXCLUDE in any order.
		const ours = "database_name = current_database()"
		all := query(t, db, `
			SELECT 'column', table_name, column_name, data_type, column_default, is_nullable::VARCHAR, comment, column_index::VARCHAR FROM duckdb_columns() WHERE `+ours+`
			UNION ALL SELECT 'macro', function_name, function_type, parameters::VARCHAR, macro_definition, comment, '', '' FROM duckdb_functions() WHERE `+ours+`
			UNION ALL SELECT 'type', type_name, labels::VARCHAR, '', '', comment, '', '' FROM duckdb_types() WHERE `+ours+`
			UNION ALL SELECT 'constraint', table_name, constraint_text, '', '', '', '', '' FROM duckdb_constraints() WHERE `+ours+`
			UNION ALL SELECT 'comment', view_name, comment, '', '', '', '', '' FROM duckdb_views() WHERE `+ours+` ORDER BY ALL`)
		all = append(all, hashesOf(t, db)...)
		same(t, "attached", query(t, db, "SELECT count(*) FROM duckdb_databases() WHERE NOT internal"), [][]string{{"1"}})
		return all
	}
	// DuckDB says things otherwise that it has not read from a file yet.
	dir := t.TempDir()
	if long.Asked() {
		made(filepath.Join(dir, "first.duckdb"))
	} else {
		os.Mkdir(filepath.Dir(template), 0o700)
		put(t, filepath.Dir(template), filepath.Base(template), read(t, filepath.Dir(shared), filepath.Base(shared)))
		put(t, dir, "first.duckdb", string(first))
	}
	all := made(filepath.Join(dir, "first.duckdb"))
	if len(all) < 2000 {
		t.Fatalf("only %d rows", len(all))
	}
	if _, err := os.Stat(template); err != nil {
		t.Fatal(err)
	}
	same(t, "in memory", made(Memory), all)
	for _, name := range []string{"a b.duckdb", "select.duckdb"}[:long.Runs(2, 0)] {
		same(t, name, made(filepath.Join(dir, name)), all)
	}
	marked := func(path string) bool {
		t.Helper()
		found, err := open(t, path, Options{}).has(ctx, "duckdb_tables() WHERE table_name = 'mark'")
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	mark := func(statement string) {
		t.Helper()
		db, err := Open(ctx, template, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		run(t, db, statement)
	}
	if mark("CREATE TABLE mark (x INTEGER)"); !marked(Memory) || long.Asked() && !marked(filepath.Join(dir, "b.duckdb")) {
		t.Error("made, not copied")
	}
	long.Test(t)
	if mark("UPDATE _prepared SET fingerprint = 'another'"); marked(Memory) {
		t.Error("another version's is copied")
	}
	made(filepath.Join(dir, templateName+".duckdb"))
	same(t, "named as the template", made(filepath.Join(dir, templateName+".duckdb")), all)
	for _, content := range []string{"", "no database"} {
		if err := os.WriteFile(template, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		made(Memory)
		same(t, fmt.Sprintf("after %q", content), made(Memory), all)
		if info, err := os.Stat(template); err != nil || info.Size() < 1<<16 {
			t.Errorf("the template after %q: %v, %v", content, info, err)
		}
	}
}

// hashesOf is a count and a hash of the rows of each table.
func hashesOf(t *testing.T, db *DB) (all [][]string) {
	t.Helper()
	for _, table := range query(t, db, "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() ORDER BY ALL") {
		all = append(all, append(table, query(t, db, "SELECT count(*), sum(hash(t)) FROM "+table[0]+" t")[0]...))
	}
	return all
}

// The demo register is the same copied as made, its counts with it.
func TestOpenDemo(t *testing.T) {
	long.Test(t)
	ctx := context.Background()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	template, err := templateOf(demoTemplate())
	if err != nil {
		t.Fatal(err)
	}
	var made [][]string
	for _, copied := range []bool{false, true} {
		if _, err := os.Stat(template); (err == nil) != copied {
			t.Fatal(err)
		}
		db, err := OpenDemo(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		source, err := db.Source(ctx) // and whether the counts are of these people
		if err != nil {
			t.Fatal(err)
		}
		if have := append(hashesOf(t, db), []string{source}); copied {
			same(t, "copied", have, made)
		} else {
			made = have
		}
	}
}
