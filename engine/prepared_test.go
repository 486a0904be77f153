package engine

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"utvandring/udf/long"
)

// fresh is a database of the test's own, with nobody in its register. It is a copy
// of one that is made once for all tests, since making it, all of sql/, takes ten
// times as long as opening the copy.
func fresh(t testing.TB) *DB {
	t.Helper()
	return copyOf(t, prepared)
}

// byHand is a database of the test's own with the hand-made register of definitions.
func byHand(t testing.TB) *DB {
	t.Helper()
	return copyOf(t, preparedByHand)
}

var (
	prepared = sync.OnceValues(func() ([]byte, error) {
		return contentOf(func(folder string) (*DB, error) {
			return Open(context.Background(), filepath.Join(folder, "prepared.duckdb"), Options{})
		})
	})
	preparedByHand = sync.OnceValues(func() ([]byte, error) {
		return prepare(func(db *DB) error {
			_, err := db.Load(context.Background(), definitions)
			return err
		})
	})
)

// prepare gives the content of a database file that fill has filled.
func prepare(fill func(*DB) error) ([]byte, error) {
	return contentOf(func(folder string) (*DB, error) {
		db, err := copyInto(folder, prepared, Options{})
		if err == nil {
			err = fill(db)
		}
		return db, err
	})
}

func contentOf(made func(folder string) (*DB, error)) ([]byte, error) {
	folder, err := os.MkdirTemp("", "utvandring")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	db, err := made(folder)
	if db != nil {
		db.Close()
	}
	if err != nil {
		return nil, err
	}
	return os.ReadFile(db.Path)
}

func copyOf(t testing.TB, prepared func() ([]byte, error)) *DB {
	t.Helper()
	db, err := copyInto(t.TempDir(), prepared, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { forget(db) })
	return db
}

// forget closes a database whose file nobody reads any more.
func forget(db *DB) {
	db.Exec(context.Background(), "PRAGMA disable_checkpoint_on_shutdown")
	db.Close()
}

func copyInto(folder string, prepared func() ([]byte, error), options Options) (*DB, error) {
	content, err := prepared()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, "memory.duckdb") // a database is named after its file, and one in memory "memory"
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return nil, err
	}
	return Open(context.Background(), path, options)
}

// scratch is a database with nobody in its register that tests share which make only tables, views
// and models of their own: those of the test before are gone.
func scratch(t testing.TB) *DB {
	t.Helper()
	db := alone(t, sharedScratch)
	for _, drop := range rows(t, db, `SELECT 'DROP ' || if(table_type = 'VIEW', 'VIEW "', 'TABLE "') || table_name || '"'
		FROM information_schema.tables WHERE table_name NOT IN (FROM shipped_table)`) {
		run(t, db, drop[0])
	}
	run(t, db, "DELETE FROM equation", "DELETE FROM model", "INSERT INTO model FROM shipped_model", "INSERT INTO equation FROM shipped_equation")
	db.TakeNotes()
	return db
}

// undone is scratch in a transaction that is rolled back after the test.
func undone(t testing.TB) *DB {
	t.Helper()
	db := scratch(t)
	t.Cleanup(func() { run(t, db, "ROLLBACK") })
	run(t, db, "BEGIN")
	return db
}

var sharedScratch = sync.OnceValues(func() (*DB, error) {
	folder, err := os.MkdirTemp(sharedFolder, "")
	if err != nil {
		return nil, err
	}
	db, err := copyInto(folder, prepared, Options{})
	if err == nil {
		err = db.Exec(context.Background(), `CREATE TEMP TABLE shipped_model AS FROM model; CREATE TEMP TABLE shipped_equation AS FROM equation;
			CREATE TEMP TABLE shipped_table AS SELECT 'shipped_table' AS table_name UNION ALL SELECT table_name FROM information_schema.tables`)
	}
	return db, err
})

// demoOf is a demo register that tests share, which only read it.
func demoOf(scale float64, seed uint64) (*DB, error) {
	folder, err := os.MkdirTemp(sharedFolder, "")
	if err != nil {
		return nil, err
	}
	db, err := copyInto(folder, prepared, Options{})
	if err == nil {
		err = db.Demo(context.Background(), scale, seed)
	}
	return db, err
}

// empty and readByHand are such databases as fresh and byHand give, which tests share that only
// read them, and refusing is the second for tests that try to change it.
func empty(t testing.TB) *DB      { return alone(t, sharedEmpty) }
func readByHand(t testing.TB) *DB { return alone(t, sharedByHand) }
func refusing(t testing.TB) *DB   { return alone(t, sharedRefusing) }

var (
	sharedEmpty    = sharedOf(prepared, Options{ReadOnly: true})
	sharedByHand   = sharedOf(preparedByHand, Options{ReadOnly: true})
	sharedRefusing = sharedOf(preparedByHand, Options{})
)

func sharedOf(prepared func() ([]byte, error), options Options) func() (*DB, error) {
	return sync.OnceValues(func() (*DB, error) {
		folder, err := os.MkdirTemp(sharedFolder, "")
		if err != nil {
			return nil, err
		}
		return copyInto(folder, prepared, options)
	})
}

// alone gives a test a database that tests share, for itself: at a time, one of those runs that
// have asked for any. Beside it run those with databases of their own, which begin with
// t.Parallel() like all that change nothing else of the process.
func alone(t testing.TB, shared func() (*DB, error)) *DB {
	t.Helper()
	test, _, _ := strings.Cut(t.Name(), "/")
	if sharing.Load() != test {
		oneShares.Lock()
		sharing.Store(test)
		t.Cleanup(func() {
			sharing.Store("")
			oneShares.Unlock()
		})
	}
	db, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return db
}

var (
	oneShares sync.Mutex
	sharing   atomic.Value // the name of the test
)

// sharedFolder has them; TestMain makes and removes it.
var sharedFolder string

func TestMain(m *testing.M) {
	flag.Set("test.parallel", strconv.Itoa(runtime.GOMAXPROCS(0)+1)) // one may wait for a database
	flag.Parse()
	settings["default_block_size"] = "16384" // a file of many small tables is a third as long, for each test that copies it
	if !long.Asked() {
		// A second thread only hands tables of some rows over and turns round: a fifth of the
		// processor's time. The long tests have as many threads as the program has.
		settings["threads"] = "1"
	}
	var err error
	if sharedFolder, err = os.MkdirTemp("", "utvandring"); err != nil {
		panic(err)
	}
	os.Setenv("XDG_CACHE_HOME", sharedFolder) // where templates are kept
	status := m.Run()
	os.RemoveAll(sharedFolder)
	os.Exit(status)
}
