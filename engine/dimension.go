package engine

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf"
	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// dimension is a row of the table of that name.
type dimension struct {
	name, kind, definition string
	// cuts are where the groups of an age or duration begin.
	cuts []int
	// table and column are those of a definition TABLE.COLUMN, table the one that a
	// plain column is of; sqlType is that of the column.
	table, column, sqlType string
	values                 int // at most
}

// study is what people are told apart by, besides the report's own dimensions, which
// are in the SQL as it stands.
type study struct {
	own []dimension
	// immigrant is the setting of that name: who is one.
	immigrant string
	left      []leftOut
	varying   []string // functions, once they were asked for
}

// reportDimensions are the rows of dimension that the report's figures rest on.
var reportDimensions = []dimension{
	{name: "county", kind: "place", definition: "county"},
	{name: "centrality", kind: "place", definition: "centrality"},
	{name: "country_group", kind: "country", definition: "country_group"},
	{name: "sex", kind: "person", definition: "sex"},
	{name: "age_group", kind: "age", definition: "0, 7, 18, 35, 63, 71"},
	{name: "duration_group", kind: "duration", definition: "0, 3, 6, 11, 16"},
}

func isOfReport(name string) bool {
	return slices.ContainsFunc(reportDimensions, func(d dimension) bool { return d.name == name })
}

// mostValues of a dimension: more than a table or a figure can show.
const mostValues = 1000

// dimensions are the rows of a query of name, kind and definition.
func (db *DB) dimensions(ctx context.Context, query string) (list []dimension, err error) {
	var d dimension
	err = db.each(ctx, query, []any{&d.name, &d.kind, &d.definition}, func() { list = append(list, d) })
	return list, err
}

// readStudy reads the table dimension and sees that every row makes sense but those that are
// left out.
func (db *DB) readStudy(ctx context.Context) (*study, error) {
	s := &study{immigrant: "immigrant", left: db.leave}
	missing := slices.Clone(reportDimensions)
	rows, err := db.dimensions(ctx, "SELECT dimension, kind, definition FROM dimension ORDER BY rowid")
	if err != nil {
		return nil, err
	}
	for _, d := range rows {
		i := slices.IndexFunc(missing, func(r dimension) bool { return r.name == d.name })
		if isLeft(db.leave, d.name) {
			continue
		}
		if i < 0 {
			s.own = append(s.own, d)
			continue
		}
		if r := missing[i]; r.kind != d.kind || r.definition != d.definition {
			return nil, leftOut{d.name, fmt.Sprintf("dimension %s is one of the report's, whose figures rest on it: it stays ('%s', '%s', '%s'); give yours another name", d.name, r.name, r.kind, r.definition)}
		}
		missing = slices.Delete(missing, i, i+1)
	}
	for _, r := range missing {
		if !isLeft(db.leave, r.name) {
			return nil, leftOut{r.name, fmt.Sprintf("dimension %s is one of the report's, whose figures rest on it: INSERT INTO dimension VALUES ('%s', '%s', '%s')", r.name, r.name, r.kind, r.definition)}
		}
	}
	if isLeft(db.leave, "") {
		return s, nil
	}
	if db.asCounted == nil { // nobody is there to be one
		s.immigrant, err = db.readImmigrant(ctx, s)
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, Interrupted
	case err != nil:
		return nil, leftOut{"", err.Error()}
	}
	for i, d := range s.own {
		switch err := db.understand(ctx, s, i); {
		case err != nil && ctx.Err() != nil:
			return nil, fmt.Errorf("dimension %s: %w", d.name, err)
		case err != nil:
			return nil, leftOut{d.name, fmt.Sprintf("dimension %s: %s", d.name, firstLine(err))}
		}
	}
	return s, nil
}

// readImmigrant reads the setting immigrant: a condition over the columns of person.
func (db *DB) readImmigrant(ctx context.Context, s *study) (string, error) {
	var condition string
	if err := db.conn.Row(ctx, "SELECT coalesce(_setting('immigrant'), 'immigrant')").Scan(&condition); err != nil {
		return "", Plain(err)
	}
	if condition == "immigrant" {
		return condition, nil
	}
	value := fmt.Sprintf("{'value': %s\n}.value::BOOLEAN", condition)
	if err := db.tryCondition(ctx, value); err != nil {
		return "", fmt.Errorf("study: immigrant is '%s', which is not a condition over the columns of person (%s)", condition, firstLine(err))
	}
	if err := db.sameEachTime(ctx, s, condition, value); err != nil {
		return "", fmt.Errorf("study: immigrant: %w", err)
	}
	if err := db.Exec(ctx, "SELECT max("+value+") FROM person"); err != nil {
		return "", fmt.Errorf("study: immigrant is '%s', which cannot be read (%s)", condition, firstLine(err))
	}
	return condition, nil
}

