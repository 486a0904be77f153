package sur

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"utvandring/udf/equation"
)

// shares are four cost shares that add up to 1, as they are published: rounded. The
// price of labour raises that of labour by 0.05.
func shares(t *testing.T, digits int) *equation.Panel {
	p := random(t, 7, 25, "k", "l", "e", "m", "pk", "pl", "pe")
	unit := math.Pow10(digits)
	price := []float64{0, 0, 0}
	for r := range p.Data[0] {
		for i := range price {
			price[i] += 0.03 + 0.05*p.Data[4+i][r]
			p.Data[4+i][r] = price[i]
		}
		noise := []float64{p.Data[0][r], p.Data[1][r], p.Data[2][r]}
		s := []float64{0.055 + 0.02*price[0] + 0.003*noise[0], 0.26 + 0.05*price[1] - 0.02*price[0] + 0.005*noise[1], 0.045 + 0.02*price[2] + 0.002*noise[2]}
		s = append(s, 1-s[0]-s[1]-s[2])
		for i, x := range s {
			p.Data[i][r] = math.Round(x*unit) / unit
		}
	}
	return p
}

// Shares that add up but for their rounding are estimated to nonsense, which the
// condition of the residual correlations says, and a note which equations and how.
// Without one of them all is well.
func TestRoundedShares(t *testing.T) {
	four := []string{"k = $a1 + $b1*pk", "l = $a2 + $b2*pk + $c2*pl", "e = $a3 + $b3*pk + $c3*pe", "m = $a4 + $b4*pk"}
	for digits := 3; digits <= 6; digits++ {
		p := shares(t, digits)
		f := estimate(t, model(t, four...), p, Options{})
		c2 := f.Parameters[f.index("c2")].Estimate
		notes := f.NearDependence(false)
		if len(notes) != 1 || !strings.Contains(notes[0], "equations e1, e2, e3 and e4 nearly cancel: those of ") {
			t.Errorf("%d digits: %q", digits, notes)
		}
		if c := f.Summary().ResidualCondition; !(c > 500) || !(math.Abs(c2) < 0.01) {
			t.Errorf("%d digits: condition %g, effect of the price of labour %g", digits, c, c2)
		}
		g := estimate(t, model(t, four[:3]...), p, Options{})
		if c2 := g.Parameters[g.index("c2")].Estimate; !(math.Abs(c2-0.05) < 0.02) || g.NearDependence(false) != nil || !(g.Summary().ResidualCondition < 100) {
			t.Errorf("%d digits, three shares: %g, %q", digits, c2, g.NearDependence(false))
		}
		if digits == 5 && !strings.Contains(notes[0], "those of k + l + e + m have a standard deviation of ") {
			t.Error(notes[0])
		}
	}
}

// The condition is that of the correlations, whatever the units: of two equations
// (1 + r)/(1 − r).
func TestResidualCondition(t *testing.T) {
	p := random(t, 3, 30, "y", "z", "x")
	for r := range p.Data[1] {
		p.Data[1][r] = 1e6 * (p.Data[0][r] + 0.5*p.Data[1][r])
	}
	for _, method := range Methods {
		f := estimate(t, model(t, "y = $a + $b*x", "z = $c"), p, Options{Method: method, Divisor: "T"})
		r := f.ResidualCorrelation(0, 1)
		near(t, method, f.Summary().ResidualCondition, (1+r)/(1-r), 1e-9)
	}
	if c := estimate(t, model(t, "y = $a + $b*x"), p, Options{}).Summary().ResidualCondition; c != 1 {
		t.Errorf("one equation: %g", c)
	}
}

// Nearly collinear regressors are noted with their parameters, large numbers beside a
// constant are not.
func TestNearCollinearity(t *testing.T) {
	p := random(t, 5, 22, "y", "z", "x", "w", "level", "trend")
	for r := range p.Data[0] {
		p.Data[4][r] = p.Data[2][r] + 0.01*p.Data[4][r]
		p.Data[5][r] = 2000 + float64(r)
	}
	for _, c := range []struct {
		formulas, names string // "": no note
	}{
		{"y = $a + $b*x + $c*w + $d*trend; z = $e + $f*w", ""},
		{"y = $a + $b*x + $c*w + $d*level; z = $e + $f*w", "$b and $d"},
		{"y = $a + $b*x + $c*(x + 0.01*w); z = $e + $f*trend", "$b and $c"},
		{"y = $a + $b*trend + $c*trend^2; z = $e + $f*w", "$b and $c"},
		{"y = $a + $b*x + $c*w; z = $e + $b*level + $f*w", ""},
	} {
		for _, method := range Methods {
			f := estimate(t, model(t, strings.Split(c.formulas, "; ")...), p, Options{Method: method})
			notes := fmt.Sprint(f.NearDependence(false))
			if c.names == "" && notes != "[]" || c.names != "" && !strings.Contains(notes, "the regressors of ") {
				t.Errorf("%s: %s", c.formulas, notes)
			}
			for _, name := range strings.Split(c.names, " and ") {
				if !strings.Contains(notes, name) {
					t.Errorf("%s: %s", c.formulas, notes)
				}
			}
		}
	}
}
