package udf

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// A value that does not belong into its column is an error, not an empty text or 0.
func TestWrongValueInAResult(t *testing.T) {
	columns := []Column{{"text", Text}, {"number", Double}, {"whole", Integer}, {"truth", Boolean}}
	given := [][]any{
		{"a", 1.5, 2, true}, {nil, nil, nil, nil}, {"a", nan, int64(3), false},
		{1, 1.5, 2, true}, {"a", 1, 2, true}, {"a", 1.5, 2.0, true}, {"a", 1.5, "2", true}, {"a", 1.5, 2, 1}, {"a", float32(1), 2, true}, {"a", 1.5, 2},
	}
	conn := connect(t, Function{
		Name: "_rows", Args: 1, Result: columns,
		Run: func(_ context.Context, args []Value) (*Table, error) {
			n, err := args[0].Int()
			if err != nil || int(n) == len(given) {
				return NewTable([]string{"a"}, []float64{1}, []string{"b"}, []bool{true}), err
			}
			table := Rows(columns)
			table.Append(given[n]...)
			return table, nil
		},
	})
	for n, want := range []string{
		"", "", "",
		"column 1 of a result is []string, and the value 1 is int", "column 2 of a result is []float64, and the value 1 is int",
		"column 3 of a result is []int64, and the value 2 is float64", "column 3 of a result is []int64, and the value 2 is string",
		"column 4 of a result is []bool, and the value 1 is int", "column 2 of a result is []float64, and the value 1 is float32",
		"a row of 3 values for 4 columns", "column 3 is []string, and was declared otherwise",
	} {
		var got string
		err := conn.Row(context.Background(), fmt.Sprintf("SELECT _rows(%d)::VARCHAR", n)).Scan(&got)
		if (err != nil) != (want != "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, %v; want %q", given[min(n, len(given)-1)], got, err, want)
		}
	}
}

// Lists of numbers come back as they were, from several calls in one chunk too; an empty one
// is NULL.
func TestDoubles(t *testing.T) {
	conn := connect(t, Function{
		Name: "_lists", Args: 1, Result: []Column{{"n", Integer}, {"list", Doubles}},
		Run: func(_ context.Context, args []Value) (*Table, error) {
			n, err := args[0].Int()
			if err != nil {
				return nil, nil
			}
			table := Rows([]Column{{"n", Integer}, {"list", Doubles}})
			for i := range n {
				list := make([]float64, i)
				for k := range list {
					list[k] = float64(n) + float64(k)/10
				}
				table.Append(i, list)
			}
			return table, nil
		},
	})
	var got string
	if err := conn.Row(context.Background(), "SELECT string_agg(_lists(i)::VARCHAR, ';' ORDER BY i) FROM (VALUES (3), (NULL), (0), (2)) v(i)").Scan(&got); err != nil {
		t.Fatal(err)
	}
	if want := "[];[{'n': 0, 'list': NULL}, {'n': 1, 'list': [2.0]}];[{'n': 0, 'list': NULL}, {'n': 1, 'list': [3.0]}, {'n': 2, 'list': [3.0, 3.1]}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
