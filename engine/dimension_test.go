package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"utvandring/sql"
	"utvandring/udf/long"
	"utvandring/udf/refusal"
)

// A definition that makes no sense is refused in a sentence, and the counts of before
// stay, with all that reads them.
func dimensionsThatMakeNoSense(t *testing.T, db *DB) {
	ctx := context.Background()
	run(t, db, `
		CREATE TABLE twice AS FROM (VALUES ('0301', 'a'), ('0301', 'b')) v(municipality_code, region);
		CREATE TABLE many AS SELECT (range % 428)::VARCHAR AS municipality_code, range AS n FROM range(428 * 5);
		CREATE TABLE moment AS SELECT person_id, 'a' AS status, from_date, to_date::TIMESTAMP AS to_date FROM residence;
		CREATE MACRO older(day) AS day < today() - 365 * 18`)
	const counts = "SELECT year, stay, residents, emigrations FROM frequency_by_stay"
	before := query(t, db, counts)
	for row, want := range some(map[string]string{
		"'reason', 'person', 'raeson'":                                   "dimension reason: 'raeson' is not an expression over the columns of person (",
		"'reason', 'person', 'sex, birth_date'":                          "dimension reason: 'sex, birth_date' is not an expression",
		"'reason', 'person', 'count(*)'":                                 "dimension reason: 'count(*)' is not an expression",
		"'reason', 'person', 'sex) OR (true'":                            "dimension reason: 'sex) OR (true' is not an expression",
		"'day', 'person', 'hash(person_id, range)'":                      "dimension day: 'hash(person_id, range)' is not an expression",
		"'late', 'person', 'rowid'":                                      "dimension late: 'rowid' is not an expression",
		"'draw', 'person', 'if(random() < 0.5, 1, 2)'":                   "dimension draw: 'if(random() < 0.5, 1, 2)' calls random(), which gives another value another time: keep its values in a column, or write the value that is meant",
		"'now', 'person', 'older(birth_date)'":                           "dimension now: 'older(birth_date)' calls today(), which gives another value another time",
		"'a', 'age', '0, 5, 5'":                                          "dimension a: 5 stands after 5: the groups begin in ascending order",
		"'a', 'age', '0, five'":                                          "dimension a: 'five' is not a number of completed years; a definition is such as '0, 5, 10'",
		"'a', 'duration', ''":                                            "dimension a: '' is not a number of completed years",
		"'a', 'duration', '-1, 5'":                                       "dimension a: '-1' is not a number of completed years",
		"'c', 'country', 'continent'":                                    "dimension c: table country has no column continent",
		"'c', 'country', 'continents.name'":                              "dimension c: there is no table continents: make it, or DELETE FROM dimension WHERE dimension = 'c'",
		"'c', 'country', 'twice.region'":                                 "dimension c: table twice has no column country_code",
		"'p', 'place', 'twice.region'":                                   "dimension p: table twice has two values of region for municipality_code 0301",
		"'p', 'place', 'twice.region; DROP TABLE person'":                "dimension p: 'twice.region; DROP TABLE person' is not a column of municipality, or TABLE.COLUMN",
		"'s', 'status', 'moment.status'":                                 "dimension s: table moment: to_date is TIMESTAMP, not DATE (ALTER TABLE moment ALTER to_date TYPE DATE)",
		"'s', 'status', 'status'":                                        "dimension s: 'status' is not TABLE.COLUMN",
		"'s', 'status', 'twice.region'":                                  "dimension s: table twice has no column person_id",
		"'x', 'weather', '0'":                                            "dimension x: kind 'weather' is none of 'person', 'age', 'duration', 'country', 'place', 'status'",
		"'residents', 'age', '0'":                                        "dimension residents: the name is that of another column of what is counted; take another",
		"'january_1', 'age', '0'":                                        "dimension january_1: the name is that of another column of what is counted; take another",
		"'covered', 'age', '0'":                                          "dimension covered: the name is that of another column of what is counted; take another",
		"'next_stay', 'age', '0'":                                        "dimension next_stay: the name is that of another column",
		"'stay', 'age', '0'":                                             "dimension stay: the name is there twice",
		"'Own age', 'age', '0'":                                          "dimension Own age: a name is made of small letters, digits and _",
		"'born', 'person', 'person_id * 1000 + day(birth_date) + range'": "dimension born: ",
		"'sex', 'person', 'birth_country'":                               "dimension sex: the name is that of another column",
	}, 8) {
		if err := db.Exec(ctx, "BEGIN; INSERT INTO dimension VALUES ("+row+"); COMMIT"); err != nil {
			t.Fatal(row, err)
		}
		err := db.Refresh(ctx)
		if err == nil || !strings.HasPrefix(err.Error(), "refresh: "+want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %s", row, err, want)
		}
		same(t, row, query(t, db, counts), before)
		run(t, db, "DELETE FROM dimension WHERE rowid = (SELECT max(rowid) FROM dimension)")
	}
	run(t, db, "BEGIN", "DELETE FROM dimension WHERE dimension = 'county'")
	refusal.Says(t, db.Refresh(ctx), "dimension county is one of the report's")
	run(t, db, "ROLLBACK")
}

