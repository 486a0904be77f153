package stock

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"utvandring/udf/long"
)

// cell is a group in a year, and its counts.
type cell struct{ year, place, kind, state, age, duration int32 }

type counts struct {
	residents int32
	events    [lastEvent + 1]int32
	days      int64
}

// floor is where the group of the years since a day begins: a year is complete when
// month and day have come round.
func floor(floors []int, since int32, on time.Time) int32 {
	date := time.Unix(int64(since)*86400, 0).UTC()
	years := on.Year() - date.Year()
	if on.Month() < date.Month() || on.Month() == date.Month() && on.Day() < date.Day() {
		years--
	}
	found := int32(None)
	for _, f := range floors {
		if years >= f && !on.Before(date) {
			found = int32(f)
		}
	}
	return found
}

// brute counts lives day by day, with the calendar of package time: by FORMULAS, part B.
type brute struct {
	study    Study
	readings []Reading
	recoded  []Recoding
	statuses int
	cells    map[cell]counts
}

func (b *brute) count(p Row, on int32, place, state int32, f func(c *counts)) {
	date := time.Unix(int64(on)*86400, 0).UTC()
	if date.Year() < b.study.First || date.Year() > b.study.Last {
		return
	}
	key := cell{int32(date.Year()), place, p.Value, state, floor(b.study.Age, p.From, date), floor(b.study.Duration, min(p.Until, 1<<24), date)}
	c := b.cells[key]
	f(&c)
	b.cells[key] = c
}

// holds is the value of a day: of the spell that begins last, then ends last, then is lowest.
func holds(rows []Row, day int32, less func(a, b int32) bool) (value int32, ok bool) {
	var best Row
	for _, r := range rows {
		if r.From <= day && day < r.Until && (!ok || r.From > best.From || r.From == best.From && (r.Until > best.Until || r.Until == best.Until && less(r.Value, best.Value))) {
			best, ok = r, true
		}
	}
	return best.Value, ok
}

func (b *brute) person(p Row, residence, migrations []Row, statuses [][]Row) {
	codes := b.study.Codes
	code := func(day int32) (int32, bool) { return holds(residence, day, codes.less) }
	reading := func(code, day int32) *Reading {
		for i, r := range b.readings {
			if r.Code == codes.texts[code] && r.From <= day && day < r.Until {
				return &b.readings[i]
			}
		}
		return nil
	}
	place := func(code, day int32) int32 {
		if r := reading(code, day); r != nil {
			return r.Place
		}
		return 0
	}
	placeOn := func(day int32) int32 {
		if c, ok := code(day); ok {
			return place(c, day)
		}
		return 0
	}
	state := func(day int32) (state int32) {
		for i, rows := range statuses {
			if v, ok := holds(rows, day, func(a, b int32) bool { return a < b }); ok {
				state += v
			} else {
				state += b.study.Without[i]
			}
		}
		return state
	}
	alive := func(day int32) bool { return p.From <= day && day < p.Died }
	begun := func(day int32) (lowest int32, ok bool) {
		for _, r := range residence {
			if r.From == day && r.Until >= day && (!ok || codes.less(r.Value, lowest)) {
				lowest, ok = r.Value, true
			}
		}
		return lowest, ok
	}
	event := func(what int, on, place, state int32) {
		b.count(p, on, place, state, func(c *counts) { c.events[what]++ })
	}
	emigrates := func(day int32) bool {
		return slices.ContainsFunc(migrations, func(m Row) bool { return m.From == day && m.Value == 1 })
	}
	for day := daysOf(b.study.First, 1, 1); day < daysOf(b.study.Last+1, 1, 1); day++ {
		now, resident := code(day)
		if resident && alive(day) {
			b.count(p, day, place(now, day), state(day), func(c *counts) {
				c.days++
				if time.Unix(int64(day)*86400, 0).UTC().YearDay() == 1 {
					c.residents++
				}
			})
		}
		before, was := code(day - 1)
		if resident && was && before != now && alive(day) && alive(day-1) && !emigrates(day) &&
			!slices.Contains(b.recoded, Recoding{codes.texts[before], codes.texts[now], day}) {
			f, t := reading(before, day-1), reading(now, day)
			if f != nil && t != nil && !slices.ContainsFunc(f.Candidates, func(c string) bool { return slices.Contains(t.Candidates, c) }) {
				event(MoveOut, day, f.Place, state(day-1))
				event(MoveIn, day, t.Place, state(day-1))
			}
		}
		if day == p.From {
			first, ok := begun(day)
			if resident && day < p.Died && !slices.ContainsFunc(migrations, func(m Row) bool { return m.From == day && m.Value == 0 }) {
				event(Birth, day, place(now, day), state(day))
			} else if ok && day == p.Died {
				event(Birth, day, place(first, day), state(day))
			}
		}
		if day == p.Died {
			first, ok := begun(day)
			if was && p.From < day {
				event(Death, day, place(before, day-1), state(day-1))
			} else if ok {
				event(Death, day, place(first, day), state(day-1))
			}
		}
		for _, m := range migrations {
			if m.From != day || !alive(day) {
				continue
			}
			mover := 0
			for _, o := range migrations {
				if alive(o.From) && o.Value != m.Value && time.Unix(int64(o.From)*86400, 0).UTC().Year() == time.Unix(int64(day)*86400, 0).UTC().Year() {
					mover = 1
				}
			}
			where := int32(0)
			if day-m.Value >= p.From {
				where = placeOn(day - m.Value)
			}
			event(Immigration-2*int(m.Value)+mover, day, where, state(day-m.Value))
		}
	}
}

