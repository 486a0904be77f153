package disclosure

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Round rounds the counts 1 … base-1 to 0 or base and leaves all others as they are, so
// that the groups of the margins change little: of all of them if there are not too many,
// else of the whole, of the given sets of dimensions, and of sets of few dimensions. Every figure is then a sum of rounded
// cells: figures add up whatever is grouped, none is 1 … base-1, and a cell that is
// shown as 0 or base may be any of the numbers less than base away.
//
// Which are rounded up is searched for: first one after the other as fits best, then by
// exchanging. The whole table weighs most: it changes by no more than base.
// Source: Langsrud and Heldal (2018), Privacy in Statistical Databases.
func Round(t *Table, base int, first ...[]int) []int {
	rounded := slices.Clone(t.Counts)
	var rows []int32
	for row, n := range t.Counts {
		if n > 0 && n < base {
			rows = append(rows, int32(row))
		}
	}
	for i, n := range roundSmall(t.only(rows), base, first) {
		rounded[rows[i]] = n
	}
	return rounded
}

// roundEntries is how many cells times margins are looked at, of no more than roundMargins
// of them.
const (
	roundEntries = 1 << 23
	roundMargins = 160
)

// roundSmall rounds a table of small counts.
func roundSmall(t *Table, base int, first [][]int) []int {
	margins, _ := t.Margins(min(roundEntries, roundMargins*len(t.Counts)), first...)
	r := rounding{t: t, base: base, margins: margins, rounded: slices.Clone(t.Counts)}
	if len(t.Counts) == 0 {
		return r.rounded
	}
	groups := int32(0)
	r.group = make([]int32, len(t.Counts)*len(margins))
	for m := range margins {
		for row, g := range margins[m].Group {
			r.group[row*len(margins)+m] = groups + g
		}
		groups += int32(margins[m].Groups)
	}
	r.change = make([]int32, groups)
	// From nothing at all, each cell is rounded as suits those before it.
	for row := range t.Counts {
		down, up := r.cost(row, -t.Counts[row]), r.cost(row, base-t.Counts[row])
		if up < down {
			r.move(row, base)
		} else {
			r.move(row, 0)
		}
	}
	r.exchange()
	r.mendTotal()
	return r.rounded
}

type rounding struct {
	t       *Table
	base    int
	margins []Margin
	rounded []int
	change  []int32 // of each group, those of one margin after those of another
	group   []int32 // the groups of each cell among these, side by side: they are looked at together
}

func (r *rounding) groups(row int) []int32 {
	n := len(r.margins)
	return r.group[row*n:][:n]
}

// cost is what it costs to add by to a cell: how bad the changes of its groups are then,
// less how bad they are. A change c is as bad as 32c² + c⁴, so that large ones are worse than
// many small ones; that of the whole, the first margin, is 40 times as bad.
func (r *rounding) cost(row, by int) int64 {
	groups := r.groups(row)
	worse := func(g int32) int64 { // both squares once: this is what rounding spends its time on
		now := int64(r.change[g])
		then := now + int64(by)
		now, then = now*now, then*then
		return (then - now) * (32 + then + now)
	}
	cost := int64(0)
	for _, g := range groups {
		cost += worse(g)
	}
	if len(groups) > 0 {
		cost += 39 * worse(groups[0])
	}
	return cost
}

// move gives a cell a value; the first value counts from its true one.
func (r *rounding) move(row, value int) {
	by := int32(value - r.rounded[row])
	r.rounded[row] = value
	for _, g := range r.groups(row) {
		r.change[g] += by
	}
}

// other is what a cell may be instead.
func (r *rounding) other(row int) int { return r.base - r.rounded[row] }

// exchange turns single cells, and cells of one group against each other, while that
// pays, and at first also where it does not.
func (r *rounding) exchange() {
	random := rand.New(rand.NewPCG(1, 1))
	n := len(r.rounded)
	members := make([][][]int32, len(r.margins))
	for m := range r.margins {
		members[m] = make([][]int32, r.margins[m].Groups)
		for row, g := range r.margins[m].Group {
			members[m][g] = append(members[m][g], int32(row))
		}
	}
	steps := max(min(400*n, 6_000_000/len(r.margins)), n)
	hot := 128 * float64(r.base*r.base)
	if n > 20000 {
		hot = 0 // there is no time to cool down
	}
	for step := range steps {
		if r.t.stopped(step, 4096) {
			return
		}
		row, second := random.IntN(n), -1
		by := r.other(row) - r.rounded[row]
		cost := r.cost(row, by)
		if random.IntN(4) > 0 {
			m := random.IntN(len(r.margins))
			group := members[m][r.margins[m].Group[row]]
			for range 4 {
				if s := int(group[random.IntN(len(group))]); r.rounded[s] != r.rounded[row] {
					second = s
					break
				}
			}
		}
		before := r.rounded[row]
		if second >= 0 {
			r.move(row, r.other(row))
			cost += r.cost(second, -by)
		}
		heat := hot * math.Pow(0.001, float64(step)/float64(steps))
		keep := cost < 0 || heat > 0 && random.Float64() < math.Exp(-float64(cost)/heat)
		switch {
		case second >= 0 && keep:
			r.move(second, r.other(second))
		case second >= 0:
			r.move(row, before)
		case keep:
			r.move(row, r.other(row))
		}
	}
	for pays, pass := true, 0; pays && (pass < 3 || n < 1000); pass++ {
		pays = false
		for row := range n {
			if r.cost(row, r.other(row)-r.rounded[row]) < 0 {
				r.move(row, r.other(row))
				pays = true
			}
		}
	}
}

// mendTotal turns cells until the whole has changed by no more than base.
func (r *rounding) mendTotal() {
	if len(r.margins) == 0 || r.margins[0].Groups != 1 {
		return
	}
	for r.change[0] > int32(r.base) || r.change[0] < -int32(r.base) {
		best, cost := -1, int64(math.MaxInt64)
		for row := range r.rounded {
			by := r.other(row) - r.rounded[row]
			if (by > 0) == (r.change[0] > 0) {
				continue
			}
			if c := r.cost(row, by); c < cost {
				best, cost = row, c
			}
		}
		if best < 0 {
			return
		}
		r.move(best, r.other(best))
	}
}
