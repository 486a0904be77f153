package engine

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"utvandring/udf"
	"utvandring/udf/sqltext"
)

// While protection is on, the session works on another database, in memory, which holds
// nothing but protected counts, and what they are made of besides people: the list of
// municipalities, models, series. What is not there cannot leave, by whatever statement, file,
// figure or message. All views and macros that read the counts are there as ever, and
// inherit what was decided over the finest of them; those about single people say that
// they are not.

// protectBase is what small counts are rounded to, or 0.
const protectBase = 3

// ParseProtection refuses what is no way to protect a session.
func ParseProtection(word string) error {
	switch strings.ToLower(word) {
	case "", "round":
		return nil
	case "suppress":
		return errors.New("protect: a session is protected by rounding, so that every sum can be asked for; figures are hidden by FROM protect(cell, […], method := 'suppress')")
	}
	return fmt.Errorf("protect: on is followed by round, or nothing, not by %q", word)
}

// ProtectedText says how the counts of a session are protected, "" where they are not.
func (db *DB) ProtectedText() string {
	if db.Raw == nil {
		return ""
	}
	return fmt.Sprintf("protected figures: counts below %d are rounded to 0 or %[1]d in the finest cells, and all figures are sums of these", protectBase)
}

// File is the path of the database, also where the session works on its protected counts.
func (db *DB) File() string {
	if db.Raw != nil {
		return db.Raw.Path
	}
	return db.Path
}

// Release gives the database of the register back, which Close then leaves open.
func (db *DB) Release() *DB {
	raw := db.Raw
	db.Raw = nil
	return raw
}

// Protect gives the database of the protected counts of this one, which it keeps, and
// closes with itself.
func (db *DB) Protect(ctx context.Context) (*DB, error) {
	if within, err := db.WithinTransaction(ctx); err != nil || within {
		return nil, errors.New("protect: a transaction is open: COMMIT or ROLLBACK first")
	}
	dir, remove, err := newTemporary("protected")
	if err != nil {
		return nil, fmt.Errorf("protect: %w", err)
	}
	defer remove()
	p, err := Open(ctx, Memory, Options{})
	if err != nil {
		return nil, err
	}
	p.asCounted = map[string]bool{}
	for _, l := range db.left { // the reason may have what somebody is in it
		l.why = "dimension " + l.dimension + " makes no sense any more, and .refresh of the register tells why"
		if l.dimension == "" {
			l.why = "its study makes no sense any more, and .refresh of the register tells why"
		}
		p.leave = append(p.leave, l)
	}
	err = db.atHome(ctx, func() error {
		for {
			err := db.protectInto(ctx, p, dir)
			var one leftOut
			if !errors.As(err, &one) || p.asCounted[one.dimension] {
				return err
			}
			p.asCounted[one.dimension] = true
		}
	})
	p.leave = nil
	if err != nil {
		p.Close()
		return nil, fmt.Errorf("protect: %w", Plain(err))
	}
	p.Raw, p.Notes, p.ReadOnly = db, db.Notes, false
	p.stale, p.staleSure = db.stale, true
	return p, nil
}

