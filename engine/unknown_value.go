package engine

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/later"
	"utvandring/udf/nearest"
	"utvandring/udf/sqltext"
)

// unknownValues notes what is compared with a value that the column cannot have, such
// as sex = 'kvinne': the answer is right, and empty.
func unknownValues(db *DB, ctx context.Context, statement string) (notes []string) {
	statement = db.meant(statement)
	odd := 0
	bound := map[string][]string{} // the values of columns that only the bound statement tells of
	for _, e := range equalities(statement) {
		if odd > mostOdd {
			break
		}
		column, other := e.left, e.right
		if column.column() == "" {
			column, other = other, column
		}
		value, isText := other.literal()
		name := db.knownColumn(ctx, statement, strings.ToLower(column.column()))
		if name == "" {
			// A column that names do not tell of may be an ENUM all the same.
			if column.column() == "" || !isText || e.like != "" {
				continue
			}
			values, asked := bound[column.text(statement)]
			if !asked {
				odd++
				// As enumOf, but where DuckDB hands out no bound statement, as of one that reads files, nothing is asked of its plan.
				values = labelsOfCast(db.bound(ctx, castStanding(statement, column, other, value)), value)
				bound[column.text(statement)] = values
			}
			if values != nil && !slices.Contains(values, value) {
				notes = append(notes, e.noValue(column.column(), value, values))
			}
			continue
		}
		if variable := other.variable(); variable != "" {
			values, err := db.conn.Texts(ctx, "SELECT unnest([v::VARCHAR, (typeof(v) = 'VARCHAR')::VARCHAR]) FROM (SELECT getvariable("+variable+") AS v) WHERE v IS NOT NULL")
			if err != nil || len(values) == 0 {
				continue
			}
			value, isText = values[0], values[1] == "true"
		} else if o := other.bare(); !isText && len(o) == 1 {
			value = whole(o[0])
		}
		if value == "" && !isText {
			continue
		}
		known := func(values []string) bool { return slices.Contains(values, value) }
		switch {
		case e.like != "" && !isText:
			continue
		case e.like != "":
			known = func(values []string) bool { return db.matches(ctx, values, e.like, value) }
		case !isText:
			known = func(values []string) bool {
				return slices.ContainsFunc(values, func(v string) bool { return v == value || strings.TrimLeft(v, "0") == value })
			}
		}
		if values := db.groups(ctx).values[name]; values != nil {
			if isText && !known(values) {
				odd++
				stand := value
				if e.like != "" {
					stand = values[0] // a pattern is looked at when the plan is made
				}
				if of := db.enumOf(ctx, statement, column, other, stand); of != nil {
					values = of
				} else if !pivots(statement) || defines(statement, name) || db.readsOwn(ctx, statement) {
					continue
				}
				if !known(values) {
					notes = append(notes, e.noValue(name, value, values))
				}
			}
		} else if values := db.knownValues(ctx, name, value, known); values != nil {
			odd++
			if !defines(statement, name) && !db.readsOwn(ctx, statement) && !db.holds(ctx, name, e.like, value) {
				notes = append(notes, e.noValue(name, value, values))
			}
		}
	}
	return notes
}

// knownColumn is the name of a column whose values are known, or the one that it is
// another name for in the statement: f of SELECT county AS f. "" where there is none.
func (db *DB) knownColumn(ctx context.Context, statement, name string) string {
	for range 4 {
		if name == "" || db.groups(ctx).values[name] != nil || listed[name] != nil || slices.Contains(db.Dimensions(), name) {
			return name
		}
		name = aliased(sqltext.Code(statement), name)
	}
	return ""
}

// aliased is the column, in lower case, that a statement gives another name to; "" where
// none is, or several are.
func aliased(code operand, name string) (column string) {
	for i, t := range code {
		var of operand
		switch {
		case !equalFold(t.Ident(), name):
			continue
		case i > 0 && code[i-1].Is("AS"):
			of = code.before(i - 1)
		case i+1 < len(code) && code[i+1].Is(":"):
			of = code.after(i + 2)
		default:
			continue
		}
		if len(of) == 0 {
			continue // the name of a CTE, or of a table
		}
		found := strings.ToLower(of.column())
		if found == "" || column != "" && column != found {
			return ""
		}
		column = found
	}
	return column
}

