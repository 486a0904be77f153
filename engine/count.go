package engine

import (
	"context"
	"fmt"
	"strings"

	"utvandring/udf"
	"utvandring/udf/sqltext"
	"utvandring/udf/stock"
)

var ( // but for tests constant
	// partPersons are counted at a time, so that the memory does not grow with the
	// register.
	partPersons = 1 << 20
	// memoryACount makes of DuckDB's memory_limit how many pieces of stays are kept, of 16
	// bytes, until they are added up, and sums, of 24 bytes. Where there are more sums, the
	// register is read again for the others.
	memoryACount = 16 * 16
)

// quietCell and busyCell are the tables of cells without and with events.
const quietCell, busyCell = "_quiet_cell", "_busy_cell"

// livedTables are what countCells fills.
var livedTables = []string{quietCell, busyCell, "_counted_people", "emigrant_cell", "cohort"}

// countCells fills them: package stock counts the register, some people at a time. It gives
// which tables of spells may have some that overlap, see stock.Tally.
func (db *DB) countCells(ctx context.Context, s *study) (overlaps []bool, err error) {
	counted, err := db.countedStudy(ctx, s)
	if err != nil {
		return nil, err
	}
	tally, err := stock.New(counted)
	if err != nil {
		return nil, err
	}
	parts, err := db.personParts(ctx)
	if err != nil {
		return nil, err
	}
	write := "CREATE OR REPLACE TABLE %s AS"
	for tally.Pass() {
		for _, persons := range parts {
			if err := db.countPart(ctx, s, tally, &counted, persons); err != nil {
				return nil, err
			}
		}
		c := udf.Collector{Tally: tally}
		// The cells are in no order, so that several threads may write them.
		if err := db.with(ctx, "preserve_insertion_order", "false", func() error {
			return db.Exec(c.Context(ctx), fmt.Sprintf(write+" FROM _counted('quiet'); "+write+" FROM _counted('busy')", quietCell, busyCell))
		}); err != nil {
			return nil, err
		}
		write = "INSERT INTO %s"
	}
	c := udf.Collector{Tally: tally}
	return tally.Overlaps, db.Exec(c.Context(ctx), accountTables)
}

// accountTables fills the table of the people in cells, and those of single years of age
// and duration.
const accountTables = `
	CREATE OR REPLACE TABLE _counted_people AS FROM _counted('people');
	CREATE OR REPLACE TABLE emigrant_cell AS
	SELECT year, sex, country_group, age, nullif(duration, -1) AS duration, sum(emigrations)::INTEGER AS emigrations, sum(emigrations_macro)::INTEGER AS emigrations_macro
	FROM _counted('emigrants') JOIN (SELECT DISTINCT account, country_group, sex FROM _kind) USING (account) GROUP BY ALL;
	CREATE OR REPLACE TABLE cohort AS
	SELECT year, country_group, sex, age, duration, sum(residents)::BIGINT AS residents, sum(emigrations)::BIGINT AS emigrations,
	       CASE WHEN year < (SELECT max(year) FROM counted_year) THEN sum(stayers)::BIGINT END AS stayers, sum(arrivals)::BIGINT AS arrivals
	FROM _counted('cohort') JOIN (SELECT DISTINCT account, country_group, sex FROM _kind) USING (account) WHERE country_group IS NOT NULL GROUP BY year, country_group, sex, age, duration`

