package sur

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/equation"
	"utvandring/udf/nearest"
)

// Restriction is one linear restriction between parameters:
// Σ weight × parameter = Value.
type Restriction struct {
	Text    string
	Value   float64
	names   []string  // of the parameters as written, in order of appearance
	weights []float64 // of each

	// difference is the left side less the right of one that is not linear, which can be
	// tested but not imposed; then there are no weights.
	difference equation.Node
}

// ParseRestrictions reads 'e_k3 = e_k4, m = 0, a + b = 1': equations between
// parameters, written with or without the $, separated by commas.
func ParseRestrictions(text string) ([]Restriction, error) { return parseRestrictions(text, false) }

// ParseHypotheses reads those that are to be tested, which need not be linear:
// 'g/(1 - b1) = g/(1 - b2), c = 0'.
func ParseHypotheses(text string) ([]Restriction, error) { return parseRestrictions(text, true) }

func parseRestrictions(text string, curved bool) ([]Restriction, error) {
	var list []Restriction
	end := -1
	for _, whole := range strings.Split(text, ",") {
		start := end + 1
		end = start + len(whole)
		part := strings.TrimSpace(whole)
		if part == "" {
			return nil, fmt.Errorf("empty restriction in %q (write: e_k3 = e_k4, m = 0)", equation.Excerpt(text))
		}
		if len(list) > 0 && strings.Trim(part, "0123456789") == "" {
			return nil, fmt.Errorf("restriction %q in %q is only a number (commas separate restrictions; a decimal takes a point, as in 0.5)", part, equation.Excerpt(text))
		}
		r, err := parseRestriction(part, curved)
		var mistake *equation.Error
		switch {
		case errors.As(err, &mistake): // the place in the text as the user wrote it
			start += len(whole) - len(strings.TrimLeftFunc(whole, unicode.IsSpace))
			whole := &equation.Error{Text: text, Pos: start + mistake.Pos, Msg: mistake.Msg}
			return nil, fmt.Errorf("restriction %q: %s", equation.Excerpt(part), strings.ReplaceAll(whole.Error(), "the formula", "the restriction"))
		case err != nil:
			return nil, fmt.Errorf("restriction %w", err)
		}
		list = append(list, *r)
	}
	return list, nil
}

func parseRestriction(text string, curved bool) (*Restriction, error) {
	e, err := equation.Parse(text)
	if err != nil {
		return nil, err
	}
	difference := &equation.Binary{Op: "-", X: withParameters(e.Left), Y: withParameters(e.Right)}
	l, err := (&equation.Equation{Text: text, Left: &equation.Number{}, Right: difference}).Linear()
	if err != nil && curved {
		return &Restriction{Text: text, names: (&equation.Equation{Left: e.Left, Right: difference}).Parameters(), difference: difference}, nil
	}
	if err != nil {
		return nil, err
	}
	r := &Restriction{Text: text}
	constant := func(n equation.Node) float64 {
		x, ok := equation.Constant(n)
		if (!ok || math.IsNaN(x) || math.IsInf(x, 0)) && err == nil {
			if minus, ok := n.(*equation.Unary); ok { // from the right side
				n = minus.X
			}
			err = fmt.Errorf("%q: %s is not a number", equation.Excerpt(text), equation.Excerpt(equation.String(n)))
		}
		return x
	}
	r.Value = -constant(l.Offset)
	for _, t := range l.Terms {
		if w := constant(t.Regressor); w != 0 {
			r.names, r.weights = append(r.names, t.Parameter), append(r.weights, w)
		}
	}
	switch {
	case err == nil && len(l.Terms) == 0:
		err = fmt.Errorf("%q names no parameter", equation.Excerpt(text))
	case err == nil && len(r.names) == 0:
		err = fmt.Errorf("%q says nothing: its parameters cancel", equation.Excerpt(text))
	}
	return r, err
}

// withParameters makes a parameter of every bare name.
func withParameters(n equation.Node) equation.Node {
	return equation.Replace(n, func(n equation.Node) equation.Node {
		if c, ok := n.(*equation.Column); ok && c.Lag == 0 {
			return &equation.Parameter{Name: c.Name, Pos: c.Pos}
		}
		return nil
	})
}

// combination is a parameter as constant + Σ weight × free parameter.
type combination struct {
	constant float64
	weight   []float64 // by index in Model.free
}

// estimates are those of all parameters, from those of the free ones.
func (m *Model) estimates(b []float64) []float64 {
	if m.full == nil {
		return b
	}
	out := make([]float64, len(m.full))
	for i, c := range m.full {
		out[i] = c.constant + floats.Dot(c.weight, b)
	}
	return out
}

// covariance is that of all parameters, from that of the free ones.
func (m *Model) covariance(v []float64) []float64 {
	if m.full == nil {
		return v
	}
	n, k := len(m.full), len(m.free)
	out := make([]float64, n*n)
	for i, row := range m.full {
		for j, column := range m.full {
			for a, x := range row.weight {
				for b, y := range column.weight {
					if x != 0 && y != 0 {
						out[i*n+j] += x * y * v[a*k+b]
					}
				}
			}
		}
	}
	return out
}

