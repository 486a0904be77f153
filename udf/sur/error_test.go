package sur

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/equation"
)

// Errors carry what they are about, so that a caller need not read their text.
func TestErrorFields(t *testing.T) {
	p := random(t, 1, 10, "y", "x") // 1990–1999
	p.Null = [][]bool{nil, {true, false, false, false, false, false, false, false, false, true}}
	m := model(t, "y = $a + $b*x")
	year := func(y int64) *int64 { return &y }
	for _, c := range []struct {
		first, last *int64
		want        string
	}{
		{year(1980), nil, "1980 -"},
		{year(1992), year(2020), "- 2020"},
		{year(1980), year(2020), "1980 -"},
		{year(1996), year(1993), "1996 1993"},
		{year(1990), nil, "1990 -"}, // NULL
		{year(1992), year(1999), "- 1999"},
	} {
		_, err := Estimate(context.Background(), m, p, Options{First: c.first, Last: c.last})
		var of *YearError
		if !errors.As(err, &of) {
			t.Errorf("%s: %v", c.want, err)
			continue
		}
		show := func(y *int64) string {
			if y == nil {
				return "-"
			}
			return fmt.Sprint(*y)
		}
		if got := show(of.First) + " " + show(of.Last); got != c.want {
			t.Errorf("%s: %v is about %s", c.want, err, got)
		}
	}
	var in *EquationError
	if _, err := NewModel([]string{"one", "100%d"}, []string{"y = $a", "y = "}); !errors.As(err, &in) || in.Equation != "100%d" {
		t.Error(err)
	}
	if _, err := Estimate(context.Background(), model(t, "y = $a + $b*z"), p, Options{}); !errors.As(err, &in) || in.Equation != "e1" {
		t.Error(err)
	}
}

// A parameter that a restriction misspells: the one that is meant, or which
// there are.
func TestUnknownParameter(t *testing.T) {
	m := model(t, "y = $a + $b*x + $m1*z")
	long := model(t, "y = $a + $b*x + $c*x2 + $d*x3 + $f*x4 + $g*x5 + $h*x6 + $i*x7 + $j*x8")
	for _, c := range []struct {
		model      *Model
		text, want string
	}{
		{m, "e = 0", "parameter e is used nowhere in the model (its parameters are a, b and m1)"},
		{m, "m = 0", "parameter m is used nowhere in the model (did you mean m1?)"},
		{m, "m2 = m1", "parameter m2 is used nowhere in the model (its parameters are a, b and m1)"},
		{long, "e = 0", "parameter e is used nowhere in the model (its parameters are a, b, c, d, f, g, h and 2 more)"},
	} {
		list := restrictions(t, c.text)
		if _, err := c.model.Restrict(list); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.text, err, c.want)
		}
	}
}

