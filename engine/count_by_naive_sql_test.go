package engine

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"utvandring/udf/long"
)

// The dimensions of the frequency views, in the order of their names.
var dimensions = []string{"county", "centrality", "country_group", "sex", "age_group", "duration_group"}

// subsets are all subsets of the dimensions, the empty one first.
func subsets() [][]string {
	var all [][]string
	for bits := range 1 << len(dimensions) {
		var dims []string
		for i, d := range dimensions {
			if bits&(1<<i) != 0 {
				dims = append(dims, d)
			}
		}
		all = append(all, dims)
	}
	return all
}

// naive counts the register again, without any view or macro of ours: a join of
// every spell with every 1 January, DuckDB's own age(), groups as CASE, and
// municipality changes followed by hand. It is slow and has no tricks.
const naive = `
CREATE TEMP TABLE naive_place AS
WITH former AS (
  SELECT old_code, min(new_code) AS new_code FROM municipality_change
  WHERE year <= 2013 AND old_code NOT IN (SELECT municipality_code FROM municipality) GROUP BY ALL
)
SELECT codes.code, divided.year AS divided_in, divided.county_code AS divided_county, coalesce(m0.municipality_code, m1.municipality_code, m2.municipality_code, m3.municipality_code, codes.code) AS municipality_code
FROM (SELECT DISTINCT municipality_code AS code FROM residence) codes
LEFT JOIN municipality m0 ON m0.municipality_code = codes.code
LEFT JOIN former c1 ON c1.old_code = codes.code
LEFT JOIN municipality m1 ON m1.municipality_code = c1.new_code
LEFT JOIN former c2 ON c2.old_code = c1.new_code
LEFT JOIN municipality m2 ON m2.municipality_code = c2.new_code
LEFT JOIN former c3 ON c3.old_code = c2.new_code
LEFT JOIN municipality m3 ON m3.municipality_code = c3.new_code
-- Before it was divided, nobody knows in which part of it somebody lived.
LEFT JOIN (
  SELECT old_code, year, CASE WHEN min(new_code[:2]) = max(new_code[:2]) THEN min(new_code[:2]) END AS county_code
  FROM municipality_change WHERE year <= 2013 GROUP BY old_code, year HAVING count(DISTINCT new_code) > 1
) divided ON divided.old_code = codes.code;

CREATE TEMP TABLE naive_row AS
WITH occasion AS (
  SELECT y AS year, make_date(y, 1, 1) AS day, r.person_id, r.municipality_code AS code, y AS place_year, 1 AS residents, 0 AS emigrations, 0 AS immigrations, 1 AS macro
  FROM range(1990, 2014) AS t(y), residence r
  WHERE r.from_date <= make_date(y, 1, 1) AND (r.to_date IS NULL OR r.to_date > make_date(y, 1, 1))
  UNION ALL
  SELECT year(e.event_date), e.event_date, e.person_id,
         (SELECT max(r.municipality_code) FROM residence r WHERE r.person_id = e.person_id
          AND CASE e.direction WHEN 'emigration' THEN r.from_date < e.event_date AND (r.to_date IS NULL OR r.to_date >= e.event_date)
                                             ELSE r.from_date <= e.event_date AND (r.to_date IS NULL OR r.to_date > e.event_date) END),
         year(e.event_date - (e.direction = 'emigration')::INT), 0, (e.direction = 'emigration')::INT, (e.direction = 'immigration')::INT,
         (NOT EXISTS (SELECT 1 FROM migration o WHERE o.person_id = e.person_id AND year(o.event_date) = year(e.event_date) AND o.direction <> e.direction))::INT
  FROM migration e
  WHERE year(e.event_date) BETWEEN 1990 AND 2013
)
SELECT o.*, p.immigrant, p.sex, c.country_group, m.municipality_code, coalesce(m.county, k.county) AS county, m.centrality,
       datepart('year', age(o.day, p.birth_date)) AS age,
       CASE WHEN p.first_immigration <= o.day THEN datepart('year', age(o.day, p.first_immigration)) END AS duration
FROM occasion o JOIN person p USING (person_id)
LEFT JOIN country c ON c.country_code = p.birth_country
LEFT JOIN naive_place n USING (code)
LEFT JOIN municipality m ON m.municipality_code = n.municipality_code AND (o.place_year >= n.divided_in OR n.divided_in IS NULL)
LEFT JOIN (SELECT DISTINCT county_code, county FROM municipality) k ON k.county_code = n.divided_county AND o.place_year < n.divided_in;

CREATE TEMP TABLE naive_cell AS
SELECT year, municipality_code, county, centrality, immigrant, country_group, sex,
       CASE WHEN age <= 6 THEN '0-6' WHEN age <= 17 THEN '7-17' WHEN age <= 34 THEN '18-34' WHEN age <= 62 THEN '35-62' WHEN age <= 70 THEN '63-70' ELSE '71+' END AS age_group,
       CASE WHEN duration <= 2 THEN '0-2' WHEN duration <= 5 THEN '3-5' WHEN duration <= 10 THEN '6-10' WHEN duration <= 15 THEN '11-15' WHEN duration > 15 THEN '16+' END AS duration_group,
       CASE WHEN duration <= 2 THEN '0-2' WHEN duration <= 9 THEN '3-9' WHEN duration > 9 THEN '10+' END AS duration_group_macro,
       sum(residents) AS residents, sum(emigrations) AS emigrations, sum(emigrations * macro) AS emigrations_macro,
       sum(immigrations) AS immigrations, sum(immigrations * macro) AS immigrations_macro
FROM naive_row GROUP BY ALL;`

