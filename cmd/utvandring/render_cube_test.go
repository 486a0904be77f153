package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"utvandring/cmd/utvandring/render"
	"utvandring/udf/long"
	"utvandring/udf/refusal"
	"utvandring/udf/sqltext"
)

// writtenBy writes the result of a query to a file by a mode.
func writtenBy(t *testing.T, mode, query, file string) error {
	t.Helper()
	r, err := emptyRegister(t).Run(t.Context(), query, 0)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer r.Close()
	m, err := render.Find(mode)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := m.Write(&b, r, render.Options{Source: `Not "real"`, Counted: emptyRegister(t).Dimensions()}); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

// rowsOf are the rows of a query, as text.
func rowsOf(t *testing.T, query string) (list []string) {
	t.Helper()
	r, err := emptyRegister(t).Run(t.Context(), query, 0)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer r.Close()
	for row := range r.Rows() {
		var cells []string
		for i := range r.Columns {
			text := "NULL"
			if !row.Null(i) {
				text = row.Text(i)
			}
			cells = append(cells, text)
		}
		list = append(list, strings.Join(cells, "|"))
	}
	return list
}

// What is written is read back as it was: a table with codes, marks, long texts, periods,
// numbers of all sizes.
func TestWrittenIsReadBack(t *testing.T) {
	file := filepath.Join(t.TempDir(), "t")
	const region = `CASE r WHEN 0 THEN 'Østfold, ''a;b''=c' ELSE repeat('æ', 300) END AS region, CASE r WHEN 0 THEN '0301' ELSE '4601' END AS region_code, `
	for name, query := range map[string]string{
		"codes and marks": `SELECT ` + region + `'K' || k AS quarter, 2010 + k || 'K1' AS quarter_code,
			CASE WHEN r + k = 2 THEN NULL ELSE ((r * 10 + k) * 1.25)::DOUBLE END AS value, CASE WHEN r + k = 2 THEN '..' WHEN r + k = 0 THEN '-' END AS status FROM range(2) a(r), range(3) b(k)`,
		"numbers": `SELECT 'x' || i AS item, 'x' || i AS item_code, v::DOUBLE AS value, NULL::VARCHAR AS status
			FROM (VALUES (1, 0.1), (2, 1e-12), (3, 123456789012345678), (4, -2.5e20), (5, 1/3), (6, 0)) t(i, v)`,
		"weeks":                         `SELECT w AS week, w AS week_code, 1.0::DOUBLE AS value, NULL::VARCHAR AS status FROM (VALUES ('2012W01'), ('2012W02')) t(w)`,
		"characters beyond Latin-1":     `SELECT 'Łódź' AS x, 'Łódź' AS x_code, 7.0::DOUBLE AS value, NULL::VARCHAR AS status`,
		"Latin-1 that looks like UTF-8": `SELECT 'Ã¸' AS x, 'Ã¸' AS x_code, 7.0::DOUBLE AS value, NULL::VARCHAR AS status`,
		"one cell":                      `SELECT 'a' AS x, 'b' AS x_code, 7.0::DOUBLE AS value, NULL::VARCHAR AS status`,
		"a group of NULL":               `SELECT x, x AS x_code, y, y_code, 7.0::DOUBLE AS value, NULL::VARCHAR AS status FROM (VALUES ('a'), (NULL)) t(x), (VALUES ('b', '1'), (NULL, NULL)) u(y, y_code)`,
		"a label of two codes":          `SELECT 'same' AS x, c AS x_code, 7.0::DOUBLE AS value, NULL::VARCHAR AS status FROM (VALUES ('1'), ('2')) t(c)`,
	} {
		want := rowsOf(t, query)
		for _, mode := range []string{"px", "jsonstat"} {
			if err := writtenBy(t, mode, query, file); err != nil {
				t.Errorf("%s to %s: %v", name, mode, err)
				continue
			}
			got := rowsOf(t, fmt.Sprintf("FROM read_%s('%s')", mode, file))
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("%s as %s:\n%s\nwant\n%s", name, mode, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			if notes := emptyRegister(t).TakeNotes(); len(notes) > 0 {
				t.Errorf("%s as %s is read with notes: %q", name, mode, notes)
			}
		}
	}
}

// Published tables written anew are the same tables.
func TestPublishedTablesWrittenAnew(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("published tables are not here: %v", err)
	}
	file := filepath.Join(t.TempDir(), "t")
	px, _ := filepath.Glob(filepath.Join(folder, "px", "*", "*.px"))
	js, _ := filepath.Glob(filepath.Join(folder, "jsonstat", "*", "*.json"))
	tables := 0
	for _, name := range long.Rows(append(px, js...), 4) {
		if info, err := os.Stat(name); err != nil || info.Size() > int64(long.Runs(100_000, 4_000)) {
			continue
		}
		from := fmt.Sprintf("read_%s(%s)", map[string]string{".px": "px", ".json": "jsonstat"}[filepath.Ext(name)], sqltext.QuoteText(name))
		r, err := emptyRegister(t).Run(t.Context(), "SELECT count(*) AS n FROM "+from, 0)
		if err != nil {
			continue // a broken one, or several in one file
		}
		r.Close()
		for _, mode := range []string{"px", "jsonstat"} {
			if err := writtenBy(t, mode, "FROM "+from, file); err != nil {
				if !strings.Contains(err.Error(), "cannot hold") {
					t.Errorf("%s to %s: %v", name, mode, err)
				}
				continue
			}
			tables++
			same := "value IS NOT DISTINCT FROM w.value AND coalesce(t.status, '..') = coalesce(w.status, '..')"
			query := fmt.Sprintf("SELECT count(*), count(*) FILTER (t.%s) FROM (SELECT value, status, row_number() OVER () AS n FROM %s) t FULL JOIN (SELECT value, status, row_number() OVER () AS n FROM read_%s('%s')) w USING (n)", same, from, mode, file)
			if n := strings.Split(rowsOf(t, query)[0], "|"); n[0] != n[1] {
				t.Errorf("%s as %s: %s of %s cells are the same", name, mode, n[1], n[0])
			}
			if mode == "jsonstat" || filepath.Ext(name) == ".px" { // the codes and labels too
				query = fmt.Sprintf("SELECT count(*) FROM (SELECT * EXCLUDE (value, status) FROM %s EXCEPT ALL SELECT * EXCLUDE (value, status) FROM read_%s('%s'))", from, mode, file)
				if n := rowsOf(t, query)[0]; n != "0" {
					t.Errorf("%s as %s: %s rows have other codes or labels", name, mode, n)
				}
			}
		}
	}
	if tables < long.Runs(150, 12) {
		t.Errorf("%d tables were written and read", tables)
	}
}

// What is no number of a table is a dimension of it.
func TestResultAsDimensions(t *testing.T) {
	file := filepath.Join(t.TempDir(), "t")
	for _, c := range []struct{ query, want string }{
		{"SELECT 2012 AS year, 'f' AS sex, 5 AS residents, 0.5 AS rate", "2012|2012|f|f|residents|residents|5.0|NULL;2012|2012|f|f|rate|rate|0.5|NULL"},
		{"SELECT 2012 AS year, 5.5 AS rate", "2012|2012|5.5|NULL"},
		{"SELECT 2012 AS year, 2::TINYINT AS country_group, 4::TINYINT AS next_centrality, 5 AS residents", "2012|2012|2|2|4|4|5.0|NULL"},
		{"SELECT 1 AS a, 5 AS b", "1|1|5.0|NULL"},
		{"SELECT DATE '2012-02-29' AS d, true AS t, sum(3) AS n", "2012-02-29|2012-02-29|true|true|3.0|NULL"},
		{"FROM (VALUES ('a', 'x', 1), ('b', 'y', 2)) t(p, q, n)", "a|a|x|x|1.0|NULL;a|a|y|y|NULL|%s;b|b|x|x|NULL|%s;b|b|y|y|2.0|NULL"},
	} {
		for mode, mark := range map[string]string{"px": "..", "jsonstat": "NULL"} {
			if err := writtenBy(t, mode, c.query, file); err != nil {
				t.Errorf("%s: %v", c.query, err)
				continue
			}
			got := strings.Join(rowsOf(t, fmt.Sprintf("FROM read_%s('%s')", mode, file)), ";")
			if want := strings.ReplaceAll(c.want, "%s", mark); got != want {
				t.Errorf("%s as %s: %s, want %s", c.query, mode, got, want)
			}
		}
	}
	// Years are of a dimension of time, codes of four digits are not.
	for _, mode := range []string{"px", "jsonstat"} {
		err := writtenBy(t, mode, "FROM (VALUES ('2003', '2003', 2012, 1), ('2004', '2004', 2012, 1)) t(region_code, region, year, value)", file)
		got := strings.Join(rowsOf(t, fmt.Sprintf("SELECT dimension FROM %s_metadata('%s') WHERE property = 'timeval' OR value = 'time'", mode, file)), " ")
		if err != nil || got != "year" {
			t.Errorf("%s: of time is %q, %v", mode, got, err)
		}
	}
	for query, want := range map[string]string{
		"FROM (VALUES ('a', 1.5), ('a', 2.5)) t(x, y)": "rows 1 and 2 are both of x a, and a cell has one number",
		"SELECT 'a' AS x":                            "wants a column of numbers, and there is none",
		"SELECT 1.5 AS x":                            "wants columns that tell its rows apart",
		"SELECT 'a' AS x, 1 AS y WHERE false":        "the result has no rows",
		"SELECT 'a' AS x, 'inf'::DOUBLE AS y":        "column y, row 1: inf is no number that the format has",
		`SELECT 'a"b' AS x, 1 AS y`:                  `PX cannot hold the quotation mark or line end in x "a\"b"`,
		"SELECT 'a' AS x, 1 AS value, 'e' AS status": `PX cannot hold the status "e"`,
		"SELECT range AS x, range + 10000 AS value FROM range(10001) UNION ALL SELECT 5, 6": "both of x 5",
	} {
		refusal.Says(t, writtenBy(t, "px", query, file), want, query)
	}
}

// Excel has numbers as numbers, dates as dates, codes as text, and nothing for NULL.
func TestWorkbook(t *testing.T) {
	file := filepath.Join(t.TempDir(), "t.xlsx")
	const query = `FROM (VALUES
		('0301', 'Oslo', DATE '2012-02-29', TIMESTAMP '2013-12-31 23:59:59', 1234, 12.345678901234567::DOUBLE, true, 1.50::DECIMAL(9,2)),
		('1902', 'Tromsø', NULL, NULL, NULL, NULL, NULL, NULL),
		('2030', 'Sør-_x0041_ _x', DATE '2013-12-31', TIMESTAMP '2000-01-01 12:00:00', 0, 0.1, false, -2))
		t(code, name, day, moment, n, rate, yes, amount)`
	if err := writtenBy(t, "xlsx", query, file); err != nil {
		t.Fatal(err)
	}
	want := rowsOf(t, "SELECT * REPLACE (amount::DOUBLE AS amount) FROM ("+query+")")
	got := rowsOf(t, "FROM '"+file+"'")
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// Numbers with marks among them are numbers; codes are not.
	if err := writtenBy(t, "xlsx", "FROM (VALUES ('1902', '12'), ('2030', ':'), ('1804', '0.5')) t(code, n)", file); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rowsOf(t, "SELECT *, typeof(n) FROM read_xlsx('"+file+"')"), "\n"); got != "1902|12.0|DOUBLE\n2030|NULL|DOUBLE\n1804|0.5|DOUBLE" {
		t.Error(got)
	}
	// What Excel would round, or does not know, is text.
	if err := writtenBy(t, "xlsx", "SELECT 9007199254740993 AS a, 170141183460469231731687303715884105727 AS b, DATE '1899-05-01' AS c, 'nan'::DOUBLE AS d", file); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rowsOf(t, "FROM read_xlsx('"+file+"', header := true)"), "\n"); got != "9007199254740993|170141183460469231731687303715884105727|1899-05-01|NaN" {
		t.Error(got)
	}
	for query, want := range map[string]string{
		"SELECT repeat('a', 40000) AS a": "a cell has room for 32767 characters",
		"SELECT 'a' || chr(1) AS a":      `row 1: a sheet cannot hold the character '\x01' of a text: replace it in the query`,
	} {
		refusal.Says(t, writtenBy(t, "xlsx", query, file), want)
	}
}