// countedStudy is what package stock has to know.
func (db *DB) countedStudy(ctx context.Context, s *study) (stock.Study, error) {
	counted := stock.Study{Age: s.floors("age"), Duration: s.floors("duration")}
	if err := db.conn.Row(ctx, `SELECT min(year), max(year), (SELECT count(*) FROM _place), (SELECT count(*) FROM _kind), (SELECT count(*) FROM _state),
		(parse_formatted_bytes(current_setting('memory_limit')) // $1)::BIGINT FROM counted_year`, memoryACount).Scan(&counted.First, &counted.Last, &counted.Places, &counted.Kinds, &counted.States, &counted.Most); err != nil {
		return counted, Plain(err)
	}
	var account int32
	err := db.each(ctx, "SELECT coalesce(account, -1) FROM _kind ORDER BY kind", []any{&account}, func() {
		counted.Accounts = append(counted.Accounts, account)
	})
	if err != nil {
		return counted, err
	}
	var readings []stock.Reading
	var r stock.Reading
	var candidates string
	err = db.each(ctx, `SELECT code, first_day - DATE '1970-01-01', end_day - DATE '1970-01-01', place, array_to_string(candidates, chr(10)) FROM _reading`, []any{&r.Code, &r.From, &r.Until, &r.Place, &candidates}, func() {
		if r.Candidates = nil; candidates != "" {
			r.Candidates = strings.Split(candidates, "\n")
		}
		readings = append(readings, r)
	})
	if err != nil {
		return counted, err
	}
	var recodings []stock.Recoding
	var change stock.Recoding
	err = db.each(ctx, "SELECT old_code, new_code, make_date(year, 1, 1) - DATE '1970-01-01' FROM municipality_change", []any{&change.Old, &change.New, &change.Day}, func() {
		recodings = append(recodings, change)
	})
	if err != nil {
		return counted, err
	}
	counted.Codes = stock.NewCodes(readings, recodings)
	for _, d := range s.statuses() {
		var without int32
		if err := db.conn.Row(ctx, fmt.Sprintf("SELECT min(state) FROM _state WHERE %s IS NULL", sqltext.QuoteName(d.name))).Scan(&without); err != nil {
			return counted, Plain(err)
		}
		counted.Without = append(counted.Without, without)
	}
	return counted, nil
}

// each scans every row of a query.
func (db *DB) each(ctx context.Context, query string, into []any, f func(), args ...any) error {
	return Plain(db.conn.Each(ctx, query, into, f, args...))
}

// countPart counts the people of a condition.
func (db *DB) countPart(ctx context.Context, s *study, tally *stock.Tally, counted *stock.Study, persons string) error {
	c := udf.Collector{Part: stock.NewPart(len(counted.Without)), Codes: counted.Codes}
	from := []string{
		stock.Persons: "_life_person", stock.Residence: "_life_residence",
		stock.Migrations: fmt.Sprintf(`(FROM _life_migration WHERE "from" < make_date(%d, 1, 1) AND "until" >= make_date(%d, 1, 1))`, counted.Last+1, counted.First),
	}
	for _, d := range s.statuses() {
		from = append(from, fmt.Sprintf(`(SELECT person_id::BIGINT AS person_id, n."value", from_date AS "from", coalesce(to_date, DATE 'infinity') AS "until", DATE 'infinity' AS died
			FROM %s s JOIN (SELECT %s AS name, min(state) AS "value" FROM _state GROUP BY ALL) n ON n.name IS NOT DISTINCT FROM s.%s
			WHERE s.from_date IS NOT NULL)`, d.quotedTable(), sqltext.QuoteName(d.name), d.quotedColumn()))
	}
	for table, spells := range from {
		c.Table = stock.Table(table)
		if err := db.Exec(c.Context(ctx), fmt.Sprintf(`SELECT max(_collect(person_id, "value", "from", "until", died)) FROM %s WHERE %s`, spells, persons)); err != nil {
			return err
		}
	}
	return c.Part.Count(ctx, tally)
}

// personParts are conditions that divide the people into parts of about the same size.
func (db *DB) personParts(ctx context.Context) ([]string, error) {
	var persons int
	if err := db.conn.Row(ctx, "SELECT count(*) FROM person").Scan(&persons); err != nil {
		return nil, Plain(err)
	}
	n := (persons + partPersons - 1) / partPersons
	if n < 2 {
		return []string{"person_id IS NOT NULL"}, nil
	}
	bounds, err := db.conn.Texts(ctx, fmt.Sprintf(`SELECT DISTINCT unnest(quantile_disc(person_id, [i / %[1]d.0 FOR i IN range(1, %[1]d)])) AS bound
		FROM (SELECT person_id FROM person USING SAMPLE reservoir(20000 ROWS) REPEATABLE (1)) ORDER BY bound`, n))
	if err != nil {
		return nil, Plain(err)
	}
	var parts []string
	from := "true"
	for _, bound := range bounds {
		parts = append(parts, from+" AND person_id < "+bound)
		from = "person_id >= " + bound
	}
	return append(parts, from), nil
}
