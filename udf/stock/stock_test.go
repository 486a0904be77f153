package stock

import (
	"math/rand/v2"
	"testing"
	"time"
)

// brute counts the days of a stay one by one, with the calendar of package time.
func brute(s Study, cells map[Cell]Cell, place, kind, state, weight, born, came, from, until int32, what int) {
	if what != 0 {
		until = from + 1
	}
	for day := max(from, daysOf(s.First, 1, 1)); day < min(until, daysOf(s.Last+1, 1, 1)); day++ {
		date := time.Unix(int64(day)*86400, 0).UTC()
		key := Cell{Year: int32(date.Year()), Place: place, Kind: kind, State: state, Age: floor(s.Age, born, date), Duration: floor(s.Duration, came, date)}
		c := cells[key]
		switch {
		case what != 0:
			c.Events[what] += weight
		case date.YearDay() == 1:
			c.Residents += weight
			fallthrough
		default:
			c.Days += int64(weight)
		}
		cells[key] = c
	}
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

func TestCellsEqualDayByDay(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	s := Study{First: 1995, Last: 2005, Age: []int{0, 1, 5, 7, 18}, Duration: []int{0, 1, 3, 10}, Places: 3, Kinds: 2, States: 2}
	tally, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	want := map[Cell]Cell{}
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
	workers := []*Worker{tally.Worker(), tally.Worker()}
	for i := range 3000 {
		place, kind, state, weight := int32(r.IntN(3)), int32(r.IntN(2)), int32(r.IntN(2)), int32(1)
		born := day()
		from := max(born, day())
		came, until := day(), from+1+int32(r.IntN(2500))
		if r.IntN(3) == 0 {
			came = Never - 1
		}
		if r.IntN(5) == 0 {
			weight = -1
		}
		w, what := workers[i%2], r.IntN(lastEvent+1)
		if what == 0 {
			w.Stay(place, kind, state, weight, born, came, from, until)
		} else {
			w.Event(uint8(what), place, kind, state, weight, born, came, from)
		}
		brute(s, want, place, kind, state, weight, born, min(came, 1<<24), from, until, what)
	}
	for _, w := range workers {
		w.Flush()
	}
	for range 2 { // the second time it is empty
		if err := tally.Cells(func(cells []Cell) error {
			for _, c := range cells {
				key := Cell{Year: c.Year, Place: c.Place, Kind: c.Kind, State: c.State, Age: c.Age, Duration: c.Duration}
				if w := want[key]; w.Residents != c.Residents || w.Days != c.Days || w.Events != c.Events {
					t.Fatalf("%+v, want %+v", c, w)
				}
				delete(want, key)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	for key, w := range want {
		if w != (Cell{}) {
			t.Fatalf("missing: %+v with %+v", key, w)
		}
	}
}

func TestDates(t *testing.T) {
	for day := int32(-200000); day < 200000; day += 17 {
		y, m, d := dateOf(day)
		if date := time.Unix(int64(day)*86400, 0).UTC(); date.Year() != y || int(date.Month()) != m || date.Day() != d || daysOf(y, m, d) != day {
			t.Fatal(day, y, m, d, date)
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
