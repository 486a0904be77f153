package equation

import (
	"strings"
	"testing"
)

// Who comes from EViews, Stata, TSP, bimets or R is told what is written here.
func TestHabitsOfOtherPrograms(t *testing.T) {
	for formula, want := range map[string]string{
		"y = $a + $b*y(-1)":         "is written lag(y)",
		"y = $a + $b*y(-2)":         "is written lag(y, 2)",
		"y = $a + $b*L.y":           "L.y is written lag(y)",
		"y = $a + $b*L2.y":          "L2.y is written lag(y, 2)",
		"D.y = $a + $b*x":           "D.y is written diff(y)",
		"y = $a + $b*F.x":           "formulas reach back only",
		"y = $a + $b*i.year":        "if(year = 2004, 1, 0)",
		"y = $a + $b*emi.k3":        `"emi.k3"`,
		"d(y) = $a + $b*x":          "is written diff(y)",
		"dlog(y) = $a + $b*x":       "is written diff(ln(y))",
		"y = $a + $b*TSLAG(y, 1)":   "is written lag(y)",
		"y = $a + $b*TSLEAD(x)":     "formulas reach back only",
		"TSDELTALOG(y) = $a + $b*x": "is written diff(ln(y))",
		"y = $a + $b*lag(y, -1)":    "the year before is lag(y)",
		"y = c(1) + c(2)*x":         "a parameter is written $c1",
		"y = $a + $b*x + ar(1)":     "lag() of the left side",
		"y = $a + $b x":             "a product takes a *",
		"y = $a + $b*log(x)":        "write ln (natural) or log10",
		"y = $a + $b*mean(x)":       "must be a column of the panel",
		"y = $a + $b*foo(x)":        "there is no function foo (there are lag, diff",
		"y ~ x":                     "y = $a + $b*x",
	} {
		_, err := Parse(formula)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q in it", formula, err, want)
		}
	}
}
