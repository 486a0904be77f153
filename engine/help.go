package engine

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"utvandring/sql"
	"utvandring/udf"
	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// Entry is what is known of a table, view or macro that the program ships: its
// SQL, and as its help the comment that stands before it in its file.
type Entry struct {
	Name string
	Kind string // table, view, macro, table macro or type
	File string // sql/count/frequency_of.sql
	// Signature is the name, of a macro with arguments and defaults.
	Signature string
	// Comment is without the dashes. An object without a comment of its own has
	// the one above it in its file that names it, else that of its file.
	Comment string
	SQL     string
	raw     string // with what is around it, such as marks behind the last word
}

// Entries are all of them, in the order in which they are made. Names that begin
// with an underscore are for the program itself and are left out.
var Entries = sync.OnceValue(func() []Entry {
	return slices.DeleteFunc(slices.Clone(shipped()), func(e Entry) bool { return strings.HasPrefix(e.Name, "_") })
})

// Lookup finds one by its name, without case.
func Lookup(name string) (Entry, bool) {
	for _, e := range Entries() {
		if equalFold(e.Name, name) {
			return e, true
		}
	}
	return Entry{}, false
}

// Parameters are the names of the arguments of a macro, and optional those of them that
// need not be given.
func (e Entry) Parameters() (all, optional []string) {
	for _, p := range e.parameters() {
		all = append(all, p.parameter())
		if p.name != "" {
			optional = append(optional, p.name)
		}
	}
	return all, optional
}

func (e Entry) parameters() []argument {
	for _, c := range calls(e.Signature, e.Name) {
		return c.arguments
	}
	return nil
}

// ColumnComments are what the comments behind the columns of a table say.
func (e Entry) ColumnComments() map[string]string {
	if e.Kind != "table" {
		return nil
	}
	comments := map[string]string{}
	var line []string // its columns
	depth, begins := 0, false
	for _, t := range sqltext.Lex(e.SQL) {
		switch {
		case t.Kind == sqltext.Comment:
			for _, column := range line {
				comments[column] = strings.TrimSpace(strings.TrimLeft(t.Text, "-"))
			}
			continue
		case t.Kind == sqltext.Space:
			if strings.HasSuffix(t.Text, "\n") {
				line = nil
			}
			continue
		case t.Is("("):
			depth++
		case t.Is(")"):
			depth--
		case begins:
			line = append(line, t.Ident())
		}
		begins = depth == 1 && (t.Is(",") || t.Is("("))
	}
	return comments
}

// Summary is the first sentence of the comment, without the name that many of
// them begin with.
func (e Entry) Summary() string {
	text := strings.Join(strings.Fields(e.Comment), " ")
	if before, after, ok := strings.Cut(text, ": "); ok && (names(e.Comment, e.Name) || strings.Contains(before, e.Name) && !strings.Contains(before, ". ")) {
		text = after
	}
	if i := strings.Index(text, ". "); i > 0 {
		text = text[:i]
	}
	return strings.TrimSuffix(strings.TrimSuffix(text, "."), ":")
}

// shipped is what the .sql files make, names for the program itself among them.
var shipped = sync.OnceValue(func() []Entry {
	files, err := sql.Read()
	if err != nil {
		return nil // they are embedded; Open says what is wrong with them
	}
	var list []Entry
	for _, file := range files {
		list = append(list, readEntries("sql/"+file.Name, file.Text)...)
	}
	return list
})

var create = later.Compile(`(?is)^CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP(?:ORARY)?\s+)?(TABLE|VIEW|MACRO|FUNCTION|TYPE)\s+(?:IF\s+NOT\s+EXISTS\s+)?("[^"]+"|\w+)\s*`)