// What is taken away is gone, and all is as it was.
func TestDimensionsComeAndGo(t *testing.T) {
	t.Parallel()
	db := byHand(t)
	ctx := context.Background()
	columns := "SELECT string_agg(column_name, ' ') FROM (SELECT column_name FROM duckdb_columns() WHERE table_name IN ('population_cell', 'cell', 'person_year', 'emigration', 'birth', 'move', 'transition') ORDER BY table_name, column_index)"
	runStatement(t, db, "SELECT 1 WHERE 'a' < 'b'") // the groups that there are, are known
	plain, cells := query(t, db, columns), query(t, db, "FROM population_cell ORDER BY ALL")
	run(t, db, `INSERT INTO dimension VALUES ('century', 'person', 'year(birth_date) // 100'), ('stay', 'duration', '0, 9, 10'), ('north', 'place', 'land.north'),
			('lived', 'person', 'if(immigrant IS NULL, error(''who?''), (SELECT max(r.person_id) FROM residence r WHERE r.person_id = person.person_id) > (SELECT avg(person_id) FROM person))');
		CREATE TABLE land AS SELECT municipality_code, municipality_code >= '1800' AS north FROM municipality`)
	for statement, want := range map[string]string{"FROM frequency_by_sex_century": "dimension century: nothing is counted", "SELECT stay FROM cell": "dimension stay: nothing is counted"} {
		_, err := db.Run(ctx, statement, 0)
		refusal.Says(t, err, want+" by it until .refresh", statement)
	}
	refresh(t, db)
	same(t, "subqueries", query(t, db, "SELECT DISTINCT lived, person_id > 8 FROM person_year ORDER BY ALL"), [][]string{{"false", "false"}, {"true", "true"}})
	same(t, "labels in order", query(t, db, "SELECT DISTINCT stay FROM cell WHERE stay IS NOT NULL ORDER BY stay"), [][]string{{"0-8"}, {"9"}, {"10+"}})
	runStatement(t, db, "FROM cell WHERE stay = '8'")
	if notes, want := db.TakeNotes(), []string{"stay has no value '8' (it has '0-8', '9', '10+')"}; !slices.Equal(notes, want) {
		t.Errorf("%q", notes)
	}
	same(t, "types", query(t, db, "SELECT typeof(century), typeof(north) FROM person_year LIMIT 1"), [][]string{{"BIGINT", "BOOLEAN"}})
	differ(t, db, "the report's columns", "SELECT year, sex, sum(residents), sum(emigrations), sum(person_years)::DECIMAL(18, 6) FROM population_cell GROUP BY ALL",
		"SELECT year, sex, sum(residents), sum(emigrations), sum(person_years)::DECIMAL(18, 6) FROM population_cell_live GROUP BY ALL")
	// Every set of all dimensions has a view, in their order only.
	differ(t, db, "frequency_by_county_sex_century_stay_north_lived", "FROM frequency_by_county_sex_century_stay_north_lived", "FROM frequency_of(cell, ['county', 'sex', 'century', 'stay', 'north', 'lived'])")
	if err := db.Exec(ctx, "FROM frequency_by_stay_century"); err == nil {
		t.Error("a view in another order")
	}
	if got, want := db.FrequencyViews("frequency_by_sex_"), []string{"frequency_by_sex_age_group", "frequency_by_sex_duration_group", "frequency_by_sex_century", "frequency_by_sex_stay", "frequency_by_sex_north", "frequency_by_sex_lived"}; !slices.Equal(got, want) {
		t.Errorf("completion %q", got)
	}
	dimensionsThatMakeNoSense(t, db)
	run(t, db, "DELETE FROM dimension WHERE dimension IN ('century', 'stay', 'north', 'lived')")
	refresh(t, db)
	same(t, "columns", query(t, db, columns), plain)
	same(t, "cells", query(t, db, "FROM population_cell ORDER BY ALL"), cells)
	if err := db.Exec(ctx, "FROM frequency_by_century"); err == nil {
		t.Error("frequency_by_century is still there")
	}
}

