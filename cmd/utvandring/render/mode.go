// Package render writes the rows of a result as a table, CSV, JSON and so on.
// Files and pipes get every row and every digit; only a screen gets less, and
// then says so.
package render

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"utvandring/cmd/utvandring/locale"
	"utvandring/engine"
	"utvandring/udf/jsonstat"
	"utvandring/udf/px"
)

// Mode is a way to write a result.
type Mode struct {
	Name    string
	Summary string
	// write writes the rows. Errors are kept by out and by the result.
	write func(out *bufio.Writer, r *engine.Result, o Options)
	// encode writes the rows of a format that not every result has a form in; nil: write
	// does.
	encode func(out io.Writer, r *engine.Result, o Options) error
	// null is what stands for NULL where the user has not said.
	null string
	// separator likewise stands between fields, and decimal in numbers.
	separator, decimal string
	// Mark: a file begins with a byte order mark.
	Mark bool
	// Cuts: on a screen it shows no more rows than Screen.MaxRows.
	Cuts bool
	// Endings are those of the files that are written so when nothing else is said.
	Endings []string
	// Copy: DuckDB writes the file, by COPY with these options.
	Copy string
	// Binary: it is for a file or a pipe, not for a screen.
	Binary bool
	// Streams: it writes rows as they come, and none of them has to wait for the last.
	Streams bool
}

// Modes are all modes, in the order of the help text: first that of a session that has not
// been told another. A new mode is a file with
// its write function and a row here.
var Modes = []Mode{
	{Name: "table", Summary: "box of aligned columns (default)", write: writeTable, null: "NULL", Cuts: true},
	{Name: "ascii", Summary: "the same without line-drawing characters", write: writeASCII, null: "NULL", Cuts: true},
	{Name: "csv", Summary: "comma-separated values, header first", write: writeCSV, separator: ",", Endings: []string{".csv"}, Streams: true},
	{Name: "csv2", Summary: "the same as Excel wants it where the comma is decimal", write: writeCSV, separator: ";", decimal: ",", Mark: true, Endings: []string{".csv"}, Streams: true},
	{Name: "tabs", Summary: "csv separated by tabs", write: writeCSV, separator: "\t", Endings: []string{".tsv", ".tab"}, Streams: true},
	{Name: "list", Summary: "values separated by |, nothing quoted", write: writeList, separator: "|", Streams: true},
	{Name: "json", Summary: "an array of objects", write: writeJSON, Endings: []string{".json"}, Streams: true},
	{Name: "jsonlines", Summary: "an object per line", write: writeJSONLines, Endings: []string{".jsonl", ".ndjson"}, Streams: true},
	{Name: "markdown", Summary: "Markdown table", write: writeMarkdown, Endings: []string{".md"}},
	{Name: "latex", Summary: "LaTeX tabular, with the rules of booktabs where the document has it", write: writeLatex, Endings: []string{".tex"}},
	{Name: "html", Summary: "HTML table", write: writeHTML, Endings: []string{".html", ".htm"}},
	{Name: "px", Summary: "PC-Axis: dimensions and numbers", encode: encodeCube(px.Write), Endings: []string{".px"}},
	{Name: "jsonstat", Summary: "JSON-stat 2: the same", encode: encodeCube(jsonstat.Write), Endings: []string{".jsonstat", ".json-stat", ".json"}},
	{Name: "xlsx", Summary: "Excel workbook, for a file", encode: writeXLSX, Endings: []string{".xlsx"}, Binary: true},
	{Name: "line", Summary: "a line per value: name = value", write: writeLine, null: "NULL"},
	{Name: "parquet", Summary: "Apache Parquet, for a file", Copy: "FORMAT parquet", Endings: []string{".parquet"}, Binary: true},
	{Name: "arrow", Summary: "Apache Arrow (Feather), for a file", write: writeArrow, Endings: []string{".arrow", ".feather"}, Binary: true, Streams: true},
	{Name: "dta", Summary: "Stata's format 118, for a file", write: writeDTA, Endings: []string{".dta"}, Binary: true},
	{Name: "trash", Summary: "nothing: to time a query", write: writeTrash, Streams: true},
}