// protectInto fills p, handing over by files of protected counts.
func (db *DB) protectInto(ctx context.Context, p *DB, dir string) error {
	move := func(table, query, insert string) error {
		file := sqltext.QuoteText(filepath.Join(dir, table+".parquet"))
		if err := db.Exec(ctx, "COPY ("+query+") TO "+file+" (FORMAT parquet)"); err != nil {
			return err
		}
		return p.Exec(ctx, insert+" FROM read_parquet("+file+")")
	}
	wanted, err := db.columns(ctx)
	if err != nil {
		return err
	}
	own, err := db.countedBy(ctx)
	if err != nil {
		return err
	}
	persons, others, err := db.handedOver(ctx, own, wanted)
	if err != nil {
		return err
	}
	typeOf := map[string]string{}
	for _, c := range wanted["population_cell"] {
		typeOf[c.name] = c.sqlType
	}
	return p.InTransaction(ctx, func() error {
		has, err := p.columns(ctx)
		if err != nil {
			return err
		}
		for _, table := range slices.Concat(persons, others) {
			if err := p.shape(ctx, table, has[strings.ToLower(table)], wanted[strings.ToLower(table)]); err != nil {
				return fmt.Errorf("table %s: %w", table, err)
			}
		}
		for _, table := range others {
			name := sqltext.QuoteName(table)
			if err := p.Exec(ctx, "DELETE FROM "+name); err != nil {
				return err
			}
			if err := move(table, "FROM "+name, "INSERT INTO "+name+" BY NAME"); err != nil {
				return fmt.Errorf("table %s: %w", table, err)
			}
		}
		// The years do not follow from the migrations there (see counted_year below).
		if err := move("register_period", "SELECT min(year) AS first_year, max(year) AS last_year FROM counted_year", "DELETE FROM register_period; INSERT INTO register_period"); err != nil {
			return err
		}
		for _, d := range own {
			// What cannot be made there any more is a column that the counts have.
			if p.asCounted[d.name] {
				d.kind, d.definition = "person", "NULL::"+typeOf[d.name]
			}
			if err := p.Exec(ctx, "INSERT INTO dimension VALUES ($1, $2, $3)", d.name, d.kind, d.definition); err != nil {
				return err
			}
		}
		s, err := p.makeStudy(ctx)
		if err != nil {
			return err
		}
		for _, d := range s.own {
			if d.sqlType != "" && d.sqlType != typeOf[d.name] {
				return leftOut{d.name, fmt.Sprintf("dimension %s: it is of type %s now, and was of %s when it was counted", d.name, d.sqlType, typeOf[d.name])}
			}
		}
		if err := p.fillTables(ctx, "", func(c countedTable) bool { return c.shape && c.table != "_kind" && c.table != "_state" }); err != nil {
			return err
		}
		if err := p.Exec(ctx, "CREATE TABLE _protected AS FROM population_cell WITH NO DATA; DROP VIEW population_cell; ALTER TABLE _protected RENAME TO population_cell"); err != nil {
			return err
		}
		decided, keep, err := db.decidedCells(ctx)
		if err != nil {
			return err
		}
		if err := move("population_cell", decided, "INSERT INTO population_cell BY NAME"); err != nil {
			return err
		}
		if err := keep(filepath.Join(dir, "population_cell.parquet")); err != nil {
			return err
		}
		if err := p.fillTables(ctx, "", func(c countedTable) bool { return !c.shape && refused[c.table] == "" }); err != nil {
			return err
		}
		if err := db.measureLoss(ctx, p, dir); err != nil {
			return err
		}
		if err := p.recordCounted(ctx); err != nil {
			return err
		}
		// _table_4_11 reads cohort; read_duckdb is in the place of DuckDB's own, which its name for a
		// file stands for too.
		if err := p.Exec(ctx, `CREATE OR REPLACE VIEW _table_4_11 AS FROM _table_4_11_of(false);
			CREATE OR REPLACE VIEW counted_year AS SELECT unnest(range(first_year, last_year + 1))::INTEGER AS year, make_date(year, 1, 1) AS january_1 FROM register_period;
			CREATE MACRO read_duckdb(file, table_name := NULL, schema_name := NULL) AS TABLE SELECT error(`+sqltext.QuoteText(databasesClosed)+")"); err != nil {
			return err
		}
		p.readOwn(ctx)
		return p.refuseObjects(ctx, persons)
	})
}

// withoutPeople are the tables that are handed over as they are.
var withoutPeople = []string{
	"country", "country_year", "county_name", "equation", "macro", "model",
	"municipality", "municipality_centrality", "municipality_change", "municipality_name",
	"projection_death", "projection_frequency", "projection_scenario",
	"published_coefficient", "published_counterfactual", "published_diagnostic", "published_fact", "published_residual_covariance",
	"register_period", "study", "_division",
}

// countedBy are the dimensions of one's own that the register is counted by: those of the
// table may have changed since.
func (db *DB) countedBy(ctx context.Context) (own []dimension, err error) {
	query := "SELECT unnest(names), unnest(kinds), unnest(definitions) FROM _dimension"
	if db.Outdated {
		query = "SELECT dimension, kind, definition FROM dimension WHERE dimension IN (SELECT unnest(names) FROM _dimension) ORDER BY rowid"
	}
	return db.dimensions(ctx, query)
}

