package disclosure

import (
	"cmp"
	"math"
	"slices"
)

// pool is the best of the tables that poolBy makes: by all dimensions, then without those of
// most codes first. The last that are left are those that are in all the margins but the
// whole, before them each of the others is tried.
func pool(t *Table, threshold int, margins []Margin) (best []int) {
	codes := make([]int, len(t.Codes))
	order := make([]int, len(codes))
	for d := range codes {
		seen := map[int32]bool{}
		for _, code := range t.Codes[d] {
			seen[code] = true
		}
		codes[d], order[d] = len(seen), d
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(codes[a], codes[b]) })
	inAll := func(d int) bool {
		return !slices.ContainsFunc(margins, func(m Margin) bool { return m.Groups > 1 && !slices.Contains(m.Dims, d) })
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := inAll(a), inAll(b); {
		case x == y:
			return 0
		case x:
			return -1
		}
		return 1
	})
	kept := 0
	for kept < len(order) && inAll(order[kept]) {
		kept++
	}
	least := math.Inf(1)
	for at, d := range order[kept:] {
		if at > 0 && determines(t.Codes[d], t.Codes[order[kept+at-1]]) {
			continue // as a county by its code and by its name
		}
		dims := slices.Concat(order[:kept], []int{d}, order[kept:kept+at], order[kept+at+1:])
		counts := poolBy(t, threshold, dims)
		if n := differing(t, margins, counts); n < least {
			best, least = counts, n
		}
	}
	if best == nil {
		return poolBy(t, threshold, order)
	}
	return best
}

// poolBy makes of the small counts 0 or threshold or a little more, so that the sum of the
// smallest group stays in which they can: the groups are by the dimensions, then without the last,
// and so on.
func poolBy(t *Table, threshold int, dims []int) []int {
	counts := slices.Clone(t.Counts)
	var left []int32
	for row, n := range counts {
		if n > 0 && n < threshold {
			left = append(left, int32(row))
		}
	}
	groups := []Margin{t.Margin(nil)}
	for _, d := range dims {
		groups = append(groups, t.divide(&groups[len(groups)-1], d))
	}
	for _, m := range slices.Backward(groups) {
		if len(left) == 0 {
			break
		}
		takes := takers(t, counts, threshold, &m)
		slices.SortStableFunc(left, func(a, b int32) int {
			return cmp.Or(cmp.Compare(m.Group[a], m.Group[b]), cmp.Compare(counts[b], counts[a]))
		})
		rest := left[:0]
		for len(left) > 0 {
			g, n := m.Group[left[0]], 1
			for n < len(left) && m.Group[left[n]] == g {
				n++
			}
			together := left[:n]
			left = left[n:]
			sum := 0
			for _, row := range together {
				sum += counts[row]
			}
			if sum < threshold && takes[g] < 0 {
				rest = append(rest, together...)
				continue
			}
			for i, row := range together {
				counts[row] = 0
				if i < sum/threshold {
					counts[row] = threshold
				}
			}
			if sum < threshold {
				counts[takes[g]] += sum
			} else {
				counts[together[0]] += sum % threshold
			}
		}
		left = rest
	}
	for _, row := range left { // fewer than threshold persons are left
		counts[row] = 0
	}
	return counts
}

// takers are the cells of each group that take what is left of it, -1 where none can: one
// that has taken before, if it did not take much, else the largest.
func takers(t *Table, counts []int, threshold int, m *Margin) []int32 {
	list := slices.Repeat([]int32{-1}, m.Groups)
	better := func(a, b int32) bool {
		changed := func(row int32) bool {
			by := counts[row] - t.Counts[row]
			return by != 0 && by < 8*threshold
		}
		if x, y := changed(a), changed(b); x != y {
			return x
		}
		return counts[a] > counts[b]
	}
	for row, n := range counts {
		if n < threshold {
			continue
		}
		if at := list[m.Group[row]]; at < 0 || better(int32(row), at) {
			list[m.Group[row]] = int32(row)
		}
	}
	return list
}

// differing is how much of the margins is other in a table, each as much worth as the next.
func differing(t *Table, margins []Margin, counts []int) (n float64) {
	for m := range margins {
		truth := margins[m].Sums(t.Counts)
		for g, x := range margins[m].Sums(counts) {
			if x != truth[g] {
				n += 1 / float64(margins[m].Groups)
			}
		}
	}
	return n
}
