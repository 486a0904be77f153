package engine

import (
	"context"
	"testing"
	"time"
)

// bare explodes spells to years and counts, and nothing else: what a refresh is
// measured against.
const bare = `SELECT year, count(*) FROM (
	SELECT unnest(range(greatest(first_january(from_date), 1990), coalesce(first_january(to_date), 2014))) AS year FROM residence)
	GROUP BY year`

// BenchmarkRefresh counts a register of 20 million person-years.
func BenchmarkRefresh(b *testing.B) {
	ctx := context.Background()
	db, err := Open(ctx, "", Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.Demo(ctx, 0.18, 1); err != nil {
		b.Fatal(err)
	}
	var years int64
	if err := db.Conn().QueryRowContext(ctx, "SELECT sum(residents) FROM population_cell").Scan(&years); err != nil {
		b.Fatal(err)
	}
	var explode, refresh time.Duration
	for b.Loop() {
		explode += timed(b, func() error { return db.Exec(ctx, bare) })
		refresh += timed(b, func() error { return db.Refresh(ctx) })
	}
	b.ReportMetric(float64(years), "person-years")
	b.ReportMetric(explode.Seconds()/float64(b.N), "s-bare/op")
	b.ReportMetric(refresh.Seconds()/float64(b.N), "s-refresh/op")
	b.ReportMetric(refresh.Seconds()/explode.Seconds(), "ratio")
}

func timed(b *testing.B, f func() error) time.Duration {
	b.Helper()
	start := time.Now()
	if err := f(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// BenchmarkFrequencyViews reads all 64 views over the cells of a register.
func BenchmarkFrequencyViews(b *testing.B) {
	ctx := context.Background()
	db, err := Open(ctx, "", Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.Demo(ctx, 0.18, 1); err != nil {
		b.Fatal(err)
	}
	views, err := db.texts(ctx, "SELECT view_name FROM duckdb_views() WHERE NOT internal AND view_name SIMILAR TO 'frequency(_by_.*)?'")
	if err != nil {
		b.Fatal(err)
	}
	var slowest time.Duration
	for b.Loop() {
		for _, v := range views {
			slowest = max(slowest, timed(b, func() error { return db.Exec(ctx, "FROM "+v) }))
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N*len(views)), "ms/view")
	b.ReportMetric(slowest.Seconds()*1000, "ms-slowest")
}
