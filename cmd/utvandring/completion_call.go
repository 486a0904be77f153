package main

import (
	"slices"
	"strings"

	"utvandring/engine"
	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// openCall is the call of a function within which a statement ends.
type openCall struct {
	name  string
	entry engine.Entry // of one of our macros
	// inside is what stands behind its parenthesis, without space and comments.
	inside []sqltext.Token
}

// findOpenCall finds the innermost one, over lists and structs. The name is empty
// where the statement ends in no call.
func findOpenCall(statement string) openCall {
	code := sqltext.Code(statement)
	var open []int
	for i, t := range code {
		switch t.Nests() {
		case 1:
			open = append(open, i)
		case -1:
			open = open[:max(len(open)-1, 0)]
		}
	}
	for k := len(open) - 1; k >= 0; k-- {
		if i := open[k]; code[i].Is("(") {
			if i == 0 {
				break
			}
			call := openCall{name: code[i-1].Ident(), inside: code[i+1:]}
			call.entry, _ = engine.Lookup(call.name)
			return call
		}
	}
	return openCall{}
}

// gives reports whether the call has an argument of this name already.
func (c openCall) gives(name string) bool {
	return c.given(-1, name) != nil
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

// parameter is the one that an argument of a call is for.
type parameter struct {
	name  string
	given []string // the texts that its list has already
}

func (p parameter) is(names ...string) bool { return slices.Contains(names, p.name) }

// relation reports whether the argument is the name of a table, view or CTE.
func (p parameter) relation() bool {
	return p.is("cells", "moves", "panel", "coefficients", "shifts", "goals", "people", "standard")
}

// parameters are the names of those that one of our macros has.
func (c openCall) parameters() []string {
	names, _ := c.entry.Parameters()
	return names
}

// wants is the parameter that the cursor is in.
func (c openCall) wants() parameter {
	arguments := sqltext.Items(c.inside)
	last := arguments[len(arguments)-1]
	var p parameter
	for _, t := range last {
		if text, ok := t.Literal(); ok {
			p.given = append(p.given, text)
		}
	}
	if names := c.parameters(); len(last) > 1 && isNamed(last[1:]) {
		p.name = strings.ToLower(last[0].Ident())
	} else if len(arguments) <= len(names) {
		p.name = names[len(arguments)-1]
	}
	return p
}

// given is the argument for a parameter, by its name or, from 0, its place; nil without one.
func (c openCall) given(place int, name string) []sqltext.Token {
	arguments := sqltext.Items(c.inside)
	for _, a := range arguments {
		if len(a) > 1 && isNamed(a[1:]) && strings.EqualFold(a[0].Ident(), name) {
			return a[2:]
		}
	}
	if place >= 0 && place < len(arguments) && (len(arguments[place]) < 2 || !isNamed(arguments[place][1:])) {
		return arguments[place]
	}
	return nil
}

// text is the text that is given for a parameter.
func (c openCall) text(name string) string {
	if code := c.given(slices.Index(c.parameters(), name), name); len(code) == 1 {
		text, _ := code[0].Literal()
		return text
	}
	return ""
}

// namedArguments are the arguments that may be given by name and have not been:
// "first_year := ". Of ours these are the optional ones.
func (c *completion) namedArguments(call openCall) []string {
	_, names := call.entry.Parameters()
	assign := " := "
	if call.entry.Name == "" && call.name != "" {
		for _, f := range c.s.namedFunctions() {
			if !strings.EqualFold(f.name, call.name) || f.kind != "table" && !strings.HasSuffix(f.kind, "macro") {
				continue
			}
			if f.kind == "table" {
				assign = " = "
			}
			for i, p := range f.parameters {
				if !positional.MatchString(p) && (f.kind == "table" || i >= len(sqltext.Items(call.inside))-1) && !slices.Contains(names, p) {
					names = append(names, p)
				}
			}
		}
	}
	var words []string
	for _, name := range names {
		if !call.gives(name) {
			words = append(words, name+assign)
		}
	}
	return words
}

// positional are the names that DuckDB makes for arguments without one.
var positional = later.Compile(`^col\d+$`)
