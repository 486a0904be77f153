package engine

import (
	"context"
	"fmt"

	"utvandring/engine/demo"
	"utvandring/udf/duck"
)

// demoFeed hands batches of the synthetic register to DuckDB. What a batch has
// as codes becomes text on the way.
type demoFeed struct {
	sexes, countries, municipalities []duck.Word
}

func newDemoFeed(g *demo.Generator) (*demoFeed, error) {
	f := &demoFeed{}
	for _, w := range []struct {
		to    *[]duck.Word
		texts []string
	}{
		{&f.sexes, []string{"female", "male"}},
		{&f.countries, g.Countries()},
		{&f.municipalities, g.Municipalities()},
	} {
		var err error
		if *w.to, err = duck.NewWords(w.texts); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// insert appends a batch to the three tables. NoDay and NoCountry become NULL:
// the one is duck.NoDay, the other a code without a word.
func (f *demoFeed) insert(ctx context.Context, db *DB, b *demo.Batch) error {
	for _, table := range []struct {
		insert string
		feed   duck.Feed
	}{
		{"INSERT INTO person SELECT id, sex::sex, birth, country, immigrant, first FROM _feed", duck.Feed{
			{Name: "id", Values: duck.Integers(b.Person.ID)},
			{Name: "sex", Values: duck.Words[uint8]{Codes: b.Person.Sex, Words: f.sexes}},
			{Name: "birth", Values: duck.Days(b.Person.Birth)},
			{Name: "country", Values: duck.Words[uint16]{Codes: b.Person.Country, Words: f.countries}},
			{Name: "immigrant", Values: duck.Booleans(b.Person.Immigrant)},
			{Name: "first", Values: duck.Days(b.Person.First)},
		}},
		{"INSERT INTO residence SELECT id, municipality, begins, ends FROM _feed", duck.Feed{
			{Name: "id", Values: duck.Integers(b.Residence.ID)},
			{Name: "municipality", Values: duck.Words[uint16]{Codes: b.Residence.Municipality, Words: f.municipalities}},
			{Name: "begins", Values: duck.Days(b.Residence.From)},
			{Name: "ends", Values: duck.Days(b.Residence.To)},
		}},
		{"INSERT INTO migration SELECT id, day, CASE WHEN emigration THEN 'emigration' ELSE 'immigration' END, administrative, country FROM _feed", duck.Feed{
			{Name: "id", Values: duck.Integers(b.Migration.ID)},
			{Name: "day", Values: duck.Days(b.Migration.Day)},
			{Name: "emigration", Values: duck.Booleans(b.Migration.Emigration)},
			{Name: "administrative", Values: duck.Booleans(b.Migration.Admin)},
			{Name: "country", Values: duck.Words[uint16]{Codes: b.Migration.Country, Words: f.countries}},
		}},
	} {
		if err := db.duck.Insert(ctx, table.insert, table.feed); err != nil {
			return err
		}
	}
	return nil
}

// withOneThread runs f while DuckDB works on one thread. A feed is read by one
// at a time; a second thread would only wait for work, which DuckDB does by
// turning round and round, on a processor that can be making the next batch.
func (db *DB) withOneThread(ctx context.Context, f func() error) error {
	if db.sealed {
		return f() // settings are locked
	}
	var threads int
	if err := db.conn.QueryRowContext(ctx, "SELECT current_setting('threads')").Scan(&threads); err != nil {
		return err
	}
	if _, err := db.conn.ExecContext(ctx, "SET threads = 1"); err != nil {
		return err
	}
	// ctx may be what ended f.
	defer db.conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf("SET threads = %d", threads))
	return f()
}
