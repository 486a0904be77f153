package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/refusal"
)

// What .refresh refuses stops no file of another version from opening: all else is counted as
// before, and what depends on it is refused with the reason, until it is mended.
func TestOpenWithoutWhatMakesNoSense(t *testing.T) {
	long.Test(t)
	t.Parallel()
	ctx := context.Background()
	db := byHand(t)
	const cells = "SELECT sum(hash(c)) FROM population_cell c"
	plain := query(t, db, cells)
	run(t, db, `CREATE TABLE land AS SELECT municipality_code, 'east' AS part FROM municipality;
		CREATE TABLE work (person_id BIGINT, job VARCHAR, from_date DATE, to_date DATE);
		CREATE TABLE mine (person_id BIGINT REFERENCES person (person_id)); INSERT INTO mine SELECT min(person_id) FROM person;
		INSERT INTO dimension VALUES ('land', 'place', 'land.part'), ('work', 'status', 'work.job'), ('five', 'age', '0, 5')`)
	refresh(t, db)
	const fives = "SELECT five, sum(residents) FROM cell GROUP BY ALL ORDER BY ALL"
	counted := query(t, db, fives)
	// What is of no dimension is of one's own, and else of none.
	for _, want := range []string{"land work five ", " "} {
		got := ""
		db.leaveOut(ctx, uncountable{errors.New("no")})
		for _, l := range db.leave {
			got += l.dimension + " "
		}
		if got != want {
			t.Errorf("left out %q, not %q", got, want)
		}
	}
	db.leave = nil
	for _, c := range []struct {
		broken, mended string
		left           []string
		refused        map[string]string
	}{
		{`INSERT INTO dimension VALUES ('old', 'person', 'birth_date < today()'), ('odd', 'person', 'error(''no'')::INTEGER'); DELETE FROM dimension WHERE dimension = 'county';
			CREATE TABLE kept AS FROM land; DROP TABLE land; ALTER TABLE work ALTER from_date TYPE TIMESTAMP`,
			`DELETE FROM dimension WHERE dimension IN ('old', 'odd'); INSERT INTO dimension VALUES ('county', 'place', 'county');
			ALTER TABLE kept RENAME TO land; ALTER TABLE work ALTER from_date TYPE DATE`,
			[]string{"dimension county is one of the report's", "dimension land: there is no table land: make it", "dimension work: table work: from_date is TIMESTAMP, not DATE",
				"dimension old: 'birth_date < today()' calls today()", "dimension odd: 'error('no')::INTEGER' cannot be read (no)"},
			map[string]string{"FROM frequency_by_old": "calls today()", "SELECT land FROM cell": "there is no table land", "FROM frequency_of(cell, 'odd')": "cannot be read (no)"}},
		{"INSERT INTO dimension VALUES ('old', 'person', 'birth_date < today()'), ('odd', 'person', 'error(''no'')::INTEGER')", "DELETE FROM dimension WHERE dimension IN ('old', 'odd')",
			[]string{"dimension old: 'birth_date < today()' calls today()", "dimension odd: 'error('no')::INTEGER' cannot be read (no)"},
			map[string]string{"FROM frequency_by_old": "calls today()"}},
		{"UPDATE study SET value = 'birth_country::INTEGER = 1' WHERE setting = 'immigrant'", "DELETE FROM study WHERE setting = 'immigrant'",
			[]string{"study: immigrant is 'birth_country::INTEGER = 1', which cannot be read ('NOR' is not a whole number)"},
			map[string]string{"FROM frequency_by_sex": "the register is not counted: study: immigrant", "SELECT emi_k3 FROM panel_1": "the register is not counted: study: immigrant"}},
	} {
		run(t, db, c.broken, "UPDATE _prepared SET fingerprint = 'earlier'")
		for range 2 { // the second time it is of this version
			db.Close()
			db = open(t, db.Path, Options{})
			got := db.LeftOut()
			if !slices.EqualFunc(got, c.left, strings.HasPrefix) {
				t.Errorf("%s: left out %q", c.broken, got)
			}
		}
		if len(c.left) > 1 {
			same(t, c.broken, query(t, db, fives), counted)
		} else if p, err := db.Protect(ctx); err != nil {
			t.Error(err)
		} else {
			if got := fmt.Sprint(p.LeftOut()); strings.Contains(got, "NOR") || !strings.Contains(got, "the register is not counted") {
				t.Errorf("protected: left out %q", got)
			}
			_, err := p.Run(ctx, "FROM frequency_by_sex", 0)
			refusal.Says(t, err, "the register is not counted")
			p.Release()
			p.Close()
		}
		for statement, why := range c.refused {
			_, err := db.Run(ctx, statement, 0)
			refusal.Says(t, err, why, statement)
		}
		result, err := db.Run(ctx, "SELECT sex FROM person", 0)
		if err != nil {
			t.Fatal(err)
		}
		result.Close()
		refusal.Says(t, db.Refresh(ctx), c.left[0])
		run(t, db, c.mended)
		refresh(t, db)
		if got := db.LeftOut(); got != nil {
			t.Errorf("mended: %q", got)
		}
		same(t, c.mended, query(t, db, fives), counted)
	}
	run(t, db, "DELETE FROM dimension WHERE dimension IN ('land', 'work', 'five')")
	refresh(t, db)
	same(t, "cells", query(t, db, cells), plain)
}

// Protected counts are those of the last count, whatever has become of what they were made from.
func TestProtectWhatWasCounted(t *testing.T) {
	long.Test(t)
	t.Parallel()
	ctx := context.Background()
	db := byHand(t)
	run(t, db, `CREATE TABLE land AS SELECT municipality_code, 'east' AS part FROM municipality; CREATE TABLE coast AS FROM land; CREATE MACRO letter(x) AS upper(left(x, 1));
		INSERT INTO dimension VALUES ('land', 'place', 'land.part'), ('coast', 'place', 'coast.part'), ('first', 'person', 'letter(sex::VARCHAR)')`)
	refresh(t, db)
	const sums = "SELECT land, coast, first, count(*) > 0 FROM cell GROUP BY ALL HAVING sum(residents) > 0 ORDER BY ALL"
	var want [][]string
	for _, change := range []string{
		"SELECT 1",
		"ALTER TABLE land ALTER part TYPE VARCHAR[] USING [part]; DROP TABLE coast; INSERT INTO dimension VALUES ('later', 'person', 'sex'); UPDATE study SET value = 'x > 1' WHERE setting = 'immigrant'",
	} {
		run(t, db, change)
		p, err := db.Protect(ctx)
		if err != nil {
			t.Fatalf("%s: %v", change, err)
		}
		if got := query(t, p, sums); want == nil {
			want = got
		} else {
			same(t, change, got, want)
		}
		if names := p.Dimensions(); names[len(names)-1] != "first" {
			t.Errorf("%s: %q", change, names)
		}
		p.Release()
		p.Close()
	}
}
