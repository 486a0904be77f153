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
