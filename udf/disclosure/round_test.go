package disclosure

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestRound(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	for trial := range 60 {
		base := 3 + trial%3
		table := randomTable(random, 8, 5, 4, 3)
		rounded := Round(table, base)
		for row, n := range table.Counts {
			if r := rounded[row]; r != n && (n >= base || n == 0 || r != 0 && r != base) {
				t.Errorf("base %d: %d is rounded to %d", base, n, r)
			}
			if n := rounded[row]; n > 0 && n < base {
				t.Errorf("base %d: %d is left", base, n)
			}
		}
		margins := all(table)
		a := (&Protection{Method: Method{Base: base}, Table: table, Rounded: rounded}).Audit(margins)
		if len(a.Problems) > 0 || a.Whole > base || a.Whole < -base {
			t.Errorf("base %d: %+v", base, a)
		}
		// Rounding each cell to the nearer of 0 and base is what anybody would do by hand.
		byHand := slices.Clone(table.Counts)
		for row, n := range byHand {
			if n > 0 && n < base {
				byHand[row] = (2*n + base - 1) / (2 * base) * base
			}
		}
		worse := (&Protection{Method: Method{Base: base}, Table: table, Rounded: byHand}).Audit(margins)
		if a.Largest > worse.Largest || a.Mean > worse.Mean {
			t.Errorf("base %d: changes by %d, mean %g; by hand %d, %g", base, a.Largest, a.Mean, worse.Largest, worse.Mean)
		}
	}
}

// The same cells in the same order of codes give the same figures, and an audit that finds nothing
// wrong of anything would be none.
func TestRoundAgain(t *testing.T) {
	table := randomTable(rand.New(rand.NewPCG(6, 6)), 8, 9, 7, 5)
	first := Round(table, 3)
	if !slices.Equal(first, Round(table, 3)) {
		t.Error("rounded otherwise the second time")
	}
	again := Round(&Table{Codes: table.Codes, Counts: first}, 3)
	if !slices.Equal(first, again) {
		t.Error("rounded cells are rounded again")
	}
}

func TestAuditFinds(t *testing.T) {
	table := &Table{Codes: [][]int32{{0, 0, 1, 1}, {0, 1, 0, 1}}, Counts: []int{2, 12, 14, 13}}
	margins := all(table)
	for what, p := range map[string]*Protection{
		"a small count left":      {Method: Method{Base: 3}, Table: table, Rounded: []int{2, 12, 14, 13}},
		"a large count changed":   {Method: Method{Base: 3}, Table: table, Rounded: []int{3, 11, 14, 13}},
		"nothing hidden":          {Method: Method{Threshold: 3}, Table: table, Hidden: &Suppression{Table: table, Threshold: 3}},
		"certainly small":         {Method: Method{Threshold: 4}, Table: table, Hidden: &Suppression{Table: table, Threshold: 4, Alternatives: [][]int{{3, 11, 13, 14}}}},
		"a table with minus one":  {Method: Method{Threshold: 3}, Table: table, Hidden: &Suppression{Table: table, Threshold: 3, Alternatives: [][]int{{-1, 15, 17, 10}}}},
		"nothing wrong":           {Method: Method{Threshold: 3}, Table: table, Hidden: &Suppression{Table: table, Threshold: 3, Alternatives: [][]int{{3, 11, 13, 14}}}},
		"nothing wrong, rounding": {Method: Method{Base: 3}, Table: table, Rounded: []int{3, 12, 14, 13}},
	} {
		wrong := len(p.Audit(margins).Problems) > 0
		if wrong != !(what == "nothing wrong" || what == "nothing wrong, rounding") {
			t.Errorf("%s: %v", what, p.Audit(margins).Problems)
		}
	}
}
