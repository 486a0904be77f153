package simulate

import (
	"context"
	"fmt"
	"math"
	"testing"
)

func bind(t testing.TB, equations []Equation, c []Coefficient, o Options) *Problem {
	t.Helper()
	return bound(t, newSystem(t, equations), kleinPanel(t), c, o)
}

// klein.txt: impact and interim multipliers 1940-1941 of w2 and of g on cn and y, ten
// digits: derivatives by a difference, ours differences of a unit: the same, as the
// model is linear. Those of the add-factor of w1 are in bimets, man/MULTMATRIX.Rd
// only, where Gauss-Seidel stops early.
func TestMultipliersOfBimets(t *testing.T) {
	p := bind(t, klein, kleinOLS(t), Options{First: 1940})
	r, err := p.Multipliers(context.Background(), []Shock{
		{"w2", 1, 1940, true}, {"g", 1, 1940, true}, {"w2", 1, 1941, true}, {"g", 1, 1941, true}, {"w1", 1, 1940, true}, {"w1", 1, 1941, true},
	})
	if err != nil {
		t.Fatal(err)
	}
	const cn, y = 0, 3
	for _, c := range []struct {
		label          string
		equation, year int
		published      []float64
	}{
		{"cn_1", cn, 1940, []float64{0.7989328, 0}},
		{"y_1", y, 1940, []float64{0.4341270, 0}},
		{"cn_2", cn, 1941, []float64{-0.4866248, 0.8100196}},
		{"y_2", y, 1941, []float64{-0.9975073, 0.4517209}},
	} {
		for shock, want := range append(bimets(t, c.label), c.published...) {
			what, tolerance := fmt.Sprintf("%s, shock %d", c.label, shock), 1e-8
			if shock >= 4 {
				tolerance = 0.07 * math.Max(0.3, math.Abs(want))
			}
			near(t, what, r.Change[shock][c.equation][c.year-1940], want, tolerance)
		}
	}
	for _, equation := range []int{cn, y} {
		near(t, "impact in 1940 and 1941", r.Change[1][equation][0], r.Change[3][equation][1], 1e-12)
	}
}

// The impact multiplier of g by hand: with u = Δy, Δw1 = c2·u, Δp = (1 − c2)·u,
// Δcn = a2·Δp + a4·Δw1, Δi = b2·Δp and u = Δcn + Δi + 1. The long-run one: Δi = 0,
// Δw1 = (c2 + c3)·u, Δp = (1 − c2 − c3)·u, Δcn = (a2 + a3)·Δp + a4·Δw1, u = Δcn + 1
// and 0 = (b2 + b3)·Δp + b4·Δk.
func TestMultipliersByHand(t *testing.T) {
	// Two-stage least squares (Greene, Econometric Analysis, 5th ed., table 15.3).
	v := map[string]float64{"a1": 16.6, "a2": 0.017, "a3": 0.216, "a4": 0.810, "b1": 20.3, "b2": 0.150, "b3": 0.616, "b4": -0.158,
		"c1": 1.5, "c2": 0.439, "c3": 0.147, "c4": 0.13}
	var c []Coefficient
	for name, x := range v {
		c = append(c, Coefficient{"klein", name, x})
	}
	r, err := bind(t, klein, c, Options{}).Multipliers(context.Background(), []Shock{{"g", 2, 1925, false}})
	if err != nil {
		t.Fatal(err)
	}
	const y, k = 3, 5
	impact := 1 / (1 - v["a2"]*(1-v["c2"]) - v["a4"]*v["c2"] - v["b2"]*(1-v["c2"]))
	near(t, "before the shock", r.Change[0][y][1924-1921], 0, 0)
	near(t, "impact", r.Change[0][y][1925-1921], 2*impact, 1e-12)
	w := v["c2"] + v["c3"]
	long := 1 / (1 - (v["a2"]+v["a3"])*(1-w) - v["a4"]*w)
	near(t, "long run y", r.LongRun[0][y], 2*long, 1e-8)
	near(t, "long run k", r.LongRun[0][k], -2*(v["b2"]+v["b3"])*(1-w)*long/v["b4"], 1e-7)
}

// y = b·lag(y) + x: the response to a permanent unit is 1, 1+b, 1+b+b², …, in
// the long run 1/(1−b), and there is none when b = 1.
func TestLongRun(t *testing.T) {
	panel := panelOf(t, map[string][]float64{"y": {1, 1, 1}, "x": {1, 1, 1}})
	for b, long := range map[float64]float64{0.5: 2, -0.9: 1 / 1.9, 0.99: 100, 1: nan} {
		p := bound(t, newSystem(t, formulas("y = $b*lag(y) + x")), panel, []Coefficient{{"m", "b", b}}, Options{})
		r, err := p.Multipliers(context.Background(), []Shock{{Variable: "x", Size: 1}})
		if err != nil {
			t.Fatal(err)
		}
		near(t, "impact", r.Change[0][0][0], 1, 1e-15)
		near(t, "interim", r.Change[0][0][1], 1+b, 1e-15)
		if got := r.LongRun[0][0]; !(math.Abs(got-long) < 1e-8*long) && !(math.IsNaN(got) && math.IsNaN(long)) {
			t.Errorf("long run for b = %g: %g, want %g", b, got, long)
		}
	}
}
