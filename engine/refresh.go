package engine

import (
	"context"
	"fmt"
)

// Refresh counts the register anew into the tables that the frequency views and
// panels read. It does so wholly or, on an error or when ctx is cancelled, not
// at all.
func (db *DB) Refresh(ctx context.Context) error {
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
		CREATE OR REPLACE TABLE emigrant_cell AS FROM emigrant_cell_live;`)
}
