// Package disclosure keeps published counts from telling about single people: by
// rounding small counts, or by hiding figures. It knows nothing of databases.
//
// What is protected are the inner cells of a table: one count for each combination of
// codes. Every figure is a sum of inner cells, and the decision is made once, over the
// inner cells, so that all groupings, periods and selections agree, also those that
// nobody has thought of yet:
//
//   - rounded (Round), a figure is the sum of the rounded cells, whatever is added up;
//   - hidden (Suppress), there are other tables of whole numbers beside the true one, and
//     a figure is shown where it is the same in all of them. So whoever knows everything
//     that is shown cannot tell the tables apart: nothing that is hidden can be computed.
//
// All is deterministic: the same cells, in whatever order of rows once they are sorted by
// their codes, give the same answer.
package disclosure

import (
	"fmt"
	"slices"
)

// Table is inner cells: their codes, a slice a dimension, and their counts, which are
// not negative. No two cells have the same codes.
type Table struct {
	Codes  [][]int32
	Counts []int
	// Stopped says that nobody waits any longer: what is decided is then worth nothing, and
	// only soon to be there. nil: somebody does.
	Stopped func() bool
}

// stopped asks at every so many steps.
func (t *Table) stopped(step, every int) bool {
	return t.Stopped != nil && step%every == 0 && t.Stopped()
}

// Margin is the cells by some dimensions: the group of each cell, and how many groups
// there are.
type Margin struct {
	Dims   []int
	Group  []int32
	Groups int
}

// Margin groups the cells by dimensions, given by their place. Groups are numbered in
// the order in which the cells come.
func (t *Table) Margin(dims []int) Margin {
	m := Margin{Group: make([]int32, len(t.Counts)), Groups: min(1, len(t.Counts))}
	for _, d := range dims {
		m = t.divide(&m, d)
	}
	m.Dims = dims
	return m
}

// divide divides the groups of a margin by one more dimension.
func (t *Table) divide(m *Margin, d int) Margin {
	finer := Margin{Dims: append(slices.Clone(m.Dims), d), Group: make([]int32, len(t.Counts))}
	codes := int32(0)
	for _, code := range t.Codes[d] {
		codes = max(codes, code+1)
	}
	if n := int(codes) * m.Groups; n <= 8*len(t.Counts)+1000 {
		seen := make([]int32, n)
		for row, code := range t.Codes[d] {
			id := &seen[m.Group[row]*codes+code]
			if *id == 0 {
				finer.Groups++
				*id = int32(finer.Groups)
			}
			finer.Group[row] = *id - 1
		}
		return finer
	}
	// Group by group, with the codes seen in that group; then numbered as the cells come.
	next := make([]int32, m.Groups+1)
	for _, g := range m.Group {
		next[g+1]++
	}
	for g := range m.Groups {
		next[g+1] += next[g]
	}
	rows := make([]int32, len(t.Counts))
	for row, g := range m.Group {
		rows[next[g]] = int32(row)
		next[g]++
	}
	in, id, group := make([]int32, codes), make([]int32, codes), finer.Group
	for _, row := range rows {
		code, g := t.Codes[d][row], m.Group[row]+1
		if in[code] != g {
			in[code], id[code] = g, int32(finer.Groups)
			finer.Groups++
		}
		group[row] = id[code]
	}
	number, numbers := make([]int32, finer.Groups), int32(0)
	for row, g := range group {
		if number[g] == 0 {
			numbers++
			number[g] = numbers
		}
		group[row] = number[g] - 1
	}
	return finer
}

// Sums are the counts of the groups.
func (m *Margin) Sums(counts []int) []int {
	sums := make([]int, m.Groups)
	for row, g := range m.Group {
		sums[g] += counts[row]
	}
	return sums
}

// same reports whether two margins have the same groups, numbered alike as Margin does.
func (m *Margin) same(o *Margin) bool {
	return m.Groups == o.Groups && slices.Equal(m.Group, o.Group)
}

// Margins are the groupings by all sets of dimensions, the whole and the given sets before
// the others, of these the small ones first, as long as the cells times the groupings are
// no more than entries; whole says that these are all. Of sets that make the same groups,
// as a municipality does with and without its county, the first is kept.
func (t *Table) Margins(entries int, first ...[]int) (list []Margin, whole bool) {
	k, n := len(t.Codes), max(1, len(t.Counts))
	made := map[string]*Margin{}
	add := func(dims []int) bool {
		if n*(len(list)+1) > entries && len(list) > 0 {
			return false
		}
		var m Margin
		if of := made[fmt.Sprint(dims[:max(0, len(dims)-1)])]; len(dims) > 0 && of != nil {
			m = t.divide(of, dims[len(dims)-1])
			if m.Groups == of.Groups {
				made[fmt.Sprint(dims)] = of // the same
				return true
			}
		} else {
			m = t.Margin(dims)
		}
		at := slices.IndexFunc(list, func(o Margin) bool { return m.same(&o) })
		if at < 0 {
			at = len(list)
			list = append(list, m)
		}
		made[fmt.Sprint(dims)] = &list[at]
		return true
	}
	add(nil)
	for _, set := range first {
		if !add(set) {
			return list, false
		}
	}
	for size := 1; size <= k; size++ {
		for _, dims := range sets(k, size) {
			if !add(dims) {
				return list, false
			}
		}
	}
	return list, true
}

// only is the table of some of its cells.
func (t *Table) only(rows []int32) *Table {
	part := &Table{Codes: make([][]int32, len(t.Codes)), Counts: make([]int, len(rows)), Stopped: t.Stopped}
	for i, row := range rows {
		part.Counts[i] = t.Counts[row]
	}
	for d, codes := range t.Codes {
		part.Codes[d] = make([]int32, len(rows))
		for i, row := range rows {
			part.Codes[d][i] = codes[row]
		}
	}
	return part
}

// sets are the subsets of 0 … k-1 of a size, in order.
func sets(k, size int) (list [][]int) {
	set := make([]int, size)
	var add func(at, from int)
	add = func(at, from int) {
		if at == size {
			list = append(list, slices.Clone(set))
			return
		}
		for d := from; d < k; d++ {
			set[at] = d
			add(at+1, d+1)
		}
	}
	add(0, 0)
	return list
}
