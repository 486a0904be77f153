package width

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible shows control characters as escapes, which would break a line or command the
// terminal that they are sent to. What is no UTF-8 becomes a replacement character.
func Visible(s string) string { return visible(s, "") }

// VisibleLines is Visible of a text of several lines, which keeps their ends and tabs.
func VisibleLines(s string) string { return visible(s, "\n\t") }

func visible(s, keep string) string {
	unsafe := func(r rune) bool { return r == utf8.RuneError || commands(r) && !strings.ContainsRune(keep, r) }
	if strings.IndexFunc(s, unsafe) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == utf8.RuneError || !unsafe(r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// commands reports whether a terminal does something at a character rather than show it:
// control characters, and those that turn the direction of writing.
func commands(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
