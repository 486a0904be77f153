package engine

import (
	"context"
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/reference"
	"utvandring/udf/refusal"
)

// simulated is a demo register large enough to have somebody in every group of
// the panels in every year.
var simulated = sync.OnceValues(func() (*DB, error) { return demoOf(0.02*float64(long.Runs(2, 1)), 2) })

func simulatedRegister(t *testing.T) *DB { return alone(t, simulated) }

func figure(t *testing.T, db *DB, query string) float64 {
	t.Helper()
	var x *float64
	if err := db.Conn().Row(context.Background(), query).Scan(&x); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	if x == nil {
		t.Fatalf("%s: NULL", query)
	}
	return *x
}

func nil0(t *testing.T, what string, got, tolerance float64) {
	t.Helper()
	if !(math.Abs(got) <= tolerance) {
		t.Errorf("%s: %g, want 0 ± %g", what, got, tolerance)
	}
}

// The account is consistent with itself (residents are arrivals and last year's
// stayers), and with the panels, which are counted another way, from the cells.
func TestCohortAddsUp(t *testing.T) {
	t.Parallel()
	db := simulatedRegister(t)
	nil0(t, "stayers and arrivals", figure(t, db, `
WITH expected AS (
  SELECT year + 1 AS year, country_group, sex, least(age + 1, 71) AS age, least(duration + 1, 10) AS duration, stayers AS n FROM cohort WHERE stayers > 0
  UNION ALL SELECT year, country_group, sex, age, duration, arrivals FROM cohort WHERE arrivals > 0
  UNION ALL SELECT year, country_group, sex, age, duration, -residents FROM cohort)
SELECT max(abs(n)) FROM (SELECT sum(n) AS n FROM expected WHERE year > 1990 GROUP BY year, country_group, sex, age, duration)`), 0)
	for g := 1; g <= 3; g++ {
		nil0(t, "residents", figure(t, db, fmt.Sprintf(`
WITH c AS (SELECT year, sum(residents) AS all_of_them,
    sum(residents) FILTER (sex = 'female' AND age BETWEEN 18 AND 34) AS k3, sum(residents) FILTER (sex = 'male' AND age BETWEEN 35 AND 62) AS m4,
    sum(residents) FILTER (sex = 'female' AND age BETWEEN 18 AND 34 AND duration <= 2) AS short, sum(residents) FILTER (sex = 'male' AND age BETWEEN 35 AND 62 AND duration BETWEEN 3 AND 9) AS medium
  FROM cohort WHERE country_group = %[1]d GROUP BY year)
SELECT max(greatest(abs(all_of_them - beh%[1]d), abs(k3 - pop_k3), abs(m4 - pop_m4), abs(short - anko_k3*pop_k3), abs(medium - anme_m4*pop_m4)))
FROM c JOIN panel_%[1]d USING (year)`, g)), 1e-9)
	}
}

// The account equals what one gets by writing every person-year out and looking
// for the same person a year earlier and a year later.
func TestCohortByPersonYear(t *testing.T) {
	t.Parallel()
	db := simulatedRegister(t)
	run(t, db, "CREATE OR REPLACE TEMP TABLE naive AS FROM cohort_live")
	nil0(t, "cells that differ", figure(t, db, "SELECT (SELECT count(*) FROM (FROM naive EXCEPT FROM cohort)) + (SELECT count(*) FROM (FROM cohort EXCEPT FROM naive))"), 0)
	if n := figure(t, db, "SELECT count(*) FROM naive WHERE stayers > 0 AND arrivals > 0 AND emigrations > 0"); n < 1000 {
		t.Errorf("only %g cells have everything", n)
	}
}

