package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"utvandring/cmd/utvandring/prompt"
	"utvandring/cmd/utvandring/render"
	"utvandring/engine"
	"utvandring/udf/sqltext"
)

// session is an open database with the user's settings: what statements and
// dot-commands work on.
type session struct {
	db       *engine.DB
	end      func(*engine.DB) // what closes the last database
	readonly bool
	settings settings

	stdin       io.Reader
	out         *output
	errs        *printer
	errColor    bool
	interactive bool   // a person types at a prompt
	giveBack    func() // the terminal, as it was
	interrupt   *interrupter

	script        scriptSource   // what is being run
	last          *engine.Result // of the last query, for .last and .plot
	lastText      string         // the last statement, for .edit
	listed        []function     // since the last statement; nil before anybody asks
	inTransaction bool
	failed        bool            // some statement failed
	exitStatus    *int            // .quit was run
	isDemo        bool            // the database is the demo register in memory
	history       *prompt.History // of the prompt; nil without one
}

// settings are what dot-commands change and .show lists.
type settings struct {
	render.Options // but Digits and what the output says
	mode           *render.Mode
	mark           *bool // a byte order mark begins a file; nil: as the mode has it
	maxRows        int
	maxWidth       int   // of tables on a screen; 0: that of the screen
	changes        *bool // nil: at a prompt
	digits         *int  // nil: screenDigits on a screen, all elsewhere
	timer          bool
	echo           bool
	bail           string // auto, on, off
	notes          engine.NoteMode
	protect        bool   // -protect: for all the session
	pager          string // auto, on, off
}

func defaultSettings() settings {
	return settings{mode: &render.Modes[0], maxRows: 40, bail: "auto", notes: engine.NotesOn, pager: "auto"}
}

// screenDigits are the significant digits shown where the user has not chosen.
const screenDigits = 7

func newSession(m *Main, o *options) *session {
	s := &session{
		settings: o.settings,
		end:      (*engine.DB).Close,
		readonly: o.readonly,
		stdin:    m.Stdin,
		out:      &output{standard: newPrinter(m.Stdout)},
		errs:     newPrinter(m.Stderr),
	}
	if m.ends {
		s.end = (*engine.DB).Leave
	}
	s.errColor = isTerminal(m.Stderr) && wantColor()
	s.interactive = isTerminal(m.Stdin) && len(o.tasks) == 0 && !o.batch && !o.noStdin
	s.giveBack = func() {}
	pressed := func() {}
	if s.interactive {
		s.giveBack = keepShown(m.Stdin)
		pressed = func() { dropTyped(m.Stdin) }
	}
	s.interrupt = newInterrupter(s.errs, !s.interactive, pressed, func() {
		s.giveBack()
		s.out.abandon()
		engine.RemoveTemporary()
	})
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
	if err := s.open(path, engine.Options{ReadOnly: o.readonly, Adopt: o.adopt}); err != nil {
		return err
	}
	s.sayNotes(scriptSource{}, 0)
	if s.interactive {
		s.sayStale()
		s.sayEmpty()
	}
	for _, v := range o.variables {
		if err := s.db.Exec(s.interrupt.base, "SET VARIABLE "+sqltext.QuoteName(v[0])+" = "+sqltext.QuoteText(v[1])); err != nil {
			return fmt.Errorf("-v %s: %w", v[0], err)
		}
	}
	if err := s.runInit(o); err != nil {
		return err
	}
	if err := s.sealFor(o); err != nil {
		return err
	}
	for _, text := range o.before {
		if err := s.runTask(task{text: text}); err != nil && !s.interactive {
			return err
		}
	}
	return nil
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
func (s *session) open(path string, options engine.Options) error {
	ctx, done := s.interrupt.watch()
	defer done()
	// A file can be opened once at a time.
	again := s.db != nil && engine.SameFile(path, s.db.File())
	oldPath, oldReadonly := "", s.readonly
	if again {
		oldPath = s.db.File()
		s.closeDatabase((*engine.DB).Close)
	}
	var db *engine.DB
	var err error
	if path == demoDatabase {
		db, err = s.openDemo(ctx)
	} else {
		db, err = engine.Open(ctx, path, options)
	}
	if err != nil {
		var e error
		if again {
			s.db, e = engine.Open(s.interrupt.base, oldPath, engine.Options{ReadOnly: oldReadonly})
			if e != nil { // gone in the meantime; an empty one keeps the session alive
				s.db, e = engine.Open(s.interrupt.base, engine.Memory, engine.Options{})
			}
			s.db.Notes = s.settings.notes
		}
		return errors.Join(err, e)
	}
	if s.interactive {
		// Measured, but not drawn: that is ours. Nothing is lost where it fails.
		db.Exec(ctx, "SET enable_progress_bar = true; SET enable_progress_bar_print = false")
	}
	if db.Foreign {
		fmt.Fprintf(s.errs, "%s has nothing of utvandring's in it, and nothing is added where it is only read: no views, macros and counts\n", path)
	}
	if db.Outdated {
		fmt.Fprintf(s.errs, "%s was prepared by another version of utvandring, so that views and macros may be missing or fail: open it once without -readonly\n", path)
	}
	if db.Recounted {
		fmt.Fprintf(s.errs, "%s was prepared by another version of utvandring: its views and macros are replaced, its register counted anew\n", path)
	}
	if db, err = s.protected(ctx, db); err != nil {
		return err
	}
	for _, sentence := range slices.Concat(db.Moved, db.LeftOut()) {
		fmt.Fprintf(s.errs, "%s: %s\n", path, sentence)
	}
	s.closeDatabase((*engine.DB).Close)
	s.db, s.readonly, s.inTransaction, s.isDemo = db, options.ReadOnly, false, path == demoDatabase
	s.db.Notes = s.settings.notes
	return nil
}

func (s *session) closeDatabase(end func(*engine.DB)) {
	s.keep(nil)
	if s.db != nil {
		if !s.sayOpenTransaction() {
			s.sayStale()
		}
		end(s.db)
		s.db = nil
	}
}

func (s *session) close() {
	s.out.close()
	s.closeDatabase(s.end)
	s.interrupt.stop()
	s.giveBack()
}

// aborting adds to an error that it was the end of the user's transaction, where that
// still waits for its ROLLBACK and the error does not say so.
func (s *session) aborting(err error) error {
	if _, e := s.db.WithinTransaction(s.interrupt.base); e == nil || strings.Contains(err.Error(), "ROLLBACK") {
		return err
	}
	var fault *engine.Fault
	if errors.As(err, &fault) {
		fault.Sentence += "; your transaction is aborted: ROLLBACK"
		return fault
	}
	return fmt.Errorf("%w; your transaction is aborted: ROLLBACK", err)
}

// trackTransaction looks for the prompt whether a transaction is open; one that
// an error has aborted still wants its ROLLBACK.
func (s *session) trackTransaction() {
	within, err := s.db.WithinTransaction(s.interrupt.base)
	s.inTransaction = within || err != nil
}
