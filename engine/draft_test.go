package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"utvandring/udf/long"
	"utvandring/udf/reference"
	"utvandring/udf/sqltext"
)

// shape writes the hand-made register in another shape.
type shape struct {
	files      map[string]string // by table
	header     map[string]string
	separator  string
	id, day    func(string) string
	end        func(string) string // the day after the last, or ""
	code       func(column, value string) string
	encode     func(string) string
	wantMarked int
}

func (s shape) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for table, name := range s.files {
		rows := reference.ReadCSV(t, filepath.Join(definitions, table+".csv"))
		var b strings.Builder
		b.WriteString(s.header[table] + "\n")
		for _, row := range rows[1:] {
			for i, column := range rows[0] {
				switch {
				case column == "person_id":
					row[i] = s.id(row[i])
				case column == "to_date":
					row[i] = s.end(row[i])
				case strings.HasSuffix(column, "_date") || column == "first_immigration":
					row[i] = s.day(row[i])
				default:
					row[i] = s.code(column, row[i])
				}
			}
			b.WriteString(strings.Join(row, s.separator) + "\n")
		}
		put(t, dir, name, s.encode(b.String()))
	}
	return dir
}

func reformat(layout string) func(string) string {
	return func(day string) string {
		if day == "" {
			return ""
		}
		d, err := time.Parse(time.DateOnly, day)
		if err != nil {
			panic(err)
		}
		return d.Format(layout)
	}
}

// A register in the codings of others is drafted to the same register.
func TestDraftMapsOtherCodings(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	want := query(t, readByHand(t), "FROM population_cell ORDER BY ALL")
	home := func(to map[string]string) func(column, value string) string {
		return func(column, value string) string {
			if v, ok := to[column+" "+value]; ok {
				return v
			}
			return value
		}
	}
	excel := func(day string) string {
		if day == "" {
			return ""
		}
		d, _ := time.Parse(time.DateOnly, day)
		return fmt.Sprint(int(d.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24))
	}
	last := func(day string) string { // the last day that belongs to the spell
		if day == "" {
			return "31.12.2099"
		}
		d, _ := time.Parse(time.DateOnly, day)
		return d.AddDate(0, 0, -1).Format("02.01.2006")
	}
	for name, s := range some(map[string]shape{
		"Norwegian": {
			files: map[string]string{"person": "folk.txt", "residence": "bosatt.txt", "migration": "flytting.txt"},
			header: map[string]string{"person": "FØDSELSNR;KJØNN;FØDSELSDATO;FØDELAND;INNVKAT;FØRSTE_INNV_DATO", "residence": "FØDSELSNR;KOMMNR;FRA_DATO;TIL_DATO",
				"migration": "FØDSELSNR;FLYTTEDATO;RETNING;ADM;LAND"},
			separator: ";", id: func(id string) string { return "0" + id + "x" }, day: reformat("02.01.2006 15:04"), end: last,
			code: home(map[string]string{"sex female": "K", "sex male": "M", "immigrant true": "B", "immigrant false": "A", "direction immigration": "Innvandring", "direction emigration": "Utvandring",
				"administrative true": "J", "administrative false": "N", "municipality_code 0301": "301", "municipality_code 0219": "219",
				"birth_country SWE": "106", "birth_country NOR": "000", "birth_country POL": "131", "birth_country SOM": "346", "birth_country BIH": "155", "birth_country IND": "444", "birth_country LTU": "136", "birth_country PAK": "534", "birth_country VNM": "575", "birth_country USA": "684", "birth_country DEU": "144", "birth_country IRQ": "452",
				"country SWE": "Sverige", "country POL": "Polen", "country GBR": "Storbritannia", "country FRA": "Frankrike", "country USA": "USA", "country DEU": "Tyskland", "country BIH": "Bosnia-Hercegovina", "country IRQ": "Irak", "country LTU": "Litauen", "country PAK": "Pakistan", "country SOM": "Somalia", "country VNM": "Vietnam", "country ": "Uoppgitt"}),
			encode: func(text string) string { return strings.NewReplacer("Ø", "\xd8").Replace(text) },
		},
		"spreadsheet": {
			files:     map[string]string{"person": "persons.csv", "residence": "addresses.dat", "migration": "events.csv"},
			header:    map[string]string{"person": "id|sex_code|bdate|birth_cntry|immigrant|arrival", "residence": "id|bokomm|fom_dato|tom_dato", "migration": "id|date|type|administrative|country"},
			separator: "|", id: func(id string) string { return id }, day: excel, end: excel,
			code:   home(map[string]string{"sex female": "Female", "sex male": "Male", "immigrant true": "yes", "immigrant false": "no", "direction immigration": "in", "direction emigration": "out", "birth_country SWE": "Sweden", "birth_country POL": "pl"}),
			encode: utf16le,
		},
	}, 2) {
		t.Run(name, func(t *testing.T) {
			dir := s.write(t)
			put(t, dir, "readme.md", "about")
			db := fresh(t)
			if _, err := db.Load(ctx, dir); err == nil || !strings.Contains(err.Error(), s.files["residence"]+" (") {
				t.Errorf("it is not told what there is: %v", err)
			}
			marked, err := db.Draft(ctx, dir)
			if err != nil || len(marked) != s.wantMarked {
				t.Fatal(marked, err)
			}
			for _, name := range s.files {
				if !strings.Contains(read(t, dir, "load.sql"), name) {
					t.Errorf("%s is not named", name)
				}
			}
			if _, err := db.Load(ctx, dir); err != nil {
				t.Fatalf("%v\n%s", err, read(t, dir, "load.sql"))
			}
			if name == "Norwegian" { // numbered in the order of the texts
				same(t, "key", query(t, db, "SELECT source_id FROM person_key WHERE person_id = 1"), [][]string{{"010x"}})
			}
			same(t, "cells", query(t, db, "FROM population_cell ORDER BY ALL"), want)
			if _, err := db.Draft(ctx, dir); err == nil || !strings.HasSuffix(err.Error(), "load.sql is there already: remove or rename it") {
				t.Error(err)
			}
		})
	}
}

