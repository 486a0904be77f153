package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"utvandring/cmd/utvandring/prompt"
	"utvandring/engine"
	"utvandring/engine/width"
	"utvandring/udf/sqltext"
)

// prompt reads statements from a person until Ctrl-D or .quit.
func (s *session) prompt() error {
	in, ok := s.stdin.(*os.File)
	out, alsoOK := fileOf(s.out.standard)
	if !ok || !alsoOK || !isTerminal(out) {
		// Somebody types, but the results go elsewhere: no place for an editor.
		return s.runScript(scriptSource{name: "stdin"}, s.stdin)
	}
	s.history = prompt.OpenHistory(prompt.HistoryPath())
	helpers := prompt.Helpers{Complete: entryComplete, Candidates: s.candidates, Pasted: withoutPrompts}
	if wantColor() {
		helpers.Styles = s.highlighter()
	}
	reader := prompt.New(in, out, s.history, helpers)
	fmt.Fprintln(s.errs, `.help lists the commands, .tables the data; SQL ends with ";", Ctrl-D leaves`)
	idle := 0 // times Ctrl-C was pressed with nothing to drop
	for s.exitStatus == nil {
		s.trackTransaction()
		text, err := reader.Read(s.promptText())
		switch {
		case errors.Is(err, prompt.ErrInterrupt):
			if idle++; text != "" {
				idle = 0
			} else if idle == 2 {
				fmt.Fprintln(s.errs, "Ctrl-D or .quit leaves")
			}
			continue
		case err == io.EOF:
			return nil
		case err != nil:
			return fmt.Errorf("prompt: %w", err)
		}
		idle = 0
		if err := s.runEntry(text); err != nil && s.settings.bail == "on" {
			s.failed = true
			return errSaid
		}
	}
	return nil
}

// runEntry runs the statements of one entry; after one that fails the rest of
// the entry is left.
func (s *session) runEntry(text string) error {
	text = withoutPrompts(text)
	if drawn.MatchString(text) {
		return nil // a line of a result that was pasted
	}
	if command, ok := habit(text); ok {
		text = command
		fmt.Fprintln(s.errs, text+" is what does that here")
	}
	for _, piece := range sqltext.Split(text) {
		if piece.Text == "" {
			continue
		}
		err := s.run(piece)
		s.sayNotes(scriptSource{}, 0)
		s.sayStale()
		if err != nil {
			s.sayError(scriptSource{}, 0, s.aborting(err))
			return err
		}
		if s.exitStatus != nil {
			break
		}
	}
	return nil
}

// entryComplete reports whether Enter ends the entry: a dot-command on its line,
// or statements with their semicolons; also what is no SQL, but meant as a command.
func entryComplete(text string) bool {
	text = withoutPrompts(text)
	if _, ok := habit(text); ok || drawn.MatchString(text) {
		return true
	}
	splitter := sqltext.NewSplitter()
	splitter.Feed(text + "\n")
	for {
		if _, ok := splitter.Next(); !ok {
			return !splitter.Pending()
		}
	}
}

// promptText shows the database, and a star while a transaction is open.
func (s *session) promptText() prompt.Prompt {
	name := "demo"
	switch path := s.db.File(); {
	case s.isDemo:
	case path == engine.Memory:
		name = "memory"
	default:
		name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	if name = width.Visible(name); s.readonly {
		name += " (read-only)"
	}
	if s.db.Raw != nil {
		name += " (protected)"
	}
	if s.inTransaction {
		name += "*"
	}
	p := prompt.Prompt{First: name + "> ", More: strings.Repeat(" ", max(width.Of(name)-3, 0)) + "...> "[max(0, 3-width.Of(name)):]}
	if wantColor() {
		p.First, p.More = "\x1b[1;34m"+p.First+"\x1b[0m", "\x1b[2m"+p.More+"\x1b[0m"
	}
	return p
}

// remember puts a statement into the history that was not typed at the prompt.
func (s *session) remember(text string) {
	if s.history != nil {
		s.history.Add(text)
	}
}
