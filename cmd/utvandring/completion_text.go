package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"utvandring/cmd/utvandring/prompt"
	"utvandring/cmd/utvandring/scope"
	"utvandring/engine"
	"utvandring/udf/later"
	"utvandring/udf/natural"
	"utvandring/udf/sqltext"
)

// inText completes what is typed in single quotes: a value of the column that it is
// compared with, a file, or as an argument of one of our macros a column, one of the
// words that the argument may be, a formula, or the name of a model.
func (c *completion) inText(before, after string) prompt.Candidates {
	word := prompt.Candidates{From: utf8.RuneCountInString(before) - utf8.RuneCountInString(lastWord(c.typed))}
	if intoEquation.MatchString(c.head) && strings.Contains(c.typed, "=") {
		return c.s.formulaCandidates(word, c.head, c.typed, after)
	}
	call := findOpenCall(c.head)
	signature := call.entry.Signature
	if call.first() && (strings.Contains(signature, "(formulas") || strings.Contains(signature, "(model") && strings.Contains(c.typed, "=")) {
		return c.s.formulaCandidates(word, c.head, c.typed, after)
	}
	out := prompt.Candidates{From: utf8.RuneCountInString(before) - utf8.RuneCountInString(c.typed), Words: c.texts(call)}
	if !strings.HasPrefix(after, "'") {
		out.Tail = "'"
	}
	return out
}

func (c *completion) texts(call openCall) []string {
	switch name := strings.ToLower(call.name); {
	case c.place.Expects == scope.Table || readsFile.MatchString(name) && len(call.inside) == 0 || copiesFile.MatchString(c.head):
		return filesBeginning(c.typed)
	case name == "getvariable":
		return ranked(c.typed, c.s.column("SELECT name FROM duckdb_variables()"))
	}
	if words := c.compared(); words != nil {
		return inOrder(c.typed, words)
	}
	return inOrder(c.typed, c.argument(call))
}

var (
	readsFile  = later.Compile(`^(read_\w+|parquet_\w+|sniff_csv|glob|px_metadata)$`)
	copiesFile = later.Compile(`(?i)^\s*(COPY\s.*\b(TO|FROM)|ATTACH(\s+DATABASE)?(\s+IF\s+NOT\s+EXISTS)?|(EXPORT|IMPORT)\s+DATABASE)\s*$`)
)

// argument are the texts that an argument of a macro may be.
func (c *completion) argument(call openCall) []string {
	p := call.wants()
	for _, o := range engine.OptionsOf(call.name) {
		if strings.EqualFold(o.Name, p.name) && o.Allowed != nil {
			return o.Allowed
		}
	}
	switch {
	case p.is("model", "models"):
		words := c.s.column("SELECT model FROM model")
		slices.SortFunc(words, natural.Compare)
		return words
	case p.is("dims", "by", "over", "of", "events", "counts", "count"):
		return c.dims(call, p)
	case p.is("from", "to"): // values of the column that is compared over
		return c.values(c.relationOf(call), call.text("by"))
	case p.is("group"):
		return c.values(scope.Relation{Source: "country"}, "country_group")
	case p.is("variables", "shocks", "instruments", "index", "weights"):
		return namesOf(c.columns(c.relationOf(call)), columnName)
	}
	return nil
}

// measures are what cells count; the rest of their columns is what they are counted by.
var measures = later.Compile(`^(year|event_date|person_id|residents|person_years|births|deaths|moves(_in|_out)?|(emi|immi)grations(_macro)?|frequency|rate)$`)

// dims are the columns of the relation of a call that it can be counted by, or that
// are counted, without those that the list has already.
func (c *completion) dims(call openCall, p parameter) []string {
	counts := p.is("events", "counts", "count")
	moves := strings.EqualFold(call.name, "flow_of")
	var words []string
	for _, column := range c.columns(c.relationOf(call)) {
		name := column.name
		if moves { // from_county and to_county are asked for as county
			name = strings.TrimPrefix(strings.TrimPrefix(name, "from_"), "to_")
		}
		if measures.MatchString(name) == counts && name != "year" && !slices.Contains(p.given, name) {
			words = append(words, name)
		}
	}
	return ranked("", words)
}

