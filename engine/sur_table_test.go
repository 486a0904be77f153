package engine

import (
	"context"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// cellsOf reads what stands in a column of a sur_table: the estimates by their parameters,
// what stands below them, and statistics by their names and variables.
func cellsOf(table [][]string, column int) (estimate, below, statistic map[string]string) {
	estimate, below, statistic = map[string]string{}, map[string]string{}, map[string]string{}
	part, parameter := 0, ""
	for _, row := range table {
		switch {
		case strings.Join(row, "") == "":
			part++
		case part == 0 && row[0] == "":
			below[parameter] += row[column]
		case part == 0:
			parameter = row[0]
			estimate[parameter] += row[column]
		default:
			statistic[row[0]+" "+row[1]] = row[column]
		}
	}
	return estimate, below, statistic
}

// rounds reports whether a text is a number with four significant digits.
func rounds(text, number string) bool {
	x, err := strconv.ParseFloat(strings.Trim(text, "()*"), 64)
	want, err2 := strconv.ParseFloat(number, 64)
	return err == nil && err2 == nil && math.Abs(x-want) <= 0.50001*math.Pow(10, math.Floor(math.Log10(math.Abs(want)))-3)
}

// Every number of the table is that of sur, sur_system, sur_equations and of the report.
func TestSurTable(t *testing.T) {
	t.Parallel()
	db := demoRegister(t)
	table := query(t, db, "FROM sur_table(['4.1', '4.2'])")
	for i, model := range []string{"4.1", "4.2"} {
		panel := "panel_" + strconv.Itoa(i+1)
		published, publishedBelow, publishedStatistic := cellsOf(table, 2+2*i)
		estimate, below, statistic := cellsOf(table, 3+2*i)
		n := 0
		for _, row := range query(t, db, `SELECT s.parameter, s.estimate, s.std_error, repeat('*', (s.p_value < 0.05)::INT + (s.p_value < 0.01)::INT + (s.p_value < 0.001)::INT),
				p.published, p.published_se, repeat('*', (abs(published_t) > 1.959964)::INT + (abs(published_t) > 2.575829)::INT + (abs(published_t) > 3.290527)::INT)
				FROM sur('`+model+`', `+panel+`) s JOIN sur_published p ON p.model = '`+model+`' AND p.parameter = s.parameter`) {
			n++
			if e := estimate[row[0]]; !rounds(e, row[1]) || !strings.HasSuffix(e, strings.Trim(e, "*")[1:]+row[3]) {
				t.Errorf("%s %s: %s is not %s%s", model, row[0], e, row[1], row[3])
			}
			if !rounds(below[row[0]], row[2]) {
				t.Errorf("%s %s: below is %s, not %s", model, row[0], below[row[0]], row[2])
			}
			if published[row[0]] != row[4]+row[6] || !rounds(publishedBelow[row[0]], strings.TrimPrefix(row[5], "-")) {
				t.Errorf("%s %s: published is %s %s, not %s%s (%s)", model, row[0], published[row[0]], publishedBelow[row[0]], row[4], row[6], row[5])
			}
		}
		if n != 15 { // tables 4.2 and 4.3 of the report
			t.Errorf("%s: %d parameters", model, n)
		}
		system := query(t, db, "SELECT years, loglik, aic, bic, diagonal_p, first_year || '–' || last_year FROM sur_system('"+model+"', "+panel+")")[0]
		if statistic["N "] != system[0] || statistic["sample "] != system[5] {
			t.Errorf("%s: N %s, sample %s", model, statistic["N "], statistic["sample "])
		}
		for j, name := range []string{"log-likelihood ", "AIC ", "BIC ", "diagonal covariance, p "} {
			if !rounds(statistic[name], system[j+1]) {
				t.Errorf("%s: %s%s, not %s", model, name, statistic[name], system[j+1])
			}
		}
		for _, row := range query(t, db, "SELECT left_side, e.r2, p.r2, e.durbin_watson, p.durbin_watson, e.lm_het_p FROM sur_equations('"+model+"', "+panel+") e JOIN published_diagnostic p USING (equation)") {
			if !rounds(statistic["R² "+row[0]], row[1]) || publishedStatistic["R² "+row[0]] != row[2] ||
				!rounds(statistic["Durbin–Watson "+row[0]], row[3]) || publishedStatistic["Durbin–Watson "+row[0]] != row[4] ||
				!rounds(statistic["heteroskedasticity, p "+row[0]], row[5]) {
				t.Errorf("%s %v: %v, published %v", model, row, statistic, publishedStatistic)
			}
		}
	}
	// c of model 4.1 has many variables; e_k3 is not in 4.2, and s_k3 comes after all of 4.1.
	if got := table[4]; got[0] != "c" || got[1] != "anko_k3 + anme_k3, anko_k4 + anme_k4, …" || got[4] != "" {
		t.Errorf("row of c: %q", got)
	}
	if got := table[30]; got[0] != "s_k3" || got[1] != "ln(beh2)" || got[2] != "" || got[4] != "-0.0035***" {
		t.Errorf("row after model 4.1: %q", got)
	}
}

// Own models, on a panel of one's own, with what the arguments change.
func TestSurTableOfOwnModels(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	for _, statement := range []string{
		`CREATE TABLE p AS SELECT 2000 + i AS year, i AS x, i * i % 7 AS z, 3 + 2 * i + (i * 5 % 11) / 10 AS y FROM range(20) t(i)`,
		`INSERT INTO model (model) VALUES ('it''s "one"'), ('two')`,
		`INSERT INTO equation (model, equation, formula) VALUES ('it''s "one"', '1', 'y = $a + $b*x'),
			('two', '1', 'y = $a + $b*x + $c*z'), ('two', '2', 'y = $d + $e*z*z')`,
	} {
		runStatement(t, db, statement).Close()
	}
	table := query(t, db, `FROM sur_table(['it''s "one"', 'TWO'], p, below := 't_value', stars := [0.5], statistics := ['r2'], digits := 2, first_year := 2005, method := 'ols')`)
	estimate, below, statistic := cellsOf(table, 2)
	want := query(t, db, `SELECT estimate, t_value FROM sur('it''s "one"', p, first_year := 2005, method := 'ols') WHERE parameter = 'b'`)[0]
	if e, _ := strconv.ParseFloat(want[0], 64); estimate["b"] != strconv.FormatFloat(e, 'f', 1, 64)+"*" || !strings.HasPrefix(below["b"], "("+want[1][:2]) {
		t.Errorf("b is %s %s, want %q", estimate["b"], below["b"], want)
	}
	if estimate["c"] != "" || statistic["R² y"] == "" {
		t.Errorf("%v %v", estimate, statistic)
	}
	// Both equations of one left side have their R².
	if _, _, two := cellsOf(table, 3); two["R² y (1)"] == "" || two["R² y (2)"] == "" {
		t.Errorf("%v", two)
	}
	for call, want := range map[string]string{
		"[]":                      "models is an empty list",
		"'two', p, below := 'se'": `below is "se", not 'std_error'`,
		"'two', p, statistics := ['q'], method := 'ols'": `statistics: neither sur_system nor sur_equations has a column "q"`,
		"'two', p, digits := 0":                          "digits is 0, not 1 to 17",
		"'three', p":                                     `no model "three"`,
	} {
		if _, err := db.Run(context.Background(), "FROM sur_table("+call+")", 0); err == nil || !regexp.MustCompile(regexp.QuoteMeta(want)).MatchString(err.Error()) {
			t.Errorf("sur_table(%s): %v", call, err)
		}
	}
}
