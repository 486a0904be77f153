package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// growingTables take every further column that an extract brings, typed by what is in
// it.
var growingTables = []string{"municipality", "country", "person", "migration"}

// knownColumns are further columns that the program asks for itself, with their types.
var knownColumns = map[string]string{"person.death_date": "DATE"}

// keyColumns are what a table that the program does not know may be keyed by, with
// their types.
var keyColumns = []map[string]string{
	{"person_id": "BIGINT", "from_date": "DATE", "to_date": "DATE"},
	{"municipality_code": "VARCHAR"},
	{"country_code": "VARCHAR"},
}

// shippedColumns are those that a table has without any extract.
func shippedColumns(table string) map[string]bool {
	columns := map[string]bool{}
	if e, ok := Lookup(table); ok {
		for _, m := range columnLine.FindAllStringSubmatch(e.SQL, -1) {
			columns[m[1]] = true
		}
	}
	return columns
}

// columnLine finds the columns of a CREATE TABLE that has each on a line: small letters.
var columnLine = later.Compile(`(?m)^  ([a-z_]+) +\w`)

// addFurther adds the columns of a file that the table has not.
func (db *DB) addFurther(ctx context.Context, f *extractFile, names []string) {
	var sniff []string
	for _, name := range names {
		lower := strings.ToLower(name)
		c := extractColumn{namedColumn{lower, knownColumns[f.table+"."+lower], true}, name, true}
		if c.sqlType == "" {
			sniff = append(sniff, name)
		}
		f.columns = append(f.columns, c)
	}
	types := db.typesOf(ctx, f, sniff)
	for i := range f.columns {
		if c := &f.columns[i]; c.sqlType == "" {
			c.sqlType = types[c.inFile]
		}
	}
}

// furtherTable makes a table of a file or view that the program does not know, if it has
// the columns of a key; else it gives none.
func (db *DB) furtherTable(ctx context.Context, f *extractFile) (*extractFile, error) {
	stem, what := f.table, "file"
	if f.view {
		what = "view"
	}
	f.further = true
	header, err := db.openFile(ctx, f)
	if err != nil {
		return nil, nil // what is not wanted need not be readable
	}
	var key map[string]string
	for _, k := range keyColumns {
		all := true
		for column := range k {
			all = all && slices.ContainsFunc(header, func(h string) bool { return equalFold(h, column) })
		}
		if all {
			key = k
			break
		}
	}
	if key == nil {
		return nil, nil
	}
	if !plainLower.MatchString(stem) {
		return nil, fmt.Errorf("%s: a table is named in letters, digits and _; rename the %s", f.name, what)
	}
	if slices.ContainsFunc(shipped(), func(e Entry) bool { return equalFold(e.Name, stem) }) {
		return nil, fmt.Errorf("%s: %s is the name of something else here; rename the %s", f.name, stem, what)
	}
	db.addFurther(ctx, f, header)
	for i := range f.columns {
		c := &f.columns[i]
		if t := key[c.name]; t != "" {
			c.sqlType, c.nullable = t, c.name == "to_date"
		}
	}
	return f, nil
}

// typesOf gives columns of a file a type: in a CSV file the first that fits all they
// have of whole numbers (without leading zeros, which make a code), numbers, dates, true
// and false; else text.
func (db *DB) typesOf(ctx context.Context, f *extractFile, names []string) map[string]string {
	types := map[string]string{}
	if len(names) == 0 {
		return types
	}
	var tests []string
	for _, name := range names {
		x := sqltext.QuoteName(name)
		if !f.csv {
			tests = append(tests, fmt.Sprintf("any_value(typeof(%s))", x))
			continue
		}
		fits := func(sqlType, but string) string {
			return fmt.Sprintf("coalesce(bool_and(TRY_CAST(%[1]s AS %[2]s) IS NOT NULL%[3]s) FILTER (%[1]s IS NOT NULL), false)", x, sqlType, but)
		}
		code := fmt.Sprintf(` AND NOT regexp_matches(%s, '^[+-]?0[0-9]')`, x)
		tests = append(tests, fmt.Sprintf(`CASE WHEN %s THEN 'BIGINT' WHEN %s THEN 'DOUBLE' WHEN %s THEN 'DATE' WHEN %s THEN 'BOOLEAN' ELSE 'VARCHAR' END`,
			fits("BIGINT", code+fmt.Sprintf(" AND NOT contains(%s, '.')", x)), fits("DOUBLE", code), fits("DATE", " AND "+fmt.Sprintf(isDay, x)),
			fmt.Sprintf("coalesce(bool_and(lower(%[1]s) IN ('true', 'false')) FILTER (%[1]s IS NOT NULL), false)", x)))
	}
	found, err := f.conn.Texts(ctx, fmt.Sprintf("SELECT unnest([%s]) FROM %s", strings.Join(tests, ", "), f.from(lookSchema)))
	if err != nil {
		// The rows themselves are at fault: filling the table says which.
		found = slices.Repeat([]string{"VARCHAR"}, len(names))
	}
	for i, name := range names {
		types[name] = found[i]
	}
	return types
}

