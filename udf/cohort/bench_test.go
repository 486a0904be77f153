package cohort

import "testing"

// A year of 128 runs side by side, everybody in every cell: the sums that models read, and
// the step to the next year.
func BenchmarkYear(b *testing.B) {
	var rows []Row
	for c := range cells {
		for y := range int64(2) {
			rows = append(rows, Row{2000 + y, c >= ages*spans, c / spans % ages, c % spans, 100, 5, 93, 3})
		}
	}
	a, err := New(rows)
	if err != nil {
		b.Fatal(err)
	}
	const lanes = 128
	s := a.NewStock(lanes)
	var f [Kinds][]float64
	for k := range f {
		f[k] = make([]float64, lanes)
		for l := range f[k] {
			f[k][l] = 0.001 * float64(l)
		}
	}
	all := PartBy(func(male bool, age, _ int) int { return KindOf(male, age) })
	for b.Loop() {
		if err := s.Observe(2000); err != nil {
			b.Fatal(err)
		}
		s.Sum(all, f2(lanes))
		if err := s.Advance(f, [Kinds]float64{}); err != nil {
			b.Fatal(err)
		}
	}
}

func f2(lanes int) [][]float64 {
	out := make([][]float64, Kinds)
	for k := range out {
		out[k] = make([]float64, lanes)
	}
	return out
}
