package cohort

import (
	"math"
	"slices"
	"testing"

	"utvandring/udf/refusal"
)

// Two women aged 33 and 34 and a man of 34, by hand. 2000: 100 women of 33 with
// duration 2, of whom 10 emigrate and 88 stay (2 die); 50 women of 34, duration 9,
// 5 and 44. 20 men of 34, duration 10+, none emigrates and all stay. 2001: 7 women
// of 20 arrive.
func account(t *testing.T) *Account {
	t.Helper()
	a, err := New([]Row{
		{2000, false, 33, 2, 100, 10, 88, 0},
		{2000, false, 34, 9, 50, 5, 44, 0},
		{2000, true, 34, 10, 20, 0, 20, 0},
		{2001, false, 34, 3, 88, 0, math.NaN(), 0},
		{2001, false, 35, 10, 44, 0, math.NaN(), 0},
		{2001, true, 35, 12, 20, 0, math.NaN(), 0},
		{2001, false, 20, 0, 7, 0, math.NaN(), 7},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

const (
	women18to34 = 2
	women35to62 = 3
	men18to34   = 8
	men35to62   = 9
)

func frequencies(k3 float64, m3 float64) (f [Kinds]float64) {
	f[women18to34], f[men18to34] = k3, m3
	return f
}

func observed(t *testing.T, a *Account, year int64) *Stock {
	t.Helper()
	s := a.NewStock(1)
	if err := s.Observe(year); err != nil {
		t.Fatal(err)
	}
	return s
}

func inLanes(s *Stock, frequencies [Kinds]float64) (f [Kinds][]float64) {
	for k := range f {
		f[k] = slices.Repeat([]float64{frequencies[k]}, s.lanes)
	}
	return f
}

type sums struct {
	residents, short [Kinds]float64
	total            float64
}

// summary adds up the only lane, short are those of two years at most.
func summary(s *Stock) (m sums) {
	add := func(p *Part, to []float64) {
		out := make([][]float64, len(to))
		for k := range out {
			out[k] = to[k : k+1]
		}
		s.Sum(p, out)
	}
	add(PartBy(func(male bool, age, _ int) int { return KindOf(male, age) }), m.residents[:])
	add(PartBy(func(male bool, age, duration int) int {
		if duration > 2 {
			return -1
		}
		return KindOf(male, age)
	}), m.short[:])
	total := []float64{0}
	add(PartBy(func(bool, int, int) int { return 0 }), total)
	m.total = total[0]
	return m
}

func TestObservedFrequenciesGiveObservedStocks(t *testing.T) {
	a := account(t)
	s := observed(t, a, 2000)
	if m := summary(s); m.residents[women18to34] != 150 || m.short[women18to34] != 100 || m.total != 170 || m.short[men18to34] != 0 {
		t.Errorf("2000: %+v", m)
	}
	// 15 of 150 women emigrate. The groups without residents have frequency 0.
	rates := frequencies(0.1, 0)
	if err := s.Advance(inLanes(s, rates), rates); err != nil {
		t.Fatal(err)
	}
	want := observed(t, a, 2001)
	if !slices.Equal(s.residents, want.residents) {
		t.Errorf("2001: %+v, want %+v", summary(s), summary(want))
	}
	// What the account implies is the same as what was observed.
	var unknown [Kinds]float64
	for k := range unknown {
		unknown[k] = math.NaN()
	}
	s = observed(t, a, 2000)
	if err := s.Advance(inLanes(s, rates), unknown); err != nil || !slices.Equal(s.residents, want.residents) {
		t.Errorf("implied: %+v %v", summary(s), err)
	}
}

// Twice the frequency: 20 and 10 emigrate, deaths stay 2 and 1, so 78 and 39 stay.
// Men from 0 to 0.25: 5 of 20 emigrate.
func TestSimulatedFrequencies(t *testing.T) {
	s := observed(t, account(t), 2000)
	if err := s.Advance(inLanes(s, frequencies(0.2, 0.25)), frequencies(0.1, 0)); err != nil {
		t.Fatal(err)
	}
	m := summary(s)
	for what, c := range map[string][2]float64{
		"women 34": {m.residents[women18to34] - m.short[women18to34], 78}, "women 20": {m.short[women18to34], 7}, "women 35": {m.residents[women35to62], 39},
		"men 35": {m.residents[men35to62], 15}, "total": {m.total, 139},
	} {
		if math.Abs(c[0]-c[1]) > 1e-12 {
			t.Errorf("%s: %g, want %g", what, c[0], c[1])
		}
	}
	// All emigrate: never fewer than nobody.
	s = observed(t, account(t), 2000)
	if err := s.Advance(inLanes(s, frequencies(2, 0)), frequencies(0.1, 0)); err != nil || summary(s).total != 27 {
		t.Errorf("%v %v", summary(s).total, err)
	}
}

// Runs side by side are those one by one, to the last digit.
func TestLanes(t *testing.T) {
	a := account(t)
	rates := []float64{0.1, 0, -0.3, 0.37, 0.9, 4}
	s := a.NewStock(len(rates))
	if err := s.Observe(2000); err != nil {
		t.Fatal(err)
	}
	var side [Kinds][]float64
	for k := range side {
		side[k] = rates
	}
	if err := s.Advance(side, frequencies(0.1, 0)); err != nil {
		t.Fatal(err)
	}
	for l, rate := range rates {
		one := observed(t, a, 2000)
		var same [Kinds]float64
		for k := range same {
			same[k] = rate
		}
		if err := one.Advance(inLanes(one, same), frequencies(0.1, 0)); err != nil {
			t.Fatal(err)
		}
		for c, n := range one.residents {
			if got := s.residents[c*len(rates)+l]; got != n {
				t.Errorf("rate %g, cell %d: %g, alone %g", rate, c, got, n)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	for want, rows := range map[string][]Row{
		"no rows":                  nil,
		"year 2001 is missing":     {{Year: 2000}, {Year: 2002}},
		"negative number at age 3": {{Year: 2000, Age: 3, Residents: -1}},
		"age -1":                   {{Year: 2000, Age: -1}},
		"has a NULL at age 0":      {{Year: 2000, Residents: math.NaN()}},
	} {
		_, err := New(rows)
		refusal.Says(t, err, want)
	}
	a := account(t)
	if err := a.NewStock(1).Observe(1999); err == nil || err.Error() != "year 1999 is not in the cohort account (2000 to 2001)" {
		t.Error(err)
	}
	s := observed(t, a, 2001)
	refusal.Says(t, s.Advance(inLanes(s, [Kinds]float64{}), [Kinds]float64{}), "year 2002 is not in the cohort account")
}

func TestKinds(t *testing.T) {
	for age, want := range map[int]int{0: 0, 6: 0, 7: 1, 17: 1, 18: 2, 34: 2, 35: 3, 62: 3, 63: 4, 70: 4, 71: 5, 100: 5} {
		if got := KindOf(false, age); got != want {
			t.Errorf("women of %d are group %d, want %d", age, got, want)
		}
		if got := KindOf(true, age); got != want+6 {
			t.Errorf("men of %d are group %d, want %d", age, got, want+6)
		}
	}
}
