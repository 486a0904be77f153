package prompt

import (
	"strings"
	"unicode/utf8"
)

// action is what a key does.
type action int

const (
	none     action = iota
	insert          // the key's own character
	paste           // text, with its lines
	enter           // end the entry, or a new line where it is not complete
	newLine         // a new line in any case
	complete        // Tab
	completeBack
	backspace
	deleteChar // and Ctrl-D, which ends an empty entry
	endOfFile
	interrupt
	suspend
	left
	right
	wordLeft
	wordRight
	home
	end
	textStart
	textEnd
	up
	down
	killToEnd
	killToStart
	killWordLeft
	killWordRight
	yank
	transpose
	undo
	search
	clearScreen
	cancel // leaves a search or a completion
)

// key is one key press, or one paste.
type key struct {
	action action
	text   string // of insert and paste
}

// control has what the keys below space do; Emacs and readline set the custom.
var control = [32]action{
	'A' - '@': home, 'B' - '@': left, 'C' - '@': interrupt, 'D' - '@': endOfFile, 'E' - '@': end, 'F' - '@': right, 'G' - '@': cancel,
	'H' - '@': backspace, 'I' - '@': complete, 'J' - '@': enter, 'K' - '@': killToEnd, 'L' - '@': clearScreen, 'M' - '@': enter,
	'N' - '@': down, 'P' - '@': up, 'R' - '@': search, 'T' - '@': transpose, 'U' - '@': killToStart, 'W' - '@': killWordLeft,
	'Y' - '@': yank, 'Z' - '@': suspend, '_' - '@': undo,
}

// escapes has what terminals send for keys, after ESC.
var escapes = map[string]action{
	"[A": up, "[B": down, "[C": right, "[D": left, "[H": home, "[F": end,
	"OA": up, "OB": down, "OC": right, "OD": left, "OH": home, "OF": end,
	"[1~": home, "[7~": home, "[4~": end, "[8~": end, "[3~": deleteChar, "[Z": completeBack,
	"[1;5C": wordRight, "[1;5D": wordLeft, "[1;3C": wordRight, "[1;3D": wordLeft, "[5C": wordRight, "[5D": wordLeft, "Oc": wordRight, "Od": wordLeft,
	"[1;5H": textStart, "[1;5F": textEnd, "[3;5~": killWordRight, "[3;3~": killWordRight, "[5~": up, "[6~": down,
	"b": wordLeft, "f": wordRight, "d": killWordRight, "<": textStart, ">": textEnd, "\x7f": killWordLeft, "\b": killWordLeft,
	"\r": newLine, "\n": newLine, "z": undo,
}

// A terminal puts pasted text between these once it has been asked to.
const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	askPaste   = "\x1b[?2004h"
	endPaste   = "\x1b[?2004l"
)

// decode reads one key from what the terminal sent. n is 0 when there must be
// more to come.
func decode(in string) (k key, n int) {
	switch c := in[0]; {
	case c == '\x1b':
		return decodeEscape(in)
	case c == 0x7f:
		return key{action: backspace}, 1
	case c < ' ':
		return key{action: control[c]}, 1
	}
	if !utf8.FullRuneInString(in) {
		return key{}, 0
	}
	r, n := utf8.DecodeRuneInString(in)
	if r == utf8.RuneError {
		return key{}, n
	}
	return key{insert, in[:n]}, n
}

func decodeEscape(in string) (key, int) {
	if strings.HasPrefix(in, pasteStart) {
		text, _, whole := strings.Cut(in[len(pasteStart):], pasteEnd)
		if !whole {
			return key{}, 0
		}
		return key{paste, cleanPaste(text)}, len(pasteStart) + len(text) + len(pasteEnd)
	}
	n := escapeLength(in)
	if n == 0 {
		return key{}, 0
	}
	return key{action: escapes[in[1:n]]}, n
}

// escapeLength is the length of the escape sequence that in begins with, 0 when
// it is not whole.
func escapeLength(in string) int {
	if len(in) < 2 {
		return 0
	}
	switch in[1] {
	case '[':
		if i := strings.IndexFunc(in[2:], func(r rune) bool { return r >= '@' && r <= '~' }); i >= 0 {
			return i + 3
		}
		return 0
	case 'O':
		if len(in) < 3 {
			return 0
		}
		return 3
	case '\x1b':
		return 1
	}
	if !utf8.FullRuneInString(in[1:]) {
		return 0
	}
	_, size := utf8.DecodeRuneInString(in[1:])
	return 1 + size
}

// cleanPaste makes pasted text safe to show: line ends of one kind, tabs as
// spaces, no other control characters.
func cleanPaste(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(strings.ToValidUTF8(text, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}
