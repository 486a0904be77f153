package engine

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"utvandring/sql"
	"utvandring/udf/sqltext"
)

// applySQL puts the .sql files and the reference data into the database, all
// or nothing. A database that holds them in this very version is left alone, so
// that opening a file again costs nothing. One that somebody else has filled is refused,
// unless it is to be adopted. One of another version is counted
// anew: what counts, and the tables it is counted into, may differ.
func (db *DB) applySQL(ctx context.Context, options Options) error {
	want, err := fingerprint()
	if err != nil {
		return err
	}
	var have string
	row := db.conn.Row(ctx, "SELECT coalesce(fingerprint, '') FROM _prepared")
	foreign := row.Scan(&have) != nil
	if have == want {
		return nil
	}
	if db.ReadOnly {
		db.Foreign, db.Outdated = foreign, !foreign
		return nil
	}
	if foreign && !db.made {
		if err := db.askForeign(ctx, options.Adopt); err != nil {
			return err
		}
	}
	if db.made && (options.template != "" && db.copyTemplate(ctx, options.template, want) || db.copyTemplate(ctx, want, want)) {
		return nil
	}
	db.opening = true
	defer func() { db.opening, db.leave = false, nil }()
	for {
		err := db.InTransaction(ctx, func() error {
			if have != "" {
				if err := db.moveAside(ctx); err != nil {
					return err
				}
				if err := db.dropFormerViews(ctx); err != nil {
					return err
				}
				if err := db.renewTables(ctx); err != nil {
					return err
				}
			}
			return db.bringUp(ctx, want)
		})
		if err == nil {
			if db.made {
				db.keepTemplate(ctx, want)
			}
			return nil
		}
		if !db.leaveOut(ctx, err) {
			return err
		}
	}
}

// bringUp makes all of this version, whose fingerprint is given, and counts the register.
func (db *DB) bringUp(ctx context.Context, fingerprint string) error {
	if err := db.applyStudy(ctx, &study{immigrant: "immigrant", left: db.leave}, false); err != nil {
		return err
	}
	if err := db.fillReference(ctx); err != nil {
		return err
	}
	divided, err := db.has(ctx, "_division")
	if err != nil {
		return err
	}
	if !divided {
		if err := db.Exec(ctx, thisDivision); err != nil {
			return err
		}
	}
	if db.Recounted, err = db.has(ctx, "person"); err != nil {
		return err
	}
	switch {
	case isLeft(db.leave, ""): // the tables are there, and nothing is in them
		db.Recounted = false
		err = db.recordCounted(ctx)
	case db.Recounted:
		if err = db.refresh(ctx); err != nil {
			err = uncountable{err}
		}
	default:
		if err = db.fillTables(ctx, "", func(c countedTable) bool { return c.shape && c.table != "_kind" }); err == nil {
			err = db.recordCounted(ctx)
		}
	}
	if err != nil {
		return err
	}
	return db.conn.Exec(ctx, "CREATE OR REPLACE TABLE _prepared AS SELECT $1::VARCHAR AS fingerprint, string_split($2, ',') AS names", fingerprint, strings.Join(shippedNames(), ","))
}

// applyStudy makes all views and macros for a study, and the tables that their columns
// come from: DuckDB binds a view when it is made. Where they are there for another study
// of this version, it makes those that differ, and fills the tables.
func (db *DB) applyStudy(ctx context.Context, s *study, there bool) error {
	files, rows := studied(), ""
	if !there {
		var err error
		if files, err = sql.Read(); err != nil {
			return err
		}
		rows = " WITH NO DATA"
	}
	marks := strings.NewReplacer(s.pairs()...)
	for _, file := range files {
		if err := db.conn.Exec(ctx, marks.Replace(file.Text)); err != nil {
			return fmt.Errorf("sql/%s: %w", file.Name, Plain(err))
		}
		if err := db.fillTables(ctx, rows, func(c countedTable) bool { return c.shape && c.file == "sql/"+file.Name }); err != nil {
			return fmt.Errorf("sql/%s: %w", file.Name, err)
		}
	}
	return db.writeDownStudy(ctx, s)
}