// handedOver are the tables of which p gets the columns only, as they are about single
// people, and those of which it gets the rows.
func (db *DB) handedOver(ctx context.Context, own []dimension, there map[string][]namedColumn) (persons, others []string, err error) {
	persons, others = slices.Clone(registerTables), slices.Clone(withoutPeople)
	for _, d := range own {
		table, _, further := strings.Cut(strings.ToLower(strings.TrimSpace(d.definition)), ".")
		switch {
		case !further || !slices.Contains([]string{"country", "place", "status"}, d.kind):
		case slices.Contains(persons, table) || slices.Contains(others, table) || there[table] == nil:
		case d.kind == "status":
			persons = append(persons, table)
		default:
			others = append(others, table)
		}
	}
	marked, err := db.conn.HasTable(ctx, db.catalog, sourceTable)
	if marked {
		others = append(others, sourceTable)
	}
	return persons, others, err
}

// shape gives a database the columns wanted of a table, of which it has some: what the table
// lacks, or the table where it has none.
func (db *DB) shape(ctx context.Context, table string, has, wanted []namedColumn) error {
	var list []string
	for _, c := range wanted {
		column := sqltext.QuoteName(c.name) + " " + c.sqlType
		switch {
		case len(has) == 0:
			list = append(list, column)
		case !slices.ContainsFunc(has, func(h namedColumn) bool { return equalFold(h.name, c.name) }):
			if err := db.Exec(ctx, "ALTER TABLE "+sqltext.QuoteName(table)+" ADD COLUMN "+column); err != nil {
				return err
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	return db.Exec(ctx, "CREATE TABLE "+sqltext.QuoteName(table)+" ("+strings.Join(list, ", ")+")")
}

// decidedCells is the query for population_cell with protected counts: those of the last
// time, where the register has kept them and has the same cells still, as deciding takes
// nearly all the time of opening. keep has it keep those of a file.
func (db *DB) decidedCells(ctx context.Context) (query string, keep func(file string) error, err error) {
	const table = "_protected_cell"
	state, err := db.conn.Texts(ctx, fmt.Sprintf("SELECT 'base %d without empty rows, ' || count(*) || ' cells, ' || coalesce(sum(hash(c)), 0) FROM population_cell c", protectBase))
	if err != nil {
		return "", nil, err
	}
	kept, err := db.conn.Texts(ctx, "SELECT comment FROM duckdb_tables() WHERE table_name = ? AND database_name = current_database() AND schema_name = 'main'", table)
	if err != nil {
		return "", nil, err
	}
	if slices.Equal(kept, state) {
		return "FROM " + table, func(string) error { return nil }, nil
	}
	query, err = db.protectedCells(ctx)
	return query, func(file string) error {
		if db.ReadOnly {
			return nil
		}
		return db.InTransaction(ctx, func() error {
			return db.Exec(ctx, fmt.Sprintf("CREATE OR REPLACE TABLE %[1]s AS FROM read_parquet(%[2]s); COMMENT ON TABLE %[1]s IS %[3]s", table, sqltext.QuoteText(file), sqltext.QuoteText(state[0])))
		})
	}, err
}

// protectedCells is the query for population_cell with protected counts. person_years
// become whole numbers first, so that they add up to nearly the same in the order of the cells.
// A cell in which nothing is left is no row, as one that nobody ever was in is none: a row of
// zeros would tell that somebody was.
func (db *DB) protectedCells(ctx context.Context) (string, error) {
	columns, err := db.columnsOf(ctx, "population_cell")
	if err != nil {
		return "", err
	}
	counts := append(slices.Clone(udf.CellCounts), "person_years")
	keys := slices.DeleteFunc(namesOf(columns), func(c string) bool { return slices.Contains(counts, c) })
	quoted := sqltext.QuoteAll(keys, sqltext.QuoteName)
	asText := mapped(quoted, func(k string) string { return k + "::VARCHAR AS " + k })
	var asDouble, rounded []string
	for i, c := range counts {
		sqlType := "INTEGER"
		if c == "person_years" {
			sqlType = "DOUBLE"
		}
		asDouble = append(asDouble, c+"::DOUBLE AS "+c)
		rounded = append(rounded, fmt.Sprintf("_values[%d]::%s AS %s", i+1, sqlType, c))
	}
	// The margins that are near before others: those of the frequency views, and of
	// municipalities and one's own dimensions.
	var sets [][]string
	for _, d := range reportDimensions {
		for _, s := range sets {
			sets = append(sets, append(slices.Clone(s), d.name))
		}
		sets = append(sets, []string{d.name})
	}
	slices.SortStableFunc(sets, func(a, b []string) int { return len(a) - len(b) })
	sets = append([][]string{nil, {"municipality_code"}}, sets...)
	for _, own := range db.Dimensions()[len(reportDimensions):] {
		sets = append(sets, []string{own})
		for _, d := range reportDimensions {
			sets = append(sets, []string{own, d.name})
		}
	}
	near := mapped(sets, func(s []string) string {
		return sqltext.QuoteText(strings.Join(append([]string{"year", "immigrant"}, s...), ","))
	})
	order := strings.Join(quoted, ", ")
	return fmt.Sprintf(`
		WITH _numbered AS MATERIALIZED (
		  SELECT * REPLACE (round(_until) - round(_until - person_years) AS person_years)
		  FROM (SELECT *, row_number() OVER (ORDER BY %[1]s) AS _row, sum(person_years) OVER (ORDER BY %[1]s ROWS UNBOUNDED PRECEDING) AS _until FROM population_cell)
		),
		_figure AS (
		  SELECT unnest(_protect_cells(list(c), [%[2]s], [%[3]s], %[4]d), recursive := true)
		  FROM (SELECT _row, %[5]s, %[6]s FROM _numbered) c
		)
		SELECT %[1]s, %[7]s FROM _figure JOIN _numbered USING (_row) WHERE list_sum(_values) > 0`,
		order, strings.Join(sqltext.QuoteAll(counts, sqltext.QuoteText), ", "), strings.Join(near, ", "), protectBase, strings.Join(asText, ", "),
		strings.Join(asDouble, ", "), strings.Join(rounded, ", ")), nil
}

// fewSmall is how many small counts there must be of residents and of emigrations that how much
// rounding changes them does not tell what they were: of one that is shown as 3 while all
// emigrations change by +1, it tells that.
const fewSmall = 20

// measureLoss compares the emigrations and residents of the frequency views by county and
// each other dimension, before and after.
func (db *DB) measureLoss(ctx context.Context, p *DB, dir string) error {
	var small int
	row := db.conn.Row(ctx, fmt.Sprintf("SELECT least(count(*) FILTER (residents BETWEEN 1 AND %[1]d), count(*) FILTER (emigrations BETWEEN 1 AND %[1]d)) FROM cell", protectBase-1))
	if err := row.Scan(&small); err != nil {
		return Plain(err)
	}
	if small < fewSmall {
		p.ProtectionLoss = "what rounding changes is not told: few counts are small, and it would give them away"
		return nil
	}
	query := strings.Join(mapped(reportDimensions[1:], func(d dimension) string {
		return fmt.Sprintf("SELECT '%[1]s' AS dim, year, county, %[1]s::VARCHAR AS level, sum(residents) AS residents, sum(emigrations) AS emigrations FROM county_cell GROUP BY ALL", d.name)
	}), " UNION ALL ")
	file := sqltext.QuoteText(filepath.Join(dir, "loss.parquet"))
	if err := p.Exec(ctx, "COPY ("+query+") TO "+file+" (FORMAT parquet)"); err != nil {
		return err
	}
	var figures int
	var mean, largest float64
	var total int64
	row = db.conn.Row(ctx, `
		SELECT count(*), avg(abs(v.before - v.after)), max(abs(v.before - v.after)),
		       (SELECT sum(emigrations) FROM read_parquet(`+file+`) WHERE dim = 'sex')::BIGINT - (SELECT sum(emigrations) FROM county_cell)::BIGINT
		FROM (SELECT coalesce(t.residents, 0) AS a, coalesce(r.residents, 0) AS b, coalesce(t.emigrations, 0) AS c, coalesce(r.emigrations, 0) AS d
		      FROM (`+query+`) t FULL JOIN read_parquet(`+file+`) r
		        ON t.dim = r.dim AND t.year = r.year AND t.county IS NOT DISTINCT FROM r.county AND t.level IS NOT DISTINCT FROM r.level),
		     LATERAL (VALUES (a, b), (c, d)) v(before, after)`)
	if err := row.Scan(&figures, &mean, &largest, &total); err != nil {
		return Plain(err)
	}
	p.ProtectionLoss = fmt.Sprintf("residents and emigrations by county and one more dimension, %d figures: change %.2f in the mean and %.0f at most; all emigrations change by %+d", figures, mean, largest, total)
	return nil
}
