package equation

import (
	"fmt"
	"strings"
)

const (
	maxLength = 1 << 16 // bytes in a formula
	maxDepth  = 200     // nested parentheses and calls
	maxNodes  = 1 << 16 // after diff() has written its argument twice
	maxLag    = 10_000
)

// Parse reads one formula `left = right`. The error is an *Error.
func Parse(text string) (*Equation, error) {
	p, err := newParser(text)
	if err != nil {
		return nil, err
	}
	e, perr := p.equation()
	if perr != nil {
		return nil, perr
	}
	return e, nil
}

// ParseExpr reads one expression, without an equals sign of its own.
func ParseExpr(text string) (Node, error) {
	p, err := newParser(text)
	if err != nil {
		return nil, err
	}
	n, perr := p.expr()
	if perr == nil && p.peek().kind != tokEnd {
		perr = p.unexpected(operatorOrEnd)
	}
	if perr != nil {
		return nil, perr
	}
	return n, nil
}

// parser is recursive descent, one method per level of precedence:
// or < and < not < comparison < + - < * / < ^ < unary minus < atom.
type parser struct {
	text   string
	tokens []token
	at     int
	depth  int
	nodes  int

	// oneEquals: y = x = 2 is more likely a slip than a comparison, so outside
	// parentheses the right side of an equation has no "=".
	oneEquals bool
}

func newParser(text string) (*parser, error) {
	if len(text) > maxLength {
		return nil, &Error{text, 0, fmt.Sprintf("the formula is longer than %d characters", maxLength)}
	}
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	return &parser{text: text, tokens: tokens}, nil
}

func (p *parser) peek() token { return p.tokens[p.at] }
func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != tokEnd {
		p.at++
	}
	return t
}

func (p *parser) symbol(s string) bool {
	if t := p.peek(); t.kind == tokSymbol && t.text == s {
		p.at++
		return true
	}
	return false
}

func (p *parser) isKeyword(word string) bool {
	t := p.peek()
	return t.kind == tokName && strings.EqualFold(t.text, word)
}

func (p *parser) keyword(word string) bool {
	if p.isKeyword(word) {
		p.at++
		return true
	}
	return false
}

func (p *parser) fail(pos int, format string, args ...any) *Error {
	return &Error{p.text, pos, fmt.Sprintf(format, args...)}
}

func (p *parser) unexpected(wanted string) *Error {
	t := p.peek()
	if t.text == "," && p.at > 0 && p.tokens[p.at-1].kind == tokNumber {
		wanted += " (a decimal takes a point, as in 0.5)"
	}
	if (t.kind == tokName || t.kind == tokParameter || t.kind == tokNumber) && p.at > 0 && wanted == operatorOrEnd {
		wanted += " (a product takes a *)"
	}
	return p.fail(t.pos, "expected %s, found %s", wanted, t.describe())
}

const operatorOrEnd = "an operator or the end"

// enter counts nesting, so that no formula can exhaust the stack.
func (p *parser) enter() *Error {
	if p.depth++; p.depth > maxDepth {
		return p.fail(p.peek().pos, "the formula is nested deeper than %d levels", maxDepth)
	}
	return nil
}

func (p *parser) leave() { p.depth-- }

func (p *parser) equation() (*Equation, *Error) {
	if p.peek().kind == tokEnd {
		return nil, p.fail(0, "the formula is empty (write: y = $a + $b*x)")
	}
	left, err := p.sum()
	if err != nil {
		return nil, err
	}
	if !p.symbol("=") && !p.symbol("==") {
		return nil, p.unexpected("\"=\" after the left side")
	}
	p.oneEquals = true
	right, err := p.expr()
	if err != nil {
		return nil, err
	}
	if p.peek().kind != tokEnd {
		return nil, p.unexpected(operatorOrEnd)
	}
	return &Equation{Text: p.text, Left: left, Right: right}, nil
}

func (p *parser) expr() (Node, *Error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	return p.logical("or", func() (Node, *Error) { return p.logical("and", p.negation) })
}

func (p *parser) logical(word string, operand func() (Node, *Error)) (Node, *Error) {
	x, err := operand()
	for err == nil && p.isKeyword(word) {
		pos := p.next().pos
		var y Node
		if y, err = operand(); err == nil {
			x = &Binary{word, x, y, pos}
		}
	}
	return x, err
}

func (p *parser) negation() (Node, *Error) {
	if !p.isKeyword("not") {
		return p.comparison()
	}
	pos := p.next().pos
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	x, err := p.negation()
	if err != nil {
		return nil, err
	}
	return &Unary{"not", x, pos}, nil
}

func (p *parser) comparison() (Node, *Error) {
	x, err := p.sum()
	if err != nil {
		return nil, err
	}
	t := p.peek()
	negated := false
	if p.isKeyword("not") {
		p.at++
		negated = true
	}
	switch {
	case p.keyword("between"):
		x, err = p.between(x, t.pos)
	case p.keyword("in"):
		x, err = p.in(x, t.pos)
	case negated:
		return nil, p.unexpected("between or in after not")
	default:
		op, ok := comparisonOf(t)
		if !ok {
			return x, nil
		}
		if op == "=" && p.oneEquals && p.depth == 1 {
			return nil, p.fail(t.pos, "a second \"=\" in the formula: put the comparison in parentheses")
		}
		p.at++
		y, err := p.sum()
		if err != nil {
			return nil, err
		}
		if again, ok := comparisonOf(p.peek()); ok {
			return nil, p.fail(p.peek().pos, "a second %q in a row: put the comparison in parentheses", again)
		}
		return &Binary{op, x, y, t.pos}, nil
	}
	if err == nil && negated {
		x = &Unary{"not", x, t.pos}
	}
	return x, err
}

