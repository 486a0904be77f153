package engine

import (
	"context"
	"regexp"
	"strings"

	"utvandring/udf/nearest"
)

var missing = regexp.MustCompile(`^(there is no (table or view|function) "([^"]*)")(?: \(did you mean .*\))?$`)

// suggest puts a better name than DuckDB's into the error of a missing table or
// function: DuckDB offers its system tables as gladly as ours, and private
// functions. One of the very same name is there, but in another place.
func (db *DB) suggest(ctx context.Context, f *Fault) {
	m := missing.FindStringSubmatch(f.Sentence)
	if m == nil {
		return
	}
	query := `SELECT table_name, database_name, 'table' FROM duckdb_tables() WHERE NOT internal
		UNION SELECT view_name, database_name, 'table' FROM duckdb_views() WHERE NOT internal
		UNION SELECT function_name || '(…)', '', '' FROM duckdb_functions() WHERE NOT internal AND function_type = 'table_macro' ORDER BY 1`
	if m[2] == "function" {
		query = "SELECT DISTINCT function_name, database_name, function_type FROM duckdb_functions() WHERE function_name SIMILAR TO '[a-zA-Z].*' ORDER BY ALL"
	}
	var current string
	if db.conn.Row(ctx, "SELECT current_database()").Scan(&current) != nil {
		return // an aborted transaction: DuckDB's own suggestion stays
	}
	var names []string
	elsewhere := ""
	var name, database, kind string
	err := db.each(ctx, query, []any{&name, &database, &kind}, func() {
		switch {
		case strings.HasPrefix(name, "_"):
		case !equalFold(name, m[3]):
			names = append(names, name)
		case m[2] == "function" && (database == current || database == "system") && kind != "table_macro" && kind != "table":
			elsewhere = name + " gives a value, not a table: SELECT " + name + "(…)"
		case database != current && elsewhere == "":
			elsewhere = m[2] + " " + name + " is in the database " + database + ", not in " + current + " (USE " + database + ")"
		}
	})
	if err != nil {
		return
	}
	if view := db.reordered(m[3]); view != "" {
		names = []string{view}
	}
	if elsewhere != "" {
		f.Sentence = strings.TrimPrefix(elsewhere, "table or view ")
	} else {
		f.Sentence = m[1] + nearest.Hint(m[3], names)
	}
}
