package engine

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"

	"utvandring/sql"
	"utvandring/udf/sqltext"
)

// applySQL puts the .sql files and the reference data into the database, all
// or nothing. A database that holds them in this very version is left alone, so
// that opening a file again costs nothing. One that somebody else has filled is refused,
// unless adopt is true. One of another version is counted
// anew: what counts, and the tables it is counted into, may differ.
func (db *DB) applySQL(ctx context.Context, adopt bool) error {
	files, err := sql.Read()
	if err != nil {
		return err
	}
	want := fingerprint(files)
	var have string
	row := db.conn.QueryRowContext(ctx, "SELECT coalesce(fingerprint, '') FROM _prepared")
	foreign := row.Scan(&have) != nil
	if have == want {
		return nil
	}
	if db.ReadOnly {
		db.Foreign, db.Outdated = foreign, !foreign
		return nil
	}
	if foreign && !db.made {
		if err := db.askForeign(ctx, adopt); err != nil {
			return err
		}
	}
	return db.InTransaction(ctx, func() error {
		if have != "" {
			if err := db.dropFormerViews(ctx); err != nil {
				return err
			}
			if err := db.renewTables(ctx); err != nil {
				return err
			}
		}
		if err := db.applyStudy(ctx, &study{immigrant: "immigrant"}, " WITH NO DATA"); err != nil {
			return err
		}
		if err := db.fillReference(ctx); err != nil {
			return err
		}
		divided, err := db.has(ctx, "_division")
		if err != nil {
			return err
		}
		if !divided {
			if err := db.Exec(ctx, thisDivision); err != nil {
				return err
			}
		}
		filled, err := db.has(ctx, "person")
		if err != nil {
			return err
		}
		if filled {
			db.earlier = true
			err := db.refresh(ctx)
			db.earlier = false
			if err != nil {
				return err
			}
			db.Recounted = true
		} else {
			if err := db.fillTables(ctx, "", func(c countedTable) bool { return c.shape && c.table != "_kind" }); err != nil {
				return err
			}
			if err := db.recordCounted(ctx); err != nil {
				return err
			}
		}
		_, err = db.conn.ExecContext(ctx, "CREATE OR REPLACE TABLE _prepared AS SELECT $1::VARCHAR AS fingerprint", want)
		return err
	})
}

// applyStudy makes all views and macros for a study, and the tables that their columns
// come from: DuckDB binds a view when it is made. rows is "", or " WITH NO DATA" where
// they are filled later.
func (db *DB) applyStudy(ctx context.Context, s *study, rows string) error {
	files, err := sql.Read()
	if err != nil {
		return err
	}
	for _, file := range files {
		if _, err := db.conn.ExecContext(ctx, s.rewrite(file.Text)); err != nil {
			return fmt.Errorf("sql/%s: %w", file.Name, Plain(err))
		}
		if err := db.fillTables(ctx, rows, func(c countedTable) bool { return c.shape && c.file == "sql/"+file.Name }); err != nil {
			return fmt.Errorf("sql/%s: %w", file.Name, err)
		}
	}
	names := make([]string, len(s.own))
	for i, d := range s.own {
		names[i] = sqltext.QuoteText(d.name)
	}
	return db.Exec(ctx, fmt.Sprintf("CREATE OR REPLACE TABLE _dimension AS SELECT %s AS applied, [%s]::VARCHAR[] AS names", sqltext.QuoteText(s.signature()), strings.Join(names, ", ")))
}

// dropFormerViews makes room in a database of an earlier version for tables that
// were views there, and for views that were tables.
func (db *DB) dropFormerViews(ctx context.Context) error {
	names := map[string][]string{}
	for _, e := range shipped() {
		names[e.Kind] = append(names[e.Kind], e.Name)
	}
	var drop string
	row := db.conn.QueryRowContext(ctx, `
		SELECT coalesce(string_agg('DROP ' || kind || ' ' || name, ';'), '') FROM (
		  SELECT 'VIEW' AS kind, view_name AS name FROM duckdb_views()
		  WHERE database_name = current_database() AND schema_name = 'main' AND list_contains(string_split($1, ','), view_name)
		  UNION ALL
		  SELECT 'TABLE', table_name FROM duckdb_tables()
		  WHERE database_name = current_database() AND schema_name = 'main' AND list_contains(string_split($2, ','), table_name)
		)`,
		strings.Join(names["table"], ","), strings.Join(names["view"], ","))
	if err := row.Scan(&drop); err != nil || drop == "" {
		return Plain(err)
	}
	return db.Exec(ctx, drop)
}

