package disclosure

import (
	"math/rand/v2"
	"testing"
)

// Every way of deciding ends soon after nobody waits any longer, having asked again and
// again whether somebody does.
func TestProtectStops(t *testing.T) {
	for what, c := range map[string]struct {
		method Method
		sizes  []int
	}{
		"rounding":       {Method{Base: 3}, []int{10, 9, 7, 6}},
		"hiding in many": {Method{Suppress: true, Threshold: 3}, []int{10, 9, 7, 6}},
		"hiding in few":  {Method{Suppress: true, Threshold: 3, Zeros: true}, []int{8, 7, 3}},
	} {
		asked := map[bool]int{}
		for _, stop := range []bool{false, true} {
			table := randomTable(rand.New(rand.NewPCG(10, 10)), 12, c.sizes...)
			table.Stopped = func() bool { asked[stop]++; return stop }
			if _, err := Protect(table, c.method); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
		}
		if asked[false] < 20 || asked[true] > 10 {
			t.Errorf("%s: asked %d times while somebody waits, %d times when nobody does", what, asked[false], asked[true])
		}
	}
}
