package engine

import (
	"context"

	"utvandring/engine/demo"
	"utvandring/udf/duck"
)

// demoFeed hands batches of the synthetic register to DuckDB. What a batch has
// as codes becomes text on the way.
type demoFeed struct {
	sexes, countries, municipalities, reasons []duck.Word
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
		{&f.reasons, demo.Reasons},
	} {
		var err error
		if *w.to, err = duck.NewWords(w.texts); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// demoTables are the tables with the columns that the synthetic register brings as an
// extract may: those of person that the schema lacks, and spells of a status.
func demoTables() string {
	person, _ := Lookup("person")
	return person.table("person", []string{"death_date DATE", "reason VARCHAR"}) + `;
	CREATE OR REPLACE TABLE citizenship (person_id BIGINT NOT NULL, citizenship VARCHAR NOT NULL, from_date DATE NOT NULL, to_date DATE)`
}

// insert appends a batch to the tables. NoDay, NoCountry and NoReason become NULL:
// the first is duck.NoDay, the others codes without a word.
func (f *demoFeed) insert(ctx context.Context, db *DB, b *demo.Batch) error {
	for _, table := range []struct {
		insert string
		feed   duck.Feed
	}{
		{`INSERT INTO person (person_id, sex, birth_date, birth_country, immigrant, first_immigration, death_date, reason)
			SELECT id, sex::sex, birth, country, immigrant, first, death, reason FROM _feed`, duck.Feed{
			{Name: "id", Values: duck.Integers(b.Person.ID)},
			{Name: "sex", Values: duck.Words[uint8]{Codes: b.Person.Sex, Words: f.sexes}},
			{Name: "birth", Values: duck.Days(b.Person.Birth)},
			{Name: "country", Values: duck.Words[uint16]{Codes: b.Person.Country, Words: f.countries}},
			{Name: "immigrant", Values: duck.Booleans(b.Person.Immigrant)},
			{Name: "first", Values: duck.Days(b.Person.First)},
			{Name: "death", Values: duck.Days(b.Person.Death)},
			{Name: "reason", Values: duck.Words[uint8]{Codes: b.Person.Reason, Words: f.reasons}},
		}},
		{"INSERT INTO citizenship SELECT id, CASE WHEN norwegian THEN 'Norwegian' ELSE 'foreign' END, begins, ends FROM _feed", duck.Feed{
			{Name: "id", Values: duck.Integers(b.Citizenship.ID)},
			{Name: "norwegian", Values: duck.Booleans(b.Citizenship.Norwegian)},
			{Name: "begins", Values: duck.Days(b.Citizenship.From)},
			{Name: "ends", Values: duck.Days(b.Citizenship.To)},
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
		if err := db.conn.Insert(ctx, table.insert, table.feed); err != nil {
			return err
		}
	}
	return nil
}
