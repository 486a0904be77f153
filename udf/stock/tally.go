package stock

import (
	"slices"
	"sync"
)

// parts is how many tables the counts are spread over: each is small enough for the
// cache of a processor, and is locked while one worker writes to it.
const parts = 256

// part is a share of the groups.
type part struct {
	sync.Mutex
	stays  table[change]
	events table[[lastEvent + 1]int32]
}

// change is what happens to a group in a year: full years that begin, less those that
// end; residents on 1 January and days, which a full year has or lacks.
type change struct{ full, residents, days int32 }

// entry is one change on its way to its part. what is 0 of a stay.
type entry struct {
	key uint64
	change
	what uint8
}

// Worker collects changes for a while, so that a part is written to many times in a
// row. One goroutine uses it at a time.
type Worker struct {
	tally   *Tally
	entries [parts][]entry
}

// Worker makes a worker of the tally.
func (t *Tally) Worker() *Worker { return &Worker{tally: t} }

const collected = 512

func (w *Worker) add(key uint64, c change, what uint8) {
	// All years of a group are in one part.
	slot := key / uint64(w.tally.years)
	p := slot * 0x9e3779b97f4a7c15 >> 56
	list := append(w.entries[p], entry{key, c, what})
	if len(list) == collected {
		w.tally.parts[p].take(list)
		list = list[:0]
	} else if cap(list) < collected {
		list = slices.Grow(list, collected)
	}
	w.entries[p] = list
}

// Flush hands over what is collected.
func (w *Worker) Flush() {
	for p := range w.entries {
		w.tally.parts[p].take(w.entries[p])
		w.entries[p] = w.entries[p][:0]
	}
}

func (p *part) take(list []entry) {
	p.Lock()
	defer p.Unlock()
	for i := range list {
		e := &list[i]
		if e.what == 0 {
			c := p.stays.at(e.key)
			c.full += e.full
			c.residents += e.residents
			c.days += e.days
		} else {
			p.events.at(e.key)[e.what] += e.full
		}
	}
}

// Len is about how many cells there are.
func (t *Tally) Len() int {
	n := 0
	for i := range t.parts {
		n += t.parts[i].stays.n + t.parts[i].events.n
	}
	return n
}

// Cells hands over the cells that have any count, some thousand at a time, and empties
// the tally. All workers must have flushed.
func (t *Tally) Cells(yield func([]Cell) error) error {
	var cells []Cell
	for i := range t.parts {
		p := &t.parts[i]
		cells = t.cells(p, cells)
		p.stays, p.events = table[change]{}, table[[lastEvent + 1]int32]{}
		if len(cells) > 1<<16 || i == parts-1 && len(cells) > 0 {
			if err := yield(cells); err != nil {
				return err
			}
			cells = cells[:0]
		}
	}
	return nil
}

// cells appends those of a part.
func (t *Tally) cells(p *part, cells []Cell) []Cell {
	keys := slices.AppendSeq(slices.Collect(p.stays.keys()), p.events.keys())
	slices.Sort(keys)
	keys = slices.Compact(keys)
	years := uint64(t.years)
	for i := 0; i < len(keys); {
		slot := keys[i] / years
		full := int32(0)
		for year := keys[i] % years; year < years; year++ {
			key := slot*years + year
			var c change
			var events [lastEvent + 1]int32
			if i < len(keys) && keys[i] == key {
				c, events = p.stays.get(key), p.events.get(key)
				i++
			} else if full == 0 && (i == len(keys) || keys[i]/years != slot) {
				break
			}
			full += c.full
			length := t.calendar.january[year+1] - t.calendar.january[year]
			residents, days := full+c.residents, int64(full)*int64(length)+int64(c.days)
			if residents == 0 && days == 0 && events == ([lastEvent + 1]int32{}) {
				continue
			}
			cell := t.cell(key)
			cell.Residents, cell.Days, cell.Events = residents, days, events
			cells = append(cells, cell)
		}
	}
	return cells
}

// table is a hash table from keys to values, zero at first.
type table[V any] struct {
	slots  []uint64 // key + 1, or 0
	values []V
	n      int
}

// at is the value of a key, to be changed at once.
func (t *table[V]) at(key uint64) *V {
	if 4*t.n >= 3*len(t.slots) {
		t.grow()
	}
	i := t.find(key)
	if t.slots[i] == 0 {
		t.slots[i] = key + 1
		t.n++
	}
	return &t.values[i]
}

func (t *table[V]) get(key uint64) (v V) {
	if t.n > 0 {
		if i := t.find(key); t.slots[i] != 0 {
			v = t.values[i]
		}
	}
	return v
}

// find is where a key is or would be.
func (t *table[V]) find(key uint64) int {
	mask := uint64(len(t.slots) - 1)
	h := key * 0x9e3779b97f4a7c15
	for i := (h ^ h>>32) & mask; ; i = (i + 1) & mask {
		if t.slots[i] == key+1 || t.slots[i] == 0 {
			return int(i)
		}
	}
}

func (t *table[V]) grow() {
	old := *t
	*t = table[V]{slots: make([]uint64, max(64, 2*len(old.slots))), values: make([]V, max(64, 2*len(old.slots)))}
	for i, k := range old.slots {
		if k != 0 {
			*t.at(k - 1) = old.values[i]
		}
	}
}

func (t *table[V]) keys() func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		for _, k := range t.slots {
			if k != 0 && !yield(k-1) {
				return
			}
		}
	}
}
