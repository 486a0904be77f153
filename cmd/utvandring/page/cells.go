package page

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"utvandring/cmd/utvandring/locale"
)

// cells gives the rows as a person reads them: thousands apart, as many decimals
// for a column as make four digits of its largest number. The CSV has every digit.
func (it Item) cells() ([]cell, [][]cell) {
	t := it.Table
	header := make([]cell, len(t.Columns))
	write := make([]func(any) cell, len(t.Columns))
	for j, c := range t.Columns {
		numbers := it.numbers(j)
		header[j] = cell{it.Spec.Locale.Text(strings.ReplaceAll(c.Name, "_", " ")), len(numbers) > 0}
		write[j] = it.writer(c.Name, numbers)
	}
	rows := t.Rows[:min(len(t.Rows), maxRows)]
	out := make([][]cell, len(rows))
	for i, row := range rows {
		out[i] = make([]cell, len(row))
		for j, v := range row {
			out[i][j] = write[j](v)
		}
	}
	return header, out
}

// numbers lists the numbers of a column.
func (it Item) numbers(col int) (numbers []float64) {
	for _, row := range it.Table.Rows {
		if x, ok := row[col].(float64); ok && !math.IsInf(x, 0) {
			numbers = append(numbers, x)
		}
	}
	return numbers
}

// writer writes the values of a column. Years and codes are plain: without a space
// between thousands.
func (it Item) writer(column string, numbers []float64) func(any) cell {
	name := strings.ToLower(column)
	plain := name == "year" || strings.HasSuffix(name, "_year") || strings.HasSuffix(name, "_code")
	said := map[string]string{}
	say := func(text string) string {
		if _, ok := said[text]; !ok {
			said[text] = it.Spec.Locale.Value(column, text)
		}
		return said[text]
	}
	decimals := locale.Decimals(slices.Values(numbers), 4, 8)
	return func(v any) cell {
		switch v := v.(type) {
		case float64:
			s := locale.Decimal(v, decimals)
			if math.Abs(v) >= 1e15 || math.IsInf(v, 0) {
				s = strconv.FormatFloat(v, 'g', 6, 64)
			} else if !plain {
				s = locale.Thousands(s, locale.NoBreak)
			}
			return cell{it.Spec.Locale.Number(locale.Minus(s)), true}
		case time.Time:
			return cell{say(v.Format("2006-01-02")), false}
		case string:
			return cell{say(v), false}
		}
		return cell{"", len(numbers) > 0}
	}
}
