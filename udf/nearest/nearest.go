// Package nearest finds the name that was meant where another one was typed.
package nearest

import (
	"fmt"
	"slices"
	"strings"
)

// Name is the one of names most like what was typed, or "" where none is near.
// Case and space around it do not count. Near is, best first: the same name; the
// same words in another order, as in frequency_by_sex_county; a name that begins
// with what was typed, if that is three letters or more; and a name that takes at
// most a third of the letters typed (at least one, at most three) to insert, leave
// out, replace or swap with the next. A name with no letter in common is never
// near: b is not like a. Of two that are equally near it is the first.
func Name(typed string, names []string) string {
	key := []rune(strings.ToLower(strings.TrimSpace(typed)))
	if len(key) == 0 {
		return ""
	}
	sorted, letters := words(string(key)), min(max(len(key)/3, 1), 3)
	best, worst := "", 2*letters
	for _, name := range names {
		lower := strings.ToLower(name)
		other := []rune(lower)
		var far int // twice the letters
		switch {
		case lower == string(key):
			return name
		case words(lower) == sorted:
		case len(key) > 2 && strings.HasPrefix(lower, string(key)):
			far = 1
		case len(other)-len(key) > letters || len(key)-len(other) > letters:
			continue
		default:
			d := distance(key, other)
			if d == max(len(key), len(other)) {
				continue
			}
			far = 2 * d
		}
		if far <= worst {
			best, worst = name, far-1
		}
	}
	return best
}

// Hint is ` (did you mean "name"?)` for the Name, "" where there is none.
func Hint(typed string, names []string) string { return HintAfter("", typed, names) }

// HintAfter is the Hint of a name that is shown after a prefix: (did you mean ".mode"?).
func HintAfter(prefix, typed string, names []string) string {
	if name := Name(typed, names); name != "" {
		return fmt.Sprintf(" (did you mean %q?)", prefix+name)
	}
	return ""
}

// words are the parts of a name in alphabetical order.
func words(name string) string {
	if !strings.Contains(name, "_") {
		return name
	}
	parts := strings.Split(name, "_")
	slices.Sort(parts)
	return strings.Join(parts, "_")
}

// distance is the least number of letters to insert, leave out, replace, or swap
// with the next, to make b of a, none of them twice (optimal string alignment).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, last[j+1]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
