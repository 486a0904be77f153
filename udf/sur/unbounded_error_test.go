package sur

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"utvandring/udf/equation"
)

func TestUnbounded(t *testing.T) {
	_, kmenta, kmentaPanel := readReference(t, "kmenta")
	short := random(t, 1, 8, "y1", "y2", "x1", "x2", "x3", "x4", "x5", "x6")
	long := random(t, 2, 30, "y1", "y2", "y3", "x1", "x2")
	for i := range long.Year { // y3 = y1 + 2 y2 - x1
		long.Data[2][i] = long.Data[0][i] + 2*long.Data[1][i] - long.Data[3][i]
	}
	for _, c := range []struct {
		name  string
		model *Model
		panel *equation.Panel
		want  []string
	}{
		{"same left side", kmenta, kmentaPanel, []string{"demand and supply", "same left side (consump)"}},
		{"too many columns", model(t, "y1 = $a1 + $b1*x1 + $c1*x2 + $d1*x3", "y2 = $a2 + $b2*x4 + $c2*x5 + $d2*x6"), short,
			[]string{"e1 and e2", "2 left sides and 7 distinct regressors (1, x1, x2", "8 years"}},
		{"adding up", model(t, "y1 = $a1 + $b1*x1", "y2 = $a2 + $b2*x1", "y3 = $a3 + $b3*x1"), long, []string{"e1, e2 and e3", "linearly dependent"}},
		{"identity", model(t, "y1 = $a1 + $b1*x1 + $c*x2", "y3 = $a3 + $b3*y1 + $c3*y2 + $d3*x1"), long, []string{"equation e2", "fit y3 exactly"}},
	} {
		_, err := Estimate(context.Background(), c.model, c.panel, Options{})
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		t.Log(err)
		for _, w := range append(c.want, "unbounded") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %q does not say %q", c.name, err, w)
			}
		}
	}
}

// What is wrong is said as it is: not that one step helps where it was one step.
func TestUnboundedWords(t *testing.T) {
	p := random(t, 8, 20, "y", "z", "x")
	for r, x := range p.Data[2] {
		p.Data[1][r] = 2*x - p.Data[0][r]
	}
	for _, c := range []struct {
		formulas  []string
		method    string
		says, not string
	}{
		{[]string{"x = $a + $b*x"}, "isur", "x explains itself", "exactly"},
		{[]string{"x = $a + $b*y", "y = $c + $d*y"}, "ols", "equation e2: y explains itself", "unbounded"},
		{[]string{"y = $a + $b*x", "z = $c + $d*x"}, "isur", "takes one step only", "either"},
		{[]string{"y = $a + $b*x", "z = $c + $d*x"}, "sur", "one step cannot be taken either", "takes one step only"},
	} {
		_, err := Estimate(context.Background(), model(t, c.formulas...), p, Options{Method: c.method})
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), c.not) {
			t.Errorf("%v by %s: %v", c.formulas, c.method, err)
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
