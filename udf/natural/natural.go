// Package natural orders names and labels as a reader counts: 4.1.2 before 4.1.10.
package natural

import (
	"strconv"
	"strings"

	"utvandring/udf/later"
)

// Compare compares runs of digits as numbers, all else by its bytes, and of these _
// first: it parts words, so that figure_5_9 comes before figure_5_10 and sur_of
// before sure. It is negative where a comes first, 0 only for equal texts.
func Compare(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		m, n := digits(x), digits(y)
		if m > 0 && n > 0 {
			p, q := strings.TrimLeft(x[:m], "0"), strings.TrimLeft(y[:n], "0")
			if len(p) != len(q) {
				return len(p) - len(q)
			}
			if c := strings.Compare(p, q); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			return rank(x[0]) - rank(y[0])
		}
		x, y = x[1:], y[1:]
	}
	if x != "" || y != "" {
		return len(x) - len(y)
	}
	return strings.Compare(a, b) // 02 and 2
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func rank(c byte) int {
	if c == '_' {
		return -1
	}
	return int(c)
}

var leading = later.Compile(`^\s*(-?\d+(?:\.\d+)?)`)

// Leading is the number that a label begins with: 7 of "7-17", 0.5 of "0.5", -1 of
// "-1".
func Leading(label string) (float64, bool) {
	m := leading.FindStringSubmatch(label)
	if m == nil {
		return 0, false
	}
	x, _ := strconv.ParseFloat(m[1], 64)
	return x, true
}
