package udf_test

import (
	"context"
	"strings"
	"testing"

	"utvandring/udf/duck"
)

// What goes in comes out, across the borders of chunks (2048 rows) and of the
// words of the NULL mask (64 rows), the last chunk not full.
func TestFeed(t *testing.T) {
	conn := connect(t)
	const rows = 2*2048 + 70
	var (
		ids   duck.Integers
		flags duck.Booleans
		days  duck.Days
		codes []uint16
	)
	for i := range rows {
		ids = append(ids, int64(i)<<33)
		flags = append(flags, i%3 == 0)
		days = append(days, int32(i)-100)
		if i%7 == 0 {
			days[i] = duck.NoDay
		}
		codes = append(codes, uint16(i%4)) // the fourth has no word
	}
	words, err := duck.NewWords([]string{"", "Ås", "twelve bytes"})
	if err != nil {
		t.Fatal(err)
	}
	feed := duck.Feed{{Name: "id", Values: ids}, {Name: "flag", Values: flags}, {Name: "day", Values: days}, {Name: "word", Values: duck.Words[uint16]{Codes: codes, Words: words}}}
	// The same columns from SQL; a row that differs or is out of order is counted.
	const different = `
		WITH given AS (SELECT row_number() OVER () - 1 AS i, * FROM t),
		wanted AS (
			SELECT i, i << 33 AS id, i % 3 = 0 AS flag,
			       CASE WHEN i % 7 <> 0 THEN DATE '1970-01-01' + (i - 100)::INTEGER END AS day,
			       ['', 'Ås', 'twelve bytes'][i % 4 + 1] AS word
			FROM range(4166) r(i))
		SELECT count(*) FROM given FULL JOIN wanted USING (i) WHERE (given.id, given.flag, given.day, given.word) IS DISTINCT FROM (wanted.id, wanted.flag, wanted.day, wanted.word)`
	insert(t, conn, "CREATE TABLE t AS SELECT NULL::BIGINT AS id, NULL::BOOLEAN AS flag, NULL::DATE AS day, '' AS word LIMIT 0", "INSERT INTO t FROM _feed", feed)
	var n int
	if err := conn.Row(context.Background(), different).Scan(&n); err != nil || n != 0 {
		t.Errorf("%d rows differ, %v", n, err)
	}
}

func insert(t testing.TB, conn *duck.Conn, create, statement string, feed duck.Feed) {
	t.Helper()
	ctx := context.Background()
	if err := conn.Exec(ctx, create); err != nil {
		t.Fatal(err)
	}
	if err := conn.Insert(ctx, statement, feed); err != nil {
		t.Fatal(err)
	}
}

func TestInsertRefuses(t *testing.T) {
	conn := connect(t)
	for want, feed := range map[string]duck.Feed{
		"column b has 1 rows, a has 2":        {{Name: "a", Values: duck.Integers{1, 2}}, {Name: "b", Values: duck.Booleans{true}}},
		"Table with name none does not exist": {{Name: "a", Values: duck.Integers{1, 2}}},
	} {
		err := conn.Insert(context.Background(), "INSERT INTO none FROM _feed", feed)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want %q", err, want)
		}
	}
	if _, err := duck.NewWords([]string{"thirteen byte"}); err == nil {
		t.Error("a word of thirteen bytes is taken")
	}
}

// BenchmarkFeed: ns a row of three columns.
func BenchmarkFeed(b *testing.B) {
	conn := connect(b)
	const rows = 1_000_000
	words, err := duck.NewWords([]string{"0301", "1103"})
	if err != nil {
		b.Fatal(err)
	}
	feed := duck.Feed{{Name: "id", Values: make(duck.Integers, rows)}, {Name: "day", Values: make(duck.Days, rows)}, {Name: "word", Values: duck.Words[uint16]{Codes: make([]uint16, rows), Words: words}}}
	for b.Loop() {
		insert(b, conn, "CREATE OR REPLACE TABLE t (id BIGINT, day DATE, word VARCHAR)", "INSERT INTO t FROM _feed", feed)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}
