// Package prompt reads statements from a person at a terminal: an editor for
// text of several lines, with history, completion and colours. It knows nothing
// of SQL but what it is told.
package prompt

import (
	"bufio"
	_ "embed"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/chzyer/readline"
)

// Reader gives what a person types, one entry at a time. The session works with
// any Reader, so that the editor can be replaced.
type Reader interface {
	// Read shows the prompt and reads an entry that is complete. It returns
	// ErrInterrupt after Ctrl-C and io.EOF after Ctrl-D.
	Read(prompt Prompt) (string, error)
}

// Prompt is what stands before the first line of an entry, and before those that
// follow. Both should be equally wide.
type Prompt struct{ First, More string }

// ErrInterrupt says that the user gave up the entry.
var ErrInterrupt = errors.New("interrupted")

// Helpers are what the editor asks about the text it edits.
type Helpers struct {
	// Complete reports whether Enter should end the entry or begin a new line.
	Complete func(text string) bool
	// Candidates gives what the word that ends at the cursor could become; after is
	// what follows the cursor.
	Candidates func(before, after string) Candidates
	// Pasted gives what is inserted of a text that was pasted; nil: the text.
	Pasted func(text string) string
	// Styles gives a style for every character; nil for no colours.
	Styles func(text []rune) []Style
}

// KeyHelp tells what the keys do.
//
//go:embed keys.txt
var KeyHelp string

// New gives the editor, or for a terminal that cannot move its cursor a reader
// of plain lines.
func New(in, out *os.File, history *History, helpers Helpers) Reader {
	if os.Getenv("TERM") == "dumb" {
		return &plain{bufio.NewReader(in), out, helpers.Complete}
	}
	return &Editor{
		in: in, out: out, history: history, helpers: helpers,
		raw: func() (func(), error) {
			state, err := readline.MakeRaw(int(in.Fd()))
			if err != nil {
				return nil, err
			}
			return func() { readline.Restore(int(in.Fd()), state) }, nil
		},
		size: func() (columns, rows int) { return Size(out) },
	}
}

// Size is that of a terminal, 80 by 24 where it is not told.
func Size(terminal *os.File) (columns, rows int) {
	columns, rows, err := readline.GetSize(int(terminal.Fd()))
	if err != nil || columns <= 0 || rows <= 0 {
		return 80, 24
	}
	return columns, rows
}

// writeString ignores the error: a terminal that cannot be written to will not
// be read from either, and that error is not ignored.
func writeString(w io.Writer, s string) { io.WriteString(w, s) }

// plain reads lines without editing them.
type plain struct {
	in       *bufio.Reader
	out      io.Writer
	complete func(string) bool
}

// Read reads lines until they are complete.
func (p *plain) Read(prompt Prompt) (string, error) {
	var text strings.Builder
	writeString(p.out, prompt.First)
	for {
		line, err := p.in.ReadString('\n')
		text.WriteString(line)
		switch {
		case err == io.EOF && text.Len() == 0:
			return "", io.EOF
		case err != nil && err != io.EOF:
			return "", err
		case err == io.EOF || p.complete(text.String()):
			return strings.TrimSuffix(text.String(), "\n"), nil
		}
		writeString(p.out, prompt.More)
	}
}
