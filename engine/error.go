package engine

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// Interrupted is what a statement returns that Ctrl-C or a cancelled context
// ended.
var Interrupted = errors.New("interrupted")

// The stacked prefixes of DuckDB and its driver say nothing to a user.
var prefix = regexp.MustCompile(`^((Binder|Catalog|Parser|Invalid Input|Invalid|Conversion|Out of Range|Constraint|TransactionContext|Transaction|IO|Permission|Dependency|Not implemented|Serialization|Executor|Syntax|INTERRUPT|INTERNAL|Fatal|Connection|Sequence|Parameter Not Resolved|Parameter Not Allowed|Interrupted) Error: |API error: |could not connect to database: |database/sql/driver: )+`)

// Plain turns an error of DuckDB into a sentence for the user: without stacked
// prefixes, in lower case, the position kept.
func Plain(err error) error {
	if err == nil {
		return nil
	}
	var native *duckdb.Error
	if errors.Is(err, context.Canceled) || errors.As(err, &native) && native.Type == duckdb.ErrorTypeInterrupt {
		return Interrupted
	}
	text := err.Error()
	plain := text
	for {
		shorter := prefix.ReplaceAllString(plain, "")
		if shorter == plain {
			break
		}
		plain = shorter
	}
	if plain == text {
		return err
	}
	return plainError{lowerFirst(strings.TrimSpace(plain)), err}
}

type plainError struct {
	text  string
	cause error
}

func (e plainError) Error() string { return e.text }
func (e plainError) Unwrap() error { return e.cause }

// lowerFirst lowers a capital that only begins a sentence: "Table with name"
// but not "GROUP BY" or "Oslo"-like names, which begin with two capitals or
// stand in quotes.
func lowerFirst(s string) string {
	if len(s) < 2 || s[0] < 'A' || s[0] > 'Z' || s[1] < 'a' || s[1] > 'z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
