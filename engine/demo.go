package engine

import (
	"context"
	"fmt"

	"utvandring/engine/demo"
)

// OpenDemo opens a database in memory that holds the demo register of a start without a
// database.
func OpenDemo(ctx context.Context) (*DB, error) {
	template := demoTemplate()
	db, err := Open(ctx, Memory, Options{template: template})
	if err != nil {
		return nil, err
	}
	copied, err := db.has(ctx, "person")
	if err == nil && !copied {
		if err = db.Demo(ctx, demo.DefaultScale, demo.DefaultSeed); err == nil && template != "" {
			db.keepTemplate(ctx, template)
		}
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// Demo fills an empty register with the synthetic one and counts it. Scale 1 is
// national size; the same scale and seed give the same register. It fills all or
// nothing, and refuses to mix invented people with those already there.
func (db *DB) Demo(ctx context.Context, scale float64, seed uint64) error {
	if err := db.refuseProtected("demo"); err != nil {
		return err
	}
	if db.ReadOnly {
		return fmt.Errorf("demo: the database is open for reading only")
	}
	if err := db.atHome(ctx, func() error { return db.demo(ctx, scale, seed) }); err != nil {
		return fmt.Errorf("demo: %w", Plain(err))
	}
	return nil
}

func (db *DB) demo(ctx context.Context, scale float64, seed uint64) error {
	for _, table := range registerTables {
		filled, err := db.has(ctx, table)
		if err != nil {
			return err
		}
		if filled {
			return fmt.Errorf("table %s already has rows; the synthetic register goes into an empty one (.open another database first)", table)
		}
	}
	generator, err := demo.New(demo.Options{Scale: scale, Seed: seed})
	if err != nil {
		return err
	}
	feed, err := newDemoFeed(generator)
	if err != nil {
		return err
	}
	return db.InTransaction(ctx, func() error {
		if err := db.Exec(ctx, demoTables()); err != nil {
			return err
		}
		// A feed is read by one thread at a time; a second would only wait for work, which DuckDB
		// does by turning round and round, on a processor that can be making the next batch.
		err := db.with(ctx, "threads", "1", func() error {
			return generator.Generate(ctx, func(b *demo.Batch) error { return feed.insert(ctx, db, b) })
		})
		if err != nil {
			return err
		}
		if err := db.markSynthetic(ctx, scale, seed); err != nil {
			return err
		}
		return db.refresh(ctx)
	})
}

var registerTables = []string{"person", "residence", "migration"}