// Find gives the mode of a name or of an unambiguous beginning of one.
func Find(name string) (*Mode, error) {
	name = strings.ToLower(name)
	if name == "box" || name == "duckbox" { // as DuckDB's own program calls them
		name = "table"
	}
	var found []*Mode
	var names []string
	for i := range Modes {
		names = append(names, Modes[i].Name)
		if Modes[i].Name == name {
			return &Modes[i], nil
		}
		if name != "" && strings.HasPrefix(Modes[i].Name, name) {
			found = append(found, &Modes[i])
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return nil, fmt.Errorf("no mode %q (there is %s)", name, strings.Join(names, ", "))
}

// Sourced reports whether Options.Source and Note are used.
func (m *Mode) Sourced() bool { return m.encode != nil }

// Alone reports whether a file holds one result: behind another it would be lost, or spoil both.
func (m *Mode) Alone() bool { return m.Binary || m.encode != nil }

// ForFile gives the mode that the name of a file says, nil where it says none: the
// current one where it is among those that it may be.
func ForFile(name string, current *Mode) *Mode {
	ending := strings.ToLower(filepath.Ext(name))
	if slices.Contains(current.Endings, ending) {
		return current
	}
	for i := range Modes {
		if slices.Contains(Modes[i].Endings, ending) {
			return &Modes[i]
		}
	}
	return nil
}

// notWritten are endings that other programs expect a form of their own behind, which
// none of the modes is.
var notWritten = []string{
	".xls", ".xlsm", ".ods", ".sas7bdat", ".xpt", ".sav", ".por", ".rds", ".rda", ".rdata", ".gz", ".zip", ".pdf",
	".db", ".duckdb", ".sqlite", ".mdb", ".accdb", ".png", ".svg", ".docx", ".pptx",
}

// Refuse says why a file of a name cannot be written, whatever the mode; nil where it can.
func Refuse(name string) error {
	ending := strings.ToLower(filepath.Ext(name))
	if !slices.Contains(notWritten, ending) {
		return nil
	}
	if ending == ".png" || ending == ".svg" {
		return fmt.Errorf("%s is a picture: .plot VIEW FILE draws one", name)
	}
	return fmt.Errorf("no result is written as %s: the name may end in .csv, .xlsx, .dta, .parquet or what else .help .once lists", ending)
}

// Wider reports whether a table has more columns than the screen can show whole.
func (m *Mode) Wider(r *engine.Result, o Options) bool {
	if !m.Cuts || o.Screen == nil || o.Screen.Width == 0 {
		return false
	}
	screen := *o.Screen
	screen.Width, screen.MaxRows = 0, max(screen.MaxRows, 1)
	width := o.Screen.Width
	o.Screen = &screen
	o.Null = cmp.Or(o.Null, &m.null)
	return totalWidth(layOut(r, o).widths) > width
}

// Delimited reports whether it is text with something between the fields.
func (m *Mode) Delimited() bool { return m.separator != "" }

// Options are the user's choices, the same for every mode.
type Options struct {
	NoHeader  bool
	Null      *string // nil: what the mode has
	Separator *string
	// Decimal stands in numbers where the point would, and Thousands between groups of
	// three digits, in the modes csv, csv2, tabs and list; "": a point, and nothing.
	Decimal, Thousands string
	// Digits is how many significant digits of a FLOAT or DOUBLE the modes for
	// readers show (table, markdown, …); 0: all. CSV, JSON and their like always
	// have all.
	Digits int
	// Shrink lets a table show fewer where that keeps columns on the screen.
	Shrink bool
	// Locale is the language of what a person reads: not of CSV, JSON and their like.
	Locale locale.Locale
	// Types shows the types of the columns of a table under their names.
	Types bool
	// Screen is nil for a file or a pipe.
	Screen *Screen
	// Stopped reports whether nobody wants the rest any more; nil: never.
	Stopped func() bool
	// Source is what must stand under every figure about the register, in formats that
	// have a place for it.
	Source string
	// Counted is what the register is counted by.
	Counted []string
	// Note says what is to be said of what is written. The error is what to fail with.
	Note func(text string) error
}

// Screen is where a person reads.
type Screen struct {
	Width   int // columns; 0: any number
	MaxRows int // rows shown of a longer result; 0: all
	Color   bool
	ASCII   bool // the terminal cannot show line-drawing characters
	Hint    string
	// Plain gives a writer that shows control characters in place of sending them.
	Plain func(io.Writer) io.Writer
}

// Write writes a result. When out fails, or the result does before its last row, so does
// it.
func (m *Mode) Write(out io.Writer, r *engine.Result, o Options) error {
	if o.Null == nil {
		o.Null = &m.null
	}
	if o.Separator == nil {
		o.Separator = &m.separator
	}
	o.Decimal = cmp.Or(o.Decimal, m.decimal)
	if m.encode != nil {
		if err := m.encode(stopper{out, r}, r, o); err != nil {
			return err
		}
		return r.Err()
	}
	size := 1 << 16
	if o.Screen != nil {
		size = 1 << 13 // of more, Ctrl-C would come too late
		if !m.Cuts && o.Screen.Plain != nil {
			out = o.Screen.Plain(out)
		}
	}
	w := bufio.NewWriterSize(stopper{out, r}, size)
	m.write(w, r, o)
	if err := r.Err(); err != nil {
		return err
	}
	return w.Flush()
}

// stopper writes until that fails, and lets no more rows come then.
type stopper struct {
	io.Writer
	result *engine.Result
}

func (s stopper) Write(p []byte) (int, error) {
	n, err := s.Writer.Write(p)
	if err != nil {
		s.result.Stop()
	}
	return n, err
}

// said is a value as a person reads it: as the language has it, NULL as the user wants it,
// and of a float no more than the wanted digits.
func (o *Options) said(row engine.Row, column int, t *engine.Type, s *speech) string {
	switch {
	case row.Null(column):
		return *o.Null
	case o.Digits > 0 && t.Floating():
		return o.Locale.Number(significant(row.Float(column), o.Digits))
	case t.Numeric():
		return o.Locale.Number(row.Text(column))
	}
	return s.cell(column, row.Text(column))
}

func writeTrash(_ *bufio.Writer, r *engine.Result, _ Options) {
	for range r.Rows() {
	}
}
