package interval

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"utvandring/udf/long"
)

// Garwood's 95 per cent limits to three decimals, as tables of exact Poisson
// limits print them.
func TestPoissonPublished(t *testing.T) {
	for _, c := range []struct{ n, low, high float64 }{
		{0, 0, 3.689}, {1, 0.0253, 5.572}, {2, 0.242, 7.225}, {3, 0.619, 8.767}, {5, 1.623, 11.668},
		{10, 4.795, 18.390}, {20, 12.217, 30.888}, {50, 37.111, 65.919}, {100, 81.364, 121.627},
	} {
		low, high, err := Poisson(c.n, .95)
		if err != nil || math.Abs(low-c.low) > 6e-4 || math.Abs(high-c.high) > 6e-4 {
			t.Errorf("%g events: %.4f–%.4f, %v; published %g–%g", c.n, low, high, err, c.low, c.high)
		}
	}
}

// What makes the limits exact: at the lower limit n or more events have the
// probability α/2, at the upper limit n or fewer. The sums are done term by term.
func TestPoissonCoversExactly(t *testing.T) {
	for _, level := range []float64{.5, .8, .95, .999} {
		for _, n := range []float64{0, 1, 7, 33, 400, 21000} {
			low, high, err := Poisson(n, level)
			if err != nil {
				t.Fatal(err)
			}
			tail := (1 - level) / 2
			if n > 0 {
				if got := 1 - poissonUpTo(n-1, low); math.Abs(got-tail) > 1e-8 {
					t.Errorf("%g events, level %g: P(≥n) at %g is %g, want %g", n, level, low, got, tail)
				}
			}
			if got := poissonUpTo(n, high); math.Abs(got-tail) > 1e-8 {
				t.Errorf("%g events, level %g: P(≤n) at %g is %g, want %g", n, level, high, got, tail)
			}
		}
	}
}

func poissonUpTo(n, mean float64) float64 {
	sum := 0.0
	for k := 0.0; k <= n; k++ {
		g, _ := math.Lgamma(k + 1)
		sum += math.Exp(k*math.Log(mean) - mean - g)
	}
	return sum
}

// Clopper-Pearson 95 per cent limits of 0, 1, 5 and 10 out of 10 to four
// decimals, as tables of exact binomial limits print them. Those of 0 are also
// 0 and 1 - 0.025^(1/10).
func TestBinomialPublished(t *testing.T) {
	for _, c := range []struct{ k, n, low, high float64 }{
		{0, 10, 0, .3085}, {1, 10, .0025, .4450}, {5, 10, .1871, .8129}, {10, 10, .6915, 1},
	} {
		low, high, err := Binomial(c.k, c.n, .95)
		if err != nil || math.Abs(low-c.low) > 6e-5 || math.Abs(high-c.high) > 6e-5 {
			t.Errorf("%g of %g: %.5f–%.5f, %v; published %g–%g", c.k, c.n, low, high, err, c.low, c.high)
		}
	}
	// The same definition as above, against gonum's binomial distribution function.
	low, high, _ := Binomial(371, 40000, .95)
	if p := 1 - (distuv.Binomial{N: 40000, P: low}).CDF(370); math.Abs(p-.025) > 1e-8 {
		t.Error(p)
	}
	if p := (distuv.Binomial{N: 40000, P: high}).CDF(371); math.Abs(p-.025) > 1e-8 {
		t.Error(p)
	}
}

// How often intervals of 95 per cent miss what is true, added up over all counts there may
// be: never more than 5 of 100, and with few events far less.
func TestIntervalsMissAtMostAsSaid(t *testing.T) {
	missed := func(truth float64, probability func(k float64) float64, limits func(k float64) (float64, float64, error), most float64) (share float64) {
		for k := 0.0; k <= most; k++ {
			low, high, err := limits(k)
			if err != nil {
				t.Fatal(err)
			}
			if truth < low || truth > high {
				share += probability(k)
			}
		}
		return share
	}
	for _, c := range []struct{ mean, least float64 }{{0.5, 0.01}, {3, 0.01}, {10, 0.02}, {40, 0.03}, {300, 0.04}} {
		d := distuv.Poisson{Lambda: c.mean}
		share := missed(c.mean, d.Prob, func(k float64) (float64, float64, error) { return Poisson(k, 0.95) }, c.mean+12*math.Sqrt(c.mean)+20)
		if share > 0.05 || share < c.least {
			t.Errorf("Poisson, mean %g: misses %.4f", c.mean, share)
		}
	}
	for _, c := range []struct{ n, p, least float64 }{{20, 0.1, 0.01}, {100, 0.03, 0.01}, {500, 0.2, 0.03}} {
		d := distuv.Binomial{N: c.n, P: c.p}
		share := missed(c.p, d.Prob, func(k float64) (float64, float64, error) { return Binomial(k, c.n, 0.95) }, c.n)
		if share > 0.05 || share < c.least {
			t.Errorf("%g persons of whom %g leave: misses %.4f", c.n, c.p, share)
		}
	}
}

