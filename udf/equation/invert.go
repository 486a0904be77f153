package equation

import "math"

// Invert solves left = value for an unlagged column that stands in left exactly
// once, by undoing one operation after another from the outside: from
// ln(y) = v comes y = exp(v), from y - lag(y) = v comes y = v + lag(y), from y/x = v
// comes y = v*x. ok is false where that cannot be done.
//
// An even root has two branches; the positive one is taken, as a series that
// stands under a square is positive.
func Invert(left Node, column string, value Node) (y Node, ok bool) {
	for {
		switch n := left.(type) {
		case *Column:
			return value, isCurrent(n, column)
		case *Unary:
			if n.Op != "-" {
				return nil, false
			}
			left, value = n.X, &Unary{Op: "-", X: value}
		case *Binary:
			inX, inY := CountCurrent(n.X, column), CountCurrent(n.Y, column)
			if inX+inY != 1 {
				return nil, false
			}
			if left, value, ok = invertBinary(n, inX == 1, value); !ok {
				return nil, false
			}
		case *Call:
			if len(n.Args) != 1 {
				return nil, false
			}
			switch n.Name {
			case "ln":
				value = &Call{Name: "exp", Args: []Node{value}}
			case "exp":
				value = &Call{Name: "ln", Args: []Node{value}}
			case "log10":
				value = binary("^", &Number{Value: 10}, value)
			case "sqrt":
				// A root is not negative: sqrt of the value then says what is wrong.
				value = &Case{
					Whens: []When{{If: binary("<", value, &Number{}), Then: &Call{Name: "sqrt", Args: []Node{value}}}},
					Else:  binary("^", value, &Number{Value: 2}),
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
func invertBinary(n *Binary, inX bool, value Node) (left, right Node, ok bool) {
	opposite := map[string]string{"+": "-", "-": "+", "*": "/", "/": "*"}[n.Op]
	switch {
	case opposite != "" && inX:
		return n.X, binary(opposite, value, n.Y), true
	case n.Op == "+", n.Op == "*":
		return n.Y, binary(opposite, value, n.X), true
	case n.Op == "-", n.Op == "/":
		return n.Y, binary(n.Op, n.X, value), true
	case n.Op == "^" && inX && evenRoot(n.Y):
		return n.X, binary("^", value, binary("/", &Number{Value: 1}, n.Y)), true
	}
	return nil, nil, false
}

// evenRoot reports whether x^k = v is solved by v^(1/k) for every v that has a
// solution: an odd power is not, as it may be negative.
func evenRoot(k Node) bool {
	n, ok := k.(*Number)
	return ok && n.Value != 0 && math.Mod(n.Value, 2) != 1 && math.Mod(n.Value, 2) != -1
}

func binary(op string, x, y Node) Node {
	return &Binary{Op: op, X: x, Y: y}
}

func isCurrent(c *Column, column string) bool {
	return c.Lag == 0 && Key(c.Name) == Key(column)
}

// CountCurrent counts where a column stands unlagged in n.
func CountCurrent(n Node, column string) int {
	count := 0
	Walk(n, func(n Node) {
		if c, ok := n.(*Column); ok && isCurrent(c, column) {
			count++
		}
	})
	return count
}
