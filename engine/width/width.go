// Package width counts the columns that text takes on a terminal: a letter with its
// combining marks takes one, so many as a family of emoji joined to one picture takes
// two. Codes that colour take none.
package width

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

var options = displaywidth.Options{ControlSequences: true}

// Of is the number of columns of a text. Control characters take none: who shows
// them, shows them as something else.
func Of(s string) int {
	n := 0
	for _, r := range s {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x300 { // not a plain letter of Western Europe
			n = 0
			for _, wide := range Clusters(s) {
				n += wide
			}
			return n
		}
		n++
	}
	return n
}

// Clusters gives what a reader takes for the characters of a text, each with its
// columns. A byte that is no UTF-8 is one, and shown as one character.
func Clusters(s string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for s != "" {
			valid := validLength(s)
			for g := options.StringGraphemes(s[:valid]); g.Next(); {
				if !yield(g.Value(), g.Width()) {
					return
				}
			}
			if s = s[valid:]; s != "" {
				if !yield(s[:1], 1) {
					return
				}
				s = s[1:]
			}
		}
	}
}

// validLength is the length of the UTF-8 that s begins with.
func validLength(s string) int {
	if utf8.ValidString(s) {
		return len(s)
	}
	for i, r := range s {
		if _, n := utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && n == 1 {
			return i
		}
	}
	return len(s)
}

// Fold puts words together to lines, as many on each as fits; one that alone does not
// fit is a line of its own.
func Fold(words []string, fits func(line string) bool) (lines []string) {
	for _, word := range words {
		if last := len(lines) - 1; last >= 0 && fits(lines[last]+" "+word) {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// Cut shortens text to a number of columns, the last of which is then an
// ellipsis.
func Cut(s string, columns int) string {
	if Of(s) <= columns {
		return s
	}
	end, n := 0, 0
	for cluster, wide := range Clusters(s) {
		if n += wide; n > columns-1 {
			break
		}
		end += len(cluster)
	}
	return s[:end] + "…"
}

// CutMiddle is Cut with the ellipsis in the middle, for texts that differ at
// their ends.
func CutMiddle(s string, columns int) string {
	if Of(s) <= columns {
		return s
	}
	begin := Cut(s, columns/2)
	start, room := 0, max(columns-Of(begin), 0)
	n := Of(s)
	for cluster, wide := range Clusters(s) {
		if n <= room {
			break
		}
		start += len(cluster)
		n -= wide
	}
	return begin + s[start:]
}

// Pad fills a text up to a number of columns with spaces.
func Pad(s string, columns int) string {
	return s + strings.Repeat(" ", max(columns-Of(s), 0))
}

// Index is where in a text a column is, in bytes: where the character begins that
// covers it, or the end.
func Index(s string, column int) int {
	at := 0
	for cluster, wide := range Clusters(s) {
		if column -= wide; column < 0 {
			break
		}
		at += len(cluster)
	}
	return at
}
