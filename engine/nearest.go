package engine

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Nearest is the name most like what was typed, or "" where none is near: one
// of the same words in another order, one that begins with it, or at most half
// its letters away.
func Nearest(typed string, names []string) string {
	key := strings.ToLower(typed)
	for _, name := range names {
		if words(name) == words(key) {
			return name
		}
	}
	best, distance := "", 1+min(utf8.RuneCountInString(key)/2, 3)
	for _, name := range names {
		d := editDistance(key, strings.ToLower(name))
		if len(key) > 2 && strings.HasPrefix(strings.ToLower(name), key) {
			d = 1
		}
		if d < distance {
			best, distance = name, d
		}
	}
	return best
}

// words are the parts of a name in alphabetical order.
func words(name string) string {
	parts := strings.Split(strings.ToLower(name), "_")
	slices.Sort(parts)
	return strings.Join(parts, "_")
}

// editDistance counts the letters to insert, delete, replace or swap to make b
// of a.
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}

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
	if db.conn.QueryRowContext(ctx, "SELECT current_database()").Scan(&current) != nil {
		return // an aborted transaction: DuckDB's own suggestion stays
	}
	rows, err := db.conn.QueryContext(ctx, query)
	if err != nil {
		return
	}
	defer rows.Close()
	var names []string
	elsewhere := ""
	for rows.Next() {
		var name, database, kind string
		if rows.Scan(&name, &database, &kind) != nil || strings.HasPrefix(name, "_") {
			continue
		}
		switch {
		case !equalFold(name, m[3]):
			names = append(names, name)
		case m[2] == "function" && (database == current || database == "system") && kind != "table_macro" && kind != "table":
			elsewhere = name + " gives a value, not a table: SELECT " + name + "(…)"
		case database != current && elsewhere == "":
			elsewhere = m[2] + " " + name + " is in the database " + database + ", not in " + current + " (USE " + database + ")"
		}
	}
	f.Sentence = m[1]
	if elsewhere != "" {
		f.Sentence = strings.TrimPrefix(elsewhere, "table or view ")
	} else if near := Nearest(m[3], names); near != "" {
		f.Sentence += ` (did you mean "` + near + `"?)`
	}
}
