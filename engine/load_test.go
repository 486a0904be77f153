package engine

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/reference"
	"utvandring/udf/sqltext"
)

// extract copies the hand-made register into a new directory, with some files
// changed: an edit is "file: old => new", with new "" to remove the file when
// old is "" too.
func extract(t *testing.T, edits ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"person.csv", "residence.csv", "migration.csv"} {
		text := reference.ReadFile(t, filepath.Join(definitions, name))
		put(t, dir, name, string(text))
	}
	for _, edit := range edits {
		name, change, _ := strings.Cut(edit, ": ")
		old, new, _ := strings.Cut(change, " => ")
		path := filepath.Join(dir, name)
		if change == "" || change == "remove" {
			os.Remove(path)
			continue
		}
		text, _ := os.ReadFile(path)
		if old != "" && !strings.Contains(string(text), old) {
			t.Fatalf("%s has no %q", name, old)
		}
		if old == "" {
			text = []byte(new)
		} else {
			text = []byte(strings.Replace(string(text), old, new, 1))
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLoadRefusesBadExtracts(t *testing.T) {
	t.Parallel()
	db := refusing(t)
	const state = `SELECT (SELECT sum(hash(p)) FROM person p), (SELECT sum(hash(r)) FROM residence r), (SELECT sum(hash(m)) FROM migration m),
		(SELECT sum(hash(c)) FROM population_cell c), (SELECT count(*) FROM country), (SELECT count(*) FROM municipality)`
	before := query(t, db, state)
	for _, c := range long.Rows([]struct{ name, edit, want string }{
		{"missing file", "residence.csv: remove", "there is no residence.csv or residence.parquet"},
		{"misnamed file", "residense.csv:  => x", "there is no residence.csv or residence.parquet (is it \"residense.csv\"? rename it)"},
		{"file of another kind", "residence.px:  => x", "there is no residence.csv or residence.parquet; residence.px is not used: it is neither CSV nor Parquet, and no load.sql makes a view residence of it"},
		{"two files", "person.parquet:  => x", "both person.csv and person.parquet would fill table person: remove one"},
		{"misnamed column", "person.csv: birth_country => birthcountry", `person.csv: there is no column birth_country (is it "birthcountry"? rename it)`},
		{"missing column", "residence.csv: ,to_date => ", "residence.csv: there is no column to_date; where it is not known, leave it empty"},
		{"bad date", "person.csv: 1984-02-29 => 1983-02-29", `person.csv line 5: birth_date "1983-02-29" is not a date such as 2013-01-31`},
		{"bad later date", "residence.csv: 2003-03-01 => 01.03.2003", `residence.csv line 6: to_date "01.03.2003" is not a date such as 2013-01-31`},
		{"more than a date", "residence.csv: 2003-03-01 => 2003-03-01?", `residence.csv line 6: to_date "2003-03-01?" is not a date such as 2013-01-31`},
		{"less than a date", "residence.csv: 2003-03-01 => 2003-03-1x", `residence.csv line 6: to_date "2003-03-1x" is not a date such as 2013-01-31`},
		{"a day of elsewhere", "residence.csv: 2003-03-01 => 2003-02-28T23:00:00Z", `residence.csv line 6: to_date "2003-02-28T23:00:00Z" is not a date such as 2013-01-31`},
		{"a point in time", "load.sql:  => CREATE VIEW person AS SELECT * REPLACE ((birth_date || ' 23:00:00+00')::TIMESTAMPTZ AS birth_date) FROM 'person.csv'", `load.sql view person row 1: birth_date "1980-01-0`},
		{"truths of 1 and 2", "load.sql:  => CREATE VIEW person AS SELECT * REPLACE (immigrant::INTEGER + 1 AS immigrant) FROM 'person.csv'", `load.sql view person row 2: immigrant "2" is not true or false`},
		{"between two centralities", "municipality.csv:  => municipality_code,municipality,county_code,county,centrality\n0301,Oslo,03,Oslo,2.5\n", `municipality.csv line 2: centrality "2.5" is not a whole number`},
		{"missing value", "migration.csv: 9,2004-07-07 => ,2004-07-07", "migration.csv line 17: person_id is missing"},
		{"bad number", "person.csv: 9,female => nine,female", `person.csv line 10: person_id "nine" is not a whole number`},
		{"fraction", "person.csv: 9,female => 9.5,female", `person.csv line 10: person_id "9.5" is not a whole number`},
		{"duplicate person", "person.csv: 5,male => 4,male", "person.csv line 6: person_id 4 is there already"},
		{"unknown sex", "person.csv: 6,male => 6,M", `person.csv line 7: sex "M" is not 'female' or 'male'`},
		{"unknown direction", "migration.csv: immigration => in", `migration.csv line 2: direction "in" is not 'immigration' or 'emigration'`},
		{"neither true nor false", "person.csv: POL,true => POL,maybe", `person.csv line 4: immigrant "maybe" is not true or false`},
		{"country of two letters", "person.csv: POL => PL", `person.csv line 4: birth_country "PL" is not an ISO 3166 code of three letters, such as NOR`},
		{"unknown country", "person.csv: POL => POX", "person.csv line 4: birth_country is not in table country (person 3: POX)"},
		{"unknown country of a move", "migration.csv: GBR => UKD", "migration.csv line 6: country is not in table country (person 4: emigration 2003-02-28, country UKD)"},
		{"lost zero", "residence.csv: 0219 => 219", `residence.csv line 17: municipality_code "219" has not four characters (is a leading zero lost?)`},
		{"immigration before birth", "person.csv: true,2000-01-01 => true,1979-01-01", "person.csv line 3: first_immigration 1979-01-01 is before birth_date 1980-01-02"},
		{"residence of nobody", "residence.csv: 14,0219 => 140,0219", "residence.csv line 17: person_id is not in table person (person 140: from 1993-01-02 to 2010-12-31)"},
		{"migration of nobody", "migration.csv: 14,1993 => 140,1993", "migration.csv line 24: person_id is not in table person (person 140: immigration 1993-01-02)"},
		{"future", "residence.csv: 2010-12-31, => 2999-12-31,", "residence.csv line 18: begins after today (person 15: from 2999-12-31)"},
		{"the same event twice", "migration.csv: 13,1999-06-01 => 13,1996-01-01", "migration.csv line 23: the same one twice (person 13: emigration 1996-01-01)"},
		{"empty file", "person.csv:  => ", "person.csv: the first line is empty; it names the columns"},
		{"no rows", "residence.csv:  => person_id,municipality_code,from_date,to_date\n", "residence.csv has no rows: the register would be empty"},
		{"torn line", "residence.csv: 3,0301,1999-12-31,2005-01-01 => 3,0301,1999-12-31", "residence.csv line 4: 3 columns where the header has 4"},
		{"open quote", "residence.csv: 3,0301 => 3,\"0301", "residence.csv line 4: a quote is opened and not closed"},
		{"Latin-1, where it is read as such", "migration.csv: FRA => F\xe5A", "migration.csv line 20: country is not in table country (person 11: emigration 1999-11-10, country FåA)"},
		{"not Parquet", "municipality.parquet:  => municipality_code", "municipality.parquet: not a Parquet file that can be read"},
		{"bad centrality", "municipality.csv:  => municipality_code,municipality,county_code,county,centrality\n0301,Oslo,03,Oslo,0\n", "municipality.csv line 2: centrality 0 is not 1 (least central) or more; unknown is empty"},
		{"country twice", "country.csv:  => country_code,country,country_group\nSWE,Sweden,1\nSWE,Sverige,1\n", "country.csv line 3: country_code SWE is there already"},
		{"Norway in a group", "country.csv:  => country_code,country,country_group\nNOR,Norway,1\n", "country.csv line 2: NOR is Norway, which is in no country group: leave it out"},
		{"rate that is no share", "country_year.csv:  => country_code,year,unemployment_rate,gdp_ppp,population\nSWE,2000,NaN,1,1\n", "country_year.csv line 2: unemployment_rate nan is not from 0 to 100 per cent; unknown is empty"},
		{"nobody's product", "country_year.csv:  => country_code,year,unemployment_rate,gdp_ppp,population\nSWE,2000,,0,1\n", "country_year.csv line 2: gdp_ppp 0.0 is not above 0; unknown is empty"},
		{"less than nobody", "country_year.csv:  => country_code,year,unemployment_rate,gdp_ppp,population\nSWE,2000,,1,-1\n", "country_year.csv line 2: population -1.0 is not above 0; unknown is empty"},
		{"a fault in UTF-8", "municipality.csv:  => municipality_code,municipality,county_code,county,centrality\n0301,Bodø,03,Tromsø,1\n0302,B\xe5,03,x,1\n", "municipality.csv: line 3: not UTF-8 text, as other lines are: save the file as UTF-8"},
		{"UTF-16", "person.csv:  => \xff\xfep\x00e\x00", "person.csv: there is no column person_id; it has pe: .load -draft "},
		{"torn line with a column of one's own", "person.csv:  => person_id,sex,birth_date,birth_country,immigrant,first_immigration,name\n1,female,1980-01-01,NOR,false,,A\n2,male,1980\n", "person.csv line 3: 3 columns where the header has 7"},
		{"open quote with a column of one's own", "person.csv:  => person_id,sex,birth_date,birth_country,immigrant,first_immigration,name\n1,female,1980-01-01,NOR,false,,\"A\n", "person.csv line 2: a quote is opened and not closed"},
		{"country year twice", "country_year.csv:  => country_code,year,unemployment_rate,gdp_ppp,population\nSWE,2000,,1,1\nSWE,2000,5,1,1\n", "country_year.csv line 3: country_code and year SWE, 2000 is there already"},
	}, 8) {
		t.Run(c.name, func(t *testing.T) {
			edits := []string{c.edit}
			if strings.HasPrefix(c.edit, "residense") || strings.HasPrefix(c.edit, "residence.px") {
				edits = append(edits, "residence.csv: remove")
			}
			dir := extract(t, edits...)
			_, err := db.Load(context.Background(), dir)
			if err == nil {
				t.Fatal("loaded")
			}
			got, ok := strings.CutPrefix(err.Error(), "load "+dir+": ")
			if !ok || !strings.HasPrefix(got, c.want) || strings.Contains(got, "\n") {
				t.Errorf("\n got %s\nwant %s", err, c.want)
			}
			same(t, "register after a refused extract", query(t, db, state), before)
		})
	}
	if _, err := db.Load(context.Background(), filepath.Join(t.TempDir(), "none")); err == nil || !strings.Contains(err.Error(), "there is no such directory") {
		t.Error(err)
	}
}

func TestLoadTakesWhatItShould(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := fresh(t)
	for _, c := range []struct {
		name  string
		edits []string
	}{
		{"semicolons, capitals and another order", []string{
			"migration.csv: remove",
			"MIGRATION.csv:  => Country;Event_Date;direction;administrative;PERSON_ID;comment\nSWE;2000-01-01T00:00:00+01;immigration;0;2;\n"}},
		{"carriage returns and a byte order mark", []string{
			"migration.csv:  => \ufeffperson_id,event_date,direction,administrative,country\r\n2,2000-01-01,immigration,false,SWE\r\n"}},
		{"blank first line of nothing more", []string{
			"migration.csv:  => person_id,event_date,direction,administrative,country\n2,2000-01-01,immigration,false,\"SWE\"\n\n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := db.Load(context.Background(), extract(t, c.edits...)); err != nil {
				t.Fatal(err)
			}
			same(t, "migration", query(t, db, "SELECT person_id, event_date, direction, administrative, country FROM migration"), [][]string{{"2", "2000-01-01", "immigration", "false", "SWE"}})
		})
	}
}

// Parquet files give the same register as the CSV they were made of, and so do CSV, and CSV
// beside Parquet, whose persons have texts for numbers. A second load replaces the first.
func TestLoadParquet(t *testing.T) {
	t.Parallel()
	db := byHand(t)
	want := query(t, db, "FROM population_cell ORDER BY ALL")
	for _, c := range long.Rows([]struct{ number, person, residence, migration string }{
		{"'P' || person_id", "csv", "csv", "parquet"},
		{"person_id", "parquet", "parquet", "parquet"},
		{"'P' || person_id", "csv", "csv", "csv"},
	}, 3) {
		dir := t.TempDir()
		run(t, db, "COPY municipality TO "+sqltext.QuoteText(filepath.Join(dir, "municipality.parquet")))
		for table, format := range map[string]string{"person": c.person, "residence": c.residence, "migration": c.migration} {
			// From the second load on persons have the numbers that the first gave them.
			run(t, db, "COPY (SELECT * REPLACE ("+c.number+" AS person_id) FROM "+table+") TO "+sqltext.QuoteText(filepath.Join(dir, table+"."+format)))
		}
		summary, err := db.Load(context.Background(), dir)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "population_cell", query(t, db, "FROM population_cell ORDER BY ALL"), want)
		if got := summary.Tables[0]; got != (LoadedTable{"municipality", "municipality.parquet", 428}) {
			t.Error(got)
		}
		if c.number == "person_id" {
			continue
		}
		if !strings.Contains(summary.String(), "note: person_id is text: persons are numbered in its order; table person_key has both\n") {
			t.Error(summary)
		}
		same(t, "the second in the order of texts", query(t, db, "SELECT person_id FROM person_key WHERE source_id = 'P10'"), [][]string{{"2"}})
	}
}

