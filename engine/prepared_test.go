package engine

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// fresh is a database of the test's own, with nobody in its register. It is a copy
// of one that is made once for all tests, since making it, all of sql/, takes ten
// times as long as opening the copy.
func fresh(t testing.TB) *DB {
	t.Helper()
	return copyOf(t, prepared)
}

// byHand is a database of the test's own with the hand-made register of definitions.
func byHand(t testing.TB) *DB {
	t.Helper()
	return copyOf(t, preparedByHand)
}

var (
	prepared       = sync.OnceValues(func() ([]byte, error) { return prepare(func(*DB) error { return nil }) })
	preparedByHand = sync.OnceValues(func() ([]byte, error) {
		return prepare(func(db *DB) error {
			_, err := db.Load(context.Background(), definitions)
			return err
		})
	})
)

// prepare gives the content of a database file that fill has filled.
func prepare(fill func(*DB) error) (content []byte, err error) {
	folder, err := os.MkdirTemp("", "utvandring")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "prepared.duckdb")
	db, err := Open(context.Background(), path, Options{})
	if err != nil {
		return nil, err
	}
	if err = fill(db); err != nil {
		db.Close()
		return nil, err
	}
	if err = db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

func copyOf(t testing.TB, prepared func() ([]byte, error)) *DB {
	t.Helper()
	content, err := prepared()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "memory.duckdb") // a database is named after its file, and one in memory "memory"
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, path, Options{})
}