// With actual residuals the reference gives back what was observed: frequencies,
// residents of every group, duration shares and totals.
func TestStocksThatAnswerTrackTheData(t *testing.T) {
	t.Parallel()
	db := simulatedRegister(t)
	for g, models := range []string{"['4.1', '4.4', '4.7']", "['4.2', '4.5', '4.8']", "['4.3', '4.6', '4.9']"}[:long.Runs(3, 1)] {
		from := fmt.Sprintf(`FROM simulate(%s, panel_%d, published_coefficient, first_year := 1992, residuals := 'actual',
			cohorts := (SELECT list(c) FROM cohort c WHERE country_group = %d))`, models, g+1, g+1)
		nil0(t, "distance from the data", figure(t, db, "SELECT max(abs(simulated - actual)) "+from+" WHERE NOT isnan(simulated)"), 1e-9)
		if n := figure(t, db, "SELECT count(*) "+from+" WHERE variable LIKE 'pop%'"); n != 12*22 {
			t.Errorf("%g rows of residents", n)
		}
	}
	// Fewer arrivals, fewer residents: half of those of 2005 are missing in 2006.
	change := figure(t, db, `
WITH fewer AS (SELECT * REPLACE (CASE WHEN year = 2005 THEN arrivals/2 ELSE arrivals END AS arrivals) FROM cohort WHERE country_group = 3),
     s AS (FROM simulate(['4.3', '4.6', '4.9'], panel_3, published_coefficient, first_year := 1992, residuals := 'actual', cohorts := (SELECT list(c) FROM fewer c)))
SELECT simulated - actual FROM s WHERE variable = 'beh3' AND year = 2005`)
	arrived := figure(t, db, "SELECT sum(arrivals) FROM cohort WHERE country_group = 3 AND year = 2005")
	nil0(t, "half of the arrivals", change+arrived/2, 1e-9)
}

// All nine models at once are the three country groups each by itself, stocks that answer
// among them, and draws of variance 0 are the path without draws, to the last digit.
func TestCountryAtOnce(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := simulatedRegister(t)
	run(t, db, "BEGIN",
		"INSERT INTO model (model, first_year, last_year) VALUES ('country', 1992, 2013)",
		"INSERT INTO equation (model, equation, dependent, formula) SELECT 'country', equation, dependent, formula FROM country_equation",
		"CREATE TEMP TABLE b AS SELECT parameter || '_' || replace(model, '.', '') AS parameter, estimate FROM published_coefficient",
		"CREATE TEMP TABLE shock AS SELECT equation, 1 AS factor, 0 AS loading, 0 AS variance FROM country_equation",
		`CREATE TEMP TABLE at_once AS FROM simulate('country', panel_country, b, cohorts := (SELECT list(c) FROM cohort c))`,
		`CREATE TEMP TABLE drawn AS FROM simulate_stochastic('country', panel_country, b, cohorts := (SELECT list(c) FROM cohort c), replications := 130, factor := (SELECT list(s) FROM shock s))`)
	defer run(t, db, "ROLLBACK")
	nil0(t, "rows", figure(t, db, "SELECT count(*) FROM drawn")-22*(36+3*37), 0)
	nil0(t, "draws of nothing", figure(t, db, `SELECT count(*) FROM drawn d FULL JOIN at_once a USING (year, variable)
		WHERE (d.simulated, d.lower, d.median, d.upper, d.equation) IS DISTINCT FROM (a.simulated, a.simulated, a.simulated, a.simulated, a.equation)`), 0)
	for g, models := range []string{"['4.1', '4.4', '4.7']", "['4.2', '4.5', '4.8']", "['4.3', '4.6', '4.9']"} {
		nil0(t, fmt.Sprintf("country group %d by itself", g+1), figure(t, db, fmt.Sprintf(`
SELECT count(*) FILTER (a.simulated <> s.simulated) + abs(count(*) - 22*49)
FROM simulate(%[2]s, panel_%[1]d, published_coefficient, first_year := 1992, cohorts := (SELECT list(c) FROM cohort c WHERE country_group = %[1]d)) s
JOIN at_once a ON a.year = s.year AND a.variable = CASE WHEN s.variable LIKE 'beh%%' THEN s.variable ELSE s.variable || '_%[1]d' END`, g+1, models)), 0)
	}
}

