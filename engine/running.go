package engine

import (
	"context"
	"sync/atomic"
	"time"
)

// running is the context of whatever query runs. The driver keeps the context of the
// first run of a prepared statement for all later ones: with that of the query itself
// a second EXECUTE would be cancelled before it begins, and Ctrl-C would not end it.
type running struct {
	query *atomic.Pointer[context.Context]
}

func (r running) now() context.Context { return *r.query.Load() }

func (r running) Deadline() (time.Time, bool) { return r.now().Deadline() }
func (r running) Done() <-chan struct{}       { return r.now().Done() }
func (r running) Err() error                  { return r.now().Err() }
func (r running) Value(key any) any           { return r.now().Value(key) }
