package engine

import (
	"strings"
	"unicode/utf8"

	"utvandring/engine/width"
	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

var (
	syntaxAt     = later.Compile(`^syntax error at or near "(?s:(.*))"$`)
	unfilled     = later.Compile(`^the statement has a parameter`)
	unknownNamed = later.Compile(`^there is no column "([^"]*)" here`)
)

// explainPlace puts the caret where the error is, and tells from what stands there what
// was meant.
func explainPlace(f *Fault, statement string) {
	if m := syntaxAt.FindStringSubmatch(f.Sentence); m != nil {
		f.placeSyntax(statement, m[1])
		return
	}
	if unfilled.MatchString(f.Sentence) {
		for _, t := range sqltext.Code(statement) {
			if t.Kind == sqltext.Parameter && t.Text[0] != '#' {
				f.pointTo(statement, t.At)
				return
			}
		}
	}
	if m := unknownNamed.FindStringSubmatch(f.Sentence); m != nil {
		if meant, quoted := meantAsText(statement, m[1]); meant {
			if quoted { // DuckDB's nearest columns are far away
				f.Sentence = m[0]
			}
			f.Sentence += "; a text stands in single quotes: " + sqltext.QuoteText(m[1])
		}
	}
}

// placeSyntax puts the caret under the token of a syntax error. DuckDB counts the
// characters before it, and then so many bytes.
func (f *Fault) placeSyntax(statement, near string) {
	at := f.offset(statement)
	if at < 0 {
		return
	}
	best, distance := -1, 0
	for _, t := range sqltext.Lex(statement) {
		if t.Text != near {
			continue
		}
		d := utf8.RuneCountInString(statement[:t.At]) - at
		if d = max(d, -d); best < 0 || d < distance {
			best, distance = t.At, d
		}
	}
	if best >= 0 {
		f.pointTo(statement, best)
	}
}

// offset is the place of the caret in the statement, in bytes; -1 where that cannot be
// told. Of a long line DuckDB shows a part.
func (f *Fault) offset(statement string) int {
	if f.Source == "" {
		return -1
	}
	begin := 0
	for range f.Line - 1 {
		end := strings.IndexByte(statement[begin:], '\n')
		if end < 0 {
			return -1
		}
		begin += end + 1
	}
	source, caret := f.Source, width.Index(f.Source, f.Caret)
	if strings.HasPrefix(source, "...") {
		source, caret = source[3:], caret-3
	}
	source = strings.TrimSuffix(source, "...")
	i := strings.Index(statement[begin:], source)
	if i < 0 || caret < 0 {
		return -1
	}
	return begin + i + caret
}

// meantAsText reports whether a name stands where a text is compared: = "Oslo", IN
// ("Oslo", or = Oslo; quoted, that it is in double quotes.
func meantAsText(statement, name string) (meant, quoted bool) {
	code := sqltext.Code(statement)
	for i, t := range code {
		if i == 0 || !strings.EqualFold(t.Ident(), name) || i+1 < len(code) && (code[i+1].Is(".") || code[i+1].Is("(")) {
			continue
		}
		before := code[i-1]
		if before.Is("=") || before.Is("==") || before.Is("<>") || before.Is("!=") || before.Is("LIKE") || before.Is("ILIKE") || before.Is("BETWEEN") {
			return true, t.Kind == sqltext.QuotedName
		}
		if t.Kind != sqltext.QuotedName {
			continue
		}
		for j := i - 1; j > 0; j-- { // in the list of an IN
			if code[j].Is("(") {
				return code[j-1].Is("IN"), true
			}
			if code[j].Kind != sqltext.QuotedName && code[j].Kind != sqltext.String && !code[j].Is(",") {
				break
			}
		}
	}
	return false, false
}

// The part of a line that is shown around a caret, so that both fit on a terminal.
const shownBefore, shownBehind = 44, 28

// shorten leaves out what is far from the caret in a long line.
func (f *Fault) shorten() {
	if width.Of(f.Source) <= shownBefore+shownBehind {
		return
	}
	if f.Caret > shownBefore {
		from := width.Index(f.Source, f.Caret-shownBefore)
		cut := width.Of(f.Source[:from])
		f.Source, f.Caret = "…"+f.Source[from:], f.Caret-cut+1
	}
	f.Source = width.Cut(f.Source, f.Caret+shownBehind)
}
