package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/sqltext"
)

// The dimensions of one's own, and the condition of an immigrant, may be made from anything in
// the database: tables by their names and in subqueries, views over others, macros. Of a
// table the rows are followed, of a view and a macro the text.

// macroOf begins the name under which a macro is written down.
const macroOf = "macro "

// ownViews and ownMacros are the queries for what is followed by its text, with that text: quotes
// are as they were written until the file is opened again. To list macros, among all functions,
// takes as long as all the rest.
const (
	ownViews  = `SELECT lower(view_name) AS name, replace(sql, '"', '') AS text FROM duckdb_views() WHERE NOT internal AND database_name = $1 AND schema_name = 'main'`
	ownMacros = `SELECT '` + macroOf + `' || lower(function_name) AS name, replace(string_agg(parameters::VARCHAR || macro_definition, ';' ORDER BY parameters::VARCHAR), '"', '') AS text
		FROM duckdb_functions() WHERE NOT internal AND database_name = $1 AND schema_name = 'main' AND macro_definition IS NOT NULL GROUP BY ALL`
)

// ownObject is that of the two which a name is of.
func ownObject(name string) string {
	if strings.HasPrefix(name, macroOf) {
		return ownMacros
	}
	return ownViews
}

// readOwnSources finds what the study that is counted by reads besides what every count does:
// the names of tables and views, and of macros after macroOf.
func (db *DB) readOwnSources(ctx context.Context) (names []string, err error) {
	own, err := db.countedBy(ctx)
	if err != nil {
		return nil, err
	}
	immigrant, err := db.conn.Texts(ctx, "SELECT _setting('immigrant') WHERE _setting('immigrant') <> 'immigrant'")
	if err != nil {
		return nil, Plain(err)
	}
	var expressions []string
	for _, d := range own {
		switch table, _, further := strings.Cut(strings.TrimSpace(d.definition), "."); {
		case d.kind == "person":
			expressions = append(expressions, fmt.Sprintf("SELECT {'value': %s\n} FROM person", d.definition))
		case further && slices.Contains([]string{"country", "place", "status"}, d.kind):
			expressions = append(expressions, "FROM "+sqltext.QuoteName(table))
		}
	}
	for _, condition := range immigrant {
		expressions = append(expressions, fmt.Sprintf("SELECT {'value': %s\n} FROM person", condition))
	}
	if len(expressions) == 0 {
		return nil, nil
	}
	texts := map[string]map[string]string{}
	textsOf := func(object string) map[string]string {
		if texts[object] == nil && err == nil {
			texts[object] = map[string]string{}
			var name, text string
			err = db.each(ctx, object, []any{&name, &text}, func() { texts[object][name] = text }, db.catalog)
			for _, e := range shipped() {
				delete(texts[object], strings.ToLower(e.Name))
				delete(texts[object], macroOf+strings.ToLower(e.Name))
			}
		}
		return texts[object]
	}
	known := slices.Concat(registerTables, settled)
	add := func(name string) bool {
		if slices.Contains(names, name) || slices.Contains(known, name) {
			return false
		}
		names = append(names, name)
		return true
	}
	var look func(text string)
	look = func(text string) {
		for _, name := range namesIn(text) {
			if text, ok := textsOf(ownObject(name))[name]; ok && add(name) {
				look(text)
			}
		}
	}
	for _, e := range expressions {
		look(e)
		walk(db.bound(ctx, e), func(n node) bool {
			if n.text("catalog") == db.catalog && n.text("schema") == "main" && n.text("table") != "" {
				add(strings.ToLower(n.text("table")))
			}
			return false
		})
	}
	slices.Sort(names)
	return names, err
}

// namesIn are the names in a text that may be of a view, and of a macro.
func namesIn(text string) (names []string) {
	code := sqltext.Code(text)
	for i, t := range code {
		name := strings.ToLower(t.Ident())
		switch {
		case name == "":
		case i+1 < len(code) && code[i+1].Is("("):
			names = append(names, macroOf+name)
		case i > 0 && slices.ContainsFunc([]string{"FROM", "JOIN", ",", "."}, code[i-1].Is):
			names = append(names, name)
		}
	}
	return names
}

// ownFingerprints are the queries for what is written down of them. The text of a view or macro
// stands for a number of rows; what is gone has none.
func (db *DB) ownFingerprints(ctx context.Context, large bool) (parts []string) {
	if len(db.named) == 0 {
		return nil
	}
	tables, _ := db.conn.Texts(ctx, "SELECT lower(table_name) FROM duckdb_tables() WHERE schema_name = 'main' AND database_name = $1", db.catalog)
	texts := map[string][]string{}
	for _, name := range db.named {
		if slices.Contains(tables, name) {
			parts = append(parts, db.fingerprint(name, large))
		} else {
			texts[ownObject(name)] = append(texts[ownObject(name)], "("+sqltext.QuoteText(name)+")")
		}
	}
	for object, names := range texts {
		parts = append(parts, fmt.Sprintf("SELECT name, (hash(text) >> 2)::BIGINT, NULL FROM (VALUES %s) o(name) LEFT JOIN (%s) USING (name)",
			strings.Join(names, ", "), strings.ReplaceAll(object, "$1", sqltext.QuoteText(db.catalog))))
	}
	return parts
}
