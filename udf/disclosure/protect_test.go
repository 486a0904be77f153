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
		for _, waits := range []int{0, 20} { // so many questions long somebody waits
			asked := 0
			table := randomTable(rand.New(rand.NewPCG(10, 10)), 12, c.sizes...)
			table.Stopped = func() bool { asked++; return asked > waits }
			if _, err := Protect(table, c.method); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if asked <= waits || asked > 2*waits+10 {
				t.Errorf("%s: asked %d times, where somebody waits for %d", what, asked, waits)
			}
		}
	}
}
