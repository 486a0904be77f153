package udf

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"utvandring/udf/duck"
)

// Order finds out whether the spells that statements run with its context hand to
// _follow(person_id, from_date, until) follow each other, without sorting them. Chunks
// may come in any order; the rows of one are those of a stretch of the table.
type Order struct {
	lock     sync.Mutex
	disorder bool
	chunks   []stretch
}

// stretch is the first and the last spell of a chunk.
type stretch struct {
	first, last spell
}

type spell struct {
	person      int64
	from, until int32
}

func (a spell) before(b spell) bool {
	return a.person < b.person || a.person == b.person && a.until <= b.from
}

type orderKey struct{}

// Context makes _follow tell o.
func (o *Order) Context(ctx context.Context) context.Context {
	return context.WithValue(ctx, orderKey{}, o)
}

// Disjoint reports whether all spells followed each other.
func (o *Order) Disjoint() bool {
	slices.SortFunc(o.chunks, func(a, b stretch) int {
		if a.first.before(b.first) {
			return -1
		}
		return 1
	})
	for i := 1; i < len(o.chunks) && !o.disorder; i++ {
		o.disorder = !o.chunks[i-1].last.before(o.chunks[i].first)
	}
	return !o.disorder
}

// add takes the spells of a chunk. Those that cover nothing are passed over.
func (o *Order) add(spells []spell) {
	var s stretch
	found, disorder := false, false
	for _, next := range spells {
		switch {
		case next.from >= next.until:
			continue
		case !found:
			s.first, found = next, true
		case !s.last.before(next):
			disorder = true
		}
		s.last = next
	}
	o.lock.Lock()
	defer o.lock.Unlock()
	o.disorder = o.disorder || disorder
	if found {
		o.chunks = append(o.chunks, s)
	}
}

// follow is _follow. It gives 1 a row.
var follow = duck.Function{Name: "_follow", Args: 3, Result: duck.BigInt, Call: func(ctx context.Context, args []duck.Vector, rows int, result duck.Output) error {
	order, ok := ctx.Value(orderKey{}).(*Order)
	if !ok {
		return fmt.Errorf("_follow: follows what the program itself is counting and nothing else")
	}
	from, ok := duck.Cells[int32](&args[1], 0, rows)
	until, also := duck.Cells[int32](&args[2], 0, rows)
	if !ok || !also {
		return fmt.Errorf("_follow: %s and %s are no dates", args[1].Type(), args[2].Type())
	}
	ones, spells := make([]int64, rows), make([]spell, rows)
	for i := range ones {
		ones[i] = 1
		person, _ := args[0].Int(i)
		spells[i] = spell{person, from[i], until[i]}
	}
	order.add(spells)
	duck.Put(result, 0, ones)
	return nil
}}
