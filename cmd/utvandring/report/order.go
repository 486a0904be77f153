package report

import (
	"cmp"
	"regexp"
	"strconv"
)

var pieces = regexp.MustCompile(`\d+|\D+`)

// Compare orders numbers of figures and sections as a reader counts: 3.2 before
// 3.10, figures with digits before A1.
func Compare(a, b string) int {
	x, y := pieces.FindAllString(a, -1), pieces.FindAllString(b, -1)
	for i := range min(len(x), len(y)) {
		m, errM := strconv.Atoi(x[i])
		n, errN := strconv.Atoi(y[i])
		d := cmp.Compare(x[i], y[i])
		if errM == nil && errN == nil {
			d = cmp.Compare(m, n)
		}
		if d != 0 {
			return d
		}
	}
	return cmp.Compare(len(x), len(y))
}
