package sur

import (
	"slices"
	"testing"
)

// Where rows go follows from the sizes of the equations, not from those that were
// arranged before: a bootstrap would depend on the number of its threads.
func TestStackForgets(t *testing.T) {
	height := func(int) int { return 3 }
	fresh, used := newStack(3), newStack(3)
	used.arrange([]float64{1, 1e9, 1e5}, height)
	fresh.arrange([]float64{1, 2, 3}, height)
	used.arrange([]float64{1, 2, 3}, height)
	if !slices.Equal(fresh.first, used.first) || !slices.Equal(fresh.rest, used.rest) {
		t.Errorf("%v, %v; anew %v, %v", used.first, used.rest, fresh.first, fresh.rest)
	}
}
