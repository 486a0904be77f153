package disclosure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"utvandring/udf/long"
)

// The tables that have all the figures shown are enumerated one by one, and give the
// range of every hidden figure: what is protected does not rest on the tables that the
// program found itself.
func TestHiddenFiguresByEnumeration(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	hiddenFigures, trials := 0, long.Runs(300, 30)
	for trial := range trials {
		sizes := [][]int{{2, 3}, {3, 3}, {2, 2, 2}, {2, 2}, {4, 2}}[trial%5]
		table := randomTable(random, 4, sizes...)
		threshold, zeros := 2+random.IntN(3), trial%3 == 0
		p, err := Protect(table, Method{Suppress: true, Threshold: threshold, Zeros: zeros})
		if err != nil {
			t.Fatal(err)
		}
		margins := all(table)
		if a := p.Audit(margins); len(a.Problems) > 0 {
			t.Fatalf("%v %v threshold %d zeros %v: %v", sizes, table.Counts, threshold, zeros, a.Problems)
		}
		low, high, whole := enumerate(t, p, margins)
		for m := range margins {
			truth := margins[m].Sums(table.Counts)
			values, hidden := p.Figures(&margins[m])
			for g, n := range truth {
				where := fmt.Sprintf("%v %v threshold %d zeros %v, %s group %d (%d)", sizes, table.Counts, threshold, zeros, name(&margins[m]), g, n)
				if !hidden[g] {
					if values[g] != n || n < threshold && (n > 0 || zeros) {
						t.Errorf("%s: %d is shown", where, values[g])
					}
					continue
				}
				hiddenFigures++
				if !whole {
					continue
				}
				if low[m][g] == high[m][g] {
					t.Errorf("%s: must be %d", where, low[m][g])
				}
				if low[m][g] >= 1 && high[m][g] < threshold {
					t.Errorf("%s: is certainly small, %d to %d", where, low[m][g], high[m][g])
				}
			}
		}
	}
	if hiddenFigures < 10*trials/3 {
		t.Errorf("only %d figures were hidden", hiddenFigures)
	}
}

// enumerate finds the least and greatest value of each group over all tables with the
// figures shown, in which no cell is more than 12. whole is false where there were too many.
func enumerate(t *testing.T, p *Protection, margins []Margin) (low, high [][]int, whole bool) {
	const most = 12
	n := len(p.Table.Counts)
	type shown struct {
		cells []int
		sum   int
	}
	var sums []shown
	for m := range margins {
		values, hidden := p.Figures(&margins[m])
		for g := range values {
			if hidden[g] {
				continue
			}
			s := shown{sum: values[g]}
			for row, group := range margins[m].Group {
				if int(group) == g {
					s.cells = append(s.cells, row)
				}
			}
			sums = append(sums, s)
		}
		low, high = append(low, slices.Repeat([]int{1 << 30}, len(values))), append(high, slices.Repeat([]int{-1}, len(values)))
	}
	of := make([][]int, n)
	left, open := make([]int, len(sums)), make([]int, len(sums))
	for i, s := range sums {
		left[i], open[i] = s.sum, len(s.cells)
		for _, row := range s.cells {
			of[row] = append(of[row], i)
		}
	}
	counts, steps, found := make([]int, n), 0, 0
	var place func(row int)
	place = func(row int) {
		if steps++; steps > 300_000 {
			return
		}
		if row == n {
			found++
			for m := range margins {
				for g, x := range margins[m].Sums(counts) {
					low[m][g], high[m][g] = min(low[m][g], x), max(high[m][g], x)
				}
			}
			return
		}
		for x := 0; x <= most; x++ {
			fits := true
			for _, i := range of[row] {
				left[i] -= x
				open[i]--
				fits = fits && left[i] >= 0 && (open[i] > 0 || left[i] == 0)
			}
			if fits {
				counts[row] = x
				place(row + 1)
			}
			for _, i := range of[row] {
				left[i] += x
				open[i]++
			}
		}
	}
	place(0)
	if found == 0 && steps <= 300_000 {
		t.Errorf("%v: no table has the figures shown", p.Table.Counts)
	}
	return low, high, steps <= 300_000
}

// The alternative of a large table protects every sum of cells, also of those that are in
// no margin: periods, regions of one's own.
func TestEverySumIsProtected(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 8))
	table := randomTable(random, 9, 6, 5, 4)
	b := newBoxes(table)
	margins, _ := table.Margins(1 << 20)
	other := alternative(table, 3, margins, b)
	s := &Suppression{Table: table, Threshold: 3, Alternatives: [][]int{other}}
	for range 20000 {
		group := make([]int32, len(table.Counts))
		rows := 1 + random.IntN(4)
		for range rows {
			group[random.IntN(len(group))] = 1
		}
		m := Margin{Group: group, Groups: 2}
		truth, shown := m.Sums(table.Counts), m.Sums(other)
		if hidden := s.Hidden(&m); s.Small(truth[1]) && (!hidden[1] || s.Small(shown[1])) {
			t.Fatalf("the sum %d of %v is shown, or can only be %d", truth[1], group, shown[1])
		}
	}
}

// In a large table the figures of few dimensions are shown: they are what people publish.
func TestFewDimensionsAreKept(t *testing.T) {
	table := randomTable(rand.New(rand.NewPCG(10, 10)), 12, 10, 9, 7, 6)
	p, err := Protect(table, Method{Suppress: true, Threshold: 3})
	if err != nil {
		t.Fatal(err)
	}
	hidden := map[int]int{}
	for _, m := range all(table) {
		a := p.Audit([]Margin{m})
		if len(a.Problems) > 0 {
			t.Errorf("%s: %v", name(&m), a.Problems)
		}
		hidden[len(m.Dims)] += a.Hidden
	}
	if hidden[0] > 0 || hidden[1] > 0 || hidden[2] > 15 || hidden[4] == 0 {
		t.Errorf("hidden by number of dimensions: %v; of 32 of one and 381 of two, none is small", hidden)
	}
}

func TestZerosOfLargeTablesAreRefused(t *testing.T) {
	table := randomTable(rand.New(rand.NewPCG(9, 9)), 5, 20, 20, 20)
	if _, err := Suppress(table, 3, true); err == nil {
		t.Error("zeros of 8000 cells are hidden")
	}
}
