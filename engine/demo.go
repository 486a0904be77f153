package engine

import (
	"context"
	"fmt"
	"strings"

	"utvandring/engine/demo"
)

// Demo fills an empty register with the synthetic one and counts it. Scale 1 is
// national size; the same scale and seed give the same register. It fills all or
// nothing, and refuses to mix invented people with those already there.
func (db *DB) Demo(ctx context.Context, scale float64, seed uint64) error {
	if db.ReadOnly {
		return fmt.Errorf("demo: the database is open for reading only")
	}
	for _, table := range registerTables {
		var filled bool
		if err := db.conn.QueryRowContext(ctx, "SELECT EXISTS (FROM "+table+")").Scan(&filled); err != nil {
			return fmt.Errorf("demo: %w", Plain(err))
		}
		if filled {
			return fmt.Errorf("demo: table %s already has rows; the synthetic register goes into an empty one (.open another database first)", table)
		}
	}
	generator, err := demo.New(demo.Options{Scale: scale, Seed: seed})
	if err != nil {
		return err
	}
	feed, err := db.demoFeed(ctx, generator)
	if err != nil {
		return fmt.Errorf("demo: %w", Plain(err))
	}
	err = db.InTransaction(ctx, func() error {
		err := generator.Generate(ctx, func(b *demo.Batch) error { return db.insertBatch(ctx, feed, b) })
		if err != nil {
			return err
		}
		if err := db.markSynthetic(ctx, scale, seed); err != nil {
			return err
		}
		return db.refresh(ctx)
	})
	if err != nil {
		return fmt.Errorf("demo: %w", Plain(err))
	}
	return nil
}

var registerTables = []string{"person", "residence", "migration"}

// insertBatch appends a batch to the three tables. The functions named here
// read the batch where it is; see demoFeed.
func (db *DB) insertBatch(ctx context.Context, feed *feed, b *demo.Batch) error {
	handle := feed.offer(b)
	defer feed.withdraw(handle)
	for _, insert := range []string{
		`INSERT INTO person SELECT id, sex::VARCHAR::sex, make_date(birth), country::VARCHAR, immigrant, make_date(nullif(first, NODAY)) FROM _demo_person(HANDLE)`,
		`INSERT INTO residence SELECT id, municipality::VARCHAR, make_date(begins), make_date(nullif(ends, NODAY)) FROM _demo_residence(HANDLE)`,
		`INSERT INTO migration SELECT id, make_date(day), (CASE WHEN emigration THEN 'emigration' ELSE 'immigration' END)::direction, administrative, country::VARCHAR FROM _demo_migration(HANDLE)`,
	} {
		if _, err := db.conn.ExecContext(ctx, strings.NewReplacer("HANDLE", fmt.Sprint(handle), "NODAY", fmt.Sprint(demo.NoDay)).Replace(insert)); err != nil {
			return err
		}
	}
	return nil
}
