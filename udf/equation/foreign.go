package equation

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Habits of other programs, and what is written here instead.

// foreign are functions of EViews, Stata, TSP, bimets and R; ? is their first argument.
var foreign = []struct{ names, hint string }{
	{"l tslag shift", "a lag is written lag(?), or lag(?, 2)"},
	{"lead f tslead", "formulas reach back only: put the later value into a column of the panel"},
	{"d delta del tsdelta", "a difference is written diff(?)"},
	{"dlog dln tsdeltalog", "the difference of the logarithm is written diff(ln(?))"},
	{"c coef", "a parameter is written $c?"},
	{"ar ma", "errors have no model of their own: put lag() of the left side among the regressors"},
	{"mean avg sum", "what is taken over years must be a column of the panel"},
	{"movavg tsmova mave", "an average over years is written (x + lag(x))/2"},
	{"factor", "a dummy is written if(year = 2004, 1, 0)"},
	{"i", "a dummy is written if(year = 2004, 1, 0); an expression needs no I( )"},
	{"trend", "a trend is a column of the panel, such as year"},
	{"coalesce", "what is missing must be filled in the panel"},
}

// noFunction is the error for a call of something that is no function: y(-1) of EViews,
// TSLAG(y, 1) of bimets and the like are told what they are here.
func (p *parser) noFunction(t token, args []Node) *Error {
	hint := ""
	if len(args) > 0 {
		if n, ok := Constant(args[0]); ok && len(args) == 1 && n < 0 && n == math.Trunc(n) {
			hint = fmt.Sprintf("the value of an earlier year is written %s", String(&Column{Name: t.text, Lag: int(min(-n, maxLag))}))
		}
	}
	known := slices.IndexFunc(foreign, func(f struct{ names, hint string }) bool {
		return slices.Contains(strings.Fields(f.names), Key(t.text))
	})
	if known >= 0 && hint == "" {
		first := "x"
		if len(args) > 0 {
			first = Excerpt(String(args[0]))
		}
		hint = strings.ReplaceAll(foreign[known].hint, "?", first)
	}
	if hint != "" {
		return p.fail(t.pos, "there is no function %s: %s", t.text, hint)
	}
	return p.fail(t.pos, "there is no function %s (there are %s)", t.text, strings.Join(Functions(), ", "))
}

// dotted is the hint for a name with a dot, an operator of Stata (L.y, L2.y, D.y,
// i.year) or a name of R: before stands in front of the dot, after behind it.
func dotted(before, after string) string {
	operator, digits := strings.ToLower(strings.TrimRight(before, "0123456789")), strings.TrimLeft(before, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
	switch {
	case operator == "l" && (digits == "" || digits == "1"):
		return fmt.Sprintf("%s.%s is written lag(%s)", before, after, after)
	case operator == "l":
		return fmt.Sprintf("%s.%s is written lag(%s, %s)", before, after, after, digits)
	case operator == "d" && digits == "":
		return fmt.Sprintf("%s.%s is written diff(%s)", before, after, after)
	case operator == "f":
		return "formulas reach back only: put the later value into a column of the panel"
	case operator == "i" || operator == "c":
		return "a dummy is written if(year = 2004, 1, 0)"
	}
	return fmt.Sprintf("a column with a dot in its name is written in double quotes, \"%s.%s\"", before, after)
}
