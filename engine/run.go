package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

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
	if fault := unclosed(statement); fault != nil {
		return nil, fault
	}
	if err := db.refuseSealed(statement); err != nil {
		return nil, err
	}
	if err := db.refuseDatabases(ctx, statement); err != nil {
		return nil, err
	}
	db.settle(ctx)
	statement = db.readJSONStat(ctx, statement)
	if err := db.examine(ctx, statement); err != nil {
		return nil, err
	}
	ctx = udf.WithNotes(ctx, &db.notes)
	if db.Notes != NotesError || !mayChangeSeries(statement) {
		return db.run(ctx, statement, limit)
	}
	// What is noted of the series comes after the statement, which must not be kept then.
	err = db.InTransaction(ctx, func() error {
		result, err = db.run(ctx, statement, limit)
		return err
	})
	var fault *Fault
	if errors.As(err, &fault) {
		return nil, fault
	}
	return result, NewFault(err)
}

// unclosed is the fault of a statement that ends within a comment. DuckDB runs some of
// these without what is in the comment, which was rather meant to be run.
func unclosed(statement string) error {
	if !strings.Contains(statement, "/*") {
		return nil
	}
	tokens := sqltext.Lex(statement)
	last := tokens[len(tokens)-1]
	if last.Kind != sqltext.Comment || !last.Open {
		return nil
	}
	f := &Fault{Sentence: "a comment is not closed: what begins with /* ends with */"}
	f.pointTo(statement, last.At)
	return f
}

// run is Run of a statement that has been examined.
func (db *DB) run(ctx context.Context, statement string, limit int) (*Result, error) {
	read, changed := db.asRead(ctx, statement)
	if err := db.note(db.textOrder(ctx, statement, read)...); err != nil {
		return nil, err
	}
	written := db.written(ctx, statement)
	if len(changed) > 0 {
		read = db.keepNames(ctx, statement, read)
		limit = max(limit, 0) // it may have to be run again as it was written
	}
	result, err := db.query(ctx, read, limit)
	db.forgetGroups(statement)
	switch {
	case err == nil:
		db.noteOrder(ctx, statement, changed)
	case len(changed) > 0:
		result, err = db.asWritten(ctx, statement, read, changed, limit, err)
	}
	if err != nil {
		return nil, err
	}
	if sqltext.FirstWord(statement) == "ATTACH" {
		if err := db.detachProtected(ctx); err != nil {
			result.Close()
			return nil, err
		}
	}
	if mayChangeSeries(statement) {
		if err := db.noteUneven(ctx); err != nil {
			result.Close()
			return nil, err
		}
	}
	if result.streamed {
		return result, nil // which changes nothing
	}
	db.keepPrepared(read)
	db.followRegister(ctx, statement, written, result)
	if slices.ContainsFunc(result.Columns, func(c Column) bool { return strings.Contains(c.Name, "cast_to_type(") }) {
		db.takeNames(ctx, result, statement)
	}
	return result, nil
}

// Query runs a query of the program's own, of which there is nothing to note.
func (db *DB) Query(ctx context.Context, query string) (*Result, error) {
	return db.query(ctx, query, 0)
}

func (db *DB) query(ctx context.Context, statement string, limit int) (result *Result, err error) {
	if err := db.refuseUncounted(ctx, statement); err != nil {
		return nil, err
	}
	if limit != 0 && mayBeLimited(statement) {
		if limit == Streamed {
			result, err = db.runStreamed(ctx, statement)
		} else {
			result, err = db.runLimited(ctx, statement, limit)
		}
	}
	if result == nil && err == nil {
		result, err = newResult(db.conn.Query(ctx, statement))
	}
	if err != nil {
		err = NewFault(err)
		if f, ok := err.(*Fault); ok {
			db.explainSealed(f)
			explainPlace(f, statement)
			explainArguments(f, statement)
			explainLists(f, statement)
			explainRows(f, statement)
			db.explainFile(ctx, f, statement)
			db.suggest(ctx, f)
			db.explainLeft(ctx, f)
		}
		return nil, err
	}
	if mayChangeSeries(statement) {
		if err := db.followSeries(ctx); err != nil {
			result.Close()
			return nil, NewFault(err)
		}
	}
	if !result.streamed {
		result.in(db.zone, ctx)
	}
	return result, nil
}

