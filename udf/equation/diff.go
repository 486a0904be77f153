package equation

import "math"

// Diff is the derivative of n with respect to a column at lag 0; lagged values
// of the same column are constants. It is simplified, and a number 0 where n
// does not depend on the column. Steps (comparisons, sign, floor, ceil) have
// derivative 0; abs, least and greatest take the derivative of the branch that
// holds; a CASE is differentiated branch by branch.
func Diff(n Node, column string) Node { return diff(n, Key(column)) }

func diff(n Node, key string) Node {
	switch n := n.(type) {
	case *Column:
		if n.Lag == 0 && Key(n.Name) == key {
			return number(1)
		}
	case *Unary:
		if n.Op == "-" {
			return neg(diff(n.X, key))
		}
	case *Binary:
		return diffBinary(n, key)
	case *Call:
		return diffCall(n, key)
	case *Case:
		c := &Case{Pos: n.Pos, Else: diff(n.Else, key)}
		zero := isNumber(c.Else, 0)
		for _, w := range n.Whens {
			d := diff(w.Then, key)
			zero = zero && isNumber(d, 0)
			c.Whens = append(c.Whens, When{w.If, d})
		}
		if zero {
			return number(0)
		}
		return c
	}
	return number(0)
}

func diffBinary(n *Binary, key string) Node {
	if precedence[n.Op] < precSum { // a step
		return number(0)
	}
	dx, dy := diff(n.X, key), diff(n.Y, key)
	switch n.Op {
	case "+":
		return add(dx, dy)
	case "-":
		return sub(dx, dy)
	case "*":
		return add(mul(dx, n.Y), mul(n.X, dy))
	case "/": // x'/y - x y'/y²
		return sub(div(dx, n.Y), div(mul(n.X, dy), pow(n.Y, number(2))))
	}
	// y x^(y-1) x' + x^y ln(x) y'
	d := number(0)
	if !isNumber(dx, 0) {
		d = mul(mul(n.Y, pow(n.X, sub(n.Y, number(1)))), dx)
	}
	if !isNumber(dy, 0) {
		d = add(d, mul(mul(n, &Call{Name: "ln", Args: []Node{n.X}}), dy))
	}
	return d
}

func diffCall(n *Call, key string) Node {
	x := n.Args[0]
	if len(n.Args) > 1 {
		return diffExtreme(n, key)
	}
	dx := diff(x, key)
	if isNumber(dx, 0) {
		return dx
	}
	switch n.Name {
	case "ln":
		return div(dx, x)
	case "log10":
		return div(dx, mul(number(math.Ln10), x))
	case "exp":
		return mul(n, dx)
	case "sqrt":
		return div(dx, mul(number(2), n))
	case "abs":
		return mul(&Call{Name: "sign", Args: []Node{x}}, dx)
	}
	return number(0)
}

func diffExtreme(n *Call, key string) Node {
	op := "<="
	if n.Name == "greatest" {
		op = ">="
	}
	best, d := n.Args[0], diff(n.Args[0], key)
	zero := isNumber(d, 0)
	for _, a := range n.Args[1:] {
		da := diff(a, key)
		zero = zero && isNumber(da, 0)
		d = &Case{Whens: []When{{&Binary{Op: op, X: best, Y: a}, d}}, Else: da}
		best = &Call{Name: n.Name, Args: []Node{best, a}}
	}
	if zero {
		return number(0)
	}
	return d
}
