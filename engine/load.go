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

// Load replaces the register by an extract: a directory with a CSV or Parquet
// file per table, named as the table. person, residence and migration are
// required. The extract is checked and counted before anything is kept: on an
// error, which names file, line and remedy, the database is as it was.
func (db *DB) Load(ctx context.Context, dir string) (LoadSummary, error) {
	var summary LoadSummary
	if db.ReadOnly {
		return summary, fmt.Errorf("load %s: the database is open for reading only", dir)
	}
	err := db.atHome(ctx, func() (err error) {
		summary, err = db.load(ctx, dir)
		return err
	})
	if err != nil {
		return LoadSummary{}, fmt.Errorf("load %s: %w", dir, Plain(err))
	}
	return summary, nil
}

func (db *DB) load(ctx context.Context, dir string) (summary LoadSummary, err error) {
	files, notes, err := db.findExtract(ctx, dir)
	if err != nil {
		return summary, err
	}
	summary.Notes = notes
	brings := func(table string) bool {
		return slices.ContainsFunc(files, func(f *extractFile) bool { return f.table == table })
	}
	err = db.InTransaction(ctx, func() error {
		for _, f := range files {
			if err := db.makeRoom(ctx, f); err != nil {
				return err
			}
			rows, err := db.fill(ctx, f)
			if err != nil {
				return db.diagnose(ctx, f, err)
			}
			if err := db.holdStudy(ctx, f); err != nil {
				return err
			}
			if rows == 0 && (f.table == "person" || f.table == "residence") {
				return fmt.Errorf("%s has no rows: the register would be empty", f.name)
			}
			summary.Tables = append(summary.Tables, LoadedTable{f.table, f.name, rows})
		}
		if brings("municipality") {
			note, err := db.adoptMunicipalities(ctx, brings("municipality_change"))
			if err != nil {
				return err
			}
			if note != "" {
				summary.Notes = append(summary.Notes, note)
			}
		}
		if err := db.divide(ctx); err != nil {
			return err
		}
		if err := db.Exec(ctx, "CREATE OR REPLACE TABLE _code_reading AS FROM _code_reading_live"); err != nil { // which check reads
			return err
		}
		if _, err := db.makeStudy(ctx); err != nil {
			return err
		}
		if err := db.Exec(ctx, "DELETE FROM _overlap"); err != nil { // of the register before
			return err
		}
		problems, err := db.problems(ctx, "register_check")
		if err != nil {
			return err
		}
		for _, p := range problems {
			if p.Fatal {
				return db.fatal(ctx, files, p)
			}
			summary.Notes = append(summary.Notes, p.String())
		}
		if err := db.unmark(ctx); err != nil {
			return err
		}
		return db.refresh(ctx)
	})
	return summary, err
}

// holdStudy refuses rows that the settings of the study do not allow.
func (db *DB) holdStudy(ctx context.Context, f *extractFile) error {
	for _, r := range f.rules() {
		if !r.study {
			continue
		}
		var broken bool
		row := db.conn.QueryRowContext(ctx, fmt.Sprintf("SELECT EXISTS (FROM %s WHERE %s)", f.table, r.bad))
		if err := row.Scan(&broken); err != nil {
			return Plain(err)
		}
		if broken {
			return db.diagnose(ctx, f, errors.New("the settings of the study do not allow it"))
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
		casts = append(casts, fmt.Sprintf("(%s)::%s", c.read(""), c.sqlType))
	}
	result, err := db.conn.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s",
		sqltext.QuoteName(f.table), strings.Join(names, ", "), strings.Join(casts, ", "), f.source))
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
