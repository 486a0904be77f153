package stock

import (
	"context"
	"sync"

	"utvandring/udf/parallel"
)

// parts is how many tables the counts are spread over: each is small enough for the
// cache of a processor, and is locked while one worker writes to it.
const parts = 1 << partBits

const partBits = 12

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
	key             uint64
	days            int16
	full, residents int8
	what            uint8
}

// Worker collects changes for a while, so that a part is written to many times in a
// row. One goroutine uses it at a time.
type Worker struct {
	life
	tally   *Tally
	n       [parts]uint16
	entries [parts][collected]entry
}

const collected = 128

// worker makes a worker of the tally.
func (t *Tally) worker() *Worker { return &Worker{tally: t} }

// add notes a change of a group in a year.
func (w *Worker) add(slot uint64, year int, full, residents int8, days int32, what uint8) {
	// All years of a group are in one part.
	p := slot * 0x9e3779b97f4a7c15 >> (64 - partBits)
	n := w.n[p]
	w.entries[p][n%collected] = entry{slot*uint64(w.tally.years) + uint64(year), int16(days), full, residents, what}
	if n++; n == collected {
		w.tally.parts[p].take(w.entries[p][:])
		n = 0
	}
	w.n[p] = n
}

// flush hands over what is collected.
func (w *Worker) flush() {
	for p, n := range w.n {
		if n > 0 {
			w.tally.parts[p].take(w.entries[p][:n])
			w.n[p] = 0
		}
	}
}

func (p *part) take(list []entry) {
	p.Lock()
	defer p.Unlock()
	for i := range list {
		e := &list[i]
		if e.what == 0 {
			c := p.stays.at(e.key)
			c.full += int32(e.full)
			c.residents += int32(e.residents)
			c.days += int32(e.days)
		} else {
			p.events.at(e.key)[e.what]++
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

// Cells are groups in years that have any count, a column a count.
type Cells struct {
	Year, Place, Kind, State []int32
	// Age and Duration are where their groups begin, or None: not immigrated yet.
	Age, Duration []int32
	Residents     []int32
	Events        [lastEvent + 1][]int32
	Days          []int64
}

// None is where no group begins.
const None = -1

// Empty hands over the cells, many at a time, and empties the tally.
func (t *Tally) Empty(ctx context.Context, yield func(*Cells) error) error {
	const ahead = 4
	together := 1
	for together < parts/ahead && together*t.Len()/parts < 1<<16 {
		together *= 2
	}
	var space [ahead]Cells
	return parallel.InOrder(ctx, parts/together, ahead, func() func(int) (*Cells, error) {
		var m matrix
		return func(i int) (*Cells, error) {
			cells := &space[i%ahead]
			cells.clear()
			for p := i * together; p < (i+1)*together; p++ {
				t.cells(&t.parts[p], &m, cells)
				t.parts[p].stays, t.parts[p].events = table[change]{}, table[[lastEvent + 1]int32]{}
			}
			return cells, nil
		}
	}, func(_ int, cells *Cells) error {
		if len(cells.Year) == 0 {
			return nil
		}
		return yield(cells)
	})
}

// clear makes room for others.
func (c *Cells) clear() {
	for _, column := range []*[]int32{&c.Year, &c.Place, &c.Kind, &c.State, &c.Age, &c.Duration, &c.Residents} {
		*column = (*column)[:0]
	}
	for e := range c.Events {
		c.Events[e] = c.Events[e][:0]
	}
	c.Days = c.Days[:0]
}

// matrix is space for a part: a row of years for each of its groups.
type matrix struct {
	rows  table[int32] // the number of the row of a group, from 1
	slots []uint64
	years []struct {
		change
		event int32 // its place among the events, from 1
	}
}

// cells appends those of a part.
func (t *Tally) cells(p *part, m *matrix, cells *Cells) {
	years := uint64(t.years)
	m.rows.clear()
	m.slots, m.years = m.slots[:0], m.years[:0]
	row := func(slot uint64) int {
		n := m.rows.at(slot)
		if *n == 0 {
			m.slots = append(m.slots, slot)
			*n = int32(len(m.slots))
			for range years {
				m.years = append(m.years, struct {
					change
					event int32
				}{})
			}
		}
		return int(*n-1) * t.years
	}
	for i := range p.stays.slots {
		if s := &p.stays.slots[i]; s.key != 0 {
			slot := (s.key - 1) / years
			m.years[row(slot)+int(s.key-1-slot*years)].change = s.value
		}
	}
	for i := range p.events.slots {
		if s := &p.events.slots[i]; s.key != 0 {
			slot := (s.key - 1) / years
			m.years[row(slot)+int(s.key-1-slot*years)].event = int32(i + 1)
		}
	}
	none := [lastEvent + 1]int32{}
	for i, slot := range m.slots {
		full := int32(0)
		place, kind, state, age, duration := t.group(slot)
		for year := range t.years {
			c := &m.years[i*t.years+year]
			full += c.full
			residents, days := full+c.residents, int64(full)*int64(t.calendar.january[year+1]-t.calendar.january[year])+int64(c.days)
			if residents == 0 && days == 0 && c.event == 0 {
				continue
			}
			events := &none
			if c.event > 0 {
				events = &p.events.slots[c.event-1].value
			}
			cells.Year = append(cells.Year, int32(t.study.First+year))
			cells.Place = append(cells.Place, place)
			cells.Kind = append(cells.Kind, kind)
			cells.State = append(cells.State, state)
			cells.Age = append(cells.Age, age)
			cells.Duration = append(cells.Duration, duration)
			cells.Residents = append(cells.Residents, residents)
			cells.Days = append(cells.Days, days)
			for e, n := range events {
				cells.Events[e] = append(cells.Events[e], n)
			}
		}
	}
}

// table is a hash table from keys to values, zero at first.
type table[V any] struct {
	slots []tableSlot[V]
	n     int
}

type tableSlot[V any] struct {
	key   uint64 // + 1, or 0
	value V
}

// at is the value of a key, to be changed at once.
func (t *table[V]) at(key uint64) *V {
	if 4*t.n >= 3*len(t.slots) {
		t.grow()
	}
	mask := uint64(len(t.slots) - 1)
	h := key * 0x9e3779b97f4a7c15
	for i := (h ^ h>>32) & mask; ; i = (i + 1) & mask {
		s := &t.slots[i&uint64(len(t.slots)-1)]
		if s.key == key+1 {
			return &s.value
		}
		if s.key == 0 {
			s.key = key + 1
			t.n++
			return &s.value
		}
	}
}

func (t *table[V]) clear() {
	clear(t.slots)
	t.n = 0
}

func (t *table[V]) grow() {
	old := t.slots
	*t = table[V]{slots: make([]tableSlot[V], max(16, 2*len(old)))}
	for i := range old {
		if old[i].key != 0 {
			*t.at(old[i].key - 1) = old[i].value
		}
	}
}
