package stock

// year is what happens to a group in it.
type year struct {
	change
	events int32 // their place, from 1
}

// change is full years that begin, less those that end; residents on 1 January and days,
// which a full year has or lacks.
type change struct{ full, residents, days int32 }

// sum is the change of a group in a year. Of an event, full is how often it happens.
type sum struct {
	slot       uint64
	year, what uint16
	change
}

// spread adds up what is known of a part, which is empty then.
func (r *Reader) spread(p int) {
	r.rows.clear()
	r.years, r.events, r.row = r.years[:0], r.events[:0], 0
	t := r.tally
	for _, s := range t.parts[p].sums {
		of := &r.of(s.slot)[s.year]
		if s.what > 0 {
			r.happen(of, s.what, s.full)
		} else {
			of.change = s.change
		}
	}
	for _, chunk := range t.parts[p].chunks {
		r.add(chunk)
	}
	for _, w := range t.workers {
		r.add(w.entries[p])
	}
	t.forget(p)
}

func (r *Reader) add(list []entry) {
	for i := range list {
		e := &list[i]
		years := r.of(e.slot)
		of := &years[e.first]
		if e.last == happens {
			r.happen(of, uint16(e.days), 1)
			continue
		}
		// Who comes after 1 January is no resident of the first year, who leaves after it
		// is one of the last.
		of.days += int32(e.days)
		if e.days < 0 {
			of.residents--
		}
		if e.first != e.last {
			of.full++
			if e.last == remains {
				continue
			}
			of = &years[e.last]
			of.full--
		}
		of.days += int32(e.after)
		if e.after > 0 {
			of.residents++
		}
	}
}

func (r *Reader) happen(of *year, what uint16, times int32) {
	if of.events == 0 {
		r.events = append(r.events, [lastEvent + 1]int32{})
		of.events = int32(len(r.events))
	}
	r.events[of.events-1][what] += times
}

// of are the years of a group.
func (r *Reader) of(slot uint64) []year {
	n, isNew := r.rows.of(slot)
	years := r.tally.years
	if isNew {
		r.years = append(r.years, make([]year, years)...)
	}
	return r.years[n*years : (n+1)*years]
}

// sums are those of the part that is spread.
func (r *Reader) sums() (list []sum) {
	for i, slot := range r.rows.slots {
		for y := range r.tally.years {
			of := &r.years[i*r.tally.years+y]
			if of.change != (change{}) {
				list = append(list, sum{slot, uint16(y), 0, of.change})
			}
			if of.events > 0 {
				for what, n := range r.events[of.events-1] {
					if n > 0 {
						list = append(list, sum{slot, uint16(y), uint16(what), change{full: n}})
					}
				}
			}
		}
	}
	return list
}

// rows numbers groups in the order in which they come: a hash table.
type rows struct {
	slots   []uint64
	numbers []int32 // + 1, or 0
}

// of is the number of a group.
func (r *rows) of(slot uint64) (n int, isNew bool) {
	if 2*len(r.slots) >= len(r.numbers) {
		r.numbers = make([]int32, max(1024, 2*len(r.numbers)))
		for i, slot := range r.slots {
			*r.find(slot) = int32(i + 1)
		}
	}
	found := r.find(slot)
	if *found > 0 {
		return int(*found - 1), false
	}
	r.slots = append(r.slots, slot)
	*found = int32(len(r.slots))
	return len(r.slots) - 1, true
}

// find is where the number of a group stands, or may stand.
func (r *rows) find(slot uint64) *int32 {
	mask := uint64(len(r.numbers) - 1)
	h := slot * 0x9e3779b97f4a7c15
	for i := (h ^ h>>32) & mask; ; i = (i + 1) & mask {
		if n := &r.numbers[i]; *n == 0 || r.slots[*n-1] == slot {
			return n
		}
	}
}

func (r *rows) clear() {
	clear(r.numbers)
	r.slots = r.slots[:0]
}
