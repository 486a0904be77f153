package engine

import (
	"strings"
	"testing"

	"utvandring/engine/demo"
)

// An empty panel or catalogue is an error, never an answer without rows (see
// sql/estimate/model_input.sql).
func TestSurOfNothing(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	run(t, db, "CREATE TABLE none AS FROM data LIMIT 0")
	run(t, db, "CREATE TABLE blank AS SELECT 1922 AS year, NULL::DOUBLE AS consump, NULL::DOUBLE AS income")
	for _, of := range []struct{ call, want string }{
		{"sur('4.1', none)", "the panel is empty"},
		{"sur_equations('4.1', none)", "the panel is empty"},
		{"simulate('4.1', none, published_coefficient)", "the panel is empty"},
		{"sur_of(['consump = $a + $b*income'], none)", "the panel is empty"},
		{"sur_of(['consump = $a + $b*income'], blank)", `column "consump" is NULL in every year`},
	} {
		refuses(t, db, "FROM "+of.call, of.want)
	}
	run(t, db, "DELETE FROM equation")
	refuses(t, db, "FROM sur('4.1', data)", "model 4.1 has no equations")
	run(t, db, "DELETE FROM model")
	refuses(t, db, "FROM sur('4.1', data)", "no model")
	// Fewer models than equations, and the other way round.
	run(t, db, "INSERT INTO model (model) VALUES ('own')")
	run(t, db, "INSERT INTO equation (model, equation, formula) VALUES ('own', '1', 'consump = $a + $b*income'), ('own', '2', 'price = $c + $d*income')")
	if got := rows(t, db, "SELECT parameter FROM sur('own', data)"); len(got) != 4 {
		t.Error(got)
	}
	run(t, db, "INSERT INTO model (model) VALUES ('b'), ('c'), ('d')")
	if got := rows(t, db, "SELECT parameter FROM sur('own', data)"); len(got) != 4 {
		t.Error(got)
	}
}

// A panel may depend on the row beside it: an estimation per row, with all that is
// reported of one.
func TestSurLateral(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	const want = "SELECT 1924 AS since, parameter, estimate FROM sur_of(['consump = $a + $b*income'], data, first_year := 1924) UNION ALL SELECT 1926, parameter, estimate FROM sur_of(['consump = $a + $b*income'], data, first_year := 1926) ORDER BY ALL"
	const lateral = "SELECT since, parameter, estimate FROM (SELECT unnest([1924, 1926]) AS since), LATERAL (WITH p AS (FROM data WHERE year >= since) FROM sur_of(['consump = $a + $b*income'], p)) ORDER BY ALL"
	same(t, lateral, rows(t, db, lateral), rows(t, db, want))
	run(t, db, "INSERT INTO model (model) VALUES ('own')")
	run(t, db, "INSERT INTO equation (model, equation, formula) VALUES ('own', '1', 'consump = $a + $b*income')")
	same(t, "model", rows(t, db, strings.ReplaceAll(lateral, "sur_of(['consump = $a + $b*income']", "sur('own'")), rows(t, db, want))
}

// Per group as for one: the scalars give what the table functions give.
func TestSurFitReports(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	run(t, db, "CREATE TABLE groups AS SELECT g, d.* FROM data d, range(3) r(g)")
	const formulas = "['consump = $a + $b*price + $c*income', 'price = $d + $e*income + $f*farmPrice']"
	for _, of := range []struct{ fit, table string }{
		{"sur_equations_fit(" + formulas + ", list(p), lags := 2)", "sur_equations_of(" + formulas + ", data, lags := 2)"},
		{"sur_system_fit(" + formulas + ", list(p), std_errors := 'hac')", "sur_system_of(" + formulas + ", data, std_errors := 'hac')"},
		{"sur_test_fit(" + formulas + ", list(p), 'b = 0, c = 0.3')", "sur_test_of(" + formulas + ", data, 'b = 0, c = 0.3')"},
	} {
		got := rows(t, db, "SELECT * EXCLUDE (g) FROM (SELECT g, unnest("+of.fit+", recursive := true) FROM groups p GROUP BY g) WHERE g = 1")
		same(t, of.fit, got, rows(t, db, "FROM "+of.table))
	}
	got := rows(t, db, "SELECT equation, n, error FROM (SELECT unnest(try_sur_equations_fit(['consump = $a + $b*g'], list(p)), recursive := true) FROM groups p WHERE g = 1)")
	if len(got) != 1 || got[0][1] != "NULL" || !strings.Contains(got[0][2], "collinear") {
		t.Error(got)
	}
	// What the standard errors are is stated: floor(4 (20/100)^(2/9)) = 2.
	got = rows(t, db, "SELECT std_errors, bandwidth, distribution FROM sur_system_of(['consump = $a + $b*income'], data, std_errors := 'hac', distribution := 't') UNION ALL SELECT std_errors, bandwidth, distribution FROM sur_system_of(['consump = $a + $b*income'], data)")
	same(t, "stated", got, [][]string{{"hac", "2", "t"}, {"classical", "NULL", "normal"}})
	got = rows(t, db, "SELECT bounded FROM sur_system_of(['consump = $a + $b*income'], data) UNION ALL SELECT bounded FROM sur_system_of(['consump = $a + $b*income'], data, method := 'ols')")
	same(t, "bounded", got, [][]string{{"proven"}, {"NULL"}})
}