// writeDownStudy keeps what is made, and which dimensions are left out of it.
func (db *DB) writeDownStudy(ctx context.Context, s *study) error {
	own := func(of func(dimension) string) string { return textList(mapped(s.own, of)) }
	left := func(of func(leftOut) string) string { return textList(mapped(s.left, of)) }
	return db.Exec(ctx, fmt.Sprintf("CREATE OR REPLACE TABLE _dimension AS SELECT %s AS applied, %s AS names, %s AS kinds, %s AS definitions, %s AS left_out, %s AS why",
		sqltext.QuoteText(s.signature()),
		own(func(d dimension) string { return d.name }), own(func(d dimension) string { return d.kind }), own(func(d dimension) string { return d.definition }),
		left(func(l leftOut) string { return l.dimension }), left(func(l leftOut) string { return l.why })))
}

// textList is a list of texts in SQL.
func textList(texts []string) string {
	return "[" + strings.Join(sqltext.QuoteAll(texts, sqltext.QuoteText), ", ") + "]::VARCHAR[]"
}

// studied are the files with no more of each than a study changes: what has its marks, and the
// views that read it, also by macros, however far off. A table has the columns that it has, but
// for those that a study shapes, panels and figures have those of the report, and a macro is
// bound when it is called.
var studied = sync.OnceValue(func() (files []sql.File) {
	changes := map[string]bool{}
	for _, c := range counted() {
		changes[c.table] = c.shape
	}
	type maker struct {
		Entry
		mentions    []string
		fixed, anew bool
	}
	var makers []*maker
	for _, e := range shipped() {
		if e.Kind != "table" {
			m := &maker{Entry: e, anew: strings.Contains(e.raw, "/*own")}
			m.fixed = !m.anew && (e.Kind != "view" || strings.HasPrefix(e.File, "sql/panel/") || strings.HasPrefix(e.File, "sql/report/"))
			m.mentions = mapped(sqltext.Code(e.SQL), func(t sqltext.Token) string { return strings.ToLower(t.Ident()) })
			changes[e.Name] = changes[e.Name] || m.anew
			makers = append(makers, m)
		}
	}
	for more := true; more; { // a macro may read what is made after it
		more = false
		for _, m := range makers {
			if !m.anew && slices.ContainsFunc(m.mentions, func(name string) bool { return changes[name] }) {
				m.anew, changes[m.Name], more = true, true, true
			}
		}
	}
	for _, m := range makers {
		if !m.anew || m.fixed {
			continue
		}
		name := strings.TrimPrefix(m.File, "sql/")
		if len(files) == 0 || files[len(files)-1].Name != name {
			files = append(files, sql.File{Name: name})
		}
		files[len(files)-1].Text += m.raw
	}
	return files
})

// ownShape is another number whenever what is written down beside the SQL files is other.
const ownShape = 3

