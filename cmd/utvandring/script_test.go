package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The test binary is the program too: testscript runs it as "utvandring".
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"utvandring": main})
}

// TestScripts runs testdata/scripts/*.txtar: commands as a user would type them,
// and what must come of it. With UPDATE=1 the expected outputs that differ are
// written anew; read the difference before committing it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/scripts",
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
	})
}