// countedDemo is a small demo register, counted both ways, shared by the tests
// that only read it.
var countedDemo = sync.OnceValues(func() (*DB, error) {
	db, err := demoOf(0.0005*float64(long.Runs(6, 1)), 2)
	if err == nil {
		err = db.Exec(context.Background(), naive)
	}
	return db, err
})

func demoAndNaive(t *testing.T) *DB { return alone(t, countedDemo) }

// differ counts the rows that only one of two queries has.
func differ(t *testing.T, db *DB, what, a, b string) {
	t.Helper()
	only := query(t, db, fmt.Sprintf(`WITH a AS MATERIALIZED (%s), b AS MATERIALIZED (%s), differing AS ((FROM a EXCEPT ALL FROM b) UNION ALL (FROM b EXCEPT ALL FROM a))
		SELECT (SELECT count(*) FROM b), * FROM (SELECT NULL) LEFT JOIN (SELECT true, * FROM differing) ON true`, a, b))
	if only[0][2] != "" {
		t.Errorf("%s: %d rows differ, such as %v", what, len(only), only[0][3:])
	}
	if only[0][0] == "0" {
		t.Errorf("%s: nothing to compare", what)
	}
}

func TestCellsEqualNaiveCount(t *testing.T) {
	t.Parallel()
	db := demoAndNaive(t)
	const columns = "year, municipality_code, immigrant, country_group, sex, age_group::VARCHAR, duration_group::VARCHAR, duration_group_macro::VARCHAR"
	const counts = "sum(residents)::BIGINT, sum(emigrations)::BIGINT, sum(emigrations_macro)::BIGINT, sum(immigrations)::BIGINT, sum(immigrations_macro)::BIGINT"
	for _, cells := range []string{"population_cell", "population_cell_live"}[:long.Runs(2, 1)] {
		differ(t, db, cells, "SELECT "+columns+", "+counts+" FROM "+cells+" WHERE residents > 0 OR emigrations > 0 OR immigrations > 0 GROUP BY ALL", "SELECT "+columns+", "+counts+" FROM naive_cell GROUP BY ALL")
	}
	differ(t, db, "person_year",
		"SELECT year, person_id, municipality_code, county, centrality, age, duration FROM person_year",
		"SELECT year, person_id, municipality_code, county, centrality, age, duration FROM naive_row WHERE residents = 1")
	differ(t, db, "emigration",
		"SELECT year, event_date, person_id, municipality_code, county, centrality, age, duration, (NOT same_year_mover)::INT FROM emigration WHERE year >= 1990",
		"SELECT year, day, person_id, municipality_code, county, centrality, age, duration, macro FROM naive_row WHERE emigrations = 1")
	differ(t, db, "immigration",
		"SELECT year, event_date, person_id, municipality_code, county, centrality, age, duration, (NOT same_year_mover)::INT FROM immigration WHERE year >= 1990",
		"SELECT year, day, person_id, municipality_code, county, centrality, age, duration, macro FROM naive_row WHERE immigrations = 1")
	// A macro group is a union of duration bands, as a regional group is.
	if n := query(t, db, "SELECT count(DISTINCT duration_band) FROM cell GROUP BY duration_group, duration_group_macro HAVING count(DISTINCT duration_band) > 1"); len(n) > 0 {
		t.Error("a duration band is in two pairs of groups")
	}
}

