package simulate

import (
	"math"
	"reflect"
	"runtime"
	"testing"

	"utvandring/udf/equation"
)

// A stock outside the equations: s grows by y each year, y = 0.5·s.
type stock struct {
	start float64
	now   []float64
}

func (s *stock) Variables() []string { return []string{"S", "not read"} }
func (s *stock) Answer(lanes int) Answer {
	return &stock{s.start, make([]float64, lanes)}
}
func (s *stock) Begin(int64) error {
	for l := range s.now {
		s.now[l] = s.start
	}
	return nil
}
func (s *stock) Before(_ int64, to [][]float64) error {
	copy(to[0], s.now)
	for l := range to[1] {
		to[1][l] = 1
	}
	return nil
}
func (s *stock) After(_ int64, value func(string) []float64, actual func(string) float64) error {
	for l := range s.now {
		s.now[l] += equation.Lane(value("y"), l) + 0*actual("x")
	}
	return nil
}

// From s = 8: y = 4, 6, 9 by hand, and lag(s) is the simulated one: z = 0 + … in
// the first year the panel's 1, then 8 and 12.
func TestFeedback(t *testing.T) {
	panel := panelOf(t, map[string][]float64{"y": {1, 1, 1, 1}, "s": {1, 5, nan, nan}, "x": {0, 0, 0, 0}})
	p := bound(t, newSystem(t, formulas("y = 0.5*s", "z = lag(s) + x")), panel, nil, Options{First: 2001, Feedback: &stock{start: 8}})
	path := pathOf(t, p)
	for k, want := range [][2]float64{{4, 1}, {6, 8}, {9, 12}} {
		near(t, "y", path.Simulated[0][k], want[0], 0)
		near(t, "z", path.Simulated[1][k], want[1], 0)
		near(t, "s", path.Simulated[2][k], []float64{8, 12, 18}[k], 0)
		near(t, "not read", path.Simulated[3][k], 1, 0)
	}
}

// Lanes answer by themselves: y = 0.5·s + e, s' = s + y, so that s of the h-th year is
// 8·1.5^(h−1) + Σ_j 1.5^(h−1−j)·e_j and its variance σ²·Σ_j 1.5^(2(h−1−j)), j < h; without
// shocks every replication is the path without draws, to the last digit. Tolerances are four
// standard errors of the simulation.
func TestFeedbackOfDraws(t *testing.T) {
	years := []float64{1, 1, 1, 1, 1}
	panel := panelOf(t, map[string][]float64{"y": years, "s": years, "x": years})
	p := bound(t, newSystem(t, formulas("y = $b*s", "z = lag(s) + x")), panel, []Coefficient{{"m", "b", 0.5}}, Options{First: 2001, Feedback: &stock{start: 8}})
	path := pathOf(t, p)
	for _, variance := range []float64{0, 0.04} {
		source := normalOf(t, p, []Covariance{{"m", "1", "1", variance}})
		const n = 20000
		o := Stochastic{Replications: n, Seed: 3, Residuals: source, Probabilities: []float64{0, 1}}
		s := stochastic(t, []*Problem{p}, o)
		threads := runtime.GOMAXPROCS(3)
		if !reflect.DeepEqual(stochastic(t, []*Problem{p}, o), s) {
			t.Error("three threads give other results")
		}
		runtime.GOMAXPROCS(threads)
		sum := 0.0
		for h, d := range s[0].Level[2] {
			sd := math.Sqrt(variance * sum)
			near(t, "mean of s", d.Mean, path.Simulated[2][h], 4*sd/math.Sqrt(n))
			near(t, "sd of s", d.SD, sd, 4*sd/math.Sqrt(2*n))
			if variance == 0 {
				for i, v := range path.Simulated {
					near(t, "least", s[0].Level[i][h].Quantiles[0], v[h], 0)
					near(t, "most", s[0].Level[i][h].Quantiles[1], v[h], 0)
				}
			}
			sum = 1 + 2.25*sum
		}
	}
}
