package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"utvandring/engine"
	"utvandring/udf/long"
	"utvandring/udf/reference"
	"utvandring/udf/sur"
)

// The reference cases, and more of their kind. A candidate is compared without its
// quotes and what is put behind it.
func TestCompletionCases(t *testing.T) {
	text := reference.ReadFile(t, "../../testdata/prompt/completion.json")
	var table struct {
		Setup []string
		Files map[string]string
		Cases []struct {
			Name, Text, Entry      string
			Must, Not, First, Only []string
			Before                 [2][]string
			None                   bool
		}
	}
	if err := json.Unmarshal(text, &table); err != nil {
		t.Fatal(err)
	}
	s := sessionOver(t, preparedDemo, "demo.duckdb")
	for _, sql := range table.Setup {
		if err := s.db.Exec(context.Background(), sql); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(t.TempDir())
	for name, text := range table.Files {
		err := os.MkdirAll(filepath.Dir(name), 0o755)
		if err == nil {
			err = os.WriteFile(name, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	plain := func(w string) string {
		w = strings.Trim(strings.TrimRight(w, "(="), `"`)
		if key, value, ok := strings.Cut(w, "="); ok && !strings.Contains(key, " ") {
			w = value
		}
		return strings.TrimSuffix(w, " := ")
	}
	for _, c := range table.Cases {
		before, after, _ := strings.Cut(c.Text, "|")
		got := s.candidates(before, after).Words
		var words []string
		for _, w := range got {
			words = append(words, plain(w))
		}
		has := func(w string) bool { return slices.Contains(words, w) || slices.Contains(got, w) }
		fault := func(what string) { t.Errorf("%s: %s: %s in %q", c.Name, c.Text, what, got[:min(len(got), 12)]) }
		for _, w := range c.Must {
			if !has(w) {
				fault("no " + w)
			}
		}
		for _, w := range c.Not {
			if has(w) {
				fault(w)
			}
		}
		if c.First != nil && !(len(words) > 0 && (slices.Contains(c.First, words[0]) || slices.Contains(c.First, got[0]))) {
			fault("not first " + c.First[0])
		}
		if c.Only != nil && (len(words) == 0 || slices.ContainsFunc(words, func(w string) bool {
			return !slices.Contains(c.Only, w) && !slices.Contains(c.Only, strings.TrimSuffix(w, "="))
		})) && !slices.Equal(got, c.Only) {
			fault("more or less than " + strings.Join(c.Only, ", "))
		}
		if c.None && len(words) > 0 {
			fault("something")
		}
		for _, w := range c.Before[0] {
			for _, v := range c.Before[1] {
				if has(v) && (slices.Index(words, w) < 0 || slices.Index(words, w) > slices.Index(words, v)) {
					fault(w + " behind " + v)
				}
			}
		}
	}
}

// offers holds that a word is offered behind each beginning of a line.
func (s *session) offers(t *testing.T, words map[string]string) {
	t.Helper()
	for before, want := range words {
		if c := s.candidates(before, ""); !slices.Contains(c.Words, want) {
			t.Errorf("%q: no %q in %q", before, want, c.Words)
		}
	}
}

func TestCandidates(t *testing.T) {
	s := emptySession(t)
	s.offers(t, map[string]string{
		"FROM municipality_ch":                "municipality_change",
		"SELECT 1; FROM munici":               "municipality",
		"sel":                                 "select", // as it was begun
		"SEL":                                 "SELECT",
		"FROM frequency_of(cell, ['sex'], co": "count := ",
		"FROM simulate('4.2', panel_2, published_coefficient, first_year := 1992, ": "last_year := ",
		"FROM simulate(['4.1', '4.":                                 "4.7",
		"FROM sur('4.1', panel_1, std_errors := 'sm":                "small_sample",
		"FROM sur('4.1', panel_1, method := '":                      "ols",
		"FROM sur_bootstrap('4.1', panel_1, seed := 2, method => '": "wild",
		".mo":               ".mode",
		".mode ma":          "markdown",
		".locale n":         "nb",
		".help frequency_o": "frequency_of",
		".timer o":          "off",
	})
	c := s.candidates("SELECT 'æøå', sum(x) FROM munici", "")
	if c.From != len([]rune("SELECT 'æøå', sum(x) FROM ")) {
		t.Errorf("the word begins at %d", c.From)
	}
	c = s.candidates("FROM simulate('4.2', panel_2, published_coefficient, first_year := 1992, first", "")
	if slices.Contains(c.Words, "first_year := ") {
		t.Error("an argument that has been given is offered again")
	}
	for _, before := range []string{"", "'", "(((", ")", "FROM _", ".", "\x00", "SELECT '", ". "} {
		s.candidates(before, "") // whatever comes, it must not fail
	}
}

// Within a formula: columns of the panel that the statement names behind the
// cursor ("|"), functions, and parameters after $.
func TestFormulaCandidates(t *testing.T) {
	s := emptySession(t)
	s.temporary(t, map[string]string{"own": `SELECT 1 AS year, 1::DOUBLE AS price, 1::DOUBLE AS ålder, 1::DOUBLE AS "odd price"`})
	for _, test := range []struct{ text, want, not string }{
		{"FROM sur_of(['emi_k3 = $a + $b*relin|", "relinnt1", "price"},
		{"FROM sur_of(['pri|", "", "price"},
		{"FROM sur_of(['pri|'], own, first_year := 1990)", "price", "odd price"},
		{"FROM sur_of(['x = $a', 'pri| = $b', 'z = $c'] , memory.main.Own )", "price", ""},
		{`FROM sur_of('price = $a + $b*å|', "own");`, "ålder", "abs("},
		{"SELECT sur_fit(['y = $a + relin|'], list(p)) FROM p", "relinnt1", ""},
		{"FROM sur_of(['emi_k3 = $a + $b*la|", "lag(", "$a"},
		{"FROM sur_of(['emi_k3 = $a + $beta*lag(emi_k3)', 'emi_m3 = $c + $|*x + $delta', panel_1); SELECT '$epsilon'", "beta", "epsilon"},
		{"FROM sur_of(['emi_k3 = $a + $beta*lag(emi_k3)', 'emi_m3 = $c + $b|*x + $beta2', panel_1)", "beta2", "a"},
		{"FROM simulate(['4.1', 'emi_k3 = relin|'], panel_1, c)", "relinnt1", "4.1"},
		{"FROM simulate('4.|'], panel_1, c)", "4.1", "relinnt1"},
		{"FROM sur('4.1', panel_1, restrictions := 'a = relin|", "", "relinnt1"},
		{"INSERT INTO equation (model, equation, formula) VALUES ('own', '1', 'emi_k3 = $a + relin|", "relinnt1", ""},
		{"FROM sur_test('4.1', panel_1, 'a = relin|", "", "relinnt1"},
		{"SELECT 'a = relin|", "", "relinnt1"},
	} {
		before, after, _ := strings.Cut(test.text, "|")
		c := s.candidates(before, after)
		if test.want != "" && !slices.Contains(c.Words, test.want) || slices.Contains(c.Words, test.not) {
			t.Errorf("%s: %q, want %q and not %q", test.text, c.Words, test.want, test.not)
		}
		if len(c.Words) > 0 && !strings.HasPrefix(strings.ToLower(c.Words[0]), string([]rune(before)[c.From:])) {
			t.Errorf("%s: the word begins at %d", test.text, c.From)
		}
	}
}

// Every word that is offered for an argument is one that it takes.
func TestArgumentValues(t *testing.T) {
	s := emptySession(t)
	run := func(statement string) error {
		r, err := s.db.Run(context.Background(), statement, 0)
		if err == nil {
			r.Close()
		}
		return err
	}
	s.temporary(t, map[string]string{
		"p":       "SELECT 1990 + i AS year, sin(i*1.7) AS y, cos(i*2.3) AS x, sin(i*i) AS z FROM range(20) t(i)",
		"c":       "SELECT 'a' AS parameter, 0.1 AS estimate UNION ALL SELECT 'b', 0.2",
		"v":       "SELECT 'a' AS parameter_i, 'a' AS parameter_j, 0.01 AS covariance UNION ALL SELECT 'b', 'b', 0.01",
		"counted": "SELECT 2000 AS year, unnest(['male', 'female']) AS sex, 1 AS age, 10 AS residents, 1 AS emigrations, 1 AS emigrations_macro",
		"shifts":  "SELECT 'i' AS scenario, 'led1' AS variable, 2000 AS year, 1.0 AS shift",
	})
	tried := map[string]int{}
	for macro, call := range map[string]string{
		"sur_bootstrap_of":    "sur_bootstrap_of(['y = $a + $b*x'], p, replications := 5, ",
		"sur_of":              "sur_of(['y = $a + $b*x'], p, ",
		"try_sur_fit":         "(SELECT try_sur_fit(['y = $a + $b*x'], list(p), ",
		"simulate_stochastic": "simulate_stochastic('y = $a + $b*x', p, c, replications := 5, parameter_covariance := (SELECT list(v) FROM v), ",
		"multiplier":          "multiplier('y = $a + $b*x', p, c, shocks := 'x', ",
		"counterfactual":      "counterfactual(shifts, published_coefficient, ",
		"frequency_interval":  "frequency_interval(counted, 'sex', ",
		"frequency_period":    "frequency_period(counted, 'sex', [[2000, 2000]], ",
		"decompose":           "decompose(counted, 'sex', 'age', 'male', 'female', ",
	} {
		for _, o := range engine.OptionsOf(macro) {
			if o.Allowed == nil {
				continue
			}
			tried[macro+" "+o.Name] = len(o.Allowed)
			for _, value := range append(long.Rows(o.Allowed, 3), "nonsense") {
				arguments := o.Name + " := '" + value + "'"
				if value == "decay" { // by how much has no default
					arguments += ", residual_decay := 0.7"
				}
				statement := "FROM " + call + arguments + ")"
				if macro == "try_sur_fit" {
					statement += " FROM p)"
				}
				err := run(statement)
				refused := err != nil && strings.Contains(err.Error(), o.Name)
				if macro == "try_sur_fit" && value == "nonsense" {
					continue // which says so in a column
				}
				if refused != (value == "nonsense") {
					t.Errorf("%s: %v", statement, err)
				}
			}
		}
	}
	for name, least := range map[string]int{"sur_of std_errors": 4, "sur_bootstrap_of method": 3, "sur_bootstrap_of estimator": 3, "try_sur_fit method": 3, "frequency_interval count": 2, "frequency_period count": 2, "decompose count": 2, "counterfactual stocks": 2} {
		if tried[name] < least {
			t.Errorf("%s: %d words", name, tried[name])
		}
	}
	if values := new(completion).argument(findOpenCall("FROM sur('4.1', panel_1, std_errors := ")); !slices.Equal(values, sur.StdErrors) {
		t.Errorf("%q", values)
	}
}

// What is in quotes and comments opens no call and is no argument.
func TestCandidatesReadSQL(t *testing.T) {
	s := emptySession(t)
	s.offers(t, map[string]string{
		"FROM simulate('4.2)', /* ) */ panel_2, -- (first_year :=\n\"last_year\" := 2, firs":        "first_year := ",
		"SELECT 'it''s (', first_year := 1, simulate([')'], {'a': (1)}, first_year => 1990, last_y": "last_year := ",
		"FROM sur($$'$$, panel_1, method /* := */ := 'o":                                            "ols",
		"FROM sur('it''s', panel_1, method := '":                                                    "ols",
	})
	c := s.candidates("FROM simulate('4.2', panel_2, c, \"first_year\" := 1, (SELECT fir", "")
	if slices.Contains(c.Words, "first_year := ") {
		t.Error("a query within a call has no arguments of the call")
	}
}

// knowsOwnDimension holds that dimension why, by which the register is counted, is known.
func (s *session) knowsOwnDimension(t *testing.T) {
	t.Helper()
	var out strings.Builder
	s.out.standard = newPrinter(&out)
	s.offers(t, map[string]string{
		"FROM frequency_by_sex_w":           "frequency_by_sex_why",
		".help frequency_by_sex_w":          "frequency_by_sex_why",
		".schema frequency_by_sex_w":        "frequency_by_sex_why",
		".plot frequency_by_w":              "frequency_by_why",
		".plot frequency_by_why color=":     "color=why",
		"SELECT wh":                         "why",
		"FROM frequency_of(cell, ['sex', '": "why",
		"FROM rate_of(cell, ['":             "why",
		"FROM composition(cell, '":          "why",
		"FROM transition_of(['":             "why",
		"FROM panel_long(cell, ['":          "why",
	})
	if _, err := s.db.Query(context.Background(), "FROM frequency_by_why_county_sex"); err == nil || !strings.Contains(err.Error(), `(did you mean "frequency_by_county_sex_why"?)`) {
		t.Error(err)
	}
	for command, want := range map[string]string{
		".help frequency_by_sex_why":   "\n  why          ENUM",
		".schema frequency_by_sex_why": "CREATE VIEW frequency_by_sex_why AS FROM frequency_of(cell, ['sex', 'why']);\n",
	} {
		out.Reset()
		if err := s.command(command); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%s: no %q in %q %v", command, want, out.String(), err)
		}
	}
}
