package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"utvandring/udf"
	"utvandring/udf/duck"
	"utvandring/udf/stock"
)

const (
	// partPersons are counted at a time, so that the memory does not grow with the
	// register.
	partPersons = 1 << 21
	// manyCells in memory are written down before more people are counted.
	manyCells = 1 << 22
)

// countCells fills population_cell: what sql/count/tally.sql hands over, counted by package stock,
// some people at a time.
func (db *DB) countCells(ctx context.Context, s *study) error {
	counted := stock.Study{Age: s.floors("age"), Duration: s.floors("duration")}
	if err := db.conn.QueryRowContext(ctx, `SELECT min(year), max(year), (SELECT count(*) FROM _place), (SELECT count(*) FROM _kind), (SELECT count(*) FROM _state)
		FROM counted_year`).Scan(&counted.First, &counted.Last, &counted.Places, &counted.Kinds, &counted.States); err != nil {
		return Plain(err)
	}
	counter, err := udf.NewCounter(counted)
	if err != nil {
		return err
	}
	if err := db.Exec(ctx, "CREATE OR REPLACE TABLE population_cell AS FROM _named(_cell) WITH NO DATA"); err != nil {
		return err
	}
	parts, err := db.personParts(ctx)
	if err != nil {
		return err
	}
	written := 0
	write := func() error {
		written++
		return counter.Cells(func(cells []stock.Cell) error { return db.insertCells(ctx, cells) })
	}
	for i, part := range parts {
		for _, view := range []string{"_tally_stay", "_tally_event"} {
			if err := db.Exec(counter.Context(ctx), fmt.Sprintf(
				`SELECT sum(_tally(what, place, kind, state, weight, born, came, "from", "until")) FROM %s
				WHERE "from" < make_date(%d, 1, 1) AND "until" >= make_date(%d, 1, 1)%s`, view, counted.Last+1, counted.First, part)); err != nil {
				return err
			}
		}
		if counter.Len() > manyCells || i == len(parts)-1 {
			if err := write(); err != nil {
				return err
			}
		}
	}
	if written < 2 {
		return nil
	}
	// A group that was written down twice has its counts in several rows.
	var sums []string
	for _, column := range slices.Concat(cellCounts[:len(cellCounts)-1], []string{"person_years"}) {
		sums = append(sums, fmt.Sprintf("sum(%[1]s) AS %[1]s", column))
	}
	return db.Exec(ctx, fmt.Sprintf(`CREATE OR REPLACE TABLE population_cell AS
		(FROM population_cell WITH NO DATA) UNION ALL BY NAME SELECT * EXCLUDE (%s), %s FROM population_cell GROUP BY ALL`,
		strings.Join(cellCounts[:len(cellCounts)-1], ", ")+", person_years", strings.Join(sums, ", ")))
}

var (
	cellKey    = []string{"year", "place", "kind", "state", "age", "duration"}
	cellCounts = []string{"residents", "emigrations", "emigrations_macro", "immigrations", "immigrations_macro", "births", "deaths", "moves_in", "moves_out", "person_days"}
)

// personParts are conditions that divide the people into parts of about the same size.
func (db *DB) personParts(ctx context.Context) ([]string, error) {
	var persons int
	if err := db.conn.QueryRowContext(ctx, "SELECT count(*) FROM person").Scan(&persons); err != nil {
		return nil, Plain(err)
	}
	n := (persons + partPersons - 1) / partPersons
	if n < 2 {
		return []string{""}, nil
	}
	bounds, err := db.texts(ctx, fmt.Sprintf(`SELECT DISTINCT unnest(quantile_disc(person_id, [i / %[1]d.0 FOR i IN range(1, %[1]d)])) AS bound
		FROM (SELECT person_id FROM person USING SAMPLE reservoir(20000 ROWS) REPEATABLE (1)) ORDER BY bound`, n))
	if err != nil {
		return nil, Plain(err)
	}
	var parts []string
	from := ""
	for _, bound := range bounds {
		parts = append(parts, from+" AND person_id < "+bound)
		from = " AND person_id >= " + bound
	}
	return append(parts, from), nil
}

// insertCells appends cells to population_cell.
func (db *DB) insertCells(ctx context.Context, cells []stock.Cell) error {
	n := len(cells)
	columns := make([]duck.Counts, 15)
	for i := range columns {
		columns[i] = make(duck.Counts, n)
	}
	days := make(duck.Integers, n)
	for row, c := range cells {
		e := &c.Events
		for i, x := range []int32{c.Year, c.Place, c.Kind, c.State, c.Age, c.Duration, c.Residents,
			e[stock.Emigration] + e[stock.EmigrationOfMover], e[stock.Emigration],
			e[stock.Immigration] + e[stock.ImmigrationOfMover], e[stock.Immigration],
			e[stock.Birth], e[stock.Death], e[stock.MoveIn], e[stock.MoveOut]} {
			columns[i][row] = x
		}
		days[row] = c.Days
	}
	var feed duck.Feed
	for i, name := range append(append([]string{}, cellKey...), cellCounts[:len(cellCounts)-1]...) {
		feed = append(feed, duck.FeedColumn{Name: name, Values: columns[i]})
	}
	feed = append(feed, duck.FeedColumn{Name: "person_days", Values: days})
	return Plain(db.duck.Insert(ctx, "INSERT INTO population_cell FROM _named(_feed)", feed))
}
