package engine

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"utvandring/udf"
	"utvandring/udf/long"
	"utvandring/udf/reference"
)

// surDB is scratch with one reference case as table data, and the case's formulas as SQL list.
func surDB(t testing.TB, name string) (*DB, *reference.Case, string) {
	t.Helper()
	db := scratch(t)
	c := reference.ReadCase(t, "../testdata/reference", name)
	run(t, db, fmt.Sprintf("CREATE TABLE data AS FROM read_csv('%s')", c.File))
	return db, c, "['" + strings.Join(c.Formulas, "', '") + "']"
}

// rows gives every value as text, NULL as "NULL".
func rows(t testing.TB, db *DB, query string) [][]string {
	t.Helper()
	out, err := tryRows(db, query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return out
}

func tryRows(db *DB, query string) ([][]string, error) {
	return texts(db, query, "NULL")
}

func closeTo(t testing.TB, what, got, want string, tolerance float64) {
	t.Helper()
	g, err := strconv.ParseFloat(got, 64)
	w, err2 := strconv.ParseFloat(want, 64)
	if err != nil || err2 != nil || !(math.Abs(g-w) <= tolerance*math.Abs(w)) {
		t.Errorf("%s is %s, want %s", what, got, want)
	}
}

// The gold values of the reference cases through SQL: as a model of the
// catalogue and as a list of formulas.
func TestSurReferenceCases(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"grunfeld5", "grunfeld5_restricted", "kmenta"} {
		db, c, formulas := surDB(t, name)
		run(t, db, "INSERT INTO model (model) VALUES ('case')")
		for i, f := range c.Formulas {
			run(t, db, fmt.Sprintf("INSERT INTO equation (model, equation, formula) VALUES ('case', '%s', '%s')", c.Names[i], f))
		}
		method := "isur"
		if name == "kmenta" {
			method = "sur" // the iterated likelihood is unbounded
		}
		arguments := fmt.Sprintf("data, method := '%s')", method)
		for _, call := range []string{"sur('case', ", "sur_of(" + formulas + ", "} {
			got := rows(t, db, "FROM "+call+arguments)
			if len(got) != len(c.Gold.Parameters) {
				t.Fatalf("%s: %d parameters", name, len(got))
			}
			for i, want := range c.Gold.Parameters {
				if got[i][0] != want.Name {
					t.Errorf("%s: parameter %s, want %s", name, got[i][0], want.Name)
				}
				closeTo(t, name+" "+want.Name, got[i][1], fmt.Sprint(want.Estimate), 1e-9)
				closeTo(t, name+" standard error of "+want.Name, got[i][2], fmt.Sprint(want.StdError), 1e-9)
			}
		}
		closeTo(t, name+" loglik", rows(t, db, "SELECT loglik FROM sur_system('case', "+arguments)[0][0], fmt.Sprint(c.Gold.LogLikelihood), 1e-10)
		m := len(c.Names)
		covariance := rows(t, db, "SELECT equation_i, equation_j, covariance FROM sur_residual_covariance('case', "+arguments)
		for i := range m {
			for j := range m {
				row := covariance[i*m+j]
				closeTo(t, fmt.Sprint(name, " residual covariance ", row[:2]), row[2], fmt.Sprint(c.Gold.ResidualCovariance[i][j]), 1e-9)
			}
		}
	}
}

// One estimation per group, thousands in one statement: each equals the
// regression that DuckDB's own aggregates compute.
func TestSurFitPerGroup(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	run(t, db, `CREATE TABLE groups AS SELECT g, 1990 + t AS year, sin(g*7.1 + t*3.3) AS x, cos(g*1.3 + t*t) + sin(g + t)/3 AS y
		FROM range(3000) r(g), range(12) s(t)`)
	got := rows(t, db, `WITH fit AS (SELECT g, unnest(sur_fit(['y = $a + $b*x'], list(p ORDER BY year)), recursive := true) FROM groups p GROUP BY g)
		SELECT count(*), count(DISTINCT fit.g), max(abs(estimate - CASE parameter WHEN 'a' THEN i ELSE s END))
		FROM fit JOIN (SELECT g, regr_intercept(y, x) i, regr_slope(y, x) s FROM groups GROUP BY g) USING (g)`)[0]
	if got[0] != "6000" || got[1] != "3000" {
		t.Errorf("%v rows", got)
	}
	if gap, _ := strconv.ParseFloat(got[2], 64); !(gap < 1e-11) {
		t.Errorf("largest difference %s", got[2])
	}
}

