package engine

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"utvandring/udf/long"
)

// demoRegister is a synthetic register of 50 000 people that tests read from.
func demoRegister(t testing.TB) *DB { return alone(t, sharedDemo) }

// In quick tests it is that of the simulations.
var sharedDemo = sync.OnceValues(func() (*DB, error) {
	if !long.Asked() {
		return simulated()
	}
	return demoOf(0.005*float64(long.Runs(2, 1)), 7)
})

// elsewhere are the views of the catalogue that stand in other files than those
// of sql/report: estimation and simulation.
func elsewhere(view string) bool {
	for _, prefix := range []string{"figure_4_1", "table_4_", "table_b", "table_c"} {
		if strings.HasPrefix(view, prefix) && view != "table_4_1" {
			return true
		}
	}
	return false
}

// Every figure and table has a view, the catalogue names columns that the view
// has, and no view is missing in the catalogue. The report has 67 figures (3.1-3.18,
// 4.1, 4.2, 5.1-5.47) and 27 tables (4.1-4.12, 5.1, A1-A3, B1, C.1-C.9, D).
func TestReportCatalogue(t *testing.T) {
	t.Parallel()
	db := empty(t)
	same(t, "figures and tables", query(t, db, `
		SELECT count(*) FILTER (name LIKE 'figure%'), count(*) FILTER (name LIKE 'table%'), count(DISTINCT name), count(DISTINCT (number, kind = 'table'))
		FROM report_figure`), [][]string{{"67", "27", "94", "94"}})
	columns := map[string][]string{} // by view
	for _, row := range query(t, db, "SELECT table_name, column_name FROM duckdb_columns() JOIN duckdb_views() ON view_name = table_name WHERE NOT duckdb_views.internal") {
		columns[row[0]] = append(columns[row[0]], row[1])
	}
	for _, row := range query(t, db, `SELECT name, x, y, color, facet, number, caption, title FROM report_figure`) {
		view := row[0]
		if columns[view] == nil {
			if !elsewhere(view) {
				t.Errorf("%s is in the catalogue and not a view", view)
			}
			continue
		}
		for _, column := range row[1:5] {
			if column != "" && !slices.Contains(columns[view], column) {
				t.Errorf("%s has no column %s", view, column)
			}
		}
		if row[6] == "" || row[7] == "" {
			t.Errorf("%s: caption %q, title %q", view, row[6], row[7])
		}
	}
	for _, row := range query(t, db, `
		SELECT view_name FROM duckdb_views() WHERE NOT internal AND regexp_matches(view_name, '^(figure|table)_[0-9a-d]') AND view_name NOT IN (SELECT name FROM report_figure)`) {
		t.Errorf("%s is not in report_figure", row[0])
	}
}

func reportViews(t *testing.T, db *DB) []string {
	t.Helper()
	var views []string
	for _, row := range query(t, db, "SELECT name FROM report_figure") {
		if !elsewhere(row[0]) {
			views = append(views, row[0])
		}
	}
	return views
}

// The catalogue says for each figure which years it needs, so that what is
// missing can be told. No number is ever infinite or NaN.
func checkReportViews(t *testing.T, db *DB) (empty []string) {
	t.Helper()
	for _, view := range long.Rows(reportViews(t, db), 6) {
		finite := []string{"true"}
		for _, column := range query(t, db, "SELECT column_name FROM duckdb_columns() WHERE table_name = '"+view+"' AND data_type = 'DOUBLE'") {
			finite = append(finite, "isfinite(coalesce("+column[0]+", 0))")
		}
		n := query(t, db, fmt.Sprintf("SELECT count(*), count(*) FILTER (NOT (%s)) FROM %s", strings.Join(finite, " AND "), view))
		if n[0][0] == "0" {
			empty = append(empty, view)
		}
		if n[0][1] != "0" {
			t.Errorf("%s: %s rows have an infinite number", view, n[0][1])
		}
	}
	return empty
}

func TestReportOnEmptyRegister(t *testing.T) {
	t.Parallel()
	db := empty(t)
	for _, view := range checkReportViews(t, db) {
		if strings.HasPrefix(view, "table") {
			t.Errorf("%s has no rows without a register", view)
		}
	}
	// 149 + 51 + 78 + 150 municipalities and no people; unemployment is shipped.
	same(t, "table_5_1", query(t, db, "SELECT centrality, municipalities, residents, population_percent FROM table_5_1"),
		[][]string{{"1", "149", "0", ""}, {"2", "51", "0", ""}, {"3", "78", "0", ""}, {"4", "150", "0", ""}})
	same(t, "figure_4_2", query(t, db, "SELECT DISTINCT series FROM figure_4_2"), [][]string{{"unemployment in Norway"}})
}

