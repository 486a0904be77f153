package equation

import (
	"maps"
	"math"
	"slices"
)

// function is something that may be called in a formula. Derivatives are in
// diff.go, one case per name.
type function struct {
	args int // number of arguments; -1: two or more
	one  func(float64) float64
	two  func(float64, float64) float64
}

// functions are the callable names, under their canonical name. lag, diff and
// if are resolved by the parser and are not here.
var functions = map[string]function{
	"ln":       {args: 1, one: math.Log},
	"log10":    {args: 1, one: math.Log10},
	"exp":      {args: 1, one: math.Exp},
	"sqrt":     {args: 1, one: math.Sqrt},
	"abs":      {args: 1, one: math.Abs},
	"sign":     {args: 1, one: sign},
	"floor":    {args: 1, one: math.Floor},
	"ceil":     {args: 1, one: math.Ceil},
	"least":    {args: -1, two: math.Min},
	"greatest": {args: -1, two: math.Max},
}

// synonyms are other names for the same thing.
var synonyms = map[string]string{
	"min": "least", "max": "greatest", "ceiling": "ceil",
}

// Functions are the names that a formula may call.
func Functions() []string {
	return append([]string{"lag", "diff", "if", "power"}, slices.Sorted(maps.Keys(functions))...)
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

// compare applies a comparison or a logical operator. NaN (unknown) on either
// side gives NaN, except where the other side settles it (0 AND x, 1 OR x).
func compare(op string, x, y float64) float64 {
	switch op {
	case "and":
		if x == 0 || y == 0 {
			return 0
		}
	case "or":
		if x != 0 && !math.IsNaN(x) || y != 0 && !math.IsNaN(y) {
			return 1
		}
	}
	if math.IsNaN(x) || math.IsNaN(y) {
		return math.NaN()
	}
	switch op {
	case "and":
		return 1
	case "or":
		return 0
	case "=":
		return truth(x == y)
	case "<>":
		return truth(x != y)
	case "<":
		return truth(x < y)
	case "<=":
		return truth(x <= y)
	case ">":
		return truth(x > y)
	default:
		return truth(x >= y)
	}
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
