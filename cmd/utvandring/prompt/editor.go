package prompt

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// Editor edits an entry of any number of lines on a terminal.
type Editor struct {
	in, out *os.File
	history *History
	helpers Helpers
	raw     func() (restore func(), err error)
	size    func() (columns, rows int)

	pending string // read and not yet decoded
	begun   time.Time
	ahead   bool // nothing has been read since begun
	killed  []rune

	// The entry being edited.
	prompt Prompt
	buf    buffer
	screen screen
	recall recall
	find   *searching
	tab    *completing
}

// Read edits one entry. An entry that is complete is put into the history.
func (e *Editor) Read(prompt Prompt) (string, error) {
	restore, err := e.raw()
	if err != nil {
		return "", err
	}
	writeString(e.out, askPaste)
	defer func() {
		writeString(e.out, endPaste)
		restore()
	}()
	e.begun, e.ahead = time.Now(), true
	e.prompt, e.buf = prompt, buffer{killed: e.killed}
	e.screen = screen{out: e.out}
	e.recall = e.history.recall()
	e.find, e.tab = nil, nil
	defer func() { e.killed = e.buf.killed }()
	e.paint()
	for {
		k, err := e.next()
		if err != nil {
			e.leave("")
			return "", err
		}
		switch k.action {
		case suspend:
			e.leave("")
			restore()
			suspendSelf()
			if restore, err = e.raw(); err != nil {
				return "", err
			}
			writeString(e.out, askPaste)
			e.screen.cursorRow = 0
		case clearScreen:
			// What was on the screen goes where it can be scrolled back to.
			_, rows := e.size()
			writeString(e.out, fmt.Sprintf("\x1b[%d;1H", rows)+strings.Repeat("\n", rows)+"\x1b[H\x1b[J")
			e.screen.cursorRow = 0
		default:
			done, err := e.press(k)
			switch {
			case !done:
			case err == ErrInterrupt:
				e.leave("^C")
				return e.buf.String(), err
			default:
				if e.leave(""); err == nil {
					e.history.Add(e.buf.String())
				}
				return e.buf.String(), err
			}
		}
		e.paint()
	}
}

// next gives the next key.
func (e *Editor) next() (key, error) {
	for {
		if e.pending != "" {
			if k, n := decode(e.pending); n > 0 {
				e.pending = e.pending[n:]
				if k.action == complete && goesOn(e.pending) {
					k = key{action: insert, text: "    "}
				}
				return k, nil
			}
		}
		chunk := make([]byte, 4096)
		n, err := e.in.Read(chunk)
		if e.ahead && time.Since(e.begun) < typedAhead {
			// The terminal, which read before this, has made a NUL of Ctrl-D.
			for i, c := range chunk[:n] {
				if c == 0 {
					chunk[i] = 'D' - '@'
				}
			}
		}
		e.ahead = false
		e.pending += string(chunk[:n])
		if n == 0 && err != nil {
			return key{}, err
		}
	}
}

// What is there sooner after the prompt was typed before it, while a statement ran.
const typedAhead = 30 * time.Millisecond

// goesOn reports whether so much text follows a Tab already that nobody typed it: it is
// part of what a terminal pastes that does not mark pastes.
func goesOn(pending string) bool {
	const more = 4
	rest := strings.TrimLeft(pending, "\t")
	return len(rest) >= more && (rest[0] >= ' ' && rest[0] != 0x7f || rest[0] == '\r' || rest[0] == '\n')
}

// press does what a key asks for; done ends the entry.
func (e *Editor) press(k key) (done bool, err error) {
	if e.find != nil && e.pressSearching(k) {
		return false, nil
	}
	if e.tab != nil && k.action != complete && k.action != completeBack {
		e.tab = nil
		if k.action == cancel {
			return false, nil
		}
	}
	switch k.action {
	case paste:
		if e.helpers.Pasted != nil {
			k.text = e.helpers.Pasted(k.text)
		}
		e.buf.insert(k.text)
	case interrupt:
		return true, ErrInterrupt
	case endOfFile:
		if len(e.buf.text) == 0 {
			return true, io.EOF
		}
		e.buf.do(k)
	case enter:
		if e.helpers.Complete(e.buf.String()) {
			return true, nil
		}
		e.buf.newLine()
	case up:
		if !e.buf.up() {
			e.recalled(-1)
		}
	case down:
		if !e.buf.down() {
			e.recalled(1)
		}
	case search:
		e.find = &searching{before: e.buf}
	case complete:
		e.complete(1)
	case completeBack:
		e.complete(-1)
	default:
		e.buf.do(k)
	}
	return false, nil
}

// recalled puts the next entry of the history in, older with by -1.
func (e *Editor) recalled(by int) {
	if text, ok := e.recall.move(e.buf.String(), by); ok {
		e.buf.set(text)
	}
}

// paint shows the entry as it is now.
func (e *Editor) paint() {
	columns, rows := e.size()
	prompt := e.prompt
	if e.find != nil {
		prompt.First = e.find.prompt()
	}
	var styles []Style
	if e.helpers.Styles != nil {
		styles = e.helpers.Styles(e.buf.text)
	}
	var below []string
	if e.tab != nil {
		below = e.tab.rows(columns, max(rows/3, 3), e.helpers.Styles != nil)
	}
	e.screen.paint(layOut(prompt, e.buf.text, e.buf.pos, styles, columns), below, rows)
}

// leave puts the cursor below the entry, which stays on the screen.
func (e *Editor) leave(mark string) {
	e.find, e.tab = nil, nil
	e.buf.pos = len(e.buf.text)
	e.paint()
	writeString(e.out, mark+"\r\n")
}
