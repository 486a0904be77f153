package engine

import (
	"testing"
)

// Effects of a fit through SQL: the numbers are those of sur, in the order asked for, and
// what cannot be is said.
func TestSurEffect(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	run(t, db, "CREATE TABLE p AS SELECT 1990 + i AS year, sin(i) + i/10 AS y, cos(i*i) AS x FROM range(24) r(i)")
	run(t, db, "INSERT INTO model (model) VALUES ('own')")
	run(t, db, "INSERT INTO equation (model, equation, formula) VALUES ('own', '1', 'y = $a + $b*lag(y) + $g*x')")
	f := "['y = $a + $b*lag(y) + $g*x']"
	got := rows(t, db, "SELECT effect, estimate, std_error, fieller IS NULL, drawn FROM sur_effect_of("+f+", p, ['b', '$g/(1 - $b)', 'a'])")
	if len(got) != 3 || got[0][0] != "b" || got[1][0] != "g/(1 - b)" || got[0][3] != "true" || got[1][3] != "false" || got[1][4] != "NULL" {
		t.Error(got)
	}
	want := rows(t, db, "SELECT estimate, std_error FROM sur_of("+f+", p) WHERE parameter = 'b'")
	closeTo(t, "estimate", got[0][1], want[0][0], 1e-14)
	closeTo(t, "std_error", got[0][2], want[0][1], 1e-12)
	same(t, "by a model", rows(t, db, "FROM sur_effect('own', p, '$g/(1 - $b)')"), rows(t, db, "FROM sur_effect_of("+f+", p, '$g/(1 - $b)')"))
	long := rows(t, db, "SELECT long_run, std_error, verdict FROM sur_long_run('own', p) WHERE shock = 'x'")
	closeTo(t, "long run", long[0][0], got[1][1], 1e-12)
	closeTo(t, "its error", long[0][1], got[1][2], 1e-12)
	draws := rows(t, db, "SELECT draw_lower < draw_median AND draw_median < draw_upper, drawn FROM sur_effect_of("+f+", p, 'g/(1-b)', replications := 50, draws := 'normal', restrictions := 'b = 0.5')")
	same(t, "draws", draws, [][]string{{"true", "50"}})
	test := rows(t, db, "SELECT test, hypothesis FROM sur_test_of("+f+", p, 'g/(1-b) = 2, a = 0')")
	same(t, "hypotheses", test, [][]string{{"Wald", "g/(1-b) = 2, a = 0"}, {"likelihood ratio", "g/(1-b) = 2, a = 0"}})

	for call, want := range map[string]string{
		"sur_effect_of(" + f + ", p, NULL)":                                       "effects is NULL",
		"sur_effect_of(" + f + ", p, [])":                                         "effects is an empty list",
		"sur_effect_of(" + f + ", p, [NULL])":                                     "effects",
		"sur_effect_of(" + f + ", p, 1)":                                          "effects is",
		"sur_effect_of(" + f + ", p, 'g/(1-c)')":                                  "parameter c is used nowhere in the model (its parameters are a, b and g)",
		"sur_effect_of(" + f + ", p, 'g/(1-b')":                                   "expected",
		"sur_effect_of(" + f + ", p, 'g', level := 2)":                            "level must lie between",
		"sur_effect_of(" + f + ", p, 'g', replications := -1)":                    "replications must be 0",
		"sur_effect_of(" + f + ", p, 'g', replications := 9, draws := 'x')":       `draws "x" is unknown`,
		"sur_effect_of(" + f + ", p, 'g', replications := 9, draws := 'sur')":     `draws "sur" is unknown`,
		"sur_effect('owm', p, 'g')":                                               `no model "owm"`,
		"sur_effect_of(" + f + ", p, 'g', first_year := 2000, last_year := 2000)": "too few observations",
		"sur_long_run_of(['ln(exp(y)) = $a + $b*lag(y)'], p)":                     "not linear",
		"sur_test_of(" + f + ", p, 'g/(1-c) = 0')":                                "parameter c is used nowhere",
		"sur_test_of(" + f + ", p, 'g/(b-b) = 0')":                                "division by zero",
		"sur_of(" + f + ", p, restrictions := 'g/(1-b) = 1')":                     "not linear in parameter",
	} {
		refuses(t, db, "FROM "+call, want)
	}
	run(t, db, "CREATE VIEW nothing AS FROM p WHERE false")
	refuses(t, db, "FROM sur_effect('own', nothing, 'g')", "the panel is empty")
	// A gap shortens the sample, and says so, as in sur.
	run(t, db, "CREATE VIEW gap AS FROM p WHERE year <> 2000")
	gap := rows(t, db, "SELECT estimate FROM sur_effect_of("+f+", gap, 'b')")
	closeTo(t, "over a gap", gap[0][0], rows(t, db, "SELECT estimate FROM sur_of("+f+", gap) WHERE parameter = 'b'")[0][0], 1e-14)
}
