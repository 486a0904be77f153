package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/refusal"
)

// The lists of 1994 and 2002 are Statistics Norway's (KLASS 131: 435 and 434
// municipalities), 357 in 2024. Candidates: the mergers and divisions as they were.
// Våle and Ramnes became Re (0716) in 2002; Stokke (0720) was divided in 2017,
// Tysfjord (1850) in 2020, Ålesund (1507) in 2024; Ringsaker (0412) gave a part to
// Hamar in 1992.
func TestMunicipalityIn(t *testing.T) {
	t.Parallel()
	db := empty(t)
	same(t, "lists", query(t, db, `SELECT count(*) FILTER (1994 BETWEEN first_year AND last_year), count(*) FILTER (2002 BETWEEN first_year AND last_year),
		count(*) FILTER (2013 BETWEEN first_year AND last_year), count(*) FILTER (2024 BETWEEN first_year AND last_year) FROM municipality_life`),
		[][]string{{"435", "434", "428", "357"}})
	for _, c := range long.Rows([]struct{ code, day, division, want string }{
		{"0716", "1999-01-01", "1994", "[0716]"}, // still Våle
		{"0716", "2005-01-01", "1994", "[0716, 0718]"},
		{"0720", "2016-12-31", "2024", "[3905, 3907]"},
		{"1850", "2000-01-01", "2024", "[1806, 1875]"},
		{"1507", "2023-01-01", "2024", "[1508, 1580]"},
		{"0412", "1991-06-01", "2013", "[0403, 0412]"},
		{"0412", "1992-01-01", "2013", "[0412]"},
		{"0301", "2030-01-01", "2013", "[0301]"},
		{"9999", "2000-01-01", "2013", "[]"},
	}, 2) {
		same(t, c.code+" of "+c.day+" in "+c.division, query(t, db, "SELECT municipality_in('"+c.code+"', DATE '"+c.day+"', "+c.division+")::VARCHAR"), [][]string{{c.want}})
	}
	// Over a table, with a division that differs by row.
	same(t, "by row", query(t, db, `SELECT municipality_in(code, day, y)::VARCHAR FROM (VALUES ('0716', DATE '2005-01-01', 1994), ('0720', DATE '2016-01-01', 2024)) t(code, day, y) ORDER BY code`),
		[][]string{{"[0716, 0718]"}, {"[3905, 3907]"}})
	same(t, "NULL", query(t, db, `SELECT municipality_in(NULL, DATE '2005-01-01', 1994) IS NULL`), [][]string{{"true"}})
}

// Two computations of the same: the readings that counting joins, and the macro, for
// every code and year.
func TestCodeReadingEqualsMunicipalityIn(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := fresh(t)
	ctx := context.Background()
	for _, year := range []int{2024, 1994, 2013} {
		if _, err := db.SetDivision(ctx, year); err != nil {
			t.Fatal(err)
		}
		refresh(t, db)
		same(t, "readings", query(t, db, `
			SELECT count(*) > 40000, count(*) FILTER (candidates IS DISTINCT FROM municipality_in(code, day, division))
			FROM (SELECT l.municipality_code AS code, make_date(y, 1, 1) AS day, _setting('division')::INTEGER AS division, r.candidates
			      FROM municipality_life l CROSS JOIN range(1970, 2026) t(y) LEFT JOIN _code_reading r ON r.code = l.municipality_code AND y BETWEEN r.first_year AND r.last_year)`),
			[][]string{{"true", "0"}})
		same(t, "list", query(t, db, `SELECT count(*) FROM (SELECT municipality_code FROM municipality EXCEPT
			SELECT municipality_code FROM municipality_life WHERE _setting('division')::INTEGER BETWEEN first_year AND last_year)`), [][]string{{"0"}})
	}
	// There and back: what the report has of 2013 is there again.
	same(t, "centrality", query(t, db, "SELECT count(*), count(centrality), count(DISTINCT county) FROM municipality"), [][]string{{"428", "428", "19"}})
}

