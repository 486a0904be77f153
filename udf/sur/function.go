package sur

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"utvandring/udf/equation"
)

// function is an expression of parameters, such as g/(1 - b), with its derivatives.
type function struct {
	text  string
	node  equation.Node // parameters stand in it as columns, for Diff
	at    []int         // the parameters it has, as indices into Fit.Parameters
	slope []equation.Node
}

// functionOf looks the parameters up; what is no parameter of the model is an error.
func functionOf(all []string, text string, node equation.Node) (*function, error) {
	f := &function{text: text, node: equation.Replace(node, func(n equation.Node) equation.Node {
		if p, ok := n.(*equation.Parameter); ok { // $g and g mean the same here
			return &equation.Column{Name: p.Name, Pos: p.Pos}
		}
		return nil
	})}
	var used []string
	for _, c := range equation.ColumnsOf(f.node) {
		if c.Lag > 0 {
			return nil, fmt.Errorf("%s: a parameter has no lag, as in %s", equation.Excerpt(text), equation.String(c))
		}
		used = append(used, c.Name)
	}
	if len(used) == 0 {
		return nil, fmt.Errorf("%s names no parameter", equation.Excerpt(text))
	}
	for _, name := range used {
		k := indexOf(all, name)
		if k < 0 {
			return nil, fmt.Errorf("%s: %w", equation.Excerpt(text), unknownParameter(name, used, all))
		}
		if !slices.Contains(f.at, k) {
			f.at = append(f.at, k)
			f.slope = append(f.slope, equation.Diff(f.node, all[k]))
		}
	}
	return f, nil
}

// reader gives the parameters as columns.
func reader(all []string, b []float64) func(*equation.Column) float64 {
	return func(c *equation.Column) float64 { return b[indexOf(all, c.Name)] }
}

// value at b, which are all parameters; not finite where it has none.
func (f *function) value(all []string, b []float64) float64 {
	return equation.Value(f.node, reader(all, b), nil)
}

// gradient adds scale times the derivatives by all parameters to row.
func (f *function) gradient(all []string, b, row []float64) error {
	read := reader(all, b)
	if fault := equation.Fault(f.node, read, nil); fault != "" {
		return fmt.Errorf("%s has no value at the estimates: %s", equation.Excerpt(f.text), fault)
	}
	for i, k := range f.at {
		if fault := equation.Fault(f.slope[i], read, nil); fault != "" {
			return fmt.Errorf("%s has no derivative by %s at the estimates, and so no standard error: %s", equation.Excerpt(f.text), all[k], fault)
		}
		row[k] = equation.Value(f.slope[i], read, nil)
	}
	return nil
}

// linearForm is constant + Σ weight × parameter, where n is that.
func linearForm(all []string, n equation.Node) (constant float64, weight []float64, ok bool) {
	l, err := (&equation.Equation{Left: &equation.Number{}, Right: withParameters(n)}).Linear()
	if err != nil {
		return 0, nil, false
	}
	weight = make([]float64, len(all))
	if constant, ok = equation.Constant(l.Offset); !ok {
		return 0, nil, false
	}
	for _, t := range l.Terms {
		if weight[indexOf(all, t.Parameter)], ok = equation.Constant(t.Regressor); !ok {
			return 0, nil, false
		}
	}
	return constant, weight, true
}

// quotient is a function as n/d, both linear in the parameters: n0 + n'b over d0 + d'b.
type quotient struct {
	n0, d0 float64
	n, d   []float64
}

// quotientOf finds it where the function is one, up to numbers that it is multiplied by
// or that are added: g/(1 - b), -0.1*(c + e)/(1 - b), y/(1 - b) - 1.
func quotientOf(all []string, n equation.Node) (q quotient, ok bool) {
	added := 0.0
	for _, part := range addends(nil, n, 1) {
		if x, number := equation.Constant(part.node); number {
			added += part.factor * x
			continue
		}
		if ok { // a sum of two
			return q, false
		}
		if q, ok = ratioOf(all, part.node); !ok {
			return q, false
		}
		q.scale(part.factor)
	}
	q.shift(added)
	return q, ok
}

// ratioOf is quotientOf what is no sum.
func ratioOf(all []string, n equation.Node) (q quotient, ok bool) {
	ratio, isBinary := n.(*equation.Binary)
	switch {
	case isBinary && ratio.Op == "/":
		var okD bool
		q.n0, q.n, ok = linearForm(all, ratio.X)
		q.d0, q.d, okD = linearForm(all, ratio.Y)
		return q, ok && okD
	case isBinary && ratio.Op == "*": // (1/(1 - b))*g
		for _, pair := range [][2]equation.Node{{ratio.X, ratio.Y}, {ratio.Y, ratio.X}} {
			if d, ok := pair[0].(*equation.Binary); ok && d.Op == "/" {
				return quotientOf(all, &equation.Binary{Op: "/", X: &equation.Binary{Op: "*", X: d.X, Y: pair[1]}, Y: d.Y})
			}
		}
	}
	return q, false
}

func (q *quotient) scale(by float64) {
	q.n0 *= by
	for i := range q.n {
		q.n[i] *= by
	}
}

func (q *quotient) shift(by float64) { // n/d + by = (n + by d)/d
	q.n0 += by * q.d0
	for i := range q.n {
		q.n[i] += by * q.d[i]
	}
}

// Kinds of Fieller's sets.
const (
	Interval = "interval"
	Rays     = "rays" // everything outside the interval between the two ends
	Line     = "line" // everything
)

// fieller is the set of values of q that a test at the quantile c does not reject
// (Fieller 1954): those θ with (n − θd)² ≤ c² Var(n − θd). The ends are NaN of 'line'.
func (q *quotient) fieller(b []float64, v *mat.Dense, c float64) (kind string, lower, upper float64) {
	form := func(x, y []float64) float64 {
		sum := 0.0
		for i, a := range x {
			for j, b := range y {
				if a != 0 && b != 0 {
					sum += a * b * v.At(i, j)
				}
			}
		}
		return sum
	}
	n, d := q.n0, q.d0
	for k, x := range b {
		n, d = n+q.n[k]*x, d+q.d[k]*x
	}
	vnn, vnd, vdd := form(q.n, q.n), form(q.n, q.d), form(q.d, q.d)
	if !(vnn > 0 || vdd > 0) {
		return "", math.NaN(), math.NaN()
	}
	a, half, k := d*d-c*c*vdd, n*d-c*c*vnd, n*n-c*c*vnn
	discriminant := half*half - a*k
	if a > 0 {
		discriminant = max(discriminant, 0) // but for rounding it is not negative there
	}
	if a == 0 || a < 0 && discriminant <= 0 {
		return Line, math.NaN(), math.NaN()
	}
	// The root that does not cancel first; the other one follows from their product.
	root := half + math.Copysign(math.Sqrt(discriminant), half)
	lower, upper = root/a, root/a
	if root != 0 {
		upper = k / root
	}
	kind = Interval
	if a < 0 {
		kind = Rays
	}
	return kind, min(lower, upper), max(lower, upper)
}
