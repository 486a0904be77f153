package main

import (
	"strings"
	"testing"
)

// The flags and commands that users have been promised. One that goes missing
// breaks somebody's script.
func TestPromisedFlags(t *testing.T) {
	help := flagHelp()
	for _, name := range strings.Fields(`-c -f -init -no-init -csv -json -jsonlines -markdown -table -line -latex -mode
		-noheader -nullvalue -separator -decimal -thousands -bom -readonly -adopt -bail -batch -echo -notes -v -cmd -no-stdin -safe -allow -version -help`) {
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
