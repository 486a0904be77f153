package udf

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	public "utvandring/sql"
	"utvandring/udf/duck"
	"utvandring/udf/long"
	"utvandring/udf/refusal"
)

// simulation is a connection to a database that tests share, with the functions and the macros
// of sql/simulate/simulate.sql, the catalogue and Klein's model in it. What a test makes there
// is temporary.
func simulation(t testing.TB) *duck.Conn {
	t.Helper()
	db, err := sharedSimulation()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

// ownSimulation is one to a database of the test's own.
func ownSimulation(t testing.TB) *duck.Conn {
	t.Helper()
	conn := connect(t)
	if err := makeSimulation(conn); err != nil {
		t.Fatal(err)
	}
	return conn
}

var sharedSimulation = sync.OnceValues(func() (*duck.Database, error) {
	db, conn, err := opened()
	if err == nil {
		err = makeSimulation(conn)
	}
	return db, err
})

func makeSimulation(conn *duck.Conn) error {
	needed := []string{"register/study", "estimate/model", "report/published", "estimate/model_input", "simulate/simulate", "simulate/simulate_scenarios",
		"simulate/multiplier", "simulate/goal_seek", "simulate/simulate_stochastic"}
	files, err := public.Read()
	if err != nil {
		return err
	}
	for _, file := range files {
		if slices.Contains(needed, strings.TrimSuffix(file.Name, ".sql")) {
			if err := conn.Exec(context.Background(), file.Text); err != nil {
				return err
			}
		}
	}
	return conn.Exec(context.Background(), `
INSERT INTO model SELECT * FROM read_csv('../sql/data/model.csv', all_varchar := true);
INSERT INTO equation SELECT * FROM read_csv('../sql/data/equation.csv', all_varchar := true);
INSERT INTO published_coefficient SELECT * FROM read_csv('../sql/data/published_coefficient.csv', types := {'model': 'VARCHAR'});
CREATE TABLE klein AS FROM 'simulate/testdata/klein.csv';
INSERT INTO model (model) VALUES ('klein'), ('empty');
INSERT INTO equation (model, equation, formula) VALUES
 ('klein', '1', 'cn = $a1 + $a2*p + $a3*lag(p) + $a4*(w1 + w2)'),
 ('klein', '2', 'i = $b1 + $b2*p + $b3*lag(p) + $b4*lag(k)'),
 ('klein', '3', 'w1 = $c1 + $c2*(y + t - w2) + $c3*lag(y + t - w2) + $c4*time'),
 ('klein', '4', 'y = cn + i + g - t'), ('klein', '5', 'p = y - (w1 + w2)'), ('klein', '6', 'k = lag(k) + i');
-- Two-stage least squares, Greene, Econometric Analysis (5th ed.), table 15.3, three digits.
CREATE TABLE klein_2sls AS SELECT * FROM (VALUES
 ('a1', 16.6), ('a2', 0.017), ('a3', 0.216), ('a4', 0.810), ('b1', 20.3), ('b2', 0.150), ('b3', 0.616), ('b4', -0.158),
 ('c1', 1.50), ('c2', 0.439), ('c3', 0.147), ('c4', 0.130)) v(parameter, estimate);`)
}

func execute(t testing.TB, conn *duck.Conn, statement string) {
	t.Helper()
	if err := conn.Exec(context.Background(), statement); err != nil {
		t.Fatal(err)
	}
}

func number(t testing.TB, conn *duck.Conn, query string) float64 {
	t.Helper()
	var x *float64
	if err := conn.Row(context.Background(), query).Scan(&x); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	if x == nil {
		t.Fatalf("%s: NULL", query)
	}
	return *x
}

// The identities hold in every simulated year, and the residuals of the
// behavioural equations are nil, whatever the solver did.
func TestSimulateKlein(t *testing.T) {
	conn := simulation(t)
	if n := number(t, conn, "SELECT count(*) FROM simulate('klein', klein, klein_2sls)"); n != 6*21 {
		t.Errorf("%g rows, want 126", n)
	}
	worst := number(t, conn, `
WITH s AS (PIVOT (SELECT year, variable, simulated FROM simulate('klein', klein, klein_2sls)) ON variable IN ('cn', 'i', 'w1', 'y', 'p', 'k') USING any_value(simulated)),
     x AS (SELECT s.*, e.g, e.t, e.w2, e.time, b.w2 AS w2_1, b.t AS t_1,
             coalesce(l.p, b.p) AS p_1, coalesce(l.k, b.k) AS k_1, coalesce(l.y, b.y) AS y_1
           FROM s JOIN klein e USING (year) JOIN klein b ON b.year = s.year - 1 LEFT JOIN s l ON l.year = s.year - 1)
SELECT max(greatest(
  abs(cn - (16.6 + 0.017*p + 0.216*p_1 + 0.810*(w1 + w2))), abs(i - (20.3 + 0.150*p + 0.616*p_1 - 0.158*k_1)),
  abs(w1 - (1.50 + 0.439*(y + t - w2) + 0.147*(y_1 + t_1 - w2_1) + 0.130*time)),
  abs(y - (cn + i + g - t)), abs(p - (y - w1 - w2)), abs(k - (k_1 + i)))) FROM x`)
	if !(worst < 1e-11) {
		t.Errorf("an equation misses by %g", worst)
	}
}

func TestSimulateErrors(t *testing.T) {
	conn := simulation(t)
	for _, c := range []struct{ call, want string }{
		{"'klei', klein, klein_2sls", `simulate: no model "klei" in the table model (did you mean "klein"?)`},
		{"'empty', klein, klein_2sls", `simulate: model empty has no equations (insert them into table equation)`},
		{"['klein', 'klein'], klein, klein_2sls", `simulate: model klein is listed twice`},
		{"'klein', klein, klein_2sls, mode := 'statc'", `simulate: mode is "statc", not 'dynamic' or 'static'`},
		{"'klein', klein, klein_2sls, residuals := 'yes'", `simulate: residuals is "yes", not 'none', 'actual', 'mean', 'last' or 'decay'`},
		{"'klein', klein, klein_2sls, residuals := 'decay'", `simulate: residuals is 'decay', and residual_decay, by which they are multiplied every year, is not given`},
		{"'klein', klein, klein_2sls, residuals := 'last', residual_decay := 0.5", `simulate: residual_decay is for residuals := 'decay', not 'last'`},
		{"'klein', klein, klein_2sls, residual_years := [1930, 1935]", `simulate: residual_years is for residuals := 'mean' or 'decay', not 'none'`},
		{"'klein', klein, klein_2sls, residuals := 'mean', residual_years := [1930]", `simulate: residual_years is not the first and the last year, [2004, 2013]`},
		{"'klein', klein, klein_2sls, residuals := 'mean', residual_years := [1935, 1930]", `simulate: residual_years is not the first and the last year`},
		{"'klein', klein, klein_2sls, residuals := 'mean', residual_years := [1930, NULL]", `simulate: residual_years: a year is NULL`},
		{"'klein', klein, klein_2sls, residuals := 'mean', residual_years := 1930", `simulate: residual_years`},
		{"'klein', klein, klein_2sls, first_year := 1920", `reaches back to 1919, before the panel begins in 1920: start in 1921 or later`},
		{"'klein', klein, klein_2sls, last_year := 1950", `simulate: year 1950 is not in the panel (1920 to 1941)`},
		{"'klein', less, klein_2sls", `simulate: equation 4: column "g" is not in the panel`},
		{"'klein', wordy, klein_2sls", `simulate: equation 4: column "g" of the panel is text, not a number: "4.6 mill." in 1920 (cast it`},
		{"'klein', klein, stray", `simulate: coefficients: parameter "zz" is used nowhere in the equations (leave it out)`},
		{"'klein', klein, misspelt", `simulate: coefficients: parameter "c44" is used nowhere in the equations (did you mean "c4"?)`},
		{"'klein', gap, klein_2sls", `the panel has no row for 1930, which the simulation of 1930 needs`},
		{"'klein', hole, klein_2sls", `simulate: equation 4: g is NULL in 1930, which the simulation of 1930 needs`},
		{"'klein', klein, fewer", `simulate: equation 3: parameter $c4 of model klein is not in the coefficients`},
		{"['klein', '4.1'], klein, klein_2sls", `without a column model they can be of one model only, and 2 are simulated (klein, 4.1)`},
		{"['4.1', '4.2'], klein, published_coefficient", `simulate: equations 4.1.1 and 4.2.1 both determine emi_k3`},
		{"'klein', klein, klein_2sls, add_factors := [{equation: '9', year: 1930, value: 1}]", `simulate: add-factor: no equation or endogenous variable "9"`},
		{"'klein', klein, klein_2sls, exogenous := 'cn:x'", `simulate: exogenous "cn:x": write 'variable'`},
		{"'klein', klein, klein_2sls, exogenous := 'g'", `simulate: exogenous: g is exogenous: no equation determines it`},
		{"'klein', klein, klein_2sls, exogenous := 'cn:1900-1910'", `simulate: exogenous cn: no year from 1900 to 1910 is simulated (1921 to 1941)`},
		{"'klein', yearless, klein_2sls", `simulate: the panel has no column year`},
		{"['i = g', 'i = k'], klein, klein_2sls", `simulate: equations 1 (i) and 2 (i) both determine i`},
		{"['klein', 'q = ln(y - 50)'], klein, klein_2sls, first_year := 1932", `equation 1 (q), 1932: q has no value: ln of -`},
	} {
		err := conn.Exec(context.Background(), `
WITH less AS (SELECT * EXCLUDE (g) FROM klein), yearless AS (SELECT * EXCLUDE (year) FROM klein), gap AS (FROM klein WHERE year <> 1930),
     hole AS (SELECT * REPLACE (CASE WHEN year <> 1930 THEN g END AS g) FROM klein),
     wordy AS (SELECT * REPLACE (g || ' mill.' AS g) FROM klein),
     fewer AS (FROM klein_2sls WHERE parameter <> 'c4'),
     stray AS (FROM klein_2sls UNION ALL SELECT 'zz', 1),
     misspelt AS (SELECT 'klein' AS model, * FROM klein_2sls UNION ALL SELECT 'klein', 'c44', 1)
FROM simulate(`+c.call+")")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("simulate(%s):\n got %v\nwant %s", c.call, err, c.want)
		}
	}
}

