package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/reference"
)

func workbook(t testing.TB, file string) *Workbook {
	t.Helper()
	text := reference.ReadFile(t, file)
	w, err := Open(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func table(t testing.TB, w *Workbook, sheet string) *Table {
	t.Helper()
	grid, err := w.Read(sheet)
	if err != nil {
		t.Fatal(err)
	}
	table, err := grid.Table(nil)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// A workbook made by openpyxl, which readxl reads alike (reference case C_xlsx).
func TestWorkbook(t *testing.T) {
	w := workbook(t, "testdata/arbeidsbok.xlsx")
	if got := fmt.Sprint(w.Sheets, w.Hidden["Skjult"], w.Hidden["Typer"]); got != "[Utvandring Fylke æøå Typer Tom Skjult] true false" {
		t.Error(got)
	}
	for _, c := range []struct{ sheet, file, types, without string }{
		{"Utvandring", "Utvandring", "[5 5 3 0 1 5]", "status"}, // the mark of another column
		{"Typer", "Typer", "[5 5]", ""},
	} {
		got := table(t, w, c.sheet)
		if types := fmt.Sprint(got.Types); types != c.types {
			t.Errorf("%s: types %s, want %s", c.sheet, types, c.types)
		}
		want := reference.ReadCSV(t, "testdata/"+c.file+"_expected.csv")
		skip := slices.Index(want[0], c.without)
		for i, w := range want {
			if skip >= 0 {
				w = slices.Delete(w, skip, skip+1)
			}
			row := got.Names
			if i > 0 {
				row = nil
				for _, c := range got.Rows[i-1] {
					row = append(row, c.String())
				}
			}
			if strings.Join(row, "|") != strings.Join(w, "|") {
				t.Errorf("%s, row %d: %q, want %q", c.sheet, i, row, w)
			}
		}
		if len(got.Rows) != len(want)-1 {
			t.Errorf("%s: %d rows, want %d", c.sheet, len(got.Rows), len(want)-1)
		}
	}
	if got := table(t, w, "Fylke æøå").Names; fmt.Sprint(got) != "[fylke 2010 menn 2010 kvinner 2011 menn 2011 kvinner 2012 menn 2012 kvinner]" {
		t.Error(got)
	}
	if _, err := w.Find("Nothing"); err == nil || !strings.Contains(err.Error(), "but Utvandring, Fylke æøå, Typer, Tom, Skjult") {
		t.Error(err)
	}
	empty, err := w.Read("Tom")
	if err == nil {
		_, err = empty.Table(nil)
	}
	if err == nil || err.Error() != "is empty" {
		t.Error(err)
	}
}

func TestTyped(t *testing.T) {
	for text, want := range map[string]string{
		"12": "2 12", "-0.5": "2 -0.5", "0,87": "2 0.87", "4 342": "2 4342", "4\u00a0342": "2 4342", "\u22125": "2 -5", "1e-3": "2 0.001",
		"0301": "1 0301", "12 345 6": "1 12 345 6", "29.02.2012": "4 2012-02-29", "30.02.2012": "1 30.02.2012", "2013-12-31 23:59:59": "4 2013-12-31 23:59:59",
		"..": "0 ", ":": "0 ", "NA": "0 ", " x ": "1  x ", "1.2.3": "1 1.2.3", "1234567890123456": "1 1234567890123456",
	} {
		if c := typed(text); fmt.Sprint(c.Kind, " ", c) != want {
			t.Errorf("%q: %d %s, want %s", text, c.Kind, c, want)
		}
	}
}

// zipped makes a workbook of one sheet.
func zipped(t testing.TB, sheet string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="x"><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	return b.Bytes()
}

func TestDamagedOrTooMuch(t *testing.T) {
	row := func(cells string) string {
		return "<worksheet><sheetData><row>" + cells + "</row></sheetData></worksheet>"
	}
	for _, c := range []struct{ name, sheet, want string }{
		{"a bomb", row(strings.Repeat(" ", 17<<20)), "is refused: xl/worksheets/sheet1.xml in it would be 17 MB unpacked"},
		{"a place that is none", row(`<c r="A0"><v>1</v></c>`), `has a cell "A0"`},
		{"a column beyond", row(`<c r="ZZZZ1"><v>1</v></c>`), `has a cell "ZZZZ1"`},
		{"a text that is not there", row(`<c t="s"><v>7</v></c>`), "has no text"},
		{"no number", row(`<c><v>seven</v></c>`), "is no number: seven"},
		{"cut off", "<worksheet><sheetData><row><c><v>1", "is damaged: sheet S"},
	} {
		text := zipped(t, c.sheet)
		w, err := Open(bytes.NewReader(text), int64(len(text)))
		if err == nil {
			_, err = w.Read("S")
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	for _, text := range []string{"", "PK", "region;2012\n"} {
		if _, err := Open(strings.NewReader(text), int64(len(text))); err == nil || !strings.Contains(err.Error(), "is no Excel workbook") {
			t.Errorf("%q: %v", text, err)
		}
	}
	text := zipped(t, row(`<c r="XFD1048576"><v>1</v></c>`))
	w, err := Open(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	if grid, err := w.Read("S"); err != nil || len(grid.Rows) != 1<<20 {
		t.Errorf("a cell in the last corner: %v", err)
	}
}

// The XML of a sheet is fuzzed, not the zip around it.
func FuzzSheet(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="b"><v>1</v></c></row><row><c><v>40000</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>`)
	f.Add(`<worksheet><sheetData><row r="3"><c r="C3" t="e"><v>#N/A</v></c><c t="d"><v>2012-02-29</v></c></row></sheetData></worksheet>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		text := zipped(t, sheet)
		w, err := Open(bytes.NewReader(text), int64(len(text)))
		if err != nil {
			return
		}
		grid, err := w.Read("S")
		if err != nil {
			return
		}
		if table, err := grid.Table(nil); err == nil {
			for _, row := range table.Rows {
				if len(row) != len(table.Names) {
					t.Fatalf("a row of %d cells under %d names", len(row), len(table.Names))
				}
			}
		}
		grid.Within(Range{0, 0, 1, 1})
	})
}

// The formats of currencies leave as much room as letters of theirs take: markka, francs, pesetas, marks.
func TestFormatsOfDates(t *testing.T) {
	for format, want := range map[string]bool{
		"General": false, "#,##0.00": false, `0 "days"`: false, `#,##0\ \d`: false, "[Red]-#,##0": false, `[$USD] #,##0`: false,
		`_-* #,##0.00\ _k_r_-;\-* #,##0.00\ _k_r_-`: false, `_-* #,##0\ _m_k_-`: false, `_-* #,##0.00\ _S_F_r_._-`: false, `_-* #,##0\ _D_M_-`: false, "*d0": false, "[h]:mm:ss": false, "[mm]:ss": false,
		"yyyy-mm-dd": true, `[$-414]d. mmmm yyyy;@`: true, `dd\.mm\.yyyy`: true, "mmm-yy": true, "hh:mm": true, `_-yyyy_-`: true,
	} {
		if isDate(format) != want {
			t.Errorf("%s: %v", format, !want)
		}
	}
}

// Excel's first days: it shows 1 as 1 January 1900, and 60 as a 29 February that never was.
func TestDaysOf1900(t *testing.T) {
	w := &Workbook{epoch: epoch, dates: []bool{true}}
	for serial, want := range map[string]string{"1": "1900-01-01", "59": "1900-02-28", "59.5": "1900-02-28 12:00:00", "2.000005787037": "1900-01-02 00:00:00.5", "60": "1900-02-29", "61": "1900-03-01", "29280": "1980-02-29"} {
		d := xml.NewDecoder(strings.NewReader(`<c r="A1" s="0"><v>` + serial + `</v></c>`))
		start, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		c, err := w.cell(d, start.(xml.StartElement))
		if err != nil || c.String() != want || (c.Kind == Moment) != (serial != "60") {
			t.Errorf("%s: %d %s %v, want %s", serial, c.Kind, c, err, want)
		}
	}
}