// A group without an answer says so, and the others have theirs.
func TestTrySurFit(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	run(t, db, "CREATE TABLE groups AS SELECT g, d.year, d.consump AS y, CASE g WHEN 2 THEN 1 WHEN 3 THEN 'nan'::DOUBLE ELSE d.price END AS x FROM data d, range(1, 5) r(g)")
	got := rows(t, db, "SELECT g, unnest(try_sur_fit(['y = $a + $b*x'], list(p)), recursive := true) FROM groups p GROUP BY g ORDER BY ALL")
	want := rows(t, db, "SELECT estimate FROM sur_of(['consump = $a + $b*price'], data)")
	if len(got) != 8 {
		t.Fatalf("%v", got)
	}
	for i, row := range got {
		switch problem := map[string]string{"2": "collinear", "3": "equation 1: x is NaN in 1922"}[row[0]]; {
		case problem == "":
			closeTo(t, row[1], row[2], want[i%2][0], 1e-12)
			if row[7] != "NULL" {
				t.Errorf("%v", row)
			}
		case row[1] != []string{"a", "b"}[i%2] || row[2] != "NULL" || row[6] != "1" || !strings.Contains(row[7], problem):
			t.Errorf("%v, want %s", row, problem)
		}
	}
}

// A restriction, a fixed parameter and a sub-period in SQL, against the same
// written into the formulas.
func TestSurOptions(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	for _, c := range [][2]string{
		{"sur_of(['consump = $a + $b*price + $c*income'], data, restrictions := 'c = 0.3')", "sur_of(['consump = $a + $b*price + 0.3*income'], data)"},
		{"sur_of(['consump = $a + $b*price + $c*income'], data, restrictions := ['b = c'])", "sur_of(['consump = $a + $b*(price + income)'], data)"},
		{"sur_of(['consump = $a + $b*price'], data, first_year := 1925, last_year := 1935)", "sur_of(['consump = $a + $b*price'], (SELECT * FROM data WHERE year BETWEEN 1925 AND 1935))"},
		{"sur_of(['consump = $a + $b*price'], data, divisor := 'geomean')", "sur_of(['consump = $a + $b*price'], data, divisor := 'T-k', method := 'ISUR')"},
	} {
		if strings.Contains(c[1], "(SELECT") { // a macro takes a name, so give it one
			run(t, db, "CREATE OR REPLACE VIEW part AS SELECT * FROM data WHERE year BETWEEN 1925 AND 1935")
			c[1] = "sur_of(['consump = $a + $b*price'], part)"
		}
		a, b := rows(t, db, "SELECT estimate, std_error FROM "+c[0]), rows(t, db, "SELECT estimate, std_error FROM "+c[1])
		for i := range b {
			closeTo(t, c[0], a[i][0], b[i][0], 1e-9)
			closeTo(t, c[0], a[i][1], b[i][1], 1e-9)
		}
	}
	if got := rows(t, db, "SELECT std_error FROM sur_of(['consump = $a + $b*price'], data, restrictions := 'b = 0.3') WHERE parameter = 'b'"); got[0][0] != "NULL" {
		t.Errorf("a fixed parameter has standard error %s", got[0][0])
	}
}

