package engine

import (
	"reflect"
	"sync"

	"github.com/duckdb/duckdb-go/v2"
	"github.com/duckdb/duckdb-go/v2/mapping"

	"utvandring/udf"
)

// progress lets another goroutine ask how far the running statement is.
type progress struct {
	mu      sync.Mutex
	running *mapping.Connection
}

// watch begins a statement; what it returns ends it. The driver keeps its handle
// of the connection to itself, hence the reflection; without it there is no
// progress to be told, and nothing else is lost.
func (p *progress) watch(conn *duckdb.Conn) (end func()) {
	field := reflect.ValueOf(conn).Elem().FieldByName("conn")
	if !field.IsValid() || field.Type() != reflect.TypeFor[mapping.Connection]() {
		return func() {}
	}
	p.set((*mapping.Connection)(field.Addr().UnsafePointer()))
	return func() { p.set(nil) }
}

func (p *progress) set(running *mapping.Connection) {
	p.mu.Lock()
	p.running = running
	p.mu.Unlock()
}

// Progress is how much of the running statement is done, in per cent; known is
// false where neither the function that runs nor DuckDB can tell, or nothing runs.
func (db *DB) Progress() (percent float64, known bool) {
	if percent, known := udf.Progress(); known {
		return percent, known
	}
	db.progress.mu.Lock()
	defer db.progress.mu.Unlock()
	if db.progress.running == nil {
		return 0, false
	}
	p := mapping.QueryProgress(*db.progress.running)
	percent, _, _ = mapping.QueryProgressTypeMembers(&p)
	return percent, percent >= 0
}
