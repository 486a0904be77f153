package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/sqltext"
)

// LoadSummary tells what Load did.
type LoadSummary struct {
	Tables []LoadedTable
	// Notes are what the user should know and need not act on: files and columns
	// that were not used, and what Check found that is not fatal.
	Notes []string
}

// LoadedTable is a table that an extract filled.
type LoadedTable struct {
	Table string
	File  string // its name in the directory
	Rows  int64
}

func (s LoadSummary) String() string {
	var b strings.Builder
	for _, t := range s.Tables {
		fmt.Fprintf(&b, "%s: %d rows from %s\n", t.Table, t.Rows, t.File)
	}
	for _, n := range s.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	return b.String()
}

// extractTables are what an extract may bring, in the order they are filled.
// What is left out keeps its content, except the three required ones.
var extractTables = []string{
	"municipality", "municipality_change", "country", "country_year", "macro", "register_period",
	"person", "residence", "migration",
}

// Load replaces the register by an extract: a directory with a CSV or Parquet file per
// table, named as the table, or with a view of that name in a load.sql; or a DuckDB
// database that has such tables. person, residence and migration are required. The
// extract is checked and counted before anything is kept: on an error, which names file,
// line and remedy, the database is as it was.
func (db *DB) Load(ctx context.Context, path string) (LoadSummary, error) {
	var summary LoadSummary
	if err := db.refuseProtected("load"); err != nil {
		return LoadSummary{}, err
	}
	err := db.atHome(ctx, func() (err error) {
		summary, err = db.load(ctx, path)
		return err
	})
	if err != nil {
		return LoadSummary{}, fmt.Errorf("load %s: %w", path, Plain(err))
	}
	return summary, nil
}

func (db *DB) load(ctx context.Context, path string) (summary LoadSummary, err error) {
	if db.ReadOnly {
		return summary, errors.New("the database is open for reading only")
	}
	e, err := db.openExtract(ctx, path)
	if err != nil {
		return summary, err
	}
	defer e.close()
	var searched string
	if err := db.conn.Row(ctx, "SELECT current_setting('file_search_path')").Scan(&searched); err != nil {
		return summary, err
	}
	defer e.script.forget(db.conn, searched)
	summary.Notes = e.notes
	note := func(text string) {
		if text != "" {
			summary.Notes = append(summary.Notes, text)
		}
	}
	brings := func(table string) bool {
		return slices.ContainsFunc(e.files, func(f *extractFile) bool { return f.table == table })
	}
	err = db.InTransaction(ctx, func() error {
		if err := e.script.run(ctx, db.conn, viewSchema); err != nil {
			return err
		}
		kept, err := db.keptStatuses(ctx, brings)
		if err != nil {
			return err
		}
		numbered, err := db.numberPersons(ctx, e)
		if err != nil {
			return err
		}
		for _, table := range kept {
			if err := db.sameNumbers(ctx, table); err != nil {
				return err
			}
			note(table + ": is not in the extract, so that it says of people what it did before: bring it, if they or the days are others")
		}
		if err := db.Exec(ctx, "DROP TABLE IF EXISTS temp._key_before"); err != nil {
			return err
		}
		for _, f := range e.files {
			if err := db.makeRoom(ctx, f); err != nil {
				return err
			}
			rows, err := db.fill(ctx, f)
			if err != nil {
				return db.diagnose(ctx, e, f, err)
			}
			if err := db.holdStudy(ctx, e, f); err != nil {
				return err
			}
			if rows == 0 && (f.table == "person" || f.table == "residence") {
				return fmt.Errorf("%s has no rows: the register would be empty", f.name)
			}
			summary.Tables = append(summary.Tables, LoadedTable{f.table, f.name, rows})
			found, err := db.oddSpells(ctx, f)
			if err != nil {
				return err
			}
			for _, p := range found {
				note(p.String())
			}
		}
		note(numbered)
		if brings("municipality") {
			adopted, err := db.adoptMunicipalities(ctx, brings("municipality_change"))
			if err != nil {
				return err
			}
			note(adopted)
		}
		if err := db.divide(ctx); err != nil { // which reads codes, as check needs them
			return err
		}
		study, err := db.makeStudy(ctx)
		if err != nil {
			return err
		}
		if err := db.Exec(ctx, "DELETE FROM _overlap"); err != nil { // of the register before
			return err
		}
		problems, err := db.problems(ctx, "register_check")
		if err != nil {
			return err
		}
		if slices.ContainsFunc(problems, func(p Problem) bool { return strings.HasPrefix(p.Text, overlapping) }) {
			if err := db.resolveResidence(ctx); err != nil {
				return err
			}
			if problems, err = db.problems(ctx, "register_check"); err != nil { // in which each day is once
				return err
			}
		}
		for _, p := range problems {
			if p.Fatal {
				return db.fatal(ctx, e.files, p)
			}
			note(p.String())
		}
		done := "DROP TABLE IF EXISTS " + sourceTable // the people are not invented any more
		if e.script != nil {
			done += "; DROP SCHEMA " + viewSchema + " CASCADE"
		}
		if err := db.Exec(ctx, done); err != nil {
			return err
		}
		return db.count(ctx, study)
	})
	return summary, e.folder.plain(err)
}

