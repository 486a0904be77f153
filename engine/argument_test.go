package engine

import (
	"context"
	"strings"
	"testing"
)

func TestFaultOfArguments(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	t.Cleanup(func() { run(t, db, "DROP MACRO TABLE own; DROP MACRO half; DROP MACRO two") })
	run(t, db, "CREATE MACRO own(a, b := ',') AS TABLE SELECT a, b; CREATE MACRO half(x) AS x / 2; CREATE MACRO two(x) AS x, (x, y) AS y")
	for statement, want := range map[string]string{
		"FROM sur('4.1', panel_1, std_errors = 'hac')": `there is no column "std_errors" here (an argument is given by :=, as in std_errors := …)`,
		"FROM sur('4.1', panel_1, std_error := 'hac')": "sur has no argument std_error (did you mean std_errors?)\n" +
			"LINE 1: FROM sur('4.1', panel_1, std_error := 'hac')\n                                 ^",
		"-- sur(a := 1)\nFROM /* é */ SUR('4.1, first := 1', panel_1, -- last := 2\n  \"std_error\" := 1, frist_year => 1990)": "sur has no argument std_error (did you mean std_errors?)",
		"SELECT '日本👨\u200d👩\u200d👧e\u0301', half(2, y := 3)":                                                                   "half has no argument y (it has x)\nLINE 1: SELECT '日本👨\u200d👩\u200d👧e\u0301', half(2, y := 3)\n" + strings.Repeat(" ", len("LINE 1: SELECT '1234562', half(2, ")) + "^",
		"SELECT half(2, y := 3)":               "half has no argument y (it has x)\nLINE 1: SELECT half(2, y := 3)\n                       ^",
		"SELECT half([(1), 2], {a: 1})":        "half takes no more than one argument (x)",
		"SELECT half(half(zz := 2)) + half(1)": "half has no argument zz (it has x)",
		"FROM own(b := ')')":                   "own is not given its argument a; .help own lists them\nLINE 1: FROM own(b := ')')\n             ^",
		"WITH a AS (SELECT 1)\nSELECT * FROM sur('4.1', (FROM panel_1 WHERE year < 2000))": "sur takes a table by its name, not a query: WITH p AS (…) FROM sur(… p …)\n" +
			"LINE 2: SELECT * FROM sur('4.1', (FROM panel_1 WHERE year < 2000))\n                      ^",
		"FROM sur('4.1', read_csv('a.csv'))": "sur takes a table by its name, not a function: WITH p AS (FROM read_csv(…)) FROM sur(… p …)\n" +
			"LINE 1: FROM sur('4.1', read_csv('a.csv'))\n             ^",
		"FROM sur('4.1', panel_1, weights := 'w')":               "sur has no argument weights: weights are written into the formula, sqrt(w)*y",
		"FROM sur('4.1', '')":                                    "sur takes a table by its name, which is empty",
		"FROM sur('4.1', [[]])":                                  "a table, view or CTE is wanted here by name, not a list",
		"FROM sur('4.1', [NULL])":                                "a table, view or CTE is wanted here by name, not NULL",
		"FROM composition(cell, 'county', NULL, [[2004, 2008]])": "the name of a column is wanted, not NULL",
		"FROM composition(cell, county, 'sex', [[2004, 2008]])":  "\"county\" is wanted as a text here: 'county'",
		"FROM sur('4.1', NULL)":                                  "sur takes a table by its name, not NULL",
		"FROM sur()":                                             "sur is not given its argument model; .help sur lists them",
		"FROM sur(panel := panel_1)":                             "sur is not given its argument model",
		"SELECT two(1, 2, 3)":                                    "two does not take these arguments; .help two lists its own",
	} {
		for _, limit := range []int{0, 10} {
			if _, err := db.Run(context.Background(), statement, limit); err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%s (limit %d):\n%v\nwant\n%s", statement, limit, err, want)
			}
		}
	}
}
