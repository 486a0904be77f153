package engine

import (
	"context"
	"fmt"
)

// Refresh counts the register anew into the tables that the frequency views and
// panels read. It does so wholly or, on an error or when ctx is cancelled, not
// at all.
func (db *DB) Refresh(ctx context.Context) error {
	err := db.InTransaction(ctx, func() error {
		return db.Exec(ctx, `
			DELETE FROM population_cell;
			INSERT INTO population_cell BY NAME FROM population_cell_live ORDER BY ALL;`)
	})
	if err != nil {
		return fmt.Errorf("refresh: %w", err)
	}
	return nil
}