// keptStatuses are the tables of dimensions of kind status that the extract does not bring,
// in a register that had people already. The numbers of these are kept for sameNumbers.
func (db *DB) keptStatuses(ctx context.Context, brings func(table string) bool) ([]string, error) {
	tables, err := db.conn.Texts(ctx, "SELECT DISTINCT lower(split_part(trim(definition), '.', 1)) FROM dimension WHERE kind = 'status' AND EXISTS (FROM person) ORDER BY ALL")
	if err != nil {
		return nil, err
	}
	kept := slices.DeleteFunc(tables, brings)
	if len(kept) == 0 {
		return nil, nil
	}
	return kept, db.Exec(ctx, "CREATE OR REPLACE TEMP TABLE _key_before AS FROM person_key")
}

// sameNumbers refuses a table of people who have other numbers now, as those whose
// person_id is text are numbered by every .load.
func (db *DB) sameNumbers(ctx context.Context, table string) error {
	var others bool
	if err := db.conn.Row(ctx, "SELECT EXISTS ((FROM person_key EXCEPT FROM _key_before) UNION ALL (FROM _key_before EXCEPT FROM person_key))").Scan(&others); err != nil || !others {
		return err
	}
	return fmt.Errorf("%[1]s is not in the extract, and its person_id are of people who have other numbers now, as person_id is text: take its dimensions out (DELETE FROM dimension WHERE definition LIKE '%[1]s.%%'), load, and make it anew over person_key", table)
}

// holdStudy refuses rows that the settings of the study do not allow.
func (db *DB) holdStudy(ctx context.Context, e *extractSource, f *extractFile) error {
	for _, r := range rules[f.table] {
		if !r.study {
			continue
		}
		broken, err := db.has(ctx, f.table+" WHERE "+r.bad)
		if err != nil {
			return err
		}
		if broken {
			return db.diagnose(ctx, e, f, errors.New("the settings of the study do not allow it"))
		}
	}
	return nil
}

// fill replaces the rows of a table by those of its file.
func (db *DB) fill(ctx context.Context, f *extractFile) (int64, error) {
	if err := db.Exec(ctx, "DELETE FROM "+sqltext.QuoteName(f.table)); err != nil {
		return 0, err
	}
	var names, casts []string
	for _, c := range f.columns {
		names = append(names, sqltext.QuoteName(c.name))
		casts = append(casts, fmt.Sprintf("(%s)::%s", f.read(c, "_raw.", "person_key"), c.sqlType))
	}
	result, err := db.conn.Query(ctx, fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s _raw",
		sqltext.QuoteName(f.table), strings.Join(names, ", "), strings.Join(casts, ", "), f.from(viewSchema)))
	if err != nil {
		return 0, err
	}
	defer result.Close()
	return result.Changed, nil
}
