package engine

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/refusal"
)

// What the register knows comes back in every cell, whatever year it begins with, and every
// projection adds up, keeps its groups' sums and has main between low and high.
func TestProject(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := simulatedRegister(t)
	run(t, db, "CREATE OR REPLACE TEMP TABLE p AS "+strings.Join([]string{
		"FROM project('low', ['country_group', 'sex'], last_year := 2045)", "FROM project('main', ['country_group', 'sex'], last_year := 2045)",
		"FROM project('high', ['country_group', 'sex'], last_year := 2045)", "FROM project('main', ['country_group', 'sex'], last_year := 2045, years := [2013, 2013]) SELECT * REPLACE ('last' AS scenario)",
		"FROM project('main', ['country_group', 'sex'], first_year := 2005, last_year := 2013) SELECT * REPLACE ('2005' AS scenario)", "FROM project('reference', ['country_group', 'sex'])"}, " UNION ALL "))
	const identity = `SELECT count(*) FROM (FROM project('reference', ['country_group', 'sex', 'age', 'duration']%s)) p FULL JOIN (FROM cohort WHERE year >= %d) c USING (year, country_group, sex, age, duration)
		WHERE (p.residents, p.emigrations, p.other_exits) IS DISTINCT FROM (c.residents, c.emigrations, c.residents - c.emigrations - c.stayers) OR year > 1990 AND p.arrivals IS DISTINCT FROM c.arrivals`
	nil0(t, "cells unlike the register", figure(t, db, fmt.Sprintf(identity, "", 0)), 0)
	nil0(t, "cells unlike the register from 2007", figure(t, db, fmt.Sprintf(identity, ", first_year := 2007", 2007)), 0)
	nil0(t, "what does not add up", figure(t, db, `SELECT max(abs(a.residents - a.emigrations - a.other_exits + b.arrivals - b.residents))
		FROM p a JOIN p b ON (b.scenario, b.country_group, b.sex, b.year) = (a.scenario, a.country_group, a.sex, a.year + 1)`), 1e-5)
	nil0(t, "rows", figure(t, db, "SELECT count(*) FROM p")-6*(4*33+9+24), 0)
	nil0(t, "the total against its groups", figure(t, db, "SELECT max(abs(p.residents - q.residents)) FROM project('main', last_year := 2045) q JOIN (SELECT year, sum(residents) AS residents FROM p WHERE scenario = 'main' GROUP BY year) p USING (year)"), 1e-4)
	nil0(t, "groups in which main is not between", figure(t, db, `SELECT count(*) FROM p m JOIN p l USING (year, country_group, sex) JOIN p h USING (year, country_group, sex)
		WHERE m.scenario = 'main' AND l.scenario = 'low' AND h.scenario = 'high' AND year > 2013 AND NOT (l.residents < m.residents AND m.residents < h.residents)`), 0)
	nil0(t, "arrivals of half an average year", figure(t, db, `SELECT sum(arrivals) - (SELECT sum(arrivals) / 10 FROM cohort WHERE year BETWEEN 2009 AND 2013) FROM p WHERE scenario = 'low' AND year = 2040`), 1e-4)
	nil0(t, "first year", figure(t, db, "SELECT sum(residents) + sum(emigrations) - (SELECT sum(residents) + sum(emigrations) FROM cohort WHERE year = 2013) FROM p WHERE scenario = 'main' AND year = 2013"), 1e-5)

	// Rows of one's own: in a straight line between years, country groups by themselves.
	run(t, db, "BEGIN", "INSERT INTO projection_scenario VALUES ('own', NULL, NULL, NULL, 2015, 2), ('own', NULL, NULL, NULL, 2019, 4), ('own', 3, NULL, NULL, NULL, 0), ('own', 1, 'male', '18-34', NULL, 5), ('own', NULL, 'male', '18-34', 2014, 7), ('own', NULL, NULL, '0-6', 2014, 8)")
	nil0(t, "factors", figure(t, db, `WITH p AS (SELECT country_group, sex, age_group, year, p.arrivals / m.arrivals AS f FROM project('own', ['country_group', 'sex', 'age_group'], last_year := 2021) p JOIN project('main', ['country_group', 'sex', 'age_group'], last_year := 2021) m USING (country_group, sex, age_group, year) WHERE year > 2013 AND m.arrivals > 0)
		SELECT max(abs(f - CASE WHEN country_group = 3 THEN 0 WHEN country_group = 1 AND sex = 'male' AND age_group = '18-34' THEN 5 WHEN sex = 'male' AND age_group = '18-34' THEN 7
			WHEN age_group = '0-6' THEN 8 ELSE least(4, greatest(2, 2 + (year - 2015) / 2)) END)) FROM p`), 1e-6)
	run(t, db, "ROLLBACK")
}

