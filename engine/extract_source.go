package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"utvandring/udf/duck"
	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// extractSource is what a register is loaded from, opened.
type extractSource struct {
	folder *folder     // nil: a database
	script *loadScript // load.sql; nil: none
	files  []*extractFile
	notes  []string

	// conn looks at the extract beside the session's connection, which may be within a
	// transaction that failed. The views of load.sql are in its schema lookSchema.
	conn *duck.Conn
}

// The schemas for the views of load.sql: that of the session's connection, and that of
// the one which looks.
const (
	viewSchema = "_extract"
	lookSchema = "_extract_look"
)

// openExtract opens a directory or a database. It is to be closed.
func (db *DB) openExtract(ctx context.Context, path string) (_ *extractSource, err error) {
	e := &extractSource{}
	if e.conn, err = db.file.Connect(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			e.close()
		}
	}()
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		return e, db.openDatabase(ctx, e, path)
	}
	if e.folder, err = db.openFolder(ctx, path); err != nil {
		return nil, err
	}
	if e.script, err = e.folder.script(ctx); err != nil {
		return nil, err
	}
	if e.script != nil && db.sealed {
		return nil, fmt.Errorf("-safe: %s needs a setting, and settings are locked: load it before", scriptName)
	}
	views, err := db.openScript(ctx, e)
	if err != nil {
		return nil, e.folder.plain(err)
	}
	files, notes, err := db.findExtract(ctx, e.folder, views)
	e.files, e.notes = files, append(e.notes, notes...)
	return e, e.folder.plain(err)
}

func (e *extractSource) close() {
	if e.folder != nil {
		e.folder.close()
	}
	ctx := context.Background()
	if e.script != nil {
		e.conn.Exec(ctx, "ROLLBACK")
		e.script.forget(e.conn, "")
	} else if e.folder == nil {
		e.conn.Exec(ctx, "DETACH DATABASE IF EXISTS "+viewSchema)
	}
	e.conn.Close()
}

// openScript runs load.sql where nobody sees it, and finds the tables that it makes.
func (db *DB) openScript(ctx context.Context, e *extractSource) (views []*extractFile, err error) {
	if e.script == nil {
		return nil, nil
	}
	if err := e.conn.Exec(ctx, "BEGIN"); err != nil {
		return nil, err
	}
	if err := e.script.run(ctx, e.conn, lookSchema); err != nil {
		return nil, err
	}
	names, err := e.conn.Texts(ctx, "SELECT lower(table_name) FROM information_schema.tables WHERE table_schema = $1 AND table_catalog = current_database()", lookSchema)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(place(a)-place(b), strings.Compare(a, b)) })
	for _, table := range names {
		f := &extractFile{table: table, name: scriptName + " view " + table, view: true, conn: e.conn}
		var unused []string
		switch {
		case slices.Contains(extractTables, table):
			unused, err = db.openTable(ctx, f)
		case e.script.reads(table):
			continue // that is what it is for
		default:
			if f, err = db.furtherTable(ctx, f); f == nil {
				unused = []string{fmt.Sprintf("%s view %s is not used: it is named as no table of an extract, nor has it what keys a table of yours (municipality_code, country_code, or person_id, from_date and to_date)", scriptName, table)}
			}
		}
		if err != nil {
			return nil, err
		}
		if e.notes = append(e.notes, unused...); f != nil {
			views = append(views, f)
		}
	}
	return views, nil
}

