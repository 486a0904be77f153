package engine

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const (
	pxFile = `CHARSET="ANSI";MATRIX="T";SUBJECT-CODE="X";SUBJECT-AREA="X";CONTENTS="C";UNITS="number";DECIMALS=0;TITLE="T";
STUB="region";HEADING="year";VALUES("region")="Oslo","Bergen";CODES("region")="0301","4601";VALUES("year")="2012","2013";
DATA=1 ".." 3 -;`
	jsonstatFile = `{"class":"dataset","id":["region"],"size":[2],"dimension":{"region":{"category":{"index":["0301","4601"],"label":{"0301":"Oslo"}}}},"value":[1,null],"status":{"1":".."}}`
)

// A file is a table by its name, where its name or its content says what it is.
func TestFilesAreTables(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"t.px": pxFile, "t3.px": pxFile, "T2.PX": pxFile, "t.json": jsonstatFile, "t.jsonstat": jsonstatFile, "other.json": `[{"region":"Oslo"}]`, "status.px": strings.ReplaceAll(pxFile, "region", "status"),
	} {
		put(t, dir, name, text)
	}
	db := empty(t)
	for _, c := range []struct{ query, want string }{
		{"SELECT * FROM '%s/t.px'", "[[Oslo 0301 2012 2012 1.0 NULL] [Oslo 0301 2013 2013 NULL ..] [Bergen 4601 2012 2012 3.0 NULL] [Bergen 4601 2013 2013 0.0 -]]"},
		{"SELECT count(*) FROM '%s/t*.px'", "[[8]]"},
		{"SELECT region_code, value FROM '%s/t.jsonstat'", "[[0301 1.0] [4601 NULL]]"},
		{`SELECT region FROM "%s/T2.PX" WHERE value = 3`, "[[Bergen]]"},
		{"SELECT parse_filename(filename), count(*) FROM read_px(['%[1]s/t.px', '%[1]s/T2.PX']) GROUP BY 1 ORDER BY 1", "[[T2.PX 4] [t.px 4]]"},
		{"SELECT * FROM '%s/t.json'", "[[Oslo 0301 1.0 NULL] [4601 4601 NULL ..]]"},
		{`SELECT a.region_code, b.value FROM '%[1]s/t.px' a JOIN '%[1]s/t.json' b USING (region_code) WHERE year = '2012' ORDER BY 1`, "[[0301 1.0] [4601 NULL]]"},
		{"SELECT region FROM '%s/other.json'", "[[Oslo]]"},
		{"SELECT status_1, status FROM '%s/status.px' WHERE status IS NOT NULL", "[[Oslo ..] [Bergen -]]"},
		{"WITH w AS (FROM '%s/t.json') SELECT count(*) FROM w", "[[2]]"},
		{"SELECT list_value('a', '%s/t.json')[1]", "[[a]]"},
	} {
		text := fmt.Sprintf(strings.ReplaceAll(c.query, "%s", "%[1]s"), dir)
		if got := fmt.Sprint(rowsOf(t, db, text)); got != c.want {
			t.Errorf("%s: %s, want %s", c.query, got, c.want)
		}
	}
	// A name is looked for where DuckDB looks, as of a load.sql in its folder.
	run(t, db, "SET file_search_path = '"+dir+"'")
	same(t, "file_search_path", rowsOf(t, db, "SELECT (SELECT count(*) FROM 't.px'), (SELECT count(*) FROM read_px('t*.px')), (SELECT count(*) FROM 't.json')"), [][]string{{"4", "8", "2"}})
	run(t, db, "SET file_search_path = ''")
	for text, want := range map[string]string{
		"FROM '%s/nothing.px'":                   "read_px: there is no file",
		"FROM '%s/no*.px'":                       "read_px: no file is named like",
		"FROM read_px('%s')":                     "is a directory",
		"FROM read_px('%s/*.px')":                "t.px has other dimensions than",
		"FROM read_px(NULL)":                     "read_px: the name of a file is wanted",
		"FROM read_px('%s/t.px', language := 3)": "language is a text",
		"FROM read_jsonstat('%s/other.json')":    "other.json:1: not JSON-stat: no object",
		"FROM read_px('/dev/zero')":              "no regular file",
	} {
		text = strings.ReplaceAll(text, "%s", dir)
		if _, err := db.Run(t.Context(), text, 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// Where DuckDB may open no files, neither may we.
func TestFilesAreClosed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"in/t.px", "out/t.px", "in/t.json", "out/t.json"} {
		text := pxFile
		if strings.HasSuffix(name, "json") {
			text = jsonstatFile
		}
		os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755)
		put(t, dir, name, text)
	}
	db := fresh(t)
	if err := db.Exec(t.Context(), fmt.Sprintf("SET allowed_directories = ['%s/in']; SET enable_external_access = false", dir)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"t.px", "t.json", "*.px"} {
		if got := rowsOf(t, db, fmt.Sprintf("SELECT count(*) FROM '%s/in/%s'", dir, name)); got[0][0] == "0" {
			t.Errorf("%s has no rows", name)
		}
		for _, table := range []string{"'%s/out/%s'", "'%s/in/../out/%s'"} {
			text := fmt.Sprintf("FROM "+table, dir, name)
			if _, err := db.Run(t.Context(), text, 0); err == nil || !strings.Contains(err.Error(), "may not be opened") && !strings.Contains(err.Error(), "disabled by configuration") {
				t.Errorf("%s: %v", text, err)
			}
		}
	}
}

