// Package stock counts people by age, duration of residence and whatever else is
// told apart: how many there are on each 1 January, how many days they live there
// in each year, and how many events befall them.
//
// Dates are days since 1 January 1970. A stay is cut at the birthdays and
// anniversaries that change its group; only the years in which a piece begins and ends
// are noted, and the sums over the years follow at the end.
package stock

import (
	"fmt"
	"math/bits"
)

// What happens to people, in the order of Cell.Events.
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
}

// Cell is a group in a year, and its counts.
type Cell struct {
	Year, Place, Kind, State int32
	// Age and Duration are where their groups begin, or None: not immigrated yet.
	Age, Duration int32
	Residents     int32
	Events        [lastEvent + 1]int32
	Days          int64
}

// None is where no group begins.
const None = -1

// Never is a date that does not come.
const Never = 1<<31 - 1

// Tally counts. Workers fill it, each for itself; then Cells empties it.
type Tally struct {
	study           Study
	calendar        calendar
	age, duration   []int // None, then where the groups begin
	years           int
	slots           uint64 // years are the last digit of a key
	parts           [parts]part
	ages, durations [maxYears]uint8 // by years, position in age and duration
}

// New makes an empty tally.
func New(s Study) (*Tally, error) {
	if s.Last < s.First || s.Last-s.First > 1000 {
		return nil, fmt.Errorf("the years %d to %d are not a period that can be counted", s.First, s.Last)
	}
	t := &Tally{study: s, calendar: newCalendar(s.First, s.Last), years: s.Last - s.First + 1}
	t.age, t.ages = scale(s.Age)
	t.duration, t.durations = scale(s.Duration)
	size := uint64(1)
	for _, n := range []int{s.Places, s.Kinds, s.States, len(t.age), len(t.duration), t.years} {
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

// key numbers a group and year, the year last.
func (t *Tally) key(place, kind, state int32, age, duration uint8, year int) uint64 {
	s := &t.study
	k := uint64(place)*uint64(s.Kinds) + uint64(kind)
	k = k*uint64(s.States) + uint64(state)
	k = k*uint64(len(t.age)) + uint64(age)
	k = k*uint64(len(t.duration)) + uint64(duration)
	return k*uint64(t.years) + uint64(year)
}

// cell is the group and year of a key, without counts.
func (t *Tally) cell(key uint64) Cell {
	digit := func(n int) int32 {
		d := key % uint64(n)
		key /= uint64(n)
		return int32(d)
	}
	var c Cell
	c.Year = int32(t.study.First) + digit(t.years)
	c.Duration = int32(t.duration[digit(len(t.duration))])
	c.Age = int32(t.age[digit(len(t.age))])
	c.State = digit(t.study.States)
	c.Kind = digit(t.study.Kinds)
	c.Place = int32(key)
	return c
}

// Stay counts somebody who lives in a place from a day until the day before another,
// weight times.
func (w *Worker) Stay(place, kind, state, weight, born, came, from, until int32) {
	t := w.tally
	c := &t.calendar
	from, until = max(from, c.start), min(until, c.end)
	if from >= until {
		return
	}
	birth, arrival := newAnniversary(born), newAnniversary(came)
	age, nextAge := birth.group(c, from, t.age, &t.ages)
	duration, nextDuration := uint8(0), came
	if came <= from {
		duration, nextDuration = arrival.group(c, from, t.duration, &t.durations)
	}
	for from < until {
		next := min(until, nextAge, nextDuration)
		w.piece(t.key(place, kind, state, age, duration, 0), weight, from, next)
		if next == nextAge {
			age++
			nextAge = birth.next(c, t.age, age)
		}
		if next == nextDuration {
			duration++
			nextDuration = arrival.next(c, t.duration, duration)
		}
		from = next
	}
}

// piece notes a part of a stay in one group. Of the years that it covers, the first
// lacks the days before from and the last, that of until, has only those before it;
// who comes after 1 January is no resident of the first, who leaves after it is one of
// the last.
func (w *Worker) piece(slot uint64, weight, from, until int32) {
	c := &w.tally.calendar
	first, last := int(c.year[from-c.start]), int(c.year[until-c.start])
	a := change{full: weight}
	if n := from - c.january[first]; n > 0 {
		a.residents, a.days = -weight, -weight*n
	}
	n := until - c.january[last]
	if first == last {
		a.full = 0
		if n > 0 {
			a.residents, a.days = a.residents+weight, a.days+weight*n
		}
		w.add(slot+uint64(first), a, 0)
		return
	}
	w.add(slot+uint64(first), a, 0)
	if last < w.tally.years {
		b := change{full: -weight}
		if n > 0 {
			b.residents, b.days = weight, weight*n
		}
		w.add(slot+uint64(last), b, 0)
	}
}

// Event counts what happens on a day. Days outside the counted years are left out.
func (w *Worker) Event(what uint8, place, kind, state, weight, born, came, day int32) {
	t := w.tally
	c := &t.calendar
	if day < c.start || day >= c.end {
		return
	}
	age, _ := newAnniversary(born).group(c, day, t.age, &t.ages)
	duration := uint8(0)
	if came <= day {
		duration, _ = newAnniversary(came).group(c, day, t.duration, &t.durations)
	}
	w.add(t.key(place, kind, state, age, duration, int(c.year[day-c.start])), change{full: weight}, what)
}
