package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A script is the same whatever ends its lines, a carriage return alone as well: what
// follows a comment or a dot-command is run, and an error has its line.
func TestLineEnds(t *testing.T) {
	script := ".mode csv\nSELECT 1 AS a;\n-- a comment\n.print between -- as it is\nSELECT 2 AS b, -- another\n  3 AS c;\n/* and\none */\n.print\nSELECT 4 AS d;\nFROM nowhere;\n"
	empty, err := preparedEmpty()
	if err != nil {
		t.Fatal(err)
	}
	var want [2]string
	for _, end := range []string{"\n", "\r\n", "\r"} {
		path := filepath.Join(t.TempDir(), "script.sql")
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(script, "\n", end)), 0o666); err != nil {
			t.Fatal(err)
		}
		out, errs, status := runProgram(empty, "-no-init", "-readonly", "-f", path)
		errs = strings.ReplaceAll(errs, path, "script.sql")
		if end == "\n" {
			want = [2]string{out, errs}
		}
		if status != exitFailed || out != want[0] || errs != want[1] {
			t.Errorf("%q: status %d\n%s%s", end, status, out, errs)
		}
	}
	if want[0] != "a\n1\nbetween -- as it is\nb,c\n2,3\n\nd\n4\n" || !strings.HasPrefix(want[1], "script.sql:11: there is no table or view") {
		t.Errorf("%q", want)
	}
}