// openDatabase attaches a DuckDB database and finds its tables.
func (db *DB) openDatabase(ctx context.Context, e *extractSource, path string) error {
	if err := isDatabase(path); err != nil {
		return err
	}
	if SameFile(path, db.Path) {
		return errors.New("this database itself: it is loaded")
	}
	if err := e.conn.Exec(ctx, fmt.Sprintf("ATTACH %s AS %s (READ_ONLY)", sqltext.QuoteText(fileOf(path)), viewSchema)); err != nil {
		return err
	}
	names, err := e.conn.Texts(ctx, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' AND table_catalog = $1", viewSchema)
	if err != nil {
		return err
	}
	if slices.Contains(names, protectionTable) {
		return errors.New("it is protected, and would be open here: its owner lifts that with .protect off")
	}
	for _, table := range extractTables {
		i := slices.IndexFunc(names, func(name string) bool { return equalFold(name, table) })
		if i < 0 {
			if slices.Contains(required, table) {
				return fmt.Errorf("it has no table %s%s; it has %s", table, meant(table, names), firstOf(names))
			}
			continue
		}
		f := &extractFile{table: table, name: "table " + names[i], source: viewSchema + ".main." + sqltext.QuoteName(names[i]), conn: e.conn}
		var filled bool
		if err := e.conn.Row(ctx, "SELECT EXISTS (FROM "+f.source+")").Scan(&filled); err != nil {
			return err
		}
		if !filled && !slices.Contains(required, table) {
			continue
		}
		unused, err := db.openTable(ctx, f)
		if err != nil {
			return err
		}
		e.files, e.notes = append(e.files, f), append(e.notes, unused...)
	}
	others := slices.DeleteFunc(names, func(name string) bool {
		return strings.HasPrefix(name, "_") || slices.ContainsFunc(shipped(), func(e Entry) bool { return equalFold(e.Name, name) })
	})
	if slices.Sort(others); len(others) > 0 {
		e.notes = append(e.notes, fmt.Sprintf("not loaded, as no tables of an extract: %s (ATTACH %s AS other (READ_ONLY); CREATE TABLE %[3]s AS FROM other.%[3]s)",
			firstOf(others), sqltext.QuoteText(path), sqltext.QuoteName(others[0])))
	}
	return nil
}

// SameFile reports whether two paths lead to one file.
func SameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// numberPersons numbers the persons of an extract whose person_id is text and not only
// whole numbers (of CSV, where all is text, seldom whole numbers): in the order of the
// texts, from 1. Table person_key keeps both.
func (db *DB) numberPersons(ctx context.Context, e *extractSource) (note string, err error) {
	if err := db.Exec(ctx, "DELETE FROM person_key"); err != nil {
		return "", err
	}
	i := slices.IndexFunc(e.files, func(f *extractFile) bool { return f.table == "person" })
	if i < 0 {
		return "", nil
	}
	f := e.files[i]
	id := sqltext.QuoteName(f.inFile("person_id"))
	first, isText := "", "NOT coalesce(bool_and(TRY_CAST(%[1]s AS BIGINT)::VARCHAR = %[1]s), false)"
	if f.csv { // where all is text: a single one is a slip, and to be refused
		first, isText = " LIMIT 10000", "avg((TRY_CAST(%[1]s AS BIGINT) IS NULL)::INTEGER) FILTER (%[1]s IS NOT NULL) > .5"
	}
	var text bool
	row := db.conn.Row(ctx, fmt.Sprintf("SELECT coalesce(any_value(typeof(%[1]s)) = 'VARCHAR' AND "+isText+", false) FROM (FROM %[2]s%[3]s)", id, f.from(viewSchema), first))
	if err := row.Scan(&text); err != nil {
		return "", db.diagnose(ctx, e, f, err)
	}
	if !text {
		return "", nil
	}
	number := "SELECT source_id, row_number() OVER (ORDER BY source_id) AS person_id FROM (SELECT DISTINCT %s AS source_id FROM %s) WHERE source_id IS NOT NULL"
	if err := db.Exec(ctx, "INSERT INTO person_key (source_id, person_id) "+fmt.Sprintf(number, id, f.from(viewSchema))); err != nil {
		return "", err
	}
	for _, f := range e.files {
		f.ids = fmt.Sprintf(number, id, e.files[i].from(lookSchema))
	}
	return "person_id is text: persons are numbered in its order; table person_key has both", nil
}

var personNumber = later.Compile(`^person (-?\d+)`)

// withSourceID adds to a text that begins with the number of a person what the extract
// has for it.
func (db *DB) withSourceID(ctx context.Context, text string) string {
	m := personNumber.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	found, err := db.conn.Texts(ctx, "SELECT source_id FROM person_key WHERE person_id = "+m[1])
	if err != nil || len(found) == 0 {
		return text
	}
	return fmt.Sprintf("%s (%s)%s", m[0], found[0], text[len(m[0]):])
}
