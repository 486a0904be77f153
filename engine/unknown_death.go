package engine

import (
	"context"
	"slices"

	"utvandring/udf/sqltext"
)

func init() { examiners = append(examiners, unknownDeaths) }

// unknownDeaths notes that a statement reads the deaths of a register that knows of none:
// they are 0, and so is every rate of them.
func unknownDeaths(db *DB, ctx context.Context, statement string) []string {
	isDeaths := func(t sqltext.Token) bool {
		text, _ := t.Literal()
		return equalFold(t.Ident(), "deaths") || equalFold(t.Ident(), "death") || equalFold(text, "deaths")
	}
	isPerson := func(table string) bool { return table == "person" } // which view death reads
	if meant := db.meant(statement); !slices.ContainsFunc(sqltext.Code(meant), isDeaths) || !db.readsCounts(ctx, statement) && !db.readsTable(db.bound(ctx, meant), isPerson) {
		return nil
	}
	unknown, err := db.conn.Texts(ctx, "SELECT 'deaths: nobody in person has a death_date, so that there are none: bring it with person, and .refresh' FROM "+
		db.at("person")+" HAVING count(*) > 0 AND NOT EXISTS (FROM "+db.at("_lifetime")+" WHERE death_date IS NOT NULL)")
	if err != nil {
		return nil
	}
	return unknown
}
