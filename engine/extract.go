package engine

import (
	"bufio"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"utvandring/udf/nearest"
	"utvandring/udf/sqltext"
)

// extractFile is a file of an extract, its header read and matched with the
// table it fills.
type extractFile struct {
	table   string
	name    string // in the directory
	source  string // what stands after FROM to read it
	csv     bool   // rows are lines, and the first is the header
	columns []extractColumn
	// further is true where the columns are of the file's own making: a table that the
	// program does not know, by what it is keyed.
	further bool
}

// extractColumn is a column of the table and its name in the file, which may
// differ in case.
type extractColumn struct {
	name, inFile string
	sqlType      string
	nullable     bool
	further      bool // the table has no such column until the file brings it
}

// read is the SQL that reads the column of a file, before it is cast to the type
// of the table's. A cast rounds 1.5 to a whole number; this makes it NULL.
func (c extractColumn) read(prefix string) string {
	x := prefix + sqltext.QuoteName(c.inFile)
	if kindOf(c.sqlType) != "a whole number" {
		return x
	}
	return fmt.Sprintf("CASE WHEN NOT contains(%[1]s::VARCHAR, '.') OR TRY_CAST(%[1]s AS DOUBLE) = trunc(TRY_CAST(%[1]s AS DOUBLE)) THEN %[1]s END", x)
}

// findExtract finds the files of a directory and reads their headers. notes are
// the files and columns that have no use.
func (db *DB) findExtract(ctx context.Context, dir string) (files []*extractFile, notes []string, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil, errors.New("there is no such directory")
	}
	if err != nil {
		return nil, nil, fmt.Errorf("not a directory that can be read (%w)", errors.Unwrap(err))
	}
	found := map[string]string{}
	var unknown []string
	for _, e := range entries {
		table, ending, _ := strings.Cut(strings.ToLower(e.Name()), ".")
		if e.IsDir() || !slices.Contains([]string{"csv", "csv.gz", "parquet"}, ending) {
			continue
		}
		if !slices.Contains(extractTables, table) {
			unknown = append(unknown, e.Name())
			continue
		}
		if other := found[table]; other != "" {
			return nil, nil, fmt.Errorf("both %s and %s would fill table %s: remove one", other, e.Name(), table)
		}
		found[table] = e.Name()
	}
	for _, table := range extractTables {
		name := found[table]
		if name == "" {
			if slices.Contains([]string{"person", "residence", "migration"}, table) {
				return nil, nil, fmt.Errorf("there is no %s.csv or %s.parquet%s", table, table, meant(table, unknown))
			}
			continue
		}
		f := &extractFile{table: table, name: name}
		unused, err := db.readHeader(ctx, dir, f)
		if err != nil {
			return nil, nil, err
		}
		if slices.Contains(growingTables, table) {
			if err := db.addFurther(ctx, f, unused); err != nil {
				return nil, nil, err
			}
		} else if len(unused) > 0 {
			notes = append(notes, fmt.Sprintf("%s: not used: %s", name, strings.Join(unused, ", ")))
		}
		files = append(files, f)
	}
	for _, name := range unknown {
		f, err := db.furtherTable(ctx, dir, name)
		if err != nil {
			return nil, nil, err
		}
		if f == nil {
			notes = append(notes, fmt.Sprintf("%s is not used: it is named as no table of an extract", name))
			continue
		}
		files = append(files, f)
	}
	return files, notes, nil
}

// openFile fills in how to read a file, and reads the names of its columns.
func (db *DB) openFile(ctx context.Context, dir string, f *extractFile) (header []string, err error) {
	path := filepath.Join(dir, f.name)
	if f.csv = !strings.HasSuffix(strings.ToLower(f.name), ".parquet"); f.csv {
		var delimiter rune
		if header, delimiter, err = csvHeader(path); err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		var columns []string
		for _, name := range header {
			columns = append(columns, fmt.Sprintf("%s: 'VARCHAR'", sqltext.QuoteName(name)))
		}
		// Detecting nothing: a dialect guessed from broken lines makes the rest of
		// the file look broken too.
		f.source = fmt.Sprintf(`read_csv(%s, auto_detect = false, header = true, delim = %s, quote = '"', escape = '"', columns = {%s})`,
			sqltext.QuoteText(path), sqltext.QuoteText(string(delimiter)), strings.Join(columns, ", "))
	} else {
		f.source = fmt.Sprintf("read_parquet(%s)", sqltext.QuoteText(path))
		if header, err = db.texts(ctx, "SELECT column_name FROM (DESCRIBE FROM "+f.source+")"); err != nil {
			if ctx.Err() != nil {
				return nil, Plain(err)
			}
			return nil, fmt.Errorf("%s: not a Parquet file that can be read", f.name)
		}
	}
	return header, nil
}

