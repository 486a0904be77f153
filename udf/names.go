package udf

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"utvandring/udf/equation"
)

// _names makes a list of a name or a list of names, so that a macro can take
// either: simulate('4.1', …) and simulate(['4.1', '4.7'], …).
var _ = add(Function{
	Name:   "_names",
	Args:   1,
	Result: []Column{{"", Text}},
	Run: func(_ context.Context, args []Value) (*Table, error) {
		if args[0].Null() {
			return nil, nil
		}
		names, err := readNames(args[0])
		if err != nil {
			return nil, err
		}
		return NewTable(names), nil
	},
})

func readNames(v Value) ([]string, error) {
	names, err := v.Texts()
	if err != nil {
		given := ""
		if v.v.Type().Element() == nil { // else err names the element
			given = "what is given "
		}
		err = fmt.Errorf("a name or a list of names is wanted here: %s%w", given, err)
	}
	return names, err
}

// _dimensions(macro, names) are the names, none of which may be one of the columns that
// the macro counts, nor the year where that divides by the years of periods.
var _ = add(Function{
	Name:   "_dimensions",
	Args:   2,
	Result: []Column{{"", Text}},
	Run: func(_ context.Context, args []Value) (*Table, error) {
		macro, err := args[0].Text()
		if err != nil || args[1].Null() {
			return nil, err
		}
		names, err := readNames(args[1])
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			switch {
			case isCount(name):
				return nil, fmt.Errorf("%s: %s is a count, and dims are the columns to group by", macro, name)
			case equation.Key(name) == "year" && (macro == "frequency_period" || macro == "composition"):
				return nil, fmt.Errorf("%s: year is among the dims, and a period is of all its years: leave it out, or take frequency_of", macro)
			}
		}
		return NewTable(names), nil
	},
})

// isCount reports whether a column of cells is counted, so that nothing is grouped by it: all of
// CountedColumns but year, place and people, by which they are.
func isCount(name string) bool {
	return slices.Contains(CountedColumns[3:], equation.Key(name)) || equation.Key(name) == "person_years"
}

// _columns_named(argument, names) are the names too, where there must be some, and no
// counts: an error says which argument has none.
var _ = add(Function{
	Name:   "_columns_named",
	Args:   2,
	Result: []Column{{"", Text}},
	Run: func(_ context.Context, args []Value) (*Table, error) {
		argument, err := args[0].Text()
		if err != nil {
			return nil, err
		}
		names, err := args[1].Texts()
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s %w; it takes a column or a list of columns", argument, err)
		case len(names) == 0:
			return nil, errors.New(argument + " is an empty list; it takes a column or a list of columns")
		}
		if at := slices.IndexFunc(names, isCount); at >= 0 {
			return nil, fmt.Errorf("%s has %s, which is counted; what is grouped by is what people are, such as age_group", argument, names[at])
		}
		return NewTable(names), nil
	},
})