// Intervals of one equation are the textbook's: estimate -/+ t(18) times the standard
// error with divisor T-k; 2.100922 by any table. Classical ones are asked for by name.
func TestSurInterval(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	f := "['consump = $a + $b*price'], data"
	got := rows(t, db, "SELECT estimate, std_error, df, low, high FROM sur_interval_of("+f+") WHERE parameter = 'b'")[0]
	want := rows(t, db, `SELECT regr_slope(consump, price) AS b, sqrt((regr_syy(consump, price) - regr_sxy(consump, price) ** 2 / regr_sxx(consump, price)) / 18 / regr_sxx(consump, price)) AS s,
		18, b - 2.10092204 * s, b + 2.10092204 * s FROM data`)[0]
	for i := range want {
		closeTo(t, "interval", got[i], want[i], 1e-8)
	}
	got = rows(t, db, "SELECT i.df, i.low, s.estimate - 1.959963985 * s.std_error FROM sur_interval_of("+f+", std_errors := 'classical') i JOIN sur_of("+f+") s USING (parameter) WHERE parameter = 'b'")[0]
	if got[0] != "NULL" {
		t.Errorf("df %s", got[0])
	}
	closeTo(t, "classical", got[1], got[2], 1e-8)
	run(t, db, "INSERT INTO model (model) VALUES ('mine'); INSERT INTO equation (model, equation, formula) VALUES ('mine', '1', 'consump = $a + $b*price')")
	if a, b := rows(t, db, "FROM sur_interval('mine', data)"), rows(t, db, "FROM sur_interval_of("+f+")"); fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("%v, %v", a, b)
	}
	refuses(t, db, "FROM sur_interval_of("+f+", level := 95)", "sur_interval: level must lie between 0 and 1")
}

// Columns may be called what the macros call things, rows may come in any order,
// and a year of another type is refused with what to do.
func TestSurPanel(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	want := rows(t, db, "SELECT estimate, std_error FROM sur_of(['consump = $a + $b*lag(price) + $c*income'], data)")
	run(t, db, "CREATE VIEW odd AS SELECT year, consump AS _row, price AS p, income AS model, 1 AS e, 2 AS m, 3 AS equation, 4 AS rows, 5 AS _rows, 6 AS _models, 7 AS panel, 8 AS formulas FROM data")
	run(t, db, "CREATE VIEW shuffled AS FROM data ORDER BY hash(year)")
	run(t, db, "CREATE VIEW typed AS SELECT * REPLACE (year::DECIMAL(9, 1) AS year, consump::FLOAT::DOUBLE AS consump) FROM data")
	for _, call := range []string{
		"sur_of(['_row = $a + $b*lag(p) + $c*model'], odd)",
		"sur_of(['consump = $a + $b*lag(price) + $c*income'], shuffled)",
		"unnest((SELECT sur_fit(['consump = $a + $b*lag(price) + $c*income'], list(d ORDER BY price)) FROM data d)) s(r)",
	} {
		columns := "estimate, std_error"
		if strings.HasPrefix(call, "unnest") {
			columns = "r.estimate, r.std_error"
		}
		got := rows(t, db, "SELECT "+columns+" FROM "+call)
		for i := range want {
			closeTo(t, call, got[i][0], want[i][0], 1e-12)
			closeTo(t, call, got[i][1], want[i][1], 1e-12)
		}
	}
	if got := rows(t, db, "FROM sur_of(['consump = $a + $b*price'], typed)"); len(got) != 2 {
		t.Errorf("a decimal year gives %v", got)
	}
	for year, want := range map[string]string{
		"year::VARCHAR":         "column year of the panel is text, not a number (cast it: year::INTEGER",
		"make_date(year, 1, 1)": "column year of the panel is a DATE, not a number (cast it",
		"nullif(year, 1930)":    "year in row 9 of the panel is NULL",
		"year + 0.5":            "year in row 1 of the panel is 1922.5, not a whole number",
	} {
		run(t, db, "CREATE OR REPLACE VIEW wrong AS SELECT * REPLACE ("+year+" AS year) FROM data")
		refuses(t, db, "FROM sur_of(['consump = $a + $b*price'], wrong)", want)
	}
}

