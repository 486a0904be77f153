package engine

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

// Two countries of group 1 and two of group 2 in six years, populations in millions.
const countries = `INSERT INTO country_year
	SELECT c.code, y, 5 + c.n, c.n * c.population * 10000, c.population
	FROM range(2001, 2007) t(y), (VALUES ('NOR', 3, 5), ('DEU', 2, 80), ('SWE', 2, 10), ('POL', 1, 40), ('LTU', 1, 2)) c(code, n, population)`

// A year from which a country is missing stands for fewer people than the years beside
// it: by hand, 80 of Germany's and Sweden's 90 millions without Sweden, 10 without
// Germany; 40 of 42 without Lithuania.
func TestUnevenYears(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	t.Cleanup(func() { run(t, db, "ROLLBACK") })
	run(t, db, "BEGIN; DELETE FROM macro; "+countries)
	coverage := func(group, year string) []string {
		return query(t, db, "SELECT round(covered, 6), countries, shipped, uneven FROM country_group_coverage WHERE series = 'relinnt' AND country_group = "+group+" AND year = "+year)[0]
	}
	for _, c := range []struct {
		change      string
		group, year string
		want        []string
	}{
		{"SELECT 1", "1", "2003", []string{"1.0", "2", "false", "false"}},
		{"UPDATE country_year SET gdp_ppp = NULL WHERE country_code = 'LTU' AND year = 2003", "2", "2003", []string{"0.952381", "1", "false", "false"}},
		{"UPDATE country_year SET population = NULL WHERE country_code = 'SWE' AND year = 2003", "1", "2003", []string{"0.888889", "1", "false", "true"}},
		{"DELETE FROM country_year WHERE country_code = 'DEU' AND year = 2006", "1", "2006", []string{"0.111111", "1", "false", "true"}},
		{"SELECT 1", "1", "2005", []string{"1.0", "2", "false", "false"}}, // more than the year after is no fault
		// Without Norway's income there is no value that could be uneven.
		{"DELETE FROM country_year WHERE country_code IN ('NOR', 'SWE') AND year = 2002", "1", "2001", []string{"", "2", "false", "false"}},
	} {
		run(t, db, c.change)
		if got := coverage(c.group, c.year); !slices.Equal(got, c.want) {
			t.Errorf("%s: group %s in %s: %v, want %v", c.change, c.group, c.year, got, c.want)
		}
	}
	same(t, "unemployment, which needs no Norway", query(t, db, "SELECT year, round(covered, 6), uneven FROM country_group_coverage WHERE series = 'led' AND country_group = 1 AND year IN (2001, 2002, 2003) ORDER BY year"),
		[][]string{{"2001", "1.0", "false"}, {"2002", "0.888889", "true"}, {"2003", "0.888889", "true"}})
}

// The statement that makes a year uneven says so, once, and is not kept where notes are
// errors; .load and .check say it too; macro_year says what comes from where.
func TestUnevenYearIsNoted(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	ctx := context.Background()
	insert := "INSERT INTO country_year VALUES ('NOR', 2010, 3.6, 300, 5), ('DEU', 2010, 7, 4000, 80)"
	want := "country_year: led1 of 2010 is 7.0 from 1 of 31 countries, beside years from the shipped table macro; and 1 more (FROM country_group_coverage WHERE uneven)"
	db.Notes = NotesError
	_, err := db.Run(ctx, insert, 0)
	var fault *Fault
	if !errors.As(err, &fault) || !strings.HasPrefix(fault.Sentence, want) {
		t.Errorf("%v", err)
	}
	same(t, "not kept", query(t, db, "SELECT count(*) FROM country_year"), [][]string{{"0"}})
	db.Notes = NotesOn
	runStatement(t, db, insert)
	if notes := db.TakeNotes(); !slices.Equal(notes, []string{want}) {
		t.Errorf("%q", notes)
	}
	runStatement(t, db, "UPDATE country_year SET gdp_ppp = 4001 WHERE country_code = 'SWE'")
	if notes := db.TakeNotes(); notes != nil {
		t.Errorf("again: %q", notes)
	}
	// 300/5 over 4000/80 is 1.2, where the shipped series has 1.353 (table macro).
	same(t, "sources", query(t, db, "SELECT relinnt1, relinnt1_source, relinnt2_source, relinnt3_source, led1_source, led2_source, lednor_source FROM macro_year WHERE year = 2010"),
		[][]string{{"1.2", "country_year", "macro", "macro", "country_year", "macro", "country_year"}})
	same(t, "a year of macro", query(t, db, "SELECT DISTINCT relinnt1_source, led2_source, lednor_source FROM macro_year WHERE year <> 2010"), [][]string{{"macro", "macro", "macro"}})
	run(t, db, "DELETE FROM macro WHERE year = 1999")
	same(t, "a year of neither", query(t, db, "SELECT count(*) FROM macro_year WHERE year = 1999"), [][]string{{"0"}})
	problems, err := db.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(problems, func(p Problem) bool {
		return strings.HasPrefix(p.Text, "country_year: a year has fewer") && p.Count == 2 && !p.Fatal && strings.Contains(p.Example, "of 2010 is ")
	}) {
		t.Errorf("%v", problems)
	}
}
