package udf

import (
	"slices"
	"strings"
	"testing"
)

// Equations come in the order that a reader expects, not that of their letters.
func TestNaturalOrder(t *testing.T) {
	list := strings.Fields("4.1.10 b2 4.1.2 4.1.1 a 10 2 4.2 02 b10 b")
	slices.SortFunc(list, naturalOrder)
	if got, want := strings.Join(list, " "), "02 2 4.1.1 4.1.2 4.1.10 4.2 10 a b b2 b10"; got != want && got != strings.Replace(want, "02 2", "2 02", 1) {
		t.Errorf("%s, want %s", got, want)
	}
}
