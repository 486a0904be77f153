package equation

import "math"

// What the parser reads in the form of a call or of CASE.

func (p *parser) caseWhen(pos int) Node {
	c := &Case{Pos: pos}
	if !p.isKeyword("when") {
		panic(p.unexpected("when after case (case x when … is not supported: write case when x = …)"))
	}
	for p.keyword("when") {
		condition := p.expr()
		if !p.keyword("then") {
			panic(p.unexpected("then"))
		}
		c.Whens = append(c.Whens, When{condition, p.expr()})
	}
	if !p.keyword("else") {
		panic(p.unexpected("else (a case without else would give NULL: write else 0)"))
	}
	c.Else = p.expr()
	if !p.keyword("end") {
		panic(p.unexpected("end"))
	}
	return c
}

// arguments reads up to the closing parenthesis; the opening one is read.
func (p *parser) arguments() (args []Node) {
	for !p.symbol(")") {
		if args != nil && !p.symbol(",") {
			panic(p.unexpected(", or )"))
		}
		args = append(args, p.expr())
	}
	return args
}

// call reads the arguments of a function: t is its name, and the parenthesis is read.
func (p *parser) call(t token) Node {
	name := Key(t.text)
	args := p.arguments()
	if s, ok := synonyms[name]; ok {
		name = s
	}
	switch name {
	case "lag", "diff":
		return p.lag(name, args, t.pos)
	case "log":
		panic(p.fail(t.pos, "log is ambiguous: write ln (natural) or log10"))
	case "pow", "power":
		if len(args) != 2 {
			panic(p.fail(t.pos, "%s takes 2 arguments, not %d", name, len(args)))
		}
		return &Binary{"^", args[0], args[1], t.pos}
	case "if":
		if len(args) != 3 {
			panic(p.fail(t.pos, "if takes 3 arguments, not %d", len(args)))
		}
		return &Case{[]When{{args[0], args[1]}}, args[2], t.pos}
	}
	switch {
	case one[name] == nil && two[name] == nil:
		panic(p.noFunction(t, args))
	case one[name] != nil && len(args) != 1:
		panic(p.fail(t.pos, "%s takes 1 argument, not %d", t.text, len(args)))
	case two[name] != nil && len(args) < 2:
		panic(p.fail(t.pos, "%s takes two arguments or more", t.text))
	}
	return &Call{name, args, t.pos}
}

// lag resolves lag(x), lag(x, k), diff(x) and diff(x, k) into columns with lags.
func (p *parser) lag(name string, args []Node, pos int) Node {
	if len(args) == 0 || len(args) > 2 {
		panic(p.fail(pos, "%s takes an expression and the number of years, as in %s(x, 2)", name, name))
	}
	k := 1
	if len(args) == 2 {
		n, ok := args[1].(*Number)
		switch {
		case !ok || n.Value != math.Trunc(n.Value):
			panic(p.fail(pos, "the second argument of %s must be a whole number", name))
		case n.Value < 0:
			panic(p.fail(pos, "%s reaches back only: the number of years must not be negative (the year before is %s(%s))", name, name, Excerpt(String(args[0]))))
		case n.Value > maxLag:
			panic(p.fail(pos, "%s reaches back more than %d years", name, maxLag))
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
		panic(p.fail(pos, "%s reaches back more than %d years", name, maxLag))
	}
	p.grow(args[0], pos)
	lagged := Lagged(args[0], k)
	if name == "lag" {
		return lagged
	}
	return &Binary{"-", args[0], lagged, pos}
}
