package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"utvandring/cmd/utvandring/scope"
	"utvandring/engine"
	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// column is a column of a relation.
type column struct{ name, kind string }

func columnName(c column) string { return c.name }

// names completes a name that is written without quotes.
func (c *completion) names() []string {
	code := sqltext.Code(c.head)
	if n := len(code); n > 1 && code[n-1].Is(".") && code[n-1].End() == len(c.head) {
		return c.qualified(code[n-2].Ident())
	}
	word := c.typed
	call := findOpenCall(c.head)
	if c.place.Expects == scope.Table {
		return ranked(word, c.queries(), c.ownTables(), c.shippedTables(), c.functions("table"))
	}
	named := c.namedArguments(call)
	if call.wants().relation() {
		return ranked(word, named, c.queries(), c.ownTables(), c.shippedTables())
	}
	kinds := c.suggestions()
	keywords := c.inCase(kinds["keyword"])
	if c.place.Expects == scope.Word {
		common := slices.DeleteFunc(slices.Clone(commonKeywords), func(k string) bool {
			first, _, _ := strings.Cut(k, " ")
			return !slices.ContainsFunc(keywords, func(w string) bool { return strings.EqualFold(w, first) })
		})
		if words := inOrder(word, append(c.inCase(common), ranked(word, keywords)...)); len(words) > 0 {
			return words
		}
	}
	columns := c.columnWords()
	if c.place.Shared {
		return ranked(word, columns)
	}
	if word == "" { // all functions and keywords are too many to choose from
		return ranked(word, named, columns, c.place.Names)
	}
	var elsewhere []string
	if len(c.place.Relations) == 0 { // what will be read is not known yet
		elsewhere = kinds["column"]
	}
	return ranked(word, named, columns, append(c.place.Names, namesOf(c.place.Relations, func(r scope.Relation) string { return asName(r.Name) })...), c.functions("scalar"), keywords, elsewhere)
}

// qualified completes what follows "name.": a column of that relation, or a table of
// that schema or database.
func (c *completion) qualified(qualifier string) []string {
	for _, r := range c.place.Relations {
		if strings.EqualFold(r.Name, qualifier) {
			return ranked(c.typed, namesOf(c.columns(r), func(c column) string { return asName(c.name) }))
		}
	}
	return ranked(c.typed, c.s.column("SELECT table_name FROM information_schema.tables WHERE lower("+sqltext.QuoteText(qualifier)+
		") IN (lower(table_schema), lower(table_catalog)) AND NOT starts_with(table_name, '_')"))
}

// columnWords are the columns of the relations around the cursor.
func (c *completion) columnWords() []string {
	var words []string
	count := map[string]int{}
	for _, r := range c.place.Relations {
		for _, column := range c.columns(r) {
			if count[strings.ToLower(column.name)]++; count[strings.ToLower(column.name)] == 1 {
				words = append(words, asName(column.name))
			}
		}
	}
	if c.place.Shared {
		words = slices.DeleteFunc(words, func(w string) bool { return count[strings.ToLower(strings.Trim(w, `"`))] < 2 })
	}
	return words
}

// columns are those of a relation; none where it cannot be read.
func (c *completion) columns(r scope.Relation) []column {
	key := r.Source + "\x00" + strings.Join(r.Columns, "\x00")
	if columns, ok := c.read[key]; ok {
		return columns
	}
	var columns []column
	for i, row := range c.s.quick("SELECT column_name, column_type FROM (DESCRIBE " + c.place.Clause() + "SELECT * FROM " + r.Source + ")") {
		if i < len(r.Columns) {
			row[0] = r.Columns[i]
		}
		columns = append(columns, column{row[0], row[1]})
	}
	c.read[key] = columns
	return columns
}

// queries are the names of the WITH clause.
func (c *completion) queries() []string {
	return namesOf(c.place.With, func(q scope.CTE) string { return asName(q.Name) })
}