// relationOf is the relation that a call is about, as its argument says or its default.
func (c *completion) relationOf(call openCall) scope.Relation {
	for i, name := range call.parameters() {
		if !(parameter{name: name}).relation() {
			continue
		}
		code := call.given(i, name)
		switch {
		case len(code) == 1 && code[0].Kind == sqltext.String:
			text, _ := code[0].Literal()
			return scope.Relation{Source: text}
		case len(code) > 0:
			return scope.Relation{Source: c.head[code[0].At:code[len(code)-1].End()]}
		}
		for _, d := range strings.Split(call.entry.Signature, ", ") {
			if value, ok := strings.CutPrefix(strings.TrimSuffix(d, ")"), name+" := "); ok {
				return scope.Relation{Source: strings.Trim(value, "'")}
			}
		}
	}
	return scope.Relation{}
}

// compared are the values of the column that the text is compared with: county = ', IN
// ('a', ', BETWEEN 'a' AND '.
func (c *completion) compared() []string {
	code := sqltext.Code(c.head)
	n := len(code)
	var given []string
	if n > 0 && (code[n-1].Is("(") || code[n-1].Is(",")) {
		for n--; n > 0 && (code[n].Is(",") || code[n].Kind == sqltext.String); n-- {
			if text, ok := code[n].Literal(); ok {
				given = append(given, text)
			}
		}
		if !code[n].Is("(") || n == 0 || !code[n-1].Is("IN") {
			return nil
		}
		n--
		if n--; n >= 0 && code[n].Is("NOT") {
			n--
		}
	} else {
		if n > 2 && code[n-1].Is("AND") && code[n-3].Is("BETWEEN") {
			n -= 2
		}
		if n == 0 || !slices.ContainsFunc([]string{"=", "==", "<>", "!=", "<", "<=", ">", ">=", "LIKE", "ILIKE", "BETWEEN"}, code[n-1].Is) {
			return nil
		}
		if n -= 2; n >= 0 && code[n].Is("NOT") {
			n--
		}
	}
	if n < 0 || code[n].Ident() == "" {
		return nil
	}
	name, qualifier := code[n].Ident(), ""
	if n > 1 && code[n-1].Is(".") {
		qualifier = code[n-2].Ident()
	}
	for _, r := range c.place.Relations {
		if qualifier == "" || strings.EqualFold(qualifier, r.Name) {
			if values := c.values(r, name); values != nil {
				return slices.DeleteFunc(values, func(v string) bool { return slices.Contains(given, v) })
			}
		}
	}
	return nil
}

// values are those of a column that begin with what is typed, as SQL writes them
// between quotes: of an ordered type in its order.
func (c *completion) values(r scope.Relation, name string) []string {
	columns := c.columns(r)
	i := slices.IndexFunc(columns, func(k column) bool { return strings.EqualFold(k.name, name) })
	if i < 0 {
		return nil
	}
	var values []string
	if list, ok := strings.CutPrefix(columns[i].kind, "ENUM"); ok {
		for _, t := range sqltext.Code(list) {
			if text, ok := t.Literal(); ok {
				values = append(values, text)
			}
		}
	} else if !c.s.inTransaction && r.Columns == nil {
		column := sqltext.QuoteName(columns[i].name)
		values = c.s.column(c.place.Clause() + "SELECT DISTINCT " + column + "::VARCHAR AS v FROM " + r.Source +
			" WHERE starts_with(lower(v), lower(" + sqltext.QuoteText(strings.ReplaceAll(c.typed, "''", "'")) + ")) LIMIT 1000")
		slices.SortFunc(values, natural.Compare)
	}
	for i, v := range values {
		values[i] = strings.ReplaceAll(v, "'", "''")
	}
	return values
}

// filesBeginning completes the name of a file; a folder ends with a slash. Hidden ones
// are found by their dot.
func filesBeginning(typed string) []string {
	pattern, home := typed, ""
	if dir, err := os.UserHomeDir(); err == nil && strings.HasPrefix(typed, "~/") {
		home, pattern = dir, dir+typed[1:]
	}
	matches, _ := filepath.Glob(strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(pattern) + "*")
	var files []string
	for _, m := range matches {
		if base := filepath.Base(m); base[0] == '.' && !strings.HasPrefix(typed[strings.LastIndexByte(typed, '/')+1:], ".") {
			continue
		}
		if info, err := os.Stat(m); err == nil && info.IsDir() {
			m += "/"
		}
		if home != "" {
			m = "~" + strings.TrimPrefix(m, home)
		}
		files = append(files, m)
	}
	return files
}
