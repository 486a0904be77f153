package engine

import (
	"context"
	"flag"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// bare explodes spells to years and counts, and nothing else: what a refresh is
// measured against.
const bare = `SELECT year, count(*) FROM (
	SELECT unnest(range(greatest(first_january(from_date), 1990), coalesce(first_january(to_date), 2014))) AS year FROM residence)
	GROUP BY year`

// scale of the register that is measured: 0.18 is 20 million person-years, 1 national size
// (-args -scale 1).
var scale = flag.Float64("scale", 0.18, "of the register of benchmarks")

// large is that register in memory.
func large(b *testing.B) *DB {
	b.Helper()
	db := open(b, "", Options{})
	fillDemo(b, db, *scale, 1)
	return db
}

// BenchmarkRefresh counts it by the report's dimensions, and by four more, one of them
// of spells as many as those of residence; the ratios are to bare in the same run, of time
// and of processor time, which others on the machine change less.
func BenchmarkRefresh(b *testing.B) {
	ctx := context.Background()
	for _, study := range []struct{ name, set string }{
		{"report", ""},
		{"own", `CREATE TABLE work AS SELECT person_id, 'work ' || hash(person_id, from_date) % 4 AS work, from_date + 100 AS from_date, to_date + 100 AS to_date FROM residence;
			INSERT INTO dimension VALUES ('reason', 'person', 'hash(person_id) % 5'), ('age_5', 'age', '0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85'),
			('stay', 'duration', '0, 1, 2, 3, 4, 5, 10'), ('work', 'status', 'work.work')`},
	} {
		b.Run(study.name, func(b *testing.B) {
			db := large(b)
			run(b, db, study.set+";"+bare)
			refresh(b, db)
			var explode, refresh, explodes, refreshes time.Duration
			for b.Loop() {
				start := processor()
				explode += timed(b, func() error { return db.Exec(ctx, bare) })
				middle := processor()
				refresh += timed(b, func() error { return db.Refresh(ctx) })
				explodes += middle - start
				refreshes += processor() - middle
			}
			var years, cells float64
			if err := db.Conn().Row(ctx, "SELECT sum(residents), count(*) FROM population_cell").Scan(&years, &cells); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(years, "person-years")
			b.ReportMetric(cells, "cells")
			b.ReportMetric(explode.Seconds()/float64(b.N), "s-bare/op")
			b.ReportMetric(refresh.Seconds()/float64(b.N), "s-refresh/op")
			b.ReportMetric(refresh.Seconds()/explode.Seconds(), "ratio")
			b.ReportMetric(refreshes.Seconds()/explodes.Seconds(), "processor-ratio")
		})
	}
}

// BenchmarkRefreshBounded counts a register in a file with 2 GB of memory: at -scale 4, 446
// million person-years.
func BenchmarkRefreshBounded(b *testing.B) {
	ctx := context.Background()
	db, err := Open(ctx, filepath.Join(b.TempDir(), "register.duckdb"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	run(b, db, "SET memory_limit = '2GB'")
	fillDemo(b, db, *scale, 1)
	for b.Loop() {
		refresh(b, db)
	}
}

// BenchmarkOpen opens a database with the 63 views of the report's six dimensions, and one
// with the 4095 of twelve; the ratio is of the second to the first.
func BenchmarkOpen(b *testing.B) {
	ctx := context.Background()
	path := func(set string) string {
		path := filepath.Join(b.TempDir(), "register.duckdb")
		db, err := Open(ctx, path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		run(b, db, set)
		fillDemo(b, db, 0.001, 1)
		return path
	}
	opened := func(path string) time.Duration {
		return timed(b, func() error {
			db, err := Open(ctx, path, Options{})
			if err == nil {
				db.Close()
			}
			return err
		})
	}
	few := path("SELECT 1")
	many := path("INSERT INTO dimension SELECT 'own_' || i, 'age', (20 + i)::VARCHAR FROM range(6) t(i)")
	var first, second time.Duration
	for b.Loop() {
		first += opened(few)
		second += opened(many)
	}
	b.ReportMetric(first.Seconds()*1000/float64(b.N), "ms-few")
	b.ReportMetric(second.Seconds()*1000/float64(b.N), "ms-many")
	b.ReportMetric(second.Seconds()/first.Seconds(), "ratio")
}

// BenchmarkPersonYear reads the immigrants of one year; the ratio is to the join of the
// same tables for that day, written by hand.
func BenchmarkPersonYear(b *testing.B) {
	ctx := context.Background()
	db := large(b)
	var direct, view, place time.Duration
	for b.Loop() {
		direct += timed(b, func() error {
			return db.Exec(ctx, `SELECT county, count(*) FROM residence r JOIN person USING (person_id) JOIN country ON country_code = birth_country
				LEFT JOIN municipality m ON m.municipality_code = r.municipality_code
				WHERE immigrant AND from_date <= DATE '2013-01-01' AND coalesce(to_date, DATE 'infinity') > DATE '2013-01-01' GROUP BY ALL`)
		})
		view += timed(b, func() error {
			return db.Exec(ctx, "SELECT county, count(*) FROM person_year WHERE year = 2013 AND immigrant GROUP BY ALL")
		})
		place += timed(b, func() error {
			return db.Exec(ctx, "SELECT sex, count(*) FROM person_year WHERE year = 2013 AND municipality_code = '1103' GROUP BY ALL")
		})
	}
	b.ReportMetric(view.Seconds()/direct.Seconds(), "ratio")
	b.ReportMetric(place.Seconds()*1000/float64(b.N), "ms-municipality")
}

// BenchmarkTransition counts what becomes of everybody from one level of centrality to
// another, of all years; the ratio is to bare in the same run.
func BenchmarkTransition(b *testing.B) {
	ctx := context.Background()
	db := large(b)
	var explode, count time.Duration
	for b.Loop() {
		explode += timed(b, func() error { return db.Exec(ctx, bare) })
		count += timed(b, func() error { return db.Exec(ctx, "FROM transition_of(['centrality', 'next_centrality'])") })
	}
	b.ReportMetric(count.Seconds()/explode.Seconds(), "ratio")
}

// processor is the time that processors have worked for this process.
func processor() time.Duration {
	var used syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
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
	db := large(b)
	views, err := db.conn.Texts(ctx, "SELECT view_name FROM duckdb_views() WHERE NOT internal AND view_name SIMILAR TO 'frequency(_by_.*)?'")
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
