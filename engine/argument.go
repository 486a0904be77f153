package engine

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"utvandring/engine/width"
	"utvandring/udf/later"
	"utvandring/udf/nearest"
	"utvandring/udf/sqltext"
)

// unsupported is what DuckDB says of a macro that is called with other arguments
// than it has, and its signatures.
var unsupported = later.Compile(`(?s)^macro (\w+)\(\) does not support the supplied arguments.*?Candidate macros:\n(.*)$`)

var tableForValue = later.Compile(`^(\w+) gives a table, not a value`)

var noColumn = later.Compile(`^there is no column "(\w+)" here`)

// explainArguments says which argument of a macro is misspelt, missing, a query, a
// function or NULL.
func explainArguments(f *Fault, statement string) {
	var e Entry
	ours := func() (found bool) { // reads all that there is, which most faults do not ask for
		e, found = Lookup(f.wordAtCaret())
		return found
	}
	switch {
	case f.Sentence == "table function cannot contain subqueries" && ours():
		f.Sentence = e.Name + " takes a table by its name, not a query: WITH p AS (…) FROM " + e.Name + "(… p …)"
		return
	case f.Sentence == "syntax error at end of input" && ours(): // in the name, there being an argument behind it
		f.Sentence = e.Name + " takes a table by its name, which is empty"
	case f.Sentence == "cannot use NULL as function argument" && ours():
		f.Sentence = e.Name + " takes a table by its name, not NULL"
		return
	}
	if m := tableForValue.FindStringSubmatch(f.Sentence); m != nil {
		if ours() && e.Kind == "table macro" && !equalFold(e.Name, m[1]) {
			f.Sentence = e.Name + " takes a table by its name, not a function: WITH p AS (FROM " + m[1] + "(…)) FROM " + e.Name + "(… p …)"
		}
		return
	}
	if m := noColumn.FindStringSubmatch(f.Sentence); m != nil {
		if regexp.MustCompile(`[(,]\s*`+m[1]+`\s*=`).MatchString(statement) && ours() {
			f.Sentence += " (an argument is given by :=, as in " + m[1] + " := …)"
		} else if macro := groupsBy(statement); macro != "" && isCellColumn(m[1]) {
			f.Sentence = m[0] + ": " + macro + " gives its dims and what is counted; name " + m[1] + " in dims"
		}
		return
	}
	if inside := insideMacro.FindStringSubmatch(f.Sentence); inside != nil && (f.Source == "" || ours() && strings.HasSuffix(e.Kind, "macro") || inside[1]+inside[2] != "" && calls(statement, inside[1]+inside[2]) == nil) {
		if names := macrosIn(statement); len(names) == 1 {
			f.Sentence = names[0] + " does not take values of these types; .help " + names[0] + " says what it takes"
			f.Source, f.Line = "", 0
		}
		return
	}
	m := unsupported.FindStringSubmatch(f.Sentence)
	if m == nil {
		return
	}
	name := m[1]
	f.Sentence = name + " does not take these arguments; .help " + name + " lists its own"
	signatures := strings.Split(strings.TrimSpace(m[2]), "\n")
	if len(signatures) != 1 {
		return
	}
	_, list, _ := strings.Cut(signatures[0], "(")
	parameters := calls(name+"("+list, name)
	given := calls(statement, name)
	if len(parameters) != 1 {
		return
	}
	for _, call := range given {
		problem, at := mismatch(name, parameters[0].arguments, call.arguments)
		if problem == "" {
			continue
		}
		f.Sentence = problem
		if len(given) == 1 && at > 0 {
			f.moveCaret(statement[call.at:at], statement[at:])
		}
		return
	}
}

// insideMacro is what DuckDB says of types that do not fit inside a macro; it has no
// place in the statement, or names a function that is not in it.
var insideMacro = later.Compile(`^(?:(\w+)\(.*\) can mean several things|no function matches the given name and argument types '(\w+)\(|cannot compare values of type|cannot concatenate types|'.*' is not a (?:whole )?number|unimplemented type for cast|type \w+ with value '.*' can't be cast to the destination type|TRY can not be used in combination|\S+\(.*\) can mean several things)`)

