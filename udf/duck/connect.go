// Package duck is the one door to DuckDB. It opens databases, runs statements,
// tells how far they are and stops them, reads and writes values where DuckDB
// keeps them, and lets SQL call Go. Nothing else in the program knows DuckDB's
// memory, its handles or C.
//
// It stands on the package mapping of DuckDB's Go driver, which is DuckDB's C
// interface, function by function. The driver itself would do for little of
// this: it keeps its handles to itself, copies each value into an interface,
// loses the order of structs and the scale of decimals, and is not free of data
// races where a function is cancelled.
//
// Its tests are udf/duck_*_test.go, beside those of the functions that SQL calls: to link
// DuckDB takes longer than to run them.
package duck

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// Database is an open database.
type Database struct {
	handle mapping.Database
	conns  *sync.Map // *Conn by DuckDB's number of it
}

// All that open one file in this process share one database of DuckDB's, which
// counts their connections together: connsOf has them by its absolute path.
var (
	cache   = sync.OnceValue(mapping.CreateInstanceCache)
	connsOf sync.Map
)

// Open opens or creates the database in a file, or with an empty path one in memory, with
// settings of DuckDB. One with the access_mode read_only must exist.
func Open(path string, settings map[string]string) (*Database, error) {
	if strings.IndexByte(path, 0) >= 0 {
		return nil, errors.New("the path has a NUL character in it")
	}
	var config mapping.Config
	if mapping.CreateConfig(&config) == mapping.StateError {
		return nil, errors.New("no room for the settings of a database")
	}
	defer mapping.DestroyConfig(&config)
	for name, value := range settings {
		if mapping.SetConfig(config, name, value) == mapping.StateError {
			return nil, errors.New("DuckDB has no setting " + name + " = " + value)
		}
	}
	db := &Database{conns: &sync.Map{}}
	var message string
	var state mapping.State
	if path == "" {
		state = mapping.OpenExt("", &db.handle, config, &message)
	} else {
		state = mapping.GetOrCreateFromCache(cache(), path, &db.handle, config, &message)
	}
	if state == mapping.StateError {
		mapping.Close(&db.handle)
		return nil, errors.New(message)
	}
	if absolute, err := filepath.Abs(path); err == nil && path != "" {
		shared, _ := connsOf.LoadOrStore(absolute, db.conns)
		db.conns = shared.(*sync.Map)
	}
	return db, nil
}

// Connect makes a connection, which is to be closed.
func (db *Database) Connect() (*Conn, error) {
	c := &Conn{db: db}
	if mapping.Connect(db.handle, &c.handle) == mapping.StateError {
		return nil, errors.New("no connection to the database")
	}
	var context mapping.ClientContext
	mapping.ConnectionGetClientContext(c.handle, &context)
	c.id = uint64(mapping.ClientContextGetConnectionId(context))
	mapping.DestroyClientContext(&context)
	db.conns.Store(c.id, c)
	return c, nil
}

// Close closes the database, which writes its file to the end, once its connections are
// closed.
func (db *Database) Close() { mapping.Close(&db.handle) }

// Conn is a connection: temporary tables, variables and transactions belong to
// it. It runs one statement at a time.
type Conn struct {
	db     *Database
	handle mapping.Connection
	id     uint64

	busy    sync.Mutex      // held while a statement runs
	mu      sync.Mutex      // guards running
	running context.Context // of the statement that runs, nil between two
}

// HasTable reports whether a database has a table in its schema main: to list all tables
// takes DuckDB as long as a query of them.
func (c *Conn) HasTable(ctx context.Context, database, table string) (bool, error) {
	defer c.begin(ctx)()
	var there mapping.TableDescription
	defer mapping.TableDescriptionDestroy(&there)
	if mapping.TableDescriptionCreateExt(c.handle, database, "main", table, &there) == mapping.StateSuccess {
		return true, nil
	}
	if message := mapping.TableDescriptionError(there); message != "No table with that schema+name could be located" {
		return false, Failure(ctx, message)
	}
	return false, nil
}

// Close ends the connection.
func (c *Conn) Close() {
	c.db.conns.Delete(c.id)
	mapping.Disconnect(&c.handle)
}
