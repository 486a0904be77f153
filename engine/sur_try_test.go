package engine

import (
	"strings"
	"testing"
)

// A group without an answer leaves the others theirs, in every try_ form; what fails
// the statement points to it.
func TestTrySurFits(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	// Of group 1, x is a constant as $a is.
	run(t, db, "CREATE TABLE groups AS SELECT g, year, consump AS y, CASE WHEN g = 1 THEN 1 ELSE income END AS x FROM data, range(3) r(g)")
	const formulas = "(['y = $a + $b*x'], list(p)"
	try := func(call string) string {
		return "SELECT * FROM (SELECT g, unnest(" + call + ", recursive := true) FROM groups p GROUP BY g) ORDER BY ALL"
	}
	for _, of := range []struct{ fit, rest string }{
		{"sur_fit", ")"}, {"sur_equations_fit", ")"}, {"sur_system_fit", ")"}, {"sur_test_fit", ", 'b = 0', std_errors := 'small_sample')"},
	} {
		got := rows(t, db, strings.Replace(try("try_"+of.fit+formulas+of.rest), "*", "* EXCLUDE (error)", 1))
		whole := rows(t, db, strings.Replace(try(of.fit+formulas+of.rest), "groups p", "groups p WHERE g <> 1", 1))
		var others [][]string
		for _, row := range got {
			if row[0] != "1" {
				others = append(others, row)
			}
		}
		same(t, of.fit, others, whole)
		errors := rows(t, db, "SELECT DISTINCT g, error FROM ("+try("try_"+of.fit+formulas+of.rest)+") WHERE error IS NOT NULL")
		if len(errors) != 1 || errors[0][0] != "1" || !strings.Contains(errors[0][1], "collinear") || strings.Contains(errors[0][1], "try_") {
			t.Error(of.fit, errors)
		}
		refuses(t, db, try(of.fit+formulas+of.rest), "with more groups, try_"+of.fit+" gives the others theirs")
	}
	// What only one group makes impossible is said there: a hypothesis, lags.
	run(t, db, "CREATE TABLE short AS FROM groups WHERE g = 0 OR g = 2 AND year < 1932")
	got := rows(t, db, "SELECT g, breusch_godfrey IS NULL, error FROM (SELECT g, unnest(try_sur_equations_fit(['y = $a + $b*x'], list(p), lags := 12), recursive := true) FROM short p GROUP BY g) ORDER BY g")
	same(t, "lags", got, [][]string{{"0", "false", "NULL"},
		{"2", "true", "lags must be at most 7, as the Breusch–Godfrey test needs more years (10, 1922–1931) than coefficients (2) and lags together, and is 12"}})
	got = rows(t, db, "SELECT test, error FROM (SELECT unnest(try_sur_test_fit(['y = $a + $b*x'], list(p), 'b = 0', restrictions := 'b = 0.5'), recursive := true) FROM short p WHERE g = 0)")
	same(t, "hypothesis", got, [][]string{{"Wald", `hypothesis "b = 0" contradicts the argument restrictions, so it cannot be tested (test it without restrictions)`}})
	got = rows(t, db, "SELECT equations, converged, error FROM (SELECT unnest(try_sur_system_fit(['y = $a + $b*x', 'x = $c + $b*lag(y)'], list(p), max_iterations := 1), recursive := true) FROM groups p WHERE g = 0)")
	same(t, "not converged", got, [][]string{{"2", "false", "NULL"}})
}

// The error says what is the matter here, and no more of a formula than tells it.
func TestSurErrorsSayWhatIsTheMatter(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	for query, want := range map[string]string{
		"SELECT sur_fit(['y = $a'], [])":                                                        "sur: the panel of a group is empty: its list of rows has none (with more groups, try_sur_fit gives the others theirs, and this in a column)",
		"SELECT try_sur_fit(['y = $a'], [])":                                                    "",
		"FROM sur_of(['consump = a + b*price'], data)":                                          "is only simulated); a, b are no columns of the panel: are they meant as parameters, $a, $b?",
		"FROM sur_of(['consump = m*price'], data)":                                              "is only simulated); m is no column of the panel: is it meant as a parameter, $m?",
		"FROM sur_of(['consump = income + price'], data)":                                       "an identity such as consump = income + price is only simulated)",
		"FROM sur_of(['consump = $b*1e300*1e300'], data)":                                       "equation 1: the numbers that parameter $b is multiplied by are together too large to work with (or have no value)",
		"FROM sur_of(['consump = $b*exp(price*10)'], data)":                                     "equation 1: exp of 1003.23 is too large to work with in exp(price*10) in 1922",
		"FROM sur_of(['consump = $b*price^200'], data)":                                         "equation 1: 100.323 to the power of 200 is too large to work with in price^200 in 1922",
		"FROM sur_of(['consump = $b*price*1e300*1e300'], data)":                                 "too large to work with in 1922",
		"FROM sur_of([repeat('(', 100000) || 'x'], data)":                                       "sur: '" + strings.Repeat("(", 80) + "…' is no formula (write ['y = $a + $b*x']); a model of the table model is estimated by sur('4.1', panel), without _of",
		"FROM sur_of([repeat('price + ', 5000) || 'price = income'], data)":                     "an identity such as " + strings.Repeat("price + ", 10) + "… is only simulated)",
		"FROM sur('4.1' || repeat('=', 100000), data)":                                          `"4.1` + strings.Repeat("=", 77) + `…" is a formula`,
		"FROM sur_equations_of(['consump = $a + $b*price'], data, lags := 200)":                 "sur_equations: lags must be at most 17, as the Breusch–Godfrey test needs more years (20, 1922–1941) than coefficients (2) and lags together, and is 200",
		"FROM sur_bootstrap_of(['consump = $a + $b*price'], data, method := 'ISUR')":            `method "ISUR" is unknown: choose among 'residual', 'wild' and 'parametric' (how to estimate is estimator := 'isur')`,
		"FROM sur_test_of(['consump = $a + $b*price'], data, 'b = 0', restrictions := 'b = 0')": `hypothesis "b = 0" follows from the argument restrictions`,
		"FROM sur_test_of(['consump = $a + $b*price'], data, repeat('b + ', 10000) || ' > 1')":  `restriction "` + strings.Repeat("b + ", 20) + `…": expected`,
	} {
		_, err := tryRows(db, query)
		if want == "" && err != nil || want != "" && (err == nil || !strings.HasSuffix(err.Error(), want) && !strings.Contains(err.Error(), want)) {
			t.Errorf("%.100s: %.600v\nwant %s", query, err, want)
		}
		if err != nil && len(err.Error()) > 600 {
			t.Errorf("%.100s: an error of %d characters", query, len(err.Error()))
		}
	}
	// One lag is what nobody asked for: NULL where the years do not suffice.
	got := rows(t, db, "SELECT breusch_godfrey FROM sur_equations_of(['consump = $a + $b*price'], data, last_year := 1924)")
	same(t, "one lag", got, [][]string{{"NULL"}})
}
