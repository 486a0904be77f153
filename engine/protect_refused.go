package engine

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"utvandring/udf/sqltext"
)

// What is refused while protection is on, with the reason. All that is not here reads
// nothing but protected counts and tables without people; protect_test.go has the whole
// catalogue, so that a view that nobody has thought about fails it.
var refused = map[string]string{
	"person": single, "residence": single, "migration": single, "person_key": single,
	"person_year": single, "transition": single, "same_year_mover": single,
	"emigration": single, "immigration": single, "migration_event": single, "birth": single, "death": single, "move": single,
	"register_check": single, "register_contradiction": single, "contradiction_year": single,

	"population_cell_live": unrounded, "cohort_live": unrounded, "emigrant_cell_live": unrounded, "unresolved_code": unrounded,

	"cohort": otherCells, "emigrant_cell": otherCells,

	"balance": "its unexplained column would be nothing but rounding",
}

const (
	single     = "rows about single people do not leave"
	unrounded  = "it counts the register as it is"
	otherCells = "its cells are by single years of age and duration, which population_cell has not: rounded on their own they would contradict its figures"
)

// refuseObjects puts in the place of each, and of the tables of people of the user's, a view
// of the same columns that says so.
func (db *DB) refuseObjects(ctx context.Context, persons []string) error {
	names := slices.AppendSeq(slices.Clone(persons), maps.Keys(refused))
	slices.Sort(names)
	of, err := db.columns(ctx)
	if err != nil {
		return err
	}
	kinds, err := db.kinds(ctx)
	if err != nil {
		return err
	}
	for _, name := range slices.Compact(names) {
		message := sqltext.QuoteText(fmt.Sprintf("%s: %s while protection is on; cell, population_cell and the frequency views have protected counts (.protect off lifts it)", name, cmp.Or(refused[name], single)))
		columns := mapped(of[strings.ToLower(name)], func(c namedColumn) string {
			return fmt.Sprintf("error(%s)::%s AS %s", message, c.sqlType, sqltext.QuoteName(c.name))
		})
		if len(columns) == 0 {
			return fmt.Errorf("%s: no such table or view", name)
		}
		// Every column and row asks for the error, so that none of it can be left out.
		if err := db.Exec(ctx, fmt.Sprintf("DROP %s %[2]s; CREATE VIEW %[2]s AS SELECT %[3]s FROM (SELECT error(%[4]s) AS e) WHERE e IS NULL", kinds[strings.ToLower(name)], sqltext.QuoteName(name), strings.Join(columns, ", "), message)); err != nil {
			return err
		}
	}
	return nil
}

// refuseProtected refuses what works on the register.
func (db *DB) refuseProtected(what string) error {
	if db.Raw == nil {
		return nil
	}
	return fmt.Errorf("%s: it needs the register, which is not here while protection is on: .protect off, .%[1]s, .protect on", what)
}
