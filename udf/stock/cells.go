package stock

// Cells are groups in years that have any count, a column a count. Most are quiet, without
// any event: Events is empty then.
type Cells struct {
	Year, Place []int32
	// People is the number of their kind, state, and groups of age and duration (see People).
	People    []int64
	Residents []int32
	Events    [lastEvent + 1][]int32
	Days      []int64
}

// People are what people are told apart by but places, as cells number it.
type People struct {
	Number      []int64
	Kind, State []int32
	// Age and Duration are where their groups begin, or None: not immigrated yet.
	Age, Duration []int32
}

// None is where no group begins.
const None = -1

// Reader hands over the quiet cells of a tally, each to one of its readers, and keeps the
// others for Busy. One goroutine uses it at a time.
type Reader struct {
	tally  *Tally
	quiet  Cells
	busy   *Cells
	people rows // of all cells that it has read
	rows   rows
	years  []year // those of a group are a row
	events [][lastEvent + 1]int32
	// What is handed over next: the row, from this year on, with so many full years in the
	// last.
	row, year int
	full      int32
}

// Reader makes a reader.
func (t *Tally) Reader() *Reader { return &Reader{tally: t, busy: &Cells{}} }

// Quiet gives up to most quiet cells, none after the last, that hold until it is called
// again.
func (r *Reader) Quiet(most int) *Cells {
	t, c := r.tally, &r.quiet
	c.clear()
	for len(c.Year) < most {
		if r.row == len(r.rows.slots) {
			p := int(t.read.Add(1)) - 1
			if p >= t.end {
				t.lock.Lock()
				t.busy = append(t.busy, r.busy)
				for _, number := range r.people.slots {
					t.people.of(number)
				}
				t.lock.Unlock()
				r.busy = &Cells{}
				break
			}
			r.spread(p)
			continue
		}
		r.group(most)
	}
	return c
}

// Busy gives up to most of the other cells, none after the last, when the quiet ones have
// been handed over.
func (t *Tally) Busy(most int) *Cells {
	t.lock.Lock()
	defer t.lock.Unlock()
	for n := len(t.busy); n > 0; n = len(t.busy) {
		if c := t.busy[n-1]; len(c.Year) > 0 {
			return c.last(most)
		}
		t.busy = t.busy[:n-1]
	}
	return &Cells{}
}

// Kept is how many cells there are for Busy.
func (t *Tally) Kept() (cells int) {
	for _, c := range t.busy {
		cells += len(c.Year)
	}
	return cells
}

// People are those of all cells that have been handed over.
func (t *Tally) People() *People {
	p := &People{}
	for _, number := range t.people.slots {
		_, kind, state, age, duration := t.group(number)
		p.Number = append(p.Number, int64(number))
		p.Kind = append(p.Kind, kind)
		p.State = append(p.State, state)
		p.Age = append(p.Age, age)
		p.Duration = append(p.Duration, duration)
	}
	return p
}

// group appends the years of the group in hand as far as they find room.
func (r *Reader) group(most int) {
	t, c := r.tally, &r.quiet
	slot := r.rows.slots[r.row]
	place, people := int32(slot/t.peoples), slot%t.peoples
	r.people.of(people)
	for ; r.year < t.years; r.year++ {
		if len(c.Year) == most {
			return
		}
		of := &r.years[r.row*t.years+r.year]
		r.full += of.full
		residents, days := r.full+of.residents, int64(r.full)*int64(t.calendar.january[r.year+1]-t.calendar.january[r.year])+int64(of.days)
		to := c
		if of.events > 0 {
			to = r.busy
			for e, n := range r.events[of.events-1] {
				to.Events[e] = append(to.Events[e], n)
			}
		} else if residents == 0 && days == 0 {
			continue
		}
		to.Year = append(to.Year, int32(t.study.First+r.year))
		to.Place = append(to.Place, place)
		to.People = append(to.People, int64(people))
		to.Residents = append(to.Residents, residents)
		to.Days = append(to.Days, days)
	}
	r.row, r.year, r.full = r.row+1, 0, 0
}

// counts are the columns but People and Days.
func (c *Cells) counts() []*[]int32 {
	list := []*[]int32{&c.Year, &c.Place, &c.Residents}
	for e := range c.Events {
		list = append(list, &c.Events[e])
	}
	return list
}

// clear makes room for others.
func (c *Cells) clear() {
	for _, column := range c.counts() {
		*column = (*column)[:0]
	}
	c.People, c.Days = c.People[:0], c.Days[:0]
}

// last takes the last of them away.
func (c *Cells) last(most int) *Cells {
	some := *c
	from := max(0, len(c.Year)-most)
	columns := some.counts()
	for i, column := range c.counts() {
		*column, *columns[i] = (*column)[:from], (*column)[from:]
	}
	c.People, some.People = c.People[:from], c.People[from:]
	c.Days, some.Days = c.Days[:from], c.Days[from:]
	return &some
}
