package equation

// one gives what a function of one argument, "-" or "not" does with a number, or
// nil. With two it is the meaning of the language, for all that computes.
func one(name string) func(float64) float64 {
	switch name {
	case "-":
		return func(x float64) float64 { return -x }
	case "not":
		return func(x float64) float64 {
			if x != x {
				return x
			}
			return truth(x == 0)
		}
	}
	return functions[name].one
}

// two gives what an operator, or a function of two or more arguments taken
// pairwise from the left, does with two numbers, or nil.
func two(op string) func(x, y float64) float64 {
	switch op {
	case "+":
		return func(x, y float64) float64 { return x + y }
	case "-":
		return func(x, y float64) float64 { return x - y }
	case "*":
		return func(x, y float64) float64 { return x * y }
	case "/":
		return func(x, y float64) float64 { return x / y }
	case "^":
		return power
	case "=", "<>", "<", "<=", ">", ">=", "and", "or":
		return func(x, y float64) float64 { return compare(op, x, y) }
	}
	return functions[op].two
}