// A user's models, a copy of the report's or one whose formula cannot be taken apart,
// leave the report's tables alone; a model without a panel says so.
func TestOwnModelsBesideTheReports(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	const table = "FROM table_4_12"
	want := rows(t, db, table)
	run(t, db, "INSERT INTO model SELECT * REPLACE ('4.1c' AS model) FROM model WHERE model = '4.1'")
	run(t, db, "INSERT INTO equation SELECT * REPLACE ('4.1c' AS model, replace(formula, 'ln(lag(relinnt1))', 'ln(lag(relinnt1, 2))') AS formula) FROM equation WHERE model = '4.1'")
	run(t, db, "INSERT INTO model (model, country_group) VALUES ('far', 4)")
	run(t, db, "INSERT INTO equation (model, equation, formula) VALUES ('far', '1', 'y = exp($a)*x')")
	same(t, table, rows(t, db, table), want)
	if got := rows(t, db, "SELECT count(*), count(error) FROM equation_term WHERE model = 'far' AND error LIKE '%not linear in parameter $a, at character%'"); got[0][0] != "1" || got[0][1] != "1" {
		t.Error(got)
	}
	if got := rows(t, db, "SELECT count(DISTINCT model), count(DISTINCT model) FILTER (error IS NOT NULL) FROM sur_report"); got[0][0] != "11" || got[0][1] != "11" {
		t.Error(got, "want the report's nine, the copy and far, none with a panel here")
	}
	if got := rows(t, db, "SELECT DISTINCT error FROM sur_report WHERE model = '4.1'"); len(got) != 1 || !strings.Contains(got[0][0], "the panel is empty") {
		t.Error(got)
	}
}

// BenchmarkSur is FROM sur(...) as at the prompt, everything included: on a panel
// of the report, on one that a query changes, and for thousands of groups.
func BenchmarkSur(b *testing.B) {
	db := open(b, Memory, Options{})
	fillDemo(b, db, demo.DefaultScale, demo.DefaultSeed)
	run(b, db, "CREATE TABLE many AS SELECT i // 20 AS g, i % 20 AS year, random() AS y, random() AS x, random() AS z FROM range(100000) t(i)")
	for _, of := range []struct{ name, query string }{
		{"panel", "FROM sur('4.1', panel_1)"},
		{"changed", "WITH changed AS (SELECT * REPLACE (led1 + 1 AS led1) FROM panel_1) FROM sur('4.1', changed)"},
		{"of", "FROM sur_of(['emi_m2 = $a + $b*lag(emi_m2)'], panel_1)"},
		{"equations", "FROM sur_equations('4.1', panel_1)"},
		{"report", "FROM sur_report"},
		{"groups5000", "SELECT g, unnest(sur_fit(['y = $a + $b*x', 'z = $c + $b*x'], list({year: year, y: y, x: x, z: z})), recursive := true) FROM many GROUP BY g"},
	} {
		b.Run(of.name, func(b *testing.B) {
			for b.Loop() {
				rows(b, db, of.query)
			}
		})
	}
}

// Weights are written into the formula: multiplied out, or as rows that stand there as
// often as their weight says, the estimates are the same.
func TestSurWeightsInTheFormula(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	run(t, db, "CREATE TABLE weighted AS SELECT *, 1.0 + year % 3 AS w FROM data")
	run(t, db, "CREATE TABLE repeated AS SELECT row_number() OVER (ORDER BY year) AS year, consump, price FROM weighted, LATERAL (SELECT unnest(range(w::INT)))")
	got := rows(t, db, "SELECT estimate FROM sur_of(['sqrt(w)*consump = $a*sqrt(w) + $b*sqrt(w)*price'], weighted)")
	for i, want := range rows(t, db, "SELECT estimate FROM sur_of(['consump = $a + $b*price'], repeated)") {
		closeTo(t, "weights", got[i][0], want[0], 1e-12)
	}
}
