package engine

import (
	"context"
	"testing"

	"utvandring/udf/long"
)

func TestFault(t *testing.T) {
	t.Parallel()
	db := empty(t)
	for statement, want := range map[string]string{
		"FROM municipalit":   "there is no table or view \"municipalit\" (did you mean \"municipality\"?)\nLINE 1: FROM municipalit\n             ^",
		"SELECT 1,\n sqr(2)": "there is no function \"sqr\" (did you mean \"sqrt\"?)\nLINE 2:  sqr(2)\n         ^",
		"SELECT b FROM (SELECT 1 AS _models, 2 AS _rows)":           "there is no column \"b\" here\nLINE 1: SELECT b FROM (SELECT 1 AS _models, 2 AS _rows)\n               ^",
		"SELECT conty FROM (SELECT 1 AS county)":                    "there is no column \"conty\" here (nearest: \"county\")\nLINE 1: SELECT conty FROM (SELECT 1 AS county)\n               ^",
		"SELECT 'F'::sex":                                           "'F' is none of the values of its type; enum_range(NULL::sex) lists those of sex\nLINE 1: SELECT 'F'::sex\n                  ^",
		"FROM frequency_by_sex_county":                              "there is no table or view \"frequency_by_sex_county\" (did you mean \"frequency_by_county_sex\"?)\nLINE 1: FROM frequency_by_sex_county\n             ^",
		"FROM frequency_of(cell, 'conty')":                          "the table given has no column \"conty\"; DESCRIBE it to see which it has\nLINE 1: FROM frequency_of(cell, 'conty')\n             ^",
		"FROM panel_of(3, 1)":                                       "a table, view or CTE is wanted here by name, not a value of type INTEGER\nLINE 1: FROM panel_of(3, 1)\n             ^",
		"FROM panel_of('../udf/sheet/testdata/arbeidsbok.xlsx', 1)": "nothing here reads \"../udf/sheet/testdata/arbeidsbok.xlsx\" by its name; what does, read_px or another, makes a table of it that every macro takes: WITH t AS (FROM read_px(…)) …\nLINE 1: FROM panel_of('../udf/sheet/testdata/arbeidsbok.xlsx', 1)\n             ^",
		"SELECT (SELECT count(*) FROM panel_of(cell, 1)) FROM cell": "\"cell\" stands for a row of the query outside, not for a table; give it another alias there (FROM cell AS outside)\nLINE 1: SELECT (SELECT count(*) FROM panel_of(cell, 1)) FROM cell\n                                     ^",
		// DuckDB counts characters up to a syntax error, and then so many bytes.
		"SELECT 'ææææææ' AS a FROM cell WHERE SELECT":     "syntax error at or near \"SELECT\"\nLINE 1: SELECT 'ææææææ' AS a FROM cell WHERE SELECT\n                                             ^",
		"SELECT 'øø\nø' AS å\n , 'ååå\nå' x y":            "syntax error at or near \"y\"\nLINE 4: å' x y\n             ^",
		"SELECT 1 FROM cell WHERE county = \"Oslo\"":      "there is no column \"Oslo\" here; a text stands in single quotes: 'Oslo'\nLINE 1: SELECT 1 FROM cell WHERE county = \"Oslo\"\n                                          ^",
		"SELECT 1 FROM cell WHERE sex IN ('male', \"f\")": "there is no column \"f\" here; a text stands in single quotes: 'f'\nLINE 1: SELECT 1 FROM cell WHERE sex IN ('male', \"f\")\n                                                 ^",
		"SELECT 'å', $x":                       "the statement has a parameter $x, which nothing fills: SET VARIABLE x = … and getvariable('x') do that here\nLINE 1: SELECT 'å', $x\n                    ^",
		"SELEC 1":                              "syntax error at or near \"SELEC\"\nLINE 1: SELEC 1\n        ^",
		"SELECT DATE '2000-01-01' + 1::BIGINT": "no function matches the given name and argument types '+(DATE, BIGINT)'. You might need to add explicit type casts\nLINE 1: SELECT DATE '2000-01-01' + 1::BIGINT\n                                 ^",
		"SELECT substring(DATE '2000-01-01')":  "no function matches the given name and argument types 'substring(DATE)'. You might need to add explicit type casts.\n\tCandidate functions:\n\tsubstring(VARCHAR, BIGINT, BIGINT) -> VARCHAR\n\tsubstring(VARCHAR, BIGINT) -> VARCHAR\nLINE 1: SELECT substring(DATE '2000-01-01')\n               ^",
		"SELECT 1 +":                           "syntax error at end of input",
		"SELECT\n error('sur: no such panel')": "sur: no such panel",
	} {
		// With a limit the query is run within another; the error must be the same.
		for _, limit := range []int{10, 0}[:long.Runs(2, 1)] {
			_, err := db.Run(context.Background(), statement, limit)
			if err == nil || err.Error() != want {
				t.Errorf("%s (limit %d):\n%v\nwant\n%s", statement, limit, err, want)
			}
		}
	}
}

func TestFaultKeepsTransaction(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	ctx := context.Background()
	t.Cleanup(func() { run(t, db, "ROLLBACK") })
	run(t, db, "BEGIN")
	_, err := db.Run(ctx, "SELECT error('mine')", 10)
	if err == nil || err.Error() != "mine" {
		t.Errorf("%v, want the query's own error", err)
	}
}