// matches reports whether LIKE, or another such word, matches one of the values; yes
// where that cannot be told.
func (db *DB) matches(ctx context.Context, values []string, like, pattern string) bool {
	found, err := db.conn.Texts(ctx, "SELECT v FROM (SELECT unnest("+textList(values)+") AS v) WHERE v "+like+" "+sqltext.QuoteText(pattern)+" LIMIT 1")
	return err != nil || len(found) > 0
}

// pivots reports whether a statement has a PIVOT, in which nothing can be put in the
// place of a value.
func pivots(statement string) bool {
	return slices.ContainsFunc(sqltext.Code(statement), func(t sqltext.Token) bool { return t.Is("PIVOT") || t.Is("PIVOT_WIDER") })
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

// enumOf gives the values of the ENUM that an operand of the statement is, nil where it
// is none: a text stands for the operand that it is compared with, and is cast to the
// type. A column of the same name may be another in a CTE, a table or a file.
func (db *DB) enumOf(ctx context.Context, statement string, o, other operand, text string) (values []string) {
	if tree := db.bound(ctx, castStanding(statement, o, other, text)); tree != nil {
		return labelsOfCast(tree, text)
	}
	_, list, _ := strings.Cut(db.wholePlan(ctx, castStanding(statement, o, other, text)), "CAST("+sqltext.QuoteText(text)+" AS ENUM(")
	return enumValues(list)
}

// castStanding is a statement in which a text, cast to the type of an operand, stands for
// the other.
func castStanding(statement string, o, other operand, text string) string {
	return statement[:other[0].At] + castTo(text, o.text(statement)) + statement[other[len(other)-1].End():]
}

// castTo is a text cast to the type of an expression.
func castTo(text, expression string) string {
	return "cast_to_type(" + sqltext.QuoteText(text) + ", " + expression + ")"
}

// labelsOfCast are the values of the ENUM that a text is cast to in a bound statement.
func labelsOfCast(tree any, text string) (values []string) {
	walk(tree, func(n node) bool {
		if cast, _ := n.node("child").constant(); n.text("expression_class") == "BOUND_CAST" && cast == text {
			values = n.labels()
		}
		return values != nil
	})
	return values
}

// wholePlan is the plan before the optimizer leaves out what cannot be true, and tables
// of which it only needs the number of rows.
func (db *DB) wholePlan(ctx context.Context, statement string) string {
	db.Exec(ctx, "PRAGMA disable_optimizer")
	defer db.Exec(context.WithoutCancel(ctx), "PRAGMA enable_optimizer")
	return db.plan(ctx, statement)
}

// planned is the statement that EXPLAIN has a plan of: what PREPARE prepares, with NULL for
// its parameters, and the query of CREATE VIEW.
func planned(statement string) string {
	switch sqltext.FirstWord(statement) {
	case "PREPARE":
		if _, text := prepares(statement); text != "" {
			return withValues(text, nil)
		}
	case "CREATE":
		code := sqltext.Code(statement)
		view := slices.IndexFunc(code, func(t sqltext.Token) bool { return t.Is("VIEW") })
		if view < 0 || view > 5 {
			break
		}
		if as := slices.IndexFunc(code[view:], func(t sqltext.Token) bool { return t.Is("AS") }); as > 0 && view+as+1 < len(code) {
			return statement[code[view+as+1].At:]
		}
	}
	return statement
}

// plan is how DuckDB would run a statement, as JSON; "" where it does not say.
func (db *DB) plan(ctx context.Context, statement string) string {
	var plan, kind, part string
	if db.each(ctx, "EXPLAIN (FORMAT JSON) "+planned(statement), []any{&kind, &part}, func() { plan += part }) != nil {
		return ""
	}
	return plan
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
// value is none of them, as known tells; otherwise nil.
func (db *DB) knownValues(ctx context.Context, column, value string, known func([]string) bool) []string {
	sources := listed[column]
	if sources == nil && slices.Contains(db.Dimensions(), column) {
		sources = []string{"population_cell." + column} // one of the user's own
	}
	if sources == nil || value == "NOR" || known(db.values[column]) {
		return nil
	}
	var parts []string
	for _, source := range sources {
		table, name, _ := strings.Cut(source, ".")
		parts = append(parts, "SELECT "+name+"::VARCHAR AS v FROM "+db.at(table))
	}
	values, err := db.conn.Texts(ctx, "SELECT DISTINCT v FROM ("+strings.Join(parts, " UNION ")+") WHERE v IS NOT NULL ORDER BY v")
	if err != nil || len(values) == 0 {
		return nil
	}
	if db.values == nil {
		db.values = map[string][]string{}
	}
	db.values[column] = values
	if known(values) {
		return nil
	}
	return values
}

// holds reports whether a table has the value in a column of the name, or one that LIKE
// matches: one of the user's own, or the register, a code that the reference has not. It
// says yes where that cannot be told.
func (db *DB) holds(ctx context.Context, column, like, value string) bool {
	tables, err := db.conn.Texts(ctx, `SELECT format('"{}"."{}"."{}"', database_name, schema_name, table_name) FROM duckdb_tables() WHERE contains(lower(sql), $1)`, column)
	if err != nil {
		return true
	}
	for _, table := range tables {
		found, err := db.conn.Texts(ctx, "SELECT 'yes' WHERE EXISTS (FROM "+table+" t WHERE t."+sqltext.QuoteName(column)+"::VARCHAR "+cmp.Or(like, "=")+" $1)", value)
		if err == nil && len(found) > 0 {
			return true
		}
	}
	return false
}

// readsOwn reports whether a statement reads a view or macro of the user's, which may
// make a column of any name.
func (db *DB) readsOwn(ctx context.Context, statement string) bool {
	names, err := db.conn.Texts(ctx, `SELECT lower(view_name) FROM duckdb_views() WHERE NOT internal
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
var fromElsewhere = later.Compile(`(?i)\b(read_|glob|sniff_|query\s*\(|unpivot)`)

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
	if open < 2 || close < 0 || !code[open].Is("(") || code[open-1].Ident() == "" || ending(code[open-1]) {
		return false
	}
	for _, t := range code[open+1 : close] {
		if t.Ident() == "" && !t.Is(",") || ending(t) && !t.Is(",") {
			return false // also (SELECT a AS b FROM c)
		}
	}
	before := code[open-2]
	return valueBefore(before) || before.Is("AS") || before.Is("WITH") || before.Is("RECURSIVE") || before.Is(",")
}

// noValue says that a column has not a value, and which it has: all where they are few,
// or the nearest.
func (e equality) noValue(column, value string, values []string) string {
	const few = 8
	has := "it has"
	if len(values) > few {
		has, values = "nearest:", nearestValues(strings.Trim(value, "%*"), values)
	}
	what := "no value '"
	if e.like != "" {
		what = "no value " + strings.ToLower(e.like) + " '"
	}
	text := column + " has " + what + value + "'"
	if len(values) > 0 {
		text += " (" + has + " '" + strings.Join(values, "', '") + "')"
	}
	return text
}

// InEnglish says a word of another language in that of the data; nil: there is none. Who
// reads Tyskland in a figure also asks for it.
var InEnglish func(word string) string

// nearestValues are up to three that may be meant, or the one that is written the same
// but for its case, or means the same.
func nearestValues(value string, values []string) (found []string) {
	if InEnglish != nil {
		if english := InEnglish(value); english != value && slices.Contains(values, english) {
			return []string{english}
		}
	}
	for _, v := range values {
		if strings.TrimLeft(v, "0") == value {
			return []string{v} // a leading zero is lost
		}
	}
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
