package engine

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/nearest"
	"utvandring/udf/sqltext"
)

func init() { examiners = append(examiners, unknownValues) }

// unknownValues notes what is compared with a value that the column cannot have, such
// as sex = 'kvinne': the answer is right, and empty.
func unknownValues(db *DB, ctx context.Context, statement string) (notes []string) {
	odd := 0
	for _, c := range comparisons(statement) {
		if c.ordered {
			continue
		}
		if odd > mostOdd {
			break
		}
		column, other := c.left, c.right
		if column.column() == "" {
			column, other = other, column
		}
		name := strings.ToLower(column.column())
		value, isText := other.literal()
		if name := other.variable(); name != "" && column.column() != "" {
			values, err := db.texts(ctx, "SELECT v FROM (SELECT getvariable("+name+")::VARCHAR AS v) WHERE v IS NOT NULL")
			if err != nil || len(values) == 0 {
				continue
			}
			value, isText = values[0], true
		} else if !isText && len(other) == 1 {
			value = whole(other[0])
		}
		if name == "" || value == "" && !isText {
			continue
		}
		if values := db.groups(ctx).values[name]; values != nil {
			if isText && !slices.Contains(values, value) {
				odd++
				if values = db.typeOf(ctx, statement, column, other, value); values != nil && !slices.Contains(values, value) {
					notes = append(notes, noValue(name, value, values))
				}
			}
		} else if values := db.knownValues(ctx, name, value, !isText); values != nil {
			odd++
			if !defines(statement, name) && !db.readsOwn(ctx, statement) && !db.holds(ctx, name, value) {
				notes = append(notes, noValue(name, value, values))
			}
		}
	}
	return notes
}

// So many values of one statement are looked for, which takes milliseconds each.
const mostOdd = 20

// variable is the text of x in getvariable(x), where the operand is nothing else.
func (o operand) variable() string {
	if o = o.bare(); len(o) == 4 && o[0].Is("getvariable") && o[1].Is("(") && o[2].Kind == sqltext.String && o[3].Is(")") {
		return o[2].Text
	}
	return ""
}

// whole is a whole number as it is written in a cast to VARCHAR; "" for other tokens.
func whole(t sqltext.Token) string {
	if n, err := strconv.Atoi(t.Text); err == nil && t.Kind == sqltext.Number {
		return strconv.Itoa(n)
	}
	return ""
}

// typeOf gives the values of the ENUM that a column of the statement is, which is
// compared with a literal; nil where it is none. A column of the same name may be
// another in a CTE, a table or a file.
func (db *DB) typeOf(ctx context.Context, statement string, column, literal operand, value string) []string {
	return db.enumOf(ctx, statement, column, literal, sqltext.QuoteText(value))
}

// enumOf gives the values of the ENUM that an operand of the statement is, nil where it
// is none, as the plan of the statement tells, in which a text that is none of them
// stands for another operand.
func (db *DB) enumOf(ctx context.Context, statement string, o, other operand, text string) (values []string) {
	plan := db.wholePlan(ctx, statement[:other[0].At]+"cast_to_type("+text+", "+o.text(statement)+")"+statement[other[len(other)-1].End():])
	_, list, _ := strings.Cut(plan, "CAST("+text+" AS ENUM(")
	return enumValues(list)
}

// wholePlan is the plan before the optimizer leaves out what cannot be true, and tables
// of which it only needs the number of rows.
func (db *DB) wholePlan(ctx context.Context, statement string) string {
	db.Exec(ctx, "PRAGMA disable_optimizer")
	defer db.Exec(context.WithoutCancel(ctx), "PRAGMA enable_optimizer")
	return db.plan(ctx, statement)
}

// plan is how DuckDB would run a statement, as JSON; "" where it does not say.
func (db *DB) plan(ctx context.Context, statement string) string {
	rows, err := db.conn.QueryContext(ctx, "EXPLAIN (FORMAT JSON) "+statement)
	if err != nil {
		return ""
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var kind, part string
		if rows.Scan(&kind, &part) != nil {
			return ""
		}
		plan.WriteString(part)
	}
	return plan.String()
}

// listed are the columns of the register that are texts or numbers, and the columns of
// reference tables that list what is in them.
var listed = map[string][]string{
	"municipality_code": {"municipality.municipality_code", "municipality_change.old_code", "municipality_change.new_code"},
	"municipality":      {"municipality.municipality"},
	"county_code":       {"municipality.county_code"},
	"county":            {"municipality.county"},
	"centrality":        {"municipality.centrality"},
	"country_code":      {"country.country_code", "country_year.country_code"},
	"birth_country":     {"country.country_code"},
	"country":           {"country.country", "country.country_code"}, // the code where it is that of a migration
	"country_group":     {"country.country_group"},
}

