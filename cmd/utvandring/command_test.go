package main

import (
	"slices"
	"strings"
	"testing"
)

func TestPromisedCommands(t *testing.T) {
	promised := strings.Fields(`.help .quit .open .read .output .once .mode .tables .schema .functions .timer .maxrows .digits .nullvalue
		.headers .separator .echo .bail .notes .print .show .last .edit .demo .load .check .refresh .exit
		.history .watch .shell .cd .databases .pager .types .safe .maxwidth .changes`)
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