// runStreamed runs a query whose rows come as they are read. It gives neither result nor
// error for what is no single query.
func (db *DB) runStreamed(ctx context.Context, query string) (*Result, error) {
	statement, err := db.conn.Statement(ctx, query)
	if err != nil {
		return nil, nil
	}
	defer statement.Close()
	if !statement.IsQuery() || statement.Parameters() > 0 {
		return nil, nil
	}
	zone := db.zone(ctx) // nothing can be asked while rows come
	result, err := newResult(statement.Stream(ctx))
	if err == nil {
		result.streamed = true
		result.reason = func(err error) error {
			if errors.Is(err, Interrupted) && ctx.Err() == nil {
				return db.whyStopped(ctx, query)
			}
			return NewFault(err)
		}
		result.in(func(context.Context) *time.Location { return zone }, ctx)
	}
	return result, err
}

// whyStopped is the error of a query of which one thread of DuckDB's failed and stopped the
// others, of which one was first to say so. Run again without its rows, it tells why.
func (db *DB) whyStopped(ctx context.Context, query string) error {
	fault := NewFault(db.conn.Exec(ctx, "EXPLAIN ANALYZE\n"+query))
	_, aborted := db.WithinTransaction(ctx)
	switch f, ok := fault.(*Fault); {
	case ctx.Err() != nil:
		return Interrupted
	case !ok || aborted != nil:
		return &Fault{Sentence: "the query failed while its rows were read, and DuckDB does not say why: run it again, outside a transaction"}
	case f.Line > 0:
		f.Line--
	}
	return fault
}

// in shows points in time as they are in the session's time zone.
func (r *Result) in(zone func(context.Context) *time.Location, ctx context.Context) {
	for _, c := range r.Columns {
		if c.Type.Zoned() {
			c.Type.In(zone(ctx))
		}
	}
}

// runLimited runs a query within another that stops at the limit. It gives
// neither result nor error when that cannot be done: then the query is run as it
// stands, and says itself what is wrong with it.
func (db *DB) runLimited(ctx context.Context, query string, limit int) (*Result, error) {
	limited, err := db.conn.Statement(ctx, fmt.Sprintf("FROM (\n%s\n) LIMIT %d", query, limit+1))
	if err != nil {
		return nil, nil
	}
	defer limited.Close()
	if limited.Parameters() > 0 {
		return nil, nil
	}
	result, err := newResult(limited.Run(ctx))
	if err != nil {
		err = NewFault(err)
		if f, ok := err.(*Fault); ok && f.Line > 0 {
			f.Line-- // of the query around it
		}
		return nil, err
	}
	result.limit = limit
	if result.renamed() {
		db.takeNames(ctx, result, query)
	}
	return result, nil
}

// renamed reports whether a column may have got another name, because there was
// one of that name already: a, a_1.
func (r *Result) renamed() bool {
	return slices.ContainsFunc(r.Columns, func(c Column) bool {
		i := strings.LastIndexByte(c.Name, '_')
		return i >= 0 && r.Column(c.Name[:i]) >= 0
	})
}

// takeNames takes the names of the columns from the query itself.
func (db *DB) takeNames(ctx context.Context, r *Result, query string) {
	original, err := db.conn.Statement(ctx, query)
	if err != nil {
		return
	}
	defer original.Close()
	for i, name := range original.Names() {
		r.Columns[i].Name = name
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
	row := db.conn.Row(ctx, "SELECT current_setting('TimeZone')")
	if row.Scan(&name) == nil {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone
		}
	}
	return time.UTC
}

// Progress is how much of the running statement is done, in per cent; known is
// false where neither the function that runs nor DuckDB can tell, or nothing runs.
func (db *DB) Progress() (percent float64, known bool) {
	if percent, known := udf.Progress(); known {
		return percent, known
	}
	return db.conn.Progress()
}
