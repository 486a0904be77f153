package simulate

import (
	"context"
	"math"
	"slices"
	"testing"

	"utvandring/udf/refusal"
)

func seek(t *testing.T, columns map[string][]float64, equations []string, goals []Goal, instruments ...string) (*Seek, error) {
	t.Helper()
	p := bound(t, newSystem(t, formulas(equations...)), panelOf(t, columns), nil, Options{})
	return p.Seek(context.Background(), goals, instruments)
}

// A whole step of Newton's method leads out of the domain of ln, √ and 1/x, or further
// away; the solutions by hand.
func TestSeekStaysInTheDomain(t *testing.T) {
	for _, c := range []struct {
		formula     string
		from, goal  float64
		want, exact float64
	}{
		{"y = 2*ln(x)", 10, -10, math.Exp(-5), 1e-12},
		{"y = 2*ln(x)", 1e-3, 20, math.Exp(10), 1e-7},
		{"y = sqrt(x)", 100, 0.1, 0.01, 1e-12},
		{"y = sqrt(1 - x)", 1, 0.5, 0.75, 1e-9}, // no little more of x
		{"y = 1/x", 4, 100, 0.01, 1e-12},
		{"y = exp(x)/(1 + exp(x))", 6, 0.01, math.Log(0.01 / 0.99), 1e-9},
		{"ln(y) = x", 3, 1e-6, math.Log(1e-6), 1e-5},
	} {
		s, err := seek(t, map[string][]float64{"y": {1}, "x": {c.from}}, []string{c.formula}, []Goal{{"y", 2000, c.goal}}, "x")
		if err != nil {
			t.Errorf("%s: %v", c.formula, err)
			continue
		}
		near(t, c.formula, s.Instruments[0].After, c.want, c.exact)
		near(t, c.formula, s.Path.Simulated[0][0], c.goal, 1e-9)
	}
	_, err := seek(t, map[string][]float64{"y": {1}, "x": {1}}, []string{"y = x^2 + 1"}, []Goal{{"y", 2000, 0}}, "x")
	refusal.Says(t, err, "no path of x was found that reaches the goals")
}

// y and z both hang on x1 - x2 alone; y on x3 too, z on x3 only with a lag.
func TestSeekNamesTheInstruments(t *testing.T) {
	columns := map[string][]float64{}
	for _, name := range []string{"y", "z", "w", "x1", "x2", "x3"} {
		columns[name] = []float64{1, 2, 3, 4, 5, 6}
	}
	equations := []string{"y = 3*(x1 - x2) + 0.5*lag(y)", "z = (x1 - x2)^3 + lag(x3)", "w = x3"}
	goals := []Goal{{"y", 2003, 1}, {"z", 2003, 2}, {"y", 2004, 1}, {"z", 2004, 2}}
	for _, c := range []struct {
		goals       []Goal
		instruments []string
		want        string
	}{
		{goals, []string{"x1", "x2"}, "no path of x1, x2 was found that reaches the goals: x1 and x2 are collinear: they do not move the goals of 2003 (y, z) independently of each other"},
		{goals[:1], []string{"w"}, "the instruments (w) do not move the goals: w has no effect on any of them, neither in their year nor up to 1 earlier"},
		{[]Goal{{"y", 2003, 1}, {"z", 2003, 2}, {"w", 2003, 2}}, []string{"x1", "x3", "x2"}, "x1 and x2 are collinear"},
	} {
		_, err := seek(t, columns, equations, c.goals, c.instruments...)
		refusal.Says(t, err, c.want, c.instruments)
	}
	// x1 works at once, x3 a year later: each is moved when it works.
	s, err := seek(t, columns, equations, goals, "x1", "x3")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.Leads, []int{0, 1}) {
		t.Errorf("leads %v", s.Leads)
	}
	for i, year := range []int64{2003, 2002, 2004, 2003} {
		if s.Instruments[i].Year != year {
			t.Errorf("%s is moved in %d, not %d", s.Instruments[i].Variable, s.Instruments[i].Year, year)
		}
	}
	near(t, "x1 of 2003", s.Instruments[0].After, 4+(1-0.5*s.Path.Simulated[0][1])/3, 1e-9)
	near(t, "x3 of 2002", s.Instruments[1].After, 2-math.Pow(s.Instruments[0].After-4, 3), 1e-9)
}
