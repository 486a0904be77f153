package simulate

import (
	"math"
	"math/rand/v2"
)

// beforeAll is the year of the stream of what is drawn for the time before the simulation.
const beforeAll = math.MinInt64

// seedStream starts the random numbers of one replication in one year (year 0:
// its parameters). They depend on the seed, the replication and the year alone:
// not on the number of threads, nor on the other years, nor on the scenario. That
// is what makes runs reproducible and gives scenarios common random numbers.
func seedStream(source *rand.PCG, seed, replication, year int64) {
	source.Seed(mix(uint64(seed)^mix(uint64(year))), mix(uint64(replication)))
}

// mix is the finaliser of splitmix64 (Steele, Lea & Flood 2014): neighbouring
// seeds give unrelated states.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
