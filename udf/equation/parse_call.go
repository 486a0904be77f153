package equation

import "math"

// What the parser reads in the form of a call or of CASE.

func (p *parser) caseWhen() (Node, *Error) {
	pos := p.next().pos
	c := &Case{Pos: pos}
	if !p.isKeyword("when") {
		return nil, p.unexpected("when after case (case x when … is not supported: write case when x = …)")
	}
	for p.keyword("when") {
		condition, err := p.expr()
		if err != nil {
			return nil, err
		}
		if !p.keyword("then") {
			return nil, p.unexpected("then")
		}
		then, err := p.expr()
		if err != nil {
			return nil, err
		}
		c.Whens = append(c.Whens, When{condition, then})
	}
	if !p.keyword("else") {
		return nil, p.unexpected("else (a case without else would give NULL: write else 0)")
	}
	var err *Error
	if c.Else, err = p.expr(); err != nil {
		return nil, err
	}
	if !p.keyword("end") {
		return nil, p.unexpected("end")
	}
	return c, nil
}

// arguments reads up to the closing parenthesis; the opening one is read.
func (p *parser) arguments() ([]Node, *Error) {
	var args []Node
	if p.symbol(")") {
		return args, nil
	}
	for {
		a, err := p.expr()
		if err != nil {
			return nil, err
		}
		args = append(args, a)
		if p.symbol(")") {
			return args, nil
		}
		if !p.symbol(",") {
			return nil, p.unexpected(", or )")
		}
	}
}

func (p *parser) call() (Node, *Error) {
	t := p.next()
	p.at++ // the parenthesis
	name := Key(t.text)
	args, err := p.arguments()
	if err != nil {
		return nil, err
	}
	if s, ok := synonyms[name]; ok {
		name = s
	}
	switch name {
	case "lag", "diff":
		return p.lag(name, args, t.pos)
	case "log":
		return nil, p.fail(t.pos, "log is ambiguous: write ln (natural) or log10")
	case "pow", "power":
		if len(args) != 2 {
			return nil, p.fail(t.pos, "%s takes 2 arguments, not %d", name, len(args))
		}
		return &Binary{"^", args[0], args[1], t.pos}, nil
	case "if":
		if len(args) != 3 {
			return nil, p.fail(t.pos, "if takes 3 arguments, not %d", len(args))
		}
		return &Case{[]When{{args[0], args[1]}}, args[2], t.pos}, nil
	}
	switch {
	case one[name] == nil && two[name] == nil:
		return nil, p.noFunction(t, args)
	case one[name] != nil && len(args) != 1:
		return nil, p.fail(t.pos, "%s takes 1 argument, not %d", t.text, len(args))
	case two[name] != nil && len(args) < 2:
		return nil, p.fail(t.pos, "%s takes two arguments or more", t.text)
	}
	return &Call{name, args, t.pos}, nil
}

// lag resolves lag(x), lag(x, k), diff(x) and diff(x, k) into columns with lags.
func (p *parser) lag(name string, args []Node, pos int) (Node, *Error) {
	if len(args) == 0 || len(args) > 2 {
		return nil, p.fail(pos, "%s takes an expression and the number of years, as in %s(x, 2)", name, name)
	}
	k := 1
	if len(args) == 2 {
		n, ok := args[1].(*Number)
		switch {
		case !ok || n.Value != math.Trunc(n.Value):
			return nil, p.fail(pos, "the second argument of %s must be a whole number", name)
		case n.Value < 0:
			return nil, p.fail(pos, "%s reaches back only: the number of years must not be negative (the year before is %s(%s))", name, name, Excerpt(String(args[0])))
		case n.Value > maxLag:
			return nil, p.fail(pos, "%s reaches back more than %d years", name, maxLag)
		}
		k = int(n.Value)
	}
	tooFar := false
	Walk(args[0], func(c Node) {
		if c, ok := c.(*Column); ok && c.Lag+k > maxLag {
			tooFar = true
		}
	})
	if tooFar {
		return nil, p.fail(pos, "%s reaches back more than %d years", name, maxLag)
	}
	if err := p.grow(args[0], pos); err != nil {
		return nil, err
	}
	lagged := Lagged(args[0], k)
	if name == "lag" {
		return lagged, nil
	}
	return &Binary{"-", args[0], lagged, pos}, nil
}
