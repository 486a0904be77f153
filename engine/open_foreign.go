package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// mayOpen refuses what DuckDB would open as something else than a database in that file:
// of a CSV file it makes a view in memory, and all that is done there is lost. made is true
// where there is no such file yet.
func mayOpen(path string, readOnly bool) (made bool, err error) {
	info, err := os.Stat(path)
	switch {
	case err != nil && readOnly:
		return false, errors.New("no such database (without -readonly it would be created)")
	case err != nil:
		if kind := tableFile(path); kind != "" {
			return false, fmt.Errorf("there is no such file, and no database is made under the name of %s file", kind)
		}
		return errors.Is(err, fs.ErrNotExist), nil // made, or refused by DuckDB
	case info.Mode().IsRegular() && info.Size() == 0 && tableFile(path) == "":
		return false, nil
	}
	if err := isDatabase(path); err != nil {
		if kind := tableFile(path); kind != "" && !info.IsDir() {
			return false, fmt.Errorf("%w but %s file: SQL reads it as a table (FROM '%s'), .load DIR the extract in a directory", err, kind, filepath.Base(path))
		}
		return false, err
	}
	return false, nil
}

// tableFile is what a path is by its ending: a CSV, an Excel; "" for others.
func tableFile(path string) string {
	name := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(path), ".gz"), ".zst")
	ending := filepath.Ext(name)
	switch ending {
	case ".csv", ".tsv", ".txt":
		return "a CSV"
	case ".parquet":
		return "a Parquet"
	case ".json", ".jsonl", ".ndjson", ".geojson":
		return "a JSON"
	}
	return readers[ending].file
}

// isDatabase refuses what is no DuckDB database, which has its name at the ninth byte.
func isDatabase(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return errors.Unwrap(err)
	case info.IsDir():
		return errors.New("is a directory, not a database")
	case !info.Mode().IsRegular():
		return errors.New("is no file but " + sort(info.Mode()))
	}
	file, err := os.Open(path)
	if err != nil {
		return errors.Unwrap(err)
	}
	defer file.Close()
	var head [16]byte
	_, err = io.ReadFull(file, head[:])
	if string(head[:]) == "SQLite format 3\x00" {
		return errors.New("is a SQLite database; DuckDB's extension sqlite reads its tables: INSTALL sqlite; ATTACH '" + path + "' (TYPE sqlite)")
	}
	if err != nil || string(head[8:12]) != "DUCK" {
		return errors.New("not a valid DuckDB database file")
	}
	return nil
}

// askForeign refuses a database that somebody else has filled and that nobody has agreed
// to change; and one that has an object of its own where utvandring would put its.
func (db *DB) askForeign(ctx context.Context, adopt bool) error {
	own, err := db.conn.Texts(ctx, `
		SELECT name FROM (
		  SELECT table_name AS name, schema_name, database_name FROM duckdb_tables() UNION ALL
		  SELECT view_name, schema_name, database_name FROM duckdb_views() WHERE NOT internal UNION ALL
		  SELECT function_name, schema_name, database_name FROM duckdb_functions() WHERE NOT internal UNION ALL
		  SELECT type_name, schema_name, database_name FROM duckdb_types() WHERE NOT internal UNION ALL
		  SELECT sequence_name, schema_name, database_name FROM duckdb_sequences())
		WHERE database_name = current_database() GROUP BY ALL ORDER BY ALL`)
	if err != nil || len(own) == 0 {
		return err
	}
	var taken []string
	for _, e := range shipped() {
		if slices.ContainsFunc(own, func(name string) bool { return equalFold(name, e.Name) }) {
			taken = append(taken, e.Name)
		}
	}
	what := fmt.Sprintf("it holds what somebody else made (%s), and utvandring would add %d tables, views and macros to it", firstOf(own), len(shipped()))
	switch {
	case len(taken) > 0:
		return fmt.Errorf("%s, in the place of its own %s: open another and .load it (person, residence, migration), or ATTACH it", what, firstOf(taken))
	case !adopt:
		return fmt.Errorf("%s: -adopt lets it; -readonly opens it as it is; or open another and ATTACH it", what)
	}
	return nil
}
