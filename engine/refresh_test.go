package engine

import (
	"context"
	"errors"
	"testing"

	"utvandring/udf/long"
)

// Every table but those of lives is counted from a view of its name, earlier ones first:
// what .refresh did when it was a list.
func TestRefreshFillsTheTablesWithALiveView(t *testing.T) {
	var got []string
	for _, c := range counted() {
		got = append(got, c.table)
	}
	same(t, "tables", [][]string{got}, [][]string{{"_code_reading", "_place", "_reading", "_kind", "_state", "_people", "county_cell", "_panels", "panel_1", "panel_2", "panel_3"}})
}

// A register that is counted in parts, with more cells than are kept in memory, has the
// counts of one that is not.
func TestRefreshInParts(t *testing.T) {
	long.Test(t)
	db := fresh(t)
	ctx := context.Background()
	fillDemo(t, db, 0.002, 5)
	counts := func() [][]string {
		return query(t, db, `SELECT count(*), sum(hash(c)), (SELECT string_agg(column_type, ' ') FROM (DESCRIBE population_cell)),
			(SELECT sum(hash(c)) FROM cohort c), (SELECT sum(hash(c)) FROM emigrant_cell c) FROM population_cell c`)
	}
	want := counts()
	persons, memory := partPersons, memoryACount
	defer func() { partPersons, memoryACount = persons, memory }()
	partPersons, memoryACount = 3000, 1<<18
	if err := errors.Join(db.Exec(ctx, "SET memory_limit = '1GiB'"), db.Refresh(ctx)); err != nil {
		t.Fatal(err)
	}
	same(t, "population_cell", counts(), want)
}