// Regions, deaths by a table and frequencies of models: what the register knows comes back by
// county and centrality, main comes back when its own frequencies are given, and another
// frequency or rate of death is the one that comes out.
func TestProjectOwn(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := simulatedRegister(t)
	nil0(t, "residents by place unlike the register", figure(t, db, `SELECT count(*) FROM (FROM project('reference', ['county', 'centrality', 'sex', 'age_group'])) p
		FULL JOIN (SELECT year, county, centrality, sex, age_group, sum(residents) AS n FROM cell WHERE country_group IS NOT NULL AND residents > 0 GROUP BY ALL) c
		ON (p.year, p.county, p.centrality, p.sex, p.age_group) IS NOT DISTINCT FROM (c.year, c.county, c.centrality, c.sex, c.age_group) WHERE abs(p.residents - n) < 1e-6 IS NOT true`), 0)
	t.Cleanup(func() {
		db.Exec(context.Background(), "ROLLBACK") // of a test that failed
		run(t, db, "DELETE FROM projection_scenario WHERE scenario = 'own'", "DELETE FROM projection_frequency", "DELETE FROM projection_death", "DROP TABLE IF EXISTS m", "DROP TABLE IF EXISTS b")
	})
	run(t, db, "BEGIN", "CREATE TEMP TABLE m AS FROM project('main', ['country_group', 'sex', 'age_group', 'duration_group_macro'], last_year := 2020)")
	nil0(t, "places against the country", figure(t, db, `SELECT max(abs(p.residents - n)) FROM (SELECT year, country_group, sum(residents) AS residents FROM project('main', ['country_group', 'county'], last_year := 2020) GROUP BY ALL) p
		JOIN (SELECT year, country_group, sum(residents) AS n FROM m GROUP BY ALL) USING (year, country_group)`), 1e-4)
	nil0(t, "shares of places", figure(t, db, `SELECT max(abs(p.residents - m.residents * c.n / c.all_n)) FROM (FROM project('main', ['country_group', 'sex', 'age_group', 'duration_group_macro', 'county'], last_year := 2020) WHERE year = 2020) p
		JOIN m USING (year, country_group, sex, age_group, duration_group_macro)
		JOIN (SELECT *, sum(n) OVER (PARTITION BY country_group, sex, age_group, duration_group_macro) AS all_n
			FROM (SELECT country_group, sex, age_group, duration_group_macro, county, sum(residents) AS n FROM cell WHERE year = 2013 GROUP BY ALL)) c
		USING (country_group, sex, age_group, duration_group_macro, county) WHERE all_n > 0`), 1e-5)
	// Most people live where centrality is 4: their band is about that of all, and each has one.
	run(t, db, "CREATE TEMP TABLE b AS FROM project('main', 'centrality', last_year := 2017, replications := 100, draws := 'residuals')")
	nil0(t, "bands by place", figure(t, db, "SELECT count(*) FILTER (lower <= median AND median <= upper AND residents BETWEEN lower - 1e-5 AND upper + 1e-5 IS NOT true) + abs(count(*) - 20) FROM b"), 0)
	nil0(t, "relative width beside that of all", figure(t, db, `SELECT (b.upper - b.lower) / b.residents / ((a.upper - a.lower) / a.residents) - 1
		FROM b JOIN project('main', last_year := 2017, replications := 100, draws := 'residuals') a USING (year) WHERE year = 2017 AND centrality = 4`), 0.3)
	run(t, db, "INSERT INTO projection_scenario (scenario, factor) VALUES ('own', 1)",
		`INSERT INTO projection_frequency SELECT 'own', year, 'emi_' || CASE sex WHEN 'female' THEN 'K' ELSE 'm' END || (enum_code(age_group::age_group) + 1) || '_' || country_group, sum(emigrations) / sum(residents)
			FROM m WHERE year > 2013 GROUP BY year, sex, age_group, country_group HAVING sum(residents) > 0`)
	own := "(FROM project('own', ['country_group', 'sex', 'age_group', 'duration_group_macro'], last_year := 2020)) o"
	nil0(t, "main by its own frequencies", figure(t, db, "SELECT max(abs(o.residents - m.residents) + abs(o.emigrations - m.emigrations)) FROM "+own+" JOIN m USING (year, country_group, sex, age_group, duration_group_macro)"), 1e-4)
	run(t, db, "UPDATE projection_frequency SET frequency = 0.02 WHERE variable = 'emi_m3_2' AND year = 2016")
	nil0(t, "a frequency", figure(t, db, "SELECT sum(emigrations) / sum(residents) - 0.02 FROM "+own+" WHERE country_group = 2 AND sex = 'male' AND age_group = '18-34' AND year = 2016"), 1e-6)
	nil0(t, "of others in that year", figure(t, db, "SELECT max(abs(o.emigrations - m.emigrations)) FROM "+own+" JOIN m USING (year, country_group, sex, age_group, duration_group_macro) WHERE NOT (country_group = 2 AND sex = 'male' AND age_group = '18-34') AND year = 2016"), 1e-4)
	run(t, db, "INSERT INTO projection_death SELECT 'own', unnest(enum_range(NULL::sex)), age, age / 1000 FROM range(72) a(age)")
	nil0(t, "deaths by a table", figure(t, db, "SELECT max(abs(other_exits - residents * least(age / 1000, 1 - emigrations / residents))) FROM project('own', ['country_group', 'sex', 'age', 'duration'], last_year := 2020) WHERE residents > 0"), 1e-5)
	for change, want := range map[string]string{
		"DELETE FROM projection_death WHERE age = 71":                                                                                                        "has 142 rates in projection_death, not one for both sexes and all ages from 0 to 71",
		"INSERT INTO projection_frequency VALUES ('own', 2014, 'emi_m3', 0.1)":                                                                               `projection_frequency has "emi_m3" in scenario "own", which is none of emi_k1_1 to emi_m6_3`,
		"INSERT INTO projection_frequency VALUES ('own', 2014, 'emi_m3_7', 0.1)":                                                                             `has "emi_m3_7"`,
		"INSERT INTO projection_frequency VALUES ('own', 2014, 'EMI_M3_2', 0.1)":                                                                             ` of scenario "own" once for every year from 2014 to 2040`,
		"DELETE FROM projection_frequency WHERE variable <> 'emi_m3_2'":                                                                                      `projection_frequency has not emi_m3_2 of scenario "own" once for every year from 2014 to 2040`,
		"UPDATE projection_frequency SET frequency = -0.1 WHERE variable = 'emi_m3_2'":                                                                       "CHECK constraint failed",
		"INSERT INTO projection_death SELECT 'own', sex, age, 2 FROM projection_death WHERE false; INSERT INTO projection_death VALUES ('x', 'male', 72, 0)": "CHECK constraint failed",
	} {
		run(t, db, "COMMIT", "BEGIN")
		err := db.Conn().Exec(context.Background(), change+"; FROM project('own')")
		refusal.Says(t, err, want, change)
		run(t, db, "ROLLBACK", "BEGIN")
	}
}

