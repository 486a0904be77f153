package main

import (
	"slices"
	"strings"
	"testing"
)

// The flags and commands that users have been promised. One that goes missing
// breaks somebody's script.
func TestPromisedFlags(t *testing.T) {
	help := flagHelp()
	for _, name := range strings.Fields(`-c -f -init -no-init -csv -json -jsonlines -markdown -table -line -latex -mode
		-noheader -nullvalue -separator -readonly -bail -batch -echo -v -version -help`) {
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
		.headers .separator .echo .bail .print .show .last .edit .demo .load .check .refresh .exit`)
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

func TestSplitWords(t *testing.T) {
	for line, want := range map[string][]string{
		".mode csv":              {".mode", "csv"},
		"  .open  -readonly  x ": {".open", "-readonly", "x"},
		`.read "a b.sql"`:        {".read", "a b.sql"},
		`.nullvalue ''`:          {".nullvalue", ""},
		"":                       {"."},
	} {
		if got, err := splitWords(line); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q %v", line, got, err)
		}
	}
	if _, err := splitWords(".read 'a"); err == nil {
		t.Error("an unclosed quote is taken")
	}
}
