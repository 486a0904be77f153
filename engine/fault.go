package engine

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"utvandring/engine/width"
	"utvandring/udf/duck"
	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// Interrupted is what a statement returns that Ctrl-C or a cancelled context
// ended.
var Interrupted = duck.Interrupted

// The stacked prefixes of DuckDB say nothing to a user.
var prefix = later.Compile(`^((Binder|Catalog|Parser|Invalid Input|Invalid|Conversion|Out of Range|Constraint|TransactionContext|Transaction|IO|Permission|Dependency|Not implemented|Serialization|Executor|Syntax|INTERRUPT|INTERNAL|Fatal|Connection|Sequence|Parameter Not Resolved|Parameter Not Allowed|Interrupted) Error: )+`)

// Plain turns an error of DuckDB into a sentence for the user: without stacked
// prefixes, in lower case, the position kept.
func Plain(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, Interrupted) {
		return Interrupted
	}
	text := err.Error()
	plain := text
	for {
		shorter := prefix.ReplaceAllString(plain, "")
		if shorter == plain {
			break
		}
		plain = shorter
	}
	if plain == text {
		return err
	}
	return plainError{lowerFirst(advise(strings.TrimSpace(lowerFirst(plain)))), err}
}

type plainError struct {
	text  string
	cause error
}

func (e plainError) Error() string { return e.text }
func (e plainError) Unwrap() error { return e.cause }

