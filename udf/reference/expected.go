package reference

import (
	"strconv"
	"testing"
)

// Expected are the numbers of a file expected.csv: item, two keys, value.
type Expected struct {
	t      testing.TB
	values map[[3]string]float64
	texts  map[[3]string]string
	unread map[[3]string]bool
}

// ReadExpected reads one; cells without a value are left out.
func ReadExpected(t testing.TB, file string) *Expected {
	t.Helper()
	e := &Expected{t, map[[3]string]float64{}, map[[3]string]string{}, map[[3]string]bool{}}
	for _, row := range ReadCSV(t, file)[1:] {
		if row[3] == "" {
			continue
		}
		key := [3]string(row[:3])
		x, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			e.texts[key], e.unread[key] = row[3], true
			continue
		}
		e.values[key], e.unread[key] = x, true
	}
	return e
}

// Of is one of them; the test ends where it is missing.
func (e *Expected) Of(item, a, b string) float64 {
	e.t.Helper()
	key := [3]string{item, a, b}
	x, ok := e.values[key]
	if !ok {
		e.t.Fatalf("no %q is expected", key)
	}
	delete(e.unread, key)
	return x
}

// Text is one that is no number, "" where there is none.
func (e *Expected) Text(item, a, b string) string {
	key := [3]string{item, a, b}
	delete(e.unread, key)
	return e.texts[key]
}

// Has tells whether there is such a number.
func (e *Expected) Has(item, a, b string) bool {
	_, ok := e.values[[3]string{item, a, b}]
	return ok
}

// Unread is how many numbers Of has not been asked for.
func (e *Expected) Unread() int { return len(e.unread) }
