// Package doubt finds numbers that may be a thousand times what they are read as: the sign
// in 1,234 may be decimal, or part thousands, where no other number tells.
package doubt

import (
	"fmt"
	"strings"

	"utvandring/udf/later"
)

// Numbers are those of a file or a column, as they are written.
type Numbers map[string]string // by their sign the first that may be either, "" where one tells

var (
	either  = later.Compile(`^[+-]?[1-9]\d{0,2}[.,]\d{3}$`)
	decimal = later.Compile(`^[+-]?(?:[\d ]*[.,]|[\d.]*,|[\d,]*\.)\d+(?:[eE][+-]?\d+)?$`)
)

// See looks at a cell, which may be no number.
func (n Numbers) See(s string) {
	i := strings.LastIndexAny(s, ".,")
	if i < 0 {
		return
	}
	sign := s[i : i+1]
	if first, seen := n[sign]; seen && first == "" {
		return
	} else if !either.MatchString(s) {
		if decimal.MatchString(s) {
			n[sign] = ""
		}
	} else if !seen {
		n[sign] = s
	}
}

// Note says so of a number with this sign that was read as decimal; "" where there is no doubt.
func (n Numbers) Note(sign string) string {
	if n[sign] == "" {
		return ""
	}
	return fmt.Sprintf("%q is read as %s, and no other number tells whether its sign is decimal: take the signs out of the file where they part thousands", n[sign], strings.Replace(n[sign], ",", ".", 1))
}
