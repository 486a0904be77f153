package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	"utvandring/engine"
)

// The flags and commands that users have been promised. One that goes missing
// breaks somebody's script.
func TestPromisedFlags(t *testing.T) {
	help := flagHelp()
	for _, name := range strings.Fields(`-c -f -init -no-init -csv -json -jsonlines -markdown -table -line -latex -mode
		-noheader -nullvalue -separator -readonly -bail -batch -echo -notes -v -version -help`) {
		if findFlag(flags(), name[1:]) == nil {
			t.Errorf("no flag %s", name)
		}
		if !strings.Contains(help, "\n  "+name+" ") {
			t.Errorf("-help does not tell of %s", name)
		}
	}
	for line := range strings.Lines(help) {
		if len([]rune(line)) > 81 {
			t.Errorf("wider than a terminal: %s", line)
		}
	}
}

func TestPromisedCommands(t *testing.T) {
	promised := strings.Fields(`.help .quit .open .read .output .once .mode .tables .schema .functions .timer .maxrows .digits .nullvalue
		.headers .separator .echo .bail .notes .print .show .last .edit .demo .load .check .refresh .exit`)
	for _, name := range promised {
		if c, err := findCommand(name); err != nil || "."+c.name != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	var seen []string
	for _, c := range commandTable() {
		if c.help == "" || c.run == nil || c.most < c.least {
			t.Errorf(".%s: a row of the table is not filled in", c.name)
		}
		if slices.Contains(seen, c.name) {
			t.Errorf(".%s is in the table twice", c.name)
		}
		seen = append(seen, c.name)
		if strings.ContainsAny(c.help, ".") && strings.HasSuffix(c.help, ".") {
			t.Errorf(".%s: the help line ends with a full stop", c.name)
		}
	}
}

// Every formula of .help formula is what the page says: estimated, or refused.
func TestFormulaHelp(t *testing.T) {
	ctx := context.Background()
	db, err := engine.Open(ctx, engine.Memory, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Exec(ctx, `CREATE TABLE p AS SELECT 1990 + i AS year, 10 + sin(i*7.1) AS y, 5 + cos(i*3.3) AS x, 3 + sin(i*i) AS z,
		2 + cos(i*i*1.7) AS "odd name", 4 + sin(i*1.9) AS price, x + 3 AS relinnt1, z AS emi_k3 FROM range(24) t(i)`); err != nil {
		t.Fatal(err)
	}
	tried, refused := 0, false
	for line := range strings.Lines(helpFormula) {
		if strings.TrimSpace(line) == "Refused" {
			refused = true
		}
		if len([]rune(line)) > 91 {
			t.Errorf("too wide: %s", line)
		}
		formula, ok := strings.CutPrefix(line, "    ")
		formula, _, _ = strings.Cut(strings.TrimSpace(formula), "  ")
		if !ok || strings.HasPrefix(line, "     ") || strings.HasPrefix(formula, "FROM ") || strings.HasPrefix(formula, "SELECT ") {
			continue
		}
		tried++
		if !strings.Contains(formula, " = ") || refused {
			formula = "y = $a + " + formula
		}
		r, err := db.Run(ctx, "FROM sur_of(['"+formula+"', 'x = $x'], p, method := 'ols')", 0)
		if err == nil {
			r.Close()
		}
		if refused != (err != nil) {
			t.Errorf("%s: %v", formula, err)
		}
	}
	if tried < 25 {
		t.Errorf("only %d formulas", tried)
	}
}

func TestFindCommand(t *testing.T) {
	for word, want := range map[string]string{".mode": "mode", ".MODE": "mode", ".mo": "mode", ".q": "quit", ".ta": "tables"} {
		if c, err := findCommand(word); err != nil || c.name != want {
			t.Errorf("%s: %v", word, err)
		}
	}
	for _, word := range []string{".", ".nonsense", ".re", ".s"} {
		if c, err := findCommand(word); err == nil {
			t.Errorf("%s found .%s", word, c.name)
		}
	}
}
