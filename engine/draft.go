package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"utvandring/udf/charset"
	"utvandring/udf/sqltext"
)

// Draft begins a load.sql in the directory of an extract: views with our names over the
// files, as far as names and values tell what is what. What they do not tell is marked,
// and Load refuses a draft with marks. It gives the lines that are marked. The directory
// is otherwise left alone, a load.sql that is there too.
func (db *DB) Draft(ctx context.Context, dir string) (marked []string, err error) {
	marked, err = db.draft(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("load -draft %s: %w", dir, Plain(err))
	}
	return marked, nil
}

func (db *DB) draft(ctx context.Context, dir string) (marked []string, err error) {
	target := filepath.Join(dir, scriptName)
	if _, err := os.Lstat(target); err == nil {
		return nil, errors.New(scriptName + " is there already: remove or rename it")
	}
	folder, err := db.openFolder(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer folder.close()
	d := &drafter{db: db, ctx: ctx, folder: folder}
	text, err := d.write()
	if err != nil {
		return nil, folder.plain(err)
	}
	for i, line := range strings.Split(text, "\n") {
		if strings.Contains(line, unfinished) {
			marked = append(marked, fmt.Sprintf("line %d: %s", i+1, strings.TrimSpace(line)))
		}
	}
	file, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be written: %w", scriptName, errors.Unwrap(err))
	}
	_, err = file.WriteString(text)
	if e := file.Close(); err == nil {
		err = e
	}
	if err != nil {
		os.Remove(target)
	}
	return marked, err
}

// drafter writes the text of a load.sql.
type drafter struct {
	db     *DB
	ctx    context.Context
	folder *folder
	files  []*draftFile
}

// draftFile is a file that may be a table, or several.
type draftFile struct {
	name   string
	header []string
	source string // to look at it
	read   string // as load.sql reads it
	how    string // in words
	used   map[string]bool
}

func (d *drafter) write() (string, error) {
	var b strings.Builder
	b.WriteString("-- load.sql: what the tables of a register are in the files beside it. Drafted from what\n" +
		"-- is in them: look it through. What they did not tell is marked with three question\n" +
		"-- marks, and .load refuses it until none is left. Only CREATE VIEW, CREATE MACRO and\n" +
		"-- SET VARIABLE have a place here; .help country_in, .help day_in and .help end_in say\n" +
		"-- what these do.\n")
	var others []string
	for _, name := range d.folder.all() {
		f, why := d.open(name)
		switch {
		case why != "":
			others = append(others, oneLine(fmt.Sprintf("-- %s: %s", name, why))+"\n")
		case f != nil:
			d.files = append(d.files, f)
		}
	}
	views, err := d.views()
	if err != nil {
		return "", err
	}
	for _, f := range d.files {
		unused := slices.DeleteFunc(slices.Clone(f.header), func(name string) bool { return f.used[name] })
		fmt.Fprintf(&b, "--\n-- %s: %s\n", oneLine(f.name), f.how)
		if len(f.used) == 0 {
			b.WriteString("--   " + oneLine(d.without(f)) + "\n")
		} else if len(unused) > 0 {
			b.WriteString("--   not used: " + oneLine(firstOf(unused)) + "\n")
		}
	}
	if len(others) > 0 {
		b.WriteString("--\n" + strings.Join(others, ""))
	}
	b.WriteString(views)
	return b.String(), nil
}

// without tells what .load makes of a file that no view is over: a table by its name, but of
// the required ones, which have views.
func (d *drafter) without(f *draftFile) string {
	table, ending := stem(f.name)
	if !slices.Contains(extractTables, table) || slices.Contains(required, table) || !isText(ending) && !isParquet(ending) {
		return "not recognised as a table; it has " + firstOf(f.header)
	}
	if _, err := d.db.readHeader(d.ctx, &extractFile{table: table, name: f.name, folder: d.folder, conn: d.db.conn}); err != nil {
		return fmt.Sprintf("named as table %s, whose columns it has not: .load refuses it without a view %[1]s here; it has %s", table, firstOf(f.header))
	}
	return "needs no view: .load takes it by its name, as table " + table
}

