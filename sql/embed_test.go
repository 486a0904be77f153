package sql

import (
	"io/fs"
	"path"
	"slices"
	"testing"
)

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
