package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/sqltext"
)

// The counts are those of the register as it was at the last refresh. So that nobody
// takes them for those of today's, refresh writes down with them what it counted from:
// of each table the number of rows and the sum of their hashes. Looking at the numbers
// of rows costs next to nothing, and at the hashes of small tables too; those of a
// register of national size take a fifth of a second. So a statement that changes one of
// these tables is noticed by its words, and marks the table; opening looks at the
// numbers of rows and the marks, and only .check and what makes figures at the hashes,
// which show also what another program has changed.

// registered are the large tables that refresh counts from, with the user's own that
// dimensions name, and settled the small ones.
func (db *DB) registered() []string { return slices.Concat(registerTables, db.named) }

var settled = []string{"country", "municipality", "municipality_change", "municipality_centrality", "register_period", "study", "dimension"}

// recordCounted writes down what refresh has counted from. Nothing but the session can
// change a database in memory, so that its hashes are not needed.
func (db *DB) recordCounted(ctx context.Context) (err error) {
	if db.named, err = db.readOwnSources(ctx); err != nil {
		return err
	}
	if err := db.Exec(ctx, "CREATE OR REPLACE TABLE "+db.at("_counted_from")+" AS SELECT *, false AS changed FROM ("+db.fingerprints(ctx, db.Path != Memory)+")"); err != nil {
		return err
	}
	db.stale, db.staleSaid, db.staleSure = nil, false, true
	db.enums, db.values = nil, nil // there may be other dimensions
	return nil
}

// fingerprints is the query for what is written down.
func (db *DB) fingerprints(ctx context.Context, large bool) string {
	return strings.Join(slices.Concat(db.fingerprintsOf(registerTables, large), db.fingerprintsOf(settled, true), db.ownFingerprints(ctx, large)), " UNION ALL ")
}

func (db *DB) fingerprint(table string, hashed bool) string {
	hash := "NULL::VARCHAR"
	if hashed {
		hash = "sum(hash(t))::VARCHAR"
	}
	return fmt.Sprintf(`SELECT %s AS table_name, count(*) AS "rows", %s AS hash FROM %s t`, sqltext.QuoteText(table), hash, db.at(table))
}

func (db *DB) fingerprintsOf(tables []string, hashed bool) []string {
	return mapped(tables, func(table string) string { return db.fingerprint(table, hashed) })
}

// Stale says that tables have changed since they were counted, "" where none has. With
// sure, it looks at every row, once.
func (db *DB) Stale(ctx context.Context, sure bool) string {
	if sure && !db.staleSure {
		db.lookForStale(ctx, true)
	}
	const before = ": the counts, panels and figures are those of before (.refresh counts anew)"
	switch n := len(db.stale); {
	case n == 0:
		return ""
	case n == 1 && strings.HasPrefix(db.stale[0], macroOf):
		return db.stale[0] + " has changed since it was counted by" + before
	case n == 1:
		return "table " + db.stale[0] + " has changed since it was counted" + before
	default:
		return "tables " + strings.Join(db.stale[:n-1], ", ") + " and " + db.stale[n-1] + " have changed since they were counted" + before
	}
}

// StaleNote is Stale for a note: what has not been said yet.
func (db *DB) StaleNote() string {
	text := db.Stale(context.Background(), false)
	if text == "" || db.staleSaid || db.Notes == NotesOff {
		return ""
	}
	db.staleSaid = true
	return text
}

