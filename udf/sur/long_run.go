package sur

import (
	"cmp"
	"fmt"
	"math"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/mat"

	"utvandring/udf/equation"
)

// LongRun is what a variable of a left side changes by in the end when another variable
// changes by 1 for good.
type LongRun struct {
	Variable, Shock  string
	Effect, StdError float64 // NaN where Verdict is not Stable; StdError also without free parameters
	Verdict          string
}

// Verdicts: Stable where all roots that stand between shock and variable have modulus
// below 1.
const (
	Stable    = "stable"
	UnitRoot  = "unit root"
	Explosive = "explosive"
)

// lagSystem is a model as Σ_l A_l y_{t−l} = B x, whatever the lags of x: y are the
// variables of the left sides, A_0 has 1 in its diagonal where that is a plain column.
type lagSystem struct {
	lefts, shocks []string // as text, lags taken off
	owner         []Equation
	own           map[string]int // the equation of a left side, by key of the columns in it
	parts         []lagPart
	lags          int
}

// lagPart adds factor, or factor × parameter, to A_lag(row, column), or to B(row, column)
// where lag is −1.
type lagPart struct {
	row, column, lag int
	parameter        int // −1: none
	factor           float64
}

// LongRun is the matrix (Σ A_l)⁻¹ B of a model that is linear in the variables of its
// left sides, with standard errors by the delta method: a row for every left side and
// every other variable that it depends on, in the order of the equations. Identities
// count where an equation reads their left side. It is an error where a left side stands
// in an expression that is not linear in it.
func (f *Fit) LongRun() ([]LongRun, error) {
	s, err := f.lagSystem()
	if err != nil {
		return nil, err
	}
	b := f.estimates()
	m := len(s.lefts)
	a := make([]*mat.Dense, s.lags+1)
	for l := range a {
		a[l] = mat.NewDense(m, m, nil)
	}
	effect := mat.NewDense(m, max(len(s.shocks), 1), nil)
	for _, p := range s.parts {
		x := p.factor
		if p.parameter >= 0 {
			x *= b[p.parameter]
		}
		to := effect
		if p.lag >= 0 {
			to = a[p.lag]
		}
		to.Set(p.row, p.column, to.At(p.row, p.column)+x)
	}
	leads := make([][]bool, m) // leads[j][i]: y_j stands in the equation of y_i
	for j := range leads {
		leads[j] = make([]bool, m)
		for i := range m {
			for _, c := range a {
				leads[j][i] = leads[j][i] || i == j || c.At(i, j) != 0
			}
		}
	}
	for k := range m { // and so through others
		for j := range m {
			for i := range m {
				leads[j][i] = leads[j][i] || leads[j][k] && leads[k][i]
			}
		}
	}
	var list []LongRun
	for i := range m {
		for x, shock := range s.shocks {
			var between []int
			for j := range m {
				reached := false
				for k := range m {
					reached = reached || effect.At(k, x) != 0 && leads[k][j]
				}
				if reached && leads[j][i] {
					between = append(between, j)
				}
			}
			if !slices.Contains(between, i) {
				continue
			}
			r := LongRun{Variable: s.lefts[i], Shock: shock, Effect: math.NaN(), StdError: math.NaN()}
			if r.Verdict, err = verdict(a, between); err != nil {
				return nil, s.owner[i].errorf("%w", err)
			}
			if r.Verdict == Stable {
				r.Effect, r.StdError = f.longRun(s, a, effect, between, i, x)
			}
			list = append(list, r)
		}
	}
	return list, nil
}

// longRun solves the equations of the variables between a shock and variable i.
func (f *Fit) longRun(s *lagSystem, a []*mat.Dense, effect *mat.Dense, between []int, i, x int) (value, stdError float64) {
	n := len(between)
	total, right := mat.NewDense(n, n, nil), mat.NewVecDense(n, nil)
	for p, row := range between {
		right.SetVec(p, effect.At(row, x))
	}
	for _, c := range a {
		total.Add(total, among(c, between))
	}
	var long, weight mat.VecDense // of the variables, and what an error of an equation does to variable i
	unit := mat.NewVecDense(n, nil)
	at := slices.Index(between, i)
	unit.SetVec(at, 1)
	if long.SolveVec(total, right) != nil || weight.SolveVec(total.T(), unit) != nil {
		return math.NaN(), math.NaN()
	}
	gradient := mat.NewVecDense(len(f.Parameters), nil)
	for _, p := range s.parts {
		row := slices.Index(between, p.row)
		if p.parameter < 0 || row < 0 {
			continue
		}
		d := 0.0
		switch column := slices.Index(between, p.column); {
		case p.lag < 0 && p.column == x:
			d = p.factor
		case p.lag >= 0 && column >= 0:
			d = -p.factor * long.AtVec(column)
		}
		gradient.SetVec(p.parameter, gradient.AtVec(p.parameter)+weight.AtVec(row)*d)
	}
	variance := mat.Inner(gradient, mat.NewDense(len(f.Parameters), len(f.Parameters), slices.Clone(f.Covariance)), gradient)
	return long.AtVec(at), positiveRoot(variance)
}

