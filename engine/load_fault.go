package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// rule is what a table asks of a row beyond the types of its columns; the tables
// in sql/ hold the same as constraints.
type rule struct {
	bad string // SQL: true for a row that breaks it
	say string // SQL: what is wrong with that row, and the remedy
	// study: it hangs on a setting of the study, so that no constraint can hold it.
	study bool
}

var rules = map[string][]rule{
	"person": {
		{bad: "birth_date < DATE '1850-01-01'", say: "'birth_date ' || birth_date || ' is before 1850'"},
		{bad: "length(birth_country) <> 3", say: `'birth_country "' || birth_country || '" is not an ISO 3166 code of three letters, such as NOR'`},
		{bad: "first_immigration < birth_date", say: "'first_immigration ' || first_immigration || ' is before birth_date ' || birth_date"},
		duplicate("person_id"),
	},
	"residence": {
		{bad: "length(municipality_code) <> _setting('municipality_code_length')::INTEGER", study: true,
			say: `'municipality_code "' || municipality_code || '" has not ' || CASE _setting('municipality_code_length') WHEN '4' THEN 'four' ELSE _setting('municipality_code_length') END || ' characters (is a leading zero lost?)'`},
	},
	"migration": {
		{bad: "length(country) <> 3", say: `'country "' || country || '" is not an ISO 3166 code of three letters, such as SWE; unknown is empty'`},
	},
	"municipality": {
		{bad: "centrality < 1", say: "'centrality ' || centrality || ' is not 1 (least central) or more; unknown is empty'"},
		duplicate("municipality_code"),
	},
	"country": {
		{bad: "country_code = _setting('home_country')", study: true,
			say: "country_code || CASE country_code WHEN 'NOR' THEN ' is Norway' ELSE ' is the home country' END || ', which is in no country group: leave it out'"},
		{bad: "country_group NOT BETWEEN 1 AND _setting('country_groups')::INTEGER", study: true,
			say: "'country_group ' || country_group || ' is not 1 to ' || _setting('country_groups') || ', the groups of the study (table study)'"},
		duplicate("country_code"),
	},
	"country_year": {
		{bad: "unemployment_rate NOT BETWEEN 0 AND 100", say: "'unemployment_rate ' || unemployment_rate || ' is not from 0 to 100 per cent; unknown is empty'"},
		notPositive("gdp_ppp"),
		notPositive("population"),
		duplicate("country_code", "year"),
	},
	"macro":           {duplicate("year")},
	"register_period": {{bad: "last_year < first_year", say: "'last_year ' || last_year || ' is before first_year ' || first_year"}},
}

func notPositive(column string) rule {
	return rule{
		bad: fmt.Sprintf("NOT (%[1]s > 0 AND isfinite(%[1]s))", column),
		say: fmt.Sprintf("'%[1]s ' || %[1]s || ' is not above 0; unknown is empty'", column),
	}
}

func duplicate(key ...string) rule {
	columns := strings.Join(key, ", ")
	return rule{
		bad: fmt.Sprintf("row_number() OVER (PARTITION BY %s ORDER BY _line) > 1", columns),
		say: fmt.Sprintf("'%s ' || concat_ws(', ', %s) || ' is there already: leave one out'", strings.Join(key, " and "), columns),
	}
}

// diagnose finds the first row of a file that its table refuses, and says why.
// DuckDB tells the reason, but neither file nor line. The failure has aborted the
// session's transaction, so the file is queried over another connection.
func (db *DB) diagnose(ctx context.Context, e *extractSource, f *extractFile, failure error) error {
	if ctx.Err() != nil {
		return failure
	}
	var typed, messages []string
	for _, c := range f.columns {
		typed = append(typed, fmt.Sprintf("TRY_CAST(%s AS %s) AS %s", f.read(c, "_raw.", "("+f.ids+")"), c.sqlType, sqltext.QuoteName(c.name)))
		text := fmt.Sprintf("_raw.%s::VARCHAR", sqltext.QuoteName(c.inFile))
		messages = append(messages, fmt.Sprintf("CASE WHEN %s IS NULL AND %s IS NOT NULL THEN '%s \"' || %s || '\" is not %s' END",
			sqltext.QuoteName(c.name), text, c.name, text, strings.ReplaceAll(f.kindOf(c), "'", "''")))
		if !c.nullable {
			messages = append(messages, fmt.Sprintf("CASE WHEN %s IS NULL THEN '%s is missing' END", text, c.name))
		}
	}
	for _, r := range rules[f.table] {
		messages = append(messages, fmt.Sprintf("CASE WHEN %s THEN %s END", r.bad, r.say))
	}
	first := 1 // the line or row number of the first row
	if f.csv {
		first = 2
	}
	found, err := e.conn.Texts(ctx, fmt.Sprintf(`
		SELECT _line || ': ' || _fault FROM (
		  SELECT _line, coalesce(%s) AS _fault FROM (
		    SELECT row_number() OVER () - 1 + %d AS _line, _raw, %s FROM %s AS _raw)
		)
		WHERE _fault IS NOT NULL ORDER BY _line LIMIT 1`,
		strings.Join(messages, ",\n"), first, strings.Join(typed, ", "), f.from(lookSchema)))
	switch {
	case err != nil && f.csv:
		return fmt.Errorf("%s %w", f.name, csvFault(err))
	case err != nil:
		return fmt.Errorf("%s: %w", f.name, csvFault(err))
	case len(found) == 0:
		return fmt.Errorf("%s: %w", f.name, Plain(failure))
	}
	return errors.New(f.row(found[0]))
}