// What is made anew for a study is all that it changes: were everything made anew, nothing would be
// other than it is.
func TestStudyChangesNoMore(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := ownRegister(t)
	everything := func() {
		t.Helper()
		s, err := db.readStudy(context.Background())
		if err == nil {
			err = db.applyStudy(context.Background(), s, false)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	everything() // a view that a file has is written in other words
	run(t, db, "CREATE TABLE work AS SELECT person_id, 'a' AS work, from_date, to_date FROM residence; CREATE TABLE parts AS SELECT country_code, 'b' AS part FROM country",
		"INSERT INTO dimension VALUES ('stay', 'duration', '0, 9, 10'), ('work', 'status', 'work.work'), ('part', 'country', 'parts.part'); UPDATE study SET value = 'immigrant OR person_id > 1' WHERE setting = 'immigrant'")
	refresh(t, db)
	const made = `SELECT table_name, column_name, data_type, sql FROM duckdb_columns() LEFT JOIN duckdb_views() ON view_name = table_name
		UNION ALL SELECT function_name, '', '', macro_definition FROM duckdb_functions() WHERE NOT internal ORDER BY ALL`
	want := query(t, db, made)
	everything()
	same(t, "made", want, query(t, db, made))
}

// A table in the codes of another division, or in other codes of countries, has no value for those
// that are counted; one of some of them only has.
func TestCheckOtherCodes(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := byHand(t)
	run(t, db, `
		CREATE TABLE old AS FROM (VALUES ('0301', 'a'), ('1214', 'b')) v(municipality_code, region);
		CREATE TABLE few AS FROM (VALUES (301, 'a')) v(municipality_code, region);
		CREATE TABLE parts AS FROM (VALUES ('SWE', 'a'), ('NOR', 'a'), ('dnk', 'b')) v(country_code, part);
		INSERT INTO dimension VALUES ('old', 'place', 'old.region'), ('some', 'place', 'few.region'), ('part', 'country', 'parts.part'), ('shipped', 'place', 'county')`)
	refresh(t, db)
	problems, err := db.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range problems {
		if strings.HasPrefix(p.Text, "dimension ") {
			got = append(got, p.Text+" "+p.Example)
		}
	}
	want := "[dimension old: table old has codes that are none of table municipality 1214 dimension part: table parts has codes that are none of table country dnk]"
	if fmt.Sprint(got) != want {
		t.Errorf("%v", got)
	}
}

// Columns and tables come with the extract, typed; those of the extract before go.
func TestLoadKeepsFurtherColumnsAndTables(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	ctx := context.Background()
	dir := extract(t)
	write := func(name, text string) {
		put(t, dir, name, text)
	}
	write("person.csv", "person_id,sex,birth_date,birth_country,immigrant,first_immigration,death_date,Code,income,seen,note\n"+
		"1,female,1980-01-01,SWE,true,2000-01-01,2005-05-05,0123,12.5,true,\n2,male,1980-01-01,SWE,true,,,0456,,false,\n")
	write("residence.csv", "person_id,municipality_code,from_date,to_date\n1,0301,2000-01-01,\n2,0301,2001-01-01,2001-01-01\n")
	write("migration.csv", "person_id,event_date,direction,administrative,country\n")
	write("region.csv", "municipality_code,region\n0301,East\n")
	write("work.csv", "person_id,work,from_date,to_date\n1,3,2000-01-01,\n1,4,2001-01-01,2000-12-31\n1,5,2002-01-01,2003-01-01\n")
	summary, err := db.Load(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"work: begins while another spell of the person goes on (1; person 1: from 2002-01-01, and another until today): correct",
		"work: ends the day it begins, or before, so that it covers nothing (1; person 1: from 2001-01-01 to 2000-12-31): leave"} {
		if !strings.Contains(summary.String(), want) {
			t.Errorf("no %q in %s", want, summary)
		}
	}
	same(t, "types", query(t, db, "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name IN ('person', 'region', 'work') AND column_name NOT IN (SELECT unnest(['person_id', 'sex', 'birth_date', 'birth_country', 'immigrant', 'first_immigration'])) ORDER BY table_name, column_index"),
		[][]string{{"death_date", "DATE"}, {"code", "VARCHAR"}, {"income", "DOUBLE"}, {"seen", "BOOLEAN"}, {"note", "VARCHAR"},
			{"municipality_code", "VARCHAR"}, {"region", "VARCHAR"}, {"work", "BIGINT"}, {"from_date", "DATE"}, {"to_date", "DATE"}})
	same(t, "death", query(t, db, "SELECT sum(deaths), sum(residents) FROM cell"), [][]string{{"1", "6"}})
	run(t, db, "INSERT INTO dimension VALUES ('work', 'status', 'work.work')")
	os.Remove(filepath.Join(dir, "work.csv"))
	summary, err = db.Load(ctx, dir)
	if want := "note: work: is not in the extract, so that it says of people what it did before: bring it"; err != nil || !strings.Contains(summary.String(), want) {
		t.Errorf("no %q in %s %v", want, summary, err)
	}
	same(t, "checked", query(t, db, `SELECT "count", example FROM register_check WHERE problem LIKE 'dimension:%'`), [][]string{{"1", "work, person 1"}})
	write("work.csv", "person_id,work,from_date,to_date\n")
	write("cell.csv", "municipality_code,x\n0301,1\n")
	_, err = db.Load(ctx, dir)
	refusal.Says(t, err, "cell.csv: cell is the name of something else here; rename the file")
}

// Every mark that a study fills is in a file, and every mark in a file is filled.
func TestMarksOfDimensions(t *testing.T) {
	files, err := sql.Read()
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, f := range files {
		text.WriteString(f.Text)
	}
	s := &study{immigrant: "true", own: []dimension{
		{name: "a", kind: "person", definition: "sex"}, {name: "b", kind: "age", cuts: []int{0}}, {name: "c", kind: "country", table: "country", column: "country"},
		{name: "d", kind: "place", table: "municipality", column: "county"}, {name: "e", kind: "status", table: "s", column: "c", sqlType: "VARCHAR"},
	}}
	rest := strings.NewReplacer(s.pairs()...).Replace(text.String())
	if i := strings.Index(rest, "/*own"); i >= 0 {
		t.Errorf("not filled: %s", rest[i:min(len(rest), i+30)])
	}
	for mark := range slices.Chunk(s.pairs(), 2) {
		if !strings.Contains(text.String(), mark[0]) {
			t.Errorf("%s is in no file", mark[0])
		}
	}
}
