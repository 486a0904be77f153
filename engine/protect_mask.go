package engine

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"utvandring/udf"
	"utvandring/udf/sqltext"
)

// Where figures are hidden, the counts stand in schema masked, each with a mask added that is
// there twice or more: it cancels in the sums that are shown, and in no other. So any sum
// can be asked for, and none gives away what is hidden. Beside that, cell, county_cell and
// population_cell have NULL where a cell itself is hidden. The macros are given
// the name of these, and add up the masked ones (_counted in sql/count/shown.sql).

// maskedCells are the cells that are there twice.
var maskedCells = []string{"population_cell", "cell", "county_cell"}

// maskCells makes the empty table of masked counts.
func (db *DB) maskCells(ctx context.Context) error {
	statements := []string{"CREATE SCHEMA masked", "CREATE TABLE masked.population_cell AS FROM population_cell WITH NO DATA"}
	for _, c := range append(slices.Clone(udf.CellCounts), "person_years") {
		statements = append(statements, "ALTER TABLE masked.population_cell ALTER "+c+" TYPE BIGINT")
	}
	return db.Exec(ctx, strings.Join(statements, "; "))
}

// showCells puts what is made of the masked counts in the place of what is made of counts.
func (db *DB) showCells(ctx context.Context) error {
	var mapped []string
	for _, name := range maskedCells {
		mapped = append(mapped, fmt.Sprintf("WHEN '%s' THEN 'masked.%[1]s'", name))
	}
	shown := func(counts []string, sqlType string) string {
		list := make([]string, len(counts))
		for i, c := range counts {
			list[i] = fmt.Sprintf("_shown(%s)::%s AS %[1]s", c, sqlType)
		}
		return strings.Join(list, ", ")
	}
	live, err := db.definition(ctx, "_county_cell_live")
	if err != nil {
		return err
	}
	live = strings.NewReplacer("INTEGER", "BIGINT").Replace(inMasked(live[strings.Index(live, " AS ")+4:]))
	for _, statement := range []string{
		fmt.Sprintf("CREATE OR REPLACE MACRO _shown(x) AS CASE WHEN x BETWEEN %d AND %d THEN x END", -udf.Masked, udf.Masked),
		"CREATE OR REPLACE MACRO _counted(cells) AS CASE lower(cells) " + strings.Join(mapped, " ") + " ELSE cells END",
		"CREATE VIEW masked.cell AS SELECT * EXCLUDE (immigrant) FROM masked.population_cell WHERE immigrant",
		"DROP TABLE population_cell",
		"CREATE VIEW population_cell AS SELECT * REPLACE (" + shown(udf.CellCounts, "INTEGER") + ", _shown(person_years)::DOUBLE AS person_years) FROM masked.population_cell",
		"CREATE TABLE masked.county_cell AS " + live,
		"CREATE OR REPLACE TABLE county_cell AS SELECT * REPLACE (" + shown([]string{"residents", "emigrations", "emigrations_macro", "immigrations", "immigrations_macro"}, "INTEGER") + ") FROM masked.county_cell",
	} {
		if err := db.Exec(ctx, statement); err != nil {
			return err
		}
	}
	views, err := db.texts(ctx, "SELECT view_name FROM duckdb_views() WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal ORDER BY view_name")
	if err != nil {
		return err
	}
	for _, view := range views {
		if slices.Contains(maskedCells, view) || view == "_county_cell_live" || refused[view] != "" {
			continue
		}
		made, err := db.definition(ctx, view)
		if err != nil {
			return err
		}
		if masked := inMasked(made); masked != made {
			masked = strings.Replace(masked, "CREATE VIEW", "CREATE OR REPLACE VIEW", 1)
			if err := db.Exec(ctx, masked); err != nil {
				return fmt.Errorf("view %s: %w", sqltext.QuoteName(view), err)
			}
		}
	}
	return nil
}

var readsCells = regexp.MustCompile(`\b(?:FROM|JOIN) \(*(population_cell|cell|county_cell)\b`)

// inMasked is a query that reads the masked cells in place of the others.
func inMasked(query string) string {
	return readsCells.ReplaceAllStringFunc(query, func(s string) string {
		name := readsCells.FindStringSubmatch(s)[1]
		return strings.TrimSuffix(s, name) + "masked." + name
	})
}

// definition is the statement that makes a view.
func (db *DB) definition(ctx context.Context, view string) (string, error) {
	made, err := db.texts(ctx, "SELECT sql FROM duckdb_views() WHERE view_name = ? AND database_name = current_database() AND schema_name = 'main'", view)
	if err != nil || len(made) != 1 {
		return "", fmt.Errorf("%s: no such view (%v)", view, err)
	}
	return made[0], nil
}

// refuseMaskedName refuses other cells of the name of those that are masked: the macros would
// take these for them.
func (db *DB) refuseMaskedName(statement string) error {
	if db.Protection != Suppressed {
		return nil
	}
	code := sqltext.Code(statement)
	for i, t := range code {
		if !isMasked(t) || i == 0 || i+2 >= len(code) {
			continue
		}
		named := code[i-1].Is("WITH") || code[i-1].Is("RECURSIVE") || code[i-1].Is(",") && (code[i+1].Is("AS") && !isName(code[i+2]) || code[i+1].Is("("))
		made := code[0].Is("CREATE") && (code[i-1].Is("TABLE") || code[i-1].Is("VIEW") || code[i-1].Is("EXISTS") || code[i-1].Is("."))
		if named || made {
			f := &Fault{Sentence: fmt.Sprintf("%s: another name for these: while figures are hidden, the macros take cells of this name for all", t.Ident())}
			f.pointTo(statement, t.At)
			return f
		}
	}
	return nil
}

func isName(t sqltext.Token) bool { return t.Ident() != "" && !t.Is("MATERIALIZED") && !t.Is("NOT") }

func isMasked(t sqltext.Token) bool {
	return slices.Contains(maskedCells, strings.ToLower(t.Ident()))
}

// sumsShown notes that a sum over cells, of which some are hidden, is not that of all.
func sumsShown(db *DB, _ context.Context, statement string) []string {
	if db.Protection != Suppressed {
		return nil
	}
	code := sqltext.Code(statement)
	sums := false
	for i, t := range code {
		sums = sums || i+1 < len(code) && code[i+1].Is("(") && (t.Is("sum") || t.Is("avg") || t.Is("mean"))
	}
	for i, t := range code {
		if sums && i > 0 && isMasked(t) && (code[i-1].Is("FROM") || code[i-1].Is("JOIN")) {
			return []string{fmt.Sprintf("%s has NULL where a cell is hidden, and a sum leaves it out: frequency_of(%[1]s, …) and the like add up all (.help .protect)", t.Ident())}
		}
	}
	return nil
}

func init() { examiners = append(examiners, sumsShown) }