// Scenarios are what simulate gives for each, whatever they are called and in
// whatever order their years come; and they are held against the one asked for.
func TestSimulateScenarios(t *testing.T) {
	conn := simulation(t)
	execute(t, conn, `CREATE TEMP TABLE scenarios AS SELECT n AS scenario, k.* REPLACE (g + n AS g), 1 AS _row FROM klein k, range(3) r(n) ORDER BY -year, n`)
	for n := range 3 {
		worst := number(t, conn, fmt.Sprintf(`
WITH one AS (SELECT * EXCLUDE (scenario) FROM scenarios WHERE scenario = %[1]d)
SELECT max(abs(a.simulated - b.simulated) + abs(a.difference - (b.simulated - c.simulated)))
FROM simulate_scenarios('klein', scenarios, klein_2sls, reference := 1, residuals := 'actual') a
JOIN simulate('klein', one, klein_2sls, residuals := 'actual', observed := (SELECT list(s) FROM scenarios s WHERE scenario = 1)) b USING (year, variable)
JOIN (WITH base AS (FROM scenarios WHERE scenario = 1) FROM simulate('klein', base, klein_2sls, residuals := 'actual')) c USING (year, variable)
WHERE a.scenario = '%[1]d'`, n))
		closeTo(t, fmt.Sprint("scenario ", n), worst, 0, 1e-12)
	}
	if n := number(t, conn, "SELECT count(*) FROM simulate_scenarios('klein', scenarios, klein_2sls, reference := NULL) WHERE difference IS NULL"); n != 3*126 {
		t.Errorf("%g rows without a reference", n)
	}
	for call, want := range map[string]string{
		"scenarios, klein_2sls": `simulate: no scenario "reference" to hold the others against (there are 0, 1, 2; reference := NULL for none)`,
		"klein, klein_2sls":     "simulate: the panel has no column scenario",
	} {
		err := conn.Exec(context.Background(), "FROM simulate_scenarios('klein', "+call+")")
		refusal.Says(t, err, want, call)
	}
}

