package decompose

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %.15g, want %.15g", what, got, want)
	}
}

func sum(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s
}

func mustDifference(t *testing.T, k int, cells []Cell) *Result {
	t.Helper()
	r, err := Difference(k, cells)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "the sum of the parts", r.Rates+sum(r.Composition)+r.Outside, r.Frequency(1)-r.Frequency(0), 1e-12)
	near(t, "the sum of rates over cells", sum(r.RatesOf), r.Rates, 1e-12)
	return r
}

// By hand. Group 0: 80 old with 4 emigrations (0.05) and 20 new with 4 (0.20),
// frequency 0.08. Group 1: 50 old with 3 (0.06), 50 new with 9 (0.18), frequency
// 0.12. Rates: (0.8+0.5)/2*0.01 + (0.2+0.5)/2*(-0.02) = 0.0065 - 0.007 = -0.0005.
// Composition: (0.05+0.06)/2*(-0.3) + (0.20+0.18)/2*0.3 = -0.0165 + 0.057 = 0.0405.
func TestKitagawaByHand(t *testing.T) {
	r := mustDifference(t, 1, []Cell{
		{[]string{"old"}, [2]float64{80, 50}, [2]float64{4, 3}},
		{[]string{"new"}, [2]float64{20, 50}, [2]float64{4, 9}},
	})
	near(t, "frequency 0", r.Frequency(0), .08, 1e-15)
	near(t, "frequency 1", r.Frequency(1), .12, 1e-15)
	near(t, "rates", r.Rates, -.0005, 1e-15)
	near(t, "composition", r.Composition[0], .0405, 1e-15)
}

// By hand, two factors, 2 by 2. Every rate is 0.1 but for (b, y), where it is
// 0.3; the same in both groups, so that all is composition. Group 0 has shares
// .4 .1 / .1 .4 and group 1 has .25 everywhere: the margins are the same and
// only the association differs, which concerns both factors alike. Frequencies
// 0.1 + 0.2*0.4 = 0.18 and 0.15: each factor gets half of -0.03.
func TestTwoFactorsByHand(t *testing.T) {
	cell := func(a, b string, w0, w1, rate float64) Cell {
		return Cell{[]string{a, b}, [2]float64{1000 * w0, 400 * w1}, [2]float64{1000 * w0 * rate, 400 * w1 * rate}}
	}
	r := mustDifference(t, 2, []Cell{
		cell("a", "x", .4, .25, .1), cell("a", "y", .1, .25, .1), cell("b", "x", .1, .25, .1), cell("b", "y", .4, .25, .3),
	})
	near(t, "rates", r.Rates, 0, 1e-15)
	near(t, "first factor", r.Composition[0], -.015, 1e-15)
	near(t, "second factor", r.Composition[1], -.015, 1e-15)
}

// Das Gupta (1993), table 5.3: death rates per 1000 in the United States in 1970
// and 1985 by race (white, other) and eleven ages. Population in thousands and
// rates as printed there. Published standardised rates: 10.258 and 8.030 by rate,
// 9.136 and 9.156 by race, 8.385 and 9.907 by age; an effect is a difference.
func TestDasGuptaTable53(t *testing.T) {
	size := [2][2][]float64{
		{{2968, 11484, 34614, 30992, 21983, 20314, 20928, 16897, 11339, 5720, 1315}, {535, 2162, 6120, 4781, 3096, 2718, 2363, 1767, 1149, 448, 117}},
		{{3041, 11577, 27450, 32711, 35480, 27411, 19555, 19795, 15254, 8022, 2472}, {707, 2692, 6473, 6841, 6547, 4352, 3034, 2540, 1749, 804, 236}},
	}
	rate := [2][2][]float64{
		{{18.469, .751, .391, 1.146, 1.287, 2.672, 6.636, 15.691, 34.723, 79.763, 176.837}, {36.993, 1.352, .541, 2.040, 3.523, 6.746, 12.967, 24.471, 45.091, 74.902, 123.205}},
		{{9.163, .462, .248, .929, 1.084, 1.810, 4.715, 12.187, 27.728, 64.068, 157.570}, {17.208, .738, .328, 1.103, 2.045, 3.724, 8.052, 17.812, 34.128, 68.276, 125.161}},
	}
	var cells []Cell
	for race := range 2 {
		for age := range 11 {
			c := Cell{Levels: []string{strconv.Itoa(race), strconv.Itoa(age)}}
			for g := range 2 {
				c.Residents[g] = size[g][race][age]
				c.Emigrations[g] = size[g][race][age] * rate[g][race][age]
			}
			cells = append(cells, c)
		}
	}
	r := mustDifference(t, 2, cells)
	near(t, "rates", r.Rates, 8.030-10.258, .001)
	near(t, "race", r.Composition[0], 9.156-9.136, .001)
	near(t, "age", r.Composition[1], 9.907-8.385, .001)
}

func randomCells(random *rand.Rand, levels []int, empty float64) []Cell {
	cells := []Cell{{}}
	for _, n := range levels {
		var crossed []Cell
		for _, c := range cells {
			for l := range n {
				crossed = append(crossed, Cell{Levels: append(append([]string{}, c.Levels...), strconv.Itoa(l))})
			}
		}
		cells = crossed
	}
	for i := range cells {
		for g := range 2 {
			cells[i].Residents[g] = float64(random.IntN(1000))
			if random.Float64() < empty {
				cells[i].Residents[g] = 0
			}
			if random.Float64() > empty {
				cells[i].Emigrations[g] = float64(random.IntN(50))
			}
		}
	}
	return cells
}

