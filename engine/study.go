package engine

import (
	"context"
	"fmt"
	"strings"

	"utvandring/udf/sqltext"
)

// Study is the settings of the study as a script that repeats it in another
// database: what .study shows. What the report has, and nobody changed, is there as
// a comment.
func (db *DB) Study(ctx context.Context) (string, error) {
	var b strings.Builder
	head, err := db.conn.Texts(ctx, `
		SELECT 'years ' || min(year) || ' to ' || max(year) || ', ' || (SELECT count(*) FROM municipality) || ' municipalities of ' ||
		       coalesce((SELECT max(year)::VARCHAR FROM _division), 'no division')
		FROM counted_year`)
	if err != nil {
		return "", Plain(err)
	}
	fmt.Fprintf(&b, "-- The study as last counted: %s.\n-- Run this in another database, then .refresh.\n", strings.Join(head, ""))
	settings, err := db.quoted(ctx, "SELECT setting, value FROM study ORDER BY rowid", 2)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(&b, "INSERT OR REPLACE INTO study VALUES\n%s;\n", strings.Join(settings, ",\n"))
	period, err := db.conn.Texts(ctx, "SELECT '(' || first_year || ', ' || last_year || ')' FROM register_period")
	if err != nil {
		return "", Plain(err)
	}
	b.WriteString("DELETE FROM register_period;\n")
	if len(period) > 0 {
		fmt.Fprintf(&b, "INSERT INTO register_period VALUES %s;\n", strings.Join(period, ", "))
	} else {
		b.WriteString("-- INSERT INTO register_period VALUES (first_year, last_year);  -- else see .help counted_year\n")
	}
	own, err := db.quoted(ctx, "SELECT dimension, kind, definition FROM dimension ORDER BY rowid", 3)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(&b, "DELETE FROM dimension;\nINSERT INTO dimension VALUES\n%s;\n", strings.Join(own, ",\n"))
	return b.String(), nil
}

// quoted gives the rows of a query of so many columns of text as literals of SQL.
func (db *DB) quoted(ctx context.Context, query string, columns int) ([]string, error) {
	var list []string
	texts, to := make([]string, columns), make([]any, columns)
	for i := range texts {
		to[i] = &texts[i]
	}
	err := db.each(ctx, query, func(scan func(...any) error) error {
		err := scan(to...)
		list = append(list, "  ("+strings.Join(sqltext.QuoteAll(texts, sqltext.QuoteText), ", ")+")")
		return err
	})
	return list, err
}
