package engine

import (
	"strings"
	"testing"

	"utvandring/udf/reference"
)

// The expected files are worked out by hand; see the README beside them.
func TestDefinitionsByHand(t *testing.T) {
	t.Parallel()
	db := readByHand(t)
	same(t, "person_year", query(t, db, `
		SELECT person_id, municipality_code, age_group, duration_group, duration_group_macro, min(year), max(year)
		FROM person_year GROUP BY ALL HAVING count(*) = max(year) - min(year) + 1
		ORDER BY person_id, min(year)`), reference.ReadCSV(t, definitions+"/expected/stay.csv")[1:])
	same(t, "events", query(t, db, `
		SELECT person_id, event_date, direction, age, duration, municipality_code, same_year_mover
		FROM (SELECT *, 'emigration' AS direction FROM emigration UNION ALL BY NAME SELECT *, 'immigration' AS direction FROM immigration)
		ORDER BY person_id, event_date`), reference.ReadCSV(t, definitions+"/expected/event.csv")[1:])
	same(t, "cell", query(t, db, `
		SELECT year, sum(residents), sum(emigrations), sum(emigrations_macro), sum(immigrations), sum(immigrations_macro)
		FROM cell GROUP BY year ORDER BY year`), reference.ReadCSV(t, definitions+"/expected/year.csv")[1:])
}

// What the frequency views and macros make of the same people, by hand.
func TestFrequenciesByHand(t *testing.T) {
	t.Parallel()
	db := readByHand(t)
	for what, want := range map[string]string{
		// Three emigrations per five residents; nobody of kind 6 is resident in 2001.
		"SELECT residents, emigrations, frequency FROM frequency WHERE year = 2005":                      "5 3 60.0",
		"SELECT * FROM frequency_by_country_group_sex WHERE year = 2001 AND emigrations > 0":             "2001 1 male 1 1 100.0",
		"SELECT * FROM frequency_by_country_group_duration_group WHERE year = 2001 AND emigrations > 0":  "2001 1 0-2 1 1 100.0",
		"SELECT * FROM frequency_by_country_group_sex_age_group WHERE year = 2005 AND country_group = 2": "2005 2 female 18-34 1 3 300.0",
		"SELECT * FROM frequency_by_age_group_duration_group WHERE year = 2010 AND emigrations > 0":      "2010 71+ 16+ 1 1 100.0",
		// The emigration without a place is in no county, and in the total.
		"SELECT * FROM frequency_by_county WHERE year = 1999 AND emigrations > 0 ORDER BY county": "1999 Rogaland 1 1 100.0 1999  0 1 ",
		// Person 7's second emigration is from Stavanger, where she never was on 1 January.
		"SELECT * FROM frequency_by_county WHERE year = 2005 AND county = 'Rogaland'": "2005 Rogaland 0 1 ",
		"SELECT * FROM frequency_of(cell, [], count := 'macro') WHERE year = 2005":    "2005 5 1 20.0",
		"SELECT * FROM frequency_of(population_cell, 'immigrant') WHERE year = 1995":  "1995 false 2 1 50.0 1995 true 4 0 0.0",
		// 2001-2005: residents 6+6+6+5+5 = 28, emigrations 1+0+2+0+3 = 6; yearly 1/6, 0, 2/6, 0, 3/5.
		"WITH years AS (FROM cell) SELECT period, years, residents, emigrations, round(frequency, 6), round(mean_frequency, 6) FROM frequency_period(years, [], [[2001, 2005]])": "2001-2005 5 5.6 1.2 21.428571 22.0",
		// 2001-2002: persons 2, 3, 4, 5, 10, 14; women are 3, 4, 14.
		"WITH period AS (FROM cell) SELECT * EXCLUDE (first_year, last_year) FROM composition(period, [], 'sex', [[2001, 2002]])":              "2001-2002 female 3.0 0.5 50.0 2001-2002 male 3.0 0.5 50.0",
		"WITH p AS (FROM cell) SELECT period, sex, country_group, round(share, 6) FROM composition(p, 'sex', 'country_group', [[2001, 2002]])": "2001-2002 female 2 0.333333 2001-2002 female 3 0.666667 2001-2002 male 1 0.333333 2001-2002 male 3 0.666667",
		// Group 3 in 2003: women 4 (18-34, duration 2, leaves) and 14 (63-70, duration 9);
		// men 5 (18-34, duration 2, leaves aged 19) and 10. Nobody is a woman of 35-62 or a girl.
		"SELECT emi_k3, emi_m3, emi_k4, anko_k3, anme_k3, anme_k5, pop_k3, pop_k1, emi_k1, beh1, beh2, beh3, trend FROM panel_3 WHERE year = 2003": "1.0 1.0  1.0 0.0 1.0 1 0  1 1 4 14",
	} {
		var got []string
		for _, row := range query(t, db, what) {
			got = append(got, row...)
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%s\n  got  %s\n  want %s", what, g, want)
		}
	}
}
