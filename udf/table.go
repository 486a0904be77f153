package udf

import (
	"fmt"
	"math"
	"slices"

	"utvandring/udf/duck"
)

// Table is what a Function returns, by columns in the order of its Result. A
// column is a []string, []float64, []int64, []bool or [][]float64 according to its Kind.
type Table struct {
	n       int
	columns []any
	null    []map[int]bool // rows that are NULL, a map a column
}

// NewTable makes a table from whole columns, all of one length. NaN becomes
// NULL.
func NewTable(columns ...any) *Table {
	t := &Table{columns: columns, null: make([]map[int]bool, len(columns))}
	for i, c := range columns {
		if _, n := kindOf(c); i == 0 {
			t.n = n
		} else if n != t.n {
			panic(fmt.Sprintf("column %d has %d rows, the first has %d", i+1, n, t.n))
		}
	}
	return t
}

// Rows makes an empty table to be filled by Append.
func Rows(result []Column) *Table {
	t := &Table{null: make([]map[int]bool, len(result))}
	for _, c := range result {
		t.columns = append(t.columns, emptyColumns[c.Kind])
	}
	return t
}

var emptyColumns = [...]any{Text: []string{}, Double: []float64{}, Integer: []int64{}, Boolean: []bool{}, Doubles: [][]float64{}}

func kindOf(column any) (kind Kind, length int) {
	switch c := column.(type) {
	case []string:
		return Text, len(c)
	case []float64:
		return Double, len(c)
	case []int64:
		return Integer, len(c)
	case []bool:
		return Boolean, len(c)
	case [][]float64:
		return Doubles, len(c)
	}
	panic(fmt.Sprintf("a column of %T", column))
}

// Append adds a row of string, float64, int, int64, bool or []float64 values, each of the
// type of its column; nil and NaN are NULL. A value of another type is a mistake in the
// function, which ends with an error that says so, not with a cell that is empty or 0.
func (t *Table) Append(values ...any) {
	if len(values) != len(t.columns) {
		panic(fmt.Sprintf("a row of %d values for %d columns", len(values), len(t.columns)))
	}
	for i, value := range values {
		if small, isInt := value.(int); isInt {
			value = int64(small)
		}
		if value == nil {
			t.SetNull(i, t.n)
		}
		fits := false
		switch c := t.columns[i].(type) {
		case []string:
			t.columns[i], fits = with(c, value)
		case []float64:
			t.columns[i], fits = with(c, value)
		case []int64:
			t.columns[i], fits = with(c, value)
		case []bool:
			t.columns[i], fits = with(c, value)
		case [][]float64:
			t.columns[i], fits = with(c, value)
		}
		if !fits {
			panic(fmt.Sprintf("column %d of a result is %T, and the value %v is %T", i+1, t.columns[i], values[i], values[i]))
		}
	}
	t.n++
}

// with is a column with one more value, the zero value for nil.
func with[T any](column []T, value any) (longer []T, fits bool) {
	x, ok := value.(T)
	return append(column, x), ok || value == nil
}

// textOrNull is a cell with a text, NULL where that is empty.
func textOrNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// SetNull makes one cell NULL.
func (t *Table) SetNull(column, row int) {
	if t.null[column] == nil {
		t.null[column] = map[int]bool{}
	}
	t.null[column][row] = true
}

// addNullText adds a column of text that is all NULL.
func (t *Table) addNullText() {
	t.columns, t.null = append(t.columns, make([]string, t.n)), append(t.null, nil)
	for row := range t.n {
		t.SetNull(len(t.columns)-1, row)
	}
}

var sqlTypes = map[Kind]*duck.Type{Text: duck.Varchar, Double: duck.Double, Integer: duck.BigInt, Boolean: duck.Boolean, Doubles: duck.ListOf(duck.Double)}

// resultType is LIST(STRUCT(columns…)), or LIST(kind) for one nameless column.
func resultType(columns []Column) *duck.Type {
	if len(columns) == 1 && columns[0].Name == "" {
		return duck.ListOf(sqlTypes[columns[0].Kind])
	}
	var fields []duck.Column
	for _, c := range columns {
		fields = append(fields, duck.Column{Name: c.Name, Type: sqlTypes[c.Kind]})
	}
	return duck.ListOf(duck.StructOf(fields))
}

// writeTables writes one table a row of the chunk, one after another into the
// elements of the result list. A nil table is NULL.
func writeTables(to duck.Output, result []Column, tables []*Table) error {
	lengths := make([]int, len(tables))
	for row, t := range tables {
		switch {
		case t == nil:
			lengths[row] = -1
		case len(t.columns) != len(result):
			return fmt.Errorf("%d columns where %d were declared", len(t.columns), len(result))
		default:
			lengths[row] = t.n
		}
	}
	elements, err := to.List(lengths)
	if err != nil {
		return err
	}
	for i, c := range result {
		column := elements
		if c.Name != "" {
			column = elements.Field(i)
		}
		if c.Kind == Doubles {
			if err := writeLists(column, i, tables); err != nil {
				return err
			}
			continue
		}
		first := 0
		for _, t := range tables {
			if t == nil {
				continue
			}
			if kind, _ := kindOf(t.columns[i]); kind != c.Kind {
				return fmt.Errorf("column %d is %T, and was declared otherwise", i+1, t.columns[i])
			}
			t.write(column, first, i)
			first += t.n
		}
	}
	return nil
}

// writeLists writes column i of all tables; an empty list is NULL.
func writeLists(to duck.Output, i int, tables []*Table) error {
	var lengths []int
	var values []float64
	for _, t := range tables {
		if t == nil {
			continue
		}
		lists, ok := t.columns[i].([][]float64)
		if !ok {
			return fmt.Errorf("column %d is %T, and was declared otherwise", i+1, t.columns[i])
		}
		for _, list := range lists {
			lengths, values = append(lengths, len(list)), append(values, list...)
			if len(list) == 0 {
				lengths[len(lengths)-1] = -1
			}
		}
	}
	elements, err := to.List(lengths)
	if err == nil {
		NewTable(values).write(elements, 0, 0)
	}
	return err
}

// write writes column i from a row on.
func (t *Table) write(to duck.Output, first, i int) {
	var null []int
	switch c := t.columns[i].(type) {
	case []string:
		to.PutText(first, c)
	case []float64:
		if slices.ContainsFunc(c, minusZero) {
			c = slices.Clone(c) // the caller's, or DuckDB's
			for row := range c {
				c[row] += 0
			}
		}
		duck.Put(to, first, c)
		for row, x := range c {
			if math.IsNaN(x) {
				null = append(null, first+row)
			}
		}
	case []int64:
		duck.Put(to, first, c)
	case []bool:
		duck.Put(to, first, c)
	}
	for row := range t.null[i] {
		null = append(null, first+row)
	}
	to.SetNull(null...)
}

// minusZero recognises the nothing with a sign, which no result shows: it would tell of a
// change where there is none.
func minusZero(x float64) bool { return x == 0 && math.Signbit(x) }
