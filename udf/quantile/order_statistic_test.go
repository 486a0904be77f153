package quantile

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Against sorting, for values of every kind of spread.
func TestOrderStatistics(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for name, draw := range map[string]func() float64{
		"normal": r.NormFloat64,
		"alike":  func() float64 { return 3.25 },
		"few":    func() float64 { return float64(r.IntN(3)) },
		"an outlier": func() float64 {
			if r.IntN(200) == 0 {
				return 1e300
			}
			return r.Float64()
		},
		"everything":   func() float64 { return (r.Float64() - 0.5) * math.MaxFloat64 * 2 },
		"next to zero": func() float64 { return float64(r.IntN(9)) * math.SmallestNonzeroFloat64 },
	} {
		for _, n := range []int{1, 2, 3, 100, 4096} {
			x := make([]float64, n)
			for i := range x {
				x[i] = draw()
			}
			ranks := []int{0, 0, n / 40, n / 2, min(n/2+1, n-1), n - 1}
			r.Shuffle(len(ranks), func(i, j int) { ranks[i], ranks[j] = ranks[j], ranks[i] })
			got := orderStatistics(x, ranks)
			slices.Sort(x)
			for i, k := range ranks {
				if got[i] != x[k] {
					t.Errorf("%s, %d values, rank %d: %g, sorted %g", name, n, k, got[i], x[k])
				}
			}
		}
	}
}
