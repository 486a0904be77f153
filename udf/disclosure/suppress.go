package disclosure

import (
	"errors"
	"slices"
)

// Suppression is what is hidden: the figures that are not the same in the true table and
// in all Alternatives, which are tables of whole numbers too. A figure is the sum of any
// cells. Nobody who knows all figures that are shown can tell the tables apart.
type Suppression struct {
	Table        *Table
	Alternatives [][]int
	// Exact: every group of every margin was weighed; otherwise the alternative is a
	// table without small counts, so that no sum of any cells that is shown is small.
	Exact     bool
	Threshold int
	Zeros     bool
}

// Limits of the exact way, in groups times the square of the cells.
const exactWork = 1_500_000_000

// Suppress hides the counts 1 … threshold-1, with zeros also 0, and as much else as keeps
// them from being computed from what is shown: in tables of some hundred cells as few
// groups as elimination finds, in large ones all groups in which an alternative table
// differs, which is searched for so that few do, in the first sets of dimensions before
// others, and in tables of thousands in few dimensions before many.
// Source: Langsrud (2024), Secondary Cell Suppression by Gaussian Elimination, Privacy in
// Statistical Databases; Fischetti and Salazar (2001), Management Science 47, section 2.
func Suppress(t *Table, threshold int, zeros bool, first ...[]int) (*Suppression, error) {
	s := &Suppression{Table: t, Threshold: threshold, Zeros: zeros}
	if all, whole := t.Margins(1 << 21); whole {
		groups := 0
		for _, m := range all {
			groups += m.Groups
		}
		if n := len(t.Counts); groups*n*n <= exactWork {
			s.Exact = true
			s.exact(all)
			return s, nil
		}
	}
	if zeros {
		return nil, errors.New("zeros can be hidden in tables of some hundred cells only")
	}
	margins, _ := t.Margins(1<<23, first...)
	s.Alternatives = [][]int{alternative(t, threshold, margins, newBoxes(t))}
	return s, nil
}

// exact takes what hides less: elimination, which is best in tables of two or three
// dimensions, or the search for one table in which few groups differ. After each, what
// need not be hidden is shown again.
func (s *Suppression) exact(margins []Margin) {
	b := newBoxes(s.Table)
	s.byElimination(margins)
	if _, _, left := s.needs(margins); left == 0 {
		return
	}
	s.easeEach(margins, b)
	s.reveal(margins)
	other := &Suppression{Table: s.Table, Threshold: s.Threshold, Zeros: s.Zeros}
	if s.Zeros {
		other.easeMany(margins, b)
		other.easeEach(margins, b)
	} else {
		other.Alternatives = [][]int{alternative(s.Table, s.Threshold, margins, b)}
	}
	other.reveal(margins)
	if other.cost(margins) < s.cost(margins) {
		s.Alternatives = other.Alternatives
	}
}

// free are the cells that may differ from table to table, and the place of each cell among
// them, -1 of others.
func (s *Suppression) free() (rows, place []int32) {
	place = make([]int32, len(s.Table.Counts))
	for row, n := range s.Table.Counts {
		place[row] = -1
		if n > 0 || s.Zeros {
			place[row] = int32(len(rows))
			rows = append(rows, int32(row))
		}
	}
	return rows, place
}

// with is the table with other counts in the cells that may differ.
func (s *Suppression) with(rows []int32, counts []int) []int {
	other := slices.Clone(s.Table.Counts)
	for j, row := range rows {
		other[row] = counts[j]
	}
	return other
}

// cost is how much is hidden.
func (s *Suppression) cost(margins []Margin) (cost float64) {
	for m := range margins {
		for _, hidden := range s.Hidden(&margins[m]) {
			if hidden {
				cost += weight(&margins[m])
			}
		}
	}
	return cost
}

// Hidden are the groups of a margin that are hidden.
func (s *Suppression) Hidden(m *Margin) []bool {
	hidden := make([]bool, m.Groups)
	truth := m.Sums(s.Table.Counts)
	for _, other := range s.Alternatives {
		for g, n := range m.Sums(other) {
			hidden[g] = hidden[g] || n != truth[g]
		}
	}
	return hidden
}

// Small reports whether a count must be hidden for itself.
func (s *Suppression) Small(n int) bool { return n < s.Threshold && (n > 0 || s.Zeros) }

// eases reports whether a group with a true count is protected by being n in another table.
func (s *Suppression) eases(truth, n int) bool {
	if truth > 0 && truth < s.Threshold {
		return n == 0 || n >= s.Threshold // it may be no small count
	}
	return n != truth
}
