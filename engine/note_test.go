package engine

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

// A note is kept beside the answer, forgotten, or fails its statement before
// anything of it is kept.
func TestNoteModes(t *testing.T) {
	before := examiners
	t.Cleanup(func() { examiners = before })
	examiners = []func(*DB, context.Context, string) []string{func(_ *DB, _ context.Context, statement string) []string {
		if strings.Contains(statement, "odd") {
			return []string{"this is odd", "this is odd"}
		}
		return nil
	}}
	db := scratch(t)
	t.Cleanup(func() { db.Notes = NotesOn })
	ctx := context.Background()
	for _, c := range []struct {
		mode  NoteMode
		notes []string
		kept  bool
	}{
		{"", []string{"this is odd"}, true}, {NotesOn, []string{"this is odd"}, true}, {NotesOff, nil, true}, {NotesError, nil, false},
	} {
		db.Notes = c.mode
		_, err := db.Run(ctx, "CREATE OR REPLACE TABLE odd AS SELECT 1 AS a", 0)
		var fault *Fault
		if c.kept != (err == nil) || err != nil && (!errors.As(err, &fault) || !strings.HasPrefix(fault.Sentence, "this is odd (")) {
			t.Errorf("%q: %v", c.mode, err)
		}
		if got := db.TakeNotes(); !slices.Equal(got, c.notes) {
			t.Errorf("%q: %q", c.mode, got)
		}
		err = db.Exec(ctx, "DROP TABLE odd")
		if c.kept != (err == nil) {
			t.Errorf("%q: kept: %v", c.mode, err)
		}
	}
	db.Notes = NotesError
	if r, err := db.Query(ctx, "SELECT 'odd'"); err != nil {
		t.Error("the program's own query:", err)
	} else {
		r.Close()
	}
}

// The context of the first run is not that of the second.
func TestExecuteTwice(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	for _, statement := range []string{
		"PREPARE p AS SELECT count(_limits(i, 10, {level: 0.95})) AS n FROM range(3) r(i)", "EXECUTE p", "EXECUTE p",
	} {
		ctx, cancel := context.WithCancel(context.Background())
		r, err := db.Run(ctx, statement, 0)
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		r.Close()
		cancel()
	}
}
