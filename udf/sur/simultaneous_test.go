package sur

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// Left sides that explain each other are told from other dependent columns.
func TestSimultaneous(t *testing.T) {
	p := random(t, 6, 12, "y", "z", "v", "x", "w")
	for i, x := range p.Data[3] { // v = y + 2x
		p.Data[2][i] = p.Data[0][i] + 2*x
	}
	for _, c := range []struct {
		name     string
		formulas []string
		want     string // "": bounded
	}{
		{"two", []string{"y = $a + $b*z", "z = $c + $d*y"}, "equations e1 and e2 are simultaneous: their left sides (y and z) explain each other"},
		{"with more", []string{"y = $a + $b*z + $f*x", "z = $c + $d*y + $g*w"}, "simultaneous"},
		{"shared", []string{"y = $a + $b*z + $f*x", "z = $c + $b*y + $g*w"}, "simultaneous"},
		{"shared with another regressor", []string{"y = $a + $b*z + $b*x", "z = $c + $d*y + $g*w"}, ""},
		{"three in a ring", []string{"y = $a + $b*z", "z = $c + $d*w", "w = $e + $f*y"}, "equations e1, e2 and e3 are simultaneous: their left sides (y, z and w)"},
		{"transformed", []string{"z - w = $a + $b*(y + 1)", "y + 1 = $c + $d*(z - w)"}, "their left sides (z - w and y + 1)"},
		{"recursive", []string{"y = $a + $b*x", "z = $c + $d*y"}, ""},
		{"one beside", []string{"y = $a + $b*z", "z = $c + $d*y", "w = $e + $f*x"}, "equations e1 and e2 are simultaneous"},
		{"another dependence", []string{"y = $a + $b*x", "v = $c + $d*x"}, "these left sides and the regressors (x) are linearly dependent"},
	} {
		_, err := Estimate(context.Background(), model(t, c.formulas...), p, Options{})
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (!errors.Is(err, ErrUnbounded) || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		case c.name == "two":
			t.Log(err)
		}
	}
}