// kindOf says in words what a value of a column looks like.
func (f *extractFile) kindOf(c extractColumn) string {
	if c.name == "person_id" && f.ids != "" {
		return "a person_id of person"
	}
	return kindOf(c.sqlType)
}

// row names a row of the file.
func (f *extractFile) row(number string) string {
	if f.csv {
		return f.name + " line " + number
	}
	return f.name + " row " + number
}

// kindOf says in words what a value of an SQL type looks like.
func kindOf(sqlType string) string {
	switch sqlType {
	case "BIGINT", "INTEGER", "TINYINT":
		return "a whole number"
	case "DOUBLE":
		return "a number such as 2.5"
	case "DATE":
		return "a date such as 2013-01-31"
	case "BOOLEAN":
		return "true or false"
	}
	if words, ok := strings.CutPrefix(sqlType, "ENUM("); ok {
		return strings.ReplaceAll(strings.TrimSuffix(words, ")"), ", ", " or ")
	}
	return sqlType
}

var (
	csvLine    = later.Compile(`CSV Error on Line: (\d+)`)
	csvColumns = later.Compile(`Expected Number of Columns: (\d+) Found: (\d+)`)
)

// csvFault shortens DuckDB's account of a line it cannot read.
func csvFault(err error) error {
	text := err.Error()
	line := csvLine.FindStringSubmatch(text)
	if line == nil {
		return Plain(err)
	}
	reason := "cannot be read as CSV"
	if m := csvColumns.FindStringSubmatch(text); m != nil {
		reason = fmt.Sprintf("%s columns where the header has %s", m[2], m[1])
	} else if strings.Contains(text, "unterminated quote") {
		reason = "a quote is opened and not closed"
	} else if strings.Contains(text, "utf-8") {
		reason = "not UTF-8 text: save the file as UTF-8"
	}
	return fmt.Errorf("line %s: %s", line[1], reason)
}

// The row that an example of Check tells of.
var examplePattern = later.Compile(`^person (-?\d+)(?:: (?:from|emigration|immigration) (\d{4}-\d\d-\d\d))?`)

// fatal is the error for a fatal problem, with the line of its example.
func (db *DB) fatal(ctx context.Context, files []*extractFile, p Problem) error {
	table, text, _ := strings.Cut(p.Text, ": ")
	place := table
	for _, f := range files {
		m := examplePattern.FindStringSubmatch(p.Example)
		if f.table != table || m == nil {
			continue
		}
		where := "_id = " + m[1]
		if m[2] != "" {
			where += fmt.Sprintf(" AND _date = DATE '%s'", m[2])
		}
		date := map[string]string{"person": "birth_date", "residence": "from_date", "migration": "event_date"}[table]
		first := map[bool]int{true: 2, false: 1}[f.csv]
		found, err := db.conn.Texts(ctx, fmt.Sprintf(`
			SELECT _line::VARCHAR FROM (
			  SELECT row_number() OVER () - 1 + %d AS _line, (%s)::BIGINT AS _id, %s::DATE AS _date FROM %s _raw)
			WHERE %s ORDER BY _line DESC LIMIT 1`, first, f.read(extractColumn{namedColumn: namedColumn{name: "person_id", sqlType: "BIGINT"}, inFile: f.inFile("person_id")}, "_raw.", "person_key"),
			sqltext.QuoteName(f.inFile(date)), f.from(viewSchema), where))
		if err == nil && len(found) > 0 {
			place = f.row(found[0])
		} else {
			place = f.name
		}
	}
	others := ""
	if p.Count > 1 {
		others = fmt.Sprintf("; %d in all", p.Count)
	}
	return fmt.Errorf("%s: %s (%s%s): %s", place, text, db.withSourceID(ctx, p.Example), others, p.Remedy)
}

func (f *extractFile) inFile(column string) string {
	for _, c := range f.columns {
		if c.name == column {
			return c.inFile
		}
	}
	return column
}
