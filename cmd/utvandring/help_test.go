package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"utvandring/engine"
	"utvandring/engine/width"
	"utvandring/udf/long"
)

// helped is what .help says of a name.
func helped(t *testing.T, s *session, name string) string {
	t.Helper()
	var out bytes.Buffer
	s.out.standard = newPrinter(&out)
	if err := s.command(".help " + name); err != nil {
		return "error: " + err.Error()
	}
	return out.String()
}

// What nothing is called is found by its topic: in names, columns and texts.
func TestHelpFinds(t *testing.T) {
	s := emptySession(t)
	for name, want := range map[string][]string{
		"unemployment":   {"country_year", "figure_4_2", "counterfactual"},
		"county":         {"frequency_by_… (63)", "cell ", "municipality ", "frequency_of"},
		"keys":           {"Ctrl-R", "Ctrl-D", "Tab"},
		"variables":      {"SET VARIABLE", "getenv"},
		"init":           {".utvandringrc", "-no-init"},
		"scripts":        {".bail", "exit status"},
		"script":         {".read", "scripts"},
		"extract":        {"person.csv", "residence.csv", ".load"},
		"fig%":           {"figure_3_… (18)", "figure_4_1 ", "figure_5_… (47)"},
		"figure_5_3?":    {"figure_5_30 ", "figure_5_39 "},
		"*covariance_of": {"sur_covariance_of", "sur_residual_covariance_of"},
		"standard error": {"sur_bootstrap", "simulate_stochastic"},
		"formula":        {"$a + $b*lag"},
		"read_csv":       {"\n    "}, // broken between its arguments
	} {
		text := helped(t, s, name)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf(".help %s: no %q in\n%s", name, w, text)
			}
		}
	}
	if text := helped(t, s, "figure_4_?"); strings.Contains(text, "figure_5") || strings.Contains(text, "country_year") {
		t.Errorf("a pattern finds more than names:\n%s", text)
	}
	if text := helped(t, s, "bananas"); !strings.HasPrefix(text, `error: nothing is called "bananas"`) {
		t.Error(text)
	}
	for _, there := range []bool{true, false} { // what a statement makes is known at once, and gone at once
		if err := s.statement(map[bool]string{true: "CREATE TEMP MACRO bananas(fruit) AS fruit + 1", false: "DROP MACRO temp.bananas"}[there]); err != nil {
			t.Fatal(err)
		}
		offered := slices.Contains(s.candidates("SELECT banan", "").Words, "bananas(")
		if text := helped(t, s, "bananas"); offered != there || strings.HasPrefix(text, "bananas(fruit)  (macro)") != there {
			t.Errorf("there %v, offered %v: %s", there, offered, text)
		}
	}
}

// The topics name commands and flags that there are, and fit on a screen.
func TestHelpTopics(t *testing.T) {
	commands := regexp.MustCompile(`(?m)(?:^|[ >])(\.[a-z]+)\b(?:\s|$)`)
	flag := regexp.MustCompile(`\s-([a-z][a-z-]+)`)
	for name, text := range topics() {
		if lines := strings.SplitN(text, "\n", 3); lines[0] != name || !strings.HasPrefix(lines[1], "(") {
			t.Errorf("%s begins with %q", name, lines[:2])
		}
		for line := range strings.Lines(text) {
			if len([]rune(line)) > 92 {
				t.Errorf("%s is too wide: %s", name, line)
			}
		}
		if name == "formula" {
			continue
		}
		for _, m := range commands.FindAllStringSubmatch(text, -1) {
			if c, err := findCommand(m[1]); (err != nil || "."+c.name != m[1]) && !strings.Contains(".csv .json .md .html .tex .xlsx", m[1]) {
				t.Errorf("%s: there is no %s", name, m[1])
			}
		}
		for _, m := range flag.FindAllStringSubmatch(text, -1) {
			if findFlag(flags(), m[1]) == nil && !slices.ContainsFunc(commandTable(), func(c command) bool { return strings.Contains(c.args, "-"+m[1]) }) {
				t.Errorf("%s: there is no -%s", name, m[1])
			}
		}
	}
}

// Nothing in help is wider than helpWidth.
func TestHelpWidth(t *testing.T) {
	s := emptySession(t)
	var names []string
	for _, e := range engine.Entries() {
		names = append(names, e.Name)
	}
	for _, c := range commandTable() {
		names = append(names, "."+c.name)
	}
	for _, name := range long.Rows(names, 14) {
		for line := range strings.Lines(helped(t, s, name)) {
			if n := width.Of(strings.TrimRight(line, "\n")); n > helpWidth {
				t.Errorf("%s is %d wide: %s", name, n, line)
			}
		}
	}
}

// The extract of .help extract is one, counted by a dimension of one's own too, which is then
// known wherever those of the report are.
func TestHelpExtract(t *testing.T) {
	s := testSession(t)
	if err := s.db.Exec(context.Background(), "INSERT INTO dimension VALUES ('why', 'person', 'sex')"); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	file := regexp.MustCompile(`^    (\w+\.csv)? {3,}(\S.*)$`)
	name := ""
	for line := range strings.Lines(topics()["extract"]) {
		m := file.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m == nil {
			continue
		}
		if m[1] != "" {
			name = m[1]
		}
		f, err := os.OpenFile(filepath.Join(folder, name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(m[2] + "\n"); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.command(".load " + folder); err != nil {
		t.Fatal(err)
	}
	rows, err := s.texts("SELECT count(*) FROM residence UNION ALL SELECT count(*) FROM migration")
	if err != nil || len(rows) != 2 || rows[0][0] != "2" || rows[1][0] != "1" {
		t.Errorf("%v %v", rows, err)
	}
	s.knowsOwnDimension(t)
}

func TestGetenv(t *testing.T) {
	s := emptySession(t)
	t.Setenv("UTVANDRING_TEST", "a b")
	var got string
	if err := s.db.Conn().Row(context.Background(), "SELECT getenv('UTVANDRING_TEST') || coalesce(getenv('UTVANDRING_NOT_SET'), '!') || coalesce(getenv(NULL), '?')").Scan(&got); err != nil || got != "a b!?" {
		t.Errorf("%q %v", got, err)
	}
}
