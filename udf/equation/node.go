package equation

import "strings"

// Node is one expression. The tree is immutable once parsed, so parts of it
// may be shared.
type Node interface{ node() }

type (
	// Number is a literal.
	Number struct{ Value float64 }

	// Column is a variable of the panel, Lag rows back (0 = the same row). The
	// parser has pushed every lag() down to the columns.
	Column struct {
		Name string
		Lag  int
		Pos  int
	}

	// Parameter is $Name: a number to be estimated or given.
	Parameter struct {
		Name string
		Pos  int
	}

	// Unary is "-" or "not".
	Unary struct {
		Op  string
		X   Node
		Pos int
	}

	// Binary is one of + - * / ^ = <> < <= > >= and or.
	Binary struct {
		Op   string
		X, Y Node
		Pos  int
	}

	// Call is a function of functions (see operation.go) with its arguments.
	Call struct {
		Name string
		Args []Node
		Pos  int
	}

	// Case is CASE WHEN … THEN … ELSE … END. Else is never nil: the parser
	// demands it, as a NULL in the middle of a formula helps nobody.
	Case struct {
		Whens []When
		Else  Node
		Pos   int
	}

	// When is one branch of a Case.
	When struct{ If, Then Node }
)

func (*Number) node()    {}
func (*Column) node()    {}
func (*Parameter) node() {}
func (*Unary) node()     {}
func (*Binary) node()    {}
func (*Call) node()      {}
func (*Case) node()      {}

// Key is the form in which names are compared: without case, as in SQL.
func Key(name string) string { return strings.ToLower(name) }

// Walk calls visit for n and everything below it, in the order of the text.
func Walk(n Node, visit func(Node)) {
	visit(n)
	switch n := n.(type) {
	case *Unary:
		Walk(n.X, visit)
	case *Binary:
		Walk(n.X, visit)
		Walk(n.Y, visit)
	case *Call:
		for _, a := range n.Args {
			Walk(a, visit)
		}
	case *Case:
		for _, w := range n.Whens {
			Walk(w.If, visit)
			Walk(w.Then, visit)
		}
		Walk(n.Else, visit)
	}
}

// ColumnsOf are the columns of n as they stand there, in the order of the text.
func ColumnsOf(n Node) (list []*Column) {
	Walk(n, func(n Node) {
		if c, ok := n.(*Column); ok {
			list = append(list, c)
		}
	})
	return list
}

// firstParameter is the first parameter in n, or nil.
func firstParameter(n Node) *Parameter {
	var found *Parameter
	Walk(n, func(c Node) {
		if p, ok := c.(*Parameter); ok && found == nil {
			found = p
		}
	})
	return found
}

// Replace copies n with every part for which f returns a node, rather than nil,
// replaced by it; f sees a part before what is in it. n itself stays as it is.
func Replace(n Node, f func(Node) Node) Node {
	if with := f(n); with != nil {
		return with
	}
	within := func(n Node) Node { return Replace(n, f) }
	switch n := n.(type) {
	case *Unary:
		return &Unary{n.Op, within(n.X), n.Pos}
	case *Binary:
		return &Binary{n.Op, within(n.X), within(n.Y), n.Pos}
	case *Call:
		args := make([]Node, len(n.Args))
		for i, a := range n.Args {
			args[i] = within(a)
		}
		return &Call{n.Name, args, n.Pos}
	case *Case:
		whens := make([]When, len(n.Whens))
		for i, w := range n.Whens {
			whens[i] = When{within(w.If), within(w.Then)}
		}
		return &Case{whens, within(n.Else), n.Pos}
	}
	return n
}

// Lagged is n as it was k rows earlier: every column in it k lags further back.
func Lagged(n Node, k int) Node {
	return Replace(n, func(n Node) Node {
		if c, ok := n.(*Column); ok {
			return &Column{c.Name, c.Lag + k, c.Pos}
		}
		return nil
	})
}

// Constant is the value of an expression without columns and parameters; false of
// any other.
func Constant(n Node) (float64, bool) {
	constant := true
	Walk(n, func(c Node) {
		switch c.(type) {
		case *Column, *Parameter:
			constant = false
		}
	})
	if !constant {
		return 0, false
	}
	v, _ := explain(n, nil, nil)
	return v, true
}