// A second computation: all k! orders of replacing the factors' terms, and each
// term from all k! orders of taking the factors, literally as defined.
func TestAgainstAllOrders(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, levels := range [][]int{{5}, {2, 3}, {3, 2, 4}, {2, 2, 2, 3}} {
		cells := randomCells(random, levels, 0)
		for i := range cells {
			cells[i].Residents[0]++
			cells[i].Residents[1]++
		}
		r := mustDifference(t, len(levels), cells)
		want := allOrders(len(levels), cells)
		for f := range want {
			near(t, "factor "+strconv.Itoa(f)+" of "+strconv.Itoa(len(levels)), r.Composition[f], want[f], 1e-12)
		}
	}
}

func allOrders(k int, cells []Cell) []float64 {
	orders := permutations(k)
	total := [2]float64{}
	for _, c := range cells {
		total[0] += c.Residents[0]
		total[1] += c.Residents[1]
	}
	among := func(g int, like Cell, factors []int) float64 {
		n := 0.0
		for _, c := range cells {
			same := true
			for _, f := range factors {
				same = same && c.Levels[f] == like.Levels[f]
			}
			if same {
				n += c.Residents[g]
			}
		}
		return n
	}
	effect := make([]float64, k)
	for _, c := range cells {
		var term [2][]float64
		for g := range 2 {
			term[g] = make([]float64, k)
			for _, order := range orders {
				for i, f := range order {
					term[g][f] += math.Log(among(g, c, order[:i+1])/among(g, c, order[:i])) / float64(len(orders))
				}
			}
		}
		rate := (c.Emigrations[0]/c.Residents[0] + c.Emigrations[1]/c.Residents[1]) / 2
		for _, order := range orders {
			share := c.Residents[0] / total[0]
			for _, f := range order {
				next := share * math.Exp(term[1][f]-term[0][f])
				effect[f] += rate * (next - share) / float64(len(orders))
				share = next
			}
		}
	}
	return effect
}

func permutations(k int) [][]int {
	if k == 0 {
		return [][]int{{}}
	}
	var all [][]int
	for _, p := range permutations(k - 1) {
		for i := 0; i <= len(p); i++ {
			q := append(append(append([]int{}, p[:i]...), k-1), p[i:]...)
			all = append(all, q)
		}
	}
	return all
}

// With half of the cells empty in one group or both, and emigrations from empty
// cells, everything still adds up, exchanging the groups changes the signs, and
// the order of the factors does not matter.
func TestEmptyCellsAndSymmetry(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		cells := randomCells(random, []int{3, 2, 3}, .5)
		r := mustDifference(t, 3, cells)
		var swapped, turned []Cell
		for _, c := range cells {
			swapped = append(swapped, Cell{c.Levels, [2]float64{c.Residents[1], c.Residents[0]}, [2]float64{c.Emigrations[1], c.Emigrations[0]}})
			turned = append(turned, Cell{[]string{c.Levels[2], c.Levels[0], c.Levels[1]}, c.Residents, c.Emigrations})
		}
		s, u := mustDifference(t, 3, swapped), mustDifference(t, 3, turned)
		near(t, "rates swapped", s.Rates, -r.Rates, 1e-12)
		near(t, "outside swapped", s.Outside, -r.Outside, 1e-12)
		for f := range 3 {
			near(t, "composition swapped", s.Composition[f], -r.Composition[f], 1e-12)
			near(t, "composition turned", u.Composition[(f+1)%3], r.Composition[f], 1e-12)
		}
	}
}

// Nobody of level "new" in group 0: their rate there is unknown, so that the
// whole difference they make is who lives there. By hand: group 1 is half new at
// rate 0.2, half old at 0.1 as in group 0. Frequencies 0.1 and 0.15. And the one
// emigration from a level without residents in either group is Outside: 1/200.
func TestLevelThatAGroupLacks(t *testing.T) {
	cells := []Cell{
		{[]string{"old"}, [2]float64{100, 100}, [2]float64{10, 10}},
		{[]string{"new"}, [2]float64{0, 100}, [2]float64{0, 20}},
	}
	r := mustDifference(t, 1, cells)
	near(t, "rates", r.Rates, 0, 1e-15)
	near(t, "composition", r.Composition[0], .05, 1e-15)
	if r.HasOutside {
		t.Error("HasOutside without such emigrations")
	}
	r = mustDifference(t, 1, append(cells, Cell{[]string{"born"}, [2]float64{}, [2]float64{0, 1}}))
	near(t, "outside", r.Outside, 1./200, 1e-15)
	near(t, "composition", r.Composition[0], .05, 1e-15)
}

func TestBadInput(t *testing.T) {
	var none NoResidents
	_, err := Difference(1, []Cell{{[]string{"a"}, [2]float64{1, 0}, [2]float64{}}})
	if !errors.As(err, &none) || none != 1 {
		t.Error(err)
	}
	if _, err = Difference(1, nil); !errors.As(err, &none) || none != 0 {
		t.Error(err)
	}
	for _, k := range []int{0, MaxFactors + 1} {
		if _, err = Difference(k, nil); err == nil {
			t.Errorf("%d factors give no error", k)
		}
	}
	if _, err = Difference(1, []Cell{{[]string{"a"}, [2]float64{1, math.NaN()}, [2]float64{}}}); err == nil {
		t.Error("NaN gives no error")
	}
}

func BenchmarkDifference(b *testing.B) {
	// As Oslo and Agder by duration, country group, age and sex: 180 cells.
	cells := randomCells(rand.New(rand.NewPCG(5, 6)), []int{5, 3, 6, 2}, .1)
	for b.Loop() {
		if _, err := Difference(4, cells); err != nil {
			b.Fatal(err)
		}
	}
}
