package sur

import (
	"context"
	"testing"
)

// A test does not depend on the units of the data, nor on how large a
// restriction is written.
func TestWaldOfAnyUnits(t *testing.T) {
	wald := func(unit float64, text string) float64 {
		p := random(t, 3, 20, "y", "z", "x", "w")
		for r := range p.Year {
			p.Data[2][r] *= unit
			p.Data[3][r] /= unit
		}
		f, err := Estimate(context.Background(), model(t, "y = $a + $b*x", "z = $c + $d*w"), p, Options{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := ParseRestrictions(text)
		if err != nil {
			t.Fatal(err)
		}
		h, err := f.Test(context.Background(), p, list)
		if err != nil {
			t.Fatalf("%s in units of %g: %v", text, unit, err)
		}
		return h.Wald
	}
	want := wald(1, "b = 0, d = 0")
	for _, unit := range []float64{1e-12, 1, 1e30} {
		for _, text := range []string{"b = 0, d = 0", "1e300*b = 0, 1e-300*d = 0", "d = 0, b = 0"} {
			near(t, text, wald(unit, text), want, 1e-9)
		}
	}
}
