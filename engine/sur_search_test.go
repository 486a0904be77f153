package engine

import (
	"testing"
)

// The search through SQL: what is listed, how it is ranked, and what is refused.
func TestSurSearch(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	run(t, db, "CREATE TABLE p AS FROM read_csv('../testdata/reference/robust_systems/system4.csv')")
	f := "['emi_1 = $const + $b*lag(emi_1) + $n*an_1 + $r*ln(lag(relinnt)) + $u*lag(led) + $u0*led + $m*lag(emi_2) + $t*(year - 1990)']"
	// The first rows of testdata/reference/specification_search/expected_report1.csv: of leaps.
	got := rows(t, db, "SELECT specification, rank_aic, rank_bic, rank_adjusted_r2, round(bic, 6) FROM sur_search_of("+f+", p, signs := 'b > 0, n > 0, r < 0, u < 0, u0 < 0, m > 0', min_t := 1.7, method := 'ols') LIMIT 1")
	same(t, "first", got, [][]string{{"const b", "1", "1", "1", "-10.572061"}})
	same(t, "all", rows(t, db, "SELECT count(*), count(rank_bic), count(*) FILTER (signs_ok AND t_ok) FROM sur_search_of("+f+", p, admissible := false, top := NULL, method := 'ols')"), [][]string{{"128", "128", "128"}})
	same(t, "top", rows(t, db, "SELECT count(*), max(rank_bic) FROM sur_search_of("+f+", p, top := 7, method := 'ols')"), [][]string{{"7", "7"}})
	same(t, "keep", rows(t, db, "SELECT count(*), bool_and(specification LIKE 'const b%') FROM sur_search_of("+f+", p, keep := ['const', 'b'], method := 'ols')"), [][]string{{"64", "true"}})
	run(t, db, "INSERT INTO model (model) VALUES ('own')")
	run(t, db, "INSERT INTO equation (model, equation, formula) VALUES ('own', '1', 'emi_1 = $a1 + $b*lag(emi_1) + $g*lag(led)'), ('own', '2', 'emi_2 = $a2 + $c*an_2 + $g*lag(led)')")
	same(t, "of a model", rows(t, db, "SELECT count(*), min(parameters), max(parameters) FROM sur_search('own', p)"), [][]string{{"8", "2", "5"}})
	chosen := rows(t, db, "SELECT parameter, p_value < search_p, replications FROM sur_search_t_of("+f+", p, method := 'ols', replications := 19, min_t := 1.7, signs := 'b > 0')")
	if len(chosen) == 0 || chosen[0][1] != "true" || chosen[0][2] != "19" {
		t.Error(chosen)
	}
	run(t, db, "CREATE VIEW nothing AS FROM p WHERE false")
	for call, want := range map[string]string{
		"sur_search_of(" + f + ", nothing)":                                    "the panel is empty",
		"sur_search_of(NULL, p)":                                               "formulas is NULL",
		"sur_search('owm', p)":                                                 `no model "owm"`,
		"sur_search_of(" + f + ", p, keep := 'x')":                             "keep: parameter x is used nowhere",
		"sur_search_of(" + f + ", p, signs := 'x > 0')":                        "signs: parameter x is used nowhere",
		"sur_search_of(" + f + ", p, signs := 'b')":                            "not a parameter with its sign",
		"sur_search_of(" + f + ", p, signs := 3)":                              "signs is",
		"sur_search_of(" + f + ", p, min_t := -1)":                             "min_t must be 0 or more",
		"sur_search_of(" + f + ", p, top := 0)":                                "top must be at least 1",
		"sur_search_of(" + f + ", p, admissible := NULL)":                      "admissible is NULL",
		"sur_search_of(" + f + ", p, first_year := 2000, last_year := 2001)":   "the largest model: too few observations",
		"sur_search_t_of(" + f + ", p, replications := 0)":                     "replications must lie between",
		"sur_search_t_of(" + f + ", p, criterion := 'cp')":                     `criterion is "cp", not 'bic', 'aic' or 'adjusted_r2'`,
		"sur_search_t_of(" + f + ", p, method := 'ols', signs := 'const < 0')": "no specification has the signs",
		"sur_search_of(['emi_1 = $a + $b*an_1 + $c*an_1'], p)":                 "collinear",
		"sur_search_of(['emi_1 = $a + $b*an_9'], p)":                           `column "an_9" is not in the panel`,
	} {
		refuses(t, db, "FROM "+call, want)
	}
}