// A setting that makes no sense, or that nobody asks for, changes nothing.
func TestStudySettings(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	for _, year := range []int{1950, 2999} {
		_, err := db.SetDivision(context.Background(), year)
		refusal.Says(t, err, "1971 to 2024")
	}
	run(t, db, "UPDATE study SET value = 'new' WHERE setting = 'division'")
	refusal.Says(t, db.Refresh(context.Background()), "is a year")
	run(t, db, "UPDATE study SET value = '2013' WHERE setting = 'division'")
	for statement, want := range some(map[string]string{
		"UPDATE study SET value = '1800' WHERE setting = 'division'":                         "known for 1971 to 2024 (table municipality_change), not for 1800",
		"UPDATE study SET value = 'x' WHERE setting = 'municipality_code_length'":            "the setting municipality_code_length is a number from 1 to 20, not 'x'",
		"UPDATE study SET value = '5' WHERE setting = 'county_code_length'":                  "the setting county_code_length is a number up to municipality_code_length, not '5'",
		"UPDATE study SET value = '0' WHERE setting = 'country_groups'":                      "the setting country_groups is a number from 1 to 99, not '0'",
		"UPDATE study SET value = 'Norway' WHERE setting = 'home_country'":                   "the setting home_country is an ISO 3166 code of three letters, such as NOR, not 'Norway'",
		"DELETE FROM study WHERE setting = 'home_country'":                                   "the setting home_country is missing; it is an ISO 3166 code",
		"INSERT INTO study VALUES ('divison', '2024')":                                       `there is no setting divison (did you mean "division"?)`,
		"UPDATE study SET value = 'x > 1' WHERE setting = 'immigrant'":                       "immigrant is 'x > 1', which is not a condition over the columns of person",
		"INSERT INTO study VALUES ('shares', 'employed')":                                    "",
		"UPDATE study SET value = 'immigrant AND person_id > 0' WHERE setting = 'immigrant'": "",
	}, 4) {
		run(t, db, "CREATE OR REPLACE TEMP TABLE kept AS FROM study", statement)
		switch err := db.Refresh(context.Background()); {
		case want != "":
			refusal.Says(t, err, want, statement)
		case err != nil:
			t.Errorf("%s: %v", statement, err)
		}
		run(t, db, "DELETE FROM study; INSERT INTO study FROM kept")
	}
	for statement, want := range map[string]bool{"INSERT INTO country VALUES ('QQQ', 'Q', 1)": false, "UPDATE country SET country_group = 2 WHERE country_code = 'SWE'": true} {
		run(t, db, "BEGIN", statement)
		if got, err := db.OtherGroups(context.Background()); err != nil || got != want {
			t.Errorf("%s: other groups %t, %v", statement, got, err)
		}
		run(t, db, "ROLLBACK")
	}
}

// What .study writes makes the same study elsewhere.
func TestStudyRepeats(t *testing.T) {
	long.Test(t)
	t.Parallel()
	ctx := context.Background()
	db, other := fresh(t), fresh(t)
	run(t, db, "UPDATE study SET value = 'immigrant AND birth_country <> ''SWE''' WHERE setting = 'immigrant'; INSERT INTO register_period VALUES (2000, 2023); INSERT INTO dimension VALUES ('born', 'person', 'birth_country = ''SWE''')")
	if _, err := db.SetDivision(ctx, 2024); err != nil {
		t.Fatal(err)
	}
	text, err := db.Study(ctx)
	if err != nil {
		t.Fatal(err)
	}
	run(t, other, text)
	refresh(t, db)
	refresh(t, other)
	text, _ = db.Study(ctx)
	if again, err := other.Study(ctx); err != nil || again != text || !strings.Contains(text, "357 municipalities of 2024") {
		t.Errorf("%v: %s\nwant %s", err, again, text)
	}
}

// A register of another country: its codes, its counties, its own home, four country
// groups and six levels of centrality. Norway's changes of municipalities are no changes
// there.
func TestStudyOfAnotherCountry(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"person":       "person_id,sex,birth_date,birth_country,immigrant,first_immigration\n1,female,1980-05-05,NOR,true,2001-02-03\n2,male,1975-01-01,DNK,false,\n3,female,1990-01-01,POL,true,2010-06-01\n",
		"residence":    "person_id,municipality_code,from_date,to_date\n1,101,2001-02-03,2013-05-01\n2,147,1975-01-01,\n3,101,2010-06-01,\n",
		"migration":    "person_id,event_date,direction,administrative,country\n1,2001-02-03,immigration,false,NOR\n1,2013-05-01,emigration,false,DNK\n3,2010-06-01,immigration,false,POL\n",
		"municipality": "municipality_code,municipality,county_code,county,centrality\n101,København,084,Hovedstaden,6\n147,Frederiksberg,084,Hovedstaden,6\n",
		"country":      "country_code,country,country_group\nNOR,Norway,1\nPOL,Poland,4\n",
	} {
		put(t, dir, name+".csv", text)
	}
	db := fresh(t)
	if _, err := db.Load(ctx, dir); err == nil || !strings.Contains(err.Error(), `has not four characters`) && !strings.Contains(err.Error(), "country_group 4") && !strings.Contains(err.Error(), "NOR is Norway") {
		t.Errorf("with the settings of Norway: %v", err)
	}
	run(t, db, `UPDATE study SET value = 'DNK' WHERE setting = 'home_country';
		UPDATE study SET value = '3' WHERE setting = 'municipality_code_length';
		UPDATE study SET value = '4' WHERE setting = 'country_groups'`)
	summary, err := db.Load(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(summary.String(), "Norway's changes are taken out") {
		t.Errorf("%s", summary)
	}
	same(t, "2013", query(t, db, "SELECT country_group, county_code, county, centrality, sum(residents), sum(emigrations) FROM cell WHERE year = 2013 GROUP BY ALL ORDER BY ALL"),
		[][]string{{"1", "084", "Hovedstaden", "6", "1", "1"}, {"4", "084", "Hovedstaden", "6", "1", "0"}})
}

