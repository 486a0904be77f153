package udf

import (
	"context"
	"fmt"
	"sync"

	"utvandring/udf/duck"
	"utvandring/udf/stock"
)

// Counter counts what statements run with its context hand to _tally(what, place, kind,
// state, weight, born, came, from, until); see package stock. That it travels with
// the statement keeps sessions apart.
type Counter struct {
	*stock.Tally
	lock sync.Mutex
	all  []*stock.Worker
	idle []*stock.Worker
}

// NewCounter makes an empty one.
func NewCounter(s stock.Study) (*Counter, error) {
	tally, err := stock.New(s)
	if err != nil {
		return nil, err
	}
	return &Counter{Tally: tally}, nil
}

// take gives a worker that nobody else has until it is put back.
func (c *Counter) take() *stock.Worker {
	c.lock.Lock()
	defer c.lock.Unlock()
	if n := len(c.idle); n > 0 {
		w := c.idle[n-1]
		c.idle = c.idle[:n-1]
		return w
	}
	w := c.Worker()
	c.all = append(c.all, w)
	return w
}

func (c *Counter) put(w *stock.Worker) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.idle = append(c.idle, w)
}

// Context makes _tally count into c.
func (c *Counter) Context(ctx context.Context) context.Context {
	return context.WithValue(ctx, counterKey{}, c)
}

// Cells hands over the cells and empties the counter.
func (c *Counter) Cells(yield func([]stock.Cell) error) error {
	for _, w := range c.all {
		w.Flush()
	}
	return c.Tally.Cells(yield)
}

type counterKey struct{}

// tally is _tally, as sql/count/tally.sql hands to it: INTEGER and DATE, none NULL. It
// gives 1 a row.
var tally = duck.Function{Name: "_tally", Args: 9, Result: duck.BigInt, Call: func(ctx context.Context, args []duck.Vector, rows int, result duck.Output) error {
	counter, ok := ctx.Value(counterKey{}).(*Counter)
	if !ok {
		return fmt.Errorf("_tally: counts what the program itself is counting and nothing else")
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	var column [9][]int32
	for i := range column {
		if column[i], ok = duck.Cells[int32](&args[i], 0, rows); !ok {
			return fmt.Errorf("_tally: argument %d is %s", i+1, args[i].Type())
		}
	}
	w := counter.take()
	defer counter.put(w)
	ones := make([]int64, rows)
	for i, what := range column[0] {
		place, kind, state, weight := column[1][i], column[2][i], column[3][i], column[4][i]
		born, came, from := column[5][i], column[6][i], column[7][i]
		if what == 0 {
			w.Stay(place, kind, state, weight, born, came, from, column[8][i])
		} else {
			w.Event(uint8(what), place, kind, state, weight, born, came, from)
		}
		ones[i] = 1
	}
	duck.Put(result, 0, ones)
	return nil
}}