// macrosIn are the macros of ours that a statement calls.
func macrosIn(statement string) (names []string) {
	tokens := sqltext.Code(statement)
	for i, t := range tokens {
		if e, ours := Lookup(t.Ident()); ours && strings.HasSuffix(e.Kind, "macro") && i+1 < len(tokens) && tokens[i+1].Is("(") && !slices.Contains(names, e.Name) {
			names = append(names, e.Name)
		}
	}
	return names
}

// groupsBy is the one macro of a statement, if it gives the groups of some dims.
func groupsBy(statement string) string {
	names := macrosIn(statement)
	if len(names) != 1 {
		return ""
	}
	if e, ok := Lookup(names[0]); !ok || e.Kind != "table macro" || !strings.Contains(e.Signature, ", dims") {
		return ""
	}
	return names[0]
}

// isCellColumn reports whether cells are by this.
func isCellColumn(name string) bool {
	return slices.Contains([]string{"year", "immigrant", "municipality", "municipality_code", "county_code"}, strings.ToLower(name)) ||
		slices.ContainsFunc(reportDimensions, func(d dimension) bool { return equalFold(d.name, name) })
}

// mismatch compares a call with the parameters of its macro; at is where the
// argument stands that is wrong, 0 where it is none.
func mismatch(name string, parameters, given []argument) (problem string, at int) {
	names := mapped(parameters, argument.parameter)
	filled := map[string]bool{}
	positional := 0
	for _, a := range given {
		if a.name == "" {
			if positional < len(names) {
				filled[strings.ToLower(names[positional])] = true
			}
			positional++
			continue
		}
		if !slices.ContainsFunc(names, func(name string) bool { return equalFold(name, a.name) }) {
			problem = name + " has no argument " + a.name
			if equalFold(a.name, "weights") && strings.HasPrefix(name, "sur") {
				return problem + ": weights are written into the formula, sqrt(w)*y = $a*sqrt(w) + $b*sqrt(w)*x", a.at
			}
			if near := nearest.Name(a.name, names); near != "" {
				return problem + " (did you mean " + near + "?)", a.at
			}
			return problem + " (it has " + strings.Join(names, ", ") + ")", a.at
		}
		filled[strings.ToLower(a.name)] = true
	}
	if positional > len(names) {
		count := "one argument"
		if len(names) != 1 {
			count = fmt.Sprintf("%d arguments", len(names))
		}
		return fmt.Sprintf("%s takes no more than %s (%s)", name, count, strings.Join(names, ", ")), 0
	}
	for _, p := range parameters {
		if p.name == "" && !filled[strings.ToLower(p.text)] {
			return fmt.Sprintf("%s is not given its argument %s; .help %s lists them", name, p.text, name), 0
		}
	}
	return "", 0
}

// call is name(…) in a statement, argument one of what it is given.
type call struct {
	at        int // where its name stands, in bytes
	arguments []argument
}

type argument struct {
	at   int
	name string // of name := value, or ""
	text string // its first word
}

// parameter is its name where it is one of a signature.
func (a argument) parameter() string {
	if a.name != "" {
		return a.name
	}
	return a.text
}

// calls finds the calls of a function by its name.
func calls(statement, name string) []call {
	tokens := sqltext.Code(statement)
	var found []call
	for i := range tokens {
		if !equalFold(tokens[i].Ident(), name) || i+1 == len(tokens) || !tokens[i+1].Is("(") {
			continue
		}
		c := call{at: tokens[i].At}
		for _, item := range sqltext.Items(tokens[i+2:]) {
			if len(item) == 0 {
				continue
			}
			a := argument{at: item[0].At, text: cmp.Or(item[0].Ident(), item[0].Text)}
			if len(item) > 1 && (item[1].Is(":=") || item[1].Is("=>")) {
				a.name = item[0].Ident()
			}
			c.arguments = append(c.arguments, a)
		}
		found = append(found, c)
	}
	return found
}

// moveCaret moves it behind some of the statement, where that is still in Source
// and followed by what the statement has there.
func (f *Fault) moveCaret(over, rest string) {
	moved := *f
	moved.Caret += width.Of(over)
	if !strings.Contains(over, "\n") && moved.wordAtCaret() == sqltext.FirstWord(rest) {
		f.Caret = moved.Caret
	}
}

// wordAtCaret is what the error is about.
func (f *Fault) wordAtCaret() string {
	return sqltext.FirstWord(f.Source[width.Index(f.Source, f.Caret):])
}
