package equation

import (
	"strconv"
	"strings"

	"utvandring/udf/sqltext"
)

// Precedence of what a node is written as; a child that binds less tightly
// than its place demands gets parentheses.
const (
	precOr = iota + 1
	precAnd
	precNot
	precCompare
	precSum
	precProduct
	precUnary
	precPower
	precAtom
)

var precedence = map[string]int{
	"or": precOr, "and": precAnd,
	"=": precCompare, "<>": precCompare, "<": precCompare, "<=": precCompare, ">": precCompare, ">=": precCompare,
	"+": precSum, "-": precSum, "*": precProduct, "/": precProduct, "^": precPower,
}

// String writes n as formula text that parses to the same tree.
func String(n Node) string {
	var b strings.Builder
	write(&b, n, 0)
	return b.String()
}

// String writes the equation with the lags resolved.
func (e *Equation) String() string {
	var b strings.Builder
	write(&b, e.Left, precSum)
	b.WriteString(" = ")
	write(&b, e.Right, precSum)
	return b.String()
}

func nodePrecedence(n Node) int {
	switch n := n.(type) {
	case *Binary:
		return precedence[n.Op]
	case *Unary:
		if n.Op == "not" {
			return precNot
		}
		return precUnary
	case *Number:
		if n.Value < 0 {
			return precUnary
		}
	}
	return precAtom
}

func write(b *strings.Builder, n Node, atLeast int) {
	if nodePrecedence(n) < atLeast {
		b.WriteByte('(')
		defer b.WriteByte(')')
	}
	switch n := n.(type) {
	case *Number:
		b.WriteString(strconv.FormatFloat(n.Value, 'g', -1, 64))
	case *Parameter:
		b.WriteString("$" + n.Name)
	case *Column:
		writeColumn(b, n)
	case *Unary:
		if n.Op == "not" {
			b.WriteString("not ")
			write(b, n.X, precNot)
			return
		}
		b.WriteByte('-')
		write(b, n.X, precAtom)
	case *Binary:
		writeBinary(b, n)
	case *Call:
		b.WriteString(n.Name + "(")
		for i, a := range n.Args {
			if i > 0 {
				b.WriteString(", ")
			}
			write(b, a, 0)
		}
		b.WriteByte(')')
	case *Case:
		b.WriteString("case")
		for _, w := range n.Whens {
			b.WriteString(" when ")
			write(b, w.If, 0)
			b.WriteString(" then ")
			write(b, w.Then, 0)
		}
		b.WriteString(" else ")
		write(b, n.Else, 0)
		b.WriteString(" end")
	}
}

func writeBinary(b *strings.Builder, n *Binary) {
	p := precedence[n.Op]
	left, right := p, p+1
	if p == precCompare || p == precPower {
		left = p + 1 // no chains
	}
	write(b, n.X, left)
	switch n.Op {
	case "*", "/", "^":
		b.WriteString(n.Op)
	default:
		b.WriteString(" " + n.Op + " ")
	}
	write(b, n.Y, right)
}

func writeColumn(b *strings.Builder, c *Column) {
	text := c.Name
	if !plainName(text) || reserved[Key(text)] {
		text = sqltext.QuoteName(text)
	}
	switch c.Lag {
	case 0:
		b.WriteString(text)
	case 1:
		b.WriteString("lag(" + text + ")")
	default:
		b.WriteString("lag(" + text + ", " + strconv.Itoa(c.Lag) + ")")
	}
}
