package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/long"
)

// TestStudy runs the study as an analyst would write it, testdata/scripts/NN_*.sql and
// the simulations that go beyond the report, on a demo register of 1/20 of national
// size, opened for reading only. What each prints is the .md of its name beside it, and
// what it notes on standard error the .notes, if there is one. With UPDATE=1 (and
// -short=false for the long ones) those that differ are written anew; read the difference
// before committing it: it changes with the behaviour of the demo register and with
// nothing else.
func TestStudy(t *testing.T) {
	database := demoFile(t)
	var scripts []string
	for _, pattern := range []string{"[0-9]*.sql", "counterfactual*.sql", "projection.sql"} {
		found, err := filepath.Glob("../../testdata/scripts/" + pattern)
		if err != nil || len(found) == 0 {
			t.Fatal(pattern, err)
		}
		scripts = append(scripts, found...)
	}
	for _, script := range scripts {
		t.Run(filepath.Base(script), func(t *testing.T) {
			switch filepath.Base(script) {
			case "03_decomposition.sql", "06_country.sql", "counterfactual_bands.sql", "projection.sql":
				long.Test(t)
			}
			got, errs, status := runProgram(database, "-no-init", "-readonly", "-f", script)
			if status != exitOK {
				t.Fatalf("status %d: %s", status, errs)
			}
			sameAsFile(t, strings.TrimSuffix(script, ".sql")+".md", got)
			notes := strings.SplitAfter(strings.ReplaceAll(errs, script, filepath.Base(script)), "\n")
			slices.Sort(notes) // the parts of a UNION ALL run side by side
			sameAsFile(t, strings.TrimSuffix(script, ".sql")+".notes", strings.Join(notes, ""))
		})
	}
}

// sameAsFile compares a text with a file; nothing is a file that is not there.
func sameAsFile(t *testing.T, path, got string) {
	t.Helper()
	want, err := os.ReadFile(path)
	if string(want) == got {
		return
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s (%v): the output differs; first in\n%s", path, err, firstDifference(string(want), got))
}