// renewTables gives the tables of a database of an earlier version the columns and
// constraints that they have today. Rows and columns of the user's stay.
func (db *DB) renewTables(ctx context.Context) error {
	filled := map[string]bool{} // made anew by refresh
	for _, table := range livedTables {
		filled[table] = true
	}
	for _, c := range counted() {
		filled[c.table] = true
	}
	for _, e := range shipped() {
		if e.Kind != "table" || filled[e.Name] || !strings.Contains(e.SQL, "(") {
			continue
		}
		if err := db.renewTable(ctx, e); err != nil {
			return fmt.Errorf("table %s: %w", e.Name, err)
		}
	}
	return nil
}

func (db *DB) renewTable(ctx context.Context, e Entry) error {
	const name = "_renewed"
	if err := db.Exec(ctx, e.table(name, nil)); err != nil {
		return err
	}
	var same bool
	row := db.conn.QueryRowContext(ctx, `
		SELECT count(DISTINCT substr(sql, strpos(sql, '('))) = 1 FROM duckdb_tables()
		WHERE database_name = current_database() AND schema_name = 'main' AND table_name IN ($1, $2)`, name, e.Name)
	if err := row.Scan(&same); err != nil {
		return Plain(err)
	}
	if same {
		return db.Exec(ctx, "DROP TABLE "+name)
	}
	further, err := db.texts(ctx, `
		SELECT '"' || replace(column_name, '"', '""') || '" ' || data_type
		FROM duckdb_columns() c
		WHERE database_name = current_database() AND schema_name = 'main' AND table_name = $2 AND NOT EXISTS (
		  FROM duckdb_columns() n WHERE n.table_name = $1 AND n.database_name = c.database_name AND n.schema_name = 'main' AND lower(n.column_name) = lower(c.column_name))
		ORDER BY column_index`, name, e.Name)
	if err != nil {
		return Plain(err)
	}
	return db.Exec(ctx, fmt.Sprintf("%[3]s; INSERT INTO %[1]s BY NAME FROM %[2]s; DROP TABLE %[2]s; ALTER TABLE %[1]s RENAME TO %[2]s",
		name, e.Name, e.table(name, further)))
}

func fingerprint(files []sql.File) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%s\x00%s\x00", f.Name, f.Text)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// fillReference fills every reference table that is still empty from
// sql/data/TABLE.csv, so that what a user has changed stays changed.
func (db *DB) fillReference(ctx context.Context) error {
	entries, err := fs.ReadDir(sql.Files, "data")
	if err != nil {
		return err
	}
	for _, e := range entries {
		table := strings.TrimSuffix(e.Name(), ".csv")
		filled, err := db.has(ctx, table)
		if err != nil {
			return fmt.Errorf("sql/data/%s: %w", e.Name(), err)
		}
		if filled {
			continue
		}
		text, err := fs.ReadFile(sql.Files, "data/"+e.Name())
		if err != nil {
			return err
		}
		if err := db.insertCSV(ctx, table, text); err != nil {
			return fmt.Errorf("sql/data/%s: %w", e.Name(), Plain(err))
		}
	}
	return nil
}

// insertCSV puts the rows of a CSV text with a header into a table, a list a
// column; DuckDB casts them to the columns' types. An empty field is NULL.
func (db *DB) insertCSV(ctx context.Context, table string, text []byte) error {
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return err
	}
	values := make([]string, len(records[0]))
	lists := make([]any, len(values))
	for i := range values {
		list := make([]string, len(records)-1)
		for row, record := range records[1:] {
			list[row] = record[i]
		}
		lists[i] = list
		values[i] = fmt.Sprintf("nullif(unnest($%d::VARCHAR[]), '')", i+1)
	}
	_, err = db.conn.ExecContext(ctx, "INSERT INTO "+table+" ("+strings.Join(records[0], ", ")+") SELECT "+strings.Join(values, ", "), lists...)
	return err
}
