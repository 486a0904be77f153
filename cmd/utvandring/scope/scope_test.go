package scope

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The cursor is at "|".
func TestAt(t *testing.T) {
	for text, want := range map[string]string{
		"FROM cell c WHERE c.|":                                "operand c=cell",
		"SELECT p.| FROM person p":                             "operand p=person",
		"FROM cell WHERE |":                                    "operand cell=cell",
		"FROM cell WHERE county | ":                            "word cell=cell",
		"FROM cell | ":                                         "word cell=cell",
		"FROM |":                                               "table",
		"FROM | WHERE x":                                       "table",
		"SELECT 1 FROM a, |":                                   "table a=a",
		"SELECT 1 FROM a JOIN |":                               "table a=a",
		"SELECT 1 FROM a JOIN b ON a.x = b.x, |":               "table a=a b=b",
		"FROM a x LEFT JOIN main.b AS y USING (|":              "operand shared x=a y=main.b",
		"FROM a NATURAL JOIN b WHERE |":                        "operand a=a b=b",
		"SELECT | FROM a, LATERAL (SELECT 1 AS z) s(q)":        "operand a=a s(q)=(SELECT 1 AS z)",
		"SELECT * FROM (SELECT | FROM cell) s":                 "operand cell=cell",
		"SELECT * FROM (SELECT x FROM cell) s WHERE s.|":       "operand s=(SELECT x FROM cell)",
		"SELECT (SELECT max(|) FROM b) FROM a":                 "operand b=b a=a",
		"SELECT sum(|) FROM a":                                 "operand a=a",
		"SELECT * EXCLUDE (|) FROM a":                          "operand a=a",
		"SELECT * | FROM a":                                    "word a=a",
		"UPDATE person SET |":                                  "operand person=person",
		"INSERT INTO anslag (|":                                "operand anslag=anslag",
		"INSERT INTO |":                                        "table",
		"DELETE FROM a WHERE |":                                "operand a=a",
		"WITH x AS (FROM cell), y AS (FROM |)":                 "table with x",
		"WITH x AS (FROM cell), y AS (SELECT | FROM x) FROM z": "operand x=x with x",
		"WITH x AS (FROM cell), y AS (FROM x) SELECT | FROM y": "operand y=y with x y",
		"CREATE VIEW v AS WITH x AS MATERIALIZED (FROM cell) SELECT | FROM x": "operand x=x with x",
		"SELECT a FROM x UNION ALL SELECT | FROM y":                           "operand y=y",
		"SELECT | FROM x UNION SELECT a FROM y":                               "operand x=x",
		"FROM 'min/fil.csv' WHERE |":                                          "operand fil='min/fil.csv'",
		"FROM read_csv('f.csv') r WHERE r.|":                                  "operand r=read_csv('f.csv')",
		"FROM frequency_of(cell, ['sex']) WHERE |":                            "operand frequency_of=frequency_of(cell, ['sex'])",
		"FROM frequency_of(|":                                                 "operand",
		"FROM c: cell WHERE |":                                                "operand c=cell",
		"SELECT extract(year FROM |) FROM a":                                  "operand a=a",
		"FROM a WHERE x IS NOT DISTINCT FROM | ":                              "operand a=a",
		"FROM (a JOIN b ON |)":                                                "operand a=a b=b",
		"FROM (a JOIN b USING (x)) WHERE |":                                   "operand a=a b=b",
		"PIVOT cell ON |":                                                     "operand cell=cell",
		`FROM "my ""cell" WHERE |`:                                            `operand my "cell="my ""cell"`,
		"SELECT a AS b, c FROM t ORDER BY |":                                  "operand t=t names b",
		"":                                                                    "word",
		"SELECT |":                                                            "operand",
		"FROM main.| WHERE x":                                                 "operand",
		"DROP TABLE |":                                                        "table",
		"SELECT 'FROM x' WHERE | -- FROM y":                                   "operand",
		"SELECT x IN (|) FROM a":                                              "operand a=a",
	} {
		before, after, _ := strings.Cut(text, "|")
		p := At(before+" "+after, len(before))
		got := [...]string{"operand", "table", "word"}[p.Expects]
		if p.Shared {
			got += " shared"
		}
		for _, r := range p.Relations {
			got += " " + r.Name
			if r.Columns != nil {
				got += fmt.Sprintf("(%s)", strings.Join(r.Columns, ","))
			}
			got += "=" + r.Source
		}
		for i, c := range p.With {
			if i == 0 {
				got += " with"
			}
			got += " " + c.Name
		}
		if p.Names != nil {
			got += " names " + strings.Join(p.Names, " ")
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// Whatever is written, reading it ends, and what is read is there.
func FuzzAt(f *testing.F) {
	f.Add("WITH x AS (FROM (a JOIN b), LATERAL (SELECT 1) s(q)) SELECT c. FROM x, y: z", 40)
	f.Add("(((FROM [ { 'a' AS ( ) JOIN ] ON", 9)
	f.Fuzz(func(t *testing.T, text string, at int) {
		at = min(max(at, 0), len(text))
		for _, r := range At(text, at).Relations {
			if !strings.Contains(text, r.Source) || slices.Contains(r.Columns, "") {
				t.Fatalf("%q", r)
			}
		}
	})
}
