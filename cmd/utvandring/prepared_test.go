package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"utvandring/engine"
)

// Databases that are made once for all tests, for a start over one takes a tenth
// of a start that makes it.
var (
	// preparedEmpty has nobody in its register.
	preparedEmpty = sync.OnceValues(func() (string, error) { return makeDatabase("empty.duckdb", "") })
	// preparedDemo has the demo register of a start without arguments.
	preparedDemo = sync.OnceValues(func() (string, error) {
		empty, err := preparedEmpty()
		if err == nil {
			err = copyFile(empty, filepath.Join(preparedFolder, "demo.duckdb"))
		}
		if err != nil {
			return "", err
		}
		return makeDatabase("demo.duckdb", ".demo")
	})
)

// emptyDB and demoDB are these, open for reading.
var emptyDB, demoDB = sharedOf(preparedEmpty), sharedOf(preparedDemo)

func sharedOf(prepared func() (string, error)) func() (*engine.DB, error) {
	return sync.OnceValues(func() (*engine.DB, error) {
		path, err := prepared()
		if err != nil {
			return nil, err
		}
		return engine.Open(context.Background(), path, engine.Options{ReadOnly: true})
	})
}

func emptyRegister(t testing.TB) *engine.DB {
	t.Helper()
	db, err := emptyDB()
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// preparedFolder is where they are; TestMain makes and removes it.
var preparedFolder string

func makeDatabase(name, statement string) (string, error) {
	path := filepath.Join(preparedFolder, name)
	if out, errs, status := runProgram(path, "-no-init", "-c", statement); status != exitOK {
		return "", fmt.Errorf("%s: %s%s", name, out, errs)
	}
	return path, nil
}

// demoFile is a file with the demo register, to be opened for reading only.
func demoFile(t testing.TB) string {
	t.Helper()
	path, err := preparedDemo()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// copyDatabase puts a copy of a prepared database into a folder, under its own name.
func copyDatabase(prepared func() (string, error), folder string) error {
	path, err := prepared()
	if err != nil {
		return err
	}
	return copyFile(path, filepath.Join(folder, filepath.Base(path)))
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o666)
}
