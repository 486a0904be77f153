package engine

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strings"

	"utvandring/sql"
	"utvandring/udf/nearest"
	"utvandring/udf/sqltext"
)

// Study is the settings of the study as a script that repeats it in another
// database: what .study shows. What the report has, and nobody changed, is there as
// a comment.
func (db *DB) Study(ctx context.Context) (text string, err error) {
	err = db.atHome(ctx, func() error { text, err = db.study(ctx); return err })
	return text, err
}

func (db *DB) study(ctx context.Context) (string, error) {
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

// OtherGroups reports whether a country of the report is in another group than there, so that
// what the report calls its groups are not those of the study.
func (db *DB) OtherGroups(ctx context.Context) (other bool, err error) {
	text, err := fs.ReadFile(sql.Files, "data/country.csv")
	if err != nil {
		return false, err
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return false, err
	}
	rows := mapped(records[1:], func(r []string) string { return fmt.Sprintf("('%s', %s)", r[0], r[2]) })
	row := db.conn.Row(ctx, "SELECT EXISTS (FROM country JOIN (VALUES "+strings.Join(rows, ", ")+") r(country_code, of_report) USING (country_code) WHERE country_group <> of_report)")
	err = row.Scan(&other)
	return other, Plain(err)
}

// studySettings are all that there are besides immigrant, with what each has to be, as SQL and
// in words.
var studySettings = []struct{ name, holds, must string }{
	{"home_country", "regexp_full_match(value, '[A-Z]{3}')", "an ISO 3166 code of three letters, such as NOR"},
	{"division", "TRY_CAST(value AS INTEGER) IS NOT NULL", "a year (.division 2024)"},
	{"country_groups", "TRY_CAST(value AS INTEGER) BETWEEN 1 AND 99", "a number from 1 to 99"},
	{"municipality_code_length", "TRY_CAST(value AS INTEGER) BETWEEN 1 AND 20", "a number from 1 to 20"},
	{"county_code_length", "TRY_CAST(value AS INTEGER) BETWEEN 0 AND TRY_CAST(_setting('municipality_code_length') AS INTEGER)", "a number up to municipality_code_length"},
}

// checkStudy refuses settings that make no sense. One that nobody asks for is most likely
// another one misspelt; of a file of another version, it may be one of theirs.
func (db *DB) checkStudy(ctx context.Context) error {
	names := []string{"immigrant", "shares"}
	for _, s := range studySettings {
		names = append(names, s.name)
		var value *string
		var holds *bool
		if err := db.conn.Row(ctx, "SELECT min(value), bool_and("+s.holds+") FROM study WHERE setting = $1", s.name).Scan(&value, &holds); err != nil {
			return Plain(err)
		}
		switch {
		case value == nil:
			return leftOut{"", "study: the setting " + s.name + " is missing; it is " + s.must}
		case holds == nil || !*holds:
			return leftOut{"", "study: the setting " + s.name + " is " + s.must + ", not '" + *value + "'"}
		}
	}
	unknown, err := db.conn.Texts(ctx, "SELECT setting FROM study WHERE NOT list_contains(string_split($1, ','), setting) ORDER BY rowid", strings.Join(names, ","))
	if err != nil || len(unknown) == 0 || db.opening {
		return Plain(err)
	}
	return fmt.Errorf("study: there is no setting %s%s", unknown[0], nearest.Hint(unknown[0], names))
}

// quoted gives the rows of a query of so many columns of text as literals of SQL.
func (db *DB) quoted(ctx context.Context, query string, columns int) ([]string, error) {
	var list []string
	texts, to := make([]string, columns), make([]any, columns)
	for i := range texts {
		to[i] = &texts[i]
	}
	err := db.each(ctx, query, to, func() {
		list = append(list, "  ("+strings.Join(sqltext.QuoteAll(texts, sqltext.QuoteText), ", ")+")")
	})
	return list, err
}
