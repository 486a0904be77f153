package equation

import "fmt"

// Linear is a formula that is linear in its parameters, sorted out:
//
//	Left - Offset = Σ_k Parameter_k × Regressor_k
//
// Offset is what stands on the right side without a parameter: in
// ($s1 - 0.5)*price it is -0.5*price, and 0 in most formulas.
type Linear struct {
	Left   Node
	Offset Node
	Terms  []Term // a parameter occurs once, in order of first appearance

	index map[string]int // of Terms by parameter, made when first needed
}

// Term is one parameter and what it is multiplied by.
type Term struct {
	Parameter string
	Regressor Node
}

// Linear sorts the formula out; the error, an *Error, points at the place
// where it is not linear in a parameter.
func (e *Equation) Linear() (l *Linear, err error) {
	if p := firstParameter(e.Left); p != nil {
		return nil, &Error{e.Text, p.Pos, fmt.Sprintf("parameter $%s stands on the left side: move it to the right", p.Name)}
	}
	defer caught(&err)
	right := e.linear(e.Right)
	right.Left = e.Left
	return right, nil
}

func (e *Equation) linear(n Node) *Linear {
	switch n := n.(type) {
	case *Parameter:
		return &Linear{Offset: number(0), Terms: []Term{{n.Name, number(1)}}}
	case *Unary:
		if n.Op == "-" {
			return e.linear(n.X).scale(neg)
		}
	case *Binary:
		switch n.Op {
		case "+", "-", "*", "/":
			return e.linearBinary(n)
		}
	case *Case:
		return e.linearCase(n)
	}
	if p := firstParameter(n); p != nil {
		panic(e.nonlinear(p, p.Pos))
	}
	return &Linear{Offset: n}
}

func (e *Equation) nonlinear(p *Parameter, pos int) *Error {
	return &Error{e.Text, pos, fmt.Sprintf("the formula is not linear in parameter $%s", p.Name)}
}

func (e *Equation) linearBinary(n *Binary) *Linear {
	x, y := e.linear(n.X), e.linear(n.Y)
	switch {
	case len(x.Terms) == 0 && len(y.Terms) == 0:
		return &Linear{Offset: n} // nothing to sort out: keep it as written
	case n.Op == "+":
		return x.plus(y, add)
	case n.Op == "-":
		return x.plus(y, sub)
	case len(y.Terms) == 0 && n.Op == "*":
		return x.scale(func(r Node) Node { return mul(r, y.Offset) })
	case len(y.Terms) == 0:
		return x.scale(func(r Node) Node { return div(r, y.Offset) })
	case len(x.Terms) == 0 && n.Op == "*":
		return y.scale(func(r Node) Node { return mul(x.Offset, r) })
	}
	panic(e.nonlinear(firstParameter(n.Y), n.Pos))
}

// linearCase: a parameter in a branch is multiplied by its regressor there and
// by 0 in the other branches.
func (e *Equation) linearCase(n *Case) *Linear {
	var branches []*Linear
	for _, w := range n.Whens {
		if p := firstParameter(w.If); p != nil {
			panic(e.nonlinear(p, p.Pos))
		}
		branches = append(branches, e.linear(w.Then))
	}
	last := e.linear(n.Else)
	branches = append(branches, last)
	choose := func(part func(*Linear) Node) Node {
		c := &Case{Pos: n.Pos, Else: part(last)}
		for i, w := range n.Whens {
			c.Whens = append(c.Whens, When{w.If, part(branches[i])})
		}
		return c
	}
	out := &Linear{Offset: choose(func(l *Linear) Node { return l.Offset })}
	constant := true
	for _, b := range branches {
		constant = constant && isNumber(b.Offset, 0)
		for _, t := range b.Terms {
			if out.term(t.Parameter) != nil {
				continue
			}
			out.append(Term{t.Parameter, choose(func(l *Linear) Node {
				if t := l.term(t.Parameter); t != nil {
					return t.Regressor
				}
				return number(0)
			})})
		}
	}
	if constant {
		out.Offset = number(0)
	}
	return out
}

// term finds a parameter; the index keeps formulas with thousands of
// parameters from taking quadratic time.
func (l *Linear) term(parameter string) *Term {
	if l.index == nil {
		l.index = make(map[string]int, len(l.Terms))
		for i, t := range l.Terms {
			l.index[Key(t.Parameter)] = i
		}
	}
	if i, ok := l.index[Key(parameter)]; ok {
		return &l.Terms[i]
	}
	return nil
}

// append adds a term whose parameter is not there yet.
func (l *Linear) append(t Term) {
	if l.index != nil {
		l.index[Key(t.Parameter)] = len(l.Terms)
	}
	l.Terms = append(l.Terms, t)
}

// scale applies a linear operation to every part.
func (l *Linear) scale(f func(Node) Node) *Linear {
	out := &Linear{Offset: number(0)}
	if !isNumber(l.Offset, 0) {
		out.Offset = f(l.Offset)
	}
	for _, t := range l.Terms {
		out.Terms = append(out.Terms, Term{t.Parameter, f(t.Regressor)})
	}
	return out
}

// plus adds m to l, or subtracts it; op is add or sub. It changes l, which
// nobody else holds.
func (l *Linear) plus(m *Linear, op func(x, y Node) Node) *Linear {
	l.Offset = op(l.Offset, m.Offset)
	for _, t := range m.Terms {
		if own := l.term(t.Parameter); own != nil {
			own.Regressor = op(own.Regressor, t.Regressor)
			continue
		}
		l.append(Term{t.Parameter, op(number(0), t.Regressor)})
	}
	return l
}
