// Package stock counts people by age, duration of residence and whatever else is
// told apart: how many there are on each 1 January, how many days they live there
// in each year, and how many events befall them.
//
// Dates are days since 1 January 1970. The lives of some people at a time are put
// together (Part, Life) and cut into stays in one place and state, which are cut at the
// birthdays and anniversaries that change their group (Stay); only the years in which a
// piece begins and ends are noted, and the sums over the years follow at the end (Tally).
package stock

import (
	"fmt"
	"math/bits"
	"sync"
	"sync/atomic"
)

// What happens to people, in the order of Cells.Events.
const (
	Emigration        = iota + 1
	EmigrationOfMover // by somebody who also immigrates that year
	Immigration
	ImmigrationOfMover // by somebody who also emigrates that year
	Birth
	Death
	MoveIn
	MoveOut
	lastEvent = MoveOut
)

// Study says what is told apart.
type Study struct {
	// First and Last year that are counted.
	First, Last int
	// Age and Duration are where their groups begin, ascending from 0; a group
	// reaches until the next.
	Age, Duration []int
	// Places, Kinds and States are how many there are, numbered from 0.
	Places, Kinds, States int
	// Accounts are those of each kind that single years are counted in, -1 for none.
	Accounts []int32
	// Codes tell the place of residence.
	Codes *Codes
	// Without is what having none of a status adds to the state, for each status.
	Without []int32
	// Most is about how many pieces of stays and events are kept before they are added up,
	// and half of how many sums of them are kept.
	Most int
}

// Never is a date that does not come.
const Never = 1<<31 - 1

// Tally counts a share of the groups in each pass over the register: all of them if their
// counts are not too many, so that none is counted twice or in two places.
type Tally struct {
	// Overlaps are the tables, of those counted, of spells that may overlap: somebody's do,
	// or are in no order.
	Overlaps        []bool
	study           Study
	calendar        calendar
	age, duration   []int           // None, then where the groups begin
	ages, durations [maxYears]uint8 // by years, position in age and duration
	peoples         uint64          // how many groups there may be in a place
	people          rows            // those that there are
	years           int
	parts           [parts]part
	first, end      int          // the parts of this pass
	read            atomic.Int64 // the first part that is not being read
	lock            sync.Mutex
	workers         []*Worker
	working         int      // of them
	busy            []*Cells // that the readers have kept
}

// New makes an empty tally.
func New(s Study) (*Tally, error) {
	if s.Last < s.First || s.Last-s.First > 1000 {
		return nil, fmt.Errorf("the years %d to %d are not a period that can be counted", s.First, s.Last)
	}
	t := &Tally{Overlaps: make([]bool, int(Statuses)+len(s.Without)), study: s, calendar: newCalendar(s.First, s.Last), years: s.Last - s.First + 1}
	t.age, t.ages = scale(s.Age)
	t.duration, t.durations = scale(s.Duration)
	size := uint64(1)
	for _, n := range []int{s.Kinds, s.States, len(t.age), len(t.duration), s.Places} {
		t.peoples = size
		over, product := bits.Mul64(size, uint64(max(n, 1)))
		if over != 0 || product >= 1<<63 {
			return nil, fmt.Errorf("the dimensions make more groups than can be told apart")
		}
		size = product
	}
	return t, nil
}

const maxYears = 1 << 10 // years beyond are in the last group

func scale(floors []int) (all []int, groups [maxYears]uint8) {
	all = append([]int{None}, floors...)
	for i, f := range floors {
		for y := f; y < maxYears; y++ {
			groups[y] = uint8(i + 1)
		}
	}
	return all, groups
}

// slot numbers a group.
func (t *Tally) slot(place, kind, state int32, age, duration uint8) uint64 {
	s := &t.study
	k := uint64(place)*uint64(s.Kinds) + uint64(kind)
	k = k*uint64(s.States) + uint64(state)
	k = k*uint64(len(t.age)) + uint64(age)
	return k*uint64(len(t.duration)) + uint64(duration)
}

// group is the group of a slot.
func (t *Tally) group(slot uint64) (place, kind, state, age, duration int32) {
	digit := func(n int) uint64 {
		d := slot % uint64(n)
		slot /= uint64(n)
		return d
	}
	duration = int32(t.duration[digit(len(t.duration))])
	age = int32(t.age[digit(len(t.age))])
	state = int32(digit(t.study.States))
	kind = int32(digit(t.study.Kinds))
	return int32(slot), kind, state, age, duration
}

// groups are those of the person in hand on a day of the calendar, and the dates on which
// the next begin.
func (w *Worker) groups(day int32) (age uint8, nextAge int32, duration uint8, nextDuration int32) {
	t := w.tally
	age, nextAge = w.birth.group(&t.calendar, day, t.age, &t.ages)
	nextDuration = w.came
	if w.came <= day {
		duration, nextDuration = w.arrival.group(&t.calendar, day, t.duration, &t.durations)
	}
	return age, nextAge, duration, nextDuration
}

// stay counts the person in hand in a place from a day until the day before another.
func (w *Worker) stay(place, kind, state, from, until int32) {
	t := w.tally
	c := &t.calendar
	from, until = max(from, c.start), min(until, c.end)
	if from >= until {
		return
	}
	age, nextAge, duration, nextDuration := w.groups(from)
	for from < until {
		next := min(until, nextAge, nextDuration)
		w.piece(t.slot(place, kind, state, age, duration), from, next)
		if next == nextAge {
			age++
			nextAge = w.birth.next(c, t.age, age)
		}
		if next == nextDuration {
			duration++
			nextDuration = w.arrival.next(c, t.duration, duration)
		}
		from = next
	}
}

// piece notes a part of a stay in one group. Of the years that it covers, the first
// lacks the days before from and the last, that of until, has only those before it.
func (w *Worker) piece(slot uint64, from, until int32) {
	c := &w.tally.calendar
	first, last := c.yearOf(from), c.yearOf(until)
	e := entry{slot, uint16(first), uint16(last), int16(c.january[first] - from), int16(until - c.january[last])}
	if last == w.tally.years {
		e.last = remains
	}
	w.add(e)
}

// event counts what happens to the person in hand on a day of the calendar.
func (w *Worker) event(what int16, place, kind, state, day int32) {
	age, _, duration, _ := w.groups(day)
	w.add(entry{w.tally.slot(place, kind, state, age, duration), uint16(w.tally.calendar.yearOf(day)), happens, what, 0})
}
