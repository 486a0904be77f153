package disclosure

import "math/bits"

// boxes finds the cells between which persons can be moved so that margins stay: the
// corners of a box whose sides are dimensions.
type boxes struct {
	sides []side
	// Cells are looked up in a table of hashes, which is open: slots are 1 more than a cell,
	// 0 where there is none.
	hash  []uint64 // of the cells
	slots []int32
	shift int
	from  []int // for each side the cell that a corner is there as
	found []corner
}

// side is dimensions that go together, as a municipality and its county: what each cell has
// there, as a number, and the part that it has in the hash of the cell.
type side struct {
	dims []int
	of   []int32
	hash []uint64
}

type corner struct {
	row  int32
	sign int
}

func newBoxes(t *Table) *boxes {
	n, k := len(t.Counts), len(t.Codes)
	b := &boxes{hash: make([]uint64, n), shift: 64 - bits.Len(uint(2*n+1))}
	under := make([]int, k)
	for d := range under {
		under[d] = d
		for e := range k {
			if e != d && under[d] == d && determines(t.Codes[e], t.Codes[d]) && (e < d || !determines(t.Codes[d], t.Codes[e])) {
				under[d] = e
			}
		}
	}
	for d := range under { // a county is under a municipality, which may be under something itself
		for range k {
			under[d] = under[under[d]]
		}
	}
	for d := range k {
		var dims []int
		for e := range k {
			if under[e] == d {
				dims = append(dims, e)
			}
		}
		if dims == nil {
			continue
		}
		s := side{dims: dims, of: t.Margin(dims).Group, hash: make([]uint64, n)}
		for row, g := range s.of {
			s.hash[row] = mixed(uint64(len(b.sides))<<32 + uint64(g))
			b.hash[row] += s.hash[row]
		}
		b.sides = append(b.sides, s)
	}
	b.from = make([]int, len(b.sides))
	b.slots = make([]int32, 1<<(64-b.shift))
	for row, h := range b.hash {
		at := h >> b.shift
		for b.slots[at] != 0 {
			at = (at + 1) % uint64(len(b.slots))
		}
		b.slots[at] = int32(row + 1)
	}
	return b
}

// mixed has the bits of x in each of its own: the end of the hash function Murmur3.
func mixed(x uint64) uint64 {
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// determines reports whether each code of a goes with one of b only.
func determines(a, b []int32) bool {
	with := map[int32]int32{}
	for row, code := range a {
		other, ok := with[code]
		if ok && other != b[row] {
			return false
		}
		with[code] = b[row]
	}
	return true
}

// cell is the cell that is in each side as the one that from has for it; -1 where there is
// none.
func (b *boxes) cell() int32 {
	h := uint64(0)
	for i := range b.sides {
		h += b.sides[i].hash[b.from[i]]
	}
	for at := h >> b.shift; b.slots[at] != 0; at = (at + 1) % uint64(len(b.slots)) {
		if found := b.slots[at] - 1; b.hash[found] == h && b.is(found) {
			return found
		}
	}
	return -1
}

func (b *boxes) is(cell int32) bool {
	for i := range b.sides {
		if of := b.sides[i].of; of[cell] != of[b.from[i]] {
			return false
		}
	}
	return true
}

// box is the corners of the box between two cells, along the sides of which bit is set, or
// with one cell for each side at its other end; nil where one is no cell. The corners are
// good until the next call.
func (b *boxes) box(row int, sides uint, others ...int) []corner {
	b.found = b.found[:0]
	for part := sides; ; part = (part - 1) & sides { // all subsets
		for i := range b.from {
			b.from[i] = row
			if part>>i&1 == 1 {
				b.from[i] = others[min(i, len(others)-1)]
			}
		}
		at := b.cell()
		if at < 0 {
			return nil
		}
		b.found = append(b.found, corner{at, 1 - 2*(bits.OnesCount(part)&1)})
		if part == 0 {
			return b.found
		}
	}
}

// differ are the sides in which two cells differ.
func (b *boxes) differ(row, other int) (sides uint) {
	for i := range b.sides {
		if of := b.sides[i].of; of[row] != of[other] {
			sides |= 1 << i
		}
	}
	return sides
}

// each gives the boxes between two cells, along some and along all sides in which they
// differ; of a cell with itself, the cell.
func (b *boxes) each(row, other int, use func([]corner)) {
	all := b.differ(row, other)
	if all == 0 {
		use(b.box(row, 0, other))
		return
	}
	for sides := all; sides != 0; sides = (sides - 1) & all {
		if c := b.box(row, sides, other); c != nil {
			use(c)
		}
	}
}
