package disclosure

import (
	"fmt"
	"math/rand/v2"
)

// randomTable has all cells of dimensions of these sizes, most of them small.
func randomTable(random *rand.Rand, most int, sizes ...int) *Table {
	t := &Table{Codes: make([][]int32, len(sizes))}
	n := 1
	for _, size := range sizes {
		n *= size
	}
	for row := range n {
		rest := row
		for d := len(sizes) - 1; d >= 0; d-- {
			t.Codes[d] = append(t.Codes[d], int32(rest%sizes[d]))
			rest /= sizes[d]
		}
		x := 0
		for random.IntN(4) > 0 && x < most {
			x++
		}
		t.Counts = append(t.Counts, x)
	}
	return t
}

// all are the margins in full, also those that make the same groups.
func all(t *Table) (list []Margin) {
	for size := range len(t.Codes) + 1 {
		for _, dims := range sets(len(t.Codes), size) {
			list = append(list, t.Margin(dims))
		}
	}
	return list
}

func name(m *Margin) string { return fmt.Sprint("by ", m.Dims) }
