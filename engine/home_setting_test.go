package engine

import (
	"context"
	"errors"
	"testing"
)

// TestSettingIsGivenBack: what ends a statement in a transaction aborts it, and no setting
// can be set in an aborted one. In one of our own it is given back at its end, in one of
// the user's before the next statement.
func TestSettingIsGivenBack(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db := fresh(t)
	const setting = "SELECT current_setting('preserve_insertion_order')"
	fails := func() error {
		return db.with(ctx, "preserve_insertion_order", "false", func() error {
			if got := query(t, db, setting); got[0][0] != "false" {
				t.Errorf("it is %v while it runs", got)
			}
			return db.Exec(ctx, "SELECT error('no')")
		})
	}
	if err := db.InTransaction(ctx, fails); err == nil {
		t.Fatal("nothing has failed")
	}
	same(t, "after our transaction", query(t, db, setting), [][]string{{"true"}})

	run(t, db, "BEGIN")
	if err := db.InTransaction(ctx, fails); !errors.As(err, new(abortedError)) {
		t.Fatal(err)
	}
	run(t, db, "ROLLBACK")
	if _, err := db.Run(ctx, "SELECT 1", 0); err != nil {
		t.Fatal(err)
	}
	same(t, "after the user's", query(t, db, setting), [][]string{{"true"}})
}