// A register without the years before 2006 and of 2010, without country group 2,
// women over 70, and without Oslo.
func TestReportOnPartialRegister(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := fresh(t)
	fillDemo(t, db, 0.003, 3)
	for _, table := range []string{"_quiet_cell", "_busy_cell"} {
		run(t, db, "DELETE FROM "+table+` WHERE year < 2006 OR year = 2010 OR place IN (SELECT place FROM _place WHERE municipality_code = '0301')
			OR people IN (SELECT people FROM _people WHERE country_group = 2 OR sex = 'female' AND age_group = '71+')`)
	}
	run(t, db, `
		CREATE OR REPLACE TABLE county_cell AS FROM _county_cell_live;
		DELETE FROM emigrant_cell WHERE year < 2012`)
	for _, view := range checkReportViews(t, db) {
		if view != "figure_5_17" && view != "figure_5_37" && view != "figure_3_5" {
			t.Errorf("%s has no rows", view)
		}
	}
	same(t, "years", query(t, db, "SELECT min(year), max(year), count(DISTINCT year) FROM figure_3_10"), [][]string{{"2006", "2013", "7"}})
	same(t, "counties", query(t, db, "SELECT count(DISTINCT county), bool_or(county = 'Oslo') FROM figure_5_47"), [][]string{{"19", "false"}})
	// Averages are over the years that are there: 2006-2008, and four of 2009-2013.
	same(t, "average", query(t, db, `
		SELECT f.period, abs(f.residents - c.residents) < 1e-9
		FROM (FROM figure_5_47 WHERE county = 'Norway') f
		JOIN (SELECT CASE WHEN year <= 2008 THEN '2004-2008' ELSE '2009-2013' END AS period, sum(residents) / count(DISTINCT year) AS residents FROM cell GROUP BY ALL) c USING (period)
		ORDER BY period`), [][]string{{"2004-2008", "true"}, {"2009-2013", "true"}})
}

// The second computation: every figure from persons and events, not from cells.
func TestReportFromPersons(t *testing.T) {
	t.Parallel()
	db := demoRegister(t)
	run(t, db, `
		CREATE OR REPLACE TEMP TABLE resident AS FROM person_year WHERE immigrant AND year BETWEEN 1990 AND 2013;
		CREATE OR REPLACE TEMP TABLE leaver AS FROM emigration WHERE immigrant AND year BETWEEN 1990 AND 2013;
		-- Everybody both in a county and in Norway, years in periods.
		CREATE OR REPLACE TEMP TABLE resident_twice AS
		SELECT CASE WHEN year <= 2008 THEN '2004-2008' ELSE '2009-2013' END AS period, unnest([county, 'Norway']) AS county, sex, age_group, duration_group, country_group
		FROM resident WHERE year >= 2004;
		CREATE OR REPLACE TEMP TABLE leaver_twice AS
		SELECT CASE WHEN year <= 2008 THEN '2004-2008' ELSE '2009-2013' END AS period, unnest([county, 'Norway']) AS county, sex, age_group, duration_group, country_group
		FROM leaver WHERE year >= 2004`)
	for number, want := range some(reportFromPersons(), 27) {
		view := "figure_" + strings.ReplaceAll(number, ".", "_")
		columns, expected, _ := strings.Cut(want, "|")
		got := "SELECT " + columns + " FROM " + view
		// A cell of people who only immigrate has 0 of what is shown; persons and
		// events have no row for that.
		if _, shown, ok := strings.Cut(columns, "residents"); ok && strings.Contains(shown, "emigrations") {
			got += " WHERE residents > 0 OR emigrations > 0"
		} else if ok {
			got += " WHERE residents > 0"
		} else if strings.Contains(columns, " emigrations") {
			got += " WHERE emigrations > 0"
			expected = "FROM (" + expected + ") WHERE emigrations > 0"
		} else {
			got += " WHERE migrations > 0"
		}
		for what, difference := range map[string]string{
			"has rows that are not so":  "(" + got + ") EXCEPT ALL (" + expected + ")",
			"lacks rows that should be": "(" + expected + ") EXCEPT ALL (" + got + ")",
		} {
			if rows := query(t, db, "FROM ("+difference+") LIMIT 1"); len(rows) > 0 {
				t.Errorf("%s %s: %v", view, what, rows[0])
			}
		}
		if rows := query(t, db, "SELECT count(*) FROM "+view); rows[0][0] == "0" {
			t.Errorf("%s is empty", view)
		}
	}
}

