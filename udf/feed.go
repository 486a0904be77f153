package udf

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2"
	"github.com/duckdb/duckdb-go/v2/mapping"

	"utvandring/udf/parallel"
)

// Feed is columns of one length that were made in Go and that SQL reads as the
// table _feed(), in their order:
//
//	conn.ExecContext(udf.WithFeed(ctx, feed), "INSERT INTO t SELECT … FROM _feed()")
//
// The columns are copied whole, 2048 rows at a time, into DuckDB's memory: ten
// times faster than value by value. They must not change while the statement
// runs.
type Feed []FeedColumn

// FeedColumn is a column with a name: Integers, Days, Booleans or Words.
type FeedColumn struct {
	Name   string
	Values interface {
		sqlType() duckdb.Type
		length() int
		// copy writes rows from … from+n-1 to the first n of a vector.
		copy(to mapping.Vector, from, n int)
	}
}

// WithFeed makes the feed what _feed() is in statements run with the context.
// That a feed travels with its statement keeps sessions apart.
func WithFeed(ctx context.Context, feed Feed) context.Context {
	return context.WithValue(ctx, feedKey{}, feed)
}

type feedKey struct{}

// registerFeed makes _feed() callable.
func registerFeed(conn *sql.Conn) error {
	return duckdb.RegisterTableUDF(conn, "_feed", duckdb.ChunkTableFunction{
		BindArgumentsContext: func(ctx context.Context, _ map[string]any, _ ...any) (duckdb.ChunkTableSource, error) {
			feed, ok := ctx.Value(feedKey{}).(Feed)
			if !ok {
				return nil, fmt.Errorf("_feed: reads what the program itself is inserting and nothing else")
			}
			return newFeedSource(feed)
		},
	})
}

// feedSource reads one feed from its beginning to its end.
type feedSource struct {
	feed       Feed
	infos      []duckdb.ColumnInfo
	rows, next int
}

func newFeedSource(feed Feed) (*feedSource, error) {
	s := &feedSource{feed: feed, rows: feed[0].Values.length()}
	for _, c := range feed {
		if n := c.Values.length(); n != s.rows {
			return nil, fmt.Errorf("_feed: column %s has %d rows, %s has %d", c.Name, n, feed[0].Name, s.rows)
		}
		info, err := duckdb.NewTypeInfo(c.Values.sqlType())
		if err != nil {
			return nil, err
		}
		s.infos = append(s.infos, duckdb.ColumnInfo{Name: c.Name, T: info})
	}
	return s, nil
}

func (s *feedSource) ColumnInfos() []duckdb.ColumnInfo { return s.infos }

func (s *feedSource) Cardinality() *duckdb.CardinalityInfo {
	return &duckdb.CardinalityInfo{Cardinality: uint(s.rows), Exact: true}
}

func (s *feedSource) Init() { s.next = 0 }

func (s *feedSource) FillChunk(chunk duckdb.DataChunk) (err error) {
	defer parallel.Recover(&err)
	n := min(s.rows-s.next, duckdb.GetDataChunkCapacity())
	for i, c := range s.feed {
		v, err := chunk.GetVector(i)
		if err != nil {
			continue // a column that the statement does not read
		}
		c.Values.copy(resultVector(v), s.next, n)
	}
	s.next += n
	return chunk.SetSize(n)
}

// Integers are a column of BIGINT.
type Integers []int64

func (c Integers) sqlType() duckdb.Type { return duckdb.TYPE_BIGINT }
func (c Integers) length() int          { return len(c) }
func (c Integers) copy(to mapping.Vector, from, n int) {
	copy(memory[int64](to, n), c[from:])
}

// Booleans are a column of BOOLEAN.
type Booleans []bool

func (c Booleans) sqlType() duckdb.Type { return duckdb.TYPE_BOOLEAN }
func (c Booleans) length() int          { return len(c) }
func (c Booleans) copy(to mapping.Vector, from, n int) {
	copy(memory[bool](to, n), c[from:])
}

// Days are a column of DATE, counted from 1 January 1970. NoDay is NULL.
type Days []int32

// NoDay is a NULL among Days.
const NoDay = math.MinInt32

func (c Days) sqlType() duckdb.Type { return duckdb.TYPE_DATE }
func (c Days) length() int          { return len(c) }
func (c Days) copy(to mapping.Vector, from, n int) {
	copy(memory[int32](to, n), c[from:])
	valid := validity(to, n)
	for i, day := range c[from : from+n] {
		if day == NoDay {
			valid[i/64] &^= 1 << (i % 64)
		}
	}
}

// Words are a column of VARCHAR in which a code stands for each word. A code
// beyond the words is NULL.
type Words[Code uint8 | uint16] struct {
	Codes []Code
	Words []Word
}

func (c Words[Code]) sqlType() duckdb.Type { return duckdb.TYPE_VARCHAR }
func (c Words[Code]) length() int          { return len(c.Codes) }
func (c Words[Code]) copy(to mapping.Vector, from, n int) {
	words, valid := memory[Word](to, n), validity(to, n)
	for i, code := range c.Codes[from : from+n] {
		if int(code) < len(c.Words) {
			words[i] = c.Words[code]
		} else {
			valid[i/64] &^= 1 << (i % 64)
		}
	}
}

// Word is a text of at most 12 bytes as DuckDB keeps it in a vector (see
// duckdb_string_t in its C header): the length, then the bytes.
type Word struct {
	length uint32
	bytes  [12]byte
}

// NewWords turns short texts into words.
func NewWords(texts []string) ([]Word, error) {
	words := make([]Word, len(texts))
	for i, text := range texts {
		words[i].length = uint32(len(text))
		if copy(words[i].bytes[:], text) < len(text) {
			return nil, fmt.Errorf("%q is longer than the 12 bytes of a word", text)
		}
	}
	return words, nil
}

// memory is the first n rows of a vector of values that DuckDB stores as T.
func memory[T any](v mapping.Vector, n int) []T {
	return unsafe.Slice((*T)(mapping.VectorGetData(v)), n)
}

// validity has a bit for each of the first n rows of a vector, 0 where it is
// NULL.
func validity(v mapping.Vector, n int) []uint64 {
	mapping.VectorEnsureValidityWritable(v)
	return unsafe.Slice((*uint64)(mapping.VectorGetValidity(v)), (n+63)/64)
}
