package equation

// These build nodes with the obvious simplifications, so that derivatives and
// regressors come out short and a plain column stays a plain column.

func number(v float64) Node { return &Number{v} }

func isNumber(n Node, v float64) bool {
	x, ok := n.(*Number)
	return ok && x.Value == v
}

func add(x, y Node) Node {
	switch {
	case isNumber(x, 0):
		return y
	case isNumber(y, 0):
		return x
	}
	a, aok := x.(*Number)
	b, bok := y.(*Number)
	if aok && bok {
		return number(a.Value + b.Value)
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
	a, aok := x.(*Number)
	b, bok := y.(*Number)
	if aok && bok {
		return number(a.Value - b.Value)
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
	a, aok := x.(*Number)
	b, bok := y.(*Number)
	if aok && bok {
		return number(a.Value * b.Value)
	}
	return &Binary{Op: "*", X: x, Y: y}
}

func div(x, y Node) Node {
	switch {
	case isNumber(x, 0):
		return x
	case isNumber(y, 1):
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
