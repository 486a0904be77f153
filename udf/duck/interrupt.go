package duck

import (
	"context"
	"time"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// begin waits for the statement before and notes that another runs, so that
// functions find its context and others its progress, and stops it when the
// context is cancelled. What it returns ends that.
func (c *Conn) begin(ctx context.Context) (end func()) {
	c.busy.Lock()
	c.set(ctx)
	over, stopped := make(chan struct{}), make(chan struct{})
	unwatch := context.AfterFunc(ctx, func() {
		defer close(stopped)
		// DuckDB forgets the wish where one step of a statement ends and the next
		// begins.
		for again := time.NewTicker(100 * time.Millisecond); ; {
			select {
			case <-over:
				again.Stop()
				return
			default:
				mapping.Interrupt(c.handle)
			}
			select {
			case <-over:
			case <-again.C:
			}
		}
	})
	return func() {
		if ctx.Err() != nil {
			c.settle()
		}
		close(over)
		if !unwatch() {
			<-stopped // or else it might stop the next statement
		}
		c.set(nil)
		c.busy.Unlock()
	}
}

// settle has DuckDB do away with what a stopped statement has left to do. Else it
// does so when the next one begins, whose context the functions would find then:
// one that waits for its own to end would wait for ever.
func (c *Conn) settle() {
	var none mapping.PreparedStatement
	mapping.Prepare(c.handle, "", &none) // an error, after what all statements begin with
	mapping.DestroyPrepare(&none)
}

func (c *Conn) set(ctx context.Context) {
	c.mu.Lock()
	c.running = ctx
	c.mu.Unlock()
}

// context is that of the statement that runs.
func (c *Conn) context() context.Context {
	if c == nil {
		return context.Background()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running == nil {
		return context.Background()
	}
	return c.running
}

// Progress is how much of the running statement is done, in per cent; known is
// false where none runs or DuckDB cannot tell. It may be called from any
// goroutine.
func (c *Conn) Progress() (percent float64, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running == nil {
		return 0, false
	}
	p := mapping.QueryProgress(c.handle)
	percent, _, _ = mapping.QueryProgressTypeMembers(&p)
	return percent, percent >= 0
}
