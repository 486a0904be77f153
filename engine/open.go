// Package engine is the program without its prompt: it opens a database, puts
// the functions and the SQL of utvandring into it, fills its register and runs
// statements. It writes nothing to a terminal.
package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"utvandring/udf"
	"utvandring/udf/duck"
	"utvandring/udf/sqltext"
)

// DB is an open database with everything utvandring adds to it. One connection
// is pinned for the whole session, because temporary tables, variables and
// transactions belong to a connection.
type DB struct {
	// Path is the file, or ":memory:".
	Path string
	// ReadOnly is true where the file was opened for reading only.
	ReadOnly bool
	// Outdated is true where a read-only file lacks the views and macros of this
	// version, so that some may be missing or fail. Opening it once for writing
	// mends it.
	Outdated bool
	// Foreign is true where a read-only file has nothing of utvandring's in it.
	Foreign bool
	// Recounted is true where Open brought a register of another version up to
	// this one, and counted it anew.
	Recounted bool
	// Raw is the database whose protected counts this one holds, nil where it is the
	// register's own.
	Raw *DB
	// Moved says what of the user's has another name since Open, or is no more.
	Moved []string
	// ProtectionLoss is what protection costs, by the frequency views.
	ProtectionLoss string
	// Notes is what becomes of the notes of statements; "" is NotesOn.
	Notes NoteMode

	made    bool // by Open: nobody else has put anything into it
	opening bool // and being made this version's
	sealed  bool // by Seal
	file    *duck.Database
	conn    *duck.Conn
	notes   udf.Notes
	enums   *groups             // the ENUM types, once they were asked for
	values  map[string][]string // of columns, as knownValues last read them

	catalog  string            // what SQL calls the database
	prepared map[string]string // by name: what PREPARE has prepared

	named     []string // the user's own tables that were counted from
	stale     []string // the tables that are not as they were counted
	staleSure bool     // every row was looked at
	staleSaid bool     // the user knows
	orderSaid bool     // the user knows that groups compare in their order

	uneven    []string                 // the series that noteUneven has noted
	leave     []leftOut                // what Open and Protect do without
	left      []leftOut                // what the last count did without
	asCounted map[string]bool          // the dimensions that protected counts have only the columns of
	own       atomic.Pointer[[]string] // the dimensions of one's own that are counted by

	owed []string // SET … that wait for the end of an aborted transaction
}

// Memory is the path of a database that lives and dies with the process.
const Memory = ":memory:"

// Options are the choices that Open takes.
type Options struct {
	// ReadOnly opens a file that another process may also be reading. The
	// database must have been prepared by an earlier, writable Open.
	ReadOnly bool
	// Adopt puts what utvandring adds into a database that somebody else has filled
	// already. Without it such a database is refused.
	Adopt bool

	template string // what to copy rather than an empty database
}

// Open opens or creates a database and prepares it: types, tables, reference
// data, views and macros. An error leaves an existing file as it was.
func Open(ctx context.Context, path string, options Options) (*DB, error) {
	if path == "" {
		path = Memory
	}
	if home, err := os.UserHomeDir(); err == nil && strings.HasPrefix(path, "~/") {
		path = filepath.Join(home, path[2:])
	}
	db := &DB{Path: path, ReadOnly: options.ReadOnly}
	file := fileOf(path)
	made, err := mayOpen(file, options.ReadOnly)
	if err != nil && path != Memory {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.made = made || path == Memory
	settings := maps.Clone(settings)
	if options.ReadOnly && path != Memory {
		settings["access_mode"] = "read_only"
	}
	db.file, err = duck.Open(file, settings)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, Plain(err))
	}
	db.file.Replace(db.replacement)
	if db.conn, err = db.file.Connect(); err == nil {
		err = db.prepare(ctx, options)
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("open %s: %w", path, Plain(err))
	}
	return db, nil
}

// fileOf is a path as DuckDB wants it: beginning with a folder, so that "md:a" is
// a file and not a service on the network. A database in memory has none.
func fileOf(path string) string {
	if path != Memory && !filepath.IsAbs(path) {
		return "." + string(filepath.Separator) + path
	}
	return strings.TrimPrefix(path, Memory)
}

