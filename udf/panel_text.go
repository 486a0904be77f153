package udf

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/equation"
)

// missingMarks are what files put where there is no number: of R, of StatBank, Eurostat
// and the like. A bare - is none of them, see textColumnFault.
var missingMarks = []string{"", "NA", "N/A", "NaN", "NULL", ".", "..", "...", ":"}

func isMissingMark(s string) bool {
	return slices.ContainsFunc(missingMarks, func(m string) bool { return strings.EqualFold(m, s) })
}

// plainNumber reads digits with a point, a sign and an exponent, and nothing else that
// Go would take for a number.
func plainNumber(s string) (float64, bool) {
	if s == "" || strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil
}

// textAsNumbers reads a column of text that holds numbers and missing marks: a mark is
// NULL. note says so of a column with marks or numbers. A column that holds something else
// is not read, and why says what and where: what follows "column x of the panel is". rows
// are its rows in the order of year, nil for all.
func textAsNumbers(f *Frame, column int, rows []int, where func(k int) string, n int) (x []float64, null []bool, note, why string) {
	x, null = make([]float64, n), make([]bool, n)
	marks, found := 0, []string{}
	for k := range x {
		row := k
		if rows != nil {
			row = rows[k]
		}
		if v := f.Value(column, row); v.Null() {
			x[k], null[k] = math.NaN(), true
		} else if text, err := v.Text(); err != nil {
			return nil, nil, "", fmt.Sprintf("%s, not a number", typeName(f.columns[column].Type()))
		} else if number, ok := plainNumber(strings.TrimSpace(text)); ok {
			x[k] = number
		} else if mark := strings.TrimSpace(text); isMissingMark(mark) {
			x[k], null[k] = math.NaN(), true
			if marks++; !slices.Contains(found, strconv.Quote(mark)) {
				found = append(found, strconv.Quote(mark))
			}
		} else {
			return nil, nil, "", textColumnFault(f.Names[column], mark, where(k))
		}
	}
	note = fmt.Sprintf("column %q of the panel is text, and was read as numbers", f.Names[column])
	if marks > 0 {
		note += fmt.Sprintf("; %d × %s as missing", marks, strings.Join(found, ", "))
	}
	return x, null, note, ""
}

// textColumnFault says why a column of text is no column of numbers, by its first value
// that is none.
func textColumnFault(name, value, where string) string {
	shown := []rune(value)
	if len(shown) > 30 {
		shown = append(shown[:29], '…')
	}
	first := fmt.Sprintf("text, not a number: %q in %s", string(shown), where)
	comma := strings.Replace(value, ",", ".", 1)
	switch _, number := plainNumber(comma); {
	case number && comma != value:
		return first + fmt.Sprintf(" (a decimal comma: read_csv(…, decimal_separator := ',') reads it, or SELECT * REPLACE (replace(%s, ',', '.') AS %[1]s))", name)
	case value == "-" || value == "–":
		return first + fmt.Sprintf(" (which is 0 in some tables and missing in others: SELECT * REPLACE (replace(%s, '%s', '0') AS %[1]s), or with 'NA')", name, value)
	}
	return first + " (cast it; write a dummy as 1 and 0)"
}

// noteRead says of the columns that formulas use which of them were text.
func noteRead(ctx context.Context, macro string, panel *equation.Panel, columns []string) {
	if len(panel.Read) == 0 {
		return
	}
	for _, name := range columns {
		if note := panel.Read[equation.Key(name)]; note != "" {
			Note(ctx, "%s: %s", macro, note)
		}
	}
}
