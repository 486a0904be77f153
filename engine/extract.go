package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/charset"
	"utvandring/udf/duck"
	"utvandring/udf/nearest"
	"utvandring/udf/sqltext"
)

// extractFile is a file of an extract, its header read and matched with the
// table it fills.
type extractFile struct {
	table     string
	name      string  // in the directory, or of the view of load.sql
	folder    *folder // nil: a view, or a table of a database
	view      bool    // of load.sql
	source    string  // what stands after FROM to read it, where it is no view
	csv       bool    // rows are lines, and the first is the header
	encoding  charset.Encoding
	delimiter rune
	// ids is a query that numbers persons whose person_id is text: source_id and
	// person_id; "" where they are numbers.
	ids string
	// conn is the connection that may look at it before it is loaded.
	conn    *duck.Conn
	columns []extractColumn
	types   map[string]string // of the columns, by their names in the file
	// further is true where the columns are of the file's own making: a table that the
	// program does not know, by what it is keyed.
	further bool
}

// extractColumn is a column of the table and its name in the file, which may
// differ in case.
type extractColumn struct {
	namedColumn
	inFile  string
	further bool // the table has no such column until the file brings it
}

// read is the SQL that reads a column of a file, before it is cast to the type of the
// table's. A cast would round 1.5 to a whole number, take 2 for true, leave out what stands after
// a date, and give a point in time the day that it has where the program runs: what is not
// surely meant becomes what no cast takes, or the table. ids is a relation of source_id and
// person_id.
func (f *extractFile) read(c extractColumn, prefix, ids string) string {
	x := prefix + sqltext.QuoteName(c.inFile)
	if c.name == "person_id" && f.ids != "" {
		return fmt.Sprintf("(SELECT k.person_id FROM %s k WHERE k.source_id = %s)", ids, x)
	}
	good, is := "", f.types[c.inFile]
	switch kindOf(c.sqlType) {
	case kindOf("BIGINT"):
		good = "NOT contains(%[1]s::VARCHAR, '.') OR TRY_CAST(%[1]s AS DOUBLE) = trunc(TRY_CAST(%[1]s AS DOUBLE))"
	case kindOf("BOOLEAN"):
		good = "coalesce(TRY_CAST(%[1]s AS DOUBLE) IN (0, 1), true)"
	case kindOf("DATE"):
		switch is {
		case "TIMESTAMP WITH TIME ZONE":
			x = "(" + x + " AT TIME ZONE 'UTC')"
			good = "date_trunc('day', %[1]s) = %[1]s"
		case "VARCHAR":
			good = isDay
		}
	}
	if good == "" || is == c.sqlType {
		return x
	}
	then := "THEN %[1]s"
	if c.nullable {
		then = "THEN %[1]s::VARCHAR ELSE '? ' || %[1]s::VARCHAR"
	}
	return fmt.Sprintf("CASE WHEN "+good+" "+then+" END", x)
}

// isDay is true of a text that is a date, or one with a time of day, of which a cast takes the
// date. 23:00 in another time zone may be of the day after here. Nearly all texts are of ten
// characters, which have no room for more than a date if the last is a digit of it: 2001-02-3x
// is one to a cast. They are not looked at further, which took seconds.
const isDay = `CASE WHEN strlen(%[1]s) = 10 AND substr(%[1]s, 10) BETWEEN '0' AND '9' THEN true
	ELSE regexp_full_match(%[1]s, '(?i)\s*(infinity|\d+[-/ \\]\d+[-/ \\]\d+([T ]\d\d:\d\d(:\d\d([.]\d+)?)?|[T ]00:00(:00([.]0+)?)? ?(Z|UTC|[+-]\d\d(:?\d\d)?))?)\s*') END`

// from is what stands after FROM to read it, with the views of load.sql in a schema.
func (f *extractFile) from(schema string) string {
	if f.view {
		return schema + "." + sqltext.QuoteName(f.table)
	}
	return f.source
}

// required are the tables without which there is no register.
var required = []string{"person", "residence", "migration"}

// findExtract finds what fills which table, and reads the headers: the views of load.sql,
// and files named as a table. notes are the files and columns that have no use, and what
// is read otherwise than it stands.
func (db *DB) findExtract(ctx context.Context, dir *folder, views []*extractFile) (files []*extractFile, notes []string, err error) {
	found, other := map[string]string{}, map[string]string{}
	var unknown []string
	for _, name := range dir.all() {
		table, ending := stem(name)
		isView := func(f *extractFile) bool { return f.table == table }
		if slices.ContainsFunc(views, isView) {
			continue
		}
		if !isText(ending) && !isParquet(ending) {
			other[table] = name
			continue
		}
		if !slices.Contains(extractTables, table) {
			unknown = append(unknown, name)
			continue
		}
		if other := found[table]; other != "" {
			return nil, nil, fmt.Errorf("both %s and %s would fill table %s: remove one", other, name, table)
		}
		found[table] = name
	}
	for _, table := range extractTables {
		name := found[table]
		if name == "" {
			if name = other[table]; name != "" {
				note := fmt.Sprintf("%s is not used: it is neither CSV nor Parquet, and no load.sql makes a view %s of it", name, table)
				notes, other[table] = append(notes, note), "; "+note
			}
			continue
		}
		f := &extractFile{table: table, name: name, folder: dir, conn: db.conn}
		unused, err := db.openTable(ctx, f)
		if err != nil {
			return nil, nil, err
		}
		if f.encoding != charset.UTF8 {
			notes = append(notes, fmt.Sprintf("%s: read as %s", name, f.encoding))
		}
		files, notes = append(files, f), append(notes, unused...)
	}
	for _, name := range unknown {
		if slices.ContainsFunc(views, func(f *extractFile) bool { return !f.further }) {
			break // load.sql says what is used of them
		}
		table, _ := stem(name)
		f, err := db.furtherTable(ctx, &extractFile{table: table, name: name, folder: dir, conn: db.conn})
		if err != nil {
			return nil, nil, err
		}
		if f == nil {
			notes = append(notes, fmt.Sprintf("%s is not used: it is named as no table of an extract", name))
			continue
		}
		files = append(files, f)
	}
	files = append(files, views...)
	slices.SortStableFunc(files, func(a, b *extractFile) int { return place(a.table) - place(b.table) })
	for _, table := range required {
		if !slices.ContainsFunc(files, func(f *extractFile) bool { return f.table == table }) {
			return nil, nil, fmt.Errorf("there is no %s.csv or %s.parquet%s%s%s", table, table, meant(table, unknown), other[table], dir.holds(ctx, db))
		}
	}
	return files, notes, nil
}

