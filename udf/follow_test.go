package udf

import (
	"math/rand/v2"
	"testing"
)

// Chunks may come in any order; one spell out of order, or one that overlaps, shows.
func TestOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var spells []spell
		for person := range int64(1 + r.IntN(20)) {
			at := int32(0)
			for range 1 + r.IntN(4) {
				from := at + int32(r.IntN(3))
				at = from + 1 + int32(r.IntN(5))
				spells = append(spells, spell{person, from, at})
			}
		}
		want := true
		if i := r.IntN(2 * len(spells)); i > 0 && i < len(spells) {
			want = false
			if r.IntN(2) == 0 {
				spells[i-1], spells[i] = spells[i], spells[i-1]
			} else if spells[i].person != spells[i-1].person {
				spells[i].person = -1
			} else {
				spells[i].from = spells[i-1].until - 1
			}
		}
		var o Order
		for at := 0; at < len(spells); {
			n := min(1+r.IntN(6), len(spells)-at)
			o.add(spells[at : at+n])
			at += n
		}
		r.Shuffle(len(o.chunks), func(i, j int) { o.chunks[i], o.chunks[j] = o.chunks[j], o.chunks[i] })
		if got := o.Disjoint(); got != want {
			// Swapped chunks that follow each other the other way are in order again.
			if !want && sortedAgain(spells) {
				continue
			}
			t.Fatalf("%v: %v, want %v", spells, got, want)
		}
	}
}

// sortedAgain reports whether some order of the spells is disjoint.
func sortedAgain(spells []spell) bool {
	for i, a := range spells {
		for _, b := range spells[i+1:] {
			if !a.before(b) && !b.before(a) {
				return false
			}
		}
	}
	return true
}
