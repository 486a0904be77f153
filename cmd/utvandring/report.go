package main

import (
	"errors"
	"fmt"

	"utvandring/engine"
)

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
