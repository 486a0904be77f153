package engine

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"utvandring/udf/later"
	"utvandring/udf/nearest"
	"utvandring/udf/sqltext"
)

// Errors of DuckDB about files, which tell neither a newcomer nor a script what to do.
var (
	lockHeld  = later.Compile(`(?s)^could not set lock on file "([^"]*)": Conflicting lock is held in (.*?)(?: \(deleted\))? \(PID (\d+)\).*$`)
	unwritten = later.Compile(`(?s)^cannot open file "([^"]*)": (Read-only file system|Permission denied).*$`)
	noUTF8    = later.Compile(`(?s)^CSV Error on Line: (\d+)\n.*This file is not utf-8 encoded.*?\n\s*file ?= ?([^\n]*)\n.*$`)
	extension = later.Compile(`(?s)^(?:failed to download extension "(\w+)"|extension "[^"]*/(\w+)\.duckdb_extension" not found).*$`)
)

// advise says what to do about them.
func advise(text string) string {
	if m := lockHeld.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf("%q is open in another program (%s, process %s), and only one may write: end that one, or open it with -readonly in both", m[1], filepath.Base(m[2]), m[3])
	}
	if m := unwritten.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf("%q may not be written (%s): -readonly opens a database that is there", m[1], strings.ToLower(m[2]))
	}
	if m := noUTF8.FindStringSubmatch(text); m != nil {
		file := strings.TrimSpace(m[2])
		return fmt.Sprintf("%s, line %s: not UTF-8 text; if æ, ø and å are one byte each: read_csv(%s, encoding = 'latin-1')", file, m[1], sqltext.QuoteText(file))
	}
	if m := extension.FindStringSubmatch(text); m != nil {
		name := strings.TrimSuffix(m[1]+m[2], "_scanner")
		what := "this"
		if name == "sqlite" {
			what = "a SQLite database"
		}
		return fmt.Sprintf("%s is read by DuckDB's extension %s, which is not installed; nothing is fetched from the network unasked: INSTALL %[2]s does it once", what, name)
	}
	return text
}

// explainLists says that several columns are given as one list, where a second one stands
// behind them by itself: frequency_of(cell, 'county', 'sex').
func explainLists(f *Fault, statement string) {
	if strings.Count(statement, "'") < 4 {
		return // there are no two texts
	}
	for _, e := range Entries() {
		if e.Kind != "table macro" || !strings.Contains(strings.ToLower(statement), e.Name) {
			continue
		}
		for _, c := range calls(statement, e.Name) {
			if at := secondColumn(e, c); at > 0 {
				f.Sentence = e.Name + " takes several columns as one list: [" + c.arguments[at-1].text + ", " + c.arguments[at].text + "]"
				f.pointTo(statement, c.arguments[at].at)
				return
			}
		}
	}
}

// secondColumn is the place of an argument that is a text behind one for columns, and cannot be
// what its parameter takes; 0 where there is none.
func secondColumn(e Entry, c call) int {
	parameters := e.parameters()
	for i := 1; i < len(c.arguments) && i < len(parameters); i++ {
		if parameters[i-1].parameter() != "dims" && parameters[i-1].parameter() != "by" {
			continue
		}
		before, given := c.arguments[i-1], c.arguments[i]
		if before.name == "" && given.name == "" && strings.HasPrefix(before.text, "'") && strings.HasPrefix(given.text, "'") && !takesText(e, parameters[i].parameter(), given.text) {
			return i
		}
	}
	return 0
}

// takesText reports whether a parameter of a macro may be the text.
func takesText(e Entry, parameter, text string) bool {
	switch parameter {
	case "over", "of", "from", "events":
		return true // columns of their own
	}
	for _, o := range OptionsOf(e.Name) {
		if o.Name == parameter {
			return slices.Contains(sqltext.QuoteAll(o.Allowed, sqltext.QuoteText), text) || o.Type == "VARCHAR" && o.Allowed == nil
		}
	}
	return false
}

var oneRow = later.Compile(`^\w+: the panel is one row, not a list of rows`)

// explainRows says how the rows of a group are handed to sur_fit and its like.
func explainRows(f *Fault, statement string) {
	if !oneRow.MatchString(f.Sentence) {
		return
	}
	for _, e := range Entries() {
		if !strings.Contains(e.Signature, "(formulas, rows") {
			continue
		}
		for _, c := range calls(statement, e.Name) {
			if len(c.arguments) > 1 && c.arguments[1].name == "" {
				rows := c.arguments[1].text
				f.Sentence = fmt.Sprintf("%s takes the rows of a group as one list: list(%s), not %[2]s", e.Name, rows)
				f.pointTo(statement, c.arguments[1].at)
				return
			}
		}
	}
}

var missing = later.Compile(`^(there is no (table or view|function) "([^"]*)")(?: \(did you mean .*\))?$`)

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
