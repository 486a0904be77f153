package engine

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf16"

	"utvandring/udf/long"
	"utvandring/udf/reference"
	"utvandring/udf/sqltext"
)

// put writes a file of an extract.
func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text := reference.ReadFile(t, filepath.Join(dir, name))
	return string(text)
}

func zip(t *testing.T, text io.Reader) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.Copy(w, text); err != nil {
		t.Fatal(err)
	}
	w.Close()
	return b.String()
}

func utf16le(text string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

// However its files are written, the register is the same.
func TestLoadTakesAnyEncodingAndDelimiter(t *testing.T) {
	t.Parallel()
	db := byHand(t)
	want := query(t, db, "FROM population_cell ORDER BY ALL")
	latin1 := strings.NewReplacer("æ", "\xe6", "ø", "\xf8", "–", "\x96")
	for _, c := range long.Rows([]struct {
		name, file string
		write      func(text string) string
		note       string
	}{
		{"gzip and Latin-1", "person.csv.gz", func(text string) string { return zip(t, strings.NewReader(latin1.Replace(text))) }, "note: person.csv.gz: read as Latin-1\n"},
		{"Latin-1", "person.csv", latin1.Replace, "note: person.csv: read as Latin-1\n"},
		{"Windows-1252", "person.txt", func(text string) string { return latin1.Replace(strings.Replace(text, "Bærum", "Bærum–", 1)) }, "note: person.txt: read as Windows-1252\n"},
		{"UTF-16 with tabs", "person.tsv", func(text string) string { return utf16le(strings.ReplaceAll(text, ",", "\t")) }, "note: person.tsv: read as UTF-16\n"},
		{"carets", "person.csv", func(text string) string { return strings.ReplaceAll(text, ",", "^") }, ""},
		{"spaces in the header", "person.csv", func(text string) string { return strings.Replace(text, "sex,birth_date", "sex, birth_date ", 1) }, ""},
		{"gzip", "PERSON.csv.gz", func(text string) string { return zip(t, strings.NewReader(text)) }, ""},
	}, 7) {
		t.Run(c.name, func(t *testing.T) {
			dir := extract(t)
			lines := strings.Split(strings.TrimSpace(read(t, dir, "person.csv")), "\n")
			for i := range lines {
				lines[i] += ",Bærum"
			}
			lines[0] = strings.Replace(lines[0], ",Bærum", ",place", 1)
			os.Remove(filepath.Join(dir, "person.csv"))
			put(t, dir, c.file, c.write(strings.Join(lines, "\n")+"\n"))
			summary, err := db.Load(context.Background(), dir)
			if err != nil || !strings.Contains(summary.String(), c.note) {
				t.Fatalf("%v, no %q in %s", err, c.note, summary)
			}
			same(t, "place", query(t, db, "SELECT DISTINCT rtrim(place, '–') FROM person"), [][]string{{"Bærum"}})
			same(t, "cells", query(t, db, "FROM population_cell ORDER BY ALL"), want)
		})
	}
}

// The names of the folders above are no patterns, and no lists. (TestLoadScript has one of
// both.)
func TestLoadTakesAFolderOfAnyName(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := fresh(t)
	for _, name := range []string{"c, it's a[1]*?\nf", "a[1]*?", "c, it's\nf"} {
		dir := filepath.Join(t.TempDir(), name)
		if err := os.CopyFS(dir, os.DirFS(extract(t))); err != nil {
			t.Fatal(err)
		}
		put(t, dir, "load.sql", "CREATE VIEW person AS FROM 'person.csv';")
		if _, err := db.Load(context.Background(), dir); err != nil {
			t.Fatal(err)
		}
	}
}

type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

// What is no file, or no text, is refused at once, and in little memory.
func TestLoadRefusesWhatIsNoTable(t *testing.T) {
	db := refusing(t)
	for _, c := range long.Rows([]struct {
		name string
		make func(path string) error
		want string
	}{
		{"a pipe", func(path string) error { return syscall.Mkfifo(path, 0o600) }, "person.csv is no file but a pipe"},
		{"a directory", func(path string) error { return os.Mkdir(path, 0o700) }, "person.csv is a directory"},
		{"a device", func(path string) error { return os.Symlink("/dev/zero", path) }, "person.csv is no file but a device"},
		{"a link to nowhere", func(path string) error { return os.Symlink("nowhere", path) }, "person.csv cannot be read"},
		{"a line without end", func(path string) error {
			file, err := os.Create(path)
			if err != nil {
				return err
			}
			defer file.Close()
			_, err = io.CopyN(file, endless('x'), 5_000_000)
			return err
		}, "person.csv: line 1: longer than 2 MB"},
		{"NULs", func(path string) error { return os.WriteFile(path, make([]byte, 1000), 0o600) }, "person.csv: line 1: has a NUL byte, so it is no text"},
	}, 2) {
		dir := extract(t, "person.csv: remove")
		if err := c.make(filepath.Join(dir, "person.csv")); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Load(context.Background(), dir); err == nil || !strings.HasSuffix(err.Error(), ": "+c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	expandable = 1 << 20
	t.Cleanup(func() { expandable = 1 << 30 })
	whole := zip(t, strings.NewReader(read(t, definitions, "person.csv")))
	for name, text := range map[string]string{
		"a bomb":         zip(t, io.LimitReader(io.MultiReader(strings.NewReader("person_id\n"), lines("1\n")), int64(long.Runs(50, 4))<<20)),
		"half a gzip":    zip(t, strings.NewReader(strings.Repeat("a,b\n", 1000)))[:40],
		"no gzip at all": "person_id",
		// DuckDB reads the lines that are there.
		"a gzip cut short": whole[:len(whole)-9],
	} {
		dir := extract(t, "person.csv: remove")
		put(t, dir, "person.csv.gz", text)
		if _, err := db.Load(context.Background(), dir); err == nil || !strings.Contains(err.Error(), "person.csv.gz: ") || strings.Contains(name, "cut") && !strings.Contains(err.Error(), "cut short") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// lines repeats a line without end.
type lines string

func (l lines) Read(p []byte) (int, error) {
	n := 0
	for n+len(l) <= len(p) {
		n += copy(p[n:], l)
	}
	return n, nil
}

// A database is an extract too, and stays what it is.
func TestLoadDatabase(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	from := byHand(t)
	want := query(t, from, "FROM population_cell ORDER BY ALL")
	run(t, from, "CREATE TABLE mine AS SELECT '0301' AS municipality_code; CREATE VIEW yours AS FROM mine")
	path := from.Path
	if _, err := from.Load(ctx, path); err == nil || !strings.HasSuffix(err.Error(), "this database itself: it is loaded") {
		t.Error(err)
	}
	from.Close()
	db, summary := load(t, path)
	same(t, "cells", query(t, db, "FROM population_cell ORDER BY ALL"), want)
	if !strings.Contains(summary.String(), "person: 15 rows from table person\n") {
		t.Error(summary)
	}
	if want := "note: not loaded, as no tables of an extract: mine, yours (ATTACH '" + path + "' AS other (READ_ONLY); CREATE TABLE \"mine\" AS FROM other.\"mine\")\n"; !strings.Contains(summary.String(), want) {
		t.Error(summary)
	}
	same(t, "attached", query(t, db, "SELECT count(*) FROM duckdb_databases() WHERE NOT internal"), [][]string{{"1"}})
	other := filepath.Join(t.TempDir(), "other.duckdb")
	run(t, db, "ATTACH "+sqltext.QuoteText(other)+" AS o; CREATE TABLE o.persons AS SELECT 1 AS id; DETACH o")
	if _, err := db.Load(ctx, other); err == nil || !strings.HasSuffix(err.Error(), `: it has no table person (is it "persons"? rename it); it has persons`) {
		t.Error(err)
	}
	put(t, filepath.Dir(other), "person.csv", "a,b")
	if _, err := db.Load(ctx, filepath.Join(filepath.Dir(other), "person.csv")); err == nil || !strings.HasSuffix(err.Error(), ": not a valid DuckDB database file") {
		t.Error(err)
	}
}

// load.sql says in SQL what the tables are. Its schema is gone afterwards.
func TestLoadScript(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	want := query(t, readByHand(t), "FROM population_cell ORDER BY ALL")
	const script = `-- names of ours
CREATE VIEW ids AS SELECT person_id AS id FROM 'folk.csv' WHERE person_id < 1000;
CREATE VIEW person AS SELECT 'P-' || lpad(person_id::VARCHAR, 3, '0') AS person_id, * EXCLUDE person_id FROM 'folk.csv' WHERE person_id IN (FROM ids);
CREATE VIEW residence AS SELECT * REPLACE ('P-' || lpad(person_id::VARCHAR, 3, '0') AS person_id) FROM read_csv('residence.csv', all_varchar = true);
CREATE VIEW migration AS SELECT * REPLACE ('P-' || lpad(person_id::VARCHAR, 3, '0') AS person_id) FROM read_csv('utf8/migration.csv', all_varchar = true);
CREATE VIEW Citizenship AS SELECT person_id, 'NOR' AS citizenship, from_date, to_date FROM residence WHERE person_id = 'P-015';
CREATE VIEW loose AS SELECT person_id, 1 AS n FROM residence;
`
	make := func(edits ...string) string {
		dir := filepath.Join(t.TempDir(), "c, it's a[1]*?\nf")
		os.Rename(extract(t, edits...), dir)
		os.Rename(filepath.Join(dir, "person.csv"), filepath.Join(dir, "folk.csv"))
		if _, err := os.Stat(filepath.Join(dir, "load.sql")); err != nil {
			put(t, dir, "load.sql", script)
		}
		put(t, dir, "migration.csv", utf16le(read(t, dir, "migration.csv")))
		return dir
	}
	db, summary := load(t, make())
	same(t, "cells", query(t, db, "FROM population_cell ORDER BY ALL"), want)
	same(t, "ids", query(t, db, "FROM person_key WHERE person_id IN (1, 15)"), [][]string{{"P-001", "1"}, {"P-015", "15"}})
	same(t, "schemas", query(t, db, "SELECT schema_name FROM information_schema.schemata WHERE catalog_name = current_database() AND schema_name LIKE '%extract%'"), nil)
	same(t, "search path", query(t, db, "SELECT current_schema(), current_setting('file_search_path')"), [][]string{{"main", ""}})
	for _, want := range []string{"person: 15 rows from load.sql view person\n", "note: person_id is text: persons are numbered in its order; table person_key has both\n",
		"citizenship: 1 rows from load.sql view citizenship\n", "note: load.sql view loose is not used: it is named as no table of an extract, nor has it what keys a table of yours (m"} {
		if !strings.Contains(summary.String(), want) || strings.Contains(summary.String(), "view ids") {
			t.Errorf("no %q in %s", want, summary)
		}
	}
	same(t, "a table of one's own", query(t, db, "SELECT person_id, citizenship, typeof(from_date) FROM citizenship"), [][]string{{"15", "NOR", "DATE"}})
	before := query(t, db, "SELECT sum(hash(p)) FROM person p")
	whole := zip(t, strings.NewReader(read(t, definitions, "person.csv")))
	for _, c := range long.Rows([]struct{ edit, want string }{
		{"load.sql:  => CREATE VIEW person AS FROM 'cut.csv.gz';", "cut.csv.gz: not a gzip file that can be read to its end"},
		{"load.sql:  => CREATE VIEW person AS FROM '*.csv.gz';", "cut.csv.gz: not a gzip file that can be read to its end"},
		{"load.sql:  => CREATE VIEW person AS SELECT ??? AS sex;", "load.sql line 1: to be finished by hand (???): CREATE VIEW person AS SELECT ??? AS sex;"},
		{"load.sql:  => \n\nDELETE FROM person;", "load.sql line 3: only CREATE VIEW and CREATE MACRO, and SET VARIABLE, have a place here"},
		{"load.sql:  => CREATE VIEW person AS\nSELECT nope FROM 'folk.csv';", "load.sql line 2: there is no column \"nope\" here"},
		{"load.sql:  => CREATE VIEW person AS FROM 'none.csv';", "load.sql line 1: "},
		{"load.sql:  => CREATE VIEW person AS SELECT person_id, sex FROM 'folk.csv';", "load.sql view person: there is no column birth_date; it has person_id, sex"},
		{"load.sql:  => CREATE VIEW person AS SELECT * REPLACE (if(person_id = 3, 'X', sex) AS sex) FROM 'folk.csv';", `load.sql view person row 3: sex "X" is not 'female' or 'male'`},
		{"residence.csv: 14,0219 => 140,0219", `load.sql view residence row 16: person_id "P-140" is not a person_id of person`},
		{"migration.csv: GBR => UKD", "load.sql view migration row 5: country is not in table country (person 4 (P-004): emigration 2003-02-28, country UKD)"},
	}, 5) {
		dir := make(c.edit)
		if strings.Contains(c.edit, ".gz") {
			put(t, dir, "cut.csv.gz", whole[:len(whole)-9])
		}
		_, err := db.Load(ctx, dir)
		if err == nil || !strings.HasPrefix(err.Error(), "load "+dir+": "+c.want) || strings.Contains(err.Error(), "utvandring-extract") {
			t.Errorf("\n got %v\nwant %s", err, c.want)
		}
		same(t, "register after a refused extract", query(t, db, "SELECT sum(hash(p)) FROM person p"), before)
	}
	// Other texts are other numbers: what a table kept from before says of person 1 is not of P-001.
	run(t, db, "CREATE TABLE job AS SELECT person_id, 'x' AS job, from_date, to_date FROM residence", "INSERT INTO dimension VALUES ('job', 'status', 'job.job')")
	if long.Asked() {
		run(t, db, "BEGIN") // within a transaction of the user's it is part of it
		if _, err := db.Load(ctx, make()); err != nil {
			t.Errorf("the same people: %v", err)
		}
		if err := db.Exec(ctx, "COMMIT"); err != nil {
			t.Error(err)
		}
	}
	if _, err := db.Load(ctx, definitions); err == nil || !strings.Contains(err.Error(), "job is not in the extract, and its person_id are of people who have other numbers now") {
		t.Errorf("other numbers: %v", err)
	}
}

// Whatever the files, Load gives an error and leaves the register, or loads one that
// .check finds nothing fatal in; Draft writes what Load refuses or takes.
func FuzzLoad(f *testing.F) {
	long.Test(f) // of loads that fail, and of those that are taken, other tests show this too
	for _, seed := range []struct{ name, text string }{
		{"person.csv", "person_id,sex,birth_date,birth_country,immigrant,first_immigration\n1,male,1980-01-01,SWE,true,\n"},
		{"person.csv.gz", "\x1f\x8b\x08\x00"},
		{"person.parquet", "PAR1\x15\x00PAR1"},
		{"person.txt", "\xff\xfep\x00e\x00"},
		{"load.sql", "CREATE VIEW person AS FROM 'person.csv'"},
		{"load.sql", "CREATE VIEW person AS FROM range(3) t(person_id)"},
		{"residence.csv", "person_id;municipality_code;from_date;to_date\r1;0301;2000-01-01;\r"},
		{"migration.csv", "\"\n\",\"a\"\"b\",''\n"},
	} {
		f.Add(seed.name, []byte(seed.text))
	}
	ctx := context.Background()
	db := fresh(f)
	files := map[string][]byte{}
	for _, table := range required {
		var err error
		if files[table+".csv"], err = os.ReadFile(filepath.Join(definitions, table+".csv")); err != nil {
			f.Fatal(err)
		}
	}
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		if name != filepath.Base(name) || len(name) > 100 || strings.ContainsAny(name, "\x00") {
			t.Skip()
		}
		dir := t.TempDir()
		for other, text := range files {
			put(t, dir, other, string(text))
		}
		if os.WriteFile(filepath.Join(dir, name), text, 0o600) != nil {
			t.Skip()
		}
		const state = "SELECT (SELECT sum(hash(p)) FROM person p), (SELECT sum(hash(r)) FROM residence r), (SELECT sum(hash(m)) FROM migration m), (SELECT sum(hash(k)) FROM person_key k)"
		before := query(t, db, state)
		if _, err := db.Load(ctx, dir); err != nil {
			same(t, "register", query(t, db, state), before)
		} else if problems, err := db.Check(ctx); err != nil {
			t.Error(err)
		} else {
			for _, p := range problems {
				if p.Fatal {
					t.Error(p)
				}
			}
		}
		db.Draft(ctx, dir)
		if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "utvandring-extract-*")); len(left) > 20 {
			t.Errorf("%d folders of links are left", len(left))
		}
	})
}