// Restrict gives the model with the restrictions imposed: each takes one
// parameter out of the formulas, where it is written as a sum of the others.
// The estimates still list it.
func (m *Model) Restrict(list []Restriction) (*Model, error) {
	if m.origin != nil { // restrictions add up
		return m.origin.Restrict(append(slices.Clone(m.given), list...))
	}
	all := m.all
	rows := make([][]float64, len(list)) // Σ row_k b_k = row_last
	for i, r := range list {
		rows[i] = make([]float64, len(all)+1)
		for j, name := range r.names {
			k := indexOf(all, name)
			if k < 0 {
				return nil, unknownParameter(name, r.names, all)
			}
			rows[i][k] = r.weights[j]
		}
		rows[i][len(all)] = r.Value
	}
	pivot, err := eliminate(rows, list)
	if err != nil {
		return nil, err
	}
	out := &Model{origin: m, given: list, all: all, where: m.where, identities: m.identities}
	for k, p := range all {
		if !slices.Contains(pivot, k) {
			out.free = append(out.free, p)
		}
	}
	with := map[string]equation.Node{}
	for k, name := range all {
		c := combination{weight: make([]float64, len(out.free))}
		i := slices.Index(pivot, k)
		if i < 0 {
			c.weight[slices.Index(out.free, name)] = 1
			out.full = append(out.full, c)
			continue
		}
		c.constant = rows[i][len(all)]
		var node equation.Node = &equation.Number{Value: c.constant}
		for f, p := range out.free {
			if w := -rows[i][indexOf(all, p)]; w != 0 {
				c.weight[f] = w
				node = &equation.Binary{Op: "+", X: node, Y: &equation.Binary{Op: "*", X: &equation.Number{Value: w}, Y: &equation.Parameter{Name: p}}}
			}
		}
		out.full = append(out.full, c)
		with[equation.Key(name)] = node
	}
	for _, e := range m.Equations {
		right := equation.Replace(e.Right, func(n equation.Node) equation.Node {
			if p, ok := n.(*equation.Parameter); ok {
				return with[equation.Key(p.Name)]
			}
			return nil
		})
		out.Equations = append(out.Equations, Equation{e.Name, &equation.Equation{Text: e.Text, Left: e.Left, Right: right}})
	}
	return out, out.makePlan()
}

// eliminate brings the rows to reduced echelon form and gives the pivot of
// each. The last parameter of a restriction is the one solved for, so that
// 'a = b' leaves a. A row's size means nothing, so each is divided by its largest weight
// first; what a subtraction leaves of rounding alone is 0, so that a parameter
// that is fixed is not taken for one that almost is.
func eliminate(rows [][]float64, list []Restriction) ([]int, error) {
	pivot := make([]int, 0, len(rows))
	for _, row := range rows {
		largest := floats.Norm(row[:len(row)-1], math.Inf(1))
		for k := range row {
			row[k] /= largest
		}
	}
	for i, row := range rows {
		n := len(row) - 1
		best, size := -1, 0.0
		for k := range n {
			if math.Abs(row[k]) > 1e-12*(1+size) && math.Abs(row[k]) >= size {
				best, size = k, math.Abs(row[k])
			}
		}
		if best < 0 {
			return nil, &dependentError{equation.Excerpt(list[i].Text), i, row[n] != 0}
		}
		p := row[best]
		for k := range row {
			row[k] /= p
		}
		for j, other := range rows {
			if f := other[best]; j != i && f != 0 {
				for k, x := range row {
					before, take := other[k], f*x
					other[k] -= take
					if math.Abs(other[k]) <= 1e-13*max(math.Abs(before), math.Abs(take)) {
						other[k] = 0
					}
				}
				other[best] = 0
			}
		}
		pivot = append(pivot, best)
	}
	return pivot, nil
}

// dependentError: the restriction at an index of the list adds nothing to those
// before it, or contradicts them.
type dependentError struct {
	text        string
	at          int
	contradicts bool
}

func (e *dependentError) Error() string {
	if e.contradicts {
		return fmt.Sprintf("restriction %q contradicts those before it", e.text)
	}
	return fmt.Sprintf("restriction %q follows from those before it: leave it out", e.text)
}

// unknownParameter does not suggest what stands in the restriction already: the
// other side of a = b is not what was meant.
func unknownParameter(name string, used, all []string) error {
	var candidates []string
	for _, p := range all {
		if indexOf(used, p) < 0 {
			candidates = append(candidates, p)
		}
	}
	if s := nearest.Name(name, candidates); s != "" {
		return fmt.Errorf("parameter %s is used nowhere in the model (did you mean %s?)", name, s)
	}
	return fmt.Errorf("parameter %s is used nowhere in the model (its parameters are %s)", name, shorten(all))
}
