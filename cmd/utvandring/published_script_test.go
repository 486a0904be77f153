package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"utvandring/udf/long"
)

// TestPublished runs the scripts over published figures, testdata/published, where these
// are beside the repository; they are no part of it. What each prints is the .md beside it.
func TestPublished(t *testing.T) {
	long.Test(t)
	const data = "../../../shared/data"
	if _, err := os.Stat(data); err != nil {
		t.Skipf("the published figures are not here: %v", err)
	}
	scripts, err := filepath.Glob("../../testdata/published/*.sql")
	if err != nil || len(scripts) == 0 {
		t.Fatal(err)
	}
	for _, script := range scripts {
		folder := t.TempDir()
		if err := copyDatabase(preparedEmpty, folder); err != nil {
			t.Fatal(err)
		}
		got, errs, status := runProgram(filepath.Join(folder, "empty.duckdb"), "-no-init", "-v", "data="+data, "-f", script)
		if status != exitOK {
			t.Fatalf("status %d: %s", status, errs)
		}
		sameAsFile(t, strings.TrimSuffix(script, ".sql")+".md", got)
	}
}