// What real registers have is counted as the rules say (testdata/study has them), and told.
func TestLoadCountsWhatTheRulesRead(t *testing.T) {
	t.Parallel()
	db, summary := load(t, extract(t, "notes.csv:  => x", "residence.csv: 1601 => 9999", "residence.csv: 1980-01-01 => 1979-12-31", "residence.csv: 1995-07-01 => 1998-08-02", "residence.csv: 2005-02-01 => 2003-05-04", "migration.csv: 2,2000-01-01 => 2,1979-01-01"))
	text := summary.String()
	for _, want := range []string{
		`municipality_change, so it is counted without one (1; person 8: from 1960-08-15, "9999"): correct`,
		"residence: begins before the person is born, who is resident from birth (1; person 1: from 1979-12-31, born 1980-01-01): correct",
		"residence: two spells of a person overlap; a day is in the one that begins last (1; person 8: from 1998-08-01, but another from 1960-08-15): end",
		"residence: ends the day it begins, or before, so that it covers nothing (1; person 7: from 2003-05-05 to 2003-05-04): leave",
		"migration: before the person is born, not counted (1; person 2: immigration 1979-01-01, born 1980-01-02): correct",
		// What is odd but countable is told, not refused: person 12 lives nowhere, and person 13
		// leaves in 1999 from nowhere, as person 7 does with that spell, who comes nowhere then,
		// nor does person 2 in 1979.
		"residence: 17 rows from residence.csv\n",
		"note: notes.csv is not used",
		"note: person: never resident (1; person 12): bring",
		"note: migration: no residence ends or begins with it, so its municipality is unknown (4; person 13: emigration 1999-06-01): bring",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	const counts = "SELECT * REPLACE (round(person_years, 9) AS person_years) FROM "
	same(t, "cells", query(t, db, counts+"population_cell ORDER BY ALL"), query(t, db, counts+"population_cell_live ORDER BY ALL"))
	same(t, "person 8", query(t, db, "SELECT year, municipality_code FROM person_year WHERE person_id = 8 AND year BETWEEN 1997 AND 1999 ORDER BY year"), [][]string{{"1997", ""}, {"1998", ""}, {"1999", "1601"}})
	same(t, "person 7", query(t, db, "SELECT count(*) FROM person_year WHERE person_id = 7"), [][]string{{"0"}})
}

// A register filled by hand, row by row, is held against the same checks.
func TestCheck(t *testing.T) {
	t.Parallel()
	db := byHand(t)
	run(t, db, `
		INSERT INTO residence VALUES (12, '7777', '2003-01-01', NULL), (12, '0301', '2004-01-01', NULL);
		INSERT INTO country VALUES ('XAA', 'A', 1);
		INSERT INTO migration SELECT 12, d, 'emigration', false, NULL FROM range(DATE '2010-01-01', DATE '2010-07-01', INTERVAL 1 DAY) t(d)`)
	problems, err := db.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]Problem{}
	for _, p := range problems {
		found[p.Text] = p
	}
	for text, want := range map[string]Problem{
		"residence: two spells of a person overlap; a day is in the one that begins last":                                                 {Count: 1, Example: "person 12: from 2004-01-01, but another from 2003-01-01"},
		"counted_year: a month without a migration in a year that has many: it is not known from beginning to end":                        {Count: 1, Example: "2010: of 182 emigrations none in month 7, 8, 9, 10, 11"},
		"residence: municipality_code is none of table municipality, nor led to one by municipality_change, so it is counted without one": {Count: 1, Example: `person 12: from 2003-01-01, "7777"`},
	} {
		want.Text, want.Remedy = text, found[text].Remedy
		if found[text] != want {
			t.Errorf("got %v, want %v", found[text], want)
		}
	}
	// The unknown code is counted, though nobody knows where it is.
	refresh(t, db)
	same(t, "cell of an unknown code", query(t, db, "SELECT year, municipality, county, sum(residents) FROM cell WHERE municipality_code IS NULL AND residents > 0 AND year < 2006 GROUP BY ALL ORDER BY year"),
		[][]string{{"2003", "", "", "1"}})
}