// verdict judges the roots of the equations of some variables: the eigenvalues of their
// companion matrix.
func verdict(a []*mat.Dense, between []int) (string, error) {
	n, lags := len(between), len(a)-1
	if lags == 0 {
		return Stable, nil
	}
	companion := mat.NewDense(n*lags, n*lags, nil)
	for l := 1; l <= lags; l++ {
		var c mat.Dense
		if err := c.Solve(among(a[0], between), among(a[l], between)); err != nil {
			return "", fmt.Errorf("the left sides of the same year do not determine each other")
		}
		companion.Slice(0, n, (l-1)*n, l*n).(*mat.Dense).Scale(-1, &c)
		for p := 0; l < lags && p < n; p++ {
			companion.Set(l*n+p, (l-1)*n+p, 1)
		}
	}
	var eigen mat.Eigen
	if !eigen.Factorize(companion, mat.EigenNone) {
		return "", fmt.Errorf("the roots of the equations cannot be found")
	}
	largest := 0.0
	for _, z := range eigen.Values(nil) {
		largest = max(largest, cmplx.Abs(z))
	}
	switch {
	case largest > 1+1e-10:
		return Explosive, nil
	case largest >= 1-1e-10:
		return UnitRoot, nil
	}
	return Stable, nil
}

// among are the rows and columns of some variables.
func among(a *mat.Dense, between []int) *mat.Dense {
	c := mat.NewDense(len(between), len(between), nil)
	for p, row := range between {
		for q, column := range between {
			c.Set(p, q, a.At(row, column))
		}
	}
	return c
}

// lagSystem sorts the model out.
func (f *Fit) lagSystem() (*lagSystem, error) {
	m := f.Model
	if m.origin != nil {
		m = m.origin // in which every parameter stands by its name
	}
	s := &lagSystem{owner: slices.Clone(m.Equations), own: map[string]int{}}
	identities := m.identities
	for k := 0; k < len(s.owner); k++ { // those that something reads
		for _, name := range s.owner[k].Columns() {
			for n, e := range identities {
				if left, ok := e.Left.(*equation.Column); ok && left.Lag == 0 && equation.Key(left.Name) == equation.Key(name) {
					s.owner = append(s.owner, e)
					identities = slices.Concat(identities[:n], identities[n+1:])
					break
				}
			}
		}
	}
	linear := make([]*equation.Linear, len(s.owner))
	for i, e := range s.owner {
		var err error
		if linear[i], err = e.Linear(); err != nil {
			return nil, e.errorf("%w", err)
		}
		parts := addends(nil, linear[i].Left, 1)
		s.lefts = append(s.lefts, equation.String(atOnce(parts[0].node)))
		for j, other := range s.lefts[:i] {
			if equation.Key(other) == equation.Key(s.lefts[i]) {
				return nil, e.errorf("%s is the left side of equation %s too, so there is no long run of it", other, s.owner[j].Name)
			}
		}
		for _, c := range equation.ColumnsOf(linear[i].Left) {
			s.own[equation.Key(c.Name)] = i
		}
	}
	for i, e := range s.owner {
		err := cmp.Or(s.add(i, -1, linear[i].Left, 1), s.add(i, -1, linear[i].Offset, -1))
		for _, t := range linear[i].Terms {
			err = cmp.Or(err, s.add(i, indexOf(m.all, t.Parameter), t.Regressor, -1))
		}
		if err != nil {
			return nil, e.errorf("%w", err)
		}
	}
	return s, nil
}

// add puts the parts of an expression of an equation, all of it on the left, where they
// belong.
func (s *lagSystem) add(row, parameter int, sum equation.Node, sign float64) error {
	for _, p := range addends(nil, sum, sign) {
		if _, ok := equation.Constant(p.node); ok {
			continue
		}
		text, columns := equation.String(atOnce(p.node)), equation.ColumnsOf(p.node)
		is := func(other string) bool { return equation.Key(other) == equation.Key(text) }
		if column := slices.IndexFunc(s.lefts, is); column >= 0 {
			lag := columns[0].Lag
			if slices.ContainsFunc(columns, func(c *equation.Column) bool { return c.Lag != lag }) {
				return fmt.Errorf("%s has %s of different years, so there is no long run by this way (multiplier simulates one)", equation.String(p.node), text)
			}
			s.lags = max(s.lags, lag)
			s.parts = append(s.parts, lagPart{row, column, lag, parameter, p.factor})
			continue
		}
		for _, c := range slices.Backward(columns) {
			if left, ok := s.own[equation.Key(c.Name)]; ok {
				return fmt.Errorf("%s is not linear in %s, so the long run depends on where it is (multiplier simulates one)", equation.String(p.node), s.lefts[left])
			}
		}
		column := slices.IndexFunc(s.shocks, is)
		if column < 0 {
			column = len(s.shocks)
			s.shocks = append(s.shocks, text)
		}
		s.parts = append(s.parts, lagPart{row, column, -1, parameter, -p.factor})
	}
	return nil
}

// addend is a part of a sum and the number that it is multiplied by.
type addend struct {
	node   equation.Node
	factor float64
}

// addends are the parts of an expression as a sum.
func addends(list []addend, n equation.Node, factor float64) []addend {
	switch n := n.(type) {
	case *equation.Unary:
		if n.Op == "-" {
			return addends(list, n.X, -factor)
		}
	case *equation.Binary:
		x, xNumber := equation.Constant(n.X)
		y, yNumber := equation.Constant(n.Y)
		switch {
		case n.Op == "+":
			return addends(addends(list, n.X, factor), n.Y, factor)
		case n.Op == "-":
			return addends(addends(list, n.X, factor), n.Y, -factor)
		case n.Op == "*" && xNumber:
			return addends(list, n.Y, factor*x)
		case n.Op == "*" && yNumber:
			return addends(list, n.X, factor*y)
		case n.Op == "/" && yNumber:
			return addends(list, n.X, factor/y)
		}
	}
	return append(list, addend{n, factor})
}

// atOnce is an expression with all lags taken off: where everything has come to rest.
func atOnce(n equation.Node) equation.Node {
	return equation.Replace(n, func(n equation.Node) equation.Node {
		if c, ok := n.(*equation.Column); ok && c.Lag > 0 {
			return &equation.Column{Name: c.Name, Pos: c.Pos}
		}
		return nil
	})
}
