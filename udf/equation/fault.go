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
	resolve := []float64{}
	var children []Node
	switch n := n.(type) {
	case *Number:
		return n.Value, ""
	case *Column:
		v := value(n)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return v, fmt.Sprintf("%s is %s", String(n), show(v))
		}
		return v, ""
	case *Parameter:
		v := param(n)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return v, fmt.Sprintf("parameter $%s is %s", n.Name, show(v))
		}
		return v, ""
	case *Unary:
		children = []Node{n.X}
	case *Binary:
		children = []Node{n.X, n.Y}
	case *Call:
		children = n.Args
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
	for _, c := range children {
		v, fault := explain(c, value, param)
		if fault != "" {
			return math.NaN(), fault
		}
		resolve = append(resolve, v)
	}
	v := apply(n, resolve)
	if !math.IsNaN(v) && !math.IsInf(v, 0) {
		return v, ""
	}
	text := Excerpt(String(n))
	switch n := n.(type) {
	case *Call:
		if math.IsInf(v, 1) { // exp; ln of 0 has no value at all
			return v, fmt.Sprintf("%s of %s is too large to work with in %s", n.Name, show(resolve[0]), text)
		}
		return v, fmt.Sprintf("%s of %s in %s", n.Name, show(resolve[0]), text)
	case *Binary:
		if n.Op == "/" && resolve[1] == 0 {
			return v, fmt.Sprintf("division by zero in %s", text)
		}
		if n.Op == "^" {
			power := fmt.Sprintf("%s to the power of %s", show(resolve[0]), show(resolve[1]))
			if math.IsInf(v, 0) && resolve[0] != 0 {
				power += " is too large to work with"
			}
			return v, power + " in " + text
		}
	}
	return v, fmt.Sprintf("overflow in %s: too large to work with", text)
}

// apply evaluates one node from the values of its children.
func apply(n Node, v []float64) float64 {
	name := ""
	switch n := n.(type) {
	case *Unary:
		name = n.Op
	case *Binary:
		name = n.Op
	case *Call:
		name = n.Name
	}
	if len(v) == 1 {
		return one(name)(v[0])
	}
	x := v[0]
	for _, y := range v[1:] {
		x = two(name)(x, y)
	}
	return x
}

func show(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
