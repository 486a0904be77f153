package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
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

// refresh is Refresh as a part of the caller's transaction. It fills every table X
// for which sql/ has a view X_live (or _X_live, where the view is for nobody else), in
// the order in which the views are made: a later one may read an earlier table. Writing a new table takes half the time of
// emptying and filling the old one.
func (db *DB) refresh(ctx context.Context) error {
	if err := db.divide(ctx); err != nil {
		return err
	}
	for _, c := range counted() {
		if err := db.Exec(ctx, fmt.Sprintf("CREATE OR REPLACE TABLE %s AS FROM %s", c.table, c.live)); err != nil {
			return err
		}
	}
	return db.recordCounted(ctx)
}

// counted are the tables that refresh fills, with the views that fill them.
func counted() (list []struct{ table, live string }) {
	tables := map[string]bool{}
	for _, e := range shipped() {
		tables[e.Name] = e.Kind == "table"
	}
	for _, e := range shipped() {
		table, live := strings.CutSuffix(e.Name, "_live")
		if !tables[table] {
			table = strings.TrimPrefix(table, "_")
		}
		if live && tables[table] {
			list = append(list, struct{ table, live string }{table, e.Name})
		}
	}
	return list
}