// The script writes table 4.11 out; the macro and the view have the same figures.
func TestCounterfactualThreeWays(t *testing.T) {
	t.Parallel()
	db := simulatedRegister(t)
	script := reference.ReadFile(t, "../testdata/scripts/counterfactual.sql")
	ctx := context.Background()
	run(t, db, "CREATE OR REPLACE TEMP TABLE script AS "+string(script))
	run(t, db, "CREATE OR REPLACE TEMP TABLE t411 AS FROM table_4_11")
	if n := figure(t, db, "SELECT count(*) FROM t411"); n != 4*15 {
		t.Errorf("%g rows", n)
	}
	for experiment, column := range map[string]string{"i": "income", "ii": "unemployment_norway", "iii": "unemployment_group1", "iv": "unemployment_group2"} {
		nil0(t, "script and view, "+column, figure(t, db, fmt.Sprintf(
			"SELECT max(abs(%s - published_coefficients)) FROM script s JOIN t411 t ON t.experiment = '%s' AND s.year = coalesce(t.year::VARCHAR, '2000-2013')",
			column, experiment)), 0.1001) // both are rounded to 0.1
		// Nothing has answered yet in the year of the shift.
		nil0(t, "stocks in the first year", figure(t, db, "SELECT stocks_answer - published_coefficients FROM t411 WHERE year = 2000 AND experiment = '"+experiment+"'"), 0)
	}
	// The printed sums, from the shipped years.
	for experiment, want := range map[string]float64{"i": -29424, "ii": 1365, "iii": -10430} {
		nil0(t, "printed", figure(t, db, "SELECT printed FROM t411 WHERE year IS NULL AND experiment = '"+experiment+"'")-want, 0)
	}
	err := db.Conn().Exec(ctx, "WITH s AS (SELECT 'x' AS scenario, 'gdp' AS variable, 2000 AS year, 1 AS shift) FROM counterfactual(s, published_coefficient)")
	refusal.Says(t, err, `no macro series "gdp" to shift`)
	// It would be shifted and be the base of the differences at once.
	err = db.Conn().Exec(ctx, "WITH s AS (SELECT 'reference' AS scenario, 'led1' AS variable, 2000 AS year, 1 AS shift) FROM counterfactual(s, published_coefficient)")
	refusal.Says(t, err, `a scenario is called "reference"`)
	// What has no effect would be told as an effect of 0.
	for shift, want := range some(map[string]string{
		"('x', 'led1', 2000, NULL)": `shift is NULL in a row of the shifts of scenario "x"`, "('x', 'led1', NULL, 1)": "year is NULL", "(NULL, 'led1', 2000, 1)": "scenario is NULL",
		"('x', 'led1', 2014, 1)": `scenario "x" has a shift in 2014, which is not in the panel (1990 to 2013)`,
	}, 3) {
		err = db.Conn().Exec(ctx, "WITH s AS (FROM (VALUES ('y', 'led1', 2000, 1), "+shift+") t(scenario, variable, year, shift)) FROM counterfactual(s, published_coefficient)")
		refusal.Says(t, err, want, shift)
	}
	for option, want := range some(map[string]string{"stocks := NULL": `stocks is "NULL"`, "stocks := 'x'": `stocks is "x"`, "on_error := 'x'": `on_error is "x"`}, 2) {
		err = db.Conn().Exec(ctx, "WITH s AS (SELECT 'a' AS scenario, 'led1' AS variable, 2000 AS year, 1 AS shift) FROM counterfactual(s, published_coefficient, "+option+")")
		refusal.Says(t, err, want, option)
	}
	// Scenarios may be numbered.
	nil0(t, "numbered scenario", figure(t, db, `
WITH s AS (SELECT 7 AS scenario, 'led1' AS variable, year, 1 AS shift FROM range(2000, 2014) r(year))
SELECT sum(difference) - (SELECT published_coefficients FROM t411 WHERE experiment = 'iii' AND year IS NULL) FROM counterfactual(s, published_coefficient) WHERE scenario = '7'`), 0.051)
}

