package duck

import (
	"context"
	"database/sql"
	"testing"
)

func connect(t testing.TB) *sql.Conn {
	t.Helper()
	db, err := Open("", false)
	if err != nil {
		t.Fatal(err)
	}
	pool := sql.OpenDB(db)
	t.Cleanup(func() { pool.Close() })
	conn, err := pool.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}