// Residuals carried from SQL: the reference case of udf/simulate, of a model with years
// and of formulas, in every function that simulates.
func TestCarriedResiduals(t *testing.T) {
	conn := ownSimulation(t)
	execute(t, conn, `
CREATE TABLE data AS FROM '../testdata/reference/residuals_carried/data.csv';
CREATE TABLE coefficients AS FROM '../testdata/reference/residuals_carried/coefficient.csv';
CREATE TABLE expected AS FROM read_csv('../testdata/reference/residuals_carried/expected.csv', types := {'b': 'VARCHAR'});
INSERT INTO model (model, first_year, last_year) VALUES ('own', 1991, 2012);
INSERT INTO equation (model, equation, formula) VALUES
  ('own', 'a', 'emi_1 = $a1 + $b1*lag(emi_1) + $c*an_1 + $e1*ln(lag(relinnt)) + $g*lag(led)'),
  ('own', 'b', 'emi_2 = $a2 + $b2*lag(emi_2) + $c*an_2 + $e2*ln(lag(relinnt)) + $g*lag(led)');
CREATE TABLE two AS SELECT unnest(['reference', 'other']) AS scenario, * FROM data;`)
	for i, c := range []struct{ item, options string }{
		{"path.last", "residuals := 'last'"},
		{"path.mean_sample", "residuals := 'mean'"},
		{"path.mean_last5", "residuals := 'mean', residual_years := [2008, 2012]"},
		{"path.decay_0.6", "residuals := 'decay', residual_decay := 0.6"},
		{"path.decay_0.6_from_mean_last5", "residuals := 'decay', residual_decay := 0.6, residual_years := [2008, 2012]"},
	} {
		for j, call := range []string{
			"simulate('own', data", "simulate((SELECT list(formula ORDER BY equation) FROM equation WHERE model = 'own'), data",
			"simulate_scenarios('own', two", "simulate_stochastic('own', data", "simulate_stochastic_scenarios('own', two",
		} {
			if (i+j)%long.Runs(1, 5) > 0 {
				continue // quick tests give each option to one
			}
			query := fmt.Sprintf(`FROM %s, coefficients, first_year := 2013, %s) s JOIN expected e ON e.item = '%s' AND e.a = s.variable AND e.b = s.year::VARCHAR`, call, c.options, c.item)
			if n := number(t, conn, "SELECT count(DISTINCT (year, variable)) "+query); n != 16 {
				t.Errorf("%s: %s: %g values", c.item, call, n)
			}
			closeTo(t, c.item+": "+call, number(t, conn, "SELECT max(abs(simulated - value)) "+query), 0, 1e-10)
		}
	}
}

