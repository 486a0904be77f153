package main

import (
	"errors"
	"io"
	"os"
	"unicode/utf8"

	"utvandring/engine/width"
)

// printer is where the program prints to. Of what goes to a screen control characters
// are shown: nothing in data drives the terminal. The first error is kept, for the exit
// status.
type printer struct {
	to     io.Writer
	screen bool
	rest   []byte // of a character that has not come whole
	err    error
}

func newPrinter(to io.Writer) *printer { return &printer{to: to, screen: isTerminal(to)} }

func (p *printer) Write(b []byte) (int, error) {
	text := b
	if p.screen {
		all := append(p.rest, b...)
		end := len(all)
		for i := 1; i < utf8.UTFMax && i <= len(all); i++ {
			if utf8.RuneStart(all[len(all)-i]) {
				if !utf8.FullRune(all[len(all)-i:]) {
					end = len(all) - i
				}
				break
			}
		}
		text, p.rest = []byte(width.VisibleLines(string(all[:end]))), append([]byte(nil), all[end:]...)
	}
	return len(b), p.send(text)
}

// send writes as it is: what the program itself has to tell the terminal.
func (p *printer) send(text []byte) error {
	_, err := p.to.Write(text)
	if p.err == nil && err != nil && !closedPipe(err) {
		p.err = err
	}
	return err
}

// raw is what stands behind a printer: for a writer that shows control characters
// itself, and for other programs.
func raw(w io.Writer) io.Writer {
	if p, ok := w.(*printer); ok {
		return p.to
	}
	return w
}

// fileOf is the file that a stream is.
func fileOf(stream any) (*os.File, bool) {
	if p, ok := stream.(*printer); ok {
		stream = p.to
	}
	file, ok := stream.(*os.File)
	return file, ok
}

// lost is the error of results that could not be written: a full disk.
func (p *printer) lost() error {
	if p.err == nil {
		return nil
	}
	return errors.New("cannot write all of the output: " + plainPathError(p.err).Error())
}
