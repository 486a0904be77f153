package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"utvandring/udf/charset"
	"utvandring/udf/duck"
	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// scriptName is the file in the directory of an extract that says in SQL what its
// tables are.
const scriptName = "load.sql"

// unfinished is what a draft of it has where the analyst has to decide.
const unfinished = "???"

// loadScript is a load.sql, read.
type loadScript struct {
	links      string // the directory that its files are looked for in
	statements []sqltext.Piece
}

// A script of views is no longer than this.
const longestScript = 10 << 20

// script reads the load.sql of a directory, nil where there is none.
func (f *folder) script(ctx context.Context) (*loadScript, error) {
	if what := f.odd[scriptName]; what != "" {
		return nil, fmt.Errorf("%s %s", scriptName, what)
	}
	if !slices.Contains(f.names, scriptName) {
		return nil, nil
	}
	file, err := os.Open(filepath.Join(f.links, scriptName))
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, longestScript+1))
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	if len(text) > longestScript {
		return nil, fmt.Errorf("%s: longer than %d MB", scriptName, longestScript>>20)
	}
	encoding, err := charset.Detect(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", scriptName, err)
	}
	if text, err = io.ReadAll(charset.NewReader(bytes.NewReader(text), encoding)); err != nil {
		return nil, err
	}
	if i := bytes.Index(text, []byte(unfinished)); i >= 0 {
		line, begin := sqltext.Line(string(text), i)
		what, _, _ := strings.Cut(string(text[begin:]), "\n")
		return nil, fmt.Errorf("%s line %d: to be finished by hand (%s): %s", scriptName, line, unfinished, strings.TrimSpace(what))
	}
	s := &loadScript{links: f.links}
	splitter := sqltext.NewSplitter()
	splitter.Feed(string(text))
	for piece, ok := splitter.Next(); ok; piece, ok = splitter.Next() {
		s.statements = append(s.statements, piece)
	}
	if rest := splitter.Rest(); rest.Text != "" {
		s.statements = append(s.statements, rest)
	}
	for _, piece := range s.statements {
		if piece.Command || !allowed.MatchString(piece.Text) {
			return nil, fmt.Errorf("%s line %d: only CREATE VIEW and CREATE MACRO, and SET VARIABLE, have a place here", scriptName, piece.Line)
		}
		if readsDatabase.MatchString(piece.Text) {
			return nil, fmt.Errorf("%s line %d: a database is read here: .load takes its tables where they have our names, .load of a directory those that COPY … TO … (FORMAT parquet) has written there", scriptName, piece.Line)
		}
		if err := f.copyNamed(ctx, piece.Text); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// allowed are the statements of a script: those that make something in its schema.
var allowed = later.Compile(`(?is)^\s*(?:(?:--[^\n]*\n|/\*.*?\*/)\s*)*(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:VIEW|MACRO|FUNCTION)\b|SET\s+VARIABLE\b)`)

// severalPacked is a pattern of names of gzip files.
var severalPacked = later.Compile(`(?i)[*?\[][^'\n]*\.gz'`)

// readsDatabase are statements that read a file as a database, for which DuckDB waits forever
// where two connections do so, and which may be protected.
var readsDatabase = later.Compile(`(?i)\bread_duckdb\b|\.(?:duckdb|ddb|db)['"]`)

// copyNamed makes the copies in UTF-8 that a statement reads from the directory of them, and
// reads gzip files to their ends: of one that is cut short DuckDB takes what there is.
func (f *folder) copyNamed(ctx context.Context, statement string) error {
	for _, name := range f.names {
		if packed := strings.HasSuffix(strings.ToLower(name), ".gz"); packed && (strings.Contains(statement, name+"'") || severalPacked.MatchString(statement)) {
			in, err := f.open(ctx, name)
			if err == nil {
				_, err = io.Copy(io.Discard, in)
				in.Close()
			}
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		if !strings.Contains(statement, "'"+copies+"/"+name+"'") {
			continue
		}
		encoding, err := f.detect(ctx, name)
		if err == nil {
			err = f.copyText(ctx, name, encoding, filepath.Join(f.links, copies, name))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// run runs the script in a schema of its own. Until the session forgets them, files are
// looked for in the directory of the script: views look when they are read. No script is
// nothing to run.
func (s *loadScript) run(ctx context.Context, conn *duck.Conn, schema string) (err error) {
	if s == nil {
		return nil
	}
	var search string
	row := conn.Row(ctx, "SELECT coalesce(nullif(current_setting('search_path'), ''), 'main')")
	if err := row.Scan(&search); err != nil {
		return err
	}
	set := func(search string) error {
		return conn.Exec(context.WithoutCancel(ctx), "SET search_path = "+sqltext.QuoteText(search))
	}
	if err := conn.Exec(ctx, "CREATE SCHEMA "+schema+"; SET file_search_path = "+sqltext.QuoteText(s.links)); err != nil {
		return err
	}
	if err := set(schema + ",main"); err != nil {
		return err
	}
	defer func() {
		if e := set(search); err == nil {
			err = e
		}
	}()
	for _, piece := range s.statements {
		if err := conn.Exec(ctx, piece.Text); err != nil {
			return s.fault(piece, err)
		}
	}
	return nil
}

// reads reports whether a statement of the script reads a view that another makes.
func (s *loadScript) reads(view string) bool {
	for _, piece := range s.statements {
		code := sqltext.Code(piece.Text)
		for i := 1; i < len(code); i++ {
			if equalFold(code[i].Ident(), view) && slices.ContainsFunc([]string{"FROM", "JOIN", "TABLE", "PIVOT", "UNPIVOT"}, code[i-1].Is) {
				return true
			}
		}
	}
	return false
}

// forget makes a connection look for files where it did before.
func (s *loadScript) forget(conn *duck.Conn, before string) {
	if s != nil {
		conn.Exec(context.Background(), "SET file_search_path = "+sqltext.QuoteText(before))
	}
}

// fault is the error of a statement with its line in load.sql.
func (s *loadScript) fault(piece sqltext.Piece, err error) error {
	var f *Fault
	if !errors.As(NewFault(err), &f) {
		return err
	}
	line := piece.Line
	if f.Line > 1 {
		line += f.Line - 1
	}
	return fmt.Errorf("%s line %d: %s", scriptName, line, f.Sentence)
}
