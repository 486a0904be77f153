package main

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"utvandring/engine"
)

// runProgram runs the program within the test.
func runProgram(database string, args ...string) (out, errs string, status int) {
	var stdout, stderr bytes.Buffer
	m := Main{Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr}
	status = m.Run(append(args, database))
	return stdout.String(), stderr.String(), status
}

// firstDifference gives the first line that differs, as expected and as it is.
func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		switch {
		case i >= len(w):
			return "+ " + g[i]
		case i >= len(g):
			return "- " + w[i]
		case w[i] != g[i]:
			return "- " + w[i] + "\n+ " + g[i]
		}
	}
	return ""
}

// demoSession and emptySession are sessions without a terminal over the demo register, and over
// one with nobody in it. Tests share the databases, in which only what is temporary can be written.
func demoSession(t testing.TB) *session  { return sessionOfAll(t, demoDB) }
func emptySession(t testing.TB) *session { return sessionOfAll(t, emptyDB) }

func sessionOfAll(t testing.TB, shared func() (*engine.DB, error)) *session {
	t.Helper()
	db, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	s := newSession(&Main{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard}, &options{settings: defaultSettings(), readonly: true})
	s.db = db
	t.Cleanup(func() {
		s.keep(nil)
		db.TakeNotes()
		s.db = nil
		s.close()
	})
	return s
}

// temporary makes temporary tables, which are gone after the test.
func (s *session) temporary(t testing.TB, tables map[string]string) {
	t.Helper()
	for name, query := range tables {
		if err := s.db.Exec(context.Background(), "CREATE TEMP TABLE "+name+" AS "+query); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.db.Exec(context.Background(), "DROP TABLE temp."+name) })
	}
}

// testSession is a session over a database of the test's own with nobody in its
// register, without a terminal.
func testSession(t *testing.T) *session { return sessionOver(t, preparedEmpty, "empty.duckdb") }

// sessionOver is one over a copy of a prepared database of this name.
func sessionOver(t *testing.T, prepared func() (string, error), name string) *session {
	t.Helper()
	folder := t.TempDir()
	if err := copyDatabase(prepared, folder); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, name)
	o := &options{settings: defaultSettings(), database: &path}
	s := newSession(&Main{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard}, o)
	s.end = func(db *engine.DB) { // nobody reads the file any more
		db.Exec(context.Background(), "PRAGMA disable_checkpoint_on_shutdown")
		db.Close()
	}
	if err := s.start(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	return s
}