// ownTables are the user's tables and views.
func (c *completion) ownTables() []string {
	rows := c.s.quick(`SELECT database_name, schema_name, name, database_name = current_database() OR temporary, schema_name = 'main' FROM (
		SELECT database_name, schema_name, table_name AS name, temporary FROM duckdb_tables() WHERE NOT internal UNION ALL
		SELECT database_name, schema_name, view_name, temporary FROM duckdb_views() WHERE NOT internal) WHERE NOT starts_with(name, '_')`)
	var words []string
	for _, row := range rows {
		name := asName(row[2])
		if row[4] != "true" {
			name = asName(row[1]) + "." + name
		}
		if row[3] != "true" {
			name = asName(row[0]) + "." + name
		} else if _, shipped := engine.Lookup(row[2]); shipped {
			continue
		}
		words = append(words, name)
	}
	return words
}

// shippedTables are the views, tables and table macros that the program has.
func (c *completion) shippedTables() []string {
	var words []string
	for _, e := range engine.Entries() {
		switch e.Kind {
		case "table", "view":
			words = append(words, e.Name)
		case "table macro":
			words = append(words, e.Name+"(")
		}
	}
	return append(words, c.s.db.FrequencyViews(c.typed)...)
}

// functions are those of a kind, table or scalar, that begin with what is typed.
func (c *completion) functions(kind string) []string {
	if c.typed == "" {
		return nil
	}
	var words []string
	for _, f := range c.s.namedFunctions() {
		if table := f.kind == "table" || f.kind == "table_macro"; table == (kind == "table") && f.kind != "pragma" && begins(f.name, c.typed) {
			words = append(words, f.name+"(")
		}
	}
	return words
}

// commonKeywords come first of what may follow, in this order.
var commonKeywords = []string{"from", "select", "where", "group by", "order by", "join", "left join", "on", "using", "and", "or", "as", "limit", "in", "is", "not", "like", "between",
	"having", "qualify", "then", "when", "else", "end", "desc", "asc", "with", "create", "insert into", "update", "delete", "set", "over", "union"}

// inCase writes keywords as those that are written already.
func (c *completion) inCase(keywords []string) []string {
	written := c.typed
	if written == "" {
		written = sqltext.First(c.head + " ").Text
	}
	words := slices.Clone(keywords)
	if written == strings.ToUpper(written) {
		for i, w := range words {
			words[i] = strings.ToUpper(w)
		}
	}
	return words
}

// suggestions are DuckDB's own for the end of the statement, by their kind. Of columns
// and tables it does not know which can be meant.
func (c *completion) suggestions() map[string][]string {
	kinds := map[string][]string{}
	for _, row := range c.s.quick("SELECT suggestion, suggestion_type FROM sql_auto_complete(" + sqltext.QuoteText(c.head+c.typed) + ")") {
		word, kind := strings.TrimSpace(row[0]), row[1]
		if kind == "keyword" {
			word = strings.ToLower(word)
			if word == "" || word[0] < 'a' || word[0] > 'z' {
				continue
			}
		}
		kinds[kind] = append(kinds[kind], word)
	}
	return kinds
}

// asName writes a name as SQL has to have it: in quotes only where it needs them.
func asName(name string) string {
	if plainName.MatchString(name) && !reserved.MatchString(name) {
		return name
	}
	return sqltext.QuoteName(name)
}

var (
	plainName = later.Compile(`^[\pL_][\pL\d_]*$`)
	// DuckDB's reserved words.
	reserved = later.Compile(`(?i)^(all|analy[sz]e|and|any|array|as|asc|asymmetric|both|case|cast|check|collate|column|constraint|create|default|deferrable|desc|describe|distinct|do|else|end|except|` +
		`false|fetch|for|foreign|from|group|having|in|initially|intersect|into|lambda|lateral|leading|limit|not|null|offset|on|only|or|order|pivot|pivot_longer|pivot_wider|placing|primary|qualify|references|returning|` +
		`select|show|some|summarize|symmetric|table|then|to|trailing|true|union|unique|unpivot|using|variadic|when|where|window|with)$`)
)

// quick asks the database what completion wants to know; what takes longer than a
// person waits for is left. In a transaction that would abort it, so nothing is asked
// there that reads rows.
func (s *session) quick(query string) [][]string {
	ctx, cancel := awaited()
	defer cancel()
	r, err := s.db.Query(ctx, query)
	if err != nil {
		return nil
	}
	return textsOf(r)
}

// awaited lasts as long as a person waits for what was not asked for.
func awaited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Second)
}

// column gives the first column of what quick gives.
func (s *session) column(query string) []string {
	return firstColumn(s.quick(query))
}
