package engine

import (
	"context"
	"fmt"
	"testing"

	"utvandring/udf/long"
)

// ownStudy are the dimensions that the invented register of testdata/study is counted
// by, beside the report's.
const ownStudy = `INSERT INTO dimension VALUES
	('reason', 'person', 'reason'),
	('education_at_arrival', 'person', 'education_at_arrival'),
	('age5', 'age', '0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85'),
	('region', 'place', 'region.region'),
	('status', 'status', 'status.status');
	INSERT INTO register_period VALUES (2000, 2023)`

// invented is the register of testdata/study, counted.
func invented(t *testing.T) *DB {
	t.Helper()
	db := fresh(t)
	run(t, db, ownStudy)
	if _, err := db.Load(context.Background(), "../testdata/study/register"); err != nil {
		t.Fatal(err)
	}
	return db
}

// expectedFile is a table of what a file of testdata/study/expected holds; an empty field
// is NULL.
func expectedFile(t *testing.T, db *DB, name string) string {
	t.Helper()
	if db.Exec(context.Background(), "FROM expected_"+name+" LIMIT 0") == nil {
		return "expected_" + name
	}
	run(t, db, fmt.Sprintf("CREATE TEMP TABLE expected_%[1]s AS FROM read_csv('../testdata/study/expected/expected_%[1]s.csv.gz', all_varchar = true, header = true)", name))
	return "expected_" + name
}

const expectedCounts = "residents::BIGINT, emigrations::BIGINT, immigrations::BIGINT, deaths::BIGINT, moves_in::BIGINT, moves_out::BIGINT"

// cellsBy counts cells as the expected files do: year, d1, d2, counts.
func cellsBy(cells, year, d1, d2 string) string {
	return fmt.Sprintf(`SELECT %s::VARCHAR AS year, (%s)::VARCHAR AS d1, (%s)::VARCHAR AS d2,
		sum(residents)::BIGINT, sum(emigrations)::BIGINT, sum(immigrations)::BIGINT, sum(deaths)::BIGINT, sum(moves_in)::BIGINT, sum(moves_out)::BIGINT
		FROM %s GROUP BY ALL HAVING sum(residents + emigrations + immigrations + deaths + moves_in + moves_out) > 0`, year, d1, d2, cells)
}

