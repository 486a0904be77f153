package engine

import (
	"context"
	"fmt"

	"utvandring/engine/demo"
	"utvandring/udf"
)

// demoFeed hands batches of the synthetic register to DuckDB. What a batch has
// as codes becomes text on the way.
type demoFeed struct {
	sexes, countries, municipalities []udf.Word
}

func newDemoFeed(g *demo.Generator) (*demoFeed, error) {
	f := &demoFeed{}
	for _, w := range []struct {
		to    *[]udf.Word
		texts []string
	}{
		{&f.sexes, []string{"female", "male"}},
		{&f.countries, g.Countries()},
		{&f.municipalities, g.Municipalities()},
	} {
		var err error
		if *w.to, err = udf.NewWords(w.texts); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// insert appends a batch to the three tables. NoDay and NoCountry become NULL:
// the one is udf.NoDay, the other a code without a word.
func (f *demoFeed) insert(ctx context.Context, db *DB, b *demo.Batch) error {
	for _, table := range []struct {
		insert string
		feed   udf.Feed
	}{
		{"INSERT INTO person SELECT id, sex::sex, birth, country, immigrant, first FROM _feed()", udf.Feed{
			{Name: "id", Values: udf.Integers(b.Person.ID)},
			{Name: "sex", Values: udf.Words[uint8]{Codes: b.Person.Sex, Words: f.sexes}},
			{Name: "birth", Values: udf.Days(b.Person.Birth)},
			{Name: "country", Values: udf.Words[uint16]{Codes: b.Person.Country, Words: f.countries}},
			{Name: "immigrant", Values: udf.Booleans(b.Person.Immigrant)},
			{Name: "first", Values: udf.Days(b.Person.First)},
		}},
		{"INSERT INTO residence SELECT id, municipality, begins, ends FROM _feed()", udf.Feed{
			{Name: "id", Values: udf.Integers(b.Residence.ID)},
			{Name: "municipality", Values: udf.Words[uint16]{Codes: b.Residence.Municipality, Words: f.municipalities}},
			{Name: "begins", Values: udf.Days(b.Residence.From)},
			{Name: "ends", Values: udf.Days(b.Residence.To)},
		}},
		{"INSERT INTO migration SELECT id, day, CASE WHEN emigration THEN 'emigration' ELSE 'immigration' END, administrative, country FROM _feed()", udf.Feed{
			{Name: "id", Values: udf.Integers(b.Migration.ID)},
			{Name: "day", Values: udf.Days(b.Migration.Day)},
			{Name: "emigration", Values: udf.Booleans(b.Migration.Emigration)},
			{Name: "administrative", Values: udf.Booleans(b.Migration.Admin)},
			{Name: "country", Values: udf.Words[uint16]{Codes: b.Migration.Country, Words: f.countries}},
		}},
	} {
		if _, err := db.conn.ExecContext(udf.WithFeed(ctx, table.feed), table.insert); err != nil {
			return err
		}
	}
	return nil
}

// withOneThread runs f while DuckDB works on one thread. A feed is read by one
// at a time; a second thread would only wait for work, which DuckDB does by
// turning round and round, on a processor that can be making the next batch.
func (db *DB) withOneThread(ctx context.Context, f func() error) error {
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