// Tables for spreadsheets, from a file and from a workbook.
func TestReadStatBankAndXlsx(t *testing.T) {
	t.Parallel()
	db, dir := scratch(t), t.TempDir()
	put(t, dir, "sdmx.csv", "GEO,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nNO,2012,5018.6,3\nNO,2012,5018.7,3\n")
	book, mixed := excelize.NewFile(), filepath.Join(dir, "mixed.xlsx")
	for cell, row := range map[string][]any{"A1": {"region", "2012", "2013"}, "A2": {"Oslo", 1.234, "12,5"}, "A3": {"Bodø", "2.345", 7}, "A4": {"Sum", nil, 8}} {
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmp.Or(book.SetCellFormula("Sheet1", "B4", "B2+B3"), book.SaveAs(mixed)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ query, want string }{
		{"SELECT UNIT_MULT, value FROM read_statbank('" + filepath.Join(dir, "sdmx.csv") + "')", "[[3 5018.6] [3 5018.7]]"},
		// A number is a number, whatever signs the texts beside it use.
		{"SELECT list(value) FROM read_statbank('" + mixed + "')", "[[[1.234, 12.5, 2345.0, 7.0, NULL, 8.0]]]"},
		{"SELECT * EXCLUDE region FROM read_xlsx('" + mixed + "')", "[[1.234 12.5] [2.345 7.0] [NULL 8.0]]"},
		{"SELECT region_code, region, kjønn, year, value, status FROM read_statbank('../udf/statbank/testdata/2_regneark.csv') LIMIT 2", "[[0301 Oslo kommune Begge kjønn 2010 NULL .] [0301 Oslo kommune Begge kjønn 2011 146.61 NULL]]"},
		{"SELECT count(*), sum(value) FROM read_statbank('../udf/sheet/testdata/arbeidsbok.xlsx', sheet := 'Fylke æøå')", "[[24 7899.0]]"},
		{"SELECT count(*), sum(value) FROM read_statbank('../udf/sheet/testdata/arbeidsbok.xlsx', sheet := 2)", "[[24 7899.0]]"},
		{"SELECT typeof(kommunenr), typeof(dato), typeof(utvandringer), sum(utvandringer) OVER (), kommunenr, dato FROM '../udf/sheet/testdata/arbeidsbok.xlsx' LIMIT 1", "[[VARCHAR DATE BIGINT 28826 0301 2004-01-01]]"},
		{"SELECT filename, count(*), sum(value) FROM read_statbank('../udf/statbank/testdata/2_r*.csv') GROUP BY ALL", fmt.Sprint(query(t, db, "SELECT '../udf/statbank/testdata/2_regneark.csv', count(*), sum(value) FROM read_statbank('../udf/statbank/testdata/2_regneark.csv')"))},
		{"FROM read_xlsx(['../udf/sheet/testdata/arbeidsbok.xlsx', '../udf/sheet/testdata/arbeidsbok.xls?'], range := 'A4:B4', header := false)",
			"[[0301 Oslo ../udf/sheet/testdata/arbeidsbok.xlsx] [0301 Oslo ../udf/sheet/testdata/arbeidsbok.xlsx]]"},
		{"FROM read_xlsx('../udf/sheet/testdata/arbeidsbok.xlsx', range := 'A4:B5', header := false)", "[[0301 Oslo] [0219 Bærum]]"},
	} {
		if got := fmt.Sprint(rowsOf(t, db, c.query)); got != c.want {
			t.Errorf("%s: %s, want %s", c.query, got, c.want)
		}
	}
	px := filepath.Join(dir, "x.px")
	for _, statement := range []string{"COPY (SELECT 'to' AS a) TO '" + px + "'", "COPY (SELECT 1 AS a) TO '" + px + "' (FORMAT csv)", "COPY (SELECT 1 AS a) TO '" + px + ".csv'"} {
		rowsOf(t, db, statement)
	}
	notes := strings.ReplaceAll(fmt.Sprint(db.TakeNotes()), dir+string(filepath.Separator), "")
	if notes != `[sdmx.csv: UNIT_MULT: value is as in the file: times 10 to the power of this column it is in units sdmx.csv: NO, 2012, 3: has two numbers: the columns do not tell the lines apart `+
		`mixed.xlsx: B4: no value is saved of the formulas (1), which are NULL: open the workbook in Excel and save it `+
		`mixed.xlsx: 2012: "2.345" is read as 2.345, and no other number tells whether its sign is decimal: take the signs out of the file where they part thousands `+
		`COPY writes CSV into x.px: .once x.px before the query writes what the name says]` {
		t.Error(notes)
	}
	rowsOf(t, db, `CREATE TABLE printed AS SELECT 'Oslo' AS region, 1 AS "2012", 2 AS "2013"`)
	for query, want := range map[string]string{
		"FROM sur('4.1', printed)": "the panel has no column year, and years as columns (read_statbank reads such a file tidy",
		"FROM read_xlsx('../udf/sheet/testdata/arbeidsbok.xlsx', sheet := 'None')":                                   `arbeidsbok.xlsx has no sheet "None" but Utvandring,`,
		"FROM read_xlsx('../udf/sheet/testdata/arbeidsbok.xlsx', sheet := 'Tom')":                                    "the sheet of ../udf/sheet/testdata/arbeidsbok.xlsx is empty",
		"FROM read_xlsx('../udf/sheet/testdata/arbeidsbok.xlsx', range := 'A:B')":                                    `"A:B" is no range of cells like A1:C9`,
		"FROM read_xlsx('../udf/statbank/testdata/2_regneark.csv')":                                                  "is no Excel workbook",
		"FROM read_statbank(['../udf/statbank/testdata/2_regneark.csv', '../udf/statbank/testdata/1_statbank.csv'])": "1_statbank.csv has other dimensions than ../udf/statbank/testdata/2_regneark.csv",
		"FROM read_xlsx('../udf/sheet/testdata/none*.xlsx')":                                                         "none*.xlsx",
		"FROM read_statbank('replacement.go')":                                                                       "replacement.go: ",
		"FROM '../udf/statbank/testdata/1_statbank.csv' SELECT nothing":                                              "read_statbank('../udf/statbank/testdata/1_statbank.csv') reads it tidy",
		"FROM read_csv('../udf/statbank/testdata/2_regneark.csv', header := 7)":                                      "read_statbank('../udf/statbank/testdata/2_regneark.csv') reads it tidy",
	} {
		if _, err := db.Run(t.Context(), query, 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", query, err, want)
		}
	}
}
