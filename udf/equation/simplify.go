package equation

// These build nodes with the obvious simplifications, so that derivatives and
// regressors come out short and a plain column stays a plain column.

func number(v float64) Node { return &Number{v} }

func isNumber(n Node, v float64) bool {
	x, ok := n.(*Number)
	return ok && x.Value == v
}

// numbers are the values of both nodes, where both are numbers.
func numbers(x, y Node) (a, b float64, ok bool) {
	m, isM := x.(*Number)
	n, isN := y.(*Number)
	if !isM || !isN {
		return 0, 0, false
	}
	return m.Value, n.Value, true
}

func add(x, y Node) Node {
	switch {
	case isNumber(x, 0):
		return y
	case isNumber(y, 0):
		return x
	}
	if a, b, ok := numbers(x, y); ok {
		return number(a + b)
	}
	if u, ok := y.(*Unary); ok && u.Op == "-" {
		return sub(x, u.X)
	}
	return &Binary{Op: "+", X: x, Y: y}
}

func sub(x, y Node) Node {
	switch {
	case isNumber(y, 0):
		return x
	case isNumber(x, 0):
		return neg(y)
	}
	if a, b, ok := numbers(x, y); ok {
		return number(a - b)
	}
	return &Binary{Op: "-", X: x, Y: y}
}

func neg(x Node) Node {
	switch x := x.(type) {
	case *Number:
		return number(-x.Value)
	case *Unary:
		if x.Op == "-" {
			return x.X
		}
	}
	return &Unary{Op: "-", X: x}
}

func mul(x, y Node) Node {
	switch {
	case isNumber(x, 0), isNumber(y, 0):
		return number(0)
	case isNumber(x, 1):
		return y
	case isNumber(y, 1):
		return x
	case isNumber(x, -1):
		return neg(y)
	case isNumber(y, -1):
		return neg(x)
	}
	if a, b, ok := numbers(x, y); ok {
		return number(a * b)
	}
	return &Binary{Op: "*", X: x, Y: y}
}

func div(x, y Node) Node {
	if isNumber(x, 0) || isNumber(y, 1) {
		return x
	}
	return &Binary{Op: "/", X: x, Y: y}
}

func pow(x, y Node) Node {
	switch {
	case isNumber(y, 0):
		return number(1)
	case isNumber(y, 1):
		return x
	}
	return &Binary{Op: "^", X: x, Y: y}
}
