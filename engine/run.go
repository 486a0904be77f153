package engine

import (
	"context"
	"database/sql/driver"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"
	"github.com/duckdb/duckdb-go/v2/mapping"

	"utvandring/engine/value"
	"utvandring/udf"
	"utvandring/udf/sqltext"
)

// Run runs one statement of the user's and gives its result; what should be said
// of it besides is in TakeNotes. With a limit above 0, a query
// gives no more rows than that and stops working when it has them: for a
// screen, where nobody reads the other hundred million. A cancelled ctx stops
// the statement; the session goes on. An error is a *Fault.
func (db *DB) Run(ctx context.Context, statement string, limit int) (result *Result, err error) {
	if strings.IndexByte(statement, 0) >= 0 {
		// DuckDB would run what stands before it.
		return nil, &Fault{Sentence: "the statement has a NUL character in it"}
	}
	if err := db.examine(ctx, statement); err != nil {
		return nil, err
	}
	return db.query(udf.WithNotes(ctx, &db.notes), statement, limit)
}

// Query runs a query of the program's own, of which there is nothing to note.
func (db *DB) Query(ctx context.Context, query string) (*Result, error) {
	return db.query(ctx, query, 0)
}

func (db *DB) query(ctx context.Context, statement string, limit int) (result *Result, err error) {
	db.running.Store(&ctx)
	err = db.conn.Raw(func(driverConn any) (err error) {
		conn := driverConn.(*duckdb.Conn)
		defer db.progress.watch(conn)()
		ctx := running{&db.running}
		if limit > 0 && mayBeLimited(statement) {
			if result, err = runLimited(ctx, conn, statement, limit); result != nil || err != nil {
				return err
			}
		}
		rows, err := conn.QueryContext(ctx, statement, nil)
		if err != nil {
			return NewFault(err)
		}
		result = newResult(rows)
		return nil
	})
	if err != nil {
		if f, ok := err.(*Fault); ok {
			explainArguments(f, statement)
			db.suggest(ctx, f)
		}
		return nil, err
	}
	if mayChangeSeries(statement) {
		if err := db.followSeries(ctx); err != nil {
			result.Close()
			return nil, NewFault(err)
		}
	}
	for _, c := range result.Columns {
		if c.Type.Zoned() {
			c.Type.In(db.zone(ctx))
		}
	}
	return result, nil
}

// runLimited runs a query within another that stops at the limit. It gives
// neither result nor error when that cannot be done: then the query is run as it
// stands, and says itself what is wrong with it.
func runLimited(ctx context.Context, conn *duckdb.Conn, query string, limit int) (*Result, error) {
	prepared, err := conn.PrepareContext(ctx, fmt.Sprintf("FROM (\n%s\n) LIMIT %d", query, limit+1))
	if err != nil {
		return nil, nil
	}
	limited := prepared.(*duckdb.Stmt)
	if limited.NumInput() > 0 {
		limited.Close()
		return nil, nil
	}
	rows, err := limited.QueryContext(ctx, nil)
	if err != nil {
		limited.Close()
		err = NewFault(err)
		if f, ok := err.(*Fault); ok && f.Line > 0 {
			f.Line-- // of the query around it
		}
		return nil, err
	}
	result := newResult(rows)
	result.limit, result.statement = limit, limited
	if result.renamed() {
		result.takeNames(ctx, conn, query)
	}
	return result, nil
}

// renamed reports whether a column may have got another name, because there was
// one of that name already: a, a_1.
func (r *Result) renamed() bool {
	for _, c := range r.Columns {
		i := strings.LastIndexByte(c.Name, '_')
		if i >= 0 && r.Column(c.Name[:i]) >= 0 {
			return true
		}
	}
	return false
}

// takeNames takes the names of the columns from the query itself.
func (r *Result) takeNames(ctx context.Context, conn *duckdb.Conn, query string) {
	original, err := conn.PrepareContext(ctx, query)
	if err != nil {
		return
	}
	defer original.Close()
	for i := range r.Columns {
		if name, err := original.(*duckdb.Stmt).ColumnName(i); err == nil {
			r.Columns[i].Name = name
		}
	}
}

// mayBeLimited looks at the first word only: DuckDB refuses the rest of what is
// not a query.
func mayBeLimited(statement string) bool {
	switch sqltext.FirstWord(statement) {
	case "SELECT", "FROM", "WITH", "VALUES", "TABLE", "(":
		return true
	}
	return false
}

// zone is the session's time zone, UTC where Go does not know it.
func (db *DB) zone(ctx context.Context) *time.Location {
	var name string
	row := db.conn.QueryRowContext(ctx, "SELECT current_setting('TimeZone')")
	if row.Scan(&name) == nil {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone
		}
	}
	return time.UTC
}

// newResult takes over the rows of the driver. They are read from DuckDB's own
// memory: the driver's values lose the order of structs, the scale of decimals
// and the infinite dates. Its handle of the result is private, hence the
// reflection.
func newResult(rows driver.Rows) *Result {
	field := reflect.ValueOf(rows).Elem().FieldByName("res")
	if !field.IsValid() || !field.CanAddr() {
		panic("the DuckDB driver keeps its results elsewhere than in the version this was written for: see engine/run.go")
	}
	r := &Result{rows: rows, handle: (*mapping.Result)(field.Addr().UnsafePointer()), kept: true}
	switch mapping.ResultReturnType(*r.handle) {
	case mapping.ResultTypeChangedRows:
		r.Kind, r.Changed = Changed, int64(mapping.RowsChanged(r.handle))
	case mapping.ResultTypeQueryResult:
		r.Kind = Rows
	default:
		r.Kind = Nothing
	}
	for i := range mapping.ColumnCount(r.handle) {
		t := mapping.ColumnLogicalType(r.handle, i)
		r.Columns = append(r.Columns, Column{mapping.ColumnName(r.handle, i), value.TypeOf(t)})
		mapping.DestroyLogicalType(&t)
	}
	return r
}
