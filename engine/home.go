package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/sqltext"
)

// SQL looks for a name among the temporary tables first and then in the schema of USE,
// so that person need not be the register's. What the program itself does with the
// register is done where the register is.

// home is that schema, as SQL names it.
func (db *DB) home() string { return sqltext.QuoteName(db.catalog) + ".main" }

// at is a table of the register wherever the session is.
func (db *DB) at(table string) string { return db.home() + "." + sqltext.QuoteName(table) }

// atHome runs f, which reads and writes the register by names without a schema. It refuses where a temporary table
// would be taken for one of the register.
func (db *DB) atHome(ctx context.Context, f func() error) error {
	hidden, err := db.hidden(ctx)
	if err != nil {
		return err
	}
	if hidden != "" {
		return fmt.Errorf("the temporary table %[1]s hides the %[1]s of this database: drop it, or give it another name", hidden)
	}
	var path, schema string
	if err := db.conn.Row(ctx, "SELECT current_setting('search_path'), current_database() || '.' || current_schema()").Scan(&path, &schema); err != nil {
		return Plain(err)
	}
	if schema == db.catalog+".main" {
		return f()
	}
	defer db.giveBack(ctx, "SET search_path = "+sqltext.QuoteText(path))
	if err := db.Exec(ctx, "USE "+db.home()); err != nil {
		return err
	}
	return f()
}

// with runs f while a setting of DuckDB is another, unless settings are locked.
func (db *DB) with(ctx context.Context, setting, value string, f func() error) error {
	if db.sealed {
		return f()
	}
	var before string
	if err := db.conn.Row(ctx, "SELECT current_setting($1)::VARCHAR", setting).Scan(&before); err != nil {
		return err
	}
	// Also where ctx ended just after the setting was set.
	defer db.giveBack(ctx, "SET "+setting+" = "+before)
	if err := db.Exec(ctx, "SET "+setting+" = "+value); err != nil {
		return err
	}
	return f()
}

// giveBack sets a setting as it was; ctx may be what ended the work. In a transaction that
// is aborted none can be set: settle does it when it is over.
func (db *DB) giveBack(ctx context.Context, set string) {
	if db.Exec(context.WithoutCancel(ctx), set) != nil {
		db.owed = append(db.owed, set)
	}
}

// settle gives back what could not be given back before.
func (db *DB) settle(ctx context.Context) {
	owed := db.owed
	db.owed = nil
	for _, set := range owed {
		db.giveBack(ctx, set)
	}
}

// hidden is a temporary table or view that is found instead of one of ours; "" where
// there is none.
func (db *DB) hidden(ctx context.Context) (string, error) {
	names, err := db.conn.Texts(ctx, `SELECT lower(table_name) FROM duckdb_tables() WHERE temporary
		UNION ALL SELECT lower(view_name) FROM duckdb_views() WHERE temporary AND NOT internal ORDER BY 1`)
	if err != nil {
		return "", Plain(err)
	}
	if i := slices.IndexFunc(names, db.isOurs); i >= 0 {
		return names[i], nil
	}
	return "", nil
}

// isOurs reports whether a name in lower case is that of a table or view of this
// program, or of a table that is counted from.
func (db *DB) isOurs(name string) bool {
	return slices.Contains(db.named, name) ||
		slices.ContainsFunc(shipped(), func(e Entry) bool { return e.Name == name && (e.Kind == "table" || e.Kind == "view") })
}

// hides notes that a temporary table or view will be read instead of one of ours, by
// our views too.
func hides(db *DB, _ context.Context, statement string) []string {
	if sqltext.FirstWord(statement) != "CREATE" {
		return nil
	}
	name, temporary := created(sqltext.Code(statement))
	if name = strings.ToLower(name); !temporary || !db.isOurs(name) {
		return nil
	}
	return []string{fmt.Sprintf("the temporary %[1]s hides the %[1]s of this database: what reads %[1]s, the views and macros of this program too, reads the temporary one from now on; give it another name", name)}
}

// created is the table or view that CREATE makes; "" where it makes another thing.
func created(code []sqltext.Token) (name string, temporary bool) {
	table := false
	for i, t := range code {
		switch {
		case t.Is("TEMP"), t.Is("TEMPORARY"):
			temporary = true
		case !table && (t.Is("TABLE") || t.Is("VIEW")):
			table = true
		case t.Is("CREATE"), t.Is("OR"), t.Is("REPLACE"), t.Is("IF"), t.Is("NOT"), t.Is("EXISTS"), t.Is("RECURSIVE"), t.Is("."):
		case !table:
			return "", temporary
		default:
			if name = t.Ident(); name == "" || i+1 == len(code) || !code[i+1].Is(".") {
				return name, temporary
			}
		}
	}
	return name, temporary
}
