package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What people type and paste in their first minutes.
func TestFirstMinutes(t *testing.T) {
	term := startTerminal(t, 100, 30, "empty.duckdb")
	term.expect("nobody is in the register: .load DIR")
	term.expect("empty> ")
	term.send("help\r")
	term.expect(".help unemployment searches")
	term.expect("empty> ")
	term.send("CREATE TABLE \"my t\" AS SELECT 1 AS æ;\r")
	term.expect("empty> ")
	term.send("\\d \"my t\"\r")
	term.expect("DESCRIBE \"my t\"; is what does that here")
	term.expect("│ æ ")
	term.expect("empty> ")

	// A block of the README with its prompts and results.
	term.send("\x1b[200~demo> .nullvalue -\ndemo> SELECT 40\n ...> + 2 AS answer, NULL AS n;\n┌───┐\n│ 1 │\n└───┘\nnorway> SELECT 'next' AS w;\n\x1b[201~")
	term.expect("'next' AS w;")
	term.send("\r")
	term.expect("│     42 │ - ")
	term.expect("│ next │")
	term.expect("empty> ")
	term.send("x>  SELECT 'unmarked' || '!';\r")
	term.expect("│ unmarked! ")
	term.expect("empty> ")

	term.send("SELECT 1\t+ 41\t\tAS burst;\r") // Tabs of a paste that is not marked
	term.expect("│    42 │")
	term.expect("empty> ")
	term.send("\x0c") // Ctrl-L scrolls away what was there
	term.expect(strings.Repeat("\r\n", 30))

	term.send("BEGIN;\r")
	term.expect("empty*> ")
	term.send("SELECT error('mine');\r")
	term.expect("error: mine; your transaction is aborted: ROLLBACK")
	term.expect("empty*> ")
	term.send("ROLLBACK;\r")
	term.expect("empty> ")
	term.send(".history answer\r")
	term.expect("+ 2 AS answer")
	term.expect("empty> ")
	term.send("exit\r")
	term.exits(exitOK)
}

// Nothing in data drives the terminal.
func TestControlCharactersAreShown(t *testing.T) {
	term := startTerminal(t, 100, 30, "empty.duckdb")
	term.expect("empty> ")
	for _, line := range []string{
		`SELECT error('a' || chr(27) || '[31mPWN');`,
		`SELECT chr(27) || '[31mPWN' AS v, 'x' || chr(155) || '31mPWN' AS w;`,
		`.mode csv`, `FROM (SELECT chr(27) || '[31mPWN' AS v);`,
		`.mode line`, `FROM (SELECT chr(27) || '[31mPWN' AS v);`,
		`.mode markdown`, `FROM (SELECT chr(27) || '[31mPWN' AS v);`,
		`.mode table`, `SELECT chr(27) || '[31mPWN' AS v, 1 AS n;`, `.plot`,
		`SET VARIABLE v = chr(27) || '[31mPWN';`, `.print $v`, `.read $v`,
		`CREATE TABLE t AS SELECT chr(27) || '[31mPWN' AS v; CREATE TABLE u AS SELECT * FROM query('SELECT 1 AS "' || (SELECT 'x' || chr(27) || '[31mPWN') || '"');`,
		`.tables`, `.help u`, `FROM u WHERE nix;`,
	} {
		term.send(line + "\r")
		term.expect("\n") // of the entry
		term.expect("empty> ")
	}
	for _, bad := range []string{"\x1b[31mPWN", "\u009b31mPWN"} {
		if i := strings.Index(term.written(), bad); i >= 0 {
			t.Errorf("the terminal was sent %q", term.written()[max(i-200, 0):i+10])
		}
	}
	if n := strings.Count(term.written(), `\u001b[31mPWN`); n < 9 {
		t.Errorf("shown %d times", n)
	}
}

// Ctrl-C stops a table that is being drawn, which tells how far it came; Ctrl-D typed
// while a statement runs ends the session after it.
func TestKeysWhileStatementRuns(t *testing.T) {
	term := startTerminal(t, 80, 24, "empty.duckdb")
	term.expect("empty> ")
	term.send(".maxrows 0\r")
	term.expect("empty> ")
	term.send("SELECT i AS n, repeat('x', 60) AS t FROM range(100000) t(i);\r")
	term.expect("│  2000 │")
	term.send(ctrlC)
	term.expect("stopped: ")
	term.expect(" of 100 000 rows shown")
	term.expect("interrupted")
	term.expect("empty> ")
	pipe := filepath.Join(term.home, "pipe") // the statement waits for what comes out of it
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	term.send("COPY (SELECT content FROM read_text('pipe')) TO 'slow.csv';\r")
	term.appears("*slow.csv")
	term.send(ctrlD)
	if err := os.WriteFile(pipe, []byte("there"), 0o600); err != nil {
		t.Fatal(err)
	}
	term.exits(exitOK)
	if text, err := os.ReadFile(filepath.Join(term.home, "slow.csv")); err != nil || string(text) != "content\nthere\n" {
		t.Errorf("%q %v", text, err)
	}
}
