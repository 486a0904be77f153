package engine

import (
	"context"
	"strings"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/refusal"
)

// An empty register has the right columns, the right years, and nobody.
func TestEmptyRegister(t *testing.T) {
	t.Parallel()
	db := undone(t)
	refresh(t, db)
	for _, text := range []string{
		"FROM person_year", "FROM emigration", "FROM population_cell", "FROM cell", "FROM frequency", "FROM frequency_by_county_sex",
		"FROM frequency_period(cell, 'county', [[2004,2008]])", "FROM composition(cell, [], 'sex', [[2004,2008]])",
	} {
		if rows := query(t, db, text); len(rows) > 0 {
			t.Errorf("%s: %v", text, rows[0])
		}
	}
	same(t, "panel_2", query(t, db, "SELECT count(*), count(emi_k3), sum(pop_m4), min(beh2), count(relinnt1) FROM panel_2"), [][]string{{"24", "0", "0", "0", "24"}})
}

// register_period widens and narrows what is counted; without it, later
// migrations do.
func TestRegisterPeriod(t *testing.T) {
	t.Parallel()
	db := byHand(t)
	years := func() [][]string {
		return query(t, db, "SELECT (SELECT min(year) || '-' || max(year) FROM population_cell), (SELECT min(year) || '-' || max(year) FROM person_year), (SELECT min(year) || '-' || max(year) FROM panel_1)")
	}
	same(t, "default", years(), [][]string{{"1990-2013", "1990-2013", "1990-2013"}})
	exec := func(text string) {
		t.Helper()
		run(t, db, text)
		refresh(t, db)
	}
	exec("INSERT INTO migration VALUES (10, '2016-05-05', 'emigration', false, NULL)")
	same(t, "a migration in 2016", years(), [][]string{{"1990-2016", "1990-2016", "1990-2016"}})
	// Person 10 immigrated in 1980 and is counted from 1981; person 8 was born in
	// 1960 and person 1 on 1 January 1980.
	exec("INSERT INTO register_period VALUES (1979, 2010)")
	same(t, "set", years(), [][]string{{"1979-2010", "1979-2010", "1979-2010"}})
	same(t, "before 1990", query(t, db, "SELECT year, residents, immigrations FROM frequency_of(population_cell, []) JOIN (SELECT year, sum(immigrations) AS immigrations FROM population_cell GROUP BY year) USING (year) WHERE year <= 1981"),
		[][]string{{"1979", "1", "0"}, {"1980", "2", "1"}, {"1981", "3", "0"}})
	db.TakeNotes()
	runStatement(t, db, "FROM figure_5_47").Close()
	same(t, "figure_5_47", [][]string{db.TakeNotes()}, [][]string{{"figures of counties: of the 5 years of period 2009-2013 the cells have 2"}})
	run(t, db, "INSERT INTO register_period VALUES (1990, 2000)")
	refusal.Says(t, db.Refresh(t.Context()), "register_period has 2 rows, and nobody knows which of them is meant: delete the others")
}

