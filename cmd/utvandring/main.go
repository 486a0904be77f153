// Utvandring counts emigration from a population register, estimates systems of
// equations on the counts and simulates them, all in SQL. See README.md.
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	m := Main{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, ends: true}
	os.Exit(m.Run(os.Args[1:]))
}

// Main is the program with what it reads from and writes to, so that tests can
// run it.
type Main struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	ends           bool // the process, as soon as it has run
}

// Exit statuses.
const (
	exitOK     = 0
	exitFailed = 1 // a statement failed
	exitUsage  = 2 // wrong flags
	// as a shell reports a program ended by SIGINT
	exitInterrupted = 130
)

// Run runs the program and gives its exit status.
func (m *Main) Run(args []string) int {
	o, err := parseFlags(args)
	switch {
	case err != nil:
		fmt.Fprintf(m.Stderr, "utvandring: %v\n", err)
		return exitUsage
	case o.help:
		return m.print(flagHelp())
	case o.handbook:
		return m.print(handbookPage())
	case o.version:
		return m.print(version() + "\n")
	}
	s := newSession(m, o)
	defer s.close()
	if err := s.start(o); err != nil {
		s.sayError(scriptSource{name: "utvandring"}, 0, err)
		return exitFailed
	}
	return s.runAll(o)
}

// print prints what was asked for and gives the exit status.
func (m *Main) print(text string) int {
	if _, err := io.WriteString(m.Stdout, text); err != nil {
		fmt.Fprintf(m.Stderr, "utvandring: %v\n", err)
		return exitFailed
	}
	return exitOK
}

// runAll does what the flags ask for: the -c and -f in their order, or else
// standard input, as a script or at a prompt.
func (s *session) runAll(o *options) int {
	var err error
	for _, task := range o.tasks {
		if err = s.runTask(task); err != nil || s.exitStatus != nil {
			break
		}
	}
	if len(o.tasks) == 0 && !o.noStdin && s.exitStatus == nil {
		if s.interactive {
			err = s.prompt()
		} else {
			err = s.runScript(scriptSource{name: "stdin"}, s.stdin)
		}
	}
	if err != nil {
		s.sayError(scriptSource{name: "utvandring"}, 0, err)
	}
	if e := s.out.close(); e != nil { // a file of .output that is full
		s.sayError(scriptSource{name: "utvandring"}, 0, e)
		err = errSaid
	}
	if e := s.out.standard.lost(); e != nil && err == nil {
		s.sayError(scriptSource{name: "utvandring"}, 0, e)
		return exitFailed
	}
	switch {
	case s.exitStatus != nil && !(err == errSaid && *s.exitStatus == 0):
		return *s.exitStatus
	case err != nil || s.failed:
		return exitFailed
	}
	return exitOK
}
