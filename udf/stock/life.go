package stock

import "slices"

// Row is what a table of the register says of a person.
type Row struct {
	Person int64
	// Value is the kind of a person, the number of a code of residence (Codes), 1 of an
	// emigration and 0 of an immigration, what the value of a status adds to the state.
	Value int32
	// From and Until are the days of a spell; of a migration From is the day; of a person
	// From is that of birth, Until that of the first immigration, Died that of death.
	// What never was or ends is Never.
	From, Until, Died int32
}

// spell is a value from a day until the day before another.
type spell struct{ value, from, until int32 }

// life is the space in which a worker puts a life together.
type life struct {
	birth, arrival anniversary
	came           int32
	spells         []spell // of residence, disjoint
	states         []spell // of all days
	status, under  []spell
	stack          []spell
	migrations     []Row
}

// live counts a person: what the register knows of him or her, the rows of each table in
// any order. What is counted, and how, is written in the headers of the views
// person_year, migration_event, death, birth, move and population_cell, which say the same.
func (w *Worker) live(p Row, residence, migrations []Row, statuses [][]Row) {
	study, l := &w.tally.study, &w.life
	l.birth, l.arrival, l.came = newAnniversary(p.From), anniversary{}, p.Until
	if p.Until != Never {
		l.arrival = newAnniversary(p.Until)
	}
	l.spells = l.disjoint(l.spells[:0], residence, study.Codes.less)
	l.states = append(l.states[:0], spell{0, -Never, Never})
	for i, rows := range statuses {
		l.status = l.disjoint(l.status[:0], rows, func(a, b int32) bool { return a < b })
		l.under = append(l.under[:0], l.states...)
		l.states = overlay(l.states[:0], l.under, l.status, study.Without[i])
	}
	w.resides(p)
	w.account = -1
	if w.tally.first == 0 { // once
		w.account = study.Accounts[p.Value]
	}
	w.accompanies(p)
	w.moves(p, migrations)
	w.migrates(p, migrations)
	w.isBorn(p, residence, migrations)
	w.dies(p, residence)
}

// resides counts the days on which somebody is born, alive and resident.
func (w *Worker) resides(p Row) {
	c, codes := &w.tally.calendar, w.tally.study.Codes
	for _, s := range w.life.spells {
		from, until := max(s.from, p.From, c.start), min(s.until, p.Died, c.end)
		for from < until {
			place, end := codes.place(s.value, from)
			end = min(end, until)
			for i := index(w.life.states, from); from < end; i++ {
				state := w.life.states[i]
				next := min(state.until, end)
				w.stay(place, p.Value, state.value, from, next)
				from = next
			}
		}
	}
}

// moves counts the days on which the municipality is another than the day before.
func (w *Worker) moves(p Row, migrations []Row) {
	t := w.tally
	codes := t.study.Codes
	for i := 1; i < len(w.life.spells); i++ {
		a, b := w.life.spells[i-1], w.life.spells[i]
		day := b.from
		if a.until != day || a.value == b.value || day <= p.From || day >= p.Died || !t.calendar.has(day) ||
			!codes.moved(a.value, b.value, day) || has(migrations, day, 1) {
			continue
		}
		state := w.state(day - 1)
		from, _ := codes.place(a.value, day-1)
		to, _ := codes.place(b.value, day)
		w.event(MoveOut, from, p.Value, state, day)
		w.event(MoveIn, to, p.Value, state, day)
	}
}

// migrates counts emigrations and immigrations.
func (w *Worker) migrates(p Row, migrations []Row) {
	l, c := &w.life, &w.tally.calendar
	l.migrations = l.migrations[:0]
	for _, m := range migrations {
		if c.has(m.From) && p.From <= m.From && m.From < p.Died {
			l.migrations = append(l.migrations, m)
		}
	}
	if len(l.migrations) > 1 {
		slices.SortFunc(l.migrations, func(a, b Row) int { return int(a.From) - int(b.From) })
	}
	for list := l.migrations; len(list) > 0; {
		n, emigrations := 0, 0
		for year := c.yearOf(list[0].From); n < len(list) && c.yearOf(list[n].From) == year; n++ {
			emigrations += int(list[n].Value)
		}
		mover := int16(0)
		if 0 < emigrations && emigrations < n {
			mover = 1
		}
		for _, m := range list[:n] {
			day := m.From - m.Value // an emigration belongs to the day before
			what := Immigration + mover
			if m.Value == 1 {
				what = Emigration + mover
				w.emigrates(p, m.From, mover == 1)
			}
			place := int32(0)
			if day >= p.From {
				place = w.place(day)
			}
			w.event(what, place, p.Value, w.state(day), m.From)
		}
		list = list[n:]
	}
}

// isBorn counts the birth of a resident.
func (w *Worker) isBorn(p Row, residence, migrations []Row) {
	switch day := p.From; {
	case !w.tally.calendar.has(day):
	case day < p.Died:
		if _, resident := on(w.life.spells, day); resident && !has(migrations, day, 0) {
			w.event(Birth, w.place(day), p.Value, w.state(day), day)
		}
	case day == p.Died:
		if place, begins := w.lowest(residence, day); begins {
			w.event(Birth, place, p.Value, w.state(day), day)
		}
	}
}

// dies counts the death of a resident: of the day before, or of somebody whose spell
// begins on the day itself.
func (w *Worker) dies(p Row, residence []Row) {
	day := p.Died
	if !w.tally.calendar.has(day) {
		return
	}
	if _, resident := on(w.life.spells, day-1); resident && p.From < day {
		w.event(Death, w.place(day-1), p.Value, w.state(day-1), day)
	} else if place, begins := w.lowest(residence, day); begins {
		w.event(Death, place, p.Value, w.state(day-1), day)
	}
}

// lowest is the place of the lowest code of the spells that begin on a day.
func (w *Worker) lowest(residence []Row, day int32) (place int32, begins bool) {
	codes, code := w.tally.study.Codes, int32(0)
	for _, r := range residence {
		if r.From == day && r.Until >= day && (!begins || codes.less(r.Value, code)) {
			code, begins = r.Value, true
		}
	}
	place, _ = codes.place(code, day)
	return place, begins
}

// place is where somebody lives on a day; 0 where nobody knows.
func (w *Worker) place(day int32) int32 {
	if s, ok := on(w.life.spells, day); ok {
		place, _ := w.tally.study.Codes.place(s.value, day)
		return place
	}
	return 0
}

func (w *Worker) state(day int32) int32 { return w.life.states[index(w.life.states, day)].value }

// has reports whether a migration in a direction is on a day, counted or not.
func has(migrations []Row, day, direction int32) bool {
	return slices.ContainsFunc(migrations, func(m Row) bool { return m.From == day && m.Value == direction })
}
