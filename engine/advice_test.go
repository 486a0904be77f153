package engine

import (
	"context"
	"os"
	"strings"
	"testing"
)

// Mistakes that are easily made, and errors of DuckDB that do not help.
func TestAdvice(t *testing.T) {
	db := scratch(t)
	ctx := context.Background()
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"latin1.csv": "navn,n\nB\xf8,1\nS\xf8r,2\n", "lite.db": "SQLite format 3\x00" + strings.Repeat("\x00", 8000)} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run(t, db, "CREATE TABLE p AS SELECT 1990 + i AS år, sin(i) AS y FROM range(9) t(i)")
	for statement, want := range map[string]string{
		"FROM frequency_of(cell, 'county', 'sex')":                     "frequency_of takes several columns as one list: ['county', 'sex']",
		"FROM frequency_interval(cell, 'county', 'sex', level := 0.9)": "frequency_interval takes several columns as one list: ['county', 'sex']",
		"FROM frequency_period(cell, 'county', 5)":                     "frequency_period: periods is a number, not a list; a list of [first_year, last_year] is wanted, such as",
		"SELECT sur_fit(['y = $a'], p) FROM p":                         "sur_fit takes the rows of a group as one list: list(p), not p",
		"FROM sur_of(['y = $a'], p)":                                   "the panel has no column year, but år, y; index := 'år' says that this one numbers its rows",
		"FROM 'latin1.csv'":                                            "latin1.csv, line 2: not UTF-8 text; if æ, ø and å are one byte each: read_csv('latin1.csv', encoding = 'latin-1')",
		"ATTACH 'lite.db'":                                             "a SQLite database is read by DuckDB's extension sqlite, which is not installed",
	} {
		_, err := db.Run(ctx, statement, 0)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if _, err := Open(ctx, "lite.db", Options{}); err == nil || !strings.Contains(err.Error(), "is a SQLite database") {
		t.Error(err)
	}
	for text, want := range map[string]string{
		"cannot open file \"/a/b.duckdb\": Read-only file system":                                                                           `"/a/b.duckdb" may not be written (read-only file system): -readonly opens a database that is there`,
		"could not set lock on file \"/a/b.duckdb\": Conflicting lock is held in /usr/bin/python3.11 (deleted) (PID 7). See also https://x": `"/a/b.duckdb" is open in another program (python3.11, process 7)`,
		"failed to download extension \"httpfs\" at URL \"http://x\"":                                                                       "this is read by DuckDB's extension httpfs",
	} {
		if got := advise(text); !strings.HasPrefix(got, want) {
			t.Errorf("%s", got)
		}
	}
}

func TestSuggestKnowsOurNames(t *testing.T) {
	t.Parallel()
	db := empty(t)
	for statement, want := range some(map[string]string{
		"FROM nowhere":            `there is no table or view "nowhere"`,
		"FROM peson":              `there is no table or view "peson" (did you mean "person"?)`,
		"FROM freqency_of(a, [])": `there is no function "freqency_of" (did you mean "frequency_of"?)`,
		"FROM frequency_of":       `there is no table or view "frequency_of" (did you mean "frequency_of(…)"?)`,
		"SELECT medain(1)":        `there is no function "medain" (did you mean "median"?)`,
		"FROM SUR_FIT(['y'], [])": `sur_fit gives a value, not a table: SELECT sur_fit(…)`,
		"FROM greatest(1)":        `greatest gives a value, not a table: SELECT greatest(…)`,
		"FROM median(1)":          `median gives a value, not a table: SELECT median(…)`,
		"SELECT sur('4.1', p)":    `sur gives a table, not a value: FROM sur(…)`,
	}, 3) {
		_, err := db.Run(context.Background(), statement, 0)
		if f, ok := err.(*Fault); !ok || f.Sentence != want {
			t.Errorf("%s: %v, want %s", statement, err, want)
		}
	}
}

// What another database has is not taken for a misspelling.
func TestSuggestKnowsOtherDatabases(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	t.Cleanup(func() { run(t, db, "USE memory; DETACH other") })
	run(t, db, "ATTACH ':memory:' AS other; USE other; CREATE TABLE mine (a INTEGER)")
	for statement, want := range map[string]string{
		"FROM sur('4.1', memory.main.panel_1)": `function sur is in the database memory, not in other (USE memory)`,
		"SELECT sur_fit([], [])":               `function sur_fit is in the database memory, not in other (USE memory)`,
		"FROM panel_1":                         `panel_1 is in the database memory, not in other (USE memory)`,
		"FROM min":                             `there is no table or view "min" (did you mean "mine"?)`,
	} {
		_, err := db.Run(context.Background(), statement, 0)
		if f, ok := err.(*Fault); !ok || f.Sentence != want {
			t.Errorf("%s: %v, want %s", statement, err, want)
		}
	}
}
