package simulate

import (
	"math"

	"utvandring/udf/equation"
)

// invert solves left = value for an unlagged column that stands in left exactly
// once, by undoing one operation after another from the outside: from
// ln(y) = v comes y = exp(v), from y - lag(y) = v comes y = v + lag(y), from y/x = v
// comes y = v*x. ok is false where that cannot be done; the equation is then
// solved numerically.
//
// An even root has two branches; the positive one is taken, as a series that
// stands under a square is positive.
func invert(left equation.Node, column string, value equation.Node) (y equation.Node, ok bool) {
	for {
		switch n := left.(type) {
		case *equation.Column:
			return value, isCurrent(n, column)
		case *equation.Unary:
			if n.Op != "-" {
				return nil, false
			}
			left, value = n.X, &equation.Unary{Op: "-", X: value}
		case *equation.Binary:
			inX, inY := countCurrent(n.X, column), countCurrent(n.Y, column)
			if inX+inY != 1 {
				return nil, false
			}
			if left, value, ok = invertBinary(n, inX == 1, value); !ok {
				return nil, false
			}
		case *equation.Call:
			if len(n.Args) != 1 {
				return nil, false
			}
			switch n.Name {
			case "ln":
				value = &equation.Call{Name: "exp", Args: []equation.Node{value}}
			case "exp":
				value = &equation.Call{Name: "ln", Args: []equation.Node{value}}
			case "log10":
				value = binary("^", &equation.Number{Value: 10}, value)
			case "sqrt":
				// A root is not negative: sqrt of the value then says what is wrong.
				value = &equation.Case{
					Whens: []equation.When{{If: binary("<", value, &equation.Number{}), Then: &equation.Call{Name: "sqrt", Args: []equation.Node{value}}}},
					Else:  binary("^", value, &equation.Number{Value: 2}),
				}
			default:
				return nil, false
			}
			left = n.Args[0]
		default:
			return nil, false
		}
	}
}

// invertBinary undoes one operation; inX says on which side the unknown stands.
func invertBinary(n *equation.Binary, inX bool, value equation.Node) (left, right equation.Node, ok bool) {
	switch {
	case n.Op == "+" && inX:
		return n.X, binary("-", value, n.Y), true
	case n.Op == "+":
		return n.Y, binary("-", value, n.X), true
	case n.Op == "-" && inX:
		return n.X, binary("+", value, n.Y), true
	case n.Op == "-":
		return n.Y, binary("-", n.X, value), true
	case n.Op == "*" && inX:
		return n.X, binary("/", value, n.Y), true
	case n.Op == "*":
		return n.Y, binary("/", value, n.X), true
	case n.Op == "/" && inX:
		return n.X, binary("*", value, n.Y), true
	case n.Op == "/":
		return n.Y, binary("/", n.X, value), true
	case n.Op == "^" && inX && evenRoot(n.Y):
		return n.X, binary("^", value, binary("/", &equation.Number{Value: 1}, n.Y)), true
	}
	return nil, nil, false
}

// evenRoot reports whether x^k = v is solved by v^(1/k) for every v that has a
// solution: an odd power is not, as it may be negative.
func evenRoot(k equation.Node) bool {
	n, ok := k.(*equation.Number)
	return ok && n.Value != 0 && math.Mod(n.Value, 2) != 1 && math.Mod(n.Value, 2) != -1
}

func binary(op string, x, y equation.Node) equation.Node {
	return &equation.Binary{Op: op, X: x, Y: y}
}

func isCurrent(c *equation.Column, column string) bool {
	return c.Lag == 0 && equation.Key(c.Name) == equation.Key(column)
}

// countCurrent counts where a column stands unlagged in n.
func countCurrent(n equation.Node, column string) int {
	count := 0
	equation.Walk(n, func(n equation.Node) {
		if c, ok := n.(*equation.Column); ok && isCurrent(c, column) {
			count++
		}
	})
	return count
}
