package decompose

import (
	"math"
	"math/bits"
	"strings"
)

// margins are the residents of both groups summed over every subset of the
// factors: what a share "among those with the levels of the factors taken
// before" is a share of.
type margins struct {
	k int
	// at[set][cell] is the position in sums[set] of the cell's own margin.
	at   [][]int
	sums [][][2]float64
}

func newMargins(k int, cells []Cell) *margins {
	m := &margins{k: k, at: make([][]int, 1<<k), sums: make([][][2]float64, 1<<k)}
	var key strings.Builder
	for set := range 1 << k {
		m.at[set] = make([]int, len(cells))
		position := map[string]int{}
		for i, c := range cells {
			key.Reset()
			for f, level := range c.Levels {
				if set>>f&1 == 1 {
					key.WriteString(level)
					key.WriteByte(0)
				}
			}
			p, ok := position[key.String()]
			if !ok {
				p = len(position)
				position[key.String()] = p
				m.sums[set] = append(m.sums[set], [2]float64{})
			}
			m.at[set][i] = p
			for g := range 2 {
				m.sums[set][p][g] += c.Residents[g]
			}
		}
	}
	return m
}

// terms fills in the terms of a cell's share in both groups, one a factor.
func (m *margins) terms(cell int, into [2][]float64) {
	for f := range m.k {
		into[0][f], into[1][f] = 1, 1
		for before := range 1 << m.k {
			if before>>f&1 == 1 {
				continue
			}
			weight := orderWeight(bits.OnesCount(uint(before)), m.k)
			of := m.sums[before][m.at[before][cell]]
			with := m.sums[before|1<<f][m.at[before|1<<f][cell]]
			for g := range 2 {
				// 0/0: nobody to have a share among. Then the other group's share.
				from := g
				if of[g] == 0 {
					from = 1 - g
				}
				into[g][f] *= math.Pow(with[from]/of[from], weight)
			}
		}
	}
}
