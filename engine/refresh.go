package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"utvandring/udf/stock"
)

// Refresh counts the register anew into the tables that the frequency views and
// panels read. It does so wholly or, on an error or when ctx is cancelled, not
// at all.
func (db *DB) Refresh(ctx context.Context) error {
	if err := db.refuseProtected("refresh"); err != nil {
		return err
	}
	if db.ReadOnly {
		return errors.New("refresh: the database is open for reading only")
	}
	err := db.atHome(ctx, func() error {
		return db.InTransaction(ctx, func() error { return db.refresh(ctx) })
	})
	if err != nil {
		return fmt.Errorf("refresh: %w", err)
	}
	return nil
}

// refresh is Refresh as a part of the caller's transaction. It makes the study of the
// table dimension that in force, counts the lives of people, and fills every other table X
// for which sql/ has a view X_live (or _X_live, where the view is for nobody else), in the
// order in which the views are made: a later one may read an earlier table.
func (db *DB) refresh(ctx context.Context) error {
	if err := db.divide(ctx); err != nil {
		return err
	}
	s, err := db.makeStudy(ctx)
	if err != nil {
		return err
	}
	return db.count(ctx, s)
}

// count is refresh once the study is made and codes are read.
func (db *DB) count(ctx context.Context, s *study) error {
	if err := db.fillTables(ctx, "", func(c countedTable) bool { return c.shape && c.table != peopleTable && !isCodes(c) }); err != nil {
		return err
	}
	overlaps, err := db.countCells(ctx, s)
	if err != nil {
		return err
	}
	if err := db.resolveOverlaps(ctx, s, overlaps); err != nil {
		return err
	}
	if err := db.fillTables(ctx, "", func(c countedTable) bool { return !c.shape || c.table == peopleTable }); err != nil {
		return err
	}
	db.readOwn(ctx)
	return db.recordCounted(ctx)
}

// makeStudy brings the views and macros up to the study of the table dimension.
func (db *DB) makeStudy(ctx context.Context) (*study, error) {
	s, err := db.readStudy(ctx)
	for db.leaveNow(ctx, err) {
		s, err = db.readStudy(ctx)
	}
	if err != nil {
		return nil, err
	}
	var applied, left string
	if err := db.conn.Row(ctx, "SELECT applied, array_to_string(why, chr(10)) FROM _dimension").Scan(&applied, &left); err != nil {
		return nil, Plain(err)
	}
	switch {
	case applied != s.signature():
		err = db.applyStudy(ctx, s, true)
	case left != strings.Join(mapped(s.left, leftOut.Error), "\n"):
		err = db.writeDownStudy(ctx, s)
	}
	return s, err
}

// resolveOverlaps finds the people whose spells overlap, and what holds for them, in the
// tables where some may.
func (db *DB) resolveOverlaps(ctx context.Context, s *study, overlaps []bool) error {
	if err := db.Exec(ctx, "DELETE FROM _overlap"); err != nil {
		return err
	}
	if overlaps[stock.Residence] {
		if err := db.resolveResidence(ctx); err != nil {
			return err
		}
	}
	for i, d := range s.statuses() {
		if overlaps[int(stock.Statuses)+i] {
			if err := db.resolve(ctx, d.name, fmt.Sprintf(`SELECT person_id, %s AS "value", from_date, to_date FROM %s`, d.quotedColumn(), d.quotedTable())); err != nil {
				return err
			}
		}
	}
	return nil
}

func (db *DB) resolveResidence(ctx context.Context) error {
	return db.resolve(ctx, "", `SELECT person_id, municipality_code AS "value", from_date, to_date FROM residence`)
}

func (db *DB) resolve(ctx context.Context, name, spells string) error {
	return db.Exec(ctx, fmt.Sprintf("INSERT INTO _overlap WITH _raw AS NOT MATERIALIZED (%s) SELECT '%s', * FROM _resolve(_raw)", spells, name))
}

// countedTable is a table that refresh fills, with the view that fills it and the file
// of the view.
type countedTable struct {
	table, live, file string
	// shape: the columns of views depend on it, and the cells are counted by it (but for
	// the table of people, who are those that there are cells of).
	shape bool
}

const peopleTable = "_people"

// isCodes recognises the table of how codes are read.
func isCodes(c countedTable) bool { return c.table == "_code_reading" }

// fillTables fills some of them, with rows as applyStudy has it. Writing a new table
// takes half the time of emptying and filling the old one.
func (db *DB) fillTables(ctx context.Context, rows string, some func(countedTable) bool) error {
	for _, c := range counted() {
		if !some(c) {
			continue
		}
		if err := db.Exec(ctx, fmt.Sprintf("CREATE OR REPLACE TABLE %s AS FROM %s%s", c.table, c.live, rows)); err != nil {
			return err
		}
	}
	return nil
}

// counted are the tables that refresh fills from views, with these.
var counted = sync.OnceValue(func() (list []countedTable) {
	tables := map[string]bool{}
	for _, e := range shipped() {
		tables[e.Name] = e.Kind == "table"
	}
	for _, e := range shipped() {
		table, live := strings.CutSuffix(e.Name, "_live")
		if !tables[table] {
			table = strings.TrimPrefix(table, "_")
		}
		if live && tables[table] && !slices.Contains(livedTables, table) {
			shape := slices.Contains([]string{"_code_reading", "_place", "_reading", "_kind", "_state", peopleTable}, table)
			list = append(list, countedTable{table, e.Name, e.File, shape})
		}
	}
	return list
})
