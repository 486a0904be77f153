package engine

import (
	"context"
	"fmt"
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
	err = db.atHome(ctx, func() error {
		problems, err = db.problems(ctx, "(FROM register_check UNION ALL FROM _balance_check)")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("check: %w", Plain(err))
	}
	return problems, nil
}

func (db *DB) problems(ctx context.Context, view string) ([]Problem, error) {
	var problems []Problem
	err := db.each(ctx, `SELECT problem, remedy, fatal, "count", coalesce(example, '') FROM `+view+` WHERE "count" > 0`, func(scan func(...any) error) error {
		var p Problem
		err := scan(&p.Text, &p.Remedy, &p.Fatal, &p.Count, &p.Example)
		problems = append(problems, p)
		return err
	})
	return problems, err
}
