package udf

import (
	"context"
	"errors"
	"fmt"

	"utvandring/udf/sqltext"
)

// countOptions say which emigrations of cells are counted.
var countOptions = options[string]{{
	Option: Option{"count", "VARCHAR", "'all'", []string{"all", "macro"}, "which emigrations: all, or those of the macro analysis, without people who came the same year"},
	preset: func(column *string) { *column = "emigrations" },
	read: func(column *string, v Value) error {
		switch text, err := v.Text(); {
		case errors.Is(err, ErrNoValue):
			return errors.New("count := NULL (it is 'all' or 'macro')")
		case err != nil:
			return fmt.Errorf("count %w (it is 'all' or 'macro')", err)
		case text == "all":
			*column = "emigrations"
		case text == "macro":
			*column = "emigrations_macro"
		default:
			return fmt.Errorf("count := %s (it is 'all' or 'macro')", sqltext.QuoteText(text))
		}
		return nil
	},
}}

// _column_counted(options) is the column of cells to be summed, in a list for
// COLUMNS.
var _ = add(Function{
	Name: "_column_counted", Args: 1, Options: countOptions.declared(), Result: []Column{{"", Text}},
	Run: func(_ context.Context, args []Value) (*Table, error) {
		var column string
		if err := countOptions.readAll(args[0], &column); err != nil {
			return nil, err
		}
		return NewTable([]string{column}), nil
	},
})
