package engine

import (
	"strings"
	"testing"

	"utvandring/udf/reference"
	"utvandring/udf/refusal"
)

// A panel may be numbered by quarters, months or whatever is one apart. The estimates
// over quarters with rows out are systemfit's on the full grid (testdata/reference/gaps),
// however the quarters are written.
func TestIndexOfQuarters(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	want := map[string]string{}
	for _, r := range reference.ReadCSV(t, "../testdata/reference/gaps/expected.csv") {
		want[r[0]+" "+r[1]] = r[3]
	}
	run(t, db, `CREATE TABLE q AS SELECT * EXCLUDE (quarter), quarter AS a, left(quarter, 4) || '-K' || right(quarter, 1) AS b,
	make_date(left(quarter, 4)::INT, right(quarter, 1)::INT * 3 - 2, 1) AS c, last_day(make_date(left(quarter, 4)::INT, right(quarter, 1)::INT * 3, 1)) AS d,
	(1900 + (period - 1) // 12) || 'M' || lpad(((period - 1) % 12 + 1)::VARCHAR, 2, '0') AS e, (1900 + (period - 1) // 12) || '-' || lpad(((period - 1) % 12 + 1)::VARCHAR, 2, '0') AS f,
	c::TIMESTAMP AS g, period::VARCHAR AS h FROM '../testdata/reference/gaps/quarterly.csv'`)
	const formulas = "['ln(consumption) = $a1 + $b1*lag(ln(consumption)) + $y1*ln(dpi) + $r1*lag(interest)', 'ln(invest) = $a2 + $b2*lag(ln(invest)) + $y2*(ln(gdp) - lag(ln(gdp), 4)) + $r2*lag(interest)']"
	for index, of := range some(map[string]struct{ first, last, before string }{
		"period": {"40", "149", "0"}, "a": {"'1959Q4'", "'1987Q1'", "1949Q4"}, "b": {"'1959-K4'", "'1987-K1'", "1949-K4"},
		"c": {"DATE '1959-10-01'", "'1987-01-01'", "1949-10-01"}, "d": {"'1959-12-31'", "DATE '1987-03-31'", "1949-12-31"},
		"e": {"'1903M04'", "'1912M05'", "1899M12"}, "f": {"'1903-04'", "'1912-05'", "1899-12"}, "g": {"TIMESTAMP '1959-10-01'", "'1987-01-01'", "1949-10-01"},
		"h": {"'40'", "149", "0"},
	}, 2) {
		call := func(macro, more string) string {
			return macro + "(" + formulas + ", q, index := '" + index + "'" + more + ")"
		}
		for tag, sample := range map[string]string{"rows_missing": "", "rows_missing_sample": ", first_year := " + of.first + ", last_year := " + of.last} {
			got := rows(t, db, "SELECT parameter, estimate FROM "+call("sur_of", sample))
			if len(got) != 8 {
				t.Fatal(index, got)
			}
			for _, r := range got {
				closeTo(t, index+" "+tag, r[1], want[tag+".isur.estimate "+r[0]], 1e-6)
			}
		}
		ends := rows(t, db, "SELECT min(period), max(period) FROM (SELECT first(period) AS period FROM "+call("sur_residuals_of", ", first_year := "+of.first+", last_year := "+of.last)+" UNION ALL SELECT last(period) FROM "+call("sur_residuals_of", ", first_year := "+of.first+", last_year := "+of.last)+")")
		bare := func(s string) string {
			s = s[strings.IndexByte(s, '\'')+1:]
			return strings.Trim(s, "'")
		}
		if index != "period" && index != "h" && (ends[0][0] != bare(of.first) || ends[0][1] != bare(of.last)) {
			t.Errorf("%s: residuals of %v, want %s to %s", index, ends, of.first, of.last)
		}
		run(t, db, "CREATE OR REPLACE TABLE c AS SELECT 'ar' AS parameter, 0.5 AS estimate")
		_, err := tryRows(db, "FROM simulate(['gdp = $ar*lag(gdp)'], q, c, first_year := (SELECT min("+index+") FROM q), index := '"+index+"')")
		refusal.Says(t, err, " reaches back to "+of.before+", before the panel begins", index)
	}
	for call, want := range map[string]string{
		"sur_of(['gdp = $a + $b*dpi'], q)":                                            "the panel has no column year, but period, gdp",
		"sur_of(['gdp = $a + $b*dpi'], q, index := 'x')":                              "the panel has no column x, which is to be its index",
		"sur_of(['gdp = $a + $b*dpi'], q, index := NULL)":                             "index is NULL",
		"sur_of(['gdp = $a + $b*dpi'], q, index := 'a', first_year := '1949Q4')":      "first_year 1949Q4 is outside the panel, which has 1950Q1–2000Q4",
		"sur_of(['gdp = $a + $b*lag(dpi)'], q, index := 'a', first_year := '1950Q1')": "period 1950Q1 cannot be estimated: equation 1 needs lag(dpi), and the panel begins in 1950Q1 (the first period that has everything is 1950Q2)",
		"sur_of(['gdp = $a + $b*dpi'], q, index := 'a', first_year := 1960)":          `first_year is "1960", and the index is written as 1950Q1`,
		"sur_of(['gdp = $a + $b*dpi'], q, index := 'a', first_year := '1960Q5')":      `first_year is "1960Q5", and the index is written as 1950Q1`,
		"sur_of(['gdp = $a + $b*a'], q, index := 'a')":                                `column "a" of the panel is its index`,
		"sur_of(['gdp = $a + $b*dpi'], days, index := 'c')":                           "the days of an index are the same in every month",
		"sur_of(['gdp = $a + $b*dpi'], mixed, index := 'a')":                          `is "1950-Q2", and the index is written as 1950Q1`,
		"sur_of(['gdp = $a + $b*dpi'], twice, index := 'a')":                          "period 1950Q1 occurs more than once in the panel",
		"sur_of(['gdp = $a + $b*dpi'], weeks, index := 'a')":                          "W is not known as a part of the year",
	} {
		_, err := tryRows(db, "WITH days AS (SELECT * REPLACE (c + period::INT AS c) FROM q), mixed AS (SELECT * REPLACE (CASE WHEN period = 2 THEN b[:4] || '-Q2' ELSE a END AS a) FROM q), twice AS (FROM q UNION ALL FROM q), weeks AS (SELECT * REPLACE (replace(a, 'Q', 'W') AS a) FROM q) FROM "+call)
		refusal.Says(t, err, want, call)
	}
}

