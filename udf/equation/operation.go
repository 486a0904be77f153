package equation

import (
	"maps"
	"math"
	"slices"
)

// one and two are the meaning of the language, for all that computes: what "-", "not" and
// the functions of one argument do with a number; and what operators, and functions of two
// or more arguments taken pairwise from the left, do with two. Functions stand under their
// canonical name, and their derivatives in diff.go, one case per name. lag, diff, if and
// power are resolved by the parser and are not here.
var (
	one = map[string]func(float64) float64{
		"-": func(x float64) float64 { return -x },
		"not": func(x float64) float64 {
			if x != x {
				return x
			}
			return truth(x == 0)
		},
		"ln": math.Log, "log10": math.Log10, "exp": math.Exp, "sqrt": math.Sqrt,
		"abs": math.Abs, "sign": sign, "floor": math.Floor, "ceil": math.Ceil,
	}
	two = map[string]func(x, y float64) float64{
		"+":  func(x, y float64) float64 { return x + y },
		"-":  func(x, y float64) float64 { return x - y },
		"*":  func(x, y float64) float64 { return x * y },
		"/":  func(x, y float64) float64 { return x / y },
		"^":  power,
		"=":  func(x, y float64) float64 { return known(x, y, x == y) },
		"<>": func(x, y float64) float64 { return known(x, y, x != y) },
		"<":  func(x, y float64) float64 { return known(x, y, x < y) },
		"<=": func(x, y float64) float64 { return known(x, y, x <= y) },
		">":  func(x, y float64) float64 { return known(x, y, x > y) },
		">=": func(x, y float64) float64 { return known(x, y, x >= y) },
		"and": func(x, y float64) float64 {
			if x == 0 || y == 0 { // which settles it, whatever the other is
				return 0
			}
			return known(x, y, true)
		},
		"or": func(x, y float64) float64 {
			if x == x && x != 0 || y == y && y != 0 {
				return 1
			}
			return known(x, y, false)
		},
		"least": math.Min, "greatest": math.Max,
	}
)

// synonyms are other names for the same thing.
var synonyms = map[string]string{
	"min": "least", "max": "greatest", "ceiling": "ceil",
}

// Functions are the names that a formula may call.
func Functions() []string {
	names := slices.AppendSeq(slices.Collect(maps.Keys(one)), maps.Keys(two))
	names = slices.DeleteFunc(names, func(s string) bool { return !plainName(s) || reserved[s] })
	slices.Sort(names)
	return append([]string{"lag", "diff", "if", "power"}, names...)
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x // 0 or NaN
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// known is a truth about two numbers, NaN where one of them is not known.
func known(x, y float64, b bool) float64 {
	if x != x || y != y {
		return math.NaN()
	}
	return truth(b)
}

// power is x^y with the small whole exponents exact and fast.
func power(x, y float64) float64 {
	switch y {
	case 1:
		return x
	case 2:
		return x * x
	case 3:
		return x * x * x
	}
	return math.Pow(x, y)
}
