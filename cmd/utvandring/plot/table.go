package plot

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// Column is a column of a result. Type is the SQL type as the database writes
// it (BIGINT, DECIMAL(9,3), VARCHAR, ENUM(…), DATE); where it is empty, the
// values decide.
type Column struct {
	Name string
	Type string
}

// Table is a result: Rows[i][j] is the value of Columns[j], nil for NULL.
type Table struct {
	Columns []Column
	Rows    [][]any
}

// names lists the columns as an error message shows them.
func (t Table) names() string {
	var names []string
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// find gives the place of a column, or -1; names compare without case, as in SQL.
func (t Table) find(name string) int {
	for i, c := range t.Columns {
		if strings.EqualFold(c.Name, name) {
			return i
		}
	}
	return -1
}

// Values lists the distinct values of a column as labels; nil without the column.
func (t Table) Values(name string) []string {
	if i := t.find(name); i >= 0 {
		return t.levels(i)
	}
	return nil
}

var numericTypes = []string{"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT",
	"USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL"}

// numeric reports whether a column holds numbers.
func (t Table) numeric(col int) bool {
	if typ := strings.ToUpper(t.Columns[col].Type); typ != "" {
		for _, n := range numericTypes {
			if typ == n || strings.HasPrefix(typ, n+"(") {
				return true
			}
		}
		return false
	}
	seen := false
	for _, row := range t.Rows {
		if row[col] == nil {
			continue
		}
		if _, ok := number(row[col]); !ok {
			return false
		}
		seen = true
	}
	return seen
}

// dated reports whether a column holds dates or times.
func (t Table) dated(col int) bool {
	typ := strings.ToUpper(t.Columns[col].Type)
	if typ != "" {
		return typ == "DATE" || strings.HasPrefix(typ, "TIMESTAMP")
	}
	for _, row := range t.Rows {
		if row[col] != nil {
			_, ok := row[col].(time.Time)
			return ok
		}
	}
	return false
}

// levels lists the distinct values of a column in the order they are drawn:
// numbers and number-like labels ("0-6", "7-17", "16+") by their first number,
// others as they first appear, which is the order the query gave them.
// NULL is a level of its own, shown as "unknown".
func (t Table) levels(col int) []string {
	var out []string
	seen := map[string]bool{}
	for _, row := range t.Rows {
		s := label(row[col])
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return naturalOrder(out)
}

// number reads any numeric value a driver may return. NULL, NaN and infinity,
// and what is so large that a range would be infinite, cannot be drawn.
func number(v any) (float64, bool) {
	var x float64
	switch v := v.(type) {
	case float64:
		x = v
	case float32:
		x = float64(v)
	case int64:
		x = float64(v)
	case int32:
		x = float64(v)
	case int16:
		x = float64(v)
	case int8:
		x = float64(v)
	case int:
		x = float64(v)
	case uint64:
		x = float64(v)
	case uint32:
		x = float64(v)
	case uint16:
		x = float64(v)
	case uint8:
		x = float64(v)
	case uint:
		x = float64(v)
	case *big.Int:
		if v == nil {
			return math.NaN(), false
		}
		x, _ = new(big.Float).SetInt(v).Float64()
	case interface{ Float64() float64 }: // the driver's DECIMAL
		x = v.Float64()
	default:
		return math.NaN(), false
	}
	if !(math.Abs(x) < 1e300) {
		return math.NaN(), false
	}
	return x, true
}

// position reads a value of an x axis; a date is a year with a fraction.
func position(v any) (float64, bool) {
	if d, ok := v.(time.Time); ok {
		begin := time.Date(d.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		end := time.Date(d.Year()+1, 1, 1, 0, 0, 0, 0, time.UTC)
		return float64(d.Year()) + float64(d.Sub(begin))/float64(end.Sub(begin)), true
	}
	return number(v)
}

// label writes a value as a category.
func label(v any) string {
	switch v := v.(type) {
	case nil:
		return "unknown"
	case string:
		return v
	case []byte:
		return string(v)
	case time.Time:
		return v.Format("2006-01-02")
	case bool:
		if v {
			return "yes"
		}
		return "no"
	}
	if x, ok := number(v); ok {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}