// Check tells of the codes that are counted without a municipality, and of no other: 0412
// (Ringsaker) until 1991, when a part of it went to Hamar. The demo register is full of
// codes that were divided before 1990 or after 2013.
func TestCheckCountsUnresolved(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := demoRegister(t)
	unresolved := query(t, db, "SELECT code, residents FROM unresolved_code ORDER BY residents DESC, code DESC")
	problems, err := db.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("%q with %s residents, added up over the 1 Januaries", unresolved[0][0], unresolved[0][1])
	i := slices.IndexFunc(problems, func(p Problem) bool { return strings.Contains(p.Text, "nobody knows which municipality") })
	if len(unresolved) != 1 || unresolved[0][0] != "0412" || i < 0 || problems[i].Example != want {
		t.Errorf("%v, %v", unresolved, problems)
	}
	spells := query(t, db, `SELECT count(*)::VARCHAR FROM residence JOIN person USING (person_id)
		WHERE immigrant AND municipality_code = '0412' AND from_date < '1992-01-01' AND coalesce(to_date, '9999-01-01') >= '1990-01-01'`)
	if fmt.Sprint(problems[i].Count) != spells[0][0] {
		t.Errorf("%d spells, want %s", problems[i].Count, spells[0][0])
	}
}

// A list of one's own whose codes do not begin with the county, with a column of one's own: a
// code that goes on keeps both in another division, another has what all its parts share.
// B becomes part of A in 2005, C is D until 2003; by hand.
func TestDivisionKeepsOwnColumns(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"person":              "person_id,sex,birth_date,birth_country,immigrant,first_immigration\n1,female,1980-05-05,SWE,true,2001-02-03\n",
		"residence":           "person_id,municipality_code,from_date,to_date\n1,000C,2001-02-03,\n",
		"migration":           "person_id,event_date,direction,administrative,country\n1,2001-02-03,immigration,false,SWE\n",
		"municipality":        "municipality_code,municipality,county_code,county,centrality,region\n000A,Anes,01,Own,1,inland\n000C,Cvik,02,Second,2,coast\n",
		"municipality_change": "old_code,new_code,year\n000A,000A,2005\n000B,000A,2005\n000D,000C,2003\n",
	} {
		put(t, dir, name+".csv", text)
	}
	db := fresh(t)
	if _, err := db.Load(ctx, dir); err != nil {
		t.Fatal(err)
	}
	run(t, db, "INSERT INTO dimension VALUES ('region', 'place', 'region')")
	if long.Asked() {
		refresh(t, db)
	}
	const ask = "SELECT municipality_code, county_code, county, centrality, region FROM municipality ORDER BY 1"
	now := [][]string{{"000A", "01", "Own", "1", "inland"}, {"000C", "02", "Second", "2", "coast"}}
	same(t, "as loaded", query(t, db, ask), now)
	for _, c := range []struct {
		year int
		want [][]string
	}{
		{2002, [][]string{{"000A", "01", "Own", "1", "inland"}, {"000B", "01", "Own", "1", "inland"}, {"000D", "02", "Second", "2", "coast"}}},
		{2005, now},
	}[:long.Runs(2, 1)] {
		if _, err := db.SetDivision(ctx, c.year); err != nil {
			t.Fatal(err)
		}
		refresh(t, db)
		same(t, fmt.Sprint(c.year), query(t, db, ask), c.want)
		same(t, "counted", query(t, db, "SELECT county, region, residents FROM cell WHERE year = 2010"), [][]string{{"Second", "coast", "1"}})
	}
	// Levels that come after it are those of the division too; two for one municipality are none.
	if long.Asked() {
		if _, err := db.SetDivision(ctx, 2002); err != nil {
			t.Fatal(err)
		}
		refresh(t, db)
	}
	run(t, db, "INSERT INTO municipality_centrality VALUES ('000B', 2002, 6)")
	refresh(t, db)
	same(t, "levels", query(t, db, "SELECT municipality_code, centrality FROM municipality ORDER BY 1"), [][]string{{"000A", "1"}, {"000B", "6"}, {"000D", "2"}})
	run(t, db, "INSERT INTO municipality_centrality VALUES ('000B', 2002, 4)")
	refusal.Says(t, db.Refresh(ctx), "municipality_centrality has levels 4 and 6 of 000B in 2002: delete one")
}
