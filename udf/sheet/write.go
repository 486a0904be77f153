package sheet

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Writer writes a workbook, a sheet after another, row by row: what does not fit into some
// memory waits in a temporary file.
type Writer struct {
	file              *excelize.File
	bold, day, moment int
	stream            *excelize.StreamWriter
	names             []string
	row               int
}

// core says by which program the file was made, and not when: one result is one file.
const core = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>utvandring</dc:creator></cp:coreProperties>`

// What Excel has room for.
const (
	mostRows    = 1 << 20
	mostColumns = 1 << 14
	mostText    = 32767
	mostName    = 31
)

// NewWriter begins a workbook.
func NewWriter() (*Writer, error) {
	w := &Writer{file: excelize.NewFile()}
	// By SetDocProps, some readers (exceljs) could not read the file.
	w.file.Pkg.Store("docProps/core.xml", []byte(core))
	style := func(s excelize.Style) (id int, err error) { return w.file.NewStyle(&s) }
	format := func(s string) *string { return &s }
	var errs [3]error
	w.bold, errs[0] = style(excelize.Style{Font: &excelize.Font{Bold: true}})
	w.day, errs[1] = style(excelize.Style{CustomNumFmt: format("yyyy-mm-dd")})
	w.moment, errs[2] = style(excelize.Style{CustomNumFmt: format("yyyy-mm-dd hh:mm:ss")})
	return w, errors.Join(errs[:]...)
}

// Sheet begins a sheet; header, its first line, stays where it is when one scrolls.
func (w *Writer) Sheet(name string, header []string) error {
	if err := w.end(); err != nil {
		return err
	}
	if len(header) > mostColumns {
		return fmt.Errorf("a sheet has room for %d columns, and the result has %d", mostColumns, len(header))
	}
	name = w.free(name)
	var err error
	if len(w.names) == 1 {
		err = w.file.SetSheetName("Sheet1", name)
	} else {
		_, err = w.file.NewSheet(name)
	}
	if err != nil {
		return err
	}
	w.row = 0
	if w.stream, err = w.file.NewStreamWriter(name); err != nil {
		return err
	}
	if header == nil {
		return nil
	}
	for i, h := range header {
		if err := w.stream.SetColWidth(i+1, i+1, float64(min(max(utf8.RuneCountInString(h)+2, 10), 60))); err != nil {
			return err
		}
	}
	if err := w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	cells := make([]any, len(header))
	for i, h := range header {
		cells[i] = excelize.Cell{StyleID: w.bold, Value: h}
	}
	return w.add(cells)
}

// free is a name that Excel takes and no sheet has.
func (w *Writer) free(name string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return '_'
		}
		return r
	}, name))
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = fmt.Sprintf("_%d", n)
		}
		free := string(runes[:min(len(runes), mostName-len(suffix))]) + suffix
		if !slices.ContainsFunc(w.names, func(s string) bool { return strings.EqualFold(s, free) }) {
			w.names = append(w.names, free)
			return free
		}
	}
}

// Row adds a row: nil, bool, int64, float64, string, or a time.Time, which is a date where
// days says so of its column.
func (w *Writer) Row(values []any, days []bool) error {
	cells := make([]any, len(values))
	for i, v := range values {
		cells[i] = v
		switch v := v.(type) {
		case int64:
			if v > 1<<53 || v < -1<<53 {
				cells[i] = fmt.Sprint(v) // Excel would round it
			}
		case float64:
			if math.IsInf(v, 0) || math.IsNaN(v) {
				cells[i] = fmt.Sprint(v)
			}
		case string:
			if utf8.RuneCountInString(v) > mostText {
				return fmt.Errorf("row %d: a cell has room for %d characters, and a text has %d", w.row, mostText, utf8.RuneCountInString(v))
			}
			if at := strings.IndexFunc(v, notInXML); at >= 0 {
				return fmt.Errorf("row %d: a sheet cannot hold the character %+q of a text: replace it in the query", w.row, []rune(v[at:])[0])
			}
		case time.Time:
			style := w.moment
			if days[i] {
				style = w.day
			}
			// Excel counts a 29 February 1900 that never was: what comes before is text.
			if since := v.Sub(epoch); v.Year() < 1900 || v.Year() > 9999 || since < 61*24*time.Hour {
				cells[i] = Cell{Kind: Moment, Time: v}.String()
			} else {
				cells[i] = excelize.Cell{StyleID: style, Value: float64(v.Unix()-epoch.Unix())/86400 + float64(v.Nanosecond())/86400e9}
			}
		}
	}
	return w.add(cells)
}

// notInXML are control characters: the file would have U+FFFD in their place.
func notInXML(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
}

var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

func (w *Writer) add(cells []any) error {
	if w.row++; w.row > mostRows {
		return fmt.Errorf("a sheet has room for %d rows, and the result has more: write CSV or Parquet", mostRows)
	}
	at, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return err
	}
	return w.stream.SetRow(at, cells)
}

// end ends the sheet.
func (w *Writer) end() error {
	if w.stream == nil {
		return nil
	}
	err := w.stream.Flush()
	w.stream = nil
	return err
}

// WriteTo writes the workbook, which has a sheet at least.
func (w *Writer) WriteTo(out io.Writer) (int64, error) {
	if err := w.end(); err != nil {
		return 0, err
	}
	return w.file.WriteTo(out)
}

// Close gives back what the writer holds.
func (w *Writer) Close() error { return w.file.Close() }