// prepare makes an open database ours.
func (db *DB) prepare(ctx context.Context, options Options) error {
	if err := udf.Register(db.conn); err != nil {
		return err
	}
	if err := db.conn.Row(ctx, "SELECT current_database()").Scan(&db.catalog); err != nil {
		return err
	}
	if err := db.applySQL(ctx, options); err != nil {
		return err
	}
	db.recall(ctx)
	return nil
}

// settings of every session.
var settings = map[string]string{
	// Nothing is fetched from the network behind the user's back.
	"autoinstall_known_extensions": "false",
	"autoload_known_extensions":    "false",
	// An empty group is an empty group wherever it sorts in a published table.
	"default_null_order": "nulls_last",
	// DuckDB compares everything with everything in an ASOF JOIN of few rows, and takes rows
	// that a transaction has not committed for none: those that .load checks may be millions.
	"asof_loop_join_threshold": "0",
}

// Conn is the session's connection.
func (db *DB) Conn() *duck.Conn { return db.conn }

// Exec runs statements whose results nobody needs.
func (db *DB) Exec(ctx context.Context, statements string, args ...any) error {
	return Plain(db.conn.Exec(ctx, statements, args...))
}

// has reports whether there is a row of what stands after FROM.
func (db *DB) has(ctx context.Context, from string) (found bool, err error) {
	err = db.conn.Row(ctx, "SELECT EXISTS (FROM "+from+")").Scan(&found)
	return found, Plain(err)
}

// Close ends the session. A database file is complete after it.
func (db *DB) Close() {
	if db.conn != nil {
		db.conn.Close()
	}
	db.file.Close()
	if db.Raw != nil {
		db.Raw.Close()
	}
}

// Leave is Close where the program ends with the session. To take a database apart takes
// DuckDB longer than most statements take, and nobody needs it who has nothing left to
// write into a file, or has written it, and no directory to take away into which DuckDB
// wrote what had no room in memory.
func (db *DB) Leave() {
	ctx := context.Background()
	unwritten, err := db.conn.Texts(ctx, "SELECT database_name FROM pragma_database_size() WHERE wal_size <> '0 bytes'")
	for _, name := range unwritten {
		err = errors.Join(err, db.Exec(ctx, "CHECKPOINT "+sqltext.QuoteName(name)))
	}
	var directory string
	err = errors.Join(err, db.conn.Row(ctx, "SELECT coalesce(current_setting('temp_directory'), '')").Scan(&directory))
	if _, e := os.Stat(directory); err != nil || e == nil || db.Raw != nil {
		db.Close()
	}
}

// InTransaction runs f and keeps all it did, or, when it fails, nothing. Inside
// a transaction of the user's, f becomes part of that one, and a failure its end:
// half of f must not be committed, and DuckDB knows no savepoint to go back to.
func (db *DB) InTransaction(ctx context.Context, f func() error) (err error) {
	within, err := db.WithinTransaction(ctx)
	if err != nil {
		return Plain(err)
	}
	if within {
		err := f()
		if err != nil {
			// DuckDB aborts a transaction in which BEGIN is repeated.
			db.conn.Exec(context.WithoutCancel(ctx), "BEGIN")
			err = abortedError{err}
		}
		return err
	}
	if err := db.conn.Exec(ctx, "BEGIN"); err != nil {
		return Plain(err)
	}
	defer func() {
		if err != nil {
			// The caller's ctx may be what ended f.
			db.conn.Exec(context.WithoutCancel(ctx), "ROLLBACK")
			db.settle(ctx)
			db.recall(context.WithoutCancel(ctx))
		}
	}()
	if err := f(); err != nil {
		return err
	}
	return db.Exec(ctx, "COMMIT")
}

// abortedError adds what the failure meant for the user's transaction.
type abortedError struct{ cause error }

func (e abortedError) Error() string {
	return Plain(e.cause).Error() + "; your transaction is aborted: ROLLBACK"
}
func (e abortedError) Unwrap() error { return e.cause }

// WithinTransaction reports whether the user has begun a transaction: then two
// statements have the same number of one. Trying BEGIN would tell too, but its
// failure aborts the user's transaction. One that is aborted already and waits
// for ROLLBACK gives an error.
func (db *DB) WithinTransaction(ctx context.Context) (bool, error) {
	var ids [2]int64
	for i := range ids {
		if err := db.conn.Row(ctx, "SELECT txid_current()").Scan(&ids[i]); err != nil {
			return false, err
		}
	}
	return ids[0] == ids[1], nil
}
