package sur

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

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

// bareParameters writes $g as g: in a function of parameters both mean the same.
func bareParameters(n equation.Node) equation.Node {
	return equation.Replace(n, func(n equation.Node) equation.Node {
		if p, ok := n.(*equation.Parameter); ok {
			return &equation.Column{Name: p.Name, Pos: p.Pos}
		}
		return nil
	})
}

// functionOf looks the parameters up; what is no parameter of the model is an error.
func functionOf(all []string, text string, node equation.Node) (*function, error) {
	f := &function{text: text, node: bareParameters(node)}
	var used []string
	var lagged *equation.Column
	equation.Walk(f.node, func(n equation.Node) {
		if c, ok := n.(*equation.Column); ok {
			used = append(used, c.Name)
			if c.Lag > 0 {
				lagged = c
			}
		}
	})
	if lagged != nil {
		return nil, fmt.Errorf("%s: a parameter has no lag, as in %s", equation.Excerpt(text), equation.String(lagged))
	}
	if len(used) == 0 {
		return nil, fmt.Errorf("%s names no parameter", equation.Excerpt(text))
	}
	for _, name := range used {
		k := slices.IndexFunc(all, func(p string) bool { return equation.Key(p) == equation.Key(name) })
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
	return func(c *equation.Column) float64 {
		for k, p := range all {
			if equation.Key(p) == equation.Key(c.Name) {
				return b[k]
			}
		}
		return math.NaN()
	}
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

// jacobian and values of functions at b.
func jacobian(all []string, b []float64, list []*function) (j *mat.Dense, h []float64, err error) {
	j = mat.NewDense(len(list), len(all), nil)
	for i, f := range list {
		if err := f.gradient(all, b, j.RawRowView(i)); err != nil {
			return nil, nil, err
		}
		h = append(h, f.value(all, b))
	}
	return j, h, nil
}

// linearForm is constant + Σ weight × parameter, where n is that.
func linearForm(all []string, n equation.Node) (constant float64, weight []float64, ok bool) {
	asParameters := equation.Replace(n, func(n equation.Node) equation.Node {
		if c, ok := n.(*equation.Column); ok {
			return &equation.Parameter{Name: c.Name, Pos: c.Pos}
		}
		return nil
	})
	l, err := (&equation.Equation{Left: &equation.Number{}, Right: asParameters}).Linear()
	if err != nil {
		return 0, nil, false
	}
	weight = make([]float64, len(all))
	if constant, ok = equation.Constant(l.Offset); !ok {
		return 0, nil, false
	}
	for _, t := range l.Terms {
		w, ok := equation.Constant(t.Regressor)
		k := slices.IndexFunc(all, func(p string) bool { return strings.EqualFold(p, t.Parameter) })
		if !ok || k < 0 {
			return 0, nil, false
		}
		weight[k] = w
	}
	return constant, weight, true
}

// quotient is a function as n/d, both linear in the parameters: n0 + n'b over d0 + d'b.
type quotient struct {
	n0, d0 float64
	n, d   []float64
}

// quotientOf finds it where the function is one, up to a number that it is multiplied
// by or that is added: g/(1 - b), -0.1*(c + e)/(1 - b), y/(1 - b) - 1.
func quotientOf(all []string, n equation.Node) (q quotient, ok bool) {
	switch n := n.(type) {
	case *equation.Unary:
		if n.Op != "-" {
			return q, false
		}
		if q, ok = quotientOf(all, n.X); ok {
			q.scale(-1)
		}
		return q, ok
	case *equation.Binary:
		x, xNumber := equation.Constant(n.X)
		y, yNumber := equation.Constant(n.Y)
		switch {
		case n.Op == "/" && yNumber, n.Op == "*" && yNumber:
			if n.Op == "/" {
				y = 1 / y
			}
			if q, ok = quotientOf(all, n.X); ok {
				q.scale(y)
			}
			return q, ok
		case n.Op == "*" && xNumber:
			if q, ok = quotientOf(all, n.Y); ok {
				q.scale(x)
			}
			return q, ok
		case n.Op == "*": // (1/(1 - b))*g
			for _, pair := range [][2]equation.Node{{n.X, n.Y}, {n.Y, n.X}} {
				d, isRatio := pair[0].(*equation.Binary)
				if !isRatio || d.Op != "/" {
					continue
				}
				return quotientOf(all, &equation.Binary{Op: "/", X: &equation.Binary{Op: "*", X: d.X, Y: pair[1]}, Y: d.Y})
			}
			return q, false
		case (n.Op == "+" || n.Op == "-") && yNumber:
			if q, ok = quotientOf(all, n.X); ok {
				if n.Op == "-" {
					y = -y
				}
				q.shift(y)
			}
			return q, ok
		case (n.Op == "+" || n.Op == "-") && xNumber:
			if q, ok = quotientOf(all, n.Y); ok {
				if n.Op == "-" {
					q.scale(-1)
				}
				q.shift(x)
			}
			return q, ok
		case n.Op == "/":
			var okN, okD bool
			q.n0, q.n, okN = linearForm(all, n.X)
			q.d0, q.d, okD = linearForm(all, n.Y)
			return q, okN && okD
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

var errSingular = errors.New("the restrictions cannot be tested: their covariance is singular (does one concern a fixed parameter?)")

// waldOf is h'(J V J')⁻¹h. The size of a restriction means nothing, and parameters may
// have any units, so each gap is measured in its own standard error.
func waldOf(j, covariance *mat.Dense, h []float64) (float64, error) {
	var v mat.Dense
	v.Product(j, covariance, j.T())
	size, gap := make([]float64, len(h)), mat.NewVecDense(len(h), nil)
	for i := range size {
		if size[i] = math.Sqrt(v.At(i, i)); !(size[i] > 0) {
			return 0, errSingular
		}
		gap.SetVec(i, h[i]/size[i])
	}
	v.Apply(func(i, j int, c float64) float64 { return c / size[i] / size[j] }, &v)
	var x mat.VecDense
	if err := x.SolveVec(&v, gap); err != nil {
		return 0, errSingular
	}
	return mat.Dot(gap, &x), nil
}