// lookForStale finds the tables that are not as they were counted. Where that cannot
// be told, as in an aborted transaction, nothing is found.
func (db *DB) lookForStale(ctx context.Context, sure bool) {
	tables, err := db.changed(ctx, db.fingerprints(ctx, sure))
	if err != nil {
		return
	}
	if len(tables) == 0 {
		db.staleSaid = false
	}
	order := slices.Concat(db.registered(), settled)
	slices.SortFunc(tables, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
	db.stale, db.staleSure = tables, sure || db.Path == Memory
}

// changed finds those of the tables of fingerprints that are not as they were counted. Every start
// asks: to plan a join of the two queries takes DuckDB as long as both.
func (db *DB) changed(ctx context.Context, fingerprints string) (tables []string, err error) {
	var table string
	type count struct {
		rows    int64
		hash    string // "" where it was not taken
		changed bool
	}
	var c count
	counts := func(from string, f func()) error {
		return db.each(ctx, `SELECT table_name, coalesce("rows", -1), coalesce(hash, ''), changed FROM `+from, []any{&table, &c.rows, &c.hash, &c.changed}, f)
	}
	before := map[string]count{}
	if err := counts(db.at("_counted_from"), func() { before[table] = c }); err != nil {
		return nil, err
	}
	err = counts("(SELECT *, false AS changed FROM ("+fingerprints+"))", func() {
		if b, ok := before[table]; ok && (b.changed || b.rows != c.rows || b.hash != c.hash && b.hash != "" && c.hash != "") {
			tables = append(tables, table)
		}
	})
	return tables, err
}

// followRegister notices what a statement has changed that the counts are made from:
// written are the tables that it writes into.
func (db *DB) followRegister(ctx context.Context, statement string, written []string, result *Result) {
	if result.Kind == Changed && result.Changed == 0 {
		return
	}
	ctx = context.WithoutCancel(ctx)
	look := false
	switch sqltext.FirstWord(statement) {
	case "ROLLBACK", "ABORT":
		db.recall(ctx)
	case "EXECUTE", "IMPORT", "DROP", "ALTER": // of a view, the plan names what it reads only
		look = true
	case "CREATE": // a macro, perhaps: what is written tells of a table or view
		name, _ := created(sqltext.Code(statement))
		look = name == "" && slices.ContainsFunc(db.named, func(name string) bool { return strings.HasPrefix(name, macroOf) })
	}
	for _, table := range written {
		look = look || slices.Contains(settled, table)
		if slices.Contains(db.registered(), table) && !slices.Contains(db.stale, table) && !db.ReadOnly {
			db.Exec(ctx, "UPDATE "+db.at("_counted_from")+" SET changed = true WHERE table_name = $1", table)
			look = true
		}
	}
	if look {
		db.lookForStale(ctx, false)
	}
}

// written are the tables of the register that a statement will write into, in lower case.
func (db *DB) written(ctx context.Context, statement string) (tables []string) {
	statement = db.meant(statement)
	switch sqltext.FirstWord(statement) {
	case "INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "TRUNCATE", "CREATE", "DROP", "ALTER", "WITH":
	default:
		return nil
	}
	for _, names := range targets(statement) {
		table := strings.ToLower(names[len(names)-1])
		if (slices.Contains(settled, table) || slices.Contains(db.registered(), table)) && db.isRegister(ctx, statement, names) {
			tables = append(tables, table)
		}
	}
	return tables
}

// isRegister reports whether a table that a statement writes into is that of the
// register, and not one of the same name that is temporary, in another schema or
// another database.
func (db *DB) isRegister(ctx context.Context, statement string, names []string) bool {
	if sqltext.FirstWord(statement) != "CREATE" {
		return db.readsTable(db.bound(ctx, "FROM "+strings.Join(sqltext.QuoteAll(names, sqltext.QuoteName), ".")), func(table string) bool { return equalFold(table, names[len(names)-1]) })
	}
	if _, temporary := created(sqltext.Code(statement)); temporary {
		return false
	}
	where, err := db.conn.Texts(ctx, "SELECT unnest([current_database(), current_schema()])")
	if err != nil {
		return false
	}
	switch qualified := names[:len(names)-1]; {
	case len(qualified) == 2:
		where = qualified
	case len(qualified) == 1 && !equalFold(qualified[0], "main"):
		where = []string{qualified[0], "main"} // a database; of a schema, this is none
	case len(qualified) == 1:
		where[1] = "main"
	}
	return equalFold(where[0], db.catalog) && equalFold(where[1], "main")
}

// targets are the names, with those of schema and database before them, of the tables
// that a statement writes into.
func targets(statement string) (tables [][]string) {
	if i := strings.Index(strings.ToUpper(statement[:min(len(statement), 1000)]), "VALUES"); i > 0 && sqltext.FirstWord(statement) == "INSERT" {
		statement = statement[:i] // data follow
	}
	code := operand(sqltext.Code(statement))
	is := func(i int, words ...string) bool {
		return i < len(code) && slices.ContainsFunc(words, code[i].Is)
	}
	for i := range code {
		at := i + 1
		switch {
		case is(i, "INTO"), is(i, "UPDATE") && !is(at, "SET"), is(i, "COPY"):
		case is(i, "TRUNCATE"), is(i, "TABLE", "VIEW") && i > 0 && i < 5: // CREATE OR REPLACE TEMP TABLE, DROP VIEW, ALTER TABLE
			for is(at, "TABLE", "IF", "NOT", "EXISTS") {
				at++
			}
		case is(i, "DELETE") && is(at, "FROM"):
			at++
		default:
			continue
		}
		var names []string
		for ; at < len(code) && code[at].Ident() != ""; at++ {
			names = append(names, code[at].Ident())
			if at++; !is(at, ".") {
				break
			}
		}
		if is(i, "COPY") {
			if is(at, "(") {
				at = closing(code, at) + 1
			}
			if !is(at, "FROM") {
				continue
			}
		}
		if len(names) > 0 {
			tables = append(tables, names)
		}
	}
	return tables
}

// staleCounts notes that a statement reads counts that are not those of the register.
func staleCounts(db *DB, ctx context.Context, statement string) []string {
	text := db.Stale(ctx, false)
	if text == "" || db.staleSaid && db.Notes != NotesError || !db.readsCounts(ctx, statement) {
		return nil
	}
	db.staleSaid = true
	return []string{text}
}

// recall reads what was written down with the counts: of a database that was opened, or whose
// last count was rolled back.
func (db *DB) recall(ctx context.Context) {
	db.findNamed(ctx)
	db.lookForStale(ctx, false)
	db.readOwn(ctx)
}

// findNamed reads which tables of the user's were counted from, in a database that has
// been opened.
func (db *DB) findNamed(ctx context.Context) {
	tables, err := db.conn.Texts(ctx, "SELECT table_name FROM "+db.at("_counted_from")+" ORDER BY 1")
	if err == nil {
		db.named = slices.DeleteFunc(tables, func(table string) bool {
			return slices.Contains(registerTables, table) || slices.Contains(settled, table)
		})
	}
}

// readsCounts looks in the plan of a statement for the tables that refresh fills. Of what
// has no plan, such as CALL, it says yes.
func (db *DB) readsCounts(ctx context.Context, statement string) bool {
	statement = db.meant(statement)
	switch sqltext.FirstWord(statement) {
	case "EXECUTE", "CALL":
		return true
	case "SELECT", "FROM", "WITH", "(", "VALUES", "TABLE", "CREATE", "INSERT", "COPY", "UPDATE", "DELETE", "MERGE", "PIVOT", "UNPIVOT", "SUMMARIZE":
	default:
		return false
	}
	of := map[string]bool{}
	for _, table := range livedTables {
		of[table] = true
	}
	for _, c := range counted() {
		// How codes are read depends on the small tables only.
		of[c.table] = !c.shape || slices.ContainsFunc(db.stale, func(t string) bool { return slices.Contains(settled, t) })
	}
	if tree := db.bound(ctx, statement); tree != nil {
		return db.readsTable(tree, func(table string) bool { return of[table] })
	}
	plan := db.wholePlan(ctx, statement)
	for table, counts := range of {
		if counts && strings.Contains(plan, "."+table+`"`) {
			return true
		}
	}
	return false
}

// readsTable reports whether a bound statement reads a table of the register.
func (db *DB) readsTable(tree any, is func(table string) bool) bool {
	return walk(tree, func(n node) bool {
		return n.text("catalog") == db.catalog && n.text("schema") == "main" && is(n.text("table"))
	})
}
