package main

import (
	"strings"

	"utvandring/udf/sqltext"
)

// openCall is the call of a function within which a statement ends.
type openCall struct {
	name string
	// inside is what stands behind its parenthesis, without space and comments.
	inside []sqltext.Token
}

// findOpenCall finds the innermost one, over lists and structs. The name is empty
// where the statement ends in no call.
func findOpenCall(statement string) openCall {
	code := sqltext.Code(statement)
	var open []int
	for i, t := range code {
		switch t.Text {
		case "(", "[", "{":
			open = append(open, i)
		case ")", "]", "}":
			open = open[:max(len(open)-1, 0)]
		}
	}
	for k := len(open) - 1; k >= 0; k-- {
		if i := open[k]; code[i].Is("(") {
			if i == 0 {
				break
			}
			return openCall{code[i-1].Ident(), code[i+1:]}
		}
	}
	return openCall{}
}

// gives reports whether the call has an argument of this name already.
func (c openCall) gives(name string) bool {
	for i, t := range c.inside {
		if strings.EqualFold(t.Ident(), name) && isNamed(c.inside[i+1:]) {
			return true
		}
	}
	return false
}

// argument is the name of the argument that comes next, where it is named.
func (c openCall) argument() string {
	n := len(c.inside)
	if n < 2 || !isNamed(c.inside[n-1:]) {
		return ""
	}
	return c.inside[n-2].Ident()
}

// isNamed reports whether what stands behind a name makes it that of an argument.
func isNamed(after []sqltext.Token) bool {
	return len(after) > 0 && (after[0].Is(":=") || after[0].Is("=>"))
}

// first reports whether a text that comes next is the first argument, or in the
// list that is.
func (c openCall) first() bool {
	list := c.inside
	if len(list) > 0 && list[0].Is("[") {
		list = list[1:]
	}
	for ; len(list) > 1 && list[0].Kind == sqltext.String && list[1].Is(","); list = list[2:] {
	}
	return len(list) == 0
}
