package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"utvandring/udf/sqltext"
)

// Problem is one kind of nonsense in the register, or of what looks like it.
type Problem struct {
	// Text says what is wrong, beginning with the table: "residence: begins after today".
	Text string
	// Remedy says what to do about it.
	Remedy string
	// Fatal problems make Load refuse an extract; others are counted as the
	// definitions say.
	Fatal bool
	// Count is the number of rows concerned, at least 1.
	Count int64
	// Example is one of them: "person 7: from 2001-05-01 to 2003-01-01".
	Example string
}

// overlapping begins the text of that problem.
const overlapping = "residence: two spells of a person overlap"

func (p Problem) String() string {
	return fmt.Sprintf("%s (%d; %s): %s", p.Text, p.Count, p.Example, p.Remedy)
}

// Check looks for what no single row can show to be wrong, as listed in
// sql/register/register_check.sql, and returns what it finds. The register is not
// changed.
func (db *DB) Check(ctx context.Context) (problems []Problem, err error) {
	if err := db.refuseProtected("check"); err != nil {
		return nil, err
	}
	if text := db.uncounted(); text != "" {
		return nil, errors.New("check: " + text) // how codes are read is not known
	}
	err = db.atHome(ctx, func() error {
		problems, err = db.problems(ctx, "(FROM register_check UNION ALL FROM _balance_check)")
		if err != nil {
			return err
		}
		s, err := db.readStudy(ctx)
		if err != nil {
			return nil // .refresh says what is wrong with a dimension
		}
		for _, d := range s.own {
			found, err := db.otherCodes(ctx, d)
			if err != nil {
				return err
			}
			problems = append(problems, found...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("check: %w", Plain(err))
	}
	return problems, nil
}

// otherCodes finds the codes of a table of a dimension that are none of what is counted, as
// those of another division are: its municipalities have no row there, and so no value.
func (db *DB) otherCodes(ctx context.Context, d dimension) ([]Problem, error) {
	key, remedy := "country_code", "recode them, as what has no row is counted under NULL"
	known := "(SELECT country_code FROM country UNION ALL SELECT _setting('home_country'))"
	switch d.kind {
	case "place":
		key, remedy = "municipality_code", remedy+" (.division tells the division, municipality_in recodes)"
		known = "(SELECT municipality_code FROM municipality)"
	case "country":
	default:
		return nil, nil
	}
	return db.problems(ctx, fmt.Sprintf(`(
		WITH row_of AS MATERIALIZED (
		  SELECT DISTINCT lpad(code, greatest(length(code), _setting('municipality_code_length')::BIGINT)::INTEGER, '0') AS padded, code
		  FROM (SELECT %[3]s::VARCHAR AS code FROM %[4]s) WHERE code IS NOT NULL)
		SELECT %[1]s AS problem, %[2]s AS remedy, false AS fatal, count(*) AS "count", min(code) AS example
		FROM row_of WHERE code NOT IN %[5]s AND padded NOT IN %[5]s
		AND EXISTS (FROM %[5]s AS k(code) WHERE code NOT IN (SELECT code FROM row_of UNION ALL SELECT padded FROM row_of)))`,
		sqltext.QuoteText("dimension "+d.name+": table "+d.table+" has codes that are none of table "+strings.TrimSuffix(key, "_code")), sqltext.QuoteText(remedy), key, d.quotedTable(), known))
}

func (db *DB) problems(ctx context.Context, view string) ([]Problem, error) {
	var problems []Problem
	var p Problem
	err := db.each(ctx, `SELECT problem, remedy, fatal, "count", coalesce(example, '') FROM `+view+` WHERE "count" > 0`,
		[]any{&p.Text, &p.Remedy, &p.Fatal, &p.Count, &p.Example}, func() { problems = append(problems, p) })
	return problems, err
}
