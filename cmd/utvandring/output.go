package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"utvandring/cmd/utvandring/render"
)

// output is where results go: standard output, or for a while a file or the
// input of a command.
type output struct {
	standard *printer
	target   string       // of .output and .once; "" is standard output
	once     bool         // back to standard output after the next result
	mode     *render.Mode // that the name of the file says; nil: that of .mode
	file     io.WriteCloser
	beside   *besideFile // the same, where it is a file
	process  *exec.Cmd
	began    bool // something was written to it
}

// marked writes a byte order mark before anything else.
type marked struct {
	io.Writer
	written bool
}

func (m *marked) Write(p []byte) (int, error) {
	if !m.written {
		if _, err := io.WriteString(m.Writer, "\ufeff"); err != nil {
			return 0, err
		}
		m.written = true
	}
	return m.Writer.Write(p)
}

// redirect sends the results that follow to a file, to a command ("|sort") or
// back to standard output (""). The file is made when the first result
// comes, and has its name when that is whole.
func (o *output) redirect(target string, once bool) error {
	err := o.close()
	o.target, o.once = target, once
	return err
}

func (o *output) isScreen() bool { return o.target == "" && isTerminal(o.standard) }

// open gives the place for a result.
func (o *output) open() (io.Writer, error) {
	if o.target == "" {
		return raw(o.standard), nil
	}
	if o.file != nil {
		return o.file, nil
	}
	if command, ok := strings.CutPrefix(o.target, "|"); ok {
		o.process = shell(command)
		o.process.Stdout, o.process.Stderr = raw(o.standard), os.Stderr
		pipe, err := o.process.StdinPipe()
		if err == nil {
			err = o.process.Start()
		}
		if err != nil {
			target := o.target
			o.target, o.process = "", nil
			return nil, fmt.Errorf("%s: %w", target, err)
		}
		o.file = pipe
		return pipe, nil
	}
	file, err := createBeside(o.target)
	if err != nil {
		o.target = ""
		return nil, fmt.Errorf("cannot write %w", plainPathError(err))
	}
	o.file, o.beside = file, file
	return file, nil
}

// done ends a result: failed is what kept it from being whole, and then nothing of it
// stays in a file.
func (o *output) done(failed error) error {
	err := failed
	if o.beside != nil {
		if err == nil {
			err = o.beside.commit()
		}
		if err != nil {
			o.beside.abort()
			if o.beside.path != "" { // the next result begins another
				o.beside.Close()
				o.file, o.beside, o.began = nil, nil, false
			}
		}
		if path := (*os.PathError)(nil); errors.As(err, &path) {
			err = fmt.Errorf("cannot write %s: %w", o.target, path.Err)
		}
	}
	if o.once {
		if e := o.close(); err == nil {
			err = e
		}
	}
	return err
}

// abandon takes away a file that has not its name yet: the program ends at once.
func (o *output) abandon() {
	if f := o.beside; f != nil && f.path != "" {
		os.Remove(f.Name())
	}
}

// close goes back to standard output.
func (o *output) close() error {
	var err error
	if o.file != nil {
		err = o.file.Close()
	}
	if o.process != nil {
		if e := o.process.Wait(); e != nil {
			err = fmt.Errorf("%s: %w", o.target, e)
		}
	}
	*o = output{standard: o.standard}
	return err
}

// shell runs a command line the way the user's shell would.
func shell(command string) *exec.Cmd { return exec.Command("/bin/sh", "-c", command) }

// closedPipe recognises that whoever read our output has seen enough.
func closedPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }
