package duck

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// Feed is columns of one length that were made in Go and that Insert hands to
// SQL as the table _feed, in their order. The columns are copied whole, 2048
// rows at a time, into DuckDB's memory: ten times faster than value by value.
type Feed []FeedColumn

// FeedColumn is a column with a name: Integers, Days, Booleans or Words.
type FeedColumn struct {
	Name   string
	Values interface {
		kind() *Type
		length() int
		// copy writes rows from … from+n-1 to the first n of a vector.
		copy(to Output, from, n int)
	}
}

// Insert runs an INSERT that reads the table _feed.
func (c *Conn) Insert(ctx context.Context, insert string, feed Feed) error {
	defer c.begin(ctx)()
	rows := feed[0].Values.length()
	var names []string
	var types []mapping.LogicalType
	for i, column := range feed {
		if n := column.Values.length(); n != rows {
			return fmt.Errorf("column %s has %d rows, %s has %d", column.Name, n, feed[0].Name, rows)
		}
		names, types = append(names, column.Name), append(types, column.Values.kind().logical())
		defer mapping.DestroyLogicalType(&types[i])
	}
	var appender mapping.Appender
	state := mapping.AppenderCreateQuery(c.handle, insert, types, "_feed", names, &appender)
	defer mapping.AppenderDestroy(&appender)
	if state == mapping.StateError {
		return Failure(ctx, mapping.AppenderError(appender))
	}
	chunk := mapping.CreateDataChunk(types)
	defer mapping.DestroyDataChunk(&chunk)
	for from := 0; from < rows; from += chunkRows {
		n := min(chunkRows, rows-from)
		mapping.DataChunkReset(chunk)
		for i, column := range feed {
			column.Values.copy(Output{mapping.DataChunkGetVector(chunk, mapping.IdxT(i))}, from, n)
		}
		mapping.DataChunkSetSize(chunk, mapping.IdxT(n))
		if mapping.AppendDataChunk(appender, chunk) == mapping.StateError {
			return Failure(ctx, appenderMessage(appender))
		}
	}
	if mapping.AppenderClose(appender) == mapping.StateError {
		return Failure(ctx, appenderMessage(appender))
	}
	return nil
}

// chunkRows is how many rows DuckDB takes at a time.
var chunkRows = int(mapping.VectorSize())

func appenderMessage(appender mapping.Appender) string {
	data := mapping.AppenderErrorData(appender)
	defer mapping.DestroyErrorData(&data)
	return mapping.ErrorDataMessage(data)
}

// Integers are a column of BIGINT.
type Integers []int64

func (c Integers) kind() *Type                 { return BigInt }
func (c Integers) length() int                 { return len(c) }
func (c Integers) copy(to Output, from, n int) { Put(to, 0, c[from:from+n]) }

// Booleans are a column of BOOLEAN.
type Booleans []bool

func (c Booleans) kind() *Type                 { return Boolean }
func (c Booleans) length() int                 { return len(c) }
func (c Booleans) copy(to Output, from, n int) { Put(to, 0, c[from:from+n]) }

// Days are a column of DATE, counted from 1 January 1970. NoDay is NULL.
type Days []int32

// NoDay is a NULL among Days.
const NoDay = math.MinInt32

func (c Days) kind() *Type { return Date }
func (c Days) length() int { return len(c) }
func (c Days) copy(to Output, from, n int) {
	days := c[from : from+n]
	Put(to, 0, days)
	if !slices.Contains(days, NoDay) {
		return
	}
	valid := to.validity(n)
	for i, day := range days {
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

func (c Words[Code]) kind() *Type { return Varchar }
func (c Words[Code]) length() int { return len(c.Codes) }
func (c Words[Code]) copy(to Output, from, n int) {
	words, valid := cells[Word](to, n), to.validity(n)
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
