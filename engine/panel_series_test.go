package engine

import (
	"context"
	"testing"
)

// The macro series of a panel are those of this moment: a scenario that is
// written into country_year or macro is in the panel at once, without .refresh.
func TestPanelFollowsMacroSeries(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db := byHand(t)
	do := func(statement string) {
		t.Helper()
		result, err := db.Run(ctx, statement, 0)
		if err != nil {
			t.Fatal(err)
		}
		result.Close()
	}
	const panels = "SELECT led1, led2, lednor, relinnt2, relinnt1 FROM group_panel WHERE year = 2013"
	want := func(led1, led2, lednor, relinnt2, relinnt1 string) {
		t.Helper()
		row := []string{led1, led2, lednor, relinnt2, relinnt1}
		same(t, panels, query(t, db, panels), [][]string{row, row, row})
		same(t, "macro_year", query(t, db, "SELECT led1, led2, lednor, relinnt2, relinnt1 FROM macro_year WHERE year = 2013"), [][]string{row})
	}
	shipped := query(t, db, "SELECT led1, led2, lednor, relinnt2, relinnt1 FROM macro WHERE year = 2013")[0]
	want(shipped[0], shipped[1], shipped[2], shipped[3], shipped[4])

	// By hand: country group 2 is Poland and Lithuania in 2013, with 10 and 12 per
	// cent unemployed of 30 and 10 people: (10*30 + 12*10) / 40 = 10.5; Norway's
	// GDP per head is 600/10 = 60, theirs (900 + 300) / 40 = 30: relative income 2.
	// relinnt1 is not in country_year, so the shipped 1.4113 stays (report, macro.csv).
	do("INSERT INTO country_year VALUES ('NOR', 2013, 4, 600, 10), ('POL', 2013, 10, 900, 30), ('LTU', 2013, 12, 300, 10) RETURNING year")
	do("UPDATE macro SET led1 = 77 WHERE year = 2013")
	want("77.0", "10.5", "4.0", "2.0", "1.4113")

	// ROLLBACK takes the panels back too; a prepared statement names no table.
	do("BEGIN")
	do(`delete from main."country_year" where country_code = 'LTU'`)
	want("77.0", "10.0", "4.0", "2.0", "1.4113")
	do("ROLLBACK")
	want("77.0", "10.5", "4.0", "2.0", "1.4113")
	do("PREPARE lithuania AS UPDATE country_year SET unemployment_rate = $1 WHERE country_code = 'LTU'")
	do("-- of 2013\nEXECUTE lithuania(20)")
	want("77.0", "12.5", "4.0", "2.0", "1.4113")
	do("WITH gone AS (SELECT 'LTU' AS code) UPDATE country SET country_group = 1 FROM gone WHERE country_code = code")
	want("20.0", "10.0", "4.0", "2.0", "2.0") // Lithuania alone is group 1 now: 60 / (300/10)

	// A year without series has none in the panels, and the rest stays as it was counted.
	counted := "SELECT sum(emi_k3), sum(pop_m4), sum(beh2), count(*) FROM panel_2"
	before := query(t, db, counted)
	do("DELETE FROM country_year")
	do("DELETE FROM macro WHERE year = 2013")
	row := make([]string, 5)
	same(t, panels, query(t, db, panels), [][]string{row, row, row})
	same(t, counted, query(t, db, counted), before)

	// Nothing to follow is no error.
	do("DROP TABLE macro")
	do("CREATE TABLE country_of_mine AS SELECT 1 AS country")
}
