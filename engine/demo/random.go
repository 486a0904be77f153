package demo

import (
	"math"
	"math/rand/v2"
)

// random is one stream of random numbers. Every block of people has its own,
// seeded by the register's seed and the block's name, so that what a block holds
// does not depend on how many threads there are or which of them got it.
type random struct{ pcg *rand.PCG }

func newRandom(seed, block uint64) random {
	return random{rand.NewPCG(mix(seed), mix(block^0x9e3779b97f4a7c15))}
}

// mix spreads the bits of small numbers such as 1, 2, 3 (SplitMix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// unit is uniform on [0, 1).
func (r random) unit() float64 { return float64(r.pcg.Uint64()>>11) / (1 << 53) }

// chance is true with probability p.
func (r random) chance(p float64) bool { return r.unit() < p }

// below is uniform on 0 … n-1.
func (r random) below(n int) int { return int(r.unit() * float64(n)) }

// between is uniform on from … to, both included.
func (r random) between(from, to int32) int32 {
	if to <= from {
		return from
	}
	return from + int32(r.below(int(to-from)+1))
}

// normal is a standard normal number (Box and Muller).
func (r random) normal() float64 {
	return math.Sqrt(-2*math.Log(1-r.unit())) * math.Cos(2*math.Pi*r.unit())
}

// gamma2 is a sum of two exponentials with the given mean in all: a hump with
// a long right tail, which is how ages at migration are spread.
func (r random) gamma2(mean float64) float64 {
	return -mean / 2 * math.Log((1-r.unit())*(1-r.unit()))
}

// round is x rounded up or down at random so that its mean is x.
func (r random) round(x float64) int { return int(math.Floor(x + r.unit())) }

// pick is an index drawn with the given cumulative weights.
func (r random) pick(cumulative []float64) int {
	u := r.unit() * cumulative[len(cumulative)-1]
	lo, hi := 0, len(cumulative)-1
	for lo < hi {
		if mid := (lo + hi) / 2; cumulative[mid] > u {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}

func cumulate(weights []float64) []float64 {
	sum := make([]float64, len(weights))
	total := 0.0
	for i, w := range weights {
		total += w
		sum[i] = total
	}
	return sum
}