// open reads the header of a file, and how it is to be read. why is what it is instead.
func (d *drafter) open(name string) (f *draftFile, why string) {
	if what := d.folder.odd[name]; what != "" {
		return nil, what
	}
	_, ending := stem(name)
	table := &extractFile{name: name, folder: d.folder, conn: d.db.conn}
	if !isText(ending) && !isParquet(ending) {
		if !mayBeText(ending) {
			return nil, "not looked at"
		}
		table.csv = true
	}
	header, err := d.db.openFile(d.ctx, table)
	if err != nil {
		return nil, strings.TrimPrefix(d.folder.plain(err).Error(), name+": ")
	}
	if len(header) < 2 {
		return nil, "has no columns: not a table"
	}
	f = &draftFile{name: name, header: header, source: table.source, used: map[string]bool{}}
	f.read, f.how = fmt.Sprintf("read_parquet(%s)", sqltext.QuoteText(pattern.Replace(name))), "Parquet"
	if table.csv {
		f.how = fmt.Sprintf("%s, separated by %s", table.encoding, map[rune]string{',': "commas", ';': "semicolons", '\t': "tabs"}[table.delimiter])
		if strings.HasSuffix(f.how, "by ") {
			f.how += string(table.delimiter)
		}
		options := fmt.Sprintf(", delim = %s, header = true, all_varchar = true", sqltext.QuoteText(string(table.delimiter)))
		path := pattern.Replace(name)
		switch table.encoding {
		case charset.Latin1:
			options += ", encoding = 'latin-1'"
		case charset.UTF8:
		default:
			path = copies + "/" + name // which .load makes
			f.how += " (.load makes a copy in UTF-8 in " + copies + "/)"
		}
		f.read = fmt.Sprintf("read_csv(%s%s)", sqltext.QuoteText(path), options)
	}
	return f, ""
}

// views writes the views.
func (d *drafter) views() (string, error) {
	var b strings.Builder
	for _, t := range draftTables {
		f, where, err := d.find(t)
		if err != nil {
			return "", err
		}
		if f == nil {
			if slices.Contains(required, t.table) {
				fmt.Fprintf(&b, "\n-- %s: no file was recognised as it.\nCREATE VIEW %s AS %s;\n", t.table, t.table, unfinished)
			}
			continue
		}
		text, err := d.view(t, f, where)
		if err != nil {
			return "", err
		}
		b.WriteString(text)
	}
	return b.String(), nil
}

// find gives the file of a table: the one that has most of its columns; and where in it,
// if there are lines of other tables.
func (d *drafter) find(t draftTable) (best *draftFile, where *recordType, err error) {
	most := 0
	for _, f := range d.files {
		found, keys := t.match(f.header)
		score := 0
		for i, at := range found {
			if at >= 0 {
				score += 2
				if t.columns[i].names[0] == plainName(f.header[at]) {
					score++
				}
			}
		}
		stem, _ := stem(f.name)
		if slices.ContainsFunc(t.files, func(word string) bool { return strings.Contains(plainName(stem), word) }) {
			score += 4
		}
		r, e := d.recordType(f)
		if e != nil {
			return nil, nil, e
		}
		if r != nil && r.codes[t.table] != nil { // a file of several tables
			keys, score = true, score+6
		} else if r != nil {
			keys = false
		}
		if keys && score > most {
			best, where, most = f, r, score
		}
	}
	return best, where, nil
}

// recordType is the column that says what a line of a file of several tables is, with
// its codes for each table.
type recordType struct {
	column string
	codes  map[string][]string
}

func (d *drafter) recordType(f *draftFile) (*recordType, error) {
	for _, name := range f.header {
		if !slices.Contains([]string{"type", "rectype", "recordtype", "posttype", "linjetype", "tabell", "table", "kind", "art", "hendelse", "hendelsestype", "kode", "record", "rec", "post", "event", "eventtype"}, plainName(name)) {
			continue
		}
		values, err := d.values(f, name, "")
		if err != nil {
			return nil, err
		}
		r := &recordType{column: name, codes: map[string][]string{}}
		for _, v := range values {
			if table := recordKinds[strings.ToLower(v)]; table != "" {
				r.codes[table] = append(r.codes[table], v)
			}
		}
		if len(r.codes) > 1 && len(values) < 30 {
			return r, nil
		}
	}
	return nil, nil
}

// condition restricts a file of several tables to the lines of one.
func (r *recordType) condition(table string) string {
	if r == nil {
		return ""
	}
	return fmt.Sprintf("%s IN (%s)", nameOf(r.column), strings.Join(sqltext.QuoteAll(r.codes[table], sqltext.QuoteText), ", "))
}