// What the files do not tell is marked, and not loaded.
func TestDraftMarksWhatItCannotTell(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db := refusing(t)
	for _, c := range long.Rows([]struct{ name, edit, want string }{
		{"a code", "person.csv: 6,male => 6,9", "-- ??? what is 9?"},
		{"0 and 1", "person.csv:  => person_id,sex,birth_date,birth_country,immigrant\n1,1,1980-01-01,SWE,true\n2,0,1980-01-01,SWE,true\n", "??? AS sex,  -- what is 0, 1?"},
		{"a column", "person.csv: immigrant => xyz", "??? AS immigrant,  -- no column was recognised as it"},
		{"codes of countries", "person.csv:  => person_id,sex,birth_date,birth_country,immigrant\n1,male,1980-01-01,q7,true\n", "??? AS birth_country,  -- in what coding are q7?"},
		{"day and month", "person.csv:  => person_id,sex,birth_date,birth_country,immigrant,first_immigration\n1,male,01/02/1980,SWE,true,\n", "-- ??? or is it '%m/%d/%Y'?"},
		// 1980 is a number of Excel's too, of a day in 1905.
		{"years", "person.csv:  => person_id,sex,born,birth_country,immigrant,first_immigration\n1,male,1980,SWE,true,\n", "??? AS birth_date,  -- born: how are its dates written, such as 1980?"},
		{"a day of elsewhere", "person.csv:  => person_id,sex,born,birth_country,immigrant,first_immigration\n1,male,1979-12-31T23:00:00Z,SWE,true,\n", "??? AS birth_date,  -- born: how are its dates written, such as 1979-12-31T23:00:00Z?"},
		{"day, month and year of two digits", "person.csv:  => person_id,sex,born,birth_country,immigrant,first_immigration\n1,male,010180,SWE,true,\n", "??? AS birth_date,  -- born: how are its dates written, such as 010180?"},
		{"the last day", "residence.csv:  => person_id,municipality_code,from_date,to_date\n1,0301,2000-01-01,2001-01-01\n", "inclusive := ???) AS to_date  -- true where the last day belongs to the spell"},
		{"a table", "migration.csv: remove", "CREATE VIEW migration AS ???;"},
	}, 10) {
		t.Run(c.name, func(t *testing.T) {
			dir := extract(t, c.edit)
			marked, err := db.Draft(ctx, dir)
			text := read(t, dir, "load.sql")
			if err != nil || len(marked) == 0 || !strings.Contains(text, c.want) {
				t.Errorf("%v, %v, no %q in\n%s", marked, err, c.want, text)
			}
			if _, err := db.Load(ctx, dir); err == nil || !strings.Contains(err.Error(), "to be finished by hand") {
				t.Error(err)
			}
		})
	}
}

// Excel's numbers of days: as it shows them, and the time of the day is no further day.
func TestDayInOfExcel(t *testing.T) {
	t.Parallel()
	same(t, "days", query(t, empty(t), "SELECT v, day_in(v, 'excel') FROM (SELECT unnest(['1', '59', '60', '61', '29280', '29280.7', '1e300', 'x']) AS v)"),
		[][]string{{"1", "1900-01-01"}, {"59", "1900-02-28"}, {"60", "60"}, {"61", "1900-03-01"}, {"29280", "1980-02-29"}, {"29280.7", "1980-02-29"}, {"1e300", "1e300"}, {"x", "x"}})
}

