package engine

import (
	"context"
	"fmt"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/refusal"
)

// Bands of the country: what they are around is what the views and macros without bands have,
// by a system of 36 equations instead of three of twelve; published ones are as wide as those
// that the script draws country group by country group; and shocks that are common make the
// country's band wider than as large ones that are not.
func TestBandsOfTheCountry(t *testing.T) {
	long.Test(t)
	t.Parallel()
	// A register whose years have something in common, as those of national size have (where
	// the band is 2.1 times as wide): of 4 per cent the default seed's have not.
	db, err := demoOf(0.04, 3)
	if err != nil {
		t.Fatal(err)
	}
	defer forget(db)
	for estimates, of := range map[string][2]string{"report": {"simulated", "estimated_coefficients"}, "published": {"simulated, published coefficients", "published_coefficients"}} {
		nil0(t, "figure 4.1, "+estimates, figure(t, db, fmt.Sprintf(`SELECT max(abs(b.percent - f.percent)) + abs(count(*) - 14)
			FROM figure_4_1_band(estimates := '%s', replications := 2) b JOIN figure_4_1 f USING (year) WHERE series = '%s'`, estimates, of[0])), 1e-9)
		nil0(t, "table 4.11, "+estimates, figure(t, db, fmt.Sprintf(`SELECT max(abs(b.change - t.%[2]s)) + abs(count(*) - 60)
			FROM table_4_11_band(estimates := '%[1]s', replications := 2) b JOIN table_4_11 t ON t.experiment = b.experiment AND t.year IS NOT DISTINCT FROM b.year`, estimates, of[1])), 0.0501) // rounded to 0.1
	}
	run(t, db, "CREATE OR REPLACE TEMP TABLE answer AS FROM table_4_11_band(estimates := 'published', replications := 120, stocks := 'answer')",
		"CREATE OR REPLACE TEMP TABLE script AS "+script(t, "counterfactual_bands.sql")[0],
		"CREATE OR REPLACE TEMP TABLE published AS FROM table_4_11_band(estimates := 'published', replications := 2000, draws := 'parameters', level := 0.9)")
	nil0(t, "stocks that answer", figure(t, db, `SELECT max(abs(b.change - t.stocks_answer)) FROM answer b JOIN table_4_11 t ON t.experiment = b.experiment AND t.year IS NOT DISTINCT FROM b.year`), 0.0501)
	nil0(t, "bands that the path lies outside of", figure(t, db, "SELECT count(*) FILTER (NOT (change BETWEEN lower AND upper)) FROM answer"), 0)
	// 2000 and 1000 draws: a standard error of some 4 per cent of the width, more in the tails.
	nil0(t, "width beside the script's", figure(t, db, `SELECT max(abs((b.upper - b.lower) / (s.upper - s.lower) - 1)) + abs(count(*) - 3)
		FROM published b JOIN script s ON s.experiment = b.experiment AND s.year = coalesce(b.year::VARCHAR, '2000-2013') WHERE b.year = 2005`), 0.2)
	// The same seed, the same draws; another, others.
	run(t, db, "CREATE OR REPLACE TEMP TABLE common AS FROM figure_4_1_band(replications := 400, draws := 'residuals')")
	nil0(t, "the same seed", figure(t, db, "SELECT count(*) FROM (FROM common EXCEPT FROM figure_4_1_band(replications := 400, draws := 'residuals'))"), 0)
	nil0(t, "another seed", figure(t, db, "SELECT count(*) FROM (FROM common EXCEPT FROM figure_4_1_band(replications := 400, draws := 'residuals', seed := 2))")-14, 0)
	if ratio := figure(t, db, "SELECT avg(a.upper - a.lower) / avg(b.upper - b.lower) FROM common a JOIN figure_4_1_band(replications := 400, draws := 'residuals', common := false) b USING (year)"); ratio < 1.15 {
		t.Errorf("common shocks make the band %g times as wide", ratio)
	}
	run(t, db, "CREATE OR REPLACE TEMP TABLE shifts AS SELECT 'x' AS scenario, 'led1' AS variable, 2000 AS year, 1 AS shift")
	nil0(t, "the country less its groups", figure(t, db, `WITH b AS (FROM counterfactual_band(shifts, replications := 50, stocks := 'answer', estimates := 'published') WHERE scenario = 'x')
		SELECT max(abs(a.d - s.difference)) + abs(count(*) - 22) FROM (SELECT year, sum(difference) AS d FROM b WHERE country_group IS NOT NULL GROUP BY year) a JOIN b s ON s.year = a.year AND s.country_group IS NULL`), 1e-6)
	for call, want := range map[string]string{
		"counterfactual_band(nothing)":                                                                               "nothing",
		"counterfactual_band(shifts, estimates := 'published', replications := 0)":                                   "replications is 0, not at least 1",
		"counterfactual_band(shifts, estimates := 'published', replications := NULL)":                                "replications is NULL",
		"counterfactual_band(shifts, estimates := 'fiml')":                                                           `estimates is "fiml", not 'joint'`,
		"counterfactual_band(shifts, estimates := NULL)":                                                             `estimates is "NULL"`,
		"counterfactual_band(shifts, estimates := 'published', common := NULL)":                                      "common is NULL",
		"counterfactual_band(shifts, estimates := 'published', draws := 'all')":                                      `draws is "all"`,
		"counterfactual_band(shifts, estimates := 'published', stocks := 'x')":                                       `stocks is "x"`,
		"counterfactual_band(shifts, estimates := 'published', level := 2)":                                          "level is not a number between 0 and 1",
		"counterfactual_band(shifts, estimates := 'published', residuals := 'some')":                                 "residuals is",
		"counterfactual_band(shifts, estimates := 'published', from_year := 1980)":                                   "1980 is not in the panel",
		"counterfactual_band(shifts, estimates := 'published', seed := NULL)":                                        "seed is NULL",
		"table_4_11_band(replications := -1)":                                                                        "replications is -1",
		"figure_4_1_band(draws := NULL)":                                                                             `draws is "NULL"`,
		"figure_4_1_band(level := 'x')":                                                                              "level",
		"project('main', replications := -1)":                                                                        "replications is -1, not 0",
		"project('main', replications := NULL)":                                                                      "replications is NULL, not 0",
		"project('main', replications := 10, estimates := 'x')":                                                      `estimates is "x"`,
		"project('main', replications := 10, level := 0, estimates := 'published')":                                  "project: level is 0, not a number between 0 and 1",
		"project('reference', replications := 10)":                                                                   "there is no band",
		"project('main', last_year := 2013, replications := 10)":                                                     "there is nothing to draw",
		"project('main', ['country_group', 'sex', 'age', 'duration'], replications := 10, estimates := 'published')": "too many to keep",
	} {
		err := db.Conn().Exec(context.Background(), "FROM "+call)
		refusal.Says(t, err, want, call)
	}
	// Without anybody, and without a fit: too few years for the number of regressors.
	err = empty(t).Conn().Exec(context.Background(), "FROM figure_4_1_band()")
	refusal.Says(t, err, "sur_factor", "an empty register")
	// Where nobody is in cohort, stocks do not answer, and are not the observed ones.
	for _, call := range []string{"counterfactual(shifts, published_coefficient, stocks := 'answer')", "counterfactual_band(shifts, estimates := 'published', stocks := 'answer', replications := 2)"} {
		run(t, db, "BEGIN", "DELETE FROM cohort")
		err := db.Conn().Exec(context.Background(), "FROM "+call)
		refusal.Says(t, err, "cohorts has no rows", call)
		run(t, db, "ROLLBACK")
	}
	run(t, db, "BEGIN", "UPDATE model SET first_year = 2006 WHERE country_group IS NOT NULL")
	err = db.Conn().Exec(context.Background(), "FROM figure_4_1_band(replications := 10)")
	refusal.Says(t, err, "sur_factor", "no joint estimate")
	run(t, db, "ROLLBACK")
}

