package factor

import (
	"context"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"utvandring/udf/long"
)

// How often bands of 95 per cent, value ∓ 1.96 PathTotal, miss the factor: the numbers in
// help of sur_factor_path, of 300 systems of twelve equations each (SIZE=300).
func TestBandsOfFactorsCover(t *testing.T) {
	samples := long.Runs(12, 6)
	if n, err := strconv.Atoi(os.Getenv("SIZE")); err == nil {
		samples = n
	}
	for _, c := range []struct {
		years int
		o     Options
		want  float64
	}{
		{22, Options{Factors: 1}, 0.094},
		{22, Options{Factors: 1, AR: true}, 0.076},
		{100, Options{Factors: 1, AR: true}, 0.047},
	} {
		missed, points := 0, 0
		for k := range samples {
			rng := rand.New(rand.NewPCG(uint64(k), uint64(c.years)))
			phi := 0.0
			if c.o.AR {
				phi = 0.6
			}
			p, f := drawn(rng, 12, c.years, 1, phi, 0.8)
			fit, err := Estimate(context.Background(), p, c.o)
			if err != nil {
				t.Fatal(err)
			}
			for n, x := range f[0] {
				points++
				if math.Abs(x-fit.Path[n][0]) > 1.96*fit.PathTotal[n][0] {
					missed++
				}
			}
		}
		share := float64(missed) / float64(points)
		t.Logf("%d years, %+v: %.3f", c.years, c.o, share)
		if within := 3.5*math.Sqrt(c.want*(1-c.want)/float64(samples)) + 0.02; math.Abs(share-c.want) > within {
			t.Errorf("%d years, %+v: bands miss %.3f, by help %.3f", c.years, c.o, share, c.want)
		}
	}
}
