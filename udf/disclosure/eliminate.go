package disclosure

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// sum is one group of one margin: its cells, by their place among the cells that may
// differ.
type sum struct {
	cells         []int32
	count         int
	hidden, eased bool
}

// byElimination goes through the groups, the large ones first: what would give a small
// count away together with what is shown already is hidden, the rest shown. Then it looks
// for the tables that prove it.
func (s *Suppression) byElimination(margins []Margin) {
	t := s.Table
	rows, place := s.free()
	var sums []*sum
	for m := range margins {
		of := make([]*sum, margins[m].Groups)
		for g := range of {
			of[g] = &sum{}
		}
		for row, g := range margins[m].Group {
			if place[row] >= 0 {
				of[g].cells = append(of[g].cells, place[row])
				of[g].count += t.Counts[row]
			}
		}
		for _, g := range of {
			if len(g.cells) > 0 {
				sums = append(sums, g)
			}
		}
	}
	slices.SortStableFunc(sums, func(a, b *sum) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(len(b.cells), len(a.cells)))
	})
	independent := s.eliminate(sums, len(rows))
	s.prove(sums, independent, rows)
}

// eliminate decides which sums are hidden, and gives independent ones of those shown.
func (s *Suppression) eliminate(sums []*sum, n int) (independent []*sum) {
	var small []vector
	for _, g := range sums {
		if s.Small(g.count) {
			g.hidden = true
			v := vectorOf(n, g.cells)
			v.normal()
			small = append(small, v)
		}
	}
	var shown known
	for _, g := range sums {
		if g.hidden {
			continue
		}
		rest := shown.rest(vectorOf(n, g.cells))
		at := rest.lead()
		if at == n {
			continue
		}
		rest.normal()
		if slices.ContainsFunc(small, func(v vector) bool { return v[at] != 0 && slices.Equal(v, rest) }) {
			g.hidden = true
			continue
		}
		shown.add(rest)
		independent = append(independent, g)
		for _, v := range small {
			v.take(rest, at)
			v.normal()
		}
	}
	return independent
}

// prove looks for tables that have the shown sums and others than the hidden ones.
func (s *Suppression) prove(sums, independent []*sum, rows []int32) {
	hidden := slices.DeleteFunc(slices.Clone(sums), func(g *sum) bool { return !g.hidden })
	slices.SortStableFunc(hidden, func(a, b *sum) int { return cmp.Compare(len(a.cells), len(b.cells)) })
	if len(hidden) == 0 {
		return
	}
	groups, counts := make([][]int32, len(independent)), make([]int, len(independent))
	for i, g := range independent {
		groups[i], counts[i] = g.cells, g.count
	}
	p, ok := newProgram(len(rows), groups, counts)
	if !ok {
		return // hideMore does it
	}
	look := func() {
		corner, whole := p.corner()
		if !whole {
			return
		}
		at := func(cells []int32) (n int) {
			for _, j := range cells {
				n += corner[j]
			}
			return n
		}
		for _, g := range sums {
			if !g.hidden && at(g.cells) != g.count {
				return // rounding errors
			}
		}
		eases := false
		for _, g := range hidden {
			if !g.eased && s.eases(g.count, at(g.cells)) {
				g.eased, eases = true, true
			}
		}
		if eases {
			s.Alternatives = append(s.Alternatives, s.with(rows, corner))
		}
	}
	look()
	random := rand.New(rand.NewPCG(1, 2))
	for range min(60, 4*len(rows)) {
		var some []int32
		for j := range rows {
			if random.IntN(5) < 2 {
				some = append(some, int32(j))
			}
		}
		if p.optimum(some, float64(2*random.IntN(2)-1)) {
			look()
		}
	}
	for _, g := range hidden {
		for _, sign := range []float64{-1, 1} {
			if !g.eased && p.optimum(g.cells, sign) {
				look()
			}
		}
	}
}
