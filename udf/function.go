// Package udf holds the functions that are written in Go and called from SQL.
//
// A Function is private (its name starts with an underscore) and gets its data
// in-band: a whole panel arrives as one LIST(STRUCT) value, a table leaves the
// same way. A macro in sql/ gives it defaults, help and a table to stand in.
// That is how a function sees CTEs, temporary tables and uncommitted rows,
// which a second connection would not.
//
// Recovering from panics, cancelling, NULLs and types are handled here, once for
// all functions. The arithmetic is in the pure packages below it, and what
// touches DuckDB itself in the package duck.
package udf

import (
	"context"
	"errors"

	"utvandring/udf/duck"
	"utvandring/udf/parallel"
)

// Kind is the type of a column that a Function returns.
type Kind int

// The kinds of result columns, as SQL types.
const (
	Text    Kind = iota // VARCHAR
	Double              // DOUBLE
	Integer             // BIGINT
	Boolean             // BOOLEAN
	Doubles             // DOUBLE[]
)

// Column is one column of the table that a Function returns.
type Column struct {
	Name string
	Kind Kind
}

// Function is a Go function that SQL can call.
type Function struct {
	// Name as called from SQL, with the leading underscore of private names.
	Name string
	// Args is the number of arguments; each may have any SQL type, and NULLs
	// are handed over.
	Args int
	// Options are those that one of the arguments holds by their names, if any.
	Options []Option
	// Result are the columns of the returned LIST(STRUCT(...)). With a single
	// column without a name the function returns LIST(kind).
	Result []Column
	// Run computes one call. It may be called from several threads at once. The
	// arguments are valid only until it returns. It should look at ctx in long
	// loops: that is how Ctrl-C stops it.
	Run func(ctx context.Context, args []Value) (*Table, error)
}

// functions is everything that Register makes callable.
var functions []Function

// add is called from the file of each function, so that a new function is one
// new file.
func add(f Function) bool {
	functions = append(functions, f)
	return true
}

// tableFunctions is everything that Register makes callable with FROM.
var tableFunctions []duck.TableFunction

func addTable(f duck.TableFunction) bool {
	tableFunctions = append(tableFunctions, f)
	return true
}

// Register makes all functions callable on the database that conn belongs to.
// Call it once a database: registering is instance-wide and cannot be undone.
func Register(conn *duck.Conn) error {
	for _, f := range functions {
		if err := conn.Register(duck.Function{Name: f.Name, Args: f.Args, Result: resultType(f.Result), Call: f.call}); err != nil {
			return err
		}
	}
	for _, f := range tableFunctions {
		if err := conn.RegisterTable(f); err != nil {
			return err
		}
	}
	return conn.Register(collect)
}

// call runs the function on every row of a chunk: one row for a query over
// one panel, up to 2048 when the query has a GROUP BY. Rows are independent, so
// they are spread over the processors.
func (f Function) call(ctx context.Context, inputs []duck.Vector, n int, result duck.Output) error {
	tables := make([]*Table, n)
	notes := make([]callNotes, n)
	run := func(row int) (err error) {
		args := make([]Value, len(inputs))
		for i := range inputs {
			args[i] = Value{&inputs[i], row}
		}
		tables[row], err = f.Run(context.WithValue(ctx, callKey{}, &notes[row]), args)
		return err
	}
	err := parallel.For(ctx, n, func() func(int) error { return run })
	if e := collectNotes(ctx, notes); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return writeTables(result, f.Result, tables)
}

// ErrNoValue is wrapped by the errors of Value when an argument is NULL.
var ErrNoValue = errors.New("is NULL")