// lowerFirst lowers a capital that only begins a sentence: "Table with name"
// but not "GROUP BY" or "Oslo"-like names, which begin with two capitals or
// stand in quotes.
func lowerFirst(s string) string {
	if len(s) < 2 || s[0] < 'A' || s[0] > 'Z' || s[1] < 'a' || s[1] > 'z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// Fault is the error of a statement: a sentence, and where in the statement.
type Fault struct {
	Sentence string
	// Line is the line of the statement, from 1; 0 where DuckDB tells none.
	Line int
	// Source is that line or the part of it that DuckDB shows, and Caret the column
	// of a terminal, from 0, in which what the error is about begins.
	Source string
	Caret  int

	cause error
}

// DuckDB ends a message with "LINE 2: the line" and a caret under it.
var position = later.Compile(`(?s)^(.*?)\s*\n\s*LINE (\d+): ([^\n]*)\n( *)\^\s*(.*)$`)

// NewFault makes a Fault of an error of DuckDB.
func NewFault(err error) error {
	if err == nil {
		return nil
	}
	plain := Plain(err)
	if errors.Is(plain, Interrupted) {
		return Interrupted
	}
	f := &Fault{Sentence: plain.Error(), cause: err}
	if m := position.FindStringSubmatch(f.Sentence); m != nil {
		f.Sentence = m[1]
		if m[5] != "" {
			f.Sentence += "\n" + m[5]
		}
		f.Line, _ = strconv.Atoi(m[2])
		f.Source = m[3]
		f.Caret = len(m[4]) - len("LINE ") - len(m[2]) - len(": ")
	}
	f.Sentence = tidy(f.Sentence)
	if f.Caret < 0 || f.Caret > width.Of(f.Source) {
		f.Source = ""
	}
	return f
}

// pointTo puts the caret under a byte of the statement.
func (f *Fault) pointTo(statement string, at int) {
	line, begin := sqltext.Line(statement, at)
	f.Line, f.Source = line, statement[begin:]
	if end := strings.IndexAny(f.Source, "\r\n"); end >= 0 {
		f.Source = f.Source[:end]
	}
	f.Caret = width.Of(statement[begin:at])
	f.shorten()
}

// tidy says in one short sentence what DuckDB says in several.
func tidy(s string) string {
	s = shortenCandidates(strings.TrimSpace(s))
	for _, r := range rewrites {
		s = r.pattern.ReplaceAllString(s, r.with)
	}
	return s
}

var candidates = later.Compile(`!?\s*Candidate (?:bindings|functions|tables)?:\s*((?:"[^"]*"(?:, )?)+)$`)

// shortenCandidates shortens DuckDB's list of names that come near. What a macro works with
// inside (_rows) is nothing to suggest.
func shortenCandidates(s string) string {
	m := candidates.FindStringSubmatchIndex(s)
	if m == nil {
		return s
	}
	list := slices.DeleteFunc(strings.Split(s[m[2]:m[3]], ", "), func(name string) bool { return strings.HasPrefix(name, `"_`) })
	if len(list) == 0 {
		return s[:m[0]]
	}
	return s[:m[0]] + " (nearest: " + strings.Join(list, ", ") + ")"
}

var rewrites = []struct {
	pattern later.Pattern
	with    string
}{
	{later.Compile(`!?\s*Did you mean:? ("[^\n]*")\??$`), ` (did you mean $1?)`},
	{later.Compile(`^table with name (\S+) does not exist`), `there is no table or view "$1"`},
	{later.Compile(`^(?:scalar|table|aggregate|macro) Function with name (\S+) does not exist`), `there is no function "$1"`},
	{later.Compile(`^referenced column ("[^"]*") not found in FROM clause`), `there is no column $1 here`},
	// Of an ENUM, DuckDB names the number behind it.
	{later.Compile(`^could not convert string ('[^\n]*') to UINT(?:8|16|32)$`), `$1 is none of the values of its type; enum_range(NULL::sex) lists those of sex`},
	{later.Compile(`^type (?:UINT8|UINT16|UINT32) with value \d+ can't be cast because the value is out of range for the destination type UINT(?:8|16|32)(?: when casting from source column (\w+))?$`),
		`"$1" has a value that the type it is compared with has not`},
	{later.Compile(`^column ("[^"]*") was selected but was not found in the FROM clause$`), `the table given has no column $1; DESCRIBE it to see which it has`},
	// A macro reads its table by name. In a subquery, the name of a table that the
	// query outside reads means its row.
	{later.Compile(`(?s)^table function "query_table" does not support lateral join .*cannot use column "([^"]*)".*$`),
		`"$1" stands for a row of the query outside, not for a table; give it another alias there (FROM $1 AS outside)`},
	{later.Compile(`(?s)^no function matches the given name and argument types 'query_table\([^)\n]*\]\)'.*$`), `a table, view or CTE is wanted here by name, not a list`},
	{later.Compile(`(?s)^no function matches the given name and argument types 'query_table\("?([A-Z]+).*$`), `a table, view or CTE is wanted here by name, not a value of type $1`},
	{later.Compile(`(?s)^(?:no extension found that is capable of reading the file "|expected catalog.entry, schema.entry or entry: too many entries found \(input: )([^"\n]*?)[")](?:\n.*)?$`),
		`nothing here reads "$1" by its name; what does, read_px or another, makes a table of it that every macro takes: WITH t AS (FROM read_px(…)) …`},
	// The columns of a macro are asked for by COLUMNS inside it.
	{later.Compile(`^star expression "COLUMNS\(_.*\(NULL\)\)" resulted in an empty set of columns$`), `the name of a column is wanted, not NULL`},
	{later.Compile(`^star expression "COLUMNS\(_.*" resulted in an empty set of columns$`), `the name of a column is wanted, and none is given`},
	{later.Compile(`^failed to bind "([^"]*)" - COLUMNS expression can only contain lambda parameters$`), `"$1" is wanted as a text here: '$1'`},
	{later.Compile(`^expected a table or a list with tables as input$`), `a table, view or CTE is wanted here by name, not NULL`},
	{later.Compile(`^table Function with name "([^"]*)" is not in the catalog, a function by this name exists .* namely (?:Aggregate|Scalar).*$`), `$1 gives a value, not a table: SELECT $1(…)`},
	{later.Compile(`^function "([^"]*)" is a table function but it was used as a scalar function.*$`), `$1 gives a table, not a value: FROM $1(…)`},
	{later.Compile(`^could not convert string ('[^\n]*') to U?(?:INT\d+|HUGEINT)(?: when casting from source column (\w+))?$`), `$1 is not a whole number`},
	{later.Compile(`^could not convert string ('[^\n]*') to (?:DOUBLE|FLOAT)$`), `$1 is not a number`},
	{later.Compile(`(?s)^could not choose a best candidate function for the function call "([^"]*)"\. .*$`), `$1 can mean several things: cast the text to the type that is meant, as in '1'::INTEGER`},
	{later.Compile(`^(\S+) is not an table$`), `$1 is a view here, of which nothing is stored`},
	{later.Compile(`^unterminated quote in qualified name! \(input: (.*)\)$`), `$1 is no name of a table: a " in it is not closed`},
	// Of + and its like there are some fifty, more than a screen has lines.
	{later.Compile(`\n\s*Candidate functions:(?:\n[^\n]*){13,}$`), ``},
	{later.Compile(`(?s)\s*Stack Trace:\s.*$`), ` (a fault of DuckDB's own, which may have given the database up: open it anew)`},
	{later.Compile(`[!.]$`), ``},
}

// Error is the sentence, and the place under it.
func (f *Fault) Error() string {
	if f.Source == "" {
		return f.Sentence
	}
	return f.Sentence + "\n" + f.Place("LINE "+strconv.Itoa(f.Line)+": ")
}

// Place shows the source line after a label, and a caret under the character.
func (f *Fault) Place(label string) string {
	if f.Source == "" {
		return ""
	}
	return label + f.Source + "\n" + strings.Repeat(" ", width.Of(label)+f.Caret) + "^"
}

func (f *Fault) Unwrap() error { return f.cause }

func equalFold(a, b string) bool { return strings.EqualFold(a, b) }
