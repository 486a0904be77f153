package engine

import (
	"context"
	"errors"
	"slices"
	"strings"

	"utvandring/udf/duck"
)

// What DuckDB's catalogue tells of the tables and views of the database.

// kinds tells of the names in small letters of all tables and views which they are.
func (db *DB) kinds(ctx context.Context) (map[string]string, error) {
	kinds := map[string]string{}
	var kind, name string
	return kinds, db.each(ctx, `
		SELECT 'table', lower(table_name) FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = 'main'
		UNION ALL
		SELECT 'view', lower(view_name) FROM duckdb_views() WHERE NOT internal AND database_name = current_database() AND schema_name = 'main'`,
		[]any{&kind, &name}, func() { kinds[name] = kind })
}

// namedColumn is a column of a table, its type as SQL writes it.
type namedColumn struct {
	name, sqlType string
	nullable      bool
}

// columns are those of all tables and views, by the name of these in small letters: one
// question, as each looks through all that there is.
func (db *DB) columns(ctx context.Context) (map[string][]namedColumn, error) {
	of := map[string][]namedColumn{}
	var table string
	var c namedColumn
	return of, db.each(ctx, "SELECT lower(table_name), column_name, data_type, is_nullable FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = 'main' ORDER BY table_name, column_index",
		[]any{&table, &c.name, &c.sqlType, &c.nullable}, func() { of[table] = append(of[table], c) })
}

// columnsOf are those of one, in small letters or others; none, where there is none. To ask for
// it by name takes a tenth of the time that looking through all takes.
func (db *DB) columnsOf(ctx context.Context, table string) (list []namedColumn, err error) {
	var c namedColumn
	err = db.conn.Each(ctx, `SELECT name, type, NOT "notnull" FROM pragma_table_info($1)`,
		[]any{&c.name, &c.sqlType, &c.nullable}, func() { list = append(list, c) }, db.at(table))
	if message := duck.Error(""); errors.As(err, &message) && strings.HasPrefix(string(message), "Catalog Error: Table with name ") {
		return nil, nil
	}
	return list, Plain(err)
}

// furtherColumns are those that a shipped table has got from an extract.
func (db *DB) furtherColumns(ctx context.Context, table string) ([]namedColumn, error) {
	columns, err := db.columnsOf(ctx, table)
	ours := shippedColumns(table)
	return slices.DeleteFunc(columns, func(c namedColumn) bool { return ours[c.name] }), err
}

func namesOf(columns []namedColumn) []string {
	return mapped(columns, func(c namedColumn) string { return c.name })
}

// mapped is a list with what f makes of each element of another.
func mapped[T any](list []T, f func(T) string) []string {
	texts := make([]string, len(list))
	for i, element := range list {
		texts[i] = f(element)
	}
	return texts
}