// The weights of figure 4.1 add up to the frequency view, which counts same-year
// movers out as the panels do.
func TestFigure41Actual(t *testing.T) {
	t.Parallel()
	db := simulatedRegister(t)
	nil0(t, "actual", figure(t, db, `WITH c AS (FROM cell WHERE country_group IS NOT NULL)
		SELECT max(abs(f.percent - v.frequency)) FROM figure_4_1 f JOIN (FROM frequency_of(c, [], count := 'macro')) v USING (year) WHERE series = 'actual'`), 1e-9)
	if n := figure(t, db, "SELECT count(*) FROM figure_4_1 WHERE series = 'simulated, published coefficients' AND percent BETWEEN 1 AND 15"); n != 14 {
		t.Errorf("%g years simulated", n)
	}
	if err := db.with(context.Background(), "threads", "4", func() error {
		first := rows(t, db, "FROM figure_4_1")
		for range long.Runs(9, 1) {
			same(t, "figure_4_1 read again", rows(t, db, "FROM figure_4_1"), first)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// script gives the statements of a shipped script.
func script(t *testing.T, name string) []string {
	t.Helper()
	text := reference.ReadFile(t, "../testdata/scripts/"+name)
	statements := strings.Split(strings.TrimSuffix(strings.TrimSpace(string(text)), ";"), ";\n")
	return statements
}

// The bands of table 4.11 lie around the figures without draws: the median is
// within half a standard error of them, and next to nobody is outside the band.
func TestBandsAroundTable411(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := simulatedRegister(t)
	run(t, db, "CREATE OR REPLACE TEMP TABLE band AS "+script(t, "counterfactual_bands.sql")[0])
	if n := figure(t, db, "SELECT count(*) FROM band"); n != 3*15 {
		t.Errorf("%g rows", n)
	}
	nil0(t, "medians away from the table, in standard errors", figure(t, db, `
SELECT max(abs(median - published_coefficients) / greatest(std_error, 0.5)) FROM band JOIN table_4_11 t USING (experiment)
WHERE band.year = coalesce(t.year::VARCHAR, '2000-2013')`), 0.5)
	if n := figure(t, db, "SELECT count(*) FROM band WHERE lower > median OR median > upper"); n != 0 {
		t.Errorf("%g bands out of order", n)
	}
}

// A projection goes on from the last observed year: with frequencies taken as observed the
// emigrations of 2013 are the observed ones, those of 2014 are no jump away, and the stock of 2014 is that of 2013
// less those who did not stay, and the arrivals.
func TestProjection(t *testing.T) {
	t.Parallel()
	db := simulatedRegister(t)
	for i, statement := range script(t, "projection.sql")[:long.Runs(3, 2)] {
		run(t, db, fmt.Sprintf("CREATE OR REPLACE TEMP TABLE projection_%d AS %s", i, statement))
	}
	if n := figure(t, db, "SELECT count(*) FROM projection_0 WHERE year BETWEEN 2014 AND 2030 AND lower < emigrations AND emigrations < upper"); n != 17 {
		t.Errorf("%g years projected", n)
	}
	observed := figure(t, db, "SELECT sum(emigrations_macro) FROM cell WHERE country_group = 2 AND year = 2013")
	nil0(t, "emigrations of 2013", figure(t, db, "SELECT emigrations FROM projection_1 WHERE year = 2013")-observed, 1e-6)
	for i, most := range []float64{0.3, 0.35} { // with nothing added, 0.6 and more
		nil0(t, "jump", figure(t, db, fmt.Sprintf("SELECT emigrations FROM projection_%d WHERE year = 2014", i))/observed-1, most)
	}
	// Rates of 2012: of the residents of 2013 in cells that there were in 2012.
	stock := figure(t, db, `
WITH a AS (FROM cohort WHERE country_group = 2)
SELECT sum(n.residents * coalesce(o.stayers / o.residents, 1)) + sum(n.arrivals)
FROM (FROM a WHERE year = 2013) n LEFT JOIN (FROM a WHERE year = 2012) o USING (sex, age, duration)`)
	nil0(t, "residents of 2014, relative", figure(t, db, "SELECT residents FROM projection_1 WHERE year = 2014")/stock-1, 0.01)
}

// The covariances of all the report's models are one relation, and the models of one country
// group are drawn from it as from their own alone.
func TestCovariancesOfTheReport(t *testing.T) {
	t.Parallel()
	db := simulatedRegister(t)
	nil0(t, "from all nine less from its own", figure(t, db, `
SELECT max(abs(a.std_error - b.std_error))
FROM simulate_stochastic('4.1', panel_1, sur_report, draws := 'both', replications := 100, first_year := 2005,
       residual_covariance := (SELECT list(c) FROM sur_report_covariance c), parameter_covariance := (SELECT list(c) FROM sur_report_parameter_covariance c)) a
JOIN simulate_stochastic('4.1', panel_1, sur_report, draws := 'both', replications := 100, first_year := 2005,
       residual_covariance := (SELECT list(c) FROM sur_residual_covariance('4.1', panel_1) c), parameter_covariance := (SELECT list(c) FROM sur_covariance('4.1', panel_1) c)) b
USING (year, variable)`), 1e-12)
}

// Table 4.11 comes out, in proportion, on a register of four per cent: what the
// report prints within 15 per cent for the sums and for 2013. (At national size the
// demo register is within 10 per cent.)
func TestTable411IsNear(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := simulatedRegister(t)
	run(t, db, "CREATE OR REPLACE TEMP TABLE near AS SELECT experiment, year, published_coefficients / (0.04 * printed) AS ratio FROM table_4_11")
	for _, experiment := range []string{"i", "ii", "iii"} {
		for _, when := range []string{"year = 2013", "year IS NULL"} {
			ratio := figure(t, db, "SELECT ratio FROM near WHERE experiment = '"+experiment+"' AND "+when)
			nil0(t, fmt.Sprintf("experiment %s, %s, computed / printed - 1", experiment, when), ratio-1, 0.15)
		}
	}
}