// One call from SQL: three models, twelve equations, 22 years, with the hand-over of
// panel, catalogue and coefficients.
func BenchmarkSimulateFromSQL(b *testing.B) {
	conn := simulation(b)
	syntheticPanels(b, conn)
	for b.Loop() {
		if err := conn.Exec(context.Background(), "FROM simulate(['4.1', '4.4', '4.7'], panel_1, published_coefficient, first_year := 1992)"); err != nil {
			b.Fatal(err)
		}
	}
}

func closeTo(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %g, want %g ± %g", what, got, want, tolerance)
	}
}

// Cohorts with a column part: sums of residents by name, checked by hand. 100 women of 40 and
// 50 men of 20 in 2000; a tenth of the women leave at 0.1, and 4 die.
func TestPartsOfCohorts(t *testing.T) {
	conn := simulation(t)
	execute(t, conn, `
CREATE TEMP TABLE p AS SELECT 2000 + i AS year, 0.1 AS x FROM range(3) t(i);
CREATE TEMP TABLE c AS SELECT 'a' AS parameter, 1.0 AS estimate;
CREATE TEMP TABLE account AS SELECT * FROM (VALUES
  (2000, 1, 'female', 40, 5, 100, 20, 76, 0, 'women'), (2000, 1, 'male', 20, 5, 50, 5, 45, 0, 'men'),
  (2001, 1, 'female', 41, 6, 76, 0, NULL, 0, 'women'), (2001, 1, 'male', 21, 6, 45, 0, NULL, 7, 'men'))
  t(year, country_group, sex, age, duration, residents, emigrations, stayers, arrivals, part)`)
	call := "simulate(['emi_k4 = $a*x'], p, c, last_year := 2001, cohorts := (SELECT list(a) FROM account a))"
	for variable, want := range map[string]float64{"women": 100 - 10 - 4, "men": 50 - 5 + 7, "beh1": 86 + 52, "pop_k4": 86, "emi_k4": 0.1} {
		closeTo(t, variable, number(t, conn, "SELECT simulated FROM "+call+" WHERE year = 2001 AND variable = '"+variable+"'"), want, 1e-12)
	}
	// What the panel has not is the account's: 20 of 100.
	closeTo(t, "actual", number(t, conn, "SELECT actual FROM "+call+" WHERE year = 2000 AND variable = 'emi_k4'"), 0.2, 1e-15)
	closeTo(t, "actual residual", number(t, conn, "SELECT simulated FROM "+strings.Replace(call, "cohorts", "residuals := 'actual', cohorts", 1)+" WHERE year = 2001 AND variable = 'women'"), 76, 1e-12)
	// One group in the names of panel_country; one that nothing answers to is noted.
	closeTo(t, "suffix", number(t, conn, "SELECT simulated FROM "+strings.Replace(call, "emi_k4", "emi_k4_1", 1)+" WHERE year = 2001 AND variable = 'pop_k4_1'"), 86, 1e-12)
	if notes := notesOf(t, conn, "FROM "+strings.Replace(call, "emi_k4", "other", 1)); notes != "cohorts: no equation determines a frequency (emi_k1, or emi_k1_1 of panel_country, and the like) of country group 1, so that its stocks answer to nothing" {
		t.Error(notes)
	}
	if notes := notesOf(t, conn, "FROM "+strings.Replace(call, "emi_k4 = $a*x", "emi_k4_1 = $a*x - 1", 1)); !strings.Contains(notes, "2 of 50 simulated frequencies and shares outside 0 to 1, first emi_k4_1 (equation 1) in 2000: -0.9") {
		t.Error(notes)
	}
	// The panel of others: 100 women of 40 are 60 men of 20 in it.
	for panel, want := range map[string]string{"100 AS pop_k4, 60 AS pop_m3": "", "0 AS pop_k4, 60 AS pop_m3": "cohorts: the residents of country group 1 are not those of the panel (pop_k1 to pop_m6): take the panel and the account of the same people"} {
		for _, of := range []string{"", "_stochastic"} {
			if notes := notesOf(t, conn, "WITH q AS (SELECT *, "+panel+" FROM p WHERE year = 2000) FROM "+strings.NewReplacer("simulate", "simulate"+of, ", p,", ", q,", "2001", "2000, residual"+map[string]string{"": "s := 'none'", "_stochastic": "_covariance := [{equation_i: '1', equation_j: '1', covariance: 0}]"}[of]).Replace(call)); notes != want {
				t.Errorf("%s%s: %s", panel, of, notes)
			}
		}
	}
	for change, want := range map[string]string{
		"SELECT list(a) FROM (SELECT * REPLACE ('M' AS sex) FROM account) a":                                                                     `cohorts: sex in row 1 is "M", not 'female' or 'male'`,
		"SELECT list(a) FROM (SELECT * REPLACE ('beh1' AS part) FROM account) a":                                                                 "cohorts: part \"beh1\" is the name of a variable",
		"SELECT list(a ORDER BY a.part = 'other') FROM (FROM account UNION ALL SELECT * REPLACE (1999 AS year, 'other' AS part) FROM account) a": `and the same people are "women" in another row`,
		"SELECT list(a) FROM (SELECT * REPLACE (1 AS part) FROM account) a":                                                                      `cohorts: column "part" is a number`,
		"SELECT list(a) FROM (SELECT * REPLACE (CASE WHEN year = 2000 THEN 1 ELSE 2 END AS country_group) FROM account) a":                       "not in the cohort account",
		"SELECT list(a) FROM (SELECT * REPLACE (NULL::INTEGER AS country_group) FROM account) a":                                                 "country_group in row 1 is NaN, not a whole number",
	} {
		err := conn.Exec(t.Context(), "FROM "+strings.Replace(call, "SELECT list(a) FROM account a", change, 1))
		refusal.Says(t, err, want, change)
	}
}