// What simulates gives the periods as they are written, and the values of the same panel
// numbered by years.
func TestSimulateQuarters(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	run(t, db, "CREATE TABLE years AS SELECT 8000 + i AS year, sin(i) AS x, cos(i) AS y FROM range(24) r(i)")
	run(t, db, "CREATE TABLE quarters AS SELECT (year // 4) || 'Q' || (year % 4 + 1) AS quarter, x, y FROM years")
	run(t, db, "CREATE TABLE c AS SELECT unnest(['b', 'r']) AS parameter, unnest([0.5, 0.7]) AS estimate")
	for _, of := range []string{
		"simulate(['y = $b*x + $r*lag(y)'], PANEL, c, first_year := FIRST, residuals := 'actual', exogenous := 'y:EXOGENOUS', add_factors := [{INDEX: FIRST, equation: 'y', value: 1}]",
		"multiplier(['y = $b*x + $r*lag(y)'], PANEL, c, shock_year := FIRST",
		"goal_seek(['y = $b*x + $r*lag(y)'], PANEL, c, GOALS, 'x'",
		"simulate_stochastic(['y = $b*x + $r*lag(y)'], PANEL, c, replications := 20, residual_covariance := [{equation_i: 'y', equation_j: 'y', covariance: 0.1}]",
		"simulate_runs(['y = $b*x + $r*lag(y)'], PANEL, c, replications := 20, residual_covariance := [{equation_i: 'y', equation_j: 'y', covariance: 0.1}]",
		"simulate_scenarios(['y = $b*x + $r*lag(y)'], SCENARIOS, c",
		"simulate_stochastic_scenarios(['y = $b*x + $r*lag(y)'], SCENARIOS, c, replications := 20, residual_covariance := [{equation_i: 'y', equation_j: 'y', covariance: 0.1}]",
	} {
		with := "WITH gy AS (SELECT 8009 AS year, 'y' AS variable, 2.0 AS value), gq AS (SELECT '2002Q2' AS quarter, 'y' AS variable, 2.0 AS value), sy AS (SELECT s AS scenario, p.* FROM years p, (VALUES ('reference'), ('b')) v(s)), sq AS (SELECT s AS scenario, p.* FROM quarters p, (VALUES ('reference'), ('b')) v(s)) "
		yearly := strings.NewReplacer("PANEL", "years", "FIRST", "8008", "EXOGENOUS", "8010-8012", "INDEX", "year", "GOALS", "gy", "SCENARIOS", "sy").Replace(of)
		quarterly := strings.NewReplacer("PANEL", "quarters", "FIRST", "'2002Q1'", "EXOGENOUS", "2002Q3-2003Q1", "INDEX", "quarter", "GOALS", "gq", "SCENARIOS", "sq").Replace(of)
		got := rows(t, db, with+"SELECT * FROM "+quarterly+", index := 'quarter') ORDER BY ALL")
		want := rows(t, db, with+"SELECT * RENAME (year AS period) FROM (SELECT * REPLACE ((year // 4) || 'Q' || (year % 4 + 1) AS year) FROM "+yearly+")) ORDER BY ALL")
		same(t, of, got, want)
	}
}