// tryCondition binds an expression over the columns of person: in WHERE, which takes
// neither aggregates nor windows. In a struct it cannot be two, or reach out of its brackets.
func (db *DB) tryCondition(ctx context.Context, expression string) error {
	if err := db.Exec(ctx, fmt.Sprintf("PREPARE _dimension AS SELECT 1 FROM (FROM person) person WHERE %s IS NULL", expression)); err != nil {
		return err
	}
	return db.Exec(ctx, "DEALLOCATE _dimension")
}

// sameEachTime refuses an expression, written in a definition, that calls what gives another
// value at another time: the parts of a count would not be of the same people. error gives none.
// To list the functions takes longer than all else that is asked of a definition.
func (db *DB) sameEachTime(ctx context.Context, s *study, definition, expression string) error {
	var called []string
	walk(db.bound(ctx, fmt.Sprintf("SELECT %s FROM person", expression)), func(n node) bool {
		if name := n.text("name"); n.text("expression_class") == "BOUND_FUNCTION" && name != "struct_pack" && name != "struct_extract" {
			called = append(called, name)
		}
		return false
	})
	if len(called) == 0 { // but those of the struct that the expression is read in
		return nil
	}
	if s.varying == nil {
		varying, err := db.conn.Texts(ctx, "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT' AND function_name <> 'error'")
		if err != nil {
			return Plain(err)
		}
		s.varying = varying
	}
	for _, name := range called {
		if slices.Contains(s.varying, name) {
			return fmt.Errorf("'%s' calls %s(), which gives another value another time: keep its values in a column, or write the value that is meant", definition, name)
		}
	}
	return nil
}

// plainLower is what a dimension may be called, and a file that is to become a table.
var plainLower = later.Compile(`^[a-z][a-z0-9_]*$`)

// understand works out what the definition of a dimension refers to.
func (db *DB) understand(ctx context.Context, s *study, i int) (err error) {
	d := &s.own[i]
	if !plainLower.MatchString(d.name) || strings.HasSuffix(d.name, "_") {
		return fmt.Errorf("a name is made of small letters, digits and _, and begins with a letter")
	}
	if slices.ContainsFunc(s.own[:i], func(o dimension) bool { return o.name == d.name }) {
		return fmt.Errorf("the name is there twice")
	}
	if slices.Contains(takenNames, d.name) || strings.HasPrefix(d.name, "from_") || strings.HasPrefix(d.name, "to_") || strings.HasPrefix(d.name, "next_") {
		return fmt.Errorf("the name is that of another column of what is counted; take another")
	}
	switch d.kind {
	case "person":
		return db.understandExpression(ctx, s, d)
	case "age", "duration":
		d.cuts, err = readCuts(d.definition)
		return err
	case "country":
		return db.understandColumn(ctx, d, "country", "country_code")
	case "place":
		return db.understandColumn(ctx, d, "municipality", "municipality_code")
	case "status":
		return db.understandColumn(ctx, d, "", "person_id", "from_date", "to_date")
	}
	return fmt.Errorf("kind '%s' is none of 'person', 'age', 'duration', 'country', 'place', 'status'", d.kind)
}

// takenNames are the columns of what is counted, and of what it is counted from.
var takenNames = slices.Concat(udf.CountedColumns, strings.Fields(`person_id birth_date birth_country immigrant first_immigration death_date age duration
	age_group duration_group duration_group_macro duration_band country_group sex municipality_code municipality county_code county centrality
	event_date direction same_year_mover administrative country outcome code place_year status_day what weight until from_date to_date value
	kind account state candidates first_year last_year person_years frequency rate low high macro days verdict place_back status_back
	first_day end_day january_1 lasting events period years of_group standardised expected covered`))

// readCuts reads '0, 5, 10'.
func readCuts(definition string) (cuts []int, err error) {
	for i, word := range strings.Split(definition, ",") {
		cut, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || cut < 0 || cut >= mostValues {
			return nil, fmt.Errorf("'%s' is not a number of completed years; a definition is such as '0, 5, 10'", strings.TrimSpace(word))
		}
		if i > 0 && cut <= cuts[i-1] {
			return nil, fmt.Errorf("%d stands after %d: the groups begin in ascending order", cut, cuts[i-1])
		}
		cuts = append(cuts, cut)
	}
	if len(cuts) > 200 {
		return nil, fmt.Errorf("%d groups are more than the 200 that can be told apart", len(cuts))
	}
	return cuts, nil
}

// understandExpression sees that an expression over the columns of person gives one
// value a person, and not too many different ones.
func (db *DB) understandExpression(ctx context.Context, s *study, d *dimension) error {
	value := fmt.Sprintf("{'value': %s\n}", d.definition)
	if err := db.tryCondition(ctx, value); err != nil {
		return fmt.Errorf("'%s' is not an expression over the columns of person (%s)", d.definition, firstLine(err))
	}
	if err := db.sameEachTime(ctx, s, d.definition, value); err != nil {
		return err
	}
	return db.countValues(ctx, d, fmt.Sprintf("SELECT (%s\n) AS \"value\" FROM person", d.definition))
}

