package engine

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
)

// What the register knows comes back in every cell, whatever year it begins with, and every
// projection adds up, keeps its groups' sums and has main between low and high.
func TestProject(t *testing.T) {
	db := simulatedRegister(t)
	exec(t, db, "CREATE OR REPLACE TEMP TABLE p AS "+strings.Join([]string{
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
	exec(t, db, "BEGIN", "INSERT INTO projection_scenario VALUES ('own', NULL, 2015, 2), ('own', NULL, 2019, 4), ('own', 3, NULL, 0)")
	nil0(t, "factors", figure(t, db, `WITH p AS (SELECT country_group, year, p.arrivals / m.arrivals AS f FROM project('own', 'country_group', last_year := 2021) p JOIN project('main', 'country_group', last_year := 2021) m USING (country_group, year) WHERE year > 2013)
		SELECT max(abs(coalesce(f, 0) - CASE WHEN country_group = 3 THEN 0 ELSE least(4, greatest(2, 2 + (year - 2015) / 2)) END)) FROM p`), 1e-6)
	exec(t, db, "ROLLBACK")
}

// The same written out in Go, cell for cell.
func TestProjectByHand(t *testing.T) {
	db := simulatedRegister(t)
	type cell struct {
		group, age, duration int
		sex                  string
	}
	levels := func(c cell) []cell {
		return []cell{c, {c.group, c.age, -1, c.sex}, {c.group, -1, -1, c.sex}, {c.group, -1, -1, ""}}
	}
	rows, err := db.Conn().QueryContext(context.Background(), "SELECT year, country_group, sex::VARCHAR, age, duration, residents, emigrations, coalesce(stayers, -1), arrivals FROM cohort WHERE year >= 2010")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all, emigrated, before, gone := map[cell]float64{}, map[cell]float64{}, map[cell]float64{}, map[cell]float64{}
	arrive, stock, last := map[cell]float64{}, map[cell]float64{}, map[cell]float64{}
	for rows.Next() {
		var year int
		var c cell
		var residents, emigrations, stayers, arrivals float64
		if err := rows.Scan(&year, &c.group, &c.sex, &c.age, &c.duration, &residents, &emigrations, &stayers, &arrivals); err != nil {
			t.Fatal(err)
		}
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
	exec(t, db, "CREATE OR REPLACE TEMP TABLE p AS FROM project('high', ['country_group', 'sex', 'age', 'duration'], last_year := 2030, years := [2010, 2013]) WHERE year = 2030")
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
	db := simulatedRegister(t)
	exec(t, db, "INSERT INTO projection_scenario VALUES ('part', 1, NULL, 1), ('twice', NULL, 2020, 1), ('twice', NULL, 2020, 2)")
	t.Cleanup(func() { exec(t, db, "DELETE FROM projection_scenario WHERE scenario IN ('part', 'twice')") })
	for call, want := range map[string]string{
		"'nope'":                             `there is no scenario "nope" (there are high, low, main, part, twice, reference)`,
		"NULL":                               `there is no scenario "NULL"`,
		"'part'":                             `scenario "part" has no factor for country group 2: add a row`,
		"'twice'":                            `scenario "twice" has more than one factor`,
		"'main', last_year := 2012":          "last_year is 2012, before 2013",
		"'main', last_year := 9999":          "more than 300 years after 2013",
		"'main', first_year := 2014":         "first_year is 2014, which the register does not have (it has 1990 to 2013)",
		"'main', first_year := 1989":         "first_year is 1989",
		"'main', years := [2010, 2014]":      "years are 2010 to 2014, and arrivals are known for 1991 to 2013",
		"'main', years := [1990, 1995]":      "years are 1990 to 1995",
		"'main', years := [2012, 2010]":      "the earlier one first",
		"'main', years := [2012]":            "years is [2012], not [first, last]",
		"'main', 'county'":                   "dims are [county] (there are country_group, sex",
		"'main', 'residents'":                "dims are [residents]",
		"'reference', last_year := 2014":     `last_year is 2014, and scenario "reference" is what the register knows, to 2013`,
		"'reference', years := [2010, 2012]": "leave years out",
		"'reference', last_year := 1989":     "last_year is 1989, before 1990",
		"'main', years := [2010, NULL]":      "not [first, last]",
		"'main', ['sex', 'sex', 'no']":       "dims are [sex, sex, no]",
		"'main', first_year := 1990, years := [1991, 1990], last_year := 1995": "the earlier one first",
	} {
		_, err := db.Conn().ExecContext(context.Background(), "FROM project("+call+")")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("project(%s): %v, want %q", call, err, want)
		}
	}
	for what, of := range map[string]*DB{"nobody is in cohort": fresh(t), "while protection is on": protected(t)} {
		_, err := of.Conn().ExecContext(context.Background(), "FROM project('main')")
		if err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