// The same written out in Go, cell for cell.
func TestProjectByHand(t *testing.T) {
	t.Parallel()
	db := simulatedRegister(t)
	type cell struct {
		group, age, duration int
		sex                  string
	}
	levels := func(c cell) []cell {
		return []cell{c, {c.group, c.age, -1, c.sex}, {c.group, -1, -1, c.sex}, {c.group, -1, -1, ""}}
	}
	all, emigrated, before, gone := map[cell]float64{}, map[cell]float64{}, map[cell]float64{}, map[cell]float64{}
	arrive, stock, last := map[cell]float64{}, map[cell]float64{}, map[cell]float64{}
	var year int
	var c cell
	var residents, emigrations, stayers, arrivals float64
	err := db.each(context.Background(), "SELECT year, country_group, sex::VARCHAR, age, duration, residents, emigrations, coalesce(stayers, -1), arrivals FROM cohort WHERE year >= 2010", []any{&year, &c.group, &c.sex, &c.age, &c.duration, &residents, &emigrations, &stayers, &arrivals}, func() {
		for _, l := range levels(c) {
			all[l] += residents
			emigrated[l] += emigrations
			if year < 2013 {
				before[l] += residents
				gone[l] += residents - emigrations - stayers
			}
		}
		arrive[c] += arrivals / 4
		if year == 2013 {
			stock[c], last[c] = residents, emigrations
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	rate := func(of, by map[cell]float64, c cell) float64 {
		for _, l := range levels(c) {
			if by[l] > 0 {
				return of[l] / by[l]
			}
		}
		return 0
	}
	for year := 2013; year < 2030; year++ {
		next := map[cell]float64{}
		for c, n := range arrive {
			next[c] = n * (1 + 0.5*float64(year+1-2013)/27)
		}
		for c, n := range stock {
			leave := rate(emigrated, all, c)
			if year == 2013 && n > 0 {
				leave = last[c] / n
			}
			older := cell{c.group, min(c.age+1, 71), min(c.duration+1, 10), c.sex}
			next[older] += n * max(0, min(1, 1-leave-rate(gone, before, c)))
		}
		stock = next
	}
	run(t, db, "CREATE OR REPLACE TEMP TABLE p AS FROM project('high', ['country_group', 'sex', 'age', 'duration'], last_year := 2030, years := [2010, 2013]) WHERE year = 2030")
	found := 0
	for _, r := range query(t, db, "SELECT country_group, age, duration, sex, residents FROM p") {
		var c cell
		var n float64
		fmt.Sscan(strings.Join(r, " "), &c.group, &c.age, &c.duration, &c.sex, &n)
		if math.Abs(n-stock[c]) > 1e-5 {
			t.Errorf("%v: %g, by hand %g", c, n, stock[c])
		}
		if n > 0 {
			found++
		}
		delete(stock, c)
	}
	for c, n := range stock {
		if n > 1e-6 {
			t.Errorf("%v: missing, by hand %g", c, n)
		}
	}
	if found < 2000 {
		t.Errorf("only %d cells", found)
	}
}

func TestProjectRefuses(t *testing.T) {
	t.Parallel()
	db := simulatedRegister(t)
	run(t, db, "INSERT INTO projection_scenario (scenario, country_group, year, factor) VALUES ('part', 1, NULL, 1), ('twice', NULL, 2020, 1), ('twice', NULL, 2020, 2)")
	t.Cleanup(func() { run(t, db, "DELETE FROM projection_scenario WHERE scenario IN ('part', 'twice')") })
	for call, want := range some(map[string]string{
		"'nope'":                                `there is no scenario "nope" (there are high, low, main, part, twice, reference)`,
		"NULL":                                  `there is no scenario "NULL"`,
		"'part'":                                `scenario "part" has no factor for country group 2, female 0-6: add a row`,
		"'twice'":                               `scenario "twice" has more than one factor`,
		"'main', last_year := 2012":             "last_year is 2012, before 2013",
		"'main', last_year := 9999":             "more than 300 years after 2013",
		"'main', first_year := 2014":            "first_year is 2014, which the register does not have (it has 1990 to 2013)",
		"'main', first_year := 1989":            "first_year is 1989",
		"'main', years := [2010, 2014]":         "years are 2010 to 2014, and arrivals are known for 1991 to 2013",
		"'main', years := [1990, 1995]":         "years are 1990 to 1995",
		"'main', years := [2012, 2010]":         "the earlier one first",
		"'main', first_year := 2010.5":          "first_year, last_year and years are [2010.5, NULL], not all whole numbers",
		"'main', years := [2010, 2012.2]":       "not all whole numbers",
		"'main', years := [2012]":               "years is [2012], not [first, last]",
		"'main', 'municipality'":                "dims are [municipality] (there are country_group, sex",
		"'main', replications := 2, level := 1": "level is 1, not a number between 0 and 1",
		"'main', 'residents'":                   "dims are [residents]",
		"'reference', last_year := 2014":        `last_year is 2014, and scenario "reference" is what the register knows, to 2013`,
		"'reference', years := [2010, 2012]":    "leave years out",
		"'reference', last_year := 1989":        "last_year is 1989, before 1990",
		"'main', years := [2010, NULL]":         "not [first, last]",
		"'main', ['sex', 'sex', 'no']":          "dims are [sex, sex, no]",
		"'main', first_year := 1990, years := [1991, 1990], last_year := 1995": "the earlier one first",
	}, 12) {
		err := db.Conn().Exec(context.Background(), "FROM project("+call+")")
		refusal.Says(t, err, want, call)
	}
	for what, of := range map[string]*DB{"nobody is in cohort": empty(t), "while protection is on": protected(t)} {
		err := of.Conn().Exec(context.Background(), "FROM project('main')")
		refusal.Says(t, err, what)
	}
}
