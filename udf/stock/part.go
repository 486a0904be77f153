package stock

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"sync"

	"utvandring/udf/parallel"
)

// Table is a table of the register: one of these, or Statuses and the number of the status.
type Table int

const (
	Persons Table = iota
	Residence
	Migrations
	Statuses
)

// Part collects the rows of some people, which may come from several threads at once, in
// chunks of any order.
type Part struct {
	lock   sync.Mutex
	chunks [][][]Row
}

// NewPart makes an empty one for a number of statuses.
func NewPart(statuses int) *Part { return &Part{chunks: make([][][]Row, int(Statuses)+statuses)} }

// Add takes rows of a table and keeps them.
func (p *Part) Add(t Table, rows []Row) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.chunks[t] = append(p.chunks[t], rows)
}

// Count counts the people and forgets them.
func (p *Part) Count(ctx context.Context, t *Tally) error {
	persons := p.chunks[Persons]
	tables := make([][]Row, len(p.chunks))
	if err := parallel.For(ctx, len(tables)-1, func() func(int) error {
		return func(i int) error {
			i++
			tables[i], p.chunks[i] = inOrder(p.chunks[i]), nil
			t.Overlaps[i] = t.Overlaps[i] || Table(i) != Migrations && !follow(tables[i])
			return nil
		}
	}); err != nil {
		return err
	}
	const together = 16 // chunks
	t.working = 0
	if err := parallel.For(ctx, (len(persons)+together-1)/together, func() func(int) error {
		w := t.worker()
		seek := make([]seeker, len(tables))
		for i := range tables {
			seek[i].rows = tables[i]
		}
		statuses := make([][]Row, len(tables)-int(Statuses))
		return func(i int) error {
			for _, chunk := range persons[i*together : min((i+1)*together, len(persons))] {
				for _, person := range chunk {
					for s := range statuses {
						statuses[s] = seek[int(Statuses)+s].of(person.Person)
					}
					w.live(person, seek[Residence].of(person.Person), seek[Migrations].of(person.Person), statuses)
				}
			}
			return nil
		}
	}); err != nil {
		return err
	}
	return t.settle(ctx)
}

// seeker finds the rows of people, whose rows are in order: fast if they are asked for in
// that order, too.
type seeker struct {
	rows []Row
	next int
}

func (s *seeker) of(person int64) []Row {
	n := len(s.rows)
	from := s.next
	if from == n || s.rows[from].Person > person {
		if from == 0 || s.rows[from-1].Person < person {
			return nil
		}
		from = 0
	}
	// Most people are near; the others are looked for in steps of twice the size.
	step := 1
	for from+step < n && s.rows[from+step].Person < person {
		from += step
		step *= 2
	}
	last := min(from+step, n)
	from += sort.Search(last-from, func(i int) bool { return s.rows[from+i].Person >= person })
	until := from
	for until < n && s.rows[until].Person == person {
		until++
	}
	s.next = until
	return s.rows[from:until]
}

// inOrder puts the rows in the order of people. Chunks are mostly stretches of a table in
// that order, or some of these one after the other.
func inOrder(chunks [][]Row) []Row {
	var runs [][]Row
	for _, chunk := range chunks {
		first := 0
		for i := 1; i < len(chunk); i++ {
			if chunk[i].Person < chunk[i-1].Person {
				runs = append(runs, chunk[first:i])
				first = i
			}
		}
		runs = append(runs, chunk[first:])
	}
	slices.SortFunc(runs, func(a, b []Row) int { return cmp.Compare(a[0].Person, b[0].Person) })
	rows := slices.Concat(runs...)
	byPerson := func(a, b Row) int { return cmp.Compare(a.Person, b.Person) }
	if !slices.IsSortedFunc(rows, byPerson) {
		slices.SortFunc(rows, byPerson)
	}
	return rows
}

// follow reports whether the spells of everybody follow each other, as those of a register
// mostly do.
func follow(rows []Row) bool {
	last := Row{Person: -1 << 63}
	for _, r := range rows {
		if r.From >= r.Until {
			continue // covers nothing
		}
		if r.Person == last.Person && r.From < last.Until {
			return false
		}
		last = r
	}
	return true
}