// place is where a table stands in the order of filling them.
func place(table string) int {
	if i := slices.Index(extractTables, table); i >= 0 {
		return i
	}
	return len(extractTables)
}

// openTable reads the header of what fills a table. notes tell the columns that the table
// has no use for.
func (db *DB) openTable(ctx context.Context, f *extractFile) (notes []string, err error) {
	unused, err := db.readHeader(ctx, f)
	switch {
	case err != nil:
		return nil, err
	case slices.Contains(growingTables, f.table):
		db.addFurther(ctx, f, unused)
	case len(unused) > 0:
		notes = append(notes, fmt.Sprintf("%s: not used: %s", f.name, strings.Join(unused, ", ")))
	}
	return notes, nil
}

// openFile fills in how to read a file, and reads the names of its columns.
func (db *DB) openFile(ctx context.Context, f *extractFile) (header []string, err error) {
	if f.folder == nil { // a view or a table
		if header, err = f.describe(ctx, f.from(lookSchema)); err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, Plain(err))
		}
		return header, nil
	}
	if what := f.folder.odd[f.name]; what != "" {
		return nil, fmt.Errorf("%s %s", f.name, what)
	}
	_, ending := stem(f.name)
	if f.csv = f.csv || isText(ending); f.csv {
		path, encoding, err := f.folder.text(ctx, f.name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		if header, f.delimiter, err = f.folder.header(ctx, f.name, encoding); err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		var columns []string
		f.types = map[string]string{}
		for _, name := range header {
			f.types[name] = "VARCHAR"
			columns = append(columns, fmt.Sprintf("%s: 'VARCHAR'", sqltext.QuoteName(name)))
		}
		// Detecting nothing: a dialect guessed from broken lines makes the rest of
		// the file look broken too.
		f.encoding = encoding
		f.source = fmt.Sprintf(`read_csv(%s, auto_detect = false, header = true, delim = %s, quote = '"', escape = '"', columns = {%s})`,
			sqltext.QuoteText(path), sqltext.QuoteText(string(f.delimiter)), strings.Join(columns, ", "))
		return header, nil
	}
	f.source = fmt.Sprintf("read_parquet(%s)", sqltext.QuoteText(f.folder.path(f.name)))
	if header, err = f.describe(ctx, f.source); err != nil {
		if ctx.Err() != nil {
			return nil, Plain(err)
		}
		return nil, fmt.Errorf("%s: not a Parquet file that can be read", f.name)
	}
	return header, nil
}

// describe reads the names and types of the columns of what is no text.
func (f *extractFile) describe(ctx context.Context, source string) (header []string, err error) {
	described, err := f.conn.Texts(ctx, "SELECT unnest([column_name, column_type]) FROM (DESCRIBE FROM "+source+")")
	f.types = map[string]string{}
	for i := 0; i < len(described); i += 2 {
		header = append(header, described[i])
		f.types[described[i]] = described[i+1]
	}
	return header, err
}

// readHeader fills in how to read a file, and finds each column of the table in
// it. unused are the columns of the file that the table has not.
func (db *DB) readHeader(ctx context.Context, f *extractFile) (unused []string, err error) {
	header, err := db.openFile(ctx, f)
	if err != nil {
		return nil, err
	}
	columns, err := db.columnsOf(ctx, f.table)
	if err != nil {
		return nil, err
	}
	unused = slices.Clone(header)
	for _, c := range columns {
		if slices.Contains(growingTables, f.table) && !shippedColumns(f.table)[c.name] {
			continue
		}
		column := extractColumn{namedColumn: c}
		if at := slices.IndexFunc(unused, func(name string) bool { return equalFold(name, c.name) }); at >= 0 {
			column.inFile = unused[at]
			unused = slices.Delete(unused, at, at+1)
		}
		f.columns = append(f.columns, column)
	}
	for _, c := range f.columns {
		if c.inFile == "" {
			remedy := ""
			if c.nullable {
				remedy = "; where it is not known, leave it empty"
			}
			return nil, fmt.Errorf("%s: there is no column %s%s%s%s", f.name, c.name, meant(c.name, unused), remedy, f.has(header))
		}
	}
	return unused, nil
}

// has tells the columns of a file of which one is not to be found, and what maps them.
func (f *extractFile) has(header []string) string {
	if f.folder == nil {
		return "; it has " + firstOf(header)
	}
	return fmt.Sprintf("; it has %s: .load -draft %s begins a load.sql that maps them", firstOf(header), f.folder.dir)
}

// firstOf gives names, some of very many.
func firstOf(names []string) string {
	const most = 20
	if len(names) > most {
		return strings.Join(names[:most], ", ") + ", …"
	}
	return strings.Join(names, ", ")
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
