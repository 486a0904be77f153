package disclosure

// boxes finds the cells between which persons can be moved so that margins stay: the
// corners of a box whose sides are dimensions.
type boxes struct {
	t     *Table
	sides [][]int // dimensions that go together, as a municipality and its county
	row   map[string]int32
	key   []byte
	found []corner
}

type corner struct {
	row  int32
	sign int
}

func newBoxes(t *Table) *boxes {
	b := &boxes{t: t, row: make(map[string]int32, len(t.Counts))}
	k := len(t.Codes)
	b.key = make([]byte, 4*k)
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
		var side []int
		for e := range k {
			if under[e] == d {
				side = append(side, e)
			}
		}
		if side != nil {
			b.sides = append(b.sides, side)
		}
	}
	for row := range t.Counts {
		for d := range k {
			b.put(d, t.Codes[d][row])
		}
		b.row[string(b.key)] = int32(row)
	}
	return b
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

func (b *boxes) put(d int, code int32) {
	b.key[4*d], b.key[4*d+1], b.key[4*d+2], b.key[4*d+3] = byte(code), byte(code>>8), byte(code>>16), byte(code>>24)
}

// box is the corners of the box between two cells, along the sides of which bit is set; nil
// where one is no cell. The corners are good until the next call.
func (b *boxes) box(row, other int, sides uint) []corner {
	b.found = b.found[:0]
	for part := sides; ; part = (part - 1) & sides { // all subsets
		sign := 1
		for i, side := range b.sides {
			from := row
			if part>>i&1 == 1 {
				from, sign = other, -sign
			}
			for _, d := range side {
				b.put(d, b.t.Codes[d][from])
			}
		}
		at, ok := b.row[string(b.key)]
		if !ok {
			return nil
		}
		b.found = append(b.found, corner{at, sign})
		if part == 0 {
			return b.found
		}
	}
}

// differ are the sides in which two cells differ.
func (b *boxes) differ(row, other int) (sides uint) {
	for i, side := range b.sides {
		for _, d := range side {
			if b.t.Codes[d][row] != b.t.Codes[d][other] {
				sides |= 1 << i
			}
		}
	}
	return sides
}

// each gives the boxes between two cells, along some and along all sides in which they
// differ; of a cell with itself, the cell.
func (b *boxes) each(row, other int, use func([]corner)) {
	all := b.differ(row, other)
	if all == 0 {
		use(b.box(row, other, 0))
		return
	}
	for sides := all; sides != 0; sides = (sides - 1) & all {
		if c := b.box(row, other, sides); c != nil {
			use(c)
		}
	}
}