// Whatever is passed, a statement ends in an error that says what is wrong.
func TestSurBadInput(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	run(t, db, "INSERT INTO model (model) VALUES ('empty')")
	run(t, db, "CREATE VIEW twice AS FROM data UNION ALL FROM data")
	run(t, db, "CREATE VIEW nothing AS FROM data WHERE false")
	run(t, db, "CREATE VIEW yearless AS SELECT * EXCLUDE (year) FROM data")
	run(t, db, "CREATE VIEW wordy AS SELECT *, 'x' AS word FROM data")
	f := "['consump = $a + $b*price']"
	for call, want := range some(map[string]string{
		"sur('4.11', data)":                                                     `no model "4.11" in the table model (did you mean "4.1"?)`,
		"sur('empty', data)":                                                    "model empty has no equations",
		"sur(NULL, data)":                                                       "model is NULL",
		"sur(['4.1'], data)":                                                    "model is",
		"sur(" + f + "[1], data)":                                               "is a formula, not the name of a model",
		"sur_of(NULL, data)":                                                    "formulas is NULL",
		"sur_of([], data)":                                                      "formulas is an empty list",
		"sur_of([1], data)":                                                     "not text",
		"sur_of(" + f + ", twice)":                                              "year 1922 occurs more than once",
		"sur_of(" + f + ", nothing)":                                            "the panel is empty",
		"sur_of(" + f + ", yearless)":                                           "year",
		"sur_of(['consump = $a + $b*word'], wordy)":                             `column "word" of the panel is text, not a number: "x" in 1922 (cast it; write a dummy as 1 and 0)`,
		"sur_of(['consump = $a + $b*prise'], data)":                             `column "prise" is not in the panel (did you mean "price"?), at character 19: prise`,
		"sur_of(['consump = $a + $b*log(price)'], data)":                        "write ln (natural) or log10, at character 19",
		"sur_of(" + f + ", data, method := NULL)":                               "method is NULL",
		"sur_of(" + f + ", data, method := 'gmm')":                              `method "gmm" is unknown`,
		"sur_of(" + f + ", data, method := '')":                                 "method is empty",
		"sur_of(" + f + ", data, divisor := 2)":                                 "divisor is",
		"sur_of(" + f + ", data, tolerance := 'x')":                             "tolerance is",
		"sur_of(" + f + ", data, tolerance := 0)":                               "tolerance must lie between",
		"sur_of(" + f + ", data, max_iterations := 0)":                          "max_iterations must be at least 1",
		"sur_of(" + f + ", data, first_year := 1922.5)":                         "first_year is",
		"sur_of(" + f + ", data, first_year := 1900)":                           "first_year 1900 is outside the panel",
		"sur_of(" + f + ", data, std_errors := 'white')":                        "std_errors",
		"sur_of(" + f + ", data, std_errors := 'hac', bandwidth := -1)":         "bandwidth must not be negative",
		"sur_of(" + f + ", data, restrictions := 'z = 1')":                      "parameter z is used nowhere",
		"sur_of(" + f + ", data, restrictions := 3)":                            "restrictions is",
		"sur_equations_of(" + f + ", data, lags := -1)":                         "lags must lie between",
		"sur_equations_of(" + f + ", data, lags := NULL)":                       "lags is NULL",
		"sur_test_of(" + f + ", data, NULL)":                                    "hypotheses is NULL",
		"sur_test_of(" + f + ", data, 'b')":                                     "restriction",
		"sur_bootstrap_of(" + f + ", data, replications := 0)":                  "replications must lie between",
		"sur_bootstrap_of(" + f + ", data, seed := NULL)":                       "seed is NULL",
		"sur_bootstrap_of(" + f + ", data, method := 'x')":                      `method "x" is unknown`,
		"sur_bootstrap_of(" + f + ", data, level := 95)":                        "level must lie between",
		"sur_of(['consump = $a + $b*price', 'consump = $c + $d*income'], data)": "unbounded",
	}, 6) {
		refuses(t, db, "FROM "+call, want)
	}
	// Every argument NULL or of a wrong type: an error or a result, never a crash.
	nonsense := []string{"NULL", "'x'", "1", "[]", "[NULL]", "{a: 1}", "[{year: NULL}]", "[{year: 1, y: 2.0}]", "true", "DATE '2000-01-01'"}
	for _, function := range long.Rows(rows(t, db, "SELECT function_name FROM duckdb_functions() WHERE function_name LIKE '\\_sur%' ESCAPE '\\' ORDER BY 1"), 2) {
		all := udf.Options(function[0])
		if len(all) < 7 {
			t.Errorf("%s has %d options", function[0], len(all))
		}
		call := func(data []string, option string, value string) {
			given := "{first_year: NULL"
			if strings.HasPrefix(function[0], "_sur_test") && option != "hypotheses" {
				given += ", hypotheses: 'a = 1'"
			}
			if option != "" {
				given += ", " + option + ": " + value
			}
			tryRows(db, fmt.Sprintf("SELECT %s(%s, %s})", function[0], strings.Join(data, ", "), given))
		}
		data := []string{"['y = $a']", "NULL", "NULL", "[{year: 1, y: 2.0}, {year: 2, y: 3.0}]"}
		for _, value := range long.Rows(nonsense, 10) {
			tryRows(db, fmt.Sprintf("SELECT %s(%s, %s)", function[0], strings.Join(data, ", "), value))
			for at := range data {
				changed := slices.Clone(data)
				changed[at] = value
				call(changed, "", "")
			}
			for _, option := range all[1:] {
				call(data, option.Name, value)
			}
		}
	}
	if got := rows(t, db, "SELECT 1"); got[0][0] != "1" {
		t.Error("the session did not survive")
	}
}

