// Package stock counts people by age and duration of residence: how many there
// are on each 1 January, and how many events befall them in each year.
//
// Years stand for dates throughout: Born and Came are the years of the first 1
// January on or after birth and immigration, so that age and duration on 1
// January y, in completed years, are y-Born and y-Came.
package stock

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
	Kind                     []int16
	Born, Came, First, Until []int16
	// NeverCame is true for the rows without a meaningful Came; nil: for none.
	NeverCame []bool
}

// Cell is a group in a year, and its counts.
type Cell struct {
	Year int32
	// Age and Duration are the floors of their groups, or None: not born, or not
	// immigrated, yet.
	Age, Duration int32
	Residents     int32
	// Emigrations and Immigrations count all events, the Macro ones those of
	// people who move but one way that year.
	Emigrations, EmigrationsMacro   int32
	Immigrations, ImmigrationsMacro int32
}

// None is the floor of no group.
const None = -1

// Groups are the floors of the groups of age and duration, ascending from 0: a
// group reaches until the next floor.
type Groups struct{ Age, Duration []float64 }

// Count counts records in the years from first to last, by groups of age and
// duration. It returns the cells that have any.
//
// A residence stays in one group until a birthday or an anniversary of
// immigration moves it to the next. Only the years in which it enters and leaves
// a group are noted; the sums over the years follow at the end.
func Count(r Records, g Groups, first, last int) []Cell {
	ages, durations := newScale(g.Age), newScale(g.Duration)
	width := len(durations.floors)
	groups := len(ages.floors) * width
	years := last - first + 1
	changes := make([]int32, groups*(years+1)) // of residents, by group, then year
	events := make([]counter, groups*years)
	for i, kind := range r.Kind {
		born, came := int(r.Born[i]), never
		if r.NeverCame == nil || !r.NeverCame[i] {
			came = int(r.Came[i])
		}
		y := int(r.First[i])
		if kind != Residence {
			if y >= first && y <= last {
				group := ages.index(y-born)*width + durations.index(y-came)
				events[group*years+y-first].add(kind)
			}
			continue
		}
		until := min(int(r.Until[i]), last+1)
		for y = max(y, first); y < until; {
			age, duration := ages.index(y-born), durations.index(y-came)
			next := min(until, born+ages.next[age], came+durations.next[duration])
			group := changes[(age*width+duration)*(years+1):]
			group[y-first]++
			group[next-first]--
			y = next
		}
	}
	n := 0
	for group := range groups {
		residents := changes[group*(years+1):][:years] // from here on levels, not changes
		for i := range residents {
			if i > 0 {
				residents[i] += residents[i-1]
			}
			if residents[i] != 0 || events[group*years+i] != (counter{}) {
				n++
			}
		}
	}
	cells := make([]Cell, 0, n)
	for group := range groups {
		for i := range years {
			residents, e := changes[group*(years+1)+i], events[group*years+i]
			if residents == 0 && e == (counter{}) {
				continue
			}
			cells = append(cells, Cell{
				Year: int32(first + i), Age: int32(ages.floors[group/width]), Duration: int32(durations.floors[group%width]),
				Residents:   residents,
				Emigrations: e.emigrations + e.emigrationsOfMovers, EmigrationsMacro: e.emigrations,
				Immigrations: e.immigrations + e.immigrationsOfMovers, ImmigrationsMacro: e.immigrations,
			})
		}
	}
	return cells
}

type counter struct {
	emigrations, emigrationsOfMovers, immigrations, immigrationsOfMovers int32
}

func (c *counter) add(kind int16) {
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
	next   []int           // the floor of the group after each; never after the last
	groups [maxYears]uint8 // by years, position in floors
}

const (
	// Years beyond maxYears are in the last group.
	maxYears = 256
	// never is later than any year.
	never = 1 << 20
)

func newScale(floors []float64) *scale {
	s := &scale{floors: []int{None}}
	for _, f := range floors {
		s.next = append(s.next, int(f))
		s.floors = append(s.floors, int(f))
		for y := int(f); y < maxYears; y++ {
			s.groups[y] = uint8(len(s.floors) - 1)
		}
	}
	s.next = append(s.next, never)
	return s
}

// index is the position in floors; negative years are None.
func (s *scale) index(years int) int {
	if years < 0 {
		return 0
	}
	return int(s.groups[min(years, maxYears-1)])
}