// countValues refuses a dimension with more values than a table can show.
func (db *DB) countValues(ctx context.Context, d *dimension, values string) error {
	row := db.conn.Row(ctx, fmt.Sprintf(`SELECT (SELECT count(*) FROM (SELECT DISTINCT "value" FROM (%[1]s) LIMIT %[2]d)),
		(SELECT column_type FROM (DESCRIBE %[1]s) LIMIT 1)`, values, mostValues+1))
	if err := row.Scan(&d.values, &d.sqlType); err != nil {
		if ctx.Err() != nil {
			return Plain(err)
		}
		return fmt.Errorf("'%s' cannot be read (%s)", d.definition, firstLine(err))
	}
	if d.values > mostValues {
		return fmt.Errorf("'%s' has more than %d values, which no table can show: group them", d.definition, mostValues)
	}
	return nil
}

var identifier = later.Compile(`^(?:(\w+)\.)?(\w+)$`)

// understandColumn finds the table and column of a definition: COLUMN of the table that
// is home, or TABLE.COLUMN of one that has the key.
func (db *DB) understandColumn(ctx context.Context, d *dimension, home string, key ...string) error {
	m := identifier.FindStringSubmatch(strings.TrimSpace(d.definition))
	if m == nil || home == "" && m[1] == "" {
		if home == "" {
			return fmt.Errorf("'%s' is not TABLE.COLUMN", d.definition)
		}
		return fmt.Errorf("'%s' is not a column of %s, or TABLE.COLUMN", d.definition, home)
	}
	d.table, d.column = m[1], m[2]
	if d.table == "" {
		d.table = home
	}
	columns, err := db.columnsOf(ctx, d.table)
	if err != nil {
		return err
	}
	if len(columns) == 0 {
		return fmt.Errorf("there is no table %s: make it, or DELETE FROM dimension WHERE dimension = '%s'", d.table, d.name)
	}
	types := map[string]string{}
	for _, c := range columns {
		types[strings.ToLower(c.name)] = c.sqlType
	}
	for _, column := range append(key, d.column) {
		if types[strings.ToLower(column)] == "" {
			return fmt.Errorf("table %s has no column %s; it has %s", d.table, column, firstOf(namesOf(columns)))
		}
	}
	if home == "" {
		for _, column := range []string{"from_date", "to_date"} {
			if types[column] != "DATE" { // a TIMESTAMP or a text would be none of the days counted
				return fmt.Errorf("table %[1]s: %[2]s is %[3]s, not DATE (ALTER TABLE %[1]s ALTER %[2]s TYPE DATE)", d.table, column, types[column])
			}
		}
	} else {
		var twice *string
		row := db.conn.Row(ctx, fmt.Sprintf("SELECT min(k) FROM (SELECT %s::VARCHAR AS k FROM %s GROUP BY ALL HAVING count(DISTINCT %s) > 1)", key[0], d.quotedTable(), d.quotedColumn()))
		if err := row.Scan(&twice); err != nil {
			return Plain(err)
		}
		if twice != nil {
			return fmt.Errorf("table %s has two values of %s for %s %s", d.table, d.column, key[0], *twice)
		}
	}
	return db.countValues(ctx, d, fmt.Sprintf(`SELECT %s AS "value" FROM %s`, d.quotedColumn(), d.quotedTable()))
}

func (d *dimension) quotedTable() string  { return sqltext.QuoteName(d.table) }
func (d *dimension) quotedColumn() string { return sqltext.QuoteName(d.column) }

func firstLine(err error) string {
	line, _, _ := strings.Cut(NewFault(err).Error(), "\n")
	return line
}

// floors are where the bands of age or duration begin: all groups of the study are
// made of them.
func (s *study) floors(kind string) []int {
	floors := map[string][]int{"age": {0, 7, 18, 35, 63, 71}, "duration": {0, 3, 6, 10, 11, 16}}[kind]
	for _, d := range s.own {
		if d.kind == kind {
			floors = append(floors, d.cuts...)
		}
	}
	slices.Sort(floors)
	return slices.Compact(floors)
}

// statuses are the own dimensions of that kind.
func (s *study) statuses() []dimension {
	return slices.DeleteFunc(slices.Clone(s.own), func(d dimension) bool { return d.kind != "status" })
}

// signature is what the SQL for the study depends on.
func (s *study) signature() string {
	var b strings.Builder
	if s.immigrant != "immigrant" {
		fmt.Fprintln(&b, s.immigrant)
	}
	for _, d := range s.own {
		fmt.Fprintf(&b, "%q %q %q %q\n", d.name, d.kind, d.definition, d.sqlType)
	}
	return b.String()
}