// The years of municipality_change are years, and not Excel's numbers of days in 1905.
func TestDraftOfYears(t *testing.T) {
	t.Parallel()
	dir := extract(t)
	put(t, dir, "municipality_change.csv", "old_code,new_code,year\n0101,3001,2020\n")
	// Tables that need no mapping are taken by their names.
	put(t, dir, "register_period.csv", "first_year,last_year\n1990,2014\n")
	put(t, dir, "country.csv", "country_code,name\nSWE,Sweden\n")
	put(t, dir, "municipality.dat", "municipality_code,municipality\n0301,Oslo\n")
	db := refusing(t)
	_, err := db.Draft(context.Background(), dir)
	for _, want := range []string{
		"new_code,\n       year\nFROM",
		"-- register_period.csv: UTF-8, separated by commas\n--   needs no view: .load takes it by its name, as table register_period\n",
		"--   named as table country, whose columns it has not: .load refuses it without a view country here; it has country_code, name\n",
		"-- municipality.dat: UTF-8, separated by commas\n--   not recognised as a table; it has municipality_code, municipality\n",
	} {
		if err != nil || !strings.Contains(read(t, dir, "load.sql"), want) {
			t.Errorf("%v: no %q in %s", err, want, read(t, dir, "load.sql"))
		}
	}
	long.Test(t)
	db = byHand(t)
	os.Remove(filepath.Join(dir, "country.csv"))
	if summary, err := db.Load(context.Background(), dir); err != nil || !strings.Contains(summary.String(), "register_period: 1 rows from register_period.csv") {
		t.Errorf("%v: %s", err, summary)
	}
}

// Parquet files have numbers where text files have codes.
func TestDraftOfParquet(t *testing.T) {
	long.Test(t)
	t.Parallel()
	ctx := context.Background()
	db := byHand(t)
	want := query(t, db, "FROM population_cell ORDER BY ALL")
	dir := t.TempDir()
	for name, from := range map[string]string{
		"person":    "SELECT person_id AS lopenr, if(sex = 'male', 1, 2) AS kjonn, strftime(birth_date, '%Y%m%d')::INTEGER AS fodselsdato, birth_country AS fodeland, immigrant AS innvandrer, first_immigration::TIMESTAMP AS forste_innvdato FROM person",
		"residence": "SELECT person_id AS lopenr, municipality_code::INTEGER AS kommnr, from_date AS fra, to_date AS til FROM residence",
		"migration": "SELECT person_id AS lopenr, event_date AS dato, if(direction = 'emigration', 'U', 'I') AS retning, administrative::INTEGER AS adm, country AS land FROM migration",
	} {
		run(t, db, "COPY ("+from+") TO '"+filepath.Join(dir, name)+".parquet'")
	}
	if marked, err := db.Draft(ctx, dir); err != nil || len(marked) > 0 {
		t.Fatal(marked, err)
	}
	if _, err := db.Load(ctx, dir); err != nil {
		t.Fatalf("%v\n%s", err, read(t, dir, "load.sql"))
	}
	same(t, "cells", query(t, db, "FROM population_cell ORDER BY ALL"), want)
}

// The shapes of an invented register beside this project, with what they are mapped to.
func TestDraftOfRealCodings(t *testing.T) {
	long.Test(t)
	t.Parallel()
	formats := shared(t, "reference/files/E_formats")
	ctx := context.Background()
	db := fresh(t)
	for _, name := range []string{"1_ssb_semikolon", "2_hash_iso", "3_tab_navn", "4_en_fil"} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(filepath.Join(formats, name))); err != nil {
			t.Fatal(err)
		}
		if marked, err := db.Draft(ctx, dir); err != nil || len(marked) > 0 {
			t.Fatal(name, marked, err)
		}
		if _, err := db.Load(ctx, dir); err != nil {
			t.Fatal(name, err)
		}
		file := func(table string) string {
			return fmt.Sprintf("read_csv(%s, all_varchar = true)", sqltext.QuoteText(filepath.Join(formats, "expected", table+".csv")))
		}
		for table, columns := range map[string]string{
			"person":    "sex, birth_date, birth_country, immigrant, first_immigration",
			"residence": "municipality_code, from_date, to_date",
			"migration": "event_date, direction, administrative, country",
		} {
			got := query(t, db, fmt.Sprintf(`WITH q AS (SELECT t.*, coalesce(k.source_id, t.person_id::VARCHAR) AS source_id FROM %s t LEFT JOIN person_key k USING (person_id))
				SELECT i.person_id AS id, %s FROM q JOIN %s i USING (source_id) ORDER BY id, %[2]s`, table, columns, file("ids_"+name)))
			same(t, name+" "+table, got, query(t, db, fmt.Sprintf("SELECT person_id AS id, %s FROM %s ORDER BY id, %[1]s", columns, file(table))))
		}
		same(t, name+" counts", query(t, db, `SELECT year, sex, sum(residents), sum(emigrations), sum(residents) FILTER (immigrant), sum(emigrations) FILTER (immigrant) FROM population_cell
			WHERE year BETWEEN 2004 AND 2013 GROUP BY ALL ORDER BY ALL`),
			query(t, db, "SELECT year, sex, residents, emigrations, residents_immigrants, emigrations_immigrants FROM "+file("residents_emigrations")+" ORDER BY year::INT, sex"))
	}
}