// knownValues are the values that a listed column has in the reference tables, where a
// value is none of them; otherwise nil. A number is '0301' where it is 301.
func (db *DB) knownValues(ctx context.Context, column, value string, number bool) []string {
	known := func(v string) bool {
		return v == value || number && strings.TrimLeft(v, "0") == value
	}
	sources := listed[column]
	if sources == nil && slices.Contains(db.Dimensions(), column) {
		sources = []string{"population_cell." + column} // one of the user's own
	}
	if sources == nil || value == "NOR" || slices.ContainsFunc(db.values[column], known) {
		return nil
	}
	var parts []string
	for _, source := range sources {
		table, name, _ := strings.Cut(source, ".")
		parts = append(parts, "SELECT "+name+"::VARCHAR AS v FROM "+table)
	}
	values, err := db.texts(ctx, "SELECT DISTINCT v FROM ("+strings.Join(parts, " UNION ")+") WHERE v IS NOT NULL ORDER BY v")
	if err != nil || len(values) == 0 {
		return nil
	}
	if db.values == nil {
		db.values = map[string][]string{}
	}
	db.values[column] = values
	if slices.ContainsFunc(values, known) {
		return nil
	}
	return values
}

// holds reports whether a table has the value in a column of the name: one of the
// user's own, or the register, a code that the reference has not. It says yes where that
// cannot be told.
func (db *DB) holds(ctx context.Context, column, value string) bool {
	tables, err := db.texts(ctx, `SELECT format('"{}"."{}"."{}"', database_name, schema_name, table_name) FROM duckdb_tables() WHERE contains(lower(sql), $1)`, column)
	if err != nil {
		return true
	}
	for _, table := range tables {
		found, err := db.texts(ctx, "SELECT 'yes' WHERE EXISTS (FROM "+table+" t WHERE t."+sqltext.QuoteName(column)+"::VARCHAR = $1)", value)
		if err == nil && len(found) > 0 {
			return true
		}
	}
	return false
}

// readsOwn reports whether a statement reads a view or macro of the user's, which may
// make a column of any name.
func (db *DB) readsOwn(ctx context.Context, statement string) bool {
	names, err := db.texts(ctx, `SELECT lower(view_name) FROM duckdb_views() WHERE NOT internal
		UNION SELECT lower(function_name) FROM duckdb_functions() WHERE NOT internal AND function_type LIKE '%macro'`)
	if err != nil {
		return true
	}
	for _, t := range sqltext.Code(statement) {
		name := strings.ToLower(t.Ident())
		if _, ours := Lookup(name); name != "" && !ours && slices.Contains(names, name) {
			return true
		}
	}
	return false
}

// fromElsewhere recognises functions that read files, whose columns are anybody's.
var fromElsewhere = regexp.MustCompile(`(?i)\b(read_|glob|sniff_|query\s*\(|unpivot)`)

// defines reports whether a column of the name may be one that the statement makes:
// … AS county, county: …, t(county, …), or one of a file. Then it may have any value.
func defines(statement, name string) bool {
	if fromElsewhere.MatchString(statement) {
		return true
	}
	code := operand(sqltext.Code(statement))
	for i, t := range code {
		if i > 0 && t.Kind == sqltext.String && (code[i-1].Is("FROM") && !(i > 1 && code[i-2].Is("DISTINCT")) || code[i-1].Is("JOIN")) {
			return true
		}
		if !equalFold(t.Ident(), name) {
			continue
		}
		next := i+1 < len(code) && code[i+1].Is(":")
		last := i > 0 && (code[i-1].Is("AS") || code[i-1].Is("LAMBDA") || valueBefore(code[i-1]))
		if next || last || code.inNames(i) {
			return true
		}
	}
	return false
}

// inNames recognises the place of a name among the names of t(a, b).
func (code operand) inNames(at int) bool {
	open := at
	for open > 0 && (code[open].Ident() != "" || code[open].Is(",")) {
		open--
	}
	close := closing(code, open)
	if open < 2 || close < 0 || !code[open].Is("(") || code[open-1].Ident() == "" {
		return false
	}
	for _, t := range code[open+1 : close] {
		if t.Ident() == "" && !t.Is(",") {
			return false
		}
	}
	before := code[open-2]
	return valueBefore(before) || before.Is("AS") || before.Is("WITH") || before.Is("RECURSIVE") || before.Is(",")
}

// noValue says that a column has not a value, and which it has: all where they are few,
// or the nearest.
func noValue(column, value string, values []string) string {
	const few = 8
	has := "it has"
	if len(values) > few {
		has, values = "nearest:", nearestValues(value, values)
	}
	text := column + " has no value '" + value + "'"
	if len(values) > 0 {
		text += " (" + has + " '" + strings.Join(values, "', '") + "')"
	}
	return text
}

// nearestValues are up to three that may be meant, or the one that is written the same
// but for its case.
func nearestValues(value string, values []string) (found []string) {
	values = slices.Clone(values)
	for len(found) < 3 {
		near := nearest.Name(value, values)
		if near == "" {
			break
		}
		found = append(found, near)
		if strings.EqualFold(near, value) {
			break
		}
		values = slices.DeleteFunc(values, func(v string) bool { return v == near })
	}
	return found
}