// A projection with bands is the projection without, whose path is what the account and the
// 36 equations give without draws; its bands contain it, widen, and are of the dims asked for.
func TestBandsOfProjections(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := simulatedRegister(t)
	run(t, db, "CREATE OR REPLACE TEMP TABLE plain AS FROM project('low', ['sex', 'age_group'], last_year := 2025)",
		"CREATE OR REPLACE TEMP TABLE band AS FROM project('low', ['sex', 'age_group'], last_year := 2025, replications := 200)",
		"CREATE OR REPLACE TEMP TABLE total AS FROM project('low', last_year := 2025, replications := 200)")
	nil0(t, "rows that differ", figure(t, db, "SELECT count(*) FROM (SELECT * EXCLUDE (lower, median, upper) FROM band EXCEPT SELECT * EXCLUDE (lower, median, upper) FROM plain)"), 0)
	nil0(t, "bands without replications", figure(t, db, "SELECT count(lower) + count(median) + count(upper) FROM plain"), 0)
	nil0(t, "rows without a band", figure(t, db, "SELECT count(*) FILTER (lower IS NULL) + abs(count(*) - 12*13) FROM band"), 0)
	nil0(t, "first two years", figure(t, db, "SELECT max(greatest(abs(lower - residents), abs(upper - residents))) FROM band WHERE year < 2015"), 1e-5)
	nil0(t, "paths outside their bands", figure(t, db, "SELECT count(*) FILTER (NOT residents BETWEEN lower - 1e-5 AND upper + 1e-5) FROM total"), 0)
	nil0(t, "medians, relative", figure(t, db, "SELECT max(abs(median / residents - 1)) FROM total"), 0.05)
	nil0(t, "narrower in 2025 than in 2016", figure(t, db, "SELECT count(*) FROM total a, total b WHERE a.year = 2016 AND b.year = 2025 AND b.upper - b.lower <= a.upper - a.lower"), 0)
	nil0(t, "bands that add up", figure(t, db, "SELECT count(*) FROM (SELECT year, sum(upper - lower) AS w FROM band GROUP BY year) b JOIN total t USING (year) WHERE year > 2015 AND w <= t.upper - t.lower"), 0)
	nil0(t, "an earlier year", figure(t, db, "SELECT count(*) FILTER (lower IS NULL) FROM project('main', first_year := 2005, last_year := 2013, replications := 20, estimates := 'published')"), 0)
}
