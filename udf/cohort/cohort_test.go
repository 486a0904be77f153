package cohort

import (
	"math"
	"strings"
	"testing"
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

func TestObservedFrequenciesGiveObservedStocks(t *testing.T) {
	a := account(t)
	s, err := a.Observed(2000)
	if err != nil {
		t.Fatal(err)
	}
	m := s.Summary()
	if m.Residents[women18to34] != 150 || m.Short[women18to34] != 100 || m.Medium[women18to34] != 50 || m.Total != 170 || m.Medium[men18to34] != 0 {
		t.Errorf("2000: %+v", m)
	}
	// 15 of 150 women emigrate. The groups without residents have frequency 0.
	observed := frequencies(0.1, 0)
	next, err := s.Next(observed, observed)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := a.Observed(2001)
	if next.residents != want.residents {
		t.Errorf("2001: %+v, want %+v", next.Summary(), want.Summary())
	}
	// What the account implies is the same as what was observed.
	var unknown [Kinds]float64
	for k := range unknown {
		unknown[k] = math.NaN()
	}
	if next, err = s.Next(observed, unknown); err != nil || next.residents != want.residents {
		t.Errorf("implied: %v %v", next, err)
	}
}

// Twice the frequency: 20 and 10 emigrate, deaths stay 2 and 1, so 78 and 39 stay.
// Men from 0 to 0.25: 5 of 20 emigrate.
func TestSimulatedFrequencies(t *testing.T) {
	s, _ := account(t).Observed(2000)
	next, err := s.Next(frequencies(0.2, 0.25), frequencies(0.1, 0))
	if err != nil {
		t.Fatal(err)
	}
	m := next.Summary()
	for what, c := range map[string][2]float64{
		"women 34": {m.Medium[women18to34], 78}, "women 20": {m.Short[women18to34], 7}, "women 35": {m.Residents[women35to62], 39},
		"men 35": {m.Residents[men35to62], 15}, "total": {m.Total, 139},
	} {
		if math.Abs(c[0]-c[1]) > 1e-12 {
			t.Errorf("%s: %g, want %g", what, c[0], c[1])
		}
	}
	// All emigrate: never fewer than nobody.
	if next, err = s.Next(frequencies(2, 0), frequencies(0.1, 0)); err != nil || next.Summary().Total != 27 {
		t.Errorf("%v %v", next.Summary().Total, err)
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
		if _, err := New(rows); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	a := account(t)
	if _, err := a.Observed(1999); err == nil || err.Error() != "year 1999 is not in the cohort account (2000 to 2001)" {
		t.Error(err)
	}
	s, _ := a.Observed(2001)
	if _, err := s.Next([Kinds]float64{}, [Kinds]float64{}); err == nil || !strings.Contains(err.Error(), "year 2002 is not in the cohort account") {
		t.Error(err)
	}
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