// dropFormerViews makes room in a database of an earlier version for tables that
// were views there, and for views that were tables.
func (db *DB) dropFormerViews(ctx context.Context) error {
	there, err := db.kinds(ctx)
	if err != nil {
		return err
	}
	for _, e := range shipped() {
		if kind := there[e.Name]; kind != "" && kind != e.Kind && (e.Kind == "table" || e.Kind == "view") {
			if err := db.Exec(ctx, "DROP "+kind+" "+e.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// renewTables gives the tables of a database of an earlier version the columns and
// constraints that they have today. Rows and columns of the user's stay.
func (db *DB) renewTables(ctx context.Context) error {
	filled := map[string]bool{} // made anew by refresh
	for _, table := range livedTables {
		filled[table] = true
	}
	for _, c := range counted() {
		filled[c.table] = true
	}
	for _, e := range shipped() {
		if e.Kind != "table" || filled[e.Name] || !strings.Contains(e.SQL, "(") {
			continue
		}
		if err := db.renewTable(ctx, e); err != nil {
			return fmt.Errorf("table %s: %w", e.Name, err)
		}
	}
	return nil
}

func (db *DB) renewTable(ctx context.Context, e Entry) error {
	const name = "_renewed"
	if err := db.Exec(ctx, e.table(name, nil)); err != nil {
		return err
	}
	there, err := db.columnsOf(ctx, e.Name)
	if err != nil {
		return err
	}
	made, err := db.columnsOf(ctx, name)
	if err != nil {
		return err
	}
	var further []string
	for _, c := range there {
		if !slices.ContainsFunc(made, func(m namedColumn) bool { return equalFold(m.name, c.name) }) {
			further = append(further, sqltext.QuoteName(c.name)+" "+c.sqlType)
		}
	}
	if len(further) > 0 {
		if err := db.Exec(ctx, e.table(name, further)); err != nil {
			return err
		}
	}
	var same bool // but for the quotes, which a table read from a file has fewer of
	row := db.conn.Row(ctx, `
		SELECT count(DISTINCT replace(substr(sql, strpos(sql, '(')), '"', '')) = 1 FROM duckdb_tables()
		WHERE database_name = current_database() AND schema_name = 'main' AND table_name IN ($1, $2)`, name, e.Name)
	if err := row.Scan(&same); err != nil {
		return Plain(err)
	}
	if same {
		return db.Exec(ctx, "DROP TABLE "+name)
	}
	return db.Exec(ctx, fmt.Sprintf("INSERT INTO %[1]s BY NAME FROM %[2]s; DROP TABLE %[2]s; ALTER TABLE %[1]s RENAME TO %[2]s", name, e.Name))
}

// fingerprint tells this version's from others.
var fingerprint = sync.OnceValues(func() (string, error) {
	h := sha256.New()
	for _, name := range sql.Sources() {
		text, err := sql.Files.ReadFile(name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s\x00%s\x00", name, text)
	}
	fmt.Fprint(h, ownShape)
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
})

// fillReference fills every reference table that is still empty from
// sql/data/TABLE.csv, so that what a user has changed stays changed.
func (db *DB) fillReference(ctx context.Context) error {
	entries, err := fs.ReadDir(sql.Files, "data")
	if err != nil {
		return err
	}
	for _, e := range entries {
		table := strings.TrimSuffix(e.Name(), ".csv")
		text, err := fs.ReadFile(sql.Files, "data/"+e.Name())
		if err != nil {
			return err
		}
		if err := db.insertCSV(ctx, table, text); err != nil {
			return fmt.Errorf("sql/data/%s: %w", e.Name(), Plain(err))
		}
	}
	return nil
}

// insertCSV puts the rows of a CSV text with a header into a table that has none, a text a
// column; DuckDB casts them to the columns' types. An empty field is NULL.
func (db *DB) insertCSV(ctx context.Context, table string, text []byte) error {
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return err
	}
	var named, values []string
	var texts []any
	for i, column := range records[0] {
		list := make([]string, len(records)-1)
		for row, record := range records[1:] {
			list[row] = record[i]
		}
		texts = append(texts, strings.Join(list, "\x1f"))
		named = append(named, fmt.Sprintf("$%d AS %s", i+1, column))
		values = append(values, "nullif(unnest(string_split("+column+", chr(31))), '')")
	}
	return db.conn.Exec(ctx, fmt.Sprintf("INSERT INTO %[1]s (%[2]s) SELECT %[3]s FROM (SELECT %[4]s) WHERE NOT EXISTS (FROM %[1]s)",
		table, strings.Join(records[0], ", "), strings.Join(values, ", "), strings.Join(named, ", ")), texts...)
}