func TestInventedRegister(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := invented(t)
	ctx := context.Background()
	table := func(file, table, cells, year, d1, d2 string) {
		t.Helper()
		differ(t, db, cells+" by "+table, cellsBy(cells, year, d1, d2),
			fmt.Sprintf(`SELECT year, d1, d2, %s FROM %s WHERE "table" = '%s'`, expectedCounts, expectedFile(t, db, file), table))
	}
	for _, cells := range []string{"cell", "population_cell_live"} {
		run(t, db, fmt.Sprintf("CREATE TEMP TABLE counted_%s AS FROM %[1]s", cells))
	}
	for _, cells := range []string{"counted_cell", "counted_population_cell_live WHERE immigrant"} {
		for _, d := range []string{"reason", "education_at_arrival", "status", "region", "centrality", "sex"} {
			table("one", d, cells, "year", d, "NULL")
		}
		table("one", "total", cells, "year", "NULL", "NULL")
		dims := []string{"reason", "education_at_arrival", "status", "region", "centrality", "sex"}
		for i, a := range dims {
			for _, b := range dims[i+1:] {
				year := "NULL"
				switch a + "+" + b {
				case "region+sex":
					table("region_sex", a+"+"+b, cells, "year", a, b)
					continue
				case "reason+education_at_arrival", "reason+status", "centrality+sex":
					year = "year"
				}
				table("pairs", a+"+"+b, cells, year, a, b)
			}
		}
		table("age5_reason", "age5+reason", cells, "year", "age5", "reason")
		table("age_duration", "age_group+duration_group", cells, "year", "age_group", "duration_group")
	}
	table("one", "immigrant", "population_cell", "year", "immigrant", "NULL")

	differ(t, db, "exposure",
		"SELECT year::VARCHAR, age_group::VARCHAR, duration_group::VARCHAR, round(365.25 * sum(person_years), 6)::BIGINT FROM cell GROUP BY ALL HAVING sum(person_years) > 0",
		"SELECT year, age_group, duration_group, person_days::BIGINT FROM "+expectedFile(t, db, "exposure"))
	if far := query(t, db, `SELECT count(*), max(abs(c.person_years - e.person_years::DOUBLE)) FROM (SELECT year, age_group, duration_group, sum(person_years) AS person_years FROM cell GROUP BY ALL) c
		JOIN `+expectedFile(t, db, "exposure")+` e ON e.year = c.year::VARCHAR AND e.age_group = c.age_group::VARCHAR AND e.duration_group IS NOT DISTINCT FROM c.duration_group::VARCHAR
		HAVING max(abs(c.person_years - e.person_years::DOUBLE)) > 1e-9`); len(far) > 0 {
		t.Errorf("person_years differ by %v", far)
	}
	for name, column := range map[string]string{"status": "status", "reason": "reason", "county_2013": "county_code"} {
		for _, cells := range []string{"counted_cell", "counted_population_cell_live WHERE immigrant"} {
			differ(t, db, "exposure by "+name,
				fmt.Sprintf("SELECT year::VARCHAR, %s::VARCHAR, round(365.25 * sum(person_years), 6)::BIGINT FROM %s GROUP BY ALL HAVING sum(person_years) > 0", column, cells),
				fmt.Sprintf(`SELECT year, d1, person_days::BIGINT FROM %s WHERE "table" = '%s'`, expectedFile(t, db, "exposure_by"), name))
		}
	}
	differ(t, db, "transition",
		"SELECT year::VARCHAR, centrality::VARCHAR, sex::VARCHAR, outcome, next_centrality::VARCHAR, count(*) FROM transition WHERE immigrant GROUP BY ALL",
		"SELECT year, centrality, sex, outcome, centrality_to, persons::BIGINT FROM "+expectedFile(t, db, "transition"))
	differ(t, db, "outcomes add up", "SELECT year, count(*) FROM transition GROUP BY ALL", "SELECT year, count(*) FROM person_year WHERE year < 2023 GROUP BY ALL")
	differ(t, db, "transition_of",
		"WITH immigrants AS (FROM transition WHERE immigrant) SELECT year::VARCHAR, centrality::VARCHAR, sex::VARCHAR, outcome, next_centrality::VARCHAR, persons FROM transition_of(['centrality', 'sex', 'next_centrality'], people := immigrants)",
		"SELECT year, centrality, sex, outcome, centrality_to, persons::BIGINT FROM "+expectedFile(t, db, "transition"))
	differ(t, db, "flow_of",
		"WITH immigrants AS (FROM move WHERE immigrant AND year BETWEEN 2000 AND 2023) SELECT year::VARCHAR, from_region, to_region, moves FROM flow_of(immigrants, 'region')",
		"SELECT year, region_from, region_to, moves::BIGINT FROM "+expectedFile(t, db, "region_flow"))
	differ(t, db, "rate_of",
		"SELECT year::VARCHAR, status, events, round(person_years * 365.25, 6)::BIGINT, round(rate, 9) FROM rate_of(cell, 'status', events := 'moves_out') WHERE person_years > 0",
		`SELECT e.year, e.d1, o.moves_out::BIGINT, person_days::BIGINT, round(36525.0 * o.moves_out::INT / person_days::INT, 9) FROM `+expectedFile(t, db, "exposure_by")+` e
		JOIN `+expectedFile(t, db, "one")+` o ON o."table" = 'status' AND o.year = e.year AND o.d1 IS NOT DISTINCT FROM e.d1 WHERE e."table" = 'status'`)
	differ(t, db, "panel_long",
		"SELECT year, region, residents, emigrations, frequency FROM panel_long(cell, 'region')", "FROM frequency_of(cell, 'region')")
	// Events on 1 January are behind the residents of that day; all else is in the account:
	// the register has no arrivals or departures without an event.
	differ(t, db, "balance", "SELECT year, sum(residents), sum(unexplained) FROM balance WHERE year < 2023 GROUP BY ALL", `
		WITH event AS (
		  SELECT event_date, -1 AS change FROM death UNION ALL SELECT event_date, CASE direction WHEN 'emigration' THEN -1 ELSE 1 END FROM migration_event UNION ALL SELECT event_date, 1 FROM birth
		),
		day AS (SELECT year, january_1, make_date(year + 1, 1, 1) AS next FROM counted_year WHERE year < 2023)
		SELECT year, (SELECT count(*) FROM person_year p WHERE p.year = day.year)::HUGEINT,
		       ((SELECT count(*) FROM person_year p WHERE p.year = day.year + 1) - (SELECT count(*) FROM person_year p WHERE p.year = day.year)
		        - coalesce((SELECT sum(change) FROM event WHERE year(event_date) = day.year), 0))::HUGEINT FROM day`)
	differ(t, db, "frequency_by_sex_reason", "SELECT year, sex, reason, residents, emigrations, frequency FROM frequency_by_sex_reason", "SELECT year, sex, reason, residents, emigrations, frequency FROM frequency_of(cell, ['sex', 'reason'])")
	differ(t, db, "moves between regions",
		"SELECT year::VARCHAR, from_region, to_region, count(*) FROM move WHERE immigrant AND year BETWEEN 2000 AND 2023 AND from_region IS DISTINCT FROM to_region GROUP BY ALL",
		"SELECT year, region_from, region_to, moves::BIGINT FROM "+expectedFile(t, db, "region_flow"))
	differ(t, db, "by person", `
		SELECT person_id::VARCHAR, sum(residents)::BIGINT AS r, sum(emigrations)::BIGINT AS e, sum(immigrations)::BIGINT AS i, sum(deaths)::BIGINT AS d, sum(moved)::BIGINT AS m FROM (
		  SELECT person_id, year, 1 AS residents, 0 AS emigrations, 0 AS immigrations, 0 AS deaths, 0 AS moved FROM person_year
		  UNION ALL SELECT person_id, year, 0, 1, 0, 0, 0 FROM emigration UNION ALL SELECT person_id, year, 0, 0, 1, 0, 0 FROM immigration
		  UNION ALL SELECT person_id, year, 0, 0, 0, 1, 0 FROM death UNION ALL SELECT person_id, year, 0, 0, 0, 0, 1 FROM move
		) WHERE year BETWEEN 2000 AND 2023 GROUP BY ALL`,
		"SELECT person_id, residents::BIGINT, emigrations::BIGINT, immigrations::BIGINT, deaths::BIGINT, moves_in::BIGINT FROM "+expectedFile(t, db, "person")+
			" WHERE residents::INT + emigrations::INT + immigrations::INT + deaths::INT + moves_in::INT > 0")

	for _, division := range []int{2013, 1994, 2024} {
		if _, err := db.SetDivision(ctx, division); err != nil {
			t.Fatal(err)
		}
		refresh(t, db)
		file := fmt.Sprintf("division_%d", division)
		table(file, fmt.Sprintf("municipality_%d", division), "cell", "year", "municipality_code", "NULL")
		table(file, fmt.Sprintf("county_%d", division), "cell", "year", "county_code", "NULL")
		differ(t, db, fmt.Sprint("unresolved in ", division),
			"SELECT division::VARCHAR, code, array_to_string(candidates, ' '), residents, events FROM unresolved_code",
			fmt.Sprintf("SELECT division, code, candidates, residents::BIGINT, events::BIGINT FROM %s WHERE division = '%d'", expectedFile(t, db, "unresolved"), division))
	}
}
