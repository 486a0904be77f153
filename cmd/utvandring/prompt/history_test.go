package prompt

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestHistory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "history")
	h := OpenHistory(path)
	for _, entry := range []string{"SELECT 1;", "SELECT\n  '\\n';  ", "", " secret", "SELECT 1;", "SELECT 1;"} {
		h.Add(entry)
	}
	want := []string{"SELECT\n  '\\n';", "SELECT 1;"}
	if !reflect.DeepEqual(h.entries, want) {
		t.Errorf("in memory: %q", h.entries)
	}
	if again := OpenHistory(path); !reflect.DeepEqual(again.entries, want) {
		t.Errorf("from the file: %q", again.entries)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

func TestHistoryWithoutFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	h := OpenHistory(filepath.Join(file, "history")) // cannot be made
	h.Add("SELECT 1;")
	if len(h.entries) != 1 {
		t.Error("not kept in memory")
	}
}

func TestRecall(t *testing.T) {
	h := &History{entries: []string{"one", "two"}}
	r := h.recall()
	step := func(text string, ok bool) string {
		if !ok {
			return "-"
		}
		return text
	}
	got := []string{step(r.move("new", 1)), step(r.move("new", -1)), step(r.move("two, changed", -1)), step(r.move("one", -1)), step(r.move("one", 1)), step(r.move("two, changed", 1)), step(r.move("new", 1))}
	want := []string{"-", "two", "one", "-", "two, changed", "new", "-"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