// Codes are followed through any number of changes; a code that still exists
// stands for itself; a circle ends.
func TestMunicipalityOfCode(t *testing.T) {
	t.Parallel()
	db := undone(t)
	run(t, db, `INSERT INTO municipality_change VALUES
		('8001', '8002', 1990), ('8002', '8001', 1991), ('8003', '8004', 1990), ('8004', '0301', 1995),
		('8005', '0104', 2000), ('8005', '0101', 2000)`)
	refresh(t, db)
	same(t, "municipality_of_code", query(t, db, "SELECT code, municipality_code, successors FROM municipality_of_code WHERE code IN ('8001', '8002', '8003', '8004', '0101', '8005', '1214', '1159', '1503') ORDER BY code"),
		[][]string{{"0101", "0101", "1"}, {"1159", "1160", "1"}, {"1214", "1160", "1"}, {"1503", "1505", "1"}, {"8003", "0301", "1"}, {"8004", "0301", "1"}, {"8005", "", "2"}})
	// Codes are read anew where what they are read by has changed, and only then; levels too, which
	// stay where municipality itself was changed.
	for _, c := range long.Rows([]struct{ change, level string }{
		{"DELETE FROM municipality WHERE municipality_code = '0104'; UPDATE municipality SET county_code = '99' WHERE municipality_code = '0101'", "4"},
		{"UPDATE study SET value = '1' WHERE setting = 'county_code_length'", "4"},
		{"DELETE FROM municipality_change WHERE year = 2005", "4"},
		{"DELETE FROM _code_reading", "4"}, // as where nothing was counted
		{"UPDATE municipality_centrality SET centrality = 5 WHERE municipality_code = '0301' AND division = 2013", "5"},
		{"UPDATE municipality_centrality SET centrality = 4 WHERE municipality_code = '0301'; UPDATE municipality SET centrality = 3 WHERE municipality_code = '0301'", "3"},
	}, 2) {
		run(t, db, c.change)
		if err := db.divide(context.Background()); err != nil {
			t.Fatal(err)
		}
		same(t, c.change, query(t, db, "FROM _code_reading ORDER BY ALL"), query(t, db, "FROM _code_reading_live ORDER BY ALL"))
		same(t, c.change, query(t, db, "SELECT centrality FROM municipality WHERE municipality_code = '0301'"), [][]string{{c.level}})
		if err := db.recordCounted(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMisusedFrequencyMacros(t *testing.T) {
	t.Parallel()
	db := readByHand(t)
	for text, want := range some(map[string]string{
		"FROM frequency_of(cell, ['countty'])":                          `"countty"`,
		"FROM frequency_of(cell, 'sex', count := 'some')":               "(it is 'all' or 'macro')",
		"FROM frequency_period(cell, 'sex', [[2004,2008]], count := 1)": "(it is 'all' or 'macro')",
		"FROM composition(cell, 'sex', 'age', [[2004,2008]])":           `"age"`,
		"FROM frequency_of(celll, 'sex')":                               "celll",

		"FROM frequency_period(cell, 'sex', [[2004]])":                                                              "frequency_period: period 1, [2004], has not two years",
		"FROM frequency_period(cell, [], [[2008, 2004]])":                                                           "frequency_period: period 1, [2008 2004], ends before it begins",
		"FROM frequency_period(cell, [], [[2004,2005], [2004,5,6]])":                                                "frequency_period: period 2, [2004 5 6], has not two years",
		"FROM frequency_period(cell, [], [[2004.5, 2008.5]])":                                                       "year 1 of period 1 is 2004.5, not a whole number",
		"FROM frequency_period(cell, [], [[2004, NULL]])":                                                           "year 2 of period 1 is NULL",
		"FROM frequency_period(cell, [], [[2004, 2005], NULL])":                                                     "period 2 is NULL",
		"FROM frequency_period(cell, [], [['a', 'b']])":                                                             "year 1 of period 1 is text, not a number",
		"FROM frequency_period(cell, [], [[true, false]])":                                                          "frequency_period: year 1 of period 1 is true or false, not a whole number",
		"FROM frequency_of(cell, 'residents')":                                                                      "frequency_of: residents is a count, and dims are the columns to group by",
		"FROM frequency_period(cell, ['sex', 'Emigrations'], [[2004, 2008]])":                                       "frequency_of: Emigrations is a count",
		"FROM rate_of(cell, 'person_years')":                                                                        "rate_of: person_years is a count",
		"FROM rate_of(cell, 'deaths', events := 'deaths')":                                                          "rate_of: deaths is a count",
		"FROM composition(cell, 'sex', 'emigrations', [[2004, 2008]])":                                              "composition: emigrations is a count",
		"FROM composition(cell, 'sex', 'year', [[2004, 2008]])":                                                     "composition: year is among the dims",
		"FROM composition(cell, 'residents', 'sex', [[2004, 2008]])":                                                "composition: residents is a count",
		"WITH c AS (SELECT * REPLACE (residents / 4 AS residents) FROM cell) FROM frequency_of(c, 'sex')":           "which is no whole number of persons or events",
		"WITH c AS (SELECT * REPLACE (emigrations / 4 AS emigrations) FROM cell) FROM frequency_interval(c, 'sex')": "frequency_of: counts add up to ",
		"WITH c AS (SELECT * REPLACE (emigrations / 4 AS emigrations) FROM cell) FROM rate_of(c, 'sex')":            "rate_of: counts add up to ",
		"FROM frequency_period(cell, ['sex', 'Year'], [[2004, 2008]])":                                              "frequency_period: year is among the dims, and a period is of all its years",
		"FROM composition(cell, 'year', 'sex', [[2004, 2008]])":                                                     "composition: year is among the dims",
		"FROM frequency_period(cell, [], [])":                                                                       "periods is an empty list",
		"FROM frequency_period(cell, [], NULL)":                                                                     "frequency_period: periods is NULL",
		"FROM frequency_period(cell, [], [2004, 2008])":                                                             "period 1 is a number, not a list; a list of [first_year, last_year] is wanted",
		"FROM frequency_period(cell, [], 2004)":                                                                     "periods is a number, not a list",
		"FROM frequency_period(cell, [], [[2004,2008], [2009,2010], [2004,2008]])":                                  "frequency_period: period 3, [2004 2008], is there already",
		"FROM frequency_period(cell, [], [[2004,99999999999]])":                                                     "frequency_period: year 2 of period 1 is 99999999999, too large",
		"FROM composition(cell, [], 'sex', [[2004]])":                                                               "composition: period 1, [2004], has not two years",
		"FROM composition(cell, [], 'sex', [[2008, 2004]])":                                                         "composition: period 1, [2008 2004], ends before it begins",
		"FROM composition(cell, [], 'sex', [])":                                                                     "composition: periods is an empty list",
		"FROM composition(cell, [], 'sex', NULL)":                                                                   "composition: periods is NULL",
		"FROM panel_of(cell, 4)":                                                                                    "panel_of: there is no country group 4 (they are 1, 2 and 3)",
		"FROM panel_of(cell, 0)":                                                                                    "panel_of: there is no country group 0",
		"FROM panel_of(cell, 1.5)":                                                                                  "panel_of: there is no country group 1.5",
		"FROM panel_of(cell, NULL)":                                                                                 "panel_of: there is no country group NULL",
		"WITH n AS (FROM cell WHERE false) FROM panel_of(n, 4)":                                                     "panel_of: there is no country group 4",
	}, 4) {
		if err := db.Exec(context.Background(), text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// What does not fit inside a macro is said of the macro.
func TestTypesThatDoNotFit(t *testing.T) {
	t.Parallel()
	db := readByHand(t)
	for text, want := range map[string]string{
		"FROM panel_of(cell, [1, 2])":                            "panel_of does not take values of these types; .help panel_of says what it takes",
		"SELECT municipality_in('0301', 5, 2013)":                "municipality_in does not take values of these types",
		"SELECT municipality_in('0301', DATE '2005-01-01', 'x')": "municipality_in does not take values of these types",
		"SELECT age_group_of(DATE '2001-01-01')":                 "age_group_of does not take values of these types",
		"SELECT first_january('x')":                              "first_january does not take values of these types",
		"FROM frequency_of('a\"b', 'sex')":                       `a"b is no name of a table: a " in it is not closed`,
		"SELECT year + 'x' FROM cell":                            "+(INTEGER, STRING_LITERAL) can mean several things: cast the text",
	} {
		if _, err := db.Run(context.Background(), text, 0); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// Of a period whose years the cells have only in part, and of deaths that nobody knows of, that is noted.
func TestBeyondTheCells(t *testing.T) {
	t.Parallel()
	db := readByHand(t)
	for statement, want := range map[string]string{
		"FROM frequency_period(cell, 'sex', [[2004, 2008], [2004, 3000]])":                                                 "frequency_period: of the 997 years of period 2004-3000 the cells have 10",
		"FROM composition(cell, [], 'sex', [[1980, 1991]])":                                                                "composition: of the 12 years of period 1980-1991 the cells have 2",
		"FROM frequency_period(cell, 'sex', [[1990, 2013]])":                                                               "",
		"WITH c AS (SELECT * REPLACE (nullif(year, 2013) AS year) FROM cell) FROM frequency_period(c, [], [[2004, 2008]])": "frequency_period: the cells have rows without a year, which are in no period",
		"SELECT count(*) FROM death":                                                                                       "deaths: nobody in person has a death_date, so that there are none: bring it with person, and .refresh",
		"FROM rate_of(cell, [], events := 'deaths')":                                                                       "deaths: nobody in person has a death_date, so that there are none: bring it with person, and .refresh",
		"WITH o AS (SELECT 2010 AS year, 5 AS deaths, 7.0 AS person_years) FROM rate_of(o, [], events := 'deaths')":        "",
	} {
		runStatement(t, db, statement).Close()
		if got := strings.Join(db.TakeNotes(), "; "); got != want {
			t.Errorf("%s: %q, want %q", statement, got, want)
		}
	}
	if !long.Asked() {
		return // TestRegisterPeriod asks it of other years
	}
	db = byHand(t)
	run(t, db, "INSERT INTO register_period VALUES (2006, 2013)")
	refresh(t, db)
	runStatement(t, db, "FROM figure_5_47").Close()
	same(t, "figure_5_47", [][]string{db.TakeNotes()}, [][]string{{"figures of counties: of the 5 years of period 2004-2008 the cells have 3"}})
}

// The periods are the same in any type that has whole numbers.
func TestPeriods(t *testing.T) {
	t.Parallel()
	db := demoRegister(t)
	want := query(t, db, "FROM frequency_period(cell, 'sex', [[2004, 2008], [2009, 2013]])")
	for _, periods := range []string{"[[2004.0, 2008.0], [2009, 2013]]", "[[2004, 2008], [2009, 2013]]::SMALLINT[][]", "(SELECT list([y, y + 4] ORDER BY y) FROM (VALUES (2009), (2004)) t(y))"} {
		same(t, periods, query(t, db, "FROM frequency_period(cell, 'sex', "+periods+")"), want)
	}
	same(t, "a year", query(t, db, "SELECT emigrations FROM frequency_period(cell, [], [[2013, 2013]])"), query(t, db, "SELECT emigrations::DOUBLE FROM frequency WHERE year = 2013"))
}

// A cancelled refresh or load leaves everything as it was.
func TestCancelledRefresh(t *testing.T) {
	t.Parallel()
	db := refusing(t)
	before := query(t, db, "FROM population_cell ORDER BY ALL")
	run(t, db, "CREATE TEMP TABLE gone AS FROM residence WHERE person_id = 2; DELETE FROM residence WHERE person_id = 2")
	t.Cleanup(func() { run(t, db, "INSERT INTO residence FROM gone; DROP TABLE gone") })
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := db.Refresh(ctx); err == nil {
		t.Error("refreshed")
	}
	if _, err := db.Load(ctx, definitions); err == nil {
		t.Error("loaded")
	}
	same(t, "population_cell", query(t, db, "FROM population_cell ORDER BY ALL"), before)
	same(t, "residence", query(t, db, "SELECT count(*) FROM residence"), [][]string{{"16"}})
}

// What is counted is in the file, and can be read where nothing can be written.
func TestCellsInReadOnlyFile(t *testing.T) {
	t.Parallel()
	db := readByHand(t)
	if db.Outdated {
		t.Error("outdated as soon as it is prepared")
	}
	same(t, "municipality", query(t, db, "SELECT count(*) FROM municipality"), [][]string{{"428"}})
	same(t, "frequency", query(t, db, "SELECT residents, emigrations FROM frequency WHERE year = 2005"), [][]string{{"5", "3"}})
	same(t, "person_year", query(t, db, "SELECT count(*) FROM person_year WHERE year = 2005 AND immigrant"), [][]string{{"5"}})
	same(t, "population_cell_live", query(t, db, "SELECT sum(residents) FROM population_cell_live WHERE year = 2005 AND immigrant"), [][]string{{"5"}})
	if _, err := db.Load(context.Background(), definitions); err == nil || !strings.Contains(err.Error(), "reading only") {
		t.Error(err)
	}
}
