package sur

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"utvandring/udf/equation"
	"utvandring/udf/refusal"
)

// What there is no maximum for is told by what is behind it: one equation that fits, a left
// side twice, left sides that explain each other, or columns that depend on each other; and
// as it is: not that one step helps where it was one step.
func TestUnbounded(t *testing.T) {
	_, kmenta, kmentaPanel := readReference(t, "kmenta")
	short := random(t, 1, 8, "y1", "y2", "x1", "x2", "x3", "x4", "x5", "x6")
	adding := random(t, 2, 30, "y1", "y2", "y3", "x1", "x2")
	for i := range adding.Year { // y3 = y1 + 2 y2 - x1
		adding.Data[2][i] = adding.Data[0][i] + 2*adding.Data[1][i] - adding.Data[3][i]
	}
	dependent := random(t, 8, 20, "y", "z", "x")
	for r, x := range dependent.Data[2] {
		dependent.Data[1][r] = 2*x - dependent.Data[0][r]
	}
	free := random(t, 6, 12, "y", "z", "v", "x", "w")
	for i, x := range free.Data[3] { // v = y + 2x
		free.Data[2][i] = free.Data[0][i] + 2*x
	}
	for _, c := range []struct {
		name      string
		model     *Model
		panel     *equation.Panel
		method    string
		says, not []string // nothing: bounded
	}{
		{"same left side", kmenta, kmentaPanel, "", []string{"unbounded", "demand and supply", "same left side (consump)"}, nil},
		{"too many columns", model(t, "y1 = $a1 + $b1*x1 + $c1*x2 + $d1*x3", "y2 = $a2 + $b2*x4 + $c2*x5 + $d2*x6"), short, "",
			[]string{"unbounded", "e1 and e2", "2 left sides and 7 distinct regressors (1, x1, x2", "8 years"}, nil},
		{"adding up", model(t, "y1 = $a1 + $b1*x1", "y2 = $a2 + $b2*x1", "y3 = $a3 + $b3*x1"), adding, "", []string{"unbounded", "e1, e2 and e3", "linearly dependent"}, nil},
		{"identity", model(t, "y1 = $a1 + $b1*x1 + $c*x2", "y3 = $a3 + $b3*y1 + $c3*y2 + $d3*x1"), adding, "", []string{"unbounded", "equation e2", "fit y3 exactly"}, nil},
		{"itself", model(t, "x = $a + $b*x"), dependent, "", []string{"x explains itself"}, []string{"exactly"}},
		{"itself by ols", model(t, "x = $a + $b*y", "y = $c + $d*y"), dependent, "ols", []string{"equation e2: y explains itself"}, []string{"unbounded"}},
		{"iterated", model(t, "y = $a + $b*x", "z = $c + $d*x"), dependent, "isur", []string{"takes one step only"}, []string{"either"}},
		{"one step", model(t, "y = $a + $b*x", "z = $c + $d*x"), dependent, "sur", []string{"one step cannot be taken either"}, []string{"takes one step only"}},
		{"two", model(t, "y = $a + $b*z", "z = $c + $d*y"), free, "", []string{"unbounded", "equations e1 and e2 are simultaneous: their left sides (y and z) explain each other"}, nil},
		{"with more", model(t, "y = $a + $b*z + $f*x", "z = $c + $d*y + $g*w"), free, "", []string{"unbounded", "simultaneous"}, nil},
		{"shared", model(t, "y = $a + $b*z + $f*x", "z = $c + $b*y + $g*w"), free, "", []string{"unbounded", "simultaneous"}, nil},
		{"shared with another regressor", model(t, "y = $a + $b*z + $b*x", "z = $c + $d*y + $g*w"), free, "", nil, nil},
		{"three in a ring", model(t, "y = $a + $b*z", "z = $c + $d*w", "w = $e + $f*y"), free, "", []string{"unbounded", "equations e1, e2 and e3 are simultaneous: their left sides (y, z and w)"}, nil},
		{"transformed", model(t, "z - w = $a + $b*(y + 1)", "y + 1 = $c + $d*(z - w)"), free, "", []string{"unbounded", "their left sides (z - w and y + 1)"}, nil},
		{"recursive", model(t, "y = $a + $b*x", "z = $c + $d*y"), free, "", nil, nil},
		{"one beside", model(t, "y = $a + $b*z", "z = $c + $d*y", "w = $e + $f*x"), free, "", []string{"unbounded", "equations e1 and e2 are simultaneous"}, nil},
		{"another dependence", model(t, "y = $a + $b*x", "v = $c + $d*x"), free, "", []string{"unbounded", "these left sides and the regressors (x) are linearly dependent"}, nil},
	} {
		_, err := Estimate(context.Background(), c.model, c.panel, Options{Method: c.method})
		if c.says == nil && err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		for _, want := range c.says {
			refusal.Says(t, err, want, c.name)
			if want == "unbounded" && c.name != "identity" && !errors.Is(err, ErrUnbounded) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		for _, not := range c.not {
			if strings.Contains(err.Error(), not) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	}
}

// Residuals of only rounding are nothing to divide by, whatever the method.
func TestExactFit(t *testing.T) {
	p := random(t, 8, 20, "y", "z", "x")
	for r, x := range p.Data[2] {
		p.Data[1][r] = 3 - 0.7*x
	}
	for _, formulas := range [][]string{{"x = $a + $b*(2*x + 1)"}, {"y = $a + $b*x", "z = $c + $d*x"}} {
		for _, method := range []string{"isur", "sur", "ols"} {
			_, err := Estimate(context.Background(), model(t, formulas...), p, Options{Method: method})
			if err == nil || !strings.Contains(err.Error(), "2 coefficients fit "+formulas[len(formulas)-1][:1]+" exactly in") {
				t.Errorf("%v by %s: %v", formulas, method, err)
			}
			if says := strings.Contains(fmt.Sprint(err), "standard errors would mean nothing"); says != (method == "ols") {
				t.Errorf("%v by %s: %v", formulas, method, err)
			}
		}
	}
}
