package demo

import "math"

// goal is how many immigrants should live in each region on the next 1 January.
type goal struct {
	byOrigin [][]float64
	all      []float64 // of all origins of the block
	boost    []float64 // what learn has found to be needed
	short    []float64 // scratch of weights
}

func newGoal(regions, origins int) *goal {
	g := &goal{all: make([]float64, regions), boost: make([]float64, regions), short: make([]float64, regions)}
	for range origins {
		g.byOrigin = append(g.byOrigin, make([]float64, regions))
	}
	for r := range g.boost {
		g.boost[r] = 1
	}
	return g
}

func (g *goal) set(s *setting, origins []*origin, year int) {
	clear(g.all)
	for i, o := range origins {
		clear(g.byOrigin[i])
		s.addTarget(o, year, g.byOrigin[i])
		for r, n := range g.byOrigin[i] {
			g.all[r] += n
		}
	}
}

// weights are the cumulative weights of the regions for the next arrival of an
// origin: what is wanting there, the origin's part in it, and the arrival's taste.
func (g *goal) weights(origin int, settled []float64, taste []float64) []float64 {
	sum := 0.0
	for r, n := range g.all {
		if n > 0 {
			sum += max(n-settled[r], 0.005*n) * g.boost[r] * taste[r] * g.byOrigin[origin][r] / n
		}
		g.short[r] = sum
	}
	return g.short
}

// learn corrects what a year of arrivals missed. Where few people live, some
// regions have more than wanted by chance; what they have too much is taken from
// the arrivals of the others, and mostly from those that want most. So counties
// and levels of centrality that stay short get a greater share of the next
// arrivals.
func (g *goal) learn(geo *geography, settled []float64) {
	const gain = 1.5
	county := make([][2]float64, len(geo.counties))
	var central [4][2]float64
	for i, r := range geo.regions {
		county[r.county][0] += g.all[i]
		county[r.county][1] += settled[i]
		central[r.central][0] += g.all[i]
		central[r.central][1] += settled[i]
	}
	correction := func(n [2]float64) float64 {
		if n[0] < 1 || n[1] < 1 {
			return 1
		}
		return math.Pow(n[0]/n[1], gain)
	}
	for i, r := range geo.regions {
		g.boost[i] *= correction(county[r.county]) * correction(central[r.central])
		g.boost[i] = min(max(g.boost[i], 0.25), 4)
	}
}