// Tables 4.2-4.10, 4.12 and B1 name variables and equations as the report
// prints them: rows read off its pages.
func TestSurReportTables(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	// The labels need no panel; table_4_12 is derived from the formulas alone.
	for group, want := range map[string]string{
		"Landgruppe 1 Menn 63-70 år":      "Ja (-2)||Ja||Ja|Ja|||",
		"Landgruppe 1 Kvinner 18-34 år":   "Ja (-1)||Ja (-1)||Ja|Ja||Ja (-1)|",
		"Landgruppe 2 Menn 35-62 år":      "|Ja (-1)|||Ja|Ja||Ja (-1)|Ja",
		"Landgruppe 2 Kvinner over 70 år": "|Ja|Ja||Ja||Ja||Ja",
		"Landgruppe 3 Kvinner 63-70 år":   "|Ja||Ja|Ja|Ja|Ja||Ja",
		"Landgruppe 3 Menn 18-34 år":      "Ja (-2)||||Ja|||Ja (-1)|",
	} {
		row := rows(t, db, fmt.Sprintf("SELECT * EXCLUDE (country_group, population_group, long_run) FROM table_4_12 WHERE country_group || ' ' || population_group = '%s'", group))
		if len(row) != 1 || strings.Join(row[0], "|") != want {
			t.Errorf("%s: %v, want %s", group, row, want)
		}
	}
	if n := rows(t, db, "SELECT count(*) FROM table_4_12")[0][0]; n != "24" {
		t.Errorf("%s rows in table 4.12", n)
	}
	for label, query := range map[string]string{
		"(LEDNORt-LED1t)":             "SELECT label FROM equation_term WHERE equation = '4.6.1' AND parameter = 'f_k5'",
		"log(RELINNT1t-2)":            "SELECT label FROM equation_term WHERE equation = '4.4.1' AND parameter = 'e_k5'",
		"ANKO_K5t, ANME_K5t":          "SELECT label FROM equation_term WHERE equation = '4.4.1' AND parameter = 'c_k5'",
		"Konstant":                    "SELECT label FROM equation_term WHERE equation = '4.4.1' AND parameter = 'a_k5'",
		"EMI_K3t-1":                   "SELECT label FROM equation_term WHERE equation = '4.9.2' AND parameter = 'b_k2'",
		"(4.2.2)-(4.2.4)":             "SELECT _equations_no(['4.2.2', '4.2.3', '4.2.4'])",
		"(4.2.1) og (4.2.2)":          "SELECT _equations_no(['4.2.1', '4.2.2'])",
		"(4.4.1), (4.4.3) og (4.4.4)": "SELECT _equations_no(['4.4.1', '4.4.3', '4.4.4'])",
		"(4.1.1)":                     "SELECT _equations_no(['4.1.1'])",
	} {
		if got := rows(t, db, query); got[0][0] != label {
			t.Errorf("%s: %v, want %s", query, got[0], label)
		}
	}
}