// Every frequency view equals the naive count and adds up to the total.
func TestFrequencyViewsEqualNaiveCount(t *testing.T) {
	t.Parallel()
	db := demoAndNaive(t)
	for _, dims := range long.Rows(subsets(), 32) {
		name := strings.Join(append([]string{"frequency"}, dims...), "_")
		if len(dims) > 0 {
			name = "frequency_by_" + strings.Join(dims, "_")
		}
		columns := "year"
		for _, d := range dims {
			columns += ", " + d + "::VARCHAR"
		}
		differ(t, db, name,
			"SELECT "+columns+", residents::BIGINT, emigrations::BIGINT, round(frequency, 9) FROM "+name,
			"SELECT "+columns+", sum(residents)::BIGINT AS r, sum(emigrations)::BIGINT AS e, CASE WHEN r > 0 THEN round(e * 100 / r, 9) END FROM naive_cell WHERE immigrant GROUP BY ALL")
		differ(t, db, name+" summed",
			"SELECT year, sum(residents)::BIGINT, sum(emigrations)::BIGINT FROM "+name+" GROUP BY ALL",
			"SELECT year, residents, emigrations FROM frequency")
	}
	// No view that is not in the rule, and none missing from it.
	if n := query(t, db, "SELECT count(*) FROM duckdb_views() WHERE NOT internal AND view_name SIMILAR TO 'frequency(_by_.*)?'"); n[0][0] != fmt.Sprint(len(subsets())) || len(subsets()) != 64 {
		t.Errorf("%s views, the rule gives %d", n[0][0], len(subsets()))
	}
}

func TestPanelsEqualNaiveCount(t *testing.T) {
	t.Parallel()
	db := demoAndNaive(t)
	ages := []string{"0-6", "7-17", "18-34", "35-62", "63-70", "71+"}
	for group := 1; group <= long.Runs(3, 1); group++ {
		panel := fmt.Sprintf("read_panel_%d", group)
		run(t, db, fmt.Sprintf("CREATE OR REPLACE TEMP TABLE %s AS FROM panel_%d", panel, group))
		if n := query(t, db, "SELECT min(year), max(year), count(*), min(trend), max(trend) FROM "+panel); strings.Join(n[0], " ") != "1990 2013 24 1 24" {
			t.Errorf("%s: years and trend %v", panel, n)
		}
		for letter, sex := range map[string]string{"k": "female", "m": "male"} {
			for i := 0; i < len(ages); i += long.Runs(1, 3) {
				age := ages[i]
				kind := fmt.Sprintf("%s%d", letter, i+1)
				differ(t, db, panel+" "+kind,
					fmt.Sprintf("SELECT year, pop_%[1]s, round(emi_%[1]s, 12), round(anko_%[1]s, 12), round(anme_%[1]s, 12) FROM %[2]s WHERE pop_%[1]s > 0", kind, panel),
					fmt.Sprintf(`SELECT year, sum(residents)::BIGINT AS n, round(sum(emigrations_macro) / n, 12),
						round(coalesce(sum(residents) FILTER (duration_group_macro = '0-2'), 0) / n, 12), round(coalesce(sum(residents) FILTER (duration_group_macro = '3-9'), 0) / n, 12)
						FROM naive_cell WHERE immigrant AND country_group = %d AND sex = '%s' AND age_group = '%s' GROUP BY year HAVING n > 0`, group, sex, age))
			}
		}
		differ(t, db, panel+" beh",
			fmt.Sprintf("SELECT year, beh%d FROM %s", group, panel),
			fmt.Sprintf("SELECT year, sum(residents)::BIGINT FROM naive_cell WHERE immigrant AND country_group = %d GROUP BY year", group))
		// The macro series come as shipped when no country figures are loaded.
		differ(t, db, panel+" macro", "SELECT year, relinnt1, relinnt2, relinnt3, led1, led2, lednor FROM "+panel,
			"SELECT year, relinnt1, relinnt2, relinnt3, led1, led2, lednor FROM macro")
	}
}
