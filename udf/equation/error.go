package equation

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Error is a mistake in a formula. Pos is the byte offset in Text of the
// character that the mistake starts at (len(Text) when something is missing at
// the end).
type Error struct {
	Text string
	Pos  int
	Msg  string
}

// Error says what is wrong and where: the number of the character, counted
// from 1, and the text that stands there.
func (e *Error) Error() string {
	at := min(max(e.Pos, 0), len(e.Text))
	character := utf8.RuneCountInString(e.Text[:at]) + 1
	rest := begun(e.Text[at:], 24)
	if rest == "" {
		return fmt.Sprintf("%s, at the end of the formula", e.Msg)
	}
	return fmt.Sprintf("%s, at character %d: %s", e.Msg, character, rest)
}

// Excerpt is the beginning of a text that a message quotes, in one line, so that a
// formula that a program wrote does not bury what is said of it.
func Excerpt(text string) string { return begun(text, 80) }

func begun(text string, shown int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= shown {
		return text
	}
	return string([]rune(text)[:shown]) + "…"
}
