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
func (db *DB) ProtectionSetting(ctx context.Context) (Protection, error) {
	set, err := db.texts(ctx, "SELECT 1 FROM duckdb_tables() WHERE table_name = ? AND database_name = ? AND schema_name = 'main'", protectionTable, db.catalog)
	if err != nil || len(set) == 0 {
		return Unprotected, Plain(err)
	}
	method, err := db.texts(ctx, "SELECT method FROM "+db.at(protectionTable))
	if err != nil {
		return Unprotected, Plain(err)
	}
	if len(method) == 1 && Protection(method[0]) == Suppressed {
		return Suppressed, nil
	}
	return Rounded, nil // also where the table is not as this program writes it
}

// SetProtection writes the setting, or lifts it where how is Unprotected: that is for the owner of the file only,
// and where it was opened for writing.
func (db *DB) SetProtection(ctx context.Context, how Protection) error {
	raw := db
	if db.Raw != nil {
		raw = db.Raw
	}
	set, err := raw.ProtectionSetting(ctx)
	if err != nil || set == how || how != Unprotected && raw.ReadOnly {
		return err
	}
	if how != Unprotected {
		return raw.Exec(ctx, "CREATE OR REPLACE TABLE "+raw.at(protectionTable)+" AS SELECT "+sqltext.QuoteText(string(how))+" AS method")
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
	rows, err := db.conn.QueryContext(ctx, `
		SELECT database_name, coalesce(path, ''), database_name IN (SELECT database_name FROM duckdb_tables() WHERE table_name = ?)
		FROM duckdb_databases() WHERE NOT internal AND database_name <> ?`, protectionTable, db.catalog)
	if err != nil {
		return Plain(err)
	}
	defer rows.Close()
	var hidden []string
	for rows.Next() {
		var name, path string
		var set bool
		if err := rows.Scan(&name, &path, &set); err != nil {
			return Plain(err)
		}
		if set || db.Raw != nil && path != "" && SameFile(path, fileOf(db.Raw.Path)) {
			hidden = append(hidden, name)
		}
	}
	rows.Close()
	for _, name := range hidden {
		if err := db.Exec(ctx, "DETACH "+sqltext.QuoteName(name)); err != nil {
			return err
		}
		return &Fault{Sentence: fmt.Sprintf("attach: %s is protected, and would be open to all beside another database: .open it, which gives its protected figures", name)}
	}
	return nil
}
