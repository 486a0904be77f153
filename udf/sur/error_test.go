package sur

import (
	"context"
	"errors"
	"fmt"
	"testing"
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
		list, err := ParseRestrictions(c.text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.model.Restrict(list); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.text, err, c.want)
		}
	}
}
