package engine

import (
	"context"
	"errors"
	"testing"
	"time"

	"utvandring/engine/demo"
	"utvandring/udf/long"
)

// A demo that is cancelled while rows go in leaves an empty register, and a
// database that works as before; made again, it is whole. An invented person never joins a real one.
func TestDemoIsAllOrNothing(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db := fresh(t)
	number := func(query string) (n int) {
		t.Helper()
		if err := db.Conn().Row(ctx, query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	const (
		threads = "SELECT current_setting('threads')"
		rows    = "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM residence) + (SELECT count(*) FROM migration)"
	)
	before := number(threads)
	short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	if err := db.Demo(short, 1, demo.DefaultSeed); !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, Interrupted) {
		t.Fatalf("cancelled: %v", err)
	}
	if n := number(rows); n != 0 {
		t.Errorf("%d rows of a cancelled demo", n)
	}
	if n := number(threads); n != before {
		t.Errorf("%d threads after it, %d before", n, before)
	}
	if err := db.Demo(ctx, -1, 1); err == nil {
		t.Error("a negative scale is accepted")
	}
	run(t, db, "INSERT INTO migration VALUES (1, DATE '2000-01-01', 'emigration', false, NULL)")
	if err := db.Demo(ctx, 0.001, 1); err == nil {
		t.Error("a register with a migration is filled")
	}
	run(t, db, "DELETE FROM migration")
	fillDemo(t, db, .0005*float64(long.Runs(4, 1)), demo.DefaultSeed)
	// What stands for NULL in the columns made in Go is NULL, and only that: born in
	// Norway and never away, still resident, country not known.
	for _, query := range []string{
		"SELECT count(*) FROM person WHERE (first_immigration IS NULL) <> (person_id NOT IN (SELECT person_id FROM migration WHERE direction = 'immigration')) AND birth_date >= DATE '1990-01-01'",
		"SELECT count(*) FROM residence WHERE to_date > DATE '2014-01-01' OR from_date < DATE '1900-01-01'",
		"SELECT count(*) FROM migration WHERE country NOT IN (SELECT country_code FROM country) AND country <> 'NOR'",
	} {
		if n := number(query); n != 0 {
			t.Errorf("%d: %s", n, query)
		}
	}
}

func BenchmarkDemoNational(b *testing.B) { benchmarkDemo(b, 1) }
func BenchmarkDemoStart(b *testing.B)    { benchmarkDemo(b, demo.DefaultScale) }

// benchmarkDemo: from an empty database to counted cells, beside making the
// people alone, without a database.
func benchmarkDemo(b *testing.B, scale float64) {
	ctx := context.Background()
	generator, err := demo.New(demo.Options{Scale: scale, Seed: demo.DefaultSeed})
	if err != nil {
		b.Fatal(err)
	}
	alone := timed(b, func() error { return generator.Generate(ctx, func(*demo.Batch) error { return nil }) })
	b.ResetTimer()
	for range b.N {
		b.StopTimer()
		db, err := Open(ctx, Memory, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		fillDemo(b, db, scale, demo.DefaultSeed)
		b.StopTimer()
		db.Close()
		b.StartTimer()
	}
	b.ReportMetric(alone.Seconds(), "s-people-alone")
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/alone.Seconds(), "ratio")
}

// BenchmarkDemoInsert stores people made beforehand, and counts nothing.
func BenchmarkDemoInsert(b *testing.B) {
	ctx := context.Background()
	generator, err := demo.New(demo.Options{Scale: .2, Seed: demo.DefaultSeed})
	if err != nil {
		b.Fatal(err)
	}
	var batches []*demo.Batch
	rows := 0
	if err := generator.Generate(ctx, func(batch *demo.Batch) error {
		batches = append(batches, batch)
		rows += len(batch.Person.ID) + len(batch.Residence.ID) + len(batch.Migration.ID)
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	feed, err := newDemoFeed(generator)
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for range b.N {
		b.StopTimer()
		db, err := Open(ctx, Memory, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		err = db.InTransaction(ctx, func() error {
			return db.with(ctx, "threads", "1", func() error {
				for _, batch := range batches {
					if err := feed.insert(ctx, db, batch); err != nil {
						return err
					}
				}
				return nil
			})
		})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		db.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}