// readHeader fills in how to read a file, and finds each column of the table in
// it. unused are the columns of the file that the table has not.
func (db *DB) readHeader(ctx context.Context, dir string, f *extractFile) (unused []string, err error) {
	header, err := db.openFile(ctx, dir, f)
	if err != nil {
		return nil, err
	}
	rows, err := db.conn.QueryContext(ctx, "SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE table_name = $1 AND database_name = current_database() AND schema_name = 'main' ORDER BY column_index", f.table)
	if err != nil {
		return nil, Plain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var c extractColumn
		if err := rows.Scan(&c.name, &c.sqlType, &c.nullable); err != nil {
			return nil, Plain(err)
		}
		if !slices.Contains(growingTables, f.table) || shippedColumns(f.table)[c.name] {
			f.columns = append(f.columns, c)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, Plain(err)
	}
	unused = slices.Clone(header)
	for i, c := range f.columns {
		at := slices.IndexFunc(unused, func(name string) bool { return strings.EqualFold(name, c.name) })
		if at < 0 {
			continue
		}
		f.columns[i].inFile = unused[at]
		unused = slices.Delete(unused, at, at+1)
	}
	for _, c := range f.columns {
		if c.inFile == "" {
			remedy := ""
			if c.nullable {
				remedy = "; where it is not known, leave it empty"
			}
			return nil, fmt.Errorf("%s: there is no column %s%s%s", f.name, c.name, meant(c.name, unused), remedy)
		}
	}
	return unused, nil
}

// csvHeader reads the names in the first line of a CSV file, and by what they
// are separated: of comma, semicolon, tab and bar the one it has most of.
func csvHeader(path string) (names []string, delimiter rune, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, errors.Unwrap(err)
	}
	defer file.Close()
	var text io.Reader = file
	if strings.HasSuffix(strings.ToLower(path), ".gz") {
		if text, err = gzip.NewReader(file); err != nil {
			return nil, 0, errors.New("not a gzip file that can be read")
		}
	}
	line, err := bufio.NewReaderSize(text, 1<<16).ReadString('\n')
	if err != nil && err != io.EOF {
		return nil, 0, err
	}
	line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
	if line == "" {
		return nil, 0, errors.New("the first line is empty; it names the columns")
	}
	if !utf8.ValidString(line) || strings.Contains(line, "\x00") {
		return nil, 0, errors.New("the first line is not UTF-8 text: save the file as UTF-8")
	}
	delimiter = ','
	for _, d := range ";\t|" {
		if strings.Count(line, string(d)) > strings.Count(line, string(delimiter)) {
			delimiter = d
		}
	}
	reader := csv.NewReader(strings.NewReader(line))
	reader.Comma = delimiter
	if names, err = reader.Read(); err != nil {
		return nil, 0, fmt.Errorf("line 1: %w", err)
	}
	for i, name := range names {
		if name == "" || slices.ContainsFunc(names[:i], func(other string) bool { return strings.EqualFold(other, name) }) {
			return nil, 0, fmt.Errorf("line 1: column %d is named %q, which is empty or taken", i+1, name)
		}
	}
	return names, delimiter, nil
}

// meant gives " (is it …? rename it)" for the candidate nearest to name, or "".
func meant(name string, candidates []string) string {
	stems := map[string]string{} // without .csv
	var names []string
	for _, c := range candidates {
		stem, _, _ := strings.Cut(c, ".")
		stems[stem] = c
		names = append(names, stem)
	}
	near := nearest.Name(name, names)
	if near == "" {
		return ""
	}
	return fmt.Sprintf(" (is it %q? rename it)", stems[near])
}

// texts runs a query with one column of text.
func (db *DB) texts(ctx context.Context, query string, args ...any) ([]string, error) {
	return texts(ctx, db.conn, query, args...)
}

func texts(ctx context.Context, conn *sql.Conn, query string, args ...any) ([]string, error) {
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var texts []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, rows.Err()
}
