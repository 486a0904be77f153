package engine

import (
	"context"
	"errors"
	"fmt"
	"os"

	"utvandring/udf/sqltext"
)

// protectionTable is the setting of a database: there where whoever opens it is to work on
// protected counts.
const protectionTable = "_protection"

// ProtectionSetting reads it.
func (db *DB) ProtectionSetting(ctx context.Context) (bool, error) {
	set, err := db.conn.HasTable(ctx, db.catalog, protectionTable)
	return set, Plain(err)
}

// SetProtection writes the setting, or lifts it: that is for the owner of the file only,
// and where it was opened for writing.
func (db *DB) SetProtection(ctx context.Context, on bool) error {
	raw := db
	if db.Raw != nil {
		raw = db.Raw
	}
	set, err := raw.ProtectionSetting(ctx)
	if err != nil || set == on || on && raw.ReadOnly {
		return err
	}
	if on {
		return raw.Exec(ctx, "CREATE TABLE "+raw.at(protectionTable)+" AS SELECT 'round' AS method")
	}
	if raw.ReadOnly {
		return errors.New("protect: protection is a setting of this database: its owner lifts it where it is open for writing")
	}
	if raw.Path != Memory {
		if info, err := os.Stat(fileOf(raw.Path)); err != nil || !isOwner(info) {
			return fmt.Errorf("protect: protection is a setting of %s, which only the owner of the file lifts", raw.Path)
		}
	}
	return raw.Exec(ctx, "DROP TABLE "+raw.at(protectionTable))
}

// detachProtected takes back an ATTACH of a database that is protected, or of the one whose
// protected counts the session works on: its people would be there for all.
func (db *DB) detachProtected(ctx context.Context) error {
	var hidden []string
	var name, path string
	var set bool
	err := db.each(ctx, `
		SELECT database_name, coalesce(path, ''), database_name IN (SELECT database_name FROM duckdb_tables() WHERE table_name = ?)
		FROM duckdb_databases() WHERE NOT internal AND database_name <> ?`, []any{&name, &path, &set}, func() {
		if set || db.Raw != nil && path != "" && SameFile(path, fileOf(db.Raw.Path)) {
			hidden = append(hidden, name)
		}
	}, protectionTable, db.catalog)
	if err != nil || hidden == nil {
		return err
	}
	if err := db.Exec(ctx, "DETACH "+sqltext.QuoteName(hidden[0])); err != nil {
		return err
	}
	return &Fault{Sentence: "attach: " + hidden[0] + isProtected}
}
