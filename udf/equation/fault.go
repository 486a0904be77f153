package equation

import (
	"fmt"
	"math"
	"strconv"
)

// Fault explains why n has no finite value in a row: the innermost part that
// goes wrong, with the offending value, such as
//
//	ln of -0.25 in ln(x)
//
// value gives the columns of that row; param the parameters (may be nil where
// there are none). It is "" where n is finite.
func Fault(n Node, value func(c *Column) float64, param func(p *Parameter) float64) string {
	_, fault := explain(n, value, param)
	return fault
}

// Value computes n in a row as Fault does, node by node: slow, and NaN where any
// part has no finite value.
func Value(n Node, value func(c *Column) float64, param func(p *Parameter) float64) float64 {
	v, _ := explain(n, value, param)
	return v
}

func explain(n Node, value func(*Column) float64, param func(*Parameter) float64) (float64, string) {
	op, parts := "", []Node(nil)
	switch n := n.(type) {
	case *Number:
		return n.Value, ""
	case *Column:
		v := value(n)
		if finite(v) {
			return v, ""
		}
		return v, fmt.Sprintf("%s is %s", String(n), show(v))
	case *Parameter:
		v := param(n)
		if finite(v) {
			return v, ""
		}
		return v, fmt.Sprintf("parameter $%s is %s", n.Name, show(v))
	case *Unary:
		op, parts = n.Op, []Node{n.X}
	case *Binary:
		op, parts = n.Op, []Node{n.X, n.Y}
	case *Call:
		op, parts = n.Name, n.Args
	case *Case:
		for _, w := range n.Whens {
			c, fault := explain(w.If, value, param)
			if fault != "" {
				return math.NaN(), fault
			}
			if c != 0 {
				return explain(w.Then, value, param)
			}
		}
		return explain(n.Else, value, param)
	}
	var of []float64
	for _, part := range parts {
		v, fault := explain(part, value, param)
		if fault != "" {
			return math.NaN(), fault
		}
		of = append(of, v)
	}
	v := of[0]
	if len(of) == 1 {
		v = one[op](v)
	}
	for _, y := range of[1:] {
		v = two[op](v, y)
	}
	if finite(v) {
		return v, ""
	}
	text := Excerpt(String(n))
	if _, called := n.(*Call); called {
		if math.IsInf(v, 1) { // exp; ln of 0 has no value at all
			return v, fmt.Sprintf("%s of %s is too large to work with in %s", op, show(of[0]), text)
		}
		return v, fmt.Sprintf("%s of %s in %s", op, show(of[0]), text)
	}
	switch {
	case op == "/" && of[1] == 0:
		return v, fmt.Sprintf("division by zero in %s", text)
	case op == "^" && math.IsInf(v, 0) && of[0] != 0:
		return v, fmt.Sprintf("%s to the power of %s is too large to work with in %s", show(of[0]), show(of[1]), text)
	case op == "^":
		return v, fmt.Sprintf("%s to the power of %s in %s", show(of[0]), show(of[1]), text)
	}
	return v, fmt.Sprintf("overflow in %s: too large to work with", text)
}

func finite(v float64) bool { return v-v == 0 }

func show(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
