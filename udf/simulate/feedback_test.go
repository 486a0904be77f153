package simulate

import (
	"context"
	"testing"
)

// A stock outside the equations: s grows by y each year, y = 0.5·s.
type stock struct{ now float64 }

func (s *stock) Variables() []string { return []string{"s", "not read"} }
func (s *stock) Before(_ int64, set func(string, float64)) error {
	set("S", s.now)
	set("not read", 1)
	return nil
}
func (s *stock) After(_ int64, value, actual func(string) float64) error {
	s.now += value("y") + 0*actual("x")
	return nil
}

// From s = 8: y = 4, 6, 9 by hand, and lag(s) is the simulated one: z = 0 + … in
// the first year the panel's 1, then 8 and 12.
func TestFeedback(t *testing.T) {
	panel := panelOf(t, map[string][]float64{"y": {1, 1, 1, 1}, "s": {1, 5, nan, nan}, "x": {0, 0, 0, 0}})
	p, err := newSystem(t, formulas("y = 0.5*s", "z = lag(s) + x")).Bind(panel, nil, Options{First: 2001, Given: []string{"s", "not read"}})
	if err != nil {
		t.Fatal(err)
	}
	path, err := p.RunWith(context.Background(), &stock{8})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range [][2]float64{{4, 1}, {6, 8}, {9, 12}} {
		near(t, "y", path.Simulated[0][k], want[0], 0)
		near(t, "z", path.Simulated[1][k], want[1], 0)
	}
}
