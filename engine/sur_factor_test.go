package engine

import (
	"strings"
	"testing"
)

// Factors through SQL against the reference case latent_factor, small4, to 1e-5: R's EM and
// Kalman filter (testdata/reference/latent_factor).
func TestSurFactor(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	const dir = "../testdata/reference/latent_factor/"
	run(t, db, "CREATE TABLE small AS FROM read_csv('"+dir+"small4.csv')")
	run(t, db, "CREATE TABLE expected AS FROM read_csv('"+dir+"expected.csv', all_varchar := true)")
	f := "[format('emi_{0} = $a{0} + $b{0}*lag(emi_{0}) + $c1*an_{0} + $e1*ln(lag(relinnt1)) + $g1*lag(led1)', i) FOR i IN [1, 2, 3, 4]]"
	for table, item := range some(map[string]string{
		"(SELECT parameter AS a, '' AS b, estimate AS x FROM sur_factor_of(" + f + ", small, dynamics := 'ar1'))":                                   "estimate",
		"(SELECT parameter AS a, '' AS b, std_error AS x FROM sur_factor_of(" + f + ", small, dynamics := 'ar1'))":                                  "se_estimate",
		"(SELECT 'eq' || equation AS a, 'f' || factor AS b, loading AS x FROM sur_factor_loadings_of(" + f + ", small, dynamics := 'ar1'))":         "loading",
		"(SELECT 'eq' || equation AS a, '' AS b, variance AS x FROM sur_factor_loadings_of(" + f + ", small, dynamics := 'ar1'))":                   "psi",
		"(SELECT 'eq' || equation AS a, '' AS b, communality AS x FROM sur_factor_loadings_of(" + f + ", small, dynamics := 'ar1'))":                "communality",
		"(SELECT DISTINCT 'f' || factor AS a, '' AS b, phi AS x FROM sur_factor_loadings_of(" + f + ", small, dynamics := 'ar1'))":                  "phi",
		"(SELECT DISTINCT 'f' || factor AS a, '' AS b, phi_std_error AS x FROM sur_factor_loadings_of(" + f + ", small, dynamics := 'ar1'))":        "se_phi",
		"(SELECT year::VARCHAR AS a, 'f' || factor AS b, value AS x FROM sur_factor_path_of(" + f + ", small, dynamics := 'ar1'))":                  "factor",
		"(SELECT year::VARCHAR AS a, 'f' || factor AS b, std_error AS x FROM sur_factor_path_of(" + f + ", small, dynamics := 'ar1'))":              "factor_se",
		"(SELECT '' AS a, '' AS b, loglik AS x FROM sur_factor_system_of(" + f + ", small, factors := 1, dynamics := 'ar1') WHERE factors = 1)":     "loglik",
		"(SELECT '' AS a, '' AS b, bic AS x FROM sur_factor_system_of(" + f + ", small, factors := 1, dynamics := 'ar1') WHERE factors = 1)":        "bic",
		"(SELECT '' AS a, '' AS b, parameters AS x FROM sur_factor_system_of(" + f + ", small, dynamics := 'ar1', factors := 1) WHERE factors = 1)": "parameters",
	}, 3) {
		got := rows(t, db, "SELECT count(*) > 0, count(*) FILTER (value IS NULL), max(abs(x - value::DOUBLE) / greatest(1, abs(value::DOUBLE))) < 1e-5 FROM "+table+
			" LEFT JOIN (SELECT coalesce(a, '') AS a, coalesce(b, '') AS b, value FROM expected WHERE item = 'small4.f1.ar1.bounded."+item+"') USING (a, b)")
		if got[0][0] != "true" || got[0][1] != "0" || got[0][2] != "true" {
			t.Errorf("%s: %v", item, got)
		}
	}
	same(t, "system", rows(t, db, "SELECT factors, dynamics, parameters, converged FROM sur_factor_system_of("+f+", small, dynamics := 'ar1')"),
		[][]string{{"0", "NULL", "15", "true"}, {"1", "ar1", "20", "true"}, {"2", "ar1", "25", "true"}})
	// A model by its name, restrictions: a fixed parameter has no error, c1 = c2 is one.
	run(t, db, "INSERT INTO model (model) VALUES ('own')")
	run(t, db, "INSERT INTO equation (model, equation, formula) SELECT 'own', 'e' || i, format('emi_{0} = $a{0} + $b{0}*lag(emi_{0}) + $c{0}*an_{0}', i) FROM range(1, 5) r(i)")
	fixed := rows(t, db, "SELECT parameter, estimate, std_error IS NULL, equations FROM sur_factor('own', small, restrictions := 'b1 = 0.5, c1 = c2') WHERE parameter IN ('b1', 'c1', 'c2')")
	if fixed[0][1] != "0.5" || fixed[0][2] != "true" || fixed[1][1] != fixed[2][1] || fixed[1][2] != "false" || fixed[0][3] != "e1" {
		t.Error(fixed)
	}

	// Covariances: their diagonal is the reference's standard errors, as printed above.
	covariance := "FROM sur_factor_covariance('own', small, restrictions := 'b1 = 0.5, c1 = c2')"
	same(t, "covariance", rows(t, db, "SELECT count(*), count(DISTINCT model), max(abs(covariance / std_error^2 - 1)) < 1e-12 "+covariance+
		" LEFT JOIN sur_factor('own', small, restrictions := 'b1 = 0.5, c1 = c2') ON parameter = parameter_i AND parameter = parameter_j"), [][]string{{"144", "1", "true"}})
	same(t, "covariance of one parameter", rows(t, db, "SELECT max(abs(correlation - 1)) < 1e-12 "+covariance+" WHERE parameter_i = 'c1' AND parameter_j = 'c2'"), [][]string{{"true"}})

	run(t, db, "CREATE VIEW nothing AS FROM small WHERE false")
	run(t, db, "CREATE VIEW gap AS FROM small WHERE year <> 2000")
	run(t, db, "CREATE VIEW hole AS SELECT * REPLACE (CASE WHEN year < 2000 THEN an_1 END AS an_1) FROM small")
	for call, want := range map[string]string{
		"sur_factor('owm', small)":                                                                       `no model "owm"`,
		"sur_factor(NULL, small)":                                                                        "model is NULL",
		"sur_factor_of(NULL, small)":                                                                     "formulas is NULL",
		"sur_factor_of(" + f + ", nothing)":                                                              "the panel is empty",
		"sur_factor_of(" + f + ", small, factors := 0)":                                                  "factors must be 1 or 2, not 0",
		"sur_factor_of(" + f + ", small, factors := NULL)":                                               "factors is NULL",
		"sur_factor_system_of(" + f + ", small, factors := 3)":                                           "factors must be 1 or 2, not 3",
		"sur_factor_of(" + f + ", small, factors := 2)":                                                  "it takes at least 5 equations",
		"sur_factor_of(" + f + "[:1], small)":                                                            "it takes at least 3 equations",
		"sur_factor_of(" + f + "[:2], small, dynamics := 'ar1', factors := 2)":                           "it takes at least 3 equations",
		"sur_factor_of(" + f + ", small, dynamics := 'ar2')":                                             `dynamics is "ar2", not 'white' or 'ar1'`,
		"sur_factor_of(" + f + ", small, first_year := 2005, last_year := 2005)":                         "too few observations",
		"sur_factor_of(" + f + ", small, first_year := 2006)":                                            "unbounded",
		"sur_factor_of(" + f + ", hole)":                                                                 "",
		"sur_factor_of(" + f + ", gap, dynamics := 'ar1')":                                               "need a sample without gaps, and 2002 follows 1999",
		"sur_factor_of(" + f + ", small, max_iterations := 1)":                                           "no convergence after 1 step of",
		"sur_factor_of(" + f + ", small, max_iterations := 0)":                                           "max_iterations must be at least 1",
		"sur_factor_of(" + f + ", small, restrictions := 'z = 1')":                                       "parameter z is used nowhere",
		"sur_factor_of(['emi_1 = $a', 'emi_9 = $b', 'emi_3 = $c'], small)":                               `column "emi_9" is not in the panel`,
		"sur_factor_of(['emi_1 = $a + $b*lag(an_1) + $c*lag(an_1)', 'emi_2 = $d', 'emi_3 = $e'], small)": "collinear",
		"sur_factor_path_of(" + f + ", small, level := 0)":                                               "level must lie between",
	} {
		_, err := tryRows(db, "FROM "+call)
		if want == "" {
			if err != nil && !strings.Contains(err.Error(), "sur_factor") {
				t.Errorf("%s: %v", call, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", call, err, want)
		}
	}
	// White factors do without years in the middle.
	if got := rows(t, db, "SELECT count(*) FROM sur_factor_path_of("+f+", gap)"); got[0][0] != "20" {
		t.Error(got)
	}
}

// The country's panel and equations are those of the groups.
func TestCountry(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	t.Cleanup(func() { run(t, db, "ROLLBACK") })
	run(t, db, "BEGIN")
	for group, panel := range map[string]string{"1": "panel_1", "2": "panel_2", "3": "panel_3"} {
		run(t, db, "INSERT INTO "+panel+" (year, emi_k3, anko_m4, pop_k1, relinnt1, led1, trend) SELECT 1990 + i, i * "+group+", i + "+group+", 1, 2, 3, i + 1 FROM range(3) r(i)")
	}
	same(t, "panel", rows(t, db, "SELECT year, emi_k3_1, emi_k3_2, emi_k3_3, anko_m4_3, pop_k1_2, relinnt1, trend FROM panel_country WHERE year = 1992"),
		[][]string{{"1992", "2", "4", "6", "5", "1", "2", "3"}})
	same(t, "equations", rows(t, db, "SELECT count(*), count(DISTINCT dependent), min(position), max(position) FROM country_equation"), [][]string{{"36", "36", "1", "36"}})
	same(t, "one", rows(t, db, "SELECT model, dependent, formula FROM country_equation WHERE equation = '4.7.3'"),
		[][]string{{"4.7", "emi_m1_1", "emi_m1_1 = $a_m1_47 + $b_47*lag(emi_m1_1) + $e_47*emi_m3_1 + $f_m1_47*emi_m4_1"}})
	same(t, "group 2", rows(t, db, "SELECT formula FROM country_equation WHERE equation = '4.5.2'"),
		[][]string{{"emi_k6_2 = $a_k6_45 + $c_k6_45*anko_k6_2 + $f_k6_45*(lednor - led2) + $g_k6_45*led2 + $s_k6_45*ln(beh2) + $u_k6_45*trend"}})
}

// A factor in a stochastic simulation: the rows of sur_factor_loadings as they are, with the
// variance of the theory in the first year; shocks as large that are independent; refusals.
func TestSimulateWithFactor(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	run(t, db, "CREATE TABLE small AS FROM read_csv('../testdata/reference/latent_factor/small4.csv')")
	run(t, db, "INSERT INTO model (model) VALUES ('own')")
	run(t, db, "INSERT INTO equation (model, equation, formula) SELECT 'own', 'e' || i, format('emi_{0} = $a{0} + $b{0}*lag(emi_{0}) + $c{0}*an_{0}', i) FROM range(1, 5) r(i)")
	run(t, db, "CREATE TABLE coefficient AS SELECT 'own' AS model, parameter, estimate FROM sur_factor('own', small, dynamics := 'ar1', last_year := 2005)")
	run(t, db, "CREATE TABLE l AS FROM sur_factor_loadings('own', small, dynamics := 'ar1', last_year := 2005)")
	call := "simulate_stochastic('own', small, coefficient, first_year := 2006, replications := 4000, factor := (SELECT list(l) FROM l))"
	got := rows(t, db, "SELECT count(*), max(abs(std_error / sd - 1)) < 0.05, max(abs(mean - simulated - shift) / sd) < 0.07 FROM "+call+
		" JOIN (SELECT equation, sqrt(variance + loading^2 * (phi^2 * state_variance + 1 - phi^2)) AS sd, loading * phi * state AS shift FROM l) USING (equation) WHERE year = 2006")
	same(t, "first year", got, [][]string{{"4", "true", "true"}})
	got = rows(t, db, "SELECT count(*), max(abs(std_error / sd - 1)) < 0.05, max(abs(mean - simulated) / sd) < 0.07 FROM "+
		strings.Replace(call, "SELECT list(l) FROM l", "SELECT list({equation: equation, loading: 0.0, variance: variance + loading^2}) FROM l", 1)+
		" JOIN (SELECT equation, sqrt(variance + loading^2) AS sd FROM l) USING (equation) WHERE year = 2006")
	same(t, "independent", got, [][]string{{"4", "true", "true"}})
	// Parameters with their covariance of the joint estimate: linear in the first year, x'Vx
	// and the shock.
	got = rows(t, db, `WITH x AS (SELECT 'e' || i AS equation, unnest(['a' || i, 'b' || i, 'c' || i]) AS parameter, unnest([1, [l.emi_1, l.emi_2, l.emi_3, l.emi_4][i], [s.an_1, s.an_2, s.an_3, s.an_4][i]]) AS x
        FROM small s JOIN small l ON s.year = 2006 AND l.year = 2005, range(1, 5) r(i)),
  v AS (SELECT x.equation, sum(x.x * y.x * covariance) AS v
        FROM sur_factor_covariance('own', small, dynamics := 'ar1', last_year := 2005) JOIN x ON x.parameter = parameter_i JOIN x y ON y.parameter = parameter_j AND y.equation = x.equation GROUP BY ALL)
SELECT count(*), max(abs(std_error / sqrt(v + variance + loading^2 * (phi^2 * state_variance + 1 - phi^2)) - 1)) < 0.05, min(v / variance) > 0.05, any_value(explosive) IS NOT NULL FROM `+
		strings.Replace(call, "replications", "draws := 'both', parameter_covariance := (SELECT list(c) FROM sur_factor_covariance('own', small, dynamics := 'ar1', last_year := 2005) c), replications", 1)+
		" JOIN (SELECT * EXCLUDE (std_error) FROM l) USING (equation) JOIN v USING (equation) WHERE year = 2006")
	same(t, "parameters", got, [][]string{{"4", "true", "true", "true"}})
	for change, want := range map[string]string{
		"factor := []": "factor has no rows",
		"factor := 3":  "factor is",
		"factor := [{equation: 'e1', loading: 1.0}]":                       "factor: no column variance",
		"factor := [{equation: 'e9', loading: 1.0, variance: 1.0}]":        `there is a loading of equation "e9"`,
		"factor := [{equation: 'e1', loading: 1.0, variance: 1.0}]":        "no residual variance is given",
		"factor := [{equation: 'e1', loading: NULL::DOUBLE, variance: 1}]": "has no loading",
		"draws := 'parameters', factor := (SELECT list(l) FROM l)":         "factor goes with draws",
		"method := 'resample', factor := (SELECT list(l) FROM l)":          "factor goes with method := 'normal'",
	} {
		refuses(t, db, "FROM simulate_stochastic('own', small, coefficient, first_year := 2006, "+change+")", want)
	}
}
