package demo_test

import (
	"math"
	"slices"
	"testing"

	"utvandring/engine"
	"utvandring/engine/demo"
	"utvandring/udf/long"
)

// TestCellsAgree sets two counts of one register against each other: the SQL
// over the loaded tables, and the naive one in Go over the columns, which shares
// no code with it. It proves the loading and the counting at once.
func TestCellsAgree(t *testing.T) {
	long.Test(t) // a register of 150 000 people, counted twice
	ctx := t.Context()
	options := demo.Options{Scale: 0.03, Seed: 4}
	db, err := engine.Open(ctx, engine.Memory, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Demo(ctx, options.Scale, options.Seed); err != nil {
		t.Fatal(err)
	}
	cells, facts := demo.Count(t, options)
	n := 0
	var k demo.CellKey
	var got [3]int
	err = db.Conn().Each(ctx, `
		SELECT year, county,
		       -- Ringsaker's code, read before 1992, may be Hamar's, so that no centrality is given;
		       -- the invented people live in Ringsaker.
		       coalesce(centrality, CASE WHEN year < 1992 AND county = 'Hedmark' THEN (SELECT centrality FROM municipality WHERE municipality_code = '0412') END),
		       country_group, sex::VARCHAR, age_group::VARCHAR, duration_group::VARCHAR,
		       sum(residents)::INTEGER, sum(emigrations)::INTEGER, sum(emigrations_macro)::INTEGER
		FROM cell WHERE year <= 2013 GROUP BY ALL`, []any{&k.Year, &k.County, &k.Centrality, &k.Group, &k.Sex, &k.Age, &k.Duration, &got[0], &got[1], &got[2]}, func() {
		if got == [3]int{} {
			return // only immigrations
		}
		n++
		if want := cells[k]; got != want {
			t.Fatalf("%+v: residents, emigrations, without same-year movers %v, counted naively %v", k, got, want)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	immigrants := 0
	for k, c := range cells {
		if k.Year == 2013 {
			immigrants += c[0]
		}
	}
	if n != len(cells) || n < 10_000 {
		t.Errorf("%d groups in the cells, %d counted naively", n, len(cells))
	}

	n = 0
	var id string
	var least, most float64
	err = db.Conn().Each(ctx, "SELECT id, value, coalesce(largest, value) FROM report_fact WHERE id LIKE 'f%' AND value IS NOT NULL", []any{&id, &least, &most}, func() {
		n++
		want := slices.Clone(facts[id])
		if slices.Contains([]string{"f07", "f08", "f10", "f16", "f17", "f18"}, id) {
			for i := range want {
				want[i] *= 593321 / float64(immigrants) // numbers of persons, put at national size
			}
		}
		if len(want) == 0 || math.Abs(slices.Min(want)-least) > 1e-9*math.Abs(least) || math.Abs(slices.Max(want)-most) > 1e-9*math.Abs(most) {
			t.Errorf("report_fact %s: %v to %v, counted naively %v", id, least, most, want)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if n != len(facts) {
		t.Errorf("report_fact has %d values, counted naively %d", n, len(facts))
	}
}