func TestBadInput(t *testing.T) {
	for _, c := range [][2]float64{{-1, .95}, {math.NaN(), .95}, {math.Inf(1), .95}, {3, 0}, {3, 1}, {3, 95}, {3, math.NaN()}} {
		if _, _, err := Poisson(c[0], c[1]); err == nil {
			t.Errorf("Poisson(%g, %g) gives no error", c[0], c[1])
		}
	}
	if _, _, err := Binomial(3, 2, .95); err == nil {
		t.Error("3 of 2 gives no error")
	}
	if low, high, err := Binomial(0, 0, .95); err != nil || !math.IsNaN(low) || !math.IsNaN(high) {
		t.Error(low, high, err)
	}
}

func BenchmarkPoisson(b *testing.B) {
	for i := range b.N {
		Poisson(float64(i%500), .95)
	}
}

// R's qgamma for the data of TestStandardisedInterval of package engine, and one weight.
func TestWeighted(t *testing.T) {
	low, high, err := Weighted(75.5290074452568, 0, 0, .95)
	if err == nil {
		t.Error(low, high)
	}
	for _, n := range []float64{0, 1, 17} {
		low, high, err := Weighted(3*n, 9*n, 3, .9)
		l, h, _ := Poisson(n, .9)
		if err != nil || math.Abs(low-3*l) > 1e-9 || math.Abs(high-3*h) > 1e-9 {
			t.Errorf("%g: %g, %g, %v", n, low, high, err)
		}
	}
}

// How often 95 per cent limits of a standardised frequency miss the truth, of strata whose
// expected counts and weights are drawn once: never more often than said, as help says.
func TestWeightedMissesAtMostAsSaid(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	all := []int{2, 6, 40}
	for _, strata := range all {
		for k, events := range []float64{0.3, 3, 30} { // of a stratum
			if strata != all[k] && !long.Asked() {
				continue
			}
			mean, weight := make([]float64, strata), make([]float64, strata)
			truth := 0.0
			for i := range mean {
				mean[i], weight[i] = events*rng.ExpFloat64(), rng.ExpFloat64()
				truth += mean[i] * weight[i]
			}
			const samples = 4000
			missed := 0
			for range samples {
				sum, variance := 0.0, 0.0
				for i, m := range mean {
					n := distuv.Poisson{Lambda: m, Src: rng}.Rand()
					sum += weight[i] * n
					variance += weight[i] * weight[i] * n
				}
				low, high, err := Weighted(sum, variance, slices.Max(weight), .95)
				if err != nil {
					t.Fatal(err)
				}
				if truth < low || truth > high {
					missed++
				}
			}
			rate := 100 * float64(missed) / samples
			t.Logf("%d strata with %g events: %.1f of 100", strata, events, rate)
			if rate > 5.7 { // 5 and two standard errors
				t.Errorf("%d strata with %g events: %.1f of 100 miss", strata, events, rate)
			}
		}
	}
}

// Far out in the tails: of 0 or all of n there is a closed form, of 3 of 156388 at the level
// 0.999999 scipy's beta.isf(5e-7, 4, 156385), of 9 of 283603 beta.isf(5e-7, 10, 283594).
func TestBinomialFarOut(t *testing.T) {
	for _, level := range []float64{.95, .9999, .999999, .999999999} {
		for _, n := range []float64{1, 10, 489, 91699, 1375700} {
			tail := (1 - level) / 2
			want := math.Pow(tail, 1/n)
			if low, high, err := Binomial(n, n, level); err != nil || math.Abs(low/want-1) > 1e-9 || high != 1 {
				t.Errorf("all of %g at %g: %g–%g, %v; want %g", n, level, low, high, err, want)
			}
			want = -math.Expm1(math.Log(tail) / n)
			if low, high, err := Binomial(0, n, level); err != nil || low != 0 || math.Abs(high/want-1) > 1e-9 {
				t.Errorf("none of %g at %g: %g–%g, %v; want %g", n, level, low, high, err, want)
			}
		}
	}
	for _, c := range []struct{ k, n, high float64 }{{3, 156388, 22.147065428136905}, {9, 283603, 33.646985892107175}} {
		if _, high, err := Binomial(c.k, c.n, 0.999999); err != nil || math.Abs(high*c.n/c.high-1) > 1e-8 {
			t.Errorf("%g of %g: %g, %v; want %g", c.k, c.n, high*c.n, err, c.high)
		}
	}
}
