package main

import (
	"errors"
	"fmt"

	"utvandring/engine"
	"utvandring/engine/width"
)

// errSaid is the error of a script whose cause has been written already.
var errSaid = errors.New("said")

// sayError writes an error to standard error, with the place where it came from a
// script.
func (s *session) sayError(source scriptSource, line int, err error) {
	if errors.Is(err, errSaid) {
		return
	}
	if s.interactive && errors.Is(err, engine.Interrupted) {
		fmt.Fprintln(s.errs) // after the terminal's own ^C
	}
	var fault *engine.Fault
	place, sentence := "", err.Error()
	if errors.As(err, &fault) {
		sentence, place = fault.Sentence, fault.Place("  ")
		if fault.Line > 0 {
			line += fault.Line - 1
		}
	}
	label := source.label(line)
	if label == "" {
		label = "error: "
	}
	s.sayLabelled(label, "\x1b[31m", sentence)
	if place != "" {
		fmt.Fprintln(s.errs, place)
	}
}

// label is what a message begins with that is about a line of a script; nothing at
// the prompt.
func (source scriptSource) label(line int) string {
	switch {
	case source.name == "":
		return ""
	case line > 0 && !source.oneLine:
		return fmt.Sprintf("%s:%d: ", source.name, line)
	}
	return source.name + ": "
}

// mostNotes of one statement are said: more nobody reads.
const mostNotes = 12

// sayNotes writes what is to be said besides the answer of the statement or
// dot-command that has run.
func (s *session) sayNotes(source scriptSource, line int) {
	notes := s.db.TakeNotes()
	if more := len(notes) - mostNotes; more > 0 {
		notes = append(notes[:mostNotes:mostNotes], fmt.Sprintf("and %d more such notes", more))
	}
	for _, note := range notes {
		s.sayNote(source.label(line), note)
	}
}

func (s *session) sayNote(place, text string) {
	s.errs.Write([]byte(place))
	s.sayLabelled("note: ", "\x1b[33m", text)
}

// sayLabelled writes a text behind a label, on a screen in its colour.
func (s *session) sayLabelled(label, color, text string) {
	if label = width.Visible(label); s.errColor {
		s.errs.send([]byte(color + label + "\x1b[0m"))
	} else {
		s.errs.send([]byte(label))
	}
	fmt.Fprintln(s.errs, text)
}

// sayEmpty tells how to fill a register that has nobody.
func (s *session) sayEmpty() {
	if rows, err := s.texts("SELECT 1 FROM person LIMIT 1"); err == nil && len(rows) == 0 && !s.readonly {
		fmt.Fprintln(s.errs, "nobody is in the register: .load DIR reads yours (.help extract), .demo invents one")
	}
}

// sayStale says, once, that the counts are not those of the register any more: at the
// prompt as soon as it is so, in a script that has not read them at its end.
func (s *session) sayStale() {
	if text := s.db.StaleNote(); text != "" {
		s.sayNote("", text)
	}
}

// sayOpenTransaction notes that what nobody committed goes with the database.
func (s *session) sayOpenTransaction() (open bool) {
	open, _ = s.db.WithinTransaction(s.interrupt.base)
	if open && !s.readonly && s.db.File() != engine.Memory && s.db.Notes != engine.NotesOff {
		s.sayNote("", s.db.File()+": a transaction was still open, and nothing of it is kept: it wants a COMMIT")
	}
	return open
}
