package udf

import (
	"context"
	"strings"
	"testing"
)

// What goes in comes out, across the borders of chunks (2048 rows) and of the
// words of the NULL mask (64 rows), the last chunk not full.
func TestFeed(t *testing.T) {
	conn := connect(t)
	const rows = 2*2048 + 70
	var (
		ids   Integers
		flags Booleans
		days  Days
		codes []uint16
	)
	for i := range rows {
		ids = append(ids, int64(i)<<33)
		flags = append(flags, i%3 == 0)
		days = append(days, int32(i)-100)
		if i%7 == 0 {
			days[i] = NoDay
		}
		codes = append(codes, uint16(i%4)) // the fourth has no word
	}
	words, err := NewWords([]string{"", "Ås", "twelve bytes"})
	if err != nil {
		t.Fatal(err)
	}
	feed := Feed{{"id", ids}, {"flag", flags}, {"day", days}, {"word", Words[uint16]{codes, words}}}
	// The same columns from SQL; a row that differs or is out of order is counted.
	const different = `
		WITH given AS (SELECT row_number() OVER () - 1 AS i, * FROM _feed()),
		wanted AS (
			SELECT i, i << 33 AS id, i % 3 = 0 AS flag,
			       CASE WHEN i % 7 <> 0 THEN DATE '1970-01-01' + (i - 100)::INTEGER END AS day,
			       ['', 'Ås', 'twelve bytes'][i % 4 + 1] AS word
			FROM range(4166) r(i))
		SELECT count(*) FROM given FULL JOIN wanted USING (i) WHERE (given.id, given.flag, given.day, given.word) IS DISTINCT FROM (wanted.id, wanted.flag, wanted.day, wanted.word)`
	ctx := WithFeed(context.Background(), feed)
	var n int
	if err := conn.QueryRowContext(ctx, different).Scan(&n); err != nil || n != 0 {
		t.Errorf("%d rows differ, %v", n, err)
	}
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM _feed()").Scan(&n); err != nil || n != rows {
		t.Errorf("%d rows, %v; want %d", n, err, rows)
	}
	if err := conn.QueryRowContext(ctx, "SELECT count(word) FROM _feed()").Scan(&n); err != nil || n != rows-rows/4 {
		t.Errorf("%d words, %v; want %d", n, err, rows-rows/4)
	}
}

func TestFeedRefuses(t *testing.T) {
	conn := connect(t)
	for want, feed := range map[string]Feed{
		"reads what the program itself is inserting": nil,
		"column b has 1 rows, a has 2":               {{"a", Integers{1, 2}}, {"b", Booleans{true}}},
	} {
		ctx := context.Background()
		if feed != nil {
			ctx = WithFeed(ctx, feed)
		}
		if _, err := conn.ExecContext(ctx, "FROM _feed()"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want %q", err, want)
		}
	}
	if _, err := NewWords([]string{"thirteen byte"}); err == nil {
		t.Error("a word of thirteen bytes is taken")
	}
}

// BenchmarkFeed: ns a row of three columns.
func BenchmarkFeed(b *testing.B) {
	conn := connect(b)
	const rows = 1_000_000
	words, err := NewWords([]string{"0301", "1103"})
	if err != nil {
		b.Fatal(err)
	}
	feed := Feed{{"id", make(Integers, rows)}, {"day", make(Days, rows)}, {"word", Words[uint16]{make([]uint16, rows), words}}}
	ctx := WithFeed(context.Background(), feed)
	for b.Loop() {
		if _, err := conn.ExecContext(ctx, "SELECT max(id), max(day), max(word) FROM _feed()"); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}