func comparisonOf(t token) (string, bool) {
	if t.kind != tokSymbol {
		return "", false
	}
	switch t.text {
	case "=", "==":
		return "=", true
	case "<>", "!=":
		return "<>", true
	case "<", "<=", ">", ">=":
		return t.text, true
	}
	return "", false
}

// between: x >= low and x <= high.
func (p *parser) between(x Node, pos int) (Node, *Error) {
	low, err := p.sum()
	if err != nil {
		return nil, err
	}
	if !p.keyword("and") {
		return nil, p.unexpected("and, as in: year between 2000 and 2005")
	}
	high, err := p.sum()
	if err != nil {
		return nil, err
	}
	return &Binary{"and", &Binary{">=", x, low, pos}, &Binary{"<=", x, high, pos}, pos}, p.grow(x, pos)
}

// in: x = first or x = second …
func (p *parser) in(x Node, pos int) (Node, *Error) {
	if !p.symbol("(") {
		return nil, p.unexpected("( after in")
	}
	args, err := p.arguments()
	if err != nil {
		return nil, err
	}
	if len(args) == 0 {
		return nil, p.fail(pos, "in () needs at least one value")
	}
	var any Node
	for _, a := range args {
		var same Node = &Binary{"=", x, a, pos}
		if any == nil {
			any = same
		} else {
			any = &Binary{"or", any, same, pos}
		}
		if err := p.grow(x, pos); err != nil {
			return nil, err
		}
	}
	return any, nil
}

// grow counts the nodes that a shorthand writes twice: diff(diff(…)) doubles
// at every level.
func (p *parser) grow(n Node, pos int) *Error {
	Walk(n, func(Node) { p.nodes++ })
	if p.nodes > maxNodes {
		return p.fail(pos, "the formula grows too large when written out")
	}
	return nil
}

func (p *parser) sum() (Node, *Error) { return p.binary(p.product, "+", "-") }

func (p *parser) product() (Node, *Error) { return p.binary(p.power, "*", "/") }

func (p *parser) binary(operand func() (Node, *Error), a, b string) (Node, *Error) {
	x, err := operand()
	for err == nil {
		t := p.peek()
		if t.kind != tokSymbol || t.text != a && t.text != b {
			break
		}
		p.at++
		var y Node
		if y, err = operand(); err == nil {
			x = &Binary{t.text, x, y, t.pos}
		}
	}
	return x, err
}

func (p *parser) isPower() bool {
	t := p.peek()
	return t.kind == tokSymbol && (t.text == "^" || t.text == "**")
}

func (p *parser) power() (Node, *Error) {
	signed := p.peek().kind == tokSymbol && p.peek().text == "-"
	x, err := p.unary()
	if err != nil || !p.isPower() {
		return x, err
	}
	t := p.next()
	if signed {
		return nil, p.fail(t.pos, "-x^y is read as (-x)^y by SQL and as -(x^y) elsewhere: write the parentheses")
	}
	y, err := p.unary()
	if err != nil {
		return nil, err
	}
	if p.isPower() {
		return nil, p.fail(p.peek().pos, "x^y^z is read as (x^y)^z by SQL and as x^(y^z) elsewhere: write the parentheses")
	}
	return &Binary{"^", x, y, t.pos}, nil
}

func (p *parser) unary() (Node, *Error) {
	t := p.peek()
	if t.kind != tokSymbol || t.text != "-" && t.text != "+" {
		return p.atom()
	}
	p.at++
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	x, err := p.unary()
	if err != nil || t.text == "+" {
		return x, err
	}
	if n, ok := x.(*Number); ok {
		return &Number{-n.Value}, nil
	}
	return &Unary{"-", x, t.pos}, nil
}

func (p *parser) atom() (Node, *Error) {
	t := p.peek()
	switch {
	case t.kind == tokNumber:
		p.at++
		return &Number{t.value}, nil
	case t.kind == tokParameter:
		p.at++
		return &Parameter{t.text, t.pos}, nil
	case t.kind == tokQuoted:
		p.at++
		return &Column{Name: t.text, Pos: t.pos}, nil
	case t.kind == tokName && p.tokens[p.at+1].kind == tokSymbol && p.tokens[p.at+1].text == "(" && !reserved[Key(t.text)]:
		return p.call()
	case t.kind == tokName && strings.EqualFold(t.text, "case"):
		return p.caseWhen()
	case t.kind == tokName && strings.EqualFold(t.text, "true"):
		p.at++
		return &Number{1}, nil
	case t.kind == tokName && strings.EqualFold(t.text, "false"):
		p.at++
		return &Number{0}, nil
	case t.kind == tokName && strings.EqualFold(t.text, "null"):
		return nil, p.fail(t.pos, "null has no place in a formula")
	case t.kind == tokName && !reserved[Key(t.text)]:
		p.at++
		return &Column{Name: t.text, Pos: t.pos}, nil
	case t.kind == tokSymbol && t.text == "(":
		p.at++
		x, err := p.expr()
		if err != nil {
			return nil, err
		}
		if !p.symbol(")") {
			return nil, p.unexpected(")")
		}
		return x, nil
	}
	return nil, p.unexpected("a column, a $parameter, a number or (")
}

// reserved words are no column names unless quoted.
var reserved = map[string]bool{
	"case": true, "when": true, "then": true, "else": true, "end": true, "and": true, "or": true,
	"not": true, "between": true, "in": true, "true": true, "false": true, "null": true,
}
