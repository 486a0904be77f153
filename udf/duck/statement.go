package duck

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	bindings "github.com/duckdb/duckdb-go-bindings"
	"github.com/duckdb/duckdb-go/v2/mapping"
)

// Error is what DuckDB says is wrong, as it says it: "Binder Error: …", often
// with the line and a caret under it.
type Error string

func (e Error) Error() string { return string(e) }

// Interrupted is wrapped, beside the context's error, by that of a statement
// whose context ended. By itself it is the error of a result that comes as it is
// fetched where a thread of DuckDB's failed and one that this stopped was first to
// say so.
var Interrupted = errors.New("interrupted")

func interrupted(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("%w: %w", Interrupted, err)
	}
	return nil
}

// Failure is a message of DuckDB as an error. When the context has ended, it is
// about nothing else.
func Failure(ctx context.Context, message string) error {
	if err := interrupted(ctx); err != nil {
		return err
	}
	if strings.HasPrefix(message, "INTERRUPT Error: ") {
		return Interrupted
	}
	return Error(message)
}

var errNoStatement = errors.New("there is no statement here")

// Query runs one or more statements and gives the result of the last, to be
// closed. The arguments are for its parameters; those before it have none. A
// cancelled context stops the statement that runs, and its error is the result.
func (c *Conn) Query(ctx context.Context, statements string, args ...any) (*Result, error) {
	defer c.begin(ctx)()
	var extracted mapping.ExtractedStatements
	n := mapping.ExtractStatements(c.handle, statements, &extracted)
	defer mapping.DestroyExtracted(&extracted)
	if n == 0 {
		if message := mapping.ExtractStatementsError(extracted); message != "" {
			return nil, Failure(ctx, message)
		}
		return nil, errNoStatement
	}
	for i := range n - 1 {
		result, err := c.extracted(ctx, extracted, i, nil)
		if err != nil {
			return nil, err
		}
		result.Close()
	}
	return c.extracted(ctx, extracted, n-1, args)
}

func (c *Conn) extracted(ctx context.Context, statements mapping.ExtractedStatements, i mapping.IdxT, args []any) (*Result, error) {
	if err := interrupted(ctx); err != nil {
		return nil, err
	}
	s := &Statement{conn: c}
	state := mapping.PrepareExtractedStatement(c.handle, statements, i, &s.handle)
	defer s.Close()
	if state == mapping.StateError {
		return nil, Failure(ctx, mapping.PrepareError(s.handle))
	}
	return s.run(ctx, args)
}

// Statement is a statement that DuckDB has read and found no fault with.
type Statement struct {
	conn   *Conn
	handle mapping.PreparedStatement
}

// Statement prepares a single statement, to be closed.
func (c *Conn) Statement(ctx context.Context, text string) (*Statement, error) {
	defer c.begin(ctx)()
	s := &Statement{conn: c}
	if mapping.Prepare(c.handle, text, &s.handle) == mapping.StateError {
		defer s.Close()
		return nil, Failure(ctx, mapping.PrepareError(s.handle))
	}
	return s, nil
}

// Close gives its memory back. Results that it gave stay.
func (s *Statement) Close() { mapping.DestroyPrepare(&s.handle) }

// Parameters is how many values the statement wants.
func (s *Statement) Parameters() int { return int(mapping.NParams(s.handle)) }

// Names are the names of the columns it gives.
func (s *Statement) Names() []string {
	names := make([]string, mapping.PreparedStatementColumnCount(s.handle))
	for i := range names {
		names[i] = mapping.PreparedStatementColumnName(s.handle, mapping.IdxT(i))
	}
	return names
}

// Run runs it. The result is to be closed.
func (s *Statement) Run(ctx context.Context) (*Result, error) {
	defer s.conn.begin(ctx)()
	return s.run(ctx, nil)
}

// IsQuery reports whether it gives rows and changes nothing.
func (s *Statement) IsQuery() bool {
	return mapping.PreparedStatementType(s.handle) == mapping.StatementTypeSelect
}

