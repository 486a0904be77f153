package udf

import (
	"context"
	"fmt"
	"math"
	"testing"

	"utvandring/udf/long"
)

// Every SQL type that a panel may hold, NULLs among them, arrives as SQL's own
// cast to DOUBLE would have it, from plain tables, slices, filters and groups.
func TestFrameReadsAllTypes(t *testing.T) {
	conn := simulation(t)
	for i, value := range []string{
		"1.25::DOUBLE", "1.25::FLOAT", "7::TINYINT", "-7::SMALLINT", "7::INTEGER", "-7::BIGINT", "7::UTINYINT", "7::USMALLINT",
		"7::UINTEGER", "7::UBIGINT", "-170141183460469231731687303715884105727::HUGEINT", "7::UHUGEINT", "-1::HUGEINT",
		"12.345::DECIMAL(5,3)", "-0.5::DECIMAL(4,1)", "123456.789::DECIMAL(18,3)", "1e20::DECIMAL(38,2)", "true", "NULL::DOUBLE", "NULL",
	} {
		for j, source := range []string{
			"SELECT list({x: %s})",
			"SELECT list({x: v}) FROM (SELECT CASE WHEN i = 3000 THEN %s END AS v FROM range(5000) r(i)) WHERE v IS NOT NULL OR 1 = 1",
			"SELECT list({x: CASE WHEN i %% 2 = 0 THEN %s END})[2:4] FROM range(5) r(i)",
			"SELECT list_filter([{x: NULL}, {x: %s}], lambda e: true)",
		} {
			if (i+j)%long.Runs(1, 4) > 0 {
				continue // quick tests read each type from one
			}
			list := fmt.Sprintf(source, value)
			query := fmt.Sprintf(`WITH l AS (SELECT (%s) AS l), a AS (SELECT sum(e.number) AS s, count(e.number) AS n, count(*) AS rows FROM (SELECT unnest(_echo(l)) AS e FROM l)),
				b AS (SELECT sum(e.x::DOUBLE) AS s, count(e.x) AS n, count(*) AS rows FROM (SELECT unnest(l) AS e FROM l)) SELECT a.s, b.s, a.n, b.n, a.rows, b.rows FROM a, b`, list)
			var got, want any
			var gotN, wantN, gotRows, wantRows int
			if err := conn.Row(context.Background(), query).Scan(&got, &want, &gotN, &wantN, &gotRows, &wantRows); err != nil {
				t.Errorf("%s: %v", list, err)
				continue
			}
			g, given := got.(float64)
			w, wanted := want.(float64)
			if math.Abs(g-w) > 1e-15*math.Abs(w) || given != wanted || gotN != wantN || gotRows != wantRows {
				t.Errorf("%s: sum %v of %d in %d rows; want %v of %d in %d", list, got, gotN, gotRows, want, wantN, wantRows)
			}
		}
	}
}

// A minus before nothing goes no further than the function that made it.
func TestNoMinusZero(t *testing.T) {
	conn := simulation(t)
	var text string
	if err := conn.Row(context.Background(), "SELECT string_agg(e.number::VARCHAR, ' ') FROM (SELECT unnest(_echo([{x: '-0.0'::DOUBLE}, {x: -1.5}, {x: 0}])) AS e)").Scan(&text); err != nil || text != "0.0 -1.5 0.0" {
		t.Error(text, err)
	}
}

func TestFrameReadsTextInGroups(t *testing.T) {
	conn := simulation(t)
	query := `WITH d AS (SELECT i, i % 700 AS g, repeat('æ', (i % 20)::INT) || i AS s FROM range(10000) r(i)),
		e AS (SELECT g, unnest(_echo(list({s: s} ORDER BY i)), recursive := true) FROM d GROUP BY g)
		SELECT count(*) FROM (SELECT g, text FROM e EXCEPT ALL SELECT g, s FROM d)`
	var n int
	if err := conn.Row(context.Background(), query).Scan(&n); err != nil || n != 0 {
		t.Fatalf("%d texts differ, %v", n, err)
	}
}
