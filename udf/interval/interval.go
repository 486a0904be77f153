// Package interval gives exact confidence limits for a count: how much of a
// frequency in a small group may be chance.
//
// Exact means that the limits come from the distribution itself, not from a
// normal approximation to it, and cover the truth with at least the level asked
// for. They treat the count as the outcome of a chance process; for a complete
// register that is the reading "what another year of the same risk could have
// given", not a sampling error.
package interval

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Poisson gives the limits of the mean of a Poisson count n at a level such as
// 0.95: half of χ²(α/2; 2n) and half of χ²(1−α/2; 2n+2), α = 1 − level. The lower
// limit of 0 is 0. It is the right one for emigrations, which are events: one
// person can emigrate twice in a year, and people who came in the year are among
// those who leave but not among the residents.
//
// Source: Garwood, F. (1936): Fiducial limits for the Poisson distribution,
// Biometrika 28, 437–442.
func Poisson(n, level float64) (low, high float64, err error) {
	if err := check(level); err != nil {
		return 0, 0, err
	}
	if !(n >= 0) || math.IsInf(n, 0) {
		return 0, 0, fmt.Errorf("%g is not a count of events: it must be 0 or more", n)
	}
	tail := (1 - level) / 2
	if n > 0 {
		low = gammaQuantile(n, tail)
	}
	return low, gammaQuantile(n+1, 1-tail), nil
}

// Binomial gives the limits of the probability behind k successes in n trials:
// Beta(α/2; k, n−k+1) and Beta(1−α/2; k+1, n−k). It suits shares of persons, such
// as the share of residents who left at least once. NaN where n is 0.
//
// Source: Clopper, C. J. and Pearson, E. S. (1934): The use of confidence or
// fiducial limits illustrated in the case of the binomial, Biometrika 26, 404–413.
func Binomial(k, n, level float64) (low, high float64, err error) {
	if err := check(level); err != nil {
		return 0, 0, err
	}
	if !(k >= 0) || !(n >= k) || math.IsInf(n, 0) {
		return 0, 0, fmt.Errorf("%g of %g is not a number of persons out of others: a count of events such as emigrations needs method := 'poisson'", k, n)
	}
	if n == 0 {
		return math.NaN(), math.NaN(), nil
	}
	tail := (1 - level) / 2
	low, high = 0, 1
	if k > 0 {
		low = betaQuantile(k, n-k+1, tail)
	}
	if k < n {
		high = 1 - betaQuantile(n-k, k+1, tail)
	}
	return low, high, nil
}

// Weighted gives the limits of a weighted sum of Poisson means, such as a directly
// standardised frequency: sum is Σ w·n of the counts n, variance Σ w²·n, and largest the
// largest w. It is the gamma distribution of that mean and variance, at the upper limit of
// one more event of the largest weight. With one weight these are the limits of Poisson.
// The lower limit of 0 is 0.
//
// Source: Fay, M. P. and Feuer, E. J. (1997): Confidence intervals for directly
// standardized rates, Statistics in Medicine 16, 791–801.
func Weighted(sum, variance, largest, level float64) (low, high float64, err error) {
	if err := check(level); err != nil {
		return 0, 0, err
	}
	if !(sum >= 0 && variance >= 0 && largest > 0) || math.IsInf(sum+variance+largest, 0) {
		return 0, 0, fmt.Errorf("%g with a variance of %g is no weighted sum of counts", sum, variance)
	}
	tail := (1 - level) / 2
	of := func(mean, variance, p float64) float64 {
		return variance / mean * gammaQuantile(mean*mean/variance, p)
	}
	if sum > 0 {
		low = of(sum, variance, tail)
	}
	return low, of(sum+largest, variance+largest*largest, 1-tail), nil
}

func check(level float64) error {
	if !(level > 0 && level < 1) {
		return fmt.Errorf("level %g is not between 0 and 1; 0.95 is 95 per cent", level)
	}
	return nil
}

// gammaQuantile is the p-quantile of the gamma distribution with shape a and
// scale 1, half a χ² with 2a degrees of freedom.
func gammaQuantile(a, p float64) float64 {
	return distuv.Gamma{Alpha: a, Beta: 1}.Quantile(p)
}

// betaQuantile is the p-quantile of the beta distribution. Far out in the tails that of
// gonum goes astray: 0 of 489 would have an upper limit of 488.9993 at the level 0.999999.
func betaQuantile(a, b, p float64) float64 {
	beta := distuv.Beta{Alpha: a, Beta: b}
	x := beta.Quantile(p)
	if math.Abs(beta.CDF(x)/p-1) < 1e-7 {
		return x
	}
	low, high := 0.0, 1.0
	for {
		if x = (low + high) / 2; x == low || x == high {
			return x
		}
		if beta.CDF(x) < p {
			low = x
		} else {
			high = x
		}
	}
}
