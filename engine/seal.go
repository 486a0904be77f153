package engine

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"utvandring/udf"
	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// Seal closes the session to what is outside of it, for good: for scripts of strangers.
// Files are read and written in the folders only, and in all that is in them; no database
// is attached, no extension loaded, no setting changed, no variable of the environment
// read. The database that is open stays so.
func (db *DB) Seal(ctx context.Context, folders []string) error {
	if db.sealed {
		return errors.New("the session is safe already, and stays as it is")
	}
	quoted := make([]string, len(folders))
	for i, folder := range folders {
		path, err := filepath.Abs(folder)
		if err == nil {
			// DuckDB compares with where links lead to.
			path, err = filepath.EvalSymlinks(path)
		}
		if err != nil {
			return err
		}
		quoted[i] = sqltext.QuoteText(strings.TrimSuffix(path, "/") + "/")
	}
	for _, setting := range []string{
		"SET allowed_directories = [" + strings.Join(quoted, ", ") + "]",
		"SET enable_external_access = false",
		"SET lock_configuration = true",
	} {
		if err := db.Exec(ctx, setting); err != nil {
			return err
		}
	}
	udf.NoEnvironment.Store(true)
	db.sealed = true
	return nil
}

// Sealed reports whether Seal was called.
func (db *DB) Sealed() bool { return db.sealed }

// refuseSealed is the fault of a statement that a sealed session does not run. DuckDB
// attaches what is in an allowed folder.
func (db *DB) refuseSealed(statement string) error {
	if !db.sealed {
		return nil
	}
	begins := true
	for _, t := range sqltext.Code(statement) {
		if begins && t.Is("ATTACH") {
			f := &Fault{Sentence: "-safe: no database may be attached"}
			f.pointTo(statement, t.At)
			return f
		}
		begins = t.Is(";")
	}
	return nil
}

// sealedWords say what DuckDB refuses in a sealed session.
var sealedWords = []struct {
	pattern later.Pattern
	with    string
}{
	{later.Compile(`^cannot access (?:file|directory) ("[^\n]*") - file system operations are disabled by configuration$`),
		"-safe: $1 is in no folder that may be read and written (-allow DIR, .help safe)"},
	{later.Compile(`^(?:.*: )?(\S+) may not be opened: enable_external_access is off.*$`),
		`-safe: "$1" is in no folder that may be read and written (-allow DIR, .help safe)`},
	{later.Compile(`^cannot change configuration option ("\w+") - the configuration has been locked$`), "-safe: the setting $1 is locked"},
	{later.Compile(`^loading external extensions is disabled through configuration$`), "-safe: no extension may be loaded"},
}

func (db *DB) explainSealed(f *Fault) {
	if !db.sealed {
		return
	}
	for _, w := range sealedWords {
		f.Sentence = w.pattern.ReplaceAllString(f.Sentence, w.with)
	}
}
