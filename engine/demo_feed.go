package engine

import (
	"context"
	"fmt"
	"sync"

	"github.com/duckdb/duckdb-go/v2"

	"utvandring/engine/demo"
)

// feed hands columns made in Go to DuckDB as table functions: the fastest way
// in, since nothing is boxed row by row. A table function is registered for
// good, so it takes a number and looks the batch up under it.
type feed struct {
	mu      sync.Mutex
	last    int64
	batches map[int64]*demo.Batch
}

// theFeed is shared by all databases of the process; numbers keep them apart.
var theFeed = &feed{batches: map[int64]*demo.Batch{}}

func (f *feed) offer(b *demo.Batch) int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last++
	f.batches[f.last] = b
	return f.last
}

func (f *feed) withdraw(handle int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.batches, handle)
}

func (f *feed) batch(handle int64) *demo.Batch {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.batches[handle]
}

// column is a column of a feed: its type, and how to write its row from of the
// batch into row to of a chunk.
type column struct {
	name string
	kind duckdb.TypeInfo
	set  func(b *demo.Batch, chunk duckdb.DataChunk, at, from, to int) error
}

// demoFeed registers the functions that insertBatch reads, once a database.
func (db *DB) demoFeed(ctx context.Context, g *demo.Generator) (*feed, error) {
	var have bool
	if err := db.conn.QueryRowContext(ctx, "SELECT EXISTS (FROM duckdb_functions() WHERE function_name = '_demo_person')").Scan(&have); err != nil || have {
		return theFeed, err
	}
	types, err := demoTypes(g)
	if err != nil {
		return nil, err
	}
	for name, columns := range map[string][]column{
		"_demo_person": {
			{"id", types.bigint, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, b.Person.ID[from])
			}},
			{"sex", types.sex, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, sexes[b.Person.Sex[from]])
			}},
			{"birth", types.integer, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, b.Person.Birth[from])
			}},
			{"country", types.country, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, types.countries[b.Person.Country[from]])
			}},
			{"immigrant", types.boolean, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, b.Person.Immigrant[from])
			}},
			{"first", types.integer, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, b.Person.First[from])
			}},
		},
		"_demo_residence": {
			{"id", types.bigint, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, b.Residence.ID[from])
			}},
			{"municipality", types.municipality, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, types.municipalities[b.Residence.Municipality[from]])
			}},
			{"begins", types.integer, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, b.Residence.From[from])
			}},
			{"ends", types.integer, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, b.Residence.To[from])
			}},
		},
		"_demo_migration": {
			{"id", types.bigint, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, b.Migration.ID[from])
			}},
			{"day", types.integer, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, b.Migration.Day[from])
			}},
			{"emigration", types.boolean, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, b.Migration.Emigration[from])
			}},
			{"administrative", types.boolean, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				return duckdb.SetChunkValue(c, at, to, b.Migration.Admin[from])
			}},
			{"country", types.country, func(b *demo.Batch, c duckdb.DataChunk, at, from, to int) error {
				if code := b.Migration.Country[from]; code != demo.NoCountry {
					return duckdb.SetChunkValue(c, at, to, types.countries[code])
				}
				return c.SetValue(at, to, nil)
			}},
		},
	} {
		rows := func(b *demo.Batch) int { return len(b.Person.ID) }
		switch name {
		case "_demo_residence":
			rows = func(b *demo.Batch) int { return len(b.Residence.ID) }
		case "_demo_migration":
			rows = func(b *demo.Batch) int { return len(b.Migration.ID) }
		}
		function := duckdb.ChunkTableFunction{
			Config: duckdb.TableFunctionConfig{Arguments: []duckdb.TypeInfo{types.bigint}},
			BindArguments: func(_ map[string]any, args ...any) (duckdb.ChunkTableSource, error) {
				handle, _ := args[0].(int64)
				batch := theFeed.batch(handle)
				if batch == nil {
					return nil, fmt.Errorf("%s: reads what .demo is inserting and nothing else", name)
				}
				return &source{batch: batch, rows: rows(batch), columns: columns}, nil
			},
		}
		if err := duckdb.RegisterTableUDF(db.conn, name, function); err != nil {
			return nil, err
		}
	}
	return theFeed, nil
}

var sexes = [2]string{"female", "male"}

type feedTypes struct {
	bigint, integer, boolean, sex, country, municipality duckdb.TypeInfo
	countries, municipalities                            []string
}

func demoTypes(g *demo.Generator) (t feedTypes, err error) {
	t.countries, t.municipalities = g.Countries(), g.Municipalities()
	plain := func(kind duckdb.Type) (info duckdb.TypeInfo) {
		if err == nil {
			info, err = duckdb.NewTypeInfo(kind)
		}
		return info
	}
	enum := func(values []string) (info duckdb.TypeInfo) {
		if err == nil {
			info, err = duckdb.NewEnumInfo(values[0], values[1:]...)
		}
		return info
	}
	t.bigint, t.integer, t.boolean = plain(duckdb.TYPE_BIGINT), plain(duckdb.TYPE_INTEGER), plain(duckdb.TYPE_BOOLEAN)
	t.sex, t.country, t.municipality = enum(sexes[:]), enum(t.countries), enum(t.municipalities)
	return t, err
}

// source reads one batch.
type source struct {
	batch   *demo.Batch
	rows    int
	next    int
	columns []column
}

func (s *source) ColumnInfos() []duckdb.ColumnInfo {
	infos := make([]duckdb.ColumnInfo, len(s.columns))
	for i, c := range s.columns {
		infos[i] = duckdb.ColumnInfo{Name: c.name, T: c.kind}
	}
	return infos
}

func (s *source) Cardinality() *duckdb.CardinalityInfo {
	return &duckdb.CardinalityInfo{Cardinality: uint(s.rows), Exact: true}
}

func (s *source) Init() { s.next = 0 }

func (s *source) FillChunk(chunk duckdb.DataChunk) error {
	n := min(s.rows-s.next, duckdb.GetDataChunkCapacity())
	for at, c := range s.columns {
		for i := range n {
			if err := c.set(s.batch, chunk, at, s.next+i, i); err != nil {
				return err
			}
		}
	}
	s.next += n
	return chunk.SetSize(n)
}