// reportFromPersons gives for each figure "columns|query": the columns to
// compare and what they should be.
func reportFromPersons() map[string]string {
	f := map[string]string{}
	for number, where := range map[string]string{"3.1": "true", "3.2": "NOT immigrant", "3.3": "immigrant",
		"3.4": "immigrant AND country_group = 1", "3.5": "immigrant AND country_group = 2", "3.6": "immigrant AND country_group = 3"} {
		f[number] = "year, direction, migrations|SELECT year, direction, count(*) FROM migration_event WHERE year >= 1990 AND NOT same_year_mover AND " + where + " GROUP BY ALL"
	}
	for number, dims := range map[string]string{"3.7": "age, sex", "3.8": "age, country_group", "3.9": "duration, country_group"} {
		f[number] = dims + ", emigrations|SELECT " + dims + ", count(*) AS emigrations FROM leaver WHERE NOT same_year_mover AND year BETWEEN 2009 AND 2013 GROUP BY ALL"
	}
	f["3.10"] = "year, residents, emigrations|" + frequencyFromPersons("true", "year", "NOT same_year_mover")
	dims := []string{"sex", "age_group", "duration_group", "country_group"}
	for i, dim := range dims {
		all := frequencyFromPersons("year >= 2000", "year, "+dim, "true")
		f[fmt.Sprintf("3.%d", 11+2*i)] = "year, " + dim + ", emigrations|SELECT year, " + dim + ", emigrations FROM (" + all + ")"
		f[fmt.Sprintf("3.%d", 12+2*i)] = "year, " + dim + ", residents, emigrations|" + all
	}
	f["5.1"] = "year, centrality, emigrations|SELECT year, centrality, emigrations FROM (" + frequencyFromPersons("year >= 2000", "year, centrality", "true") + ")"
	f["5.2"] = "year, centrality, residents, emigrations|" + frequencyFromPersons("year >= 2000", "year, centrality", "true")
	centrality := func(number int, where, dim string) {
		f[fmt.Sprintf("5.%d", number)] = "year, centrality, " + dim + ", residents, emigrations|" + frequencyFromPersons("year >= 2000 AND "+where, "year, centrality, "+dim, "true")
	}
	for c := range 4 {
		within := fmt.Sprintf("centrality = %d", c+1)
		centrality(3+c, within, "duration_group")
		centrality(12+c, within, "country_group")
		centrality(19+c, within, "sex")
		centrality(23+c, within, "age_group")
	}
	durations := []string{"0-2", "3-5", "6-10", "11-15", "16+"}
	for i, d := range durations {
		centrality(7+i, "duration_group = '"+d+"'", "duration_group")
		f[fmt.Sprintf("5.%d", 31+i)] = countyFromPersons("duration_group = '" + d + "'")
	}
	for g := range 3 {
		centrality(16+g, fmt.Sprintf("country_group = %d", g+1), "country_group")
		f[fmt.Sprintf("5.%d", 36+g)] = countyFromPersons(fmt.Sprintf("country_group = %d", g+1))
	}
	f["5.39"], f["5.40"] = countyFromPersons("sex = 'male'"), countyFromPersons("sex = 'female'")
	for i, a := range []string{"0-6", "7-17", "18-34", "35-62", "63-70", "71+"} {
		f[fmt.Sprintf("5.%d", 41+i)] = countyFromPersons("age_group = '" + a + "'")
	}
	f["5.47"] = countyFromPersons("true")
	for i, dim := range []string{"duration_group", "country_group", "sex", "age_group"} {
		f[fmt.Sprintf("5.%d", 27+i)] = "period, county, " + dim + ", round(residents, 6), round(share, 9), round(percent, 7)|" + compositionFromPersons(dim)
	}
	return f
}

// frequencyFromPersons counts immigrants and their emigrations by dims.
func frequencyFromPersons(where, dims, events string) string {
	return fmt.Sprintf(`SELECT %[2]s, sum(r)::BIGINT AS residents, sum(e)::BIGINT AS emigrations FROM (
		SELECT %[2]s, 1 AS r, 0 AS e FROM resident WHERE %[1]s
		UNION ALL SELECT %[2]s, 0, 1 FROM leaver WHERE %[1]s AND %[3]s) GROUP BY ALL`, where, dims, events)
}

