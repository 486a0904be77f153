// Package statbank makes tidy rows of the tables that statistical offices give away as
// text for spreadsheets: a title above, notes below, periods as columns, marks in place of
// numbers, flags after them.
package statbank

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"utvandring/udf/doubt"
)

// Table is the tidy rows. A row is a cell of what was read: its categories, its number
// (NaN where there is none) and its mark or flags.
type Table struct {
	Names  []string   // of the columns of categories
	Rows   [][]string // categories
	Value  []float64
	Status []string
	Scaled bool   // the numbers are times 10 to the power in the column UNIT_MULT, of SDMX
	Doubt  string // what is to be said of a number that may be a thousand times as large
	Twice  string // the categories of a number that has the same as one before it

	wide bool // there were periods as columns, or a title
}

// Row is a line of a file or sheet.
type Row struct {
	Line  int
	Cells []string
}

// MostBytes is how large a file may be: it is read whole.
const MostBytes = 64 << 20

// mostNames is how many columns of categories a table may have: more are no dimensions.
const mostNames = 1000

// Parse reads a text.
func Parse(text []byte) (*Table, error) {
	rows, comma := split(decode(text))
	return Tidy(rows, comma, nil)
}

// Is reports whether a text is a table of this kind, and not one that is tidy already.
func Is(text []byte) bool {
	rows, comma := split(decode(text))
	t, err := Tidy(rows, comma, nil)
	return err == nil && t.wide
}

// decode gives UTF-8: by the byte order mark, from UTF-16 also by its zeros, else what is
// valid as it stands, else Windows-1252.
func decode(text []byte) string {
	var err error
	utf16 := func(order unicode.Endianness) {
		text, err = unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(text)
	}
	switch {
	case bytes.HasPrefix(text, []byte("\xff\xfe")), len(text) > 1 && text[0] != 0 && text[1] == 0:
		utf16(unicode.LittleEndian)
	case bytes.HasPrefix(text, []byte("\xfe\xff")), len(text) > 1 && text[0] == 0 && text[1] != 0:
		utf16(unicode.BigEndian)
	case !utf8.Valid(text):
		text, err = charmap.Windows1252.NewDecoder().Bytes(text)
	}
	if err != nil {
		return string(text)
	}
	return strings.TrimPrefix(string(text), "\ufeff")
}

// split takes a text apart into cells. comma reports that numbers may have a decimal
// comma: where it does not stand between cells.
func split(text string) (rows []Row, comma bool) {
	delimiter := delimiterOf(text)
	for line := 1; text != ""; {
		row := Row{Line: line}
		ended := false
		for !ended {
			var cell string
			cell, text, ended, line = next(text, delimiter, line)
			row.Cells = append(row.Cells, cell)
		}
		rows = append(rows, row)
	}
	return rows, delimiter != ','
}

// next takes the next cell; ended is true where the line is at its end.
func next(text string, delimiter byte, line int) (cell, rest string, ended bool, at int) {
	trimmed := strings.TrimLeft(text, " ")
	var quoted strings.Builder
	if strings.HasPrefix(trimmed, `"`) {
		text = trimmed[1:]
		for {
			end := strings.IndexByte(text, '"')
			if end < 0 {
				end = len(text)
			}
			quoted.WriteString(text[:end])
			line += strings.Count(text[:end], "\n")
			text = text[min(end+1, len(text)):]
			if !strings.HasPrefix(text, `"`) {
				break
			}
			quoted.WriteByte('"')
			text = text[1:]
		}
	}
	end := strings.IndexAny(text, string(rune(delimiter))+"\n")
	if end < 0 {
		return quoted.String() + strings.TrimRight(text, "\r"), "", true, line
	}
	cell = quoted.String() + strings.TrimRight(text[:end], "\r")
	if text[end] == '\n' {
		return cell, text[end+1:], true, line + 1
	}
	return cell, text[end+1:], false, line
}

