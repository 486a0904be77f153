package engine

import (
	"os"
	"testing"
	"time"
)

// What a program that was killed has left goes, what another uses stays.
func TestTemporary(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	used, remove, err := newTemporary("extract")
	if err != nil {
		t.Fatal(err)
	}
	left, err := os.MkdirTemp("", "utvandring-extract-")
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.MkdirTemp("", "utvandring-of-mine-")
	if err != nil {
		t.Fatal(err)
	}
	is := func(path string) bool { _, err := os.Stat(path); return err == nil }
	if sweepTemporary(time.Hour); !is(left) {
		t.Error("new ones are taken for left")
	}
	if sweepTemporary(0); !is(used) || is(left) || !is(other) {
		t.Errorf("used %t, left %t, other %t", is(used), is(left), is(other))
	}
	if remove(); is(used) {
		t.Error("it is there still")
	}
}
