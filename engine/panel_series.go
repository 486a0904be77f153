package engine

import (
	"context"
	"fmt"
	"slices"

	"utvandring/udf/later"
)

// The panels are tables, because reading them through the view macro_year would
// take longer than estimating on them. So that a scenario written into
// country_year or macro is in the panels at once, Run brings their macro series
// up to date after every statement that may have changed what these are computed
// from. All else in the panels is what .refresh counted.

// seriesSources are the tables that macro_year is computed from, and seriesChanges
// the words without which a statement changes nothing in them. EXECUTE and IMPORT
// need not name a table.
var (
	seriesSources = later.Compile(`(?i)\b(macro|country|country_year)\b`)
	seriesChanges = later.Compile(`(?i)\b(insert|update|delete|merge|truncate|copy|create|drop|alter)\b`)
	changesUnseen = later.Compile(`(?i)\b(execute|import)\b`)
)

// mayChangeSeries looks at the words only, and rather says yes: looking at the
// series themselves costs a few milliseconds.
func mayChangeSeries(statement string) bool {
	return changesUnseen.MatchString(statement) || seriesSources.MatchString(statement) && seriesChanges.MatchString(statement)
}

// followSeries brings the macro series of the panels up to date, within the
// user's transaction where there is one, so that ROLLBACK takes both back. A
// database without the tables has nothing to follow. Ctrl-C comes too late: the
// statement is done.
func (db *DB) followSeries(ctx context.Context) error {
	if db.ReadOnly {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	if hidden, err := db.hidden(ctx); err != nil || hidden != "" {
		return nil // macro_year may be that of a temporary table
	}
	var behind bool
	row := db.conn.Row(ctx, fmt.Sprintf(`
		SELECT EXISTS (
		  FROM %s p LEFT JOIN %s m USING (year) -- the other two have the same series
		  WHERE (p.relinnt1, p.relinnt2, p.relinnt3, p.led1, p.led2, p.lednor)
		        IS DISTINCT FROM (m.relinnt1, m.relinnt2, m.relinnt3, m.led1, m.led2, m.lednor))`, db.at("panel_1"), db.at("macro_year")))
	if row.Scan(&behind) != nil || !behind {
		return nil
	}
	update := ""
	for _, panel := range []string{"panel_1", "panel_2", "panel_3"} {
		update += fmt.Sprintf(`
			UPDATE %[1]s p
			SET relinnt1 = m.relinnt1, relinnt2 = m.relinnt2, relinnt3 = m.relinnt3, led1 = m.led1, led2 = m.led2, lednor = m.lednor
			FROM (SELECT p.year, m.* EXCLUDE (year) FROM %[1]s p LEFT JOIN %[2]s m USING (year)) m
			WHERE m.year = p.year;`, db.at(panel), db.at("macro_year"))
	}
	if err := db.InTransaction(ctx, func() error { return db.Exec(ctx, update) }); err != nil {
		return fmt.Errorf("the statement is done, but the panels still have the macro series of before (.refresh brings them up to date): %w", err)
	}
	return nil
}

// noteUneven notes the years in which a macro series is computed from the countries of
// fewer people than in the years beside, those that have not been noted yet.
func (db *DB) noteUneven(ctx context.Context) error {
	texts, err := db.conn.Texts(ctx, "SELECT text FROM "+db.at("_uneven_series")+" ORDER BY country_group, year, series")
	if err != nil {
		return nil // an aborted transaction, or a database without the tables
	}
	found := slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return slices.Contains(db.uneven, text) })
	if db.Notes != NotesError {
		db.uneven = texts
	}
	if len(found) == 0 {
		return nil
	}
	note := "country_year: " + found[0]
	if len(found) > 1 {
		note += fmt.Sprintf("; and %d more", len(found)-1)
	}
	return db.note(note + " (FROM country_group_coverage WHERE uneven)")
}
