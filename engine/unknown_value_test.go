package engine

import (
	"context"
	"slices"
	"testing"
)

// What no row can be is noted, with the values there are: those of the types (annex A)
// and of the municipalities of 2013 (annex D).
func TestUnknownValues(t *testing.T) {
	t.Parallel()
	db := byHand(t) // of a table without rows, a plan says nothing
	run(t, db, `
		CREATE TABLE mine AS SELECT 'Øst' AS county, 'K' AS sex, '18-35' AS age_group; CREATE TABLE other AS FROM mine;
		CREATE TYPE grade AS ENUM ('a', 'b'); CREATE TABLE marks (grade grade, sex ENUM('K', 'M'));
		CREATE TABLE renamed AS SELECT age_group AS alder, 'b' AS text FROM cell;
		CREATE VIEW parts AS SELECT 'Vest' AS county, 'X' AS sex FROM cell;
		CREATE MACRO halves() AS TABLE SELECT 'Sør' AS county;
		SET VARIABLE place = 'oslo'; SET VARIABLE who = 'kvinne'; SET VARIABLE number = 301; SET VARIABLE digits = '301';
		COPY mine TO '`+t.TempDir()+`/mine.csv'`)
	runStatement(t, db, "PREPARE by_place AS FROM cell WHERE county = $1 AND sex = $2").Close()
	runStatement(t, db, "PREPARE by_name AS FROM cell WHERE sex = $who").Close()
	kvinne := "sex has no value 'kvinne' (it has 'female', 'male')"
	oslo := "county has no value 'oslo' (nearest: 'Oslo')"
	for statement, want := range some(map[string][]string{
		"FROM cell WHERE sex = 'kvinne'":                                                      {kvinne},
		"FROM cell c WHERE 'kvinne' <> c.sex":                                                 {kvinne},
		"SELECT count(*) FILTER (sex == ('kvinne')) FROM cell":                                {kvinne},
		"FROM cell WHERE county = 'oslo' AND sex IN ('female', 'kvinne')":                     {oslo, kvinne},
		"SELECT CASE county WHEN 'Oslo' THEN 1 WHEN 'oslo' THEN 2 END FROM cell":              {oslo},
		"SELECT sum(CASE WHEN county != 'oslo' THEN 1 END) FROM cell":                         {oslo},
		"FROM cell WHERE county NOT IN ('oslo')":                                              {oslo},
		"FROM cell WHERE county IS NOT DISTINCT FROM 'oslo'":                                  {oslo},
		"WITH o AS (FROM cell WHERE county = 'oslo') FROM frequency_of(o, 'sex')":             {oslo},
		"CREATE TABLE o AS FROM cell WHERE county = 'oslo'":                                   {oslo},
		"DELETE FROM person WHERE sex = 'kvinne'":                                             {kvinne},
		"FROM cell WHERE municipality = 'bergen'":                                             {"municipality has no value 'bergen' (nearest: 'Bergen')"},
		"FROM cell WHERE centrality = 5":                                                      {"centrality has no value '5' (it has '1', '2', '3', '4')"},
		"FROM cell WHERE municipality_code = 399":                                             {"municipality_code has no value '399' (nearest: '3909')"},
		"FROM person WHERE birth_country = 'SWD'":                                             {"birth_country has no value 'SWD' (nearest: 'SSD', 'SWE', 'SWZ')"},
		"FROM cell WHERE county = 'nowhere at all'":                                           {"county has no value 'nowhere at all'"},
		"FROM cell WHERE age_group IN ('18-34', '18-35')":                                     {"age_group has no value '18-35' (it has '0-6', '7-17', '18-34', '35-62', '63-70', '71+')"},
		"FROM marks WHERE grade = 'c'":                                                        {"grade has no value 'c' (it has 'a', 'b')"},
		"SELECT count(*) FROM (SELECT coalesce(grade) AS g FROM marks) WHERE g IN ('a', 'c')": {"g has no value 'c' (it has 'a', 'b')"},
		"FROM renamed WHERE alder = '18-43' OR alder = '18-34' OR text = 'c'":                 {"alder has no value '18-43' (it has '0-6', '7-17', '18-34', '35-62', '63-70', '71+')"},
		"FROM renamed WHERE alder::VARCHAR = '18-43'":                                         nil,
		"FROM marks WHERE sex = 'female' OR sex = 'm'":                                        {"sex has no value 'm' (it has 'K', 'M')"},

		"FROM cell WHERE county = getvariable('place') AND sex = getvariable('who')": {oslo, kvinne},
		"FROM cell WHERE county = getvariable('nothing')":                            nil,
		"FROM cell WHERE municipality_code = getvariable('number')":                  nil, // compared as numbers
		"FROM cell WHERE municipality_code = getvariable('digits')":                  {"municipality_code has no value '301' (nearest: '0301')"},

		"SELECT count(*) FROM (SELECT sex AS s, county AS f FROM cell) WHERE s = 'kvinne' AND f = 'oslo'": {kvinne, oslo},
		"SELECT sex = 'kvinne' AS woman FROM cell":                                                        {kvinne},
		"SELECT f: county FROM cell WHERE f = 'oslo'":                                                     {oslo},
		"WITH a AS (SELECT county AS x FROM cell), b AS (SELECT x AS y FROM a) FROM b WHERE y = 'oslo'":   {oslo},
		"FROM cell WHERE (sex, county) = ('kvinne', 'Oslo')":                                              {kvinne},
		"FROM cell WHERE (sex, county) IN (('male', 'Oslo'), ('female', 'oslo'))":                         {oslo},
		"FROM cell WHERE county = ANY (['oslo', 'Oslo'])":                                                 {oslo},
		"FROM cell WHERE sex = ANY (SELECT 'kvinne')":                                                     {kvinne},
		"FROM cell WHERE county IN (SELECT 'oslo')":                                                       {oslo},
		"FROM cell WHERE county NOT IN (VALUES ('oslo'), ('Oslo'))":                                       {oslo},
		"FROM cell WHERE sex IN ['kvinne']":                                                               {kvinne},
		"FROM cell WHERE list_contains(['oslo', 'Oslo'], county)":                                         {oslo},
		"FROM cell WHERE county LIKE 'oslo%'":                                                             {"county has no value like 'oslo%' (nearest: 'Oslo')"},
		"FROM cell WHERE age_group NOT LIKE '18-35%'":                                                     {"age_group has no value like '18-35%' (it has '0-6', '7-17', '18-34', '35-62', '63-70', '71+')"},
		"PIVOT (SELECT year, sex, residents FROM cell) ON sex IN ('kvinne', 'male') USING sum(residents)": {kvinne},
		"PREPARE q AS FROM cell WHERE county = $1 AND sex = $2":                                           nil,
		"EXECUTE by_place('oslo', 'kvinne')":                                                              {oslo, kvinne},
		"EXECUTE by_place('Oslo', 'male')":                                                                nil,
		"EXECUTE by_name(who := 'kvinne')":                                                                {kvinne},

		"SELECT 'Nord' AS f, county AS f FROM cell WHERE county = 'Oslo' ORDER BY f = 'x'":                    nil,
		"SELECT count(*) FROM (SELECT upper(county) AS f FROM cell) WHERE f = 'OSLO'":                         nil,
		"FROM cell WHERE county ILIKE 'oslo%' OR county LIKE 'O%' OR county GLOB '*s*'":                       nil,
		"FROM mine WHERE county LIKE 'Øs%'":                                                                   nil,
		"FROM cell WHERE county IN (SELECT county FROM cell WHERE year = 2013) AND county IN (SELECT 'Oslo')": nil,

		"FROM cell WHERE sex = 'female' AND county = 'Oslo' AND centrality = 4 AND country_group IN (1, 2)": nil,
		"FROM cell WHERE municipality_code = 301 OR municipality_code IN (0106, 1601)":                      nil, // a number to DuckDB
		"FROM person WHERE birth_country IN ('NOR', 'SWE')":                                                 nil,
		"FROM mine WHERE county = 'Øst' AND sex = 'M' AND age_group <> '18-36'":                             nil,
		"FROM marks WHERE sex = 'K'":                                                                          nil,
		"FROM parts WHERE county = 'Nord' AND sex = 'Y'":                                                      nil,
		"FROM halves() WHERE county = 'Nord'":                                                                 nil,
		"FROM (SELECT 'Nord' AS county) WHERE county = 'Nord'":                                                nil,
		"SELECT county: 'Nord' WHERE county = 'Nord'":                                                         nil,
		"WITH t(county) AS (VALUES ('Nord')) FROM t WHERE county = 'Nord'":                                    nil,
		"FROM (VALUES ('Nord', 1)) t(county, n) WHERE county = 'Nord'":                                        nil,
		"SELECT list_filter(['Nord'], lambda county: county = 'Nord')":                                        nil,
		"SELECT CASE sex WHEN 'male' THEN 'M' ELSE 'F' END AS sex FROM cell QUALIFY row_number() OVER () = 1": nil,
		"FROM (SELECT CASE sex WHEN 'male' THEN 'M' ELSE 'F' END AS sex FROM cell) WHERE sex = 'M'":           nil,
		"UPDATE other SET county = 'Nord', sex = 'M' WHERE sex = 'K'":                                         nil,
		"FROM cell WHERE year = 1800 AND residents = 7":                                                       nil,
		"FROM cell WHERE county = ''":                                                                         {"county has no value ''"},
		"SELECT 'oslo' = 'Oslo', 1 = 2":                                                                       nil,
	}, 12) {
		db.Notes = NotesOn
		r, err := db.Run(context.Background(), statement, 0)
		if err != nil {
			t.Errorf("%s: %v", statement, err)
			continue
		}
		r.Close()
		if got := db.TakeNotes(); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", statement, got, want)
		}
	}
}