func TestCellsEqualDayByDay(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	readings := []Reading{{"a", -1 << 20, 1 << 20, 1, []string{"a"}}, {"b", -1 << 20, daysOf(2000, 1, 1), 2, []string{"b"}},
		{"b", daysOf(2000, 1, 1), 1 << 20, 1, []string{"a"}}, {"c", -1 << 20, 1 << 20, 3, []string{"a", "d"}},
		{"d", -1 << 20, 1 << 20, 4, []string{"d"}}, {"e", daysOf(1998, 1, 1), 1 << 20, 5, nil}}
	recoded := []Recoding{{"a", "d", daysOf(1999, 1, 1)}, {"d", "a", daysOf(2001, 1, 1)}}
	codes := NewCodes(readings, recoded)
	study := Study{First: 1995, Last: 2005, Age: []int{0, 1, 5, 7, 18}, Duration: []int{0, 1, 3, 10}, Places: 6, Kinds: 2, Accounts: []int32{-1, -1}, States: 6, Codes: codes, Without: []int32{3, 2}, Most: 1 << 20}
	want := brute{study, readings, recoded, 2, map[cell]counts{}}
	// Days that matter come up often: New Year, and the end of February.
	day := func() int32 {
		y := 1985 + r.IntN(25)
		switch r.IntN(4) {
		case 0:
			return daysOf(y, 1, 1)
		case 1:
			return daysOf(y, 2, 28) + int32(r.IntN(3))
		}
		return daysOf(y, 1, 1) + int32(r.IntN(366))
	}
	var register []func(*Part)
	add := func(table Table, rows []Row) {
		if len(rows) > 0 {
			register = append(register, func(p *Part) { p.Add(table, rows) })
		}
	}
	var chunk, second []Row
	for i := range long.Runs(600, 300) {
		p := Row{Person: int64(i / 7 * 7 * (1 + i%3)), Value: int32(r.IntN(2)), From: day(), Until: day(), Died: Never}
		p.Person = p.Person*1000 + int64(i)
		days := []int32{day(), day(), day(), day(), p.From}
		some := func() int32 { return days[r.IntN(len(days))] }
		if r.IntN(3) == 0 {
			p.Until = Never
		}
		if r.IntN(2) == 0 {
			p.Died = some()
			days = append(days, p.Died)
		}
		spells := func(value func() int32) (rows []Row) {
			for range r.IntN(5) {
				from, until := some(), some()
				if r.IntN(4) == 0 {
					until = Never
				}
				rows = append(rows, Row{Person: p.Person, Value: value(), From: min(from, until), Until: max(from, until), Died: Never})
			}
			return rows
		}
		residence := spells(func() int32 { return codes.Number([]byte{"abcdex"[r.IntN(6)]}) })
		statuses := [][]Row{spells(func() int32 { return []int32{0, 3}[r.IntN(2)] }), spells(func() int32 { return int32(r.IntN(3)) })}
		var migrations []Row
		for range r.IntN(4) {
			migrations = append(migrations, Row{Person: p.Person, Value: int32(r.IntN(2)), From: some()})
		}
		want.person(p, residence, migrations, statuses)
		add(Residence, residence)
		add(Migrations, migrations)
		add(Statuses, statuses[0])
		second = append(second, statuses[1]...)
		if chunk = append(chunk, p); len(chunk) == 50 {
			add(Persons, chunk)
			add(Statuses+1, second)
			chunk, second = nil, nil
		}
	}
	for _, most := range []int{1 << 20, 200} {
		study.Most = most
		tally, err := New(study)
		if err != nil {
			t.Fatal(err)
		}
		missing, seen, passes := maps.Clone(want.cells), [lastEvent + 1]int32{}, 0
		for tally.Pass() {
			part := NewPart(2)
			for _, add := range register {
				add(part)
			}
			if err := part.Count(t.Context(), tally); err != nil {
				t.Fatal(err)
			}
			passes++
			readers := [2]*Reader{tally.Reader(), tally.Reader()}
			for i, empty := 0, 0; empty < 3; i++ {
				var c *Cells
				if empty < 2 {
					c = readers[i%2].Quiet(1 + i%5)
				} else {
					c = tally.Busy(3)
				}
				if len(c.Year) == 0 {
					empty++
				} else if empty < 2 {
					empty = 0
				}
				for i := range c.Year {
					_, kind, state, age, duration := tally.group(uint64(c.People[i]))
					key := cell{c.Year[i], c.Place[i], kind, state, age, duration}
					got := counts{residents: c.Residents[i], days: c.Days[i]}
					if len(c.Events[0]) > 0 {
						for e := range got.events {
							got.events[e] = c.Events[e][i]
							seen[e] += got.events[e]
						}
					}
					if w, ok := missing[key]; got != w || !ok {
						t.Fatalf("%+v: %+v, want %+v, once: %v", key, got, w, ok)
					}
					delete(missing, key)
				}
			}
		}
		for key, w := range missing {
			if w != (counts{}) {
				t.Fatalf("missing: %+v with %+v", key, w)
			}
		}
		if slices.Contains(seen[1:], 0) {
			t.Errorf("some events never happen: %v", seen)
		}
		if (passes == 1) != (most == 1<<20) {
			t.Errorf("%d passes with room for %d counts", passes, most)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for _, s := range []Study{{First: 2000, Last: 1999}, {First: 0, Last: 5000}, {First: 2000, Last: 2001, Places: 1 << 30, Kinds: 1 << 30, States: 1 << 10}} {
		if _, err := New(s); err == nil {
			t.Error(s)
		}
	}
}
