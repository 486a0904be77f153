package quantile

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"utvandring/udf/long"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: %g, want %g", what, got, want)
	}
}

// As R's quantile(c(1, 2, 4, 8), p, type = 6): the ends are the extremes.
func TestSorted(t *testing.T) {
	for p, want := range map[float64]float64{0: 1, 0.1: 1, 0.3: 1.5, 0.5: 3, 0.75: 7, 0.9: 8, 1: 8} {
		near(t, "1, 2, 4, 8", Sorted([]float64{1, 2, 4, 8}, p), want, 1e-12)
	}
}

// Up to exactValues values the quantiles are exact: 0, 0.25, … of 1…101 as R's
// quantile(1:101) has them, and of an even number between two values.
func TestExactQuantiles(t *testing.T) {
	var d Sample
	for v := 101; v >= 1; v-- {
		d.Add([]float64{float64(v)})
	}
	for i, q := range d.Quantiles([]float64{0, 0.25, 0.5, 0.975, 1}) {
		near(t, "1…101", q, []float64{1, 26, 51, 98.5, 101}[i], 1e-12)
	}
	near(t, "mean", d.Mean(), 51, 1e-12)
	near(t, "sd", d.SD(), math.Sqrt(101*102/12.0), 1e-12)
	var e Sample
	e.Add([]float64{4, 1, 3, 2})
	near(t, "median of 1…4", e.Quantiles([]float64{0.5})[0], 2.5, 0)
	var none Sample
	if q := none.Quantiles([]float64{0.5}); !math.IsNaN(q[0]) || !math.IsNaN(none.Mean()) {
		t.Error("quantile of nothing")
	}
}

// The accuracy that sample.go states, against sorting.
func TestDigestAccuracy(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range long.Rows([]struct {
		name string
		draw func() float64
	}{
		{"normal", r.NormFloat64},
		{"exponential", r.ExpFloat64},
		{"bimodal", func() float64 { return r.NormFloat64() + 20*float64(r.IntN(2)) }},
		{"ascending", nil},
		{"constant", func() float64 { return 3 }},
	}, 3) {
		const n = 1_000_000
		values := make([]float64, n)
		for i := range values {
			values[i] = float64(i)
			if c.draw != nil {
				values[i] = c.draw()
			}
		}
		var d Sample
		for i := 0; i < n; i += 128 {
			d.Add(values[i:min(i+128, n)])
		}
		slices.Sort(values)
		if size := len(d.centroids); size > 2*compression {
			t.Errorf("%s: %d centroids", c.name, size)
		}
		for _, q := range []float64{0, 0.001, 0.01, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.99, 0.999, 1} {
			got := d.Quantiles([]float64{q})[0]
			low, _ := slices.BinarySearch(values, got)
			high, _ := slices.BinarySearch(values, math.Nextafter(got, math.Inf(1)))
			rank := math.Max(float64(low)/n, math.Min(q, float64(high)/n)) // within ties any rank is right
			bound := 5e-4
			if q <= 0.01 || q >= 0.99 {
				bound = 5e-5
			}
			if math.Abs(rank-q) > bound {
				t.Errorf("%s: quantile %g has rank %g", c.name, q, rank)
			}
		}
	}
}
