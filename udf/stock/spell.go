package stock

import (
	"cmp"
	"slices"
	"sort"
)

// disjoint appends what holds on each day. A day belongs to the spell that begins last;
// then to the one that ends last; then to the lower value. What does not end after it
// begins covers nothing.
func (l *life) disjoint(to []spell, rows []Row, less func(a, b int32) bool) []spell {
	first := len(to)
	for _, r := range rows {
		if r.From < r.Until {
			to = append(to, spell{r.Value, r.From, r.Until})
		}
	}
	spells := to[first:]
	byFrom := func(a, b spell) int { return cmp.Compare(a.from, b.from) }
	if !slices.IsSortedFunc(spells, byFrom) {
		slices.SortFunc(spells, byFrom)
	}
	overlap := false
	for i := 1; i < len(spells); i++ {
		overlap = overlap || spells[i].from < spells[i-1].until
	}
	if !overlap {
		return to
	}
	// Who is later in this order goes before those he overlaps.
	slices.SortFunc(spells, func(a, b spell) int {
		c := cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.until, b.until), 1)
		if a.from == b.from && a.until == b.until && less(b.value, a.value) {
			return -1
		}
		return c
	})
	sorted := slices.Clone(spells)
	to, l.stack = to[:first], l.stack[:0]
	day := sorted[0].from
	until := func(end int32) {
		for n := len(l.stack); n > 0 && day < end; n = len(l.stack) {
			top := l.stack[n-1]
			if top.until <= day {
				l.stack = l.stack[:n-1]
				continue
			}
			next := min(top.until, end)
			to = append(to, spell{top.value, day, next})
			day = next
		}
		day = end
	}
	for _, s := range sorted {
		until(s.from)
		l.stack = append(l.stack, s)
	}
	until(Never)
	return to
}

// overlay appends spells, of all days, with the values of others added, or without where
// there is none.
func overlay(to, under, over []spell, without int32) []spell {
	i := 0
	for _, u := range under {
		for from := u.from; from < u.until; {
			for i < len(over) && over[i].until <= from {
				i++
			}
			value, until := without, u.until
			if i < len(over) && over[i].from <= from {
				value, until = over[i].value, min(until, over[i].until)
			} else if i < len(over) {
				until = min(until, over[i].from)
			}
			to = append(to, spell{u.value + value, from, until})
			from = until
		}
	}
	return to
}

// index is that of the first of some disjoint spells in order that ends after a day.
func index(spells []spell, day int32) int {
	if len(spells) == 1 {
		return 0
	}
	return sort.Search(len(spells), func(i int) bool { return spells[i].until > day })
}

// on is the spell that covers a day.
func on(spells []spell, day int32) (s spell, ok bool) {
	if i := index(spells, day); i < len(spells) && spells[i].from <= day && day < spells[i].until {
		return spells[i], true
	}
	return s, false
}
