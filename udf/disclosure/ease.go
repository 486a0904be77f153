package disclosure

import (
	"math"
	"slices"
)

// A group is eased when some table shows that it may be another number than it is, and no
// small one.

// needs are the groups that are hidden, or small, and among them those that are not eased.
func (s *Suppression) needs(margins []Margin) (need, hidden [][]bool, left int) {
	for m := range margins {
		margin := &margins[m]
		truth := margin.Sums(s.Table.Counts)
		h := make([]bool, margin.Groups)
		for g, n := range truth {
			h[g] = s.Small(n)
		}
		eased := make([]bool, margin.Groups)
		for _, other := range s.Alternatives {
			for g, n := range margin.Sums(other) {
				h[g] = h[g] || n != truth[g]
				eased[g] = eased[g] || s.eases(truth[g], n)
			}
		}
		for g := range eased {
			eased[g] = h[g] && !eased[g]
			if eased[g] {
				left++
			}
		}
		need, hidden = append(need, eased), append(hidden, h)
	}
	return need, hidden, left
}

// easeMany adds tables that ease many groups each, while such are found.
func (s *Suppression) easeMany(margins []Margin, b *boxes) {
	type group struct {
		truth        int
		need, hidden bool
	}
	groups, weights := make([][]group, len(margins)), make([]float64, len(margins))
	for m := range margins {
		groups[m], weights[m] = make([]group, margins[m].Groups), weight(&margins[m])
		for g, n := range margins[m].Sums(s.Table.Counts) {
			groups[m][g].truth = n
		}
	}
	need, hidden, left := s.needs(margins)
	for round := uint64(0); left > 0; round++ {
		for m := range groups {
			for g := range groups[m] {
				groups[m][g].need, groups[m][g].hidden = need[m][g], hidden[m][g]
			}
		}
		a := newSearch(s.Table, margins, slices.Clone(s.Table.Counts))
		a.fits = func(int) bool { return true }
		a.price = func(m int, g, change int32) (cost float64) {
			group := &groups[m][g]
			if change != 0 && !group.hidden {
				cost = weights[m]
			}
			if group.need && s.eases(group.truth, group.truth+int(change)) {
				cost -= 4
			}
			return cost
		}
		a.run(b, s.Threshold, 10+round)
		s.Alternatives = append(s.Alternatives, a.counts)
		before := left
		if need, hidden, left = s.needs(margins); left >= before {
			s.Alternatives = s.Alternatives[:len(s.Alternatives)-1]
			return
		}
	}
}

// weight is how bad it is to hide a group: the whole table is hidden last.
func weight(m *Margin) float64 {
	if m.Groups == 1 {
		return 1000
	}
	return 1
}

// easeEach adds a table for every group that needs one still, the finest first, in which
// some persons stand in other corners of a box: of all boxes, that for which the fewest
// other groups are hidden.
func (s *Suppression) easeEach(margins []Margin, b *boxes) {
	for m := len(margins) - 1; m >= 0; {
		need, hidden, left := s.needs(margins)
		if left == 0 || s.Table.stopped(0, 1) {
			return
		}
		for m = len(margins) - 1; !slices.Contains(need[m], true); m-- {
		}
		s.Alternatives = append(s.Alternatives, b.cheapest(s, margins, hidden, m, slices.Index(need[m], true)))
	}
}

// cheapest is the table that eases a group and newly hides the fewest groups. One cell alone
// is a box too, so that there always is one.
func (b *boxes) cheapest(s *Suppression, margins []Margin, hidden [][]bool, at, group int) []int {
	m := &margins[at]
	truth := m.Sums(s.Table.Counts)[group]
	change := make([][]int, len(margins))
	for i := range margins {
		change[i] = make([]int, margins[i].Groups)
	}
	best, cost := []int(nil), math.Inf(1)
	for row, g := range m.Group {
		if int(g) != group {
			continue
		}
		for other := range s.Table.Counts {
			b.each(row, other, func(corners []corner) {
				for by := -s.Threshold; by <= s.Threshold; by++ {
					sum, fits := truth, true
					for _, c := range corners {
						fits = fits && s.Table.Counts[c.row]+c.sign*by >= 0 && (s.Zeros || s.Table.Counts[c.row] > 0)
						if int(m.Group[c.row]) == group {
							sum += c.sign * by
						}
					}
					if !fits || by == 0 || !s.eases(truth, sum) {
						continue
					}
					c := 0.0
					for i := range margins {
						of := margins[i].Group
						for _, k := range corners {
							change[i][of[k.row]] += k.sign
						}
						for _, k := range corners {
							if change[i][of[k.row]] != 0 && !hidden[i][of[k.row]] {
								c += weight(&margins[i])
							}
							change[i][of[k.row]] = 0
						}
					}
					if c < cost {
						cost, best = c, slices.Clone(s.Table.Counts)
						for _, k := range corners {
							best[k.row] += k.sign * by
						}
					}
				}
			})
		}
	}
	return best
}
