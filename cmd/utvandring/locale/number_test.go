package locale

import (
	"math"
	"testing"
)

func TestThousands(t *testing.T) {
	for s, want := range map[string]string{
		"": "", "0": "0", "123": "123", "1234": "1 234", "12345": "12 345", "123456": "123 456", "1234567": "1 234 567",
		"-123": "-123", "-1234": "-1 234", "−1234": "−1 234", "-123456.7891": "-123 456.7891", "0.1234": "0.1234", "1e+20": "1e+20", "NaN": "NaN", "+Inf": "+Inf",
	} {
		if got := Thousands(s, " "); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestDecimal(t *testing.T) {
	for _, test := range []struct {
		v        float64
		decimals int
		want     string
	}{
		{1234.5, 0, "1234"}, {-0.004, 2, "0.00"}, {-0.006, 2, "-0.01"}, {1e15, 0, "1e+15"}, {1e-10, 3, "1e-10"}, {0, 2, "0.00"}, {math.Copysign(0, -1), 0, "0"},
	} {
		if got := Decimal(test.v, test.decimals); got != test.want {
			t.Errorf("%v to %d decimals: %q, want %q", test.v, test.decimals, got, test.want)
		}
	}
}

func TestMinus(t *testing.T) {
	for s, want := range map[string]string{"-1": "−1", "1": "1", "": "", "1e-9": "1e-9"} {
		if got := Minus(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for s, want := range map[string]string{"1.5": "1,5", "−0.25": "−0,25", "1\u00a0234.5": "1\u00a0234,5", "(0.12)": "(0,12)", "1.5e-09": "1,5e-09",
		"12": "12", "": "", "NULL": "NULL", "1.1.2000": "1.1.2000", "4.1.1": "4.1.1", "a.b": "a.b", "0.5***": "0,5***", "1,5": "1,5"} {
		if got := Norwegian.Number(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
		if English.Number(s) != s || Locale("").Number(s) != s {
			t.Errorf("%q is changed without need", s)
		}
	}
}