// oddSpells finds the spells of a table of the file's own that do not end after they
// begin, and those that begin while another of the person goes on; those of residence are
// in register_check.
func (db *DB) oddSpells(ctx context.Context, f *extractFile) ([]Problem, error) {
	if !f.further || !slices.ContainsFunc(f.columns, func(c extractColumn) bool { return c.name == "to_date" && c.sqlType == "DATE" }) {
		return nil, nil
	}
	return db.problems(ctx, fmt.Sprintf(`(
		SELECT %s AS problem, 'leave it out, or correct to_date (it is the first day that is not of the spell)' AS remedy, false AS fatal, count(*) AS "count",
		       min('person ' || person_id || ': from ' || from_date || ' to ' || to_date) AS example
		FROM %[3]s WHERE to_date <= from_date
		UNION ALL
		SELECT %[2]s, 'correct them, if of a day that several cover it is not the one that begins last that counts', false, count(*),
		       min('person ' || person_id || ': from ' || from_date || ', and another until ' || coalesce(nullif(last_until, DATE 'infinity')::VARCHAR, 'today'))
		FROM (SELECT person_id, from_date, max(coalesce(to_date, DATE 'infinity')) OVER (PARTITION BY person_id ORDER BY from_date, to_date ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last_until
		      FROM %[3]s WHERE from_date < coalesce(to_date, DATE 'infinity'))
		WHERE from_date < last_until)`,
		sqltext.QuoteText(f.table+": ends the day it begins, or before, so that it covers nothing"),
		sqltext.QuoteText(f.table+": begins while another spell of the person goes on"), sqltext.QuoteName(f.table)))
}

// makeRoom gives the table of a file the further columns that the file has, and takes
// away those of the extract before. A table of the file's own is made anew.
func (db *DB) makeRoom(ctx context.Context, f *extractFile) error {
	table := sqltext.QuoteName(f.table)
	if f.further {
		columns := mapped(f.columns, func(c extractColumn) string {
			if c.nullable {
				return sqltext.QuoteName(c.name) + " " + c.sqlType
			}
			return sqltext.QuoteName(c.name) + " " + c.sqlType + " NOT NULL"
		})
		return db.Exec(ctx, fmt.Sprintf("CREATE OR REPLACE TABLE %s (%s)", table, strings.Join(columns, ", ")))
	}
	if !slices.Contains(growingTables, f.table) {
		return nil
	}
	old, err := db.furtherColumns(ctx, f.table)
	if err != nil {
		return err
	}
	var further []string
	for _, c := range f.columns {
		if c.further {
			further = append(further, sqltext.QuoteName(c.name)+" "+c.sqlType)
		}
	}
	if len(old) == 0 && len(further) == 0 {
		return nil
	}
	e, _ := Lookup(f.table)
	return db.Exec(ctx, e.table(f.table, further)) // fill would empty it
}

// table is the statement that makes a shipped table, under a name, empty and with further
// columns. ALTER TABLE … ADD COLUMN is not for it: DuckDB cannot replay that where a CHECK
// calls a function, so that a file whose process dies before the next checkpoint could not
// be opened again.
func (e Entry) table(name string, further []string) string {
	body := strings.TrimSpace(e.SQL[strings.Index(e.SQL, "("):])
	body = strings.TrimSuffix(strings.TrimSuffix(body, ";"), ")")
	for _, column := range further {
		body += ", " + column
	}
	return "CREATE OR REPLACE TABLE " + sqltext.QuoteName(name) + " " + body + ")"
}
