package engine

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"utvandring/udf"
	"utvandring/udf/duck"
	"utvandring/udf/file"
	"utvandring/udf/jsonstat"
	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// readers are the macros that read files, and what these are, by the ends of their names.
var readers = map[string]struct{ macro, file string }{
	".px": {"read_px", "a PC-Axis"}, ".xlsx": {"read_xlsx", "an Excel"},
	".jsonstat": {"read_jsonstat", "a JSON-stat"}, ".json-stat": {"read_jsonstat", "a JSON-stat"},
}

// replacement is what a name stands for that is no table: a frequency view, or a file.
func (db *DB) replacement(name string) (duck.Replacement, bool) {
	if macro := readers[strings.ToLower(filepath.Ext(name))].macro; macro != "" {
		return duck.Replacement{Macro: macro, Arguments: []any{name}}, true
	}
	dims := db.FrequencyView(name)
	return duck.Replacement{Macro: "frequency_of", Arguments: []any{"cell", dims}}, dims != nil
}

// notCopied are the endings of files that the program writes and COPY does not.
var notCopied = later.Compile(`(?i)\.(?:px|jsonstat|json-stat|dta|arrow|feather)$`)

// copiesText notes that COPY writes CSV into a file of such a name.
func copiesText(_ *DB, _ context.Context, statement string) []string {
	if sqltext.FirstWord(statement) != "COPY" {
		return nil
	}
	code := sqltext.Code(statement)
	for i, token := range code {
		if !token.Is("TO") || i+1 == len(code) || slices.ContainsFunc(code[i:], func(t sqltext.Token) bool { return t.Is("FORMAT") }) {
			continue
		}
		if name, ok := code[i+1].Literal(); ok && notCopied.MatchString(name) {
			return []string{fmt.Sprintf("COPY writes CSV into %s: .once %[1]s before the query writes what the name says", name)}
		}
	}
	return nil
}

// readJSONStat has read_jsonstat read the files of a statement that are JSON-stat:
// FROM 'table.json'. DuckDB would ask for what the name stands for too late, as it reads
// every .json itself.
func (db *DB) readJSONStat(ctx context.Context, statement string) string {
	if !strings.Contains(strings.ToLower(statement), ".json") || sqltext.FirstWord(statement) == "COPY" {
		return statement
	}
	var b strings.Builder
	at := 0
	var before sqltext.Token // the one before this
	for _, token := range sqltext.Code(statement) {
		if before.Is("FROM") || before.Is("JOIN") || before.Is(",") {
			name, ok := token.Literal()
			if !ok && strings.HasPrefix(token.Text, `"`) {
				name, ok = token.Ident(), true
			}
			// A comma may stand between the elements of a list too, which are no files.
			if ok && (!before.Is(",") || strings.HasPrefix(token.Text, `"`)) && strings.HasSuffix(strings.ToLower(name), ".json") && db.isJSONStat(ctx, name) {
				b.WriteString(statement[at:token.At] + "read_jsonstat(" + sqltext.QuoteText(name) + ")")
				at = token.End()
			}
		}
		before = token
	}
	return b.String() + statement[at:]
}

// isJSONStat looks into a file.
func (db *DB) isJSONStat(ctx context.Context, name string) bool {
	access, err := db.Access(ctx)
	if err != nil {
		return false
	}
	names, err := access.Glob(name)
	if err != nil {
		return false
	}
	f, err := access.Open(names[0])
	if err != nil {
		return false
	}
	defer f.Close()
	begin, err := io.ReadAll(io.LimitReader(f, 1<<16))
	return err == nil && jsonstat.Is(begin)
}

// Access says which files the session may open, by DuckDB's settings: all of ours that are
// named by a statement or command are opened through it.
func (db *DB) Access(ctx context.Context) (a file.Access, err error) {
	var open bool
	var search string
	if err := db.conn.Row(ctx, "SELECT current_setting('enable_external_access'), coalesce(current_setting('file_search_path'), '')").Scan(&open, &search); err != nil {
		return a, Plain(err)
	}
	if search != "" {
		a.Search = strings.Split(search, ",")
	}
	if open {
		return a, nil
	}
	a.Closed = true
	if a.Directories, err = db.conn.Texts(ctx, "SELECT unnest(current_setting('allowed_directories'))"); err == nil {
		a.Paths, err = db.conn.Texts(ctx, "SELECT unnest(current_setting('allowed_paths'))")
	}
	return a, Plain(err)
}

// explainFile names read_statbank in the error of a statement that reads a file made for
// spreadsheets.
func (db *DB) explainFile(ctx context.Context, f *Fault, statement string) {
	for _, token := range sqltext.Code(statement) {
		name, ok := token.Literal()
		ending := strings.ToLower(filepath.Ext(name))
		if !ok || ending != ".csv" && ending != ".tsv" && ending != ".txt" || strings.Contains(f.Sentence, "read_statbank") {
			continue
		}
		if access, err := db.Access(ctx); err == nil && udf.IsStatBank(access, name) {
			f.Sentence += "\n" + name + " is a table made for spreadsheets: read_statbank(" + sqltext.QuoteText(name) + ") reads it tidy"
			return
		}
	}
}
