package engine

import (
	"context"
	"strings"
	"testing"

	"utvandring/udf/long"
)

// A temporary table of a name of ours is said, and nothing of the program's own takes it
// for ours.
func TestTemporaryTableHidesOurs(t *testing.T) {
	t.Parallel()
	db := refusing(t)
	ctx := context.Background()
	count := query(t, db, "SELECT count(*) FROM cell")
	for _, c := range []struct{ statement, name string }{
		{"CREATE TEMP TABLE person AS SELECT 1 AS person_id", "person"},
		{"CREATE OR REPLACE TEMPORARY VIEW Spell AS SELECT 1 AS a", ""},
		{"CREATE TEMP MACRO study() AS 1; DROP MACRO study", ""},
		{`CREATE TEMP TABLE temp."Country_Year" AS FROM country_year LIMIT 0`, "country_year"},
		{"CREATE TEMP TABLE IF NOT EXISTS population_cell AS FROM population_cell LIMIT 0", "population_cell"},
	} {
		for _, s := range strings.Split(c.statement, "; ") {
			runStatement(t, db, s).Close()
		}
		notes := db.TakeNotes()
		if c.name == "" {
			if notes != nil {
				t.Errorf("%s: %q", c.statement, notes)
			}
			continue
		}
		if len(notes) != 1 || !strings.HasPrefix(notes[0], "the temporary "+c.name+" hides the "+c.name+" of this database") {
			t.Errorf("%s: %q", c.statement, notes)
		}
		_, checked := db.Check(ctx)
		_, loaded := db.Load(ctx, definitions)
		for what, err := range map[string]error{"refresh": db.Refresh(ctx), "check": checked, "load " + definitions: loaded} {
			if want := what + ": the temporary table " + c.name + " hides the " + c.name + " of this database: drop it, or give it another name"; err == nil || err.Error() != want {
				t.Errorf("%s: %s: %v", c.statement, what, err)
			}
		}
		runStatement(t, db, "DROP TABLE "+c.name).Close()
	}
	if long.Asked() {
		refresh(t, db)
	}
	same(t, "cells", query(t, db, "SELECT count(*) FROM cell"), count)
}

// What is done with the register is done with this one, in whatever database and schema
// the session is; it stays there.
func TestRegisterFromElsewhere(t *testing.T) {
	t.Parallel()
	db := byHand(t)
	ctx := context.Background()
	count := query(t, db, "SELECT count(*), sum(emigrations) FROM cell")
	for _, s := range []string{"ATTACH ':memory:' AS other", "CREATE TABLE other.person AS SELECT 1 AS person_id", "USE other"} {
		runStatement(t, db, s).Close()
	}
	if err := db.Refresh(ctx); err != nil {
		t.Error(err)
	}
	_, checked := db.Check(ctx)
	_, told := db.Division(ctx)
	_, set := db.SetDivision(ctx, 2013)
	_, shown := db.Study(ctx)
	for what, err := range map[string]error{"check": checked, "division": told, "division 2013": set, "study": shown} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	same(t, "where", query(t, db, "SELECT current_database()"), [][]string{{"other"}})
	same(t, "cells", query(t, db, "SELECT count(*), sum(emigrations) FROM memory.main.cell"), count)
	runStatement(t, db, "UPDATE memory.main.macro SET led1 = 5 WHERE year = 2000").Close()
	same(t, "series", query(t, db, "SELECT led1 FROM memory.main.panel_1 WHERE year = 2000"), [][]string{{"5.0"}})
	db.TakeNotes()
	// A temporary scenario is not written into the panels.
	runStatement(t, db, "CREATE TEMP TABLE macro AS SELECT * REPLACE (9 AS led1) FROM memory.main.macro").Close()
	same(t, "series", query(t, db, "SELECT led1 FROM memory.main.panel_1 WHERE year = 2000"), [][]string{{"5.0"}})
}
