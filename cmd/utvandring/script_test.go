package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"utvandring/udf/long"
)

// The test binary is the program too: run as "utvandring", which is how testscript
// puts it on the PATH.
func TestMain(m *testing.M) {
	testscript.Main(withPrepared{m}, map[string]func(){"utvandring": main})
}

// withPrepared runs the tests with a folder for prepared databases.
type withPrepared struct{ *testing.M }

func (tests withPrepared) Run() int {
	var err error
	if preparedFolder, err = os.MkdirTemp("", "utvandring"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(preparedFolder)
	os.Setenv("XDG_CACHE_HOME", preparedFolder) // where templates are kept
	return tests.M.Run()
}

// TestScripts runs testdata/scripts/*.txtar: commands as a user would type them,
// and what must come of it. Beside the files of a script lie empty.duckdb, a database
// with nobody in its register, and, where the script names it, demo.duckdb, which holds the
// demo register: faster to open than :memory: and the demo register, which are for what is
// about them. What
// follows "[!long] stop" in a script, or [long] in a line, is only run with -short=false.
// With UPDATE=1 the expected outputs that differ are written anew; read the difference
// before committing it.
func TestScripts(t *testing.T) {
	const scripts = "../../testdata/scripts"
	testscript.Run(t, testscript.Params{
		Dir:                 scripts,
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition: func(word string) (bool, error) {
			if word != "long" {
				return false, fmt.Errorf("no condition %s", word)
			}
			return long.Asked(), nil
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("XDG_CACHE_HOME", preparedFolder)
			if err := copyDatabase(preparedEmpty, e.WorkDir); err != nil {
				return err
			}
			name := strings.TrimPrefix(filepath.Base(e.WorkDir), "script-")
			script, err := os.ReadFile(filepath.Join(scripts, name+".txtar"))
			if err != nil || !bytes.Contains(script, []byte(" demo.duckdb")) {
				return err
			}
			return copyDatabase(preparedDemo, e.WorkDir)
		},
	})
}