func countyFromPersons(where string) string {
	return fmt.Sprintf(`period, county, round(residents, 6), round(emigrations, 6), round(frequency, 7)|
		SELECT period, county, round(sum(r) / 5, 6), round(sum(e) / 5, 6), round(100 * sum(e) / nullif(sum(r), 0), 7) FROM (
		SELECT period, county, 1 AS r, 0 AS e FROM resident_twice WHERE %[1]s UNION ALL SELECT period, county, 0, 1 FROM leaver_twice WHERE %[1]s) GROUP BY ALL`, where)
}

// compositionFromPersons counts the residents.
func compositionFromPersons(dim string) string {
	return fmt.Sprintf(`SELECT period, county, %[1]s, round(n / 5, 6), round(n / total, 9), round(100 * n / total, 7)
		FROM (SELECT *, sum(n) OVER (PARTITION BY period, county) AS total FROM (SELECT period, county, %[1]s, sum(n) AS n
			FROM (SELECT period, county, %[1]s, 1 AS n FROM resident_twice) GROUP BY ALL))`, dim)
}

// Shares add up to 1 within each county and period; groups add up to totals.
func TestReportAddsUp(t *testing.T) {
	t.Parallel()
	db := demoRegister(t)
	for i := range long.Runs(4, 1) {
		if rows := query(t, db, fmt.Sprintf("SELECT period, county, sum(share) FROM figure_5_%d GROUP BY ALL HAVING abs(sum(share) - 1) > 1e-12 OR abs(sum(percent) - 100) > 1e-10", 27+i)); len(rows) > 0 {
			t.Errorf("figure_5_%d: shares of %v", 27+i, rows[0])
		}
	}
	for _, parts := range long.Rows([][]int{{31, 32, 33, 34, 35}, {36, 37, 38}, {39, 40}, {41, 42, 43, 44, 45, 46}}, 2) {
		var all []string
		for _, n := range parts {
			all = append(all, fmt.Sprintf("SELECT period, county, residents, emigrations FROM figure_5_%d", n))
		}
		rows := query(t, db, fmt.Sprintf(`SELECT * FROM (SELECT period, county, sum(residents) AS r, sum(emigrations) AS e FROM (%s) GROUP BY ALL) FULL JOIN figure_5_47 USING (period, county)
			WHERE NOT coalesce(abs(r - residents) < 1e-6 AND abs(e - emigrations) < 1e-6, false)`, strings.Join(all, " UNION ALL ")))
		if len(rows) > 0 {
			t.Errorf("figures 5.%v do not add up to 5.47: %v", parts, rows[0])
		}
	}
	// Norway is what frequency_period has for everybody.
	same(t, "Norway", query(t, db, "SELECT period, round(frequency, 9) FROM figure_5_47 WHERE county = 'Norway' ORDER BY period"),
		query(t, db, "SELECT period, round(frequency, 9) FROM frequency_period(cell, [], [[2004,2008],[2009,2013]]) ORDER BY period"))
}

// "Nearly as many immigrations as emigrations" of non-immigrants every year, and no
// clear rise (section 3.2.1): those who left before 1990 come back too.
func TestNonImmigrantsComeBack(t *testing.T) {
	t.Parallel()
	db := simulatedRegister(t)
	for _, row := range query(t, db, `
		SELECT 1990 + (year - 1990) // 4 * 4 AS first_year, sum(migrations) FILTER (direction = 'immigration') / sum(migrations) FILTER (direction = 'emigration') AS ratio
		FROM figure_3_2 GROUP BY ALL HAVING NOT coalesce(ratio BETWEEN 0.6 AND 1.25, false)`) {
		t.Errorf("four years from %s: %s immigrations an emigration", row[0], row[1])
	}
}

// benchmarkRegister is the file that UTVANDRING_DATABASE names, such as one made by
// "utvandring national.duckdb -c '.demo 1'", or else the small register of the tests.
func benchmarkRegister(b *testing.B) *DB {
	b.Helper()
	path := os.Getenv("UTVANDRING_DATABASE")
	if path == "" {
		return demoRegister(b)
	}
	return open(b, path, Options{})
}

// To be had at national size in 20 ms each.
func BenchmarkReport(b *testing.B) {
	db := benchmarkRegister(b)
	views, err := db.conn.Texts(context.Background(), "SELECT name FROM report_figure")
	if err != nil {
		b.Fatal(err)
	}
	for _, view := range slices.DeleteFunc(views, elsewhere) {
		b.Run(view, func(b *testing.B) {
			for b.Loop() {
				run(b, db, "FROM "+view)
			}
		})
	}
}
