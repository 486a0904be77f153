package engine

import (
	"context"
	"errors"
	"fmt"
)

// Refresh counts the register anew into the tables that the frequency views and
// panels read. It does so wholly or, on an error or when ctx is cancelled, not
// at all.
func (db *DB) Refresh(ctx context.Context) error {
	if db.ReadOnly {
		return errors.New("refresh: the database is open for reading only")
	}
	if err := db.InTransaction(ctx, func() error { return db.refresh(ctx) }); err != nil {
		return fmt.Errorf("refresh: %w", err)
	}
	return nil
}

// refresh is Refresh as a part of the caller's transaction. Writing a new table
// takes half the time of emptying and filling the old one.
func (db *DB) refresh(ctx context.Context) error {
	return db.Exec(ctx, `
		CREATE OR REPLACE TABLE population_cell AS FROM population_cell_live;
		CREATE OR REPLACE TABLE county_cell AS FROM _county_cell;
		CREATE OR REPLACE TABLE emigrant_cell AS FROM emigrant_cell_live;
		CREATE OR REPLACE TABLE panel_1 AS FROM panel_of(county_cell, 1);
		CREATE OR REPLACE TABLE panel_2 AS FROM panel_of(county_cell, 2);
		CREATE OR REPLACE TABLE panel_3 AS FROM panel_of(county_cell, 3);
		CREATE OR REPLACE TABLE _cohort AS FROM cohort_live;
		CREATE OR REPLACE TABLE _table_4_11 AS FROM _table_4_11_live;
		CREATE OR REPLACE TABLE _figure_4_1 AS FROM _figure_4_1_live;`)
}
