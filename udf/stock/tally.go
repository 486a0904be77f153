package stock

import (
	"context"
	"sync"

	"utvandring/udf/parallel"
)

// parts is how many the groups are dealt out to, so that those of one can be counted in
// the cache of a processor.
const parts = 1 << partBits

const partBits = 12

// part is what is known of some groups.
type part struct {
	lock   sync.Mutex
	chunks [][]entry
	sums   []sum // of earlier chunks
}

// entry is a piece of a stay: the years in which it begins and ends, and the days that these
// have more than full years and none. Or it is an event in the year first: last is happens
// and days what.
type entry struct {
	slot        uint64
	first, last uint16
	days, after int16
}

// What last may be besides.
const (
	happens = 1<<16 - 1 - iota
	remains // beyond the last year
)

// collected is how many entries a worker collects before he hands them over.
const collected = 128

// Worker deals out entries. One goroutine uses it at a time.
type Worker struct {
	life
	accounts
	tally   *Tally
	entries [parts][]entry
}

// add notes an entry, unless its group is left to another pass.
func (w *Worker) add(e entry) {
	t := w.tally
	p := int(e.slot * 0x9e3779b97f4a7c15 >> (64 - partBits)) // all years of a group are in one part
	if p < t.first || p >= t.end {
		return
	}
	list := append(w.entries[p], e)
	if len(list) == collected {
		part := &t.parts[p]
		part.lock.Lock()
		part.chunks = append(part.chunks, list)
		part.lock.Unlock()
		list = make([]entry, 0, collected)
	}
	w.entries[p] = list
}

// worker gives one that has nothing to do.
func (t *Tally) worker() *Worker {
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.working == len(t.workers) {
		t.workers = append(t.workers, &Worker{tally: t, accounts: accounts{emigrants: map[emigrant]*[2]int32{}}})
	}
	t.working++
	return t.workers[t.working-1]
}

// Pass begins to count the groups that are left, with an empty tally, and reports whether
// there are any.
func (t *Tally) Pass() bool {
	t.first, t.end = t.end, parts
	t.read.Store(int64(t.first))
	return t.first < parts
}

// Len is about how many cells there are, at most.
func (t *Tally) Len() int {
	entries, sums := t.kept()
	return entries + sums
}

func (t *Tally) kept() (entries, sums int) {
	for p := range t.parts {
		sums += len(t.parts[p].sums)
		entries += collected * len(t.parts[p].chunks)
		for _, w := range t.workers {
			entries += len(w.entries[p])
		}
	}
	return entries, sums
}

// settle adds up what is collected if that is too much, and leaves groups to another pass
// if there are too many sums.
func (t *Tally) settle(ctx context.Context) error {
	most := t.study.Most
	if entries, _ := t.kept(); entries <= most {
		return nil
	}
	err := parallel.For(ctx, t.end-t.first, func() func(int) error {
		r := t.Reader()
		return func(i int) error {
			p := t.first + i
			r.spread(p)
			t.parts[p].sums = r.sums()
			return nil
		}
	})
	for t.Len() > 2*most && t.end-t.first > 1 {
		end := t.first + (t.end-t.first)/2
		for p := end; p < t.end; p++ {
			t.forget(p)
		}
		t.end = end
	}
	return err
}

// forget empties a part.
func (t *Tally) forget(p int) {
	t.parts[p].chunks, t.parts[p].sums = nil, nil
	for _, w := range t.workers {
		w.entries[p] = w.entries[p][:0]
	}
}
