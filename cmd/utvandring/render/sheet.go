package render

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"utvandring/engine"
	"utvandring/udf/later"
	"utvandring/udf/sheet"
)

// writeXLSX writes a workbook of one sheet, and a second that says where the figures come
// from, where there is something to say.
func writeXLSX(out io.Writer, r *engine.Result, o Options) (err error) {
	w, err := sheet.NewWriter()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if err := AddSheet(w, "result", r, o); err != nil {
		return err
	}
	if err := AddSource(w, o.Source); err != nil {
		return err
	}
	_, err = w.WriteTo(out)
	return err
}

// AddSource adds a sheet with what must stand under the figures; none for "".
func AddSource(w *sheet.Writer, source string) error {
	if source == "" {
		return nil
	}
	if err := w.Sheet("source", nil); err != nil {
		return err
	}
	return w.Row([]any{source}, []bool{false})
}

// AddSheet writes a result as a sheet: numbers as numbers, dates as dates, NULL as an empty
// cell. What Excel would round is text.
func AddSheet(w *sheet.Writer, name string, r *engine.Result, o Options) error {
	header := make([]string, len(r.Columns))
	days := make([]bool, len(r.Columns))
	for i, c := range r.Columns {
		header[i], days[i] = c.Name, c.Type.Name() == "DATE"
	}
	if o.NoHeader {
		header = nil
	}
	if err := w.Sheet(name, header); err != nil {
		return err
	}
	marked := markedNumbers(r)
	values := make([]any, len(r.Columns))
	for row := range r.Rows() {
		for i, c := range r.Columns {
			if values[i] = cellOf(row, i, c.Type); values[i] == nil && o.Null != nil && *o.Null != "" {
				values[i] = *o.Null
			}
			if text, ok := values[i].(string); ok && marked[i] && plainNumber.MatchString(text) {
				values[i], _ = strconv.ParseFloat(text, 64)
			}
		}
		if err := w.Row(values, days); err != nil {
			return err
		}
	}
	return nil
}

var (
	plainNumber = later.Compile(`^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?$`)
	hiddenMark  = later.Compile(`^(?:\.{1,6}|:)$`)
)

// markedNumbers tells which columns of text are numbers with marks (: . ..) among them, as
// of hidden counts: there the numbers are numbers. Codes without a mark are text.
func markedNumbers(r *engine.Result) []bool {
	marked := make([]bool, len(r.Columns))
	if _, all := r.Load(); !all {
		return marked
	}
	for i, c := range r.Columns {
		if c.Type.Name() != "VARCHAR" {
			continue
		}
		marks, numbers, others := 0, 0, 0
		for row := range r.Rows() {
			switch text := row.Text(i); {
			case row.Null(i):
			case hiddenMark.MatchString(text):
				marks++
			case plainNumber.MatchString(text):
				numbers++
			default:
				others++
			}
			if others > 0 {
				break
			}
		}
		marked[i] = others == 0 && marks > 0 && numbers > 0
	}
	return marked
}

// cellOf is a value as Excel has it.
func cellOf(row engine.Row, i int, t *engine.Type) any {
	if row.Null(i) {
		return nil
	}
	switch {
	case t.Boolean():
		return row.Float(i) != 0
	case t.Floating():
		return row.Float(i)
	case t.Numeric():
		text := row.Text(i)
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
		if digits := strings.Trim(strings.ReplaceAll(text, ".", ""), "-0"); len(digits) <= 15 {
			if x, err := strconv.ParseFloat(text, 64); err == nil {
				return x
			}
		}
		return text
	case t.Temporal() && !t.Zoned():
		text := row.Text(i)
		for _, layout := range []string{"2006-01-02", "2006-01-02 15:04:05.999999999"} {
			if at, err := time.Parse(layout, text); err == nil {
				return at
			}
		}
		return text // infinity, or a year before 1
	}
	return row.Text(i)
}
