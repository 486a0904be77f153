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
func Parse(text string) (e *Equation, err error) {
	defer caught(&err)
	return newParser(text).equation(), nil
}

// ParseExpr reads one expression, without an equals sign of its own.
func ParseExpr(text string) (n Node, err error) {
	defer caught(&err)
	p := newParser(text)
	whole := p.expr()
	p.end()
	return whole, nil
}

// caught, deferred, is where the mistake arrives that the reading of a formula has
// panicked with: the *Error of fail.
func caught(err *error) {
	switch p := recover().(type) {
	case nil:
	case *Error:
		*err = p
	default:
		panic(p)
	}
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

func newParser(text string) *parser {
	if len(text) > maxLength {
		panic(&Error{text, 0, fmt.Sprintf("the formula is longer than %d characters", maxLength)})
	}
	return &parser{text: text, tokens: lex(text)}
}

func (p *parser) peek() token { return p.tokens[p.at] }
func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != tokEnd {
		p.at++
	}
	return t
}

func (p *parser) isSymbol(s string) bool {
	t := p.peek()
	return t.kind == tokSymbol && t.text == s
}

func (p *parser) symbol(s string) bool {
	if p.isSymbol(s) {
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

func (p *parser) end() {
	if p.peek().kind != tokEnd {
		panic(p.unexpected(operatorOrEnd))
	}
}

// nested counts nesting, so that no formula can exhaust the stack.
func (p *parser) nested(parse func() Node) Node {
	if p.depth++; p.depth > maxDepth {
		panic(p.fail(p.peek().pos, "the formula is nested deeper than %d levels", maxDepth))
	}
	n := parse()
	p.depth--
	return n
}

func (p *parser) equation() *Equation {
	if p.peek().kind == tokEnd {
		panic(p.fail(0, "the formula is empty (write: y = $a + $b*x)"))
	}
	left := p.sum()
	if !p.symbol("=") && !p.symbol("==") {
		panic(p.unexpected("\"=\" after the left side"))
	}
	p.oneEquals = true
	right := p.expr()
	p.end()
	return &Equation{Text: p.text, Left: left, Right: right}
}

func (p *parser) expr() Node {
	return p.nested(func() Node {
		return p.logical("or", func() Node { return p.logical("and", p.negation) })
	})
}

func (p *parser) logical(word string, operand func() Node) Node {
	x := operand()
	for p.isKeyword(word) {
		pos := p.next().pos
		x = &Binary{word, x, operand(), pos}
	}
	return x
}

func (p *parser) negation() Node {
	if !p.isKeyword("not") {
		return p.comparison()
	}
	pos := p.next().pos
	return &Unary{"not", p.nested(p.negation), pos}
}

func (p *parser) comparison() Node {
	x := p.sum()
	t := p.peek()
	negated := p.keyword("not")
	switch {
	case p.keyword("between"):
		x = p.between(x, t.pos)
	case p.keyword("in"):
		x = p.in(x, t.pos)
	case negated:
		panic(p.unexpected("between or in after not"))
	default:
		op, ok := comparisonOf(t)
		if !ok {
			return x
		}
		if op == "=" && p.oneEquals && p.depth == 1 {
			panic(p.fail(t.pos, "a second \"=\" in the formula: put the comparison in parentheses"))
		}
		p.at++
		y := p.sum()
		if again, ok := comparisonOf(p.peek()); ok {
			panic(p.fail(p.peek().pos, "a second %q in a row: put the comparison in parentheses", again))
		}
		return &Binary{op, x, y, t.pos}
	}
	if negated {
		x = &Unary{"not", x, t.pos}
	}
	return x
}

var comparisons = map[string]string{"=": "=", "==": "=", "<>": "<>", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}

func comparisonOf(t token) (op string, ok bool) {
	op, ok = comparisons[t.text]
	return op, ok && t.kind == tokSymbol
}

// between: x >= low and x <= high.
func (p *parser) between(x Node, pos int) Node {
	low := p.sum()
	if !p.keyword("and") {
		panic(p.unexpected("and, as in: year between 2000 and 2005"))
	}
	high := p.sum()
	p.grow(x, pos)
	return &Binary{"and", &Binary{">=", x, low, pos}, &Binary{"<=", x, high, pos}, pos}
}

// in: x = first or x = second …
func (p *parser) in(x Node, pos int) Node {
	if !p.symbol("(") {
		panic(p.unexpected("( after in"))
	}
	args := p.arguments()
	if len(args) == 0 {
		panic(p.fail(pos, "in () needs at least one value"))
	}
	var any Node
	for i, a := range args {
		var same Node = &Binary{"=", x, a, pos}
		if i > 0 {
			same = &Binary{"or", any, same, pos}
		}
		any = same
		p.grow(x, pos)
	}
	return any
}

// grow counts the nodes that a shorthand writes twice: diff(diff(…)) doubles
// at every level.
func (p *parser) grow(n Node, pos int) {
	Walk(n, func(Node) { p.nodes++ })
	if p.nodes > maxNodes {
		panic(p.fail(pos, "the formula grows too large when written out"))
	}
}

func (p *parser) sum() Node { return p.binary(p.product, "+", "-") }

func (p *parser) product() Node { return p.binary(p.power, "*", "/") }

func (p *parser) binary(operand func() Node, a, b string) Node {
	x := operand()
	for {
		t := p.peek()
		if !p.symbol(a) && !p.symbol(b) {
			return x
		}
		x = &Binary{t.text, x, operand(), t.pos}
	}
}

func (p *parser) power() Node {
	signed := p.isSymbol("-")
	x := p.unary()
	t := p.peek()
	if !p.symbol("^") && !p.symbol("**") {
		return x
	}
	if signed {
		panic(p.fail(t.pos, "-x^y is read as (-x)^y by SQL and as -(x^y) elsewhere: write the parentheses"))
	}
	y := p.unary()
	if p.isSymbol("^") || p.isSymbol("**") {
		panic(p.fail(p.peek().pos, "x^y^z is read as (x^y)^z by SQL and as x^(y^z) elsewhere: write the parentheses"))
	}
	return &Binary{"^", x, y, t.pos}
}

func (p *parser) unary() Node {
	t := p.peek()
	if p.symbol("+") {
		return p.nested(p.unary)
	}
	if !p.symbol("-") {
		return p.atom()
	}
	x := p.nested(p.unary)
	if n, ok := x.(*Number); ok {
		return &Number{-n.Value}
	}
	return &Unary{"-", x, t.pos}
}

func (p *parser) atom() Node {
	begin := p.at
	t := p.next()
	switch word := Key(t.text); {
	case t.kind == tokNumber:
		return &Number{t.value}
	case t.kind == tokParameter:
		return &Parameter{t.text, t.pos}
	case t.kind == tokName && !reserved[word] && p.symbol("("):
		return p.call(t)
	case t.kind == tokQuoted, t.kind == tokName && !reserved[word]:
		return &Column{Name: t.text, Pos: t.pos}
	case t.kind == tokName && word == "case":
		return p.caseWhen(t.pos)
	case t.kind == tokName && word == "true":
		return &Number{1}
	case t.kind == tokName && word == "false":
		return &Number{0}
	case t.kind == tokName && word == "null":
		panic(p.fail(t.pos, "null has no place in a formula"))
	case t.kind == tokSymbol && t.text == "(":
		x := p.expr()
		if !p.symbol(")") {
			panic(p.unexpected(")"))
		}
		return x
	}
	p.at = begin
	panic(p.unexpected("a column, a $parameter, a number or ("))
}

// reserved words are no column names unless quoted.
var reserved = map[string]bool{
	"case": true, "when": true, "then": true, "else": true, "end": true, "and": true, "or": true,
	"not": true, "between": true, "in": true, "true": true, "false": true, "null": true,
}
