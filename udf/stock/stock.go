// Package stock counts people by age and duration of residence: how many there
// are on each 1 January, and how many events befall them in each year.
//
// Years stand for dates throughout: Born and Came are the years of the first 1
// January on or after birth and immigration, so that age and duration on 1
// January y, in completed years, are y-Born and y-Came.
package stock

import "math"

// Kinds of Record.
const (
	Residence = iota // a person lives here on every 1 January from First until Until
	Emigration
	EmigrationOfMover // by somebody who also immigrates that year
	Immigration
	ImmigrationOfMover // by somebody who also emigrates that year
)

// Records are rows by columns. An event happens in the year First, at age
// First-Born and duration First-Came.
type Records struct {
	Kind                     []float64
	Born, Came, First, Until []float64
	// NeverCame is true for the rows without a meaningful Came; nil: for none.
	NeverCame []bool
}

// Cell is a group in a year, and its counts.
type Cell struct {
	Year int
	// Age and Duration are the floors of their groups, or None: not born, or not
	// immigrated, yet.
	Age, Duration int
	Residents     int
	// Emigrations and Immigrations count all events, the Macro ones those of
	// people who move but one way that year.
	Emigrations, EmigrationsMacro   int
	Immigrations, ImmigrationsMacro int
}

// None is the floor of no group.
const None = -1

// Groups are the floors of the groups of age and duration, ascending from 0: a
// group reaches until the next floor.
type Groups struct{ Age, Duration []float64 }

// Count counts records in the years from first to last, by groups of age and
// duration. It returns the cells that have any, ascending by year.
//
// It walks every person-year, which is one addition each: the counters are few
// enough to stay in the processor's cache.
func Count(r Records, g Groups, first, last int) []Cell {
	ages, durations := newScale(g.Age), newScale(g.Duration)
	width := len(durations.floors)
	height := len(ages.floors) * width
	counters := make([]counter, height*(last-first+1))
	for i, kind := range r.Kind {
		born, came := int(r.Born[i]), math.MaxInt32
		if r.NeverCame == nil || !r.NeverCame[i] {
			came = int(r.Came[i])
		}
		from := int(r.First[i])
		if kind != Residence {
			if from >= first && from <= last {
				counters[(from-first)*height+ages.index(from-born)*width+durations.index(from-came)].event(int(kind))
			}
			continue
		}
		until := min(int(r.Until[i]), last+1)
		for y := max(from, first); y < until; y++ {
			counters[(y-first)*height+ages.index(y-born)*width+durations.index(y-came)].residents++
		}
	}
	var cells []Cell
	for i, c := range counters {
		if c == (counter{}) {
			continue
		}
		cells = append(cells, Cell{
			Year: first + i/height, Age: ages.floors[i%height/width], Duration: durations.floors[i%width],
			Residents:   int(c.residents),
			Emigrations: int(c.emigrations + c.emigrationsOfMovers), EmigrationsMacro: int(c.emigrations),
			Immigrations: int(c.immigrations + c.immigrationsOfMovers), ImmigrationsMacro: int(c.immigrations),
		})
	}
	return cells
}

type counter struct {
	residents, emigrations, emigrationsOfMovers, immigrations, immigrationsOfMovers int32
}

func (c *counter) event(kind int) {
	switch kind {
	case Emigration:
		c.emigrations++
	case EmigrationOfMover:
		c.emigrationsOfMovers++
	case Immigration:
		c.immigrations++
	case ImmigrationOfMover:
		c.immigrationsOfMovers++
	}
}

// scale finds the group of a number of years.
type scale struct {
	floors []int           // None, then the floors
	groups [maxYears]uint8 // by years, position in floors
}

// Years beyond maxYears are in the last group.
const maxYears = 256

func newScale(floors []float64) *scale {
	s := &scale{floors: []int{None}}
	for _, f := range floors {
		s.floors = append(s.floors, int(f))
		for y := int(f); y < maxYears; y++ {
			s.groups[y] = uint8(len(s.floors) - 1)
		}
	}
	return s
}

// index is the position in floors; negative years are None.
func (s *scale) index(years int) int {
	if years < 0 {
		return 0
	}
	return int(s.groups[min(years, maxYears-1)])
}
