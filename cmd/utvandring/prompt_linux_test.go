package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"utvandring/udf/long"
)

func TestPrompt(t *testing.T) {
	term := startTerminal(t, 80, 24, "empty.duckdb")
	term.expect(".help")
	term.expect("empty> ")

	term.send("SELECT 40 +\r")
	term.expect("...> ")
	term.send("2 AS answer;\r")
	term.expect("│     42 │")
	term.expect("empty> ")

	term.send(keyUp + "\r") // both lines come back
	term.expect("│     42 │")
	term.expect("empty> ")

	term.send("FROM municipality_ch\t")
	term.expect("municipality_change")
	term.send(ctrlC)
	term.expect("^C")
	term.expect("empty> ")

	term.send("\x1b[200~SELECT 'pasted'\t||\r\n' text' AS p;\rSELECT 'second' AS s;\x1b[201~\r")
	term.expect("│ pasted text │")
	term.expect("│ second │")
	term.expect("empty> ")

	term.send("SELEC 1;\r")
	term.expect("error: syntax error")
	term.expect("empty> ")

	term.send("BEGIN;\r")
	term.expect("empty*> ")
	term.send("ROLLBACK;\r")
	term.expect("empty> ")

	term.send(".maxrows 4\r")
	term.expect("empty> ")
	term.send("FROM range(100000000);\r")
	term.expect("more than 10 000 rows, the first 4 shown; .last shows all")
	term.expect("empty> ")

	term.send(".maxwidth 30\r")
	term.expect("empty> ")
	term.send("SELECT repeat('x', 60) AS t;\r")
	term.expect("│ " + strings.Repeat("x", 25) + "… │")
	term.expect("empty> ")

	term.send(ctrlD)
	term.exits(exitOK)
	path := filepath.Join(term.home, "utvandring", "history")
	history, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(history), `SELECT 40 +\n2 AS answer;`+"\n") {
		t.Errorf("history: %q %v", history, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("history can be read by others: %v %v", info.Mode(), err)
	}
}

func TestCtrlCStopsQueryNotSession(t *testing.T) {
	term := startTerminal(t, 80, 24, "empty.duckdb")
	term.expect("empty> ")
	term.send(endless + ";\r")
	term.appears(endlessFile)
	term.send(ctrlC)
	term.expect("interrupted")
	term.expect("empty> ")
	term.send("SELECT 'still' || ' here';\r")
	term.expect("still here")
	term.expect("empty> ")
	term.send(ctrlC + ctrlC + ctrlC) // with nothing typed they only say what leaves
	term.expect("Ctrl-D or .quit leaves")
	term.send("SELECT 'and' || ' now';\r")
	term.expect("and now")
	term.expect("empty> ")
	term.send(".quit 3\r")
	term.exits(3)
}

// While a large table is drawn, Ctrl-C ends it, and what is said below it is what was drawn.
func TestCtrlCStopsDrawing(t *testing.T) {
	term := startTerminal(t, 1000, 24, "empty.duckdb")
	term.expect("empty> ")
	term.send(".maxrows 0\r")
	term.expect("empty> ")
	term.send(".pager off\r")
	term.expect("empty> ")
	begin := len(term.written())
	term.send("SELECT range AS n, repeat('x', 900) AS t FROM range(30000);\r")
	term.await("table", func() bool { return strings.Contains(term.written()[begin:], "┌") })
	term.send(ctrlC)
	term.expect("stopped: ")
	term.expect(" of 30 000 rows shown")
	term.expect("interrupted")
	term.expect("empty> ")
	drawn := strings.ReplaceAll(term.written()[begin:], "^C", "") // the terminal's echo, anywhere in a row
	said := regexp.MustCompile(`stopped: ([\d ]+) of`).FindStringSubmatch(drawn)[1]
	rows := regexp.MustCompile(`│ +(\d+) │ x`).FindAllStringSubmatch(drawn, -1)
	if len(rows) == 0 || len(rows) == 30000 || fmt.Sprint(len(rows)) != strings.ReplaceAll(said, " ", "") || rows[len(rows)-1][1] != fmt.Sprint(len(rows)-1) {
		t.Errorf("%s rows are said to be drawn, and %d are", said, len(rows))
	}
	term.send("SELECT 'still' || ' here';\r")
	term.expect("still here")
}

// A terminal too narrow for any candidate, and keys that nothing is bound to.
func TestNarrowTerminal(t *testing.T) {
	term := startTerminal(t, 9, 4, "empty.duckdb")
	term.expect("empty> ")
	term.send("FROM frequency\t\t\t\x1b[Z\x1b[99;99~\x1bq\x1b[15~")
	term.send(strings.Repeat("x", 100) + "\x01\x05" + keyUp + ctrlC)
	term.expect("^C")
	term.send("SELECT 'ok' || 'ay';\r")
	term.expect("okay")
	term.expect("empty> ")
	term.send(ctrlD)
	term.exits(exitOK)
}

// Ctrl-C in a script at a terminal stops the script, with the statement that ran.
func TestCtrlCStopsScript(t *testing.T) {
	term := startTerminal(t, 80, 24, "empty.duckdb", "-c", ".print begun", "-c", endless, "-c", ".print never")
	term.expect("begun")
	term.appears(endlessFile)
	term.send(ctrlC)
	term.expect("interrupted")
	term.exits(exitFailed)
	if strings.Contains(term.written(), "never") {
		t.Error("the script went on")
	}
}

// A note comes at the prompt after what it is about: of a statement, and at once, but
// once, that the register has changed since it was counted.
func TestPromptNotes(t *testing.T) {
	dir := t.TempDir()
	if err := copyDatabase(preparedDemo, dir); err != nil {
		t.Fatal(err)
	}
	demo := filepath.Join(dir, "demo.duckdb")
	term := startTerminal(t, 200, 24, demo)
	term.expect("demo> ")
	term.send("SELECT count(*) FROM cell WHERE sex = 'kvinne';\r")
	term.expect("sex has no value 'kvinne' (it has 'female', 'male')")
	term.expect("demo> ")
	term.send("DELETE FROM migration WHERE person_id < 100;\r")
	term.expect("rows deleted")
	term.expect("table migration has changed since it was counted")
	term.expect("demo> ")
	term.send("FROM frequency WHERE year = 2013; SELECT 'no' || ' more';\r")
	term.expect("no more")
	term.expect("demo> ")
	term.send(ctrlD)
	term.exits(exitOK)

	term = startTerminal(t, 200, 24, demo)
	term.expect("table migration has changed since it was counted")
	term.expect("demo> ")
	if !long.Asked() {
		return
	}
	term.send(".refresh\r")
	term.expect("register counted")
	term.expect("demo> ")
	term.send("SELECT 'all' || ' well';\r")
	term.expect("all well")
	term.expect("demo> ")
	term.send(ctrlD)
	term.exits(exitOK)
}
