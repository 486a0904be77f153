package engine

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"utvandring/udf/duck"
)

// Interrupted is what a statement returns that Ctrl-C or a cancelled context
// ended.
var Interrupted = duck.Interrupted

// The stacked prefixes of DuckDB say nothing to a user.
var prefix = regexp.MustCompile(`^((Binder|Catalog|Parser|Invalid Input|Invalid|Conversion|Out of Range|Constraint|TransactionContext|Transaction|IO|Permission|Dependency|Not implemented|Serialization|Executor|Syntax|INTERRUPT|INTERNAL|Fatal|Connection|Sequence|Parameter Not Resolved|Parameter Not Allowed|Interrupted) Error: )+`)

// Plain turns an error of DuckDB into a sentence for the user: without stacked
// prefixes, in lower case, the position kept.
func Plain(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, Interrupted) {
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
	return plainError{lowerFirst(advise(strings.TrimSpace(lowerFirst(plain)))), err}
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
