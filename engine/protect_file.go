package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"utvandring/udf/file"
	"utvandring/udf/sqltext"
)

// DuckDB reads the tables of a database file without ATTACH too: read_duckdb, and the name of
// the file in the place of a table. What is protected must not be had that way.

// databaseFiles are the files named in a statement, where a table or the argument of a
// function may stand, that are databases.
func databaseFiles(access file.Access, statement string) (files []string) {
	var before sqltext.Token
	for _, token := range sqltext.Code(statement) {
		name, ok := token.Ident(), token.Kind == sqltext.QuotedName
		if token.Kind == sqltext.String {
			name, ok = plainText(token), true
			if mayReadDatabase(name) { // query('FROM …')
				files = append(files, databaseFiles(access, name)...)
			}
		}
		if ok && (before.Is("FROM") || before.Is("JOIN") || before.Is("ATTACH") || before.Is("DATABASE") || before.Is("EXISTS") || before.Is("(") || before.Is(",") || before.Is("[") || before.Is("=")) {
			names, err := access.Glob(name)
			for _, n := range names {
				if err == nil && isDatabase(n) == nil {
					files = append(files, n)
				}
			}
		}
		before = token
	}
	return files
}

// plainText is what a String says in whatever quotes, also e'…' and $$…$$.
func plainText(token sqltext.Token) string {
	if strings.HasPrefix(token.Text, "$") {
		tag, text, _ := strings.Cut(token.Text[1:], "$")
		return strings.TrimSuffix(text, "$"+tag+"$")
	}
	token.Text = token.Text[strings.IndexByte(token.Text, '\''):]
	text, _ := token.Literal()
	return text
}

// mayReadDatabase is a quick look for statements that may read a file as a database.
func mayReadDatabase(statement string) bool {
	lower := strings.ToLower(statement)
	return slices.ContainsFunc([]string{"read_duckdb", ".duckdb", ".ddb", ".db"}, func(sign string) bool { return strings.Contains(lower, sign) }) ||
		sqltext.FirstWord(statement) == "ATTACH"
}

// refuseDatabases is the fault of a statement that would read a protected database.
func (db *DB) refuseDatabases(ctx context.Context, statement string) error {
	if sqltext.FirstWord(statement) == "IMPORT" {
		return db.refuseImport(ctx, statement)
	}
	if !mayReadDatabase(statement) {
		return nil
	}
	if db.Raw != nil && strings.Contains(strings.ToLower(statement), "read_duckdb") {
		return &Fault{Sentence: databasesClosed}
	}
	access, err := db.Access(ctx)
	if err != nil {
		return err
	}
	for _, path := range databaseFiles(access, statement) {
		// Another look at the file of the register would give up the lock on it.
		own := db.Raw != nil && SameFile(path, fileOf(db.Raw.Path))
		if own || sqltext.FirstWord(statement) != "ATTACH" && db.protectedFile(ctx, path) {
			return &Fault{Sentence: path + isProtected}
		}
	}
	return nil
}

const (
	isProtected     = " is protected, and would be open to all beside another database: .open it, which gives its protected figures"
	databasesClosed = "read_duckdb: databases are not read as they are while protection is on (ATTACH gives those that are not protected)"
)

// protectedFile reports whether a database has the setting. What cannot be looked at is
// for DuckDB to refuse.
func (db *DB) protectedFile(ctx context.Context, path string) bool {
	conn, err := db.file.Connect()
	if err != nil {
		return false
	}
	defer conn.Close()
	const look = "_protection_look"
	if err := conn.Exec(ctx, fmt.Sprintf("ATTACH %s AS %s (READ_ONLY)", sqltext.QuoteText(fileOf(path)), look)); err != nil {
		return false
	}
	set, err := conn.HasTable(ctx, look, protectionTable)
	conn.Exec(context.WithoutCancel(ctx), "DETACH "+look)
	return err != nil || set
}

// refuseImport looks into the scripts that IMPORT DATABASE runs: what DuckDB's EXPORT has
// written attaches nothing.
func (db *DB) refuseImport(ctx context.Context, statement string) error {
	access, err := db.Access(ctx)
	if err != nil {
		return err
	}
	for _, token := range sqltext.Code(statement) {
		dir, ok := token.Literal()
		if !ok {
			continue
		}
		for _, name := range []string{"schema.sql", "load.sql"} {
			path := filepath.Join(dir, name)
			if access.Check(path) != nil {
				continue // DuckDB says so
			}
			text, err := os.ReadFile(path)
			if err != nil {
				continue
			}
			for _, piece := range sqltext.Split(string(text)) {
				if word := sqltext.FirstWord(piece.Text); word == "ATTACH" || word == "IMPORT" {
					return &Fault{Sentence: fmt.Sprintf("import: %s line %d: %s has no place in what EXPORT DATABASE wrote", path, piece.Line, word)}
				}
				if err := db.refuseDatabases(ctx, piece.Text); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