// readEntries reads what one file creates.
func readEntries(file, text string) []Entry {
	var list []Entry
	header := ""
	var above []string
	for i, piece := range sqltext.Split(text) {
		before := piece.Raw[:piece.At]
		if piece.Text == "" {
			before = piece.Raw
		}
		blocks := commentBlocks(before)
		if i == 0 && len(blocks) > 0 {
			header = blocks[0]
		}
		above = append(above, blocks...)
		m := create.FindStringSubmatch(piece.Text)
		if m == nil {
			continue
		}
		e := Entry{Name: strings.Trim(m[2], `"`), Kind: strings.ToLower(m[1]), File: file, Comment: header, SQL: piece.Text, raw: piece.Raw}
		e.Signature = e.Name
		if e.Kind == "macro" || e.Kind == "function" {
			arguments := sqltext.Bracketed(piece.Text[len(m[0]):])
			e.Signature += strings.Join(strings.Fields(arguments), " ")
			e.Kind = "macro"
			if rest := piece.Text[len(m[0])+len(arguments):]; returnsTable.MatchString(rest) {
				e.Kind = "table macro"
			}
		}
		if len(blocks) > 0 && !strings.HasSuffix(before, "\n\n") {
			e.Comment = blocks[len(blocks)-1]
		} else if i := slices.IndexFunc(above, func(block string) bool { return names(block, e.Name) }); i >= 0 {
			e.Comment = above[i]
		}
		list = append(list, e)
	}
	return list
}

// names reports whether a comment is about an object: it begins with "a, b: …" or
// with "table_1 ... table_9: …".
func names(comment, object string) bool {
	head, _, ok := strings.Cut(comment, ":")
	if !ok {
		return false
	}
	if first, last, ok := strings.Cut(head, " ... "); ok {
		family := func(s string) string { return strings.TrimRight(s, "0123456789") }
		return family(object) == family(first) && family(object) == family(last)
	}
	return slices.Contains(strings.FieldsFunc(head, func(r rune) bool { return r == ',' || unicode.IsSpace(r) }), object)
}

var returnsTable = later.Compile(`(?i)^\s*AS\s+TABLE\b`)

// commentBlocks gives the runs of "--" lines, without the dashes.
func commentBlocks(text string) []string {
	var blocks []string
	open := false
	for line := range strings.Lines(text) {
		comment, ok := strings.CutPrefix(strings.TrimSpace(line), "--")
		switch {
		case !ok:
			open = false
		case open:
			blocks[len(blocks)-1] += "\n" + strings.TrimPrefix(comment, " ")
		default:
			blocks = append(blocks, strings.TrimPrefix(comment, " "))
			open = true
		}
	}
	return blocks
}

// OptionsOf are the arguments of a macro with a default that are known: what they may
// be and mean. They are those of the function in Go that the macro calls, and a few
// that do not go straight to one.
func OptionsOf(macro string) []udf.Option {
	e, ok := Lookup(macro)
	if !ok {
		return nil
	}
	var list []udf.Option
	add := func(all []udf.Option) {
		for _, o := range all {
			if !strings.Contains(e.Signature, " "+o.Name+" := ") || slices.ContainsFunc(list, func(p udf.Option) bool { return p.Name == o.Name }) {
				continue
			}
			list = append(list, o)
		}
	}
	for _, function := range privateCall.FindAllString(e.SQL, -1) {
		add(udf.Options(strings.TrimSuffix(function, "(")))
	}
	add(handedOn)
	return list
}

var privateCall = later.Compile(`\b_\w+\(`)

// handedOn are options that a macro hands to another one, or that its SQL reads.
var handedOn = append(udf.Options("_column_counted"), []udf.Option{
	{Name: "stocks", Type: "VARCHAR", Default: "'observed'", Allowed: []string{"observed", "answer"}, Help: "whether residents stay as they were or follow from the simulation"},
	{Name: "below", Type: "VARCHAR", Default: "'std_error'", Allowed: []string{"std_error", "t_value", "p_value", "none"}, Help: "what stands in parentheses below an estimate"},
	{Name: "on_error", Type: "VARCHAR", Default: "'error'", Allowed: []string{"error", "null"}, Help: "whether what cannot be simulated fails or is left out"},
}...)