func TestBadInput(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	base := func() *equation.Panel {
		p := random(t, 7, 10, "y", "z", "x", "w", "twice_x", "zero", "const5")
		for r := range p.Year {
			x, w := p.Data[2], p.Data[3]
			p.Data[4][r] = 2*x[r] - w[r]
			p.Data[5][r], p.Data[6][r] = 0, 5
			p.Data[3][r] = math.Abs(w[r]) + 0.1
			p.Data[4][r] = 2*x[r] - p.Data[3][r]
		}
		p.Null = make([][]bool, len(p.Data))
		return p
	}
	year := func(y int64) *int64 { return &y }
	null := func(column, row int) func(p *equation.Panel) {
		return func(p *equation.Panel) {
			if p.Null[column] == nil {
				p.Null[column] = make([]bool, 10)
			}
			p.Null[column][row] = true
		}
	}
	allNull := func(column int) func(p *equation.Panel) {
		return func(p *equation.Panel) { p.Null[column] = slices.Repeat([]bool{true}, 10) }
	}
	set := func(column, row int, v float64) func(p *equation.Panel) {
		return func(p *equation.Panel) { p.Data[column][row] = v }
	}
	scale := func(column int, factor float64) func(p *equation.Panel) {
		return func(p *equation.Panel) {
			for r := range p.Data[column] {
				p.Data[column][r] *= factor
			}
		}
	}
	for _, c := range []struct {
		formulas string
		change   func(*equation.Panel)
		o        Options
		want     string
	}{
		{"y = $a + $b*xx", nil, Options{}, `equation e1: column "xx" is not in the panel (did you mean "x"?), at character 13: xx`},
		{"y = $a + lag(\"x 2\", 3)*$b", nil, Options{}, `equation e1: column "x 2" is not in the panel, at character 14: "x 2", 3)*$b`},
		{"y = $a + slope*x", nil, Options{}, `equation e1: column "slope" is not in the panel (a parameter is written $slope), at character 10: slope*x`},
		{"y = $a + $b*x", set(2, 3, nan), Options{}, "equation e1: x is NaN in 1993"},
		{"y = $a + $b*x", set(2, 3, inf), Options{}, "equation e1: x is +Inf in 1993"},
		{"y = $a + $b*x", set(0, 3, nan), Options{}, "equation e1: y is NaN in 1993"},
		{"y = $a + $b*x", set(2, 3, 1e200), Options{}, "too large"},
		{"y = $a + $b*x", scale(2, 1e-160), Options{}, "equation e1: x is at most 1.6"},
		{"x = $a + $b*y", scale(2, 1e-320), Options{}, "e-320 in size in 1990–1999, too small to work with (rescale the column)"},
		{"y = $a + $b*x*zero", scale(2, 1e-160), Options{}, "regressor of parameter $b (x*zero in equation e1) is 0 in every year"},
		{"y = $a + $b*ln(w)", set(3, 4, -0.25), Options{}, "equation e1: ln of -0.25 in ln(w) in 1994"},
		{"y = $a + $b*ln(lag(w))", set(3, 4, 0), Options{}, "equation e1: ln of 0 in ln(lag(w)) in 1995"},
		{"y = $a + $b*x", allNull(2), Options{}, `equation e1: column "x" is NULL in every year`},
		{"y = $a", nil, Options{First: year(1999)}, "1 equation × 1 year (1999) give only 1 observation"},
		{"y = $a + $b*x", null(2, 0), Options{First: year(1990)}, "year 1990 cannot be estimated: equation e1 needs x, and x is NULL in 1990 (the first year that has everything is 1991)"},
		{"y = $a + $b*x", null(2, 9), Options{Last: year(1999)}, "year 1999 cannot be estimated"},
		{"y = $a + $b*lag(x, 2)", nil, Options{First: year(1991)}, "needs lag(x, 2), and the panel begins in 1990 (the first year that has everything is 1992)"},
		{"y = $a + $b*x", nil, Options{First: year(1980)}, "first_year 1980 is outside the panel, which has 1990–1999"},
		{"y = $a + $b*x", nil, Options{First: year(1998), Last: year(1995)}, "comes after"},
		{"y = $a + $b*x + $c*w", nil, Options{First: year(1998)}, "too few observations: 3 parameters"},
		{"y = $a + $b*lag(x, 20)", nil, Options{}, "no year has all the data"},
		{"y = $a + $b*x + $c*w + $d*twice_x", nil, Options{}, "parameters $d, $b and $c cannot be told apart"},
		{"y = $a + $b*const5", nil, Options{}, "parameters $b and $a cannot be told apart"},
		{"y = $a + ($b + $c)*x", nil, Options{}, "parameters $c and $b cannot be told apart in 1990–1999: both multiply x in equation e1, so that only their sum is determined (leave one out"},
		{"y = $a + ($b - $c)*x", nil, Options{}, "told apart in 1990–1999: -x in equation e1 and x in equation e1 are linearly dependent"},
		{"y = $a + $b*zero", nil, Options{}, "regressor of parameter $b (zero in equation e1) is 0 in every year"},
		{"y = $a + $b*x - $b*x", nil, Options{}, "regressor of parameter $b (x - x in equation e1) is 0"},
		{"const5 = $a + $b*x", nil, Options{}, "left side const5 is constant (5 in every year"},
		{"y = $a + $a*$b*x", nil, Options{}, "not linear in parameter"},
		{"y = $a + $b*x", nil, Options{Method: "fiml"}, "method \"fiml\" is unknown: choose among 'isur', 'sur' and 'ols'"},
		{"y = $a + $b*x", nil, Options{Divisor: "N"}, "divisor"},
		{"y = $a + $b*x", nil, Options{Tolerance: -1}, "tolerance"},
		{"y = $a + $b*x; z = $c + $d*w; x = $e + $f*w", nil, Options{MaxIterations: 1}, "no convergence after 1 step"},
		{"y = $a + $b*x; z = $c + $d*w; w = $e + $f*x; x = $g", nil, Options{First: year(1996)}, "cannot be estimated from 4 years"},
	} {
		p := base()
		if c.change != nil {
			c.change(p)
		}
		var names []string
		formulas := strings.Split(c.formulas, "; ")
		for i := range formulas {
			names = append(names, fmt.Sprint("e", i+1))
		}
		m, err := NewModel(names, formulas)
		if err == nil {
			_, err = Estimate(context.Background(), m, p, c.o)
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.formulas, err, c.want)
		}
	}
	if _, err := NewModel([]string{"1"}, []string{"y = x"}); err == nil {
		t.Error("a model of identities only: no error")
	}
	if _, err := NewModel([]string{"1", "1"}, []string{"y = $a", "z = $b"}); err == nil {
		t.Error("two equations of one name: no error")
	}
}