// delimiterOf finds what stands between cells: what stands equally often in most lines.
func delimiterOf(text string) byte {
	if len(text) > 1<<16 {
		text = text[:1<<16]
	}
	lines := strings.Split(text, "\n")
	for _, delimiter := range []byte("\t;|,") {
		counts, full := map[int]int{}, 0
		for _, line := range lines {
			if strings.TrimSpace(line) == "" {
				continue
			}
			full++
			n, inside := 0, false
			for i := range len(line) {
				if line[i] == '"' {
					inside = !inside
				} else if line[i] == delimiter && !inside {
					n++
				}
			}
			if n > 0 {
				counts[n]++
			}
		}
		for _, n := range counts {
			if n >= 2 && 2*n >= full {
				return delimiter
			}
		}
	}
	return ';'
}

// column is a column of categories while it is being made.
type column struct {
	period bool // its categories are periods
	values []string
}

// Tidy makes tidy rows of lines of cells; comma reports that numbers may have a decimal
// comma; plain are the cells that are numbers in a workbook, not texts, whose point is decimal.
func Tidy(rows []Row, comma bool, plain map[string]bool) (*Table, error) {
	for i := range rows {
		for j, c := range rows[i].Cells {
			rows[i].Cells[j] = clean(c)
		}
	}
	n := reader{comma: comma, plain: plain, doubt: doubt.Numbers{}}
	for _, r := range rows {
		for _, c := range r.Cells {
			n.see(c)
		}
	}
	for _, layout := range []func([]Row, *reader) (*Table, error){observations, eurostat, wide} {
		t, err := layout(rows, &n)
		if err != nil {
			return nil, err
		}
		if t != nil {
			sign := "."
			if n.decimal { // points part thousands
				sign = ","
			}
			t.Doubt = n.doubt.Note(sign)
			return t.finish()
		}
	}
	return nil, fmt.Errorf("no table is found in it: a line of headings, and lines of as many cells under it")
}

// finish splits codes from labels, and sees that the columns have names of their own.
func (t *Table) finish() (*Table, error) {
	if len(t.Names) > mostNames {
		return nil, fmt.Errorf("it has %d columns of categories: this is no table of figures", len(t.Names))
	}
	for i := 0; i < len(t.Names); i++ {
		name := t.Names[i]
		if slices.Contains(t.Names, name+"_code") {
			continue
		}
		codes := codesIn(t.Rows, i)
		if codes == nil {
			continue
		}
		for j, row := range t.Rows {
			t.Rows[j] = slices.Concat(row[:i], []string{codes[j], strings.TrimSpace(row[i][len(codes[j]):])}, row[i+1:])
		}
		t.Names = slices.Concat(t.Names[:i], []string{name + "_code", name}, t.Names[i+1:])
		i++
	}
	t.Twice = t.repeated()
	for i, name := range t.Names {
		if name == "" {
			name = fmt.Sprintf("column%d", i+1)
		}
		free := name
		taken := func(other string) bool { return strings.EqualFold(other, free) }
		for k := 1; slices.ContainsFunc(t.Names[:i], taken) || taken("value") || taken("status"); k++ {
			free = fmt.Sprintf("%s_%d", name, k)
		}
		t.Names[i] = free
	}
	return t, nil
}

// repeated are the categories that two numbers have, "" where there are none.
func (t *Table) repeated() string {
	seed, seen := maphash.MakeSeed(), make(map[uint64]bool, len(t.Rows))
	for i, row := range t.Rows {
		if math.IsNaN(t.Value[i]) {
			continue
		}
		var h maphash.Hash
		h.SetSeed(seed)
		for _, category := range row {
			h.WriteString(category)
			h.WriteByte(0)
		}
		if seen[h.Sum64()] {
			return strings.Join(row, ", ")
		}
		seen[h.Sum64()] = true
	}
	return ""
}
