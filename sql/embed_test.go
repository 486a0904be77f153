package sql

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A database would stay another version's for a file that writes macros out and is not among
// the Sources.
func TestSourcesHaveWhatWritesOut(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if name != "embed.go" && !strings.HasSuffix(name, "_test.go") && !slices.Contains(Sources(), name) {
			t.Errorf("%s is not among Sources", name)
		}
	}
	for _, name := range Sources() {
		if _, err := Files.ReadFile(name); err != nil {
			t.Error(err)
		}
	}
}

// A file that Order forgets would never be applied.
func TestOrderHasEveryFileOnce(t *testing.T) {
	var files []string
	err := fs.WalkDir(Files, ".", func(name string, d fs.DirEntry, err error) error {
		if path.Ext(name) == ".sql" {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ordered := slices.Sorted(slices.Values(Order))
	slices.Sort(files)
	if !slices.Equal(ordered, files) {
		t.Errorf("Order has\n%q\nthe folders hold\n%q", ordered, files)
	}
}
