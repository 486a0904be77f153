package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/chzyer/readline"

	"utvandring/cmd/utvandring/prompt"
	"utvandring/cmd/utvandring/render"
	"utvandring/engine"
)

// session is an open database with the user's settings: what statements and
// dot-commands work on.
type session struct {
	db       *engine.DB
	readonly bool
	settings settings

	stdin       io.Reader
	out         *output
	errs        io.Writer
	errColor    bool
	interactive bool // a person types at a prompt
	interrupt   *interrupter

	script        scriptSource   // what is being run
	last          *engine.Result // of the last query, for .last and .plot
	lastText      string         // the last statement, for .edit
	inTransaction bool
	failed        bool            // some statement failed
	exitStatus    *int            // .quit was run
	isDemo        bool            // the database is the demo register in memory
	history       *prompt.History // of the prompt; nil without one
}

// settings are what dot-commands change and .show lists.
type settings struct {
	mode      *render.Mode
	noHeader  bool
	null      *string
	separator *string
	maxRows   int
	digits    int
	timer     bool
	echo      bool
	bail      string // auto, on, off
}

func defaultSettings() settings {
	table, err := render.Find("table")
	if err != nil {
		panic(err)
	}
	return settings{mode: table, maxRows: 40, digits: 7, bail: "auto"}
}

// On a screen nobody reads more than this, and a result has to be held in
// memory: a query stops here, unless .maxrows is larger or 0.
const screenLimit = 10_000

func newSession(m *Main, o *options) *session {
	s := &session{
		settings: o.settings,
		readonly: o.readonly,
		stdin:    m.Stdin,
		out:      newOutput(m.Stdout),
		errs:     m.Stderr,
	}
	s.errColor = isTerminal(m.Stderr) && wantColor()
	s.interactive = isTerminal(m.Stdin) && len(o.tasks) == 0 && !o.batch
	s.interrupt = newInterrupter(m.Stderr, !s.interactive)
	if o.bail {
		s.settings.bail = "on"
	}
	return s
}

// start opens the database and runs what comes before the first statement.
func (s *session) start(o *options) error {
	path := demoDatabase
	if o.database != nil {
		path = *o.database
	}
	if err := s.open(path, o.readonly); err != nil {
		return err
	}
	for _, v := range o.variables {
		name := `"` + strings.ReplaceAll(v[0], `"`, `""`) + `"`
		if err := s.db.Exec(s.interrupt.base, "SET VARIABLE "+name+" = "+quoteText(v[1])); err != nil {
			return fmt.Errorf("-v %s: %w", v[0], err)
		}
	}
	return s.runInit(o)
}

// runInit runs -init FILE, or at a prompt ~/.utvandringrc where there is one.
func (s *session) runInit(o *options) error {
	if o.init != "" {
		return s.runFile(o.init)
	}
	home, err := os.UserHomeDir()
	if o.noInit || !s.interactive || err != nil {
		return nil
	}
	name := home + "/.utvandringrc"
	if _, err := os.Stat(name); err != nil {
		return nil
	}
	// What is wrong in it has been said; it keeps nobody from working.
	s.runFile(name)
	return nil
}

// demoDatabase stands for the demo register in memory.
const demoDatabase = ""

// open opens a database in place of the current one, which stays when that
// fails.
func (s *session) open(path string, readonly bool) error {
	ctx, done := s.interrupt.watch()
	defer done()
	// A file can be opened once at a time.
	again := s.db != nil && sameFile(path, s.db.Path)
	oldPath, oldReadonly := "", s.readonly
	if again {
		oldPath = s.db.Path
		s.closeDatabase()
	}
	db, err := engine.Open(ctx, path, engine.Options{ReadOnly: readonly})
	if err == nil && path == demoDatabase {
		if err = s.fillDemo(ctx, db); err != nil {
			db.Close()
		}
	}
	if err != nil {
		var e error
		if again {
			s.db, e = engine.Open(s.interrupt.base, oldPath, engine.Options{ReadOnly: oldReadonly})
			if e != nil { // gone in the meantime; an empty one keeps the session alive
				s.db, e = engine.Open(s.interrupt.base, engine.Memory, engine.Options{})
			}
		}
		return errors.Join(err, e)
	}
	if s.interactive {
		// Measured, but not drawn: that is ours. Nothing is lost where it fails.
		db.Exec(ctx, "SET enable_progress_bar = true; SET enable_progress_bar_print = false")
	}
	s.closeDatabase()
	s.db, s.readonly, s.inTransaction, s.isDemo = db, readonly, false, path == demoDatabase
	return nil
}

func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

func (s *session) closeDatabase() {
	s.keep(nil)
	if s.db != nil {
		if err := s.db.Close(); err != nil {
			s.report(scriptSource{}, 0, err)
		}
		s.db = nil
	}
}