// Stream runs a query of which DuckDB makes the rows as they are fetched and holds few of
// them. Until the last has been fetched, or the result is closed, the connection is busy
// with it: whoever runs another statement meanwhile waits for ever.
func (s *Statement) Stream(ctx context.Context) (*Result, error) {
	end := s.conn.begin(ctx)
	var pending mapping.PendingResult
	state := bindings.PendingPreparedStreaming(s.handle, &pending)
	result, err := s.execute(ctx, pending, state)
	if err != nil {
		end()
		return nil, err
	}
	result.ctx, result.end = ctx, end
	return result, nil
}

func (s *Statement) run(ctx context.Context, args []any) (*Result, error) {
	if n := s.Parameters(); n > len(args) {
		name := mapping.ParameterName(s.handle, mapping.IdxT(len(args)+1))
		if name == "" || name[0] >= '0' && name[0] <= '9' { // ? or $1
			return nil, errors.New("the statement has a parameter, which nothing fills: SET VARIABLE name = … and getvariable('name') do that here")
		}
		return nil, fmt.Errorf("the statement has a parameter $%s, which nothing fills: SET VARIABLE %[1]s = … and getvariable('%[1]s') do that here", name)
	}
	for i, arg := range args {
		if err := s.bind(mapping.IdxT(i+1), arg); err != nil {
			return nil, err
		}
	}
	var pending mapping.PendingResult
	state := mapping.PendingPrepared(s.handle, &pending)
	return s.execute(ctx, pending, state)
}

// execute ends what preparing a statement for its result began.
func (s *Statement) execute(ctx context.Context, pending mapping.PendingResult, state mapping.State) (*Result, error) {
	defer mapping.DestroyPending(&pending)
	if state == mapping.StateError {
		return nil, Failure(ctx, mapping.PendingError(pending))
	}
	if err := interrupted(ctx); err != nil {
		return nil, err
	}
	if await(pending) == mapping.PendingStateError {
		// No message means that it waits for something, which ExecutePending can wait for.
		if message := mapping.PendingError(pending); message != "" {
			return nil, Failure(ctx, message)
		}
	}
	var result mapping.Result
	if mapping.ExecutePending(pending, &result) == mapping.StateError {
		defer mapping.DestroyResult(&result)
		return nil, Failure(ctx, mapping.ResultError(&result))
	}
	return newResult(result), nil
}

// await does a statement's work as far as it is this thread's to do. While other threads
// do the rest, such as a Go function that works for a second, it sleeps: left to itself,
// DuckDB asks all the time whether they are done, and takes a processor for that. It
// sleeps for a part of the time it has waited, so that no answer comes much later.
func await(pending mapping.PendingResult) mapping.PendingState {
	const soon = 50 * time.Microsecond
	var since time.Time
	for {
		switch state := mapping.PendingExecuteTask(pending); state {
		case mapping.PendingStateResultNotReady:
			since = time.Time{}
		case mapping.PendingStateNoTasksAvailable:
			if since.IsZero() {
				since = time.Now()
			} else if waited := time.Since(since); waited > soon {
				time.Sleep(min(waited/8, time.Millisecond))
			}
		default:
			return state
		}
	}
}

// bind fills a parameter with a string, int, int64, float64, bool or NULL.
func (s *Statement) bind(i mapping.IdxT, value any) error {
	state := mapping.StateError
	switch x := value.(type) {
	case string:
		state = mapping.BindVarcharLength(s.handle, i, x, mapping.IdxT(len(x)))
	case int:
		state = mapping.BindInt64(s.handle, i, int64(x))
	case int64:
		state = mapping.BindInt64(s.handle, i, x)
	case float64:
		state = mapping.BindDouble(s.handle, i, x)
	case bool:
		state = mapping.BindBoolean(s.handle, i, x)
	case nil:
		state = mapping.BindNull(s.handle, i)
	}
	if state == mapping.StateError {
		return fmt.Errorf("parameter %d cannot be a %T", i, value)
	}
	return nil
}
