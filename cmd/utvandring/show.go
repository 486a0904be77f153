package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/chzyer/readline"

	"utvandring/cmd/utvandring/render"
	"utvandring/engine"
	"utvandring/udf/sqltext"
)

// On a screen nobody reads more than this, and a result has to be held in
// memory: a query stops here, unless .maxrows is larger or 0.
const screenLimit = 10_000

// statement runs one SQL statement and writes its result.
func (s *session) statement(text string) error {
	ctx, done := s.interrupt.watch()
	defer done()
	s.lastText, s.listed = text, nil
	start := time.Now()
	limit := 0
	switch screen := s.screen() != nil; {
	case screen && s.mode().Cuts && s.settings.maxRows > 0:
		limit = max(screenLimit, s.settings.maxRows)
	case !screen && s.mode().Streams:
		limit = engine.Streamed
	}
	written := text
	if s.mode().Copy != "" {
		var err error
		if written, err = s.copying(text); err != nil {
			return err
		}
	}
	stop := s.showProgress()
	result, err := s.db.Run(ctx, written, limit)
	stop()
	if written != text {
		if err == nil {
			err = s.noteEmpty(result.Changed)
		}
		err = s.out.done(s.copied(err))
	} else if err == nil {
		err = s.show(ctx, result, text)
	}
	if s.settings.timer {
		fmt.Fprintf(s.errs, "time: %s\n", elapsed(time.Since(start)))
	}
	return err
}

// copying is the statement with which DuckDB writes a query to the file of .once or .output; what
// is no query stays.
func (s *session) copying(text string) (string, error) {
	switch sqltext.FirstWord(text) {
	case "SELECT", "FROM", "WITH", "VALUES", "TABLE", "(":
	default:
		return text, nil
	}
	if _, err := s.out.open(); err != nil {
		return "", err
	}
	if s.out.beside == nil || s.out.began {
		return "", s.oneFile()
	}
	s.out.began = true
	return fmt.Sprintf("COPY (\n%s\n) TO %s (%s)", text, sqltext.QuoteText(s.out.beside.Name()), s.mode().Copy), nil
}

// oneFile says that two results behind each other are no file of this mode.
func (s *session) oneFile() error {
	return fmt.Errorf("%s wants a file, and one for each result: .once FILE", s.mode().Name)
}

// copied is the error of such a statement in the lines of the query.
func (s *session) copied(err error) error {
	var fault *engine.Fault
	if errors.As(err, &fault) && fault.Line > 0 {
		fault.Line--
	}
	return err
}

// show writes a result and keeps it for .last.
func (s *session) show(ctx context.Context, result *engine.Result, text string) error {
	switch result.Kind {
	case engine.Rows:
		if err := result.Begin(); err != nil {
			result.Close()
			return err
		}
		s.keep(result)
		defer result.End()
		o := s.options()
		s.pageLong(result, &o)
		return s.render(ctx, result, o)
	case engine.Changed:
		if s.saysChanges() {
			fmt.Fprintln(s.out.standard, changedText(text, result.Changed))
		}
	}
	result.Close()
	return nil
}

// saysChanges reports whether the number of rows that a statement changed is told.
func (s *session) saysChanges() bool {
	return s.settings.changes == nil && s.interactive || s.settings.changes != nil && *s.settings.changes
}

func changedText(statement string, n int64) string {
	verb := map[string]string{"INSERT": " inserted", "UPDATE": " updated", "DELETE": " deleted", "COPY": " copied"}[sqltext.FirstWord(statement)]
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
	if s.mode().Binary && s.out.isScreen() {
		return fmt.Errorf("%s is no text for a screen: .once FILE", s.mode().Name)
	}
	if s.mode().Alone() && s.out.began && s.out.target != "" {
		return s.oneFile()
	}
	if s.marks() && !s.out.began && !s.out.isScreen() {
		w = &marked{Writer: w}
	}
	s.out.began = true
	unwatch := context.AfterFunc(ctx, result.Stop)
	defer unwatch()
	o.Stopped = result.Stopped
	if err = s.about(ctx, &o); err == nil {
		err = s.mode().Write(w, result, o)
	}
	if err != nil && s.mode().Sourced() && s.out.target != "" {
		err = fmt.Errorf("%s: %w", s.out.target, err)
	} else if rows, all := result.Load(); err == nil && all {
		err = s.noteEmpty(int64(rows))
	}
	switch {
	case s.out.process != nil && closedPipe(err):
		err = nil // the reader has seen enough, as with .output |head
	case err == nil && result.Stopped():
		err = engine.Interrupted
	}
	return s.out.done(err)
}

// noteEmpty notes that a file has no rows in it.
func (s *session) noteEmpty(rows int64) error {
	if rows > 0 || s.out.file == nil || s.out.process != nil {
		return nil
	}
	return s.noteOf(s.out.target + ": the result has no rows")
}

// about is what the formats want that say where figures come from.
func (s *session) about(ctx context.Context, o *render.Options) (err error) {
	if !s.mode().Sourced() {
		return nil
	}
	o.Note, o.Counted = s.noteOf, s.db.Dimensions()
	o.Source, err = s.db.Source(ctx)
	return err
}

// options are the settings in the form the writers want.
func (s *session) options() render.Options {
	o := s.settings.Options
	o.Screen = s.screen()
	switch {
	case s.settings.digits != nil:
		o.Digits = *s.settings.digits
	case o.Screen != nil:
		o.Digits, o.Shrink = screenDigits, true
	}
	return o
}

// screen describes the terminal that results go to; nil for a file or a pipe.
func (s *session) screen() *render.Screen {
	if !s.out.isScreen() {
		return nil
	}
	screen := &render.Screen{
		Width: max(readline.GetScreenWidth(), 0), MaxRows: s.settings.maxRows,
		Color: wantColor(), ASCII: !unicodeTerminal(),
		Plain: func(w io.Writer) io.Writer { return &printer{to: w, screen: true} },
	}
	if s.settings.maxWidth > 0 && screen.Width > 0 {
		screen.Width = min(screen.Width, s.settings.maxWidth)
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

func elapsed(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	case d < time.Minute:
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}

// noteOf notes something of a result that is written. The error is that of notes that fail.
func (s *session) noteOf(text string) error {
	switch s.settings.notes {
	case engine.NotesOff:
	case engine.NotesError:
		return errors.New(text)
	default:
		s.sayNote("", text)
	}
	return nil
}
