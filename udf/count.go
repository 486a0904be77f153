package udf

import (
	"context"
	"fmt"
	"slices"

	"utvandring/udf/stock"
)

// _count_cells(records, age_floors, duration_floors, first_year, last_year)
// counts the residents and events of one place and kind of people; see package
// stock, and sql/count/population_cell.sql, which calls it. records has kind, born,
// came (NULL: never), "first" and "until", all SMALLINT; the floors have one column.
// The group of those not born, or not immigrated yet, is -1, which the macros of
// sql/register/group.sql turn into NULL.
var _ = add(Function{
	Name: "_count_cells",
	Args: 5,
	Result: []Column{
		{"year", Integer}, {"age", Integer}, {"duration", Integer}, {"residents", Integer},
		{"emigrations", Integer}, {"emigrations_macro", Integer}, {"immigrations", Integer}, {"immigrations_macro", Integer},
	},
	Run: func(_ context.Context, args []Value) (*Table, error) {
		var r stock.Records
		frame, err := args[0].Frame()
		if err != nil {
			return nil, fmt.Errorf("_count_cells: records %w", err)
		}
		if len(frame.Names) != 5 {
			return nil, fmt.Errorf("_count_cells: %d columns of records, not kind, born, came, first, until", len(frame.Names))
		}
		for i, column := range []*[]int16{&r.Kind, &r.Born, &r.Came, &r.First, &r.Until} {
			data, null, err := frame.Shorts(i)
			if err != nil {
				return nil, fmt.Errorf("_count_cells: %w", err)
			}
			*column = data
			if column == &r.Came {
				r.NeverCame = null
			} else if slices.Contains(null, true) {
				return nil, fmt.Errorf("_count_cells: a NULL in column %s", frame.Names[i])
			}
		}
		var g stock.Groups
		for i, floors := range []*[]float64{&g.Age, &g.Duration} {
			frame, err := args[1+i].Frame()
			if err == nil {
				*floors, _, err = frame.Float(0)
			}
			if err != nil {
				return nil, fmt.Errorf("_count_cells: floors %w", err)
			}
		}
		first, err := args[3].Int()
		if err != nil {
			return nil, fmt.Errorf("_count_cells: first_year %w", err)
		}
		last, err := args[4].Int()
		if err != nil {
			return nil, fmt.Errorf("_count_cells: last_year %w", err)
		}
		if last < first || last-first > 1000 {
			return nil, fmt.Errorf("_count_cells: the years %d to %d are not a period that can be counted", first, last)
		}
		return cellTable(stock.Count(r, g, int(first), int(last))), nil
	},
})

func cellTable(cells []stock.Cell) *Table {
	columns := make([]any, 8)
	for i := range columns {
		columns[i] = make([]int64, len(cells))
	}
	for row, c := range cells {
		for i, n := range []int32{c.Year, c.Age, c.Duration, c.Residents, c.Emigrations, c.EmigrationsMacro, c.Immigrations, c.ImmigrationsMacro} {
			columns[i].([]int64)[row] = int64(n)
		}
	}
	return NewTable(columns...)
}
