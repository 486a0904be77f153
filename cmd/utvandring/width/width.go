// Package width counts the columns that text takes on a terminal.
package width

import "unicode"

// Of is the number of columns of a text.
func Of(s string) int {
	n := 0
	for _, r := range s {
		n += Rune(r)
	}
	return n
}

// Rune is the number of columns of a character: 2 for East Asian wide ones and
// emoji, 0 for combining ones.
func Rune(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1100 && r <= 0x115f, r >= 0x2e80 && r <= 0x303e, r >= 0x3041 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3,
		r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60, r >= 0xffe0 && r <= 0xffe6,
		r >= 0x1f300 && r <= 0x1f64f, r >= 0x1f900 && r <= 0x1f9ff, r >= 0x20000 && r <= 0x3fffd:
		return 2
	}
	return 1
}

// Cut shortens text to a number of columns, the last of which is then an
// ellipsis.
func Cut(s string, columns int) string {
	if Of(s) <= columns {
		return s
	}
	n := 0
	for i, r := range s {
		if n += Rune(r); n > columns-1 {
			return s[:i] + "…"
		}
	}
	return s
}

// CutMiddle is Cut with the ellipsis in the middle, for texts that differ at
// their ends.
func CutMiddle(s string, columns int) string {
	if Of(s) <= columns {
		return s
	}
	begin := Cut(s, columns/2)
	tail := []rune(s)
	for n := Of(s); n > max(columns-Of(begin), 0); tail = tail[1:] {
		n -= Rune(tail[0])
	}
	return begin + string(tail)
}