func (s *session) close() {
	s.out.close()
	s.closeDatabase()
	s.interrupt.stop()
}

// statement runs one SQL statement and writes its result.
func (s *session) statement(text string) error {
	ctx, done := s.interrupt.watch()
	defer done()
	s.lastText = text
	start := time.Now()
	limit := 0
	if s.screen() != nil && s.settings.mode.Name == "table" && s.settings.maxRows > 0 {
		limit = max(screenLimit, s.settings.maxRows)
	}
	stop := s.showProgress()
	result, err := s.db.Run(ctx, text, limit)
	stop()
	s.trackTransaction(text, err)
	if err == nil {
		err = s.show(ctx, result, text)
	}
	if s.settings.timer {
		fmt.Fprintf(s.errs, "time: %s\n", elapsed(time.Since(start)))
	}
	return err
}

// show writes a result and keeps it for .last.
func (s *session) show(ctx context.Context, result *engine.Result, text string) error {
	switch result.Kind {
	case engine.Rows:
		s.keep(result)
		return s.render(ctx, result, s.options())
	case engine.Changed:
		if s.interactive {
			fmt.Fprintln(s.out.standard, changedText(text, result.Changed))
		}
	}
	result.Close()
	return nil
}

func changedText(statement string, n int64) string {
	verb := map[string]string{"INSERT": " inserted", "UPDATE": " updated", "DELETE": " deleted", "COPY": " copied"}[engine.FirstWord(statement)]
	if n == 1 {
		return "1 row" + verb
	}
	return fmt.Sprintf("%d rows%s", n, verb)
}

// render writes the rows where they are wanted. Ctrl-C ends it.
func (s *session) render(ctx context.Context, result *engine.Result, o render.Options) error {
	w, err := s.out.open()
	if err != nil {
		return err
	}
	unwatch := context.AfterFunc(ctx, result.Stop)
	defer unwatch()
	err = s.settings.mode.Write(w, result, o)
	if s.out.process != nil && closedPipe(err) {
		err = nil // the reader has seen enough, as with .output |head
	}
	if e := s.out.done(); err == nil {
		err = e
	}
	if result.Stopped() {
		return engine.Interrupted
	}
	return err
}

// options are the settings in the form the writers want.
func (s *session) options() render.Options {
	return render.Options{NoHeader: s.settings.noHeader, Null: s.settings.null, Separator: s.settings.separator, Screen: s.screen()}
}

// screen describes the terminal that results go to; nil for a file or a pipe.
func (s *session) screen() *render.Screen {
	if !s.out.isScreen() {
		return nil
	}
	screen := &render.Screen{
		Width: max(readline.GetScreenWidth(), 0), MaxRows: s.settings.maxRows, Digits: s.settings.digits,
		Color: wantColor(), ASCII: !unicodeTerminal(),
	}
	if s.interactive {
		screen.Hint = ".last shows all"
	}
	return screen
}

// keep holds on to the last result in place of the one before.
func (s *session) keep(result *engine.Result) {
	if s.last != nil {
		s.last.Close()
	}
	s.last = result
}

// trackTransaction follows BEGIN and COMMIT for the prompt: DuckDB does not tell.
// A COMMIT that fails has ended the transaction too.
func (s *session) trackTransaction(text string, err error) {
	switch engine.FirstWord(text) {
	case "BEGIN", "START":
		s.inTransaction = s.inTransaction || err == nil
	case "COMMIT", "ROLLBACK", "ABORT", "END":
		s.inTransaction = false
	}
}

// errReported is the error of a script whose cause has been written already.
var errReported = errors.New("reported")

// report writes an error to standard error, with the place where it came from a
// script.
func (s *session) report(source scriptSource, line int, err error) {
	if errors.Is(err, errReported) {
		return
	}
	if s.interactive && errors.Is(err, engine.Interrupted) {
		fmt.Fprintln(s.errs) // after the terminal's own ^C
	}
	label := "error: "
	if source.name != "" {
		label = source.name + ": "
	}
	var fault *engine.Fault
	place, sentence := "", err.Error()
	if errors.As(err, &fault) {
		sentence, place = fault.Sentence, fault.Place("  ")
		if fault.Line > 0 {
			line += fault.Line - 1
		}
	}
	if source.name != "" && line > 0 && !source.oneLine {
		label = fmt.Sprintf("%s:%d: ", source.name, line)
	}
	if s.errColor {
		label = "\x1b[31m" + label + "\x1b[0m"
	}
	fmt.Fprintln(s.errs, label+sentence)
	if place != "" {
		fmt.Fprintln(s.errs, place)
	}
}

func quoteText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func elapsed(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	case d < time.Minute:
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}
